"""Papers for the document camera: drawn from a YAML file, visibly fictitious, and laid on a desk."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from drivers.printer.wrapping import wrap

SCENE_WIDTH, SCENE_HEIGHT = 1280, 960
"""What the camera sees, in pixels."""

_FONTS = Path("/usr/share/fonts/opentype/noto")
_SANS, _SERIF, _SERIF_BOLD = "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"
_SC_FACE = 2

_LONG, _SHORT = 1754, 1240
"""A4 at 150 dots to the inch."""
_SEAL_RED = (200, 30, 30)
_INK = (35, 35, 40)

_DAY = re.compile(r"\{today(?:(?P<days>[+-][0-9]{1,4})d)?\}")
"""A day counted from the one on which the paper is laid down, as in the answers of the demo's journeys."""

_Point = tuple[float, float]


class Room(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room of a plan, in parts of the whole."""

    name: str
    left: float
    top: float
    width: float
    height: float


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the file."""

    key: str
    title: str
    english: str = ""
    note: str = ""
    look: Literal["certificate", "contract", "invoice", "plan", "sign"]
    landscape: bool = False
    colour: str = "#333333"
    number: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    """Label and value; ``{today}`` and ``{today-10d}`` stand for days."""
    text: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()
    seal: str = ""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    papers: tuple[Paper, ...]


def load_papers(path: Path) -> dict[str, Paper]:
    """Return the papers of the YAML file at ``path`` by key, in the order of the file.

    Raises:
        ValueError: the file is not what it should be; names file, entry and field.
    """
    try:
        file = msgspec.yaml.decode(path.read_bytes(), type=_File)
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    papers = {paper.key: paper for paper in file.papers}
    if len(papers) != len(file.papers):
        keys = [paper.key for paper in file.papers]
        raise ValueError(f"{path}: the key {next(key for key in keys if keys.count(key) > 1)} is there twice")
    return papers


def dated(paper: Paper, today: date) -> Paper:
    """Return ``paper`` with its relative days written out: 2026年5月20日."""

    def written(text: str) -> str:
        def day(found: re.Match[str]) -> str:
            at = today + timedelta(days=int(found["days"] or 0))
            return f"{at.year}年{at.month}月{at.day}日"

        return _DAY.sub(day, text)

    rows = tuple((label, written(value)) for label, value in paper.rows)
    return msgspec.structs.replace(paper, rows=rows, text=tuple(map(written, paper.text)))


def page(paper: Paper) -> Image.Image:
    """Return the paper as it would come out of a flat scanner today."""
    paper = dated(paper, datetime.now().astimezone().date())
    size = (_LONG, _SHORT) if paper.landscape else (_SHORT, _LONG)
    sheet = Image.new("RGB", size, (252, 251, 247))
    if not paper.title:
        return sheet
    sheet = _watermark(sheet)
    draw = ImageDraw.Draw(sheet)
    {
        "certificate": _certificate,
        "contract": _contract,
        "invoice": _invoice,
        "plan": _plan,
        "sign": _sign,
    }[paper.look](draw, sheet, paper)
    draw.text(
        (sheet.width - 90, sheet.height - 84), "样本 SPECIMEN · 无效 VOID", _SEAL_RED, _font(_SANS, 28), anchor="rs"
    )
    return sheet


def scene(paper: Paper | None) -> Image.Image:
    """Return what the camera sees: the desk, and on it ``paper``, a little askew and with its shadow."""
    if paper is None:
        return _desk().copy()
    sheet = page(paper)
    return laid(sheet, _lie(paper, sheet))


def laid(sheet: Image.Image, corners: list[tuple[float, float]]) -> Image.Image:
    """Return the desk with a sheet on it.

    Args:
        sheet: RGB.
        corners: Where its corners lie in the scene, clockwise from the upper left.
    """
    desk = _desk().copy()
    shadow = Image.new("L", desk.size, 0)
    ImageDraw.Draw(shadow).polygon([(x + 9, y + 12) for x, y in corners], fill=150)
    desk.paste((40, 32, 26), (0, 0), shadow.filter(ImageFilter.GaussianBlur(9)))
    # Drawn at twice the size and halved: the edge of the paper and its letters come out smooth, as through a lens.
    twice = (desk.width * 2, desk.height * 2)
    ways = _perspective([(2 * x, 2 * y) for x, y in corners], sheet.size)
    laid = sheet.transform(twice, Image.Transform.PERSPECTIVE, ways, Image.Resampling.BICUBIC)
    cover = Image.new("L", sheet.size, 255).transform(twice, Image.Transform.PERSPECTIVE, ways)
    desk.paste(laid.resize(desk.size, Image.Resampling.BOX), (0, 0), cover.resize(desk.size, Image.Resampling.BOX))
    return ImageChops.multiply(desk, _lamp())


def _certificate(draw: ImageDraw.ImageDraw, sheet: Image.Image, paper: Paper) -> None:
    width, height = sheet.size
    for inset, line in ((46, 10), (66, 3)):
        draw.rectangle((inset, inset, width - inset, height - inset), outline=paper.colour, width=line)
    draw.text((width / 2, 205), paper.title, paper.colour, _font(_SERIF_BOLD, 100), anchor="ms")
    draw.text((width / 2, 268), paper.english, paper.colour, _font(_SERIF, 36), anchor="ms")
    draw.text((width - 110, 340), f"编号 No. {paper.number}", _INK, _font(_SANS, 34), anchor="rs")
    label_font, value_font = _font(_SERIF, 38), _font(_SERIF_BOLD, 40)
    columns = 2 if paper.landscape else 1
    column = (width - 220) / columns
    step = 150
    for number, (label, value) in enumerate(paper.rows):
        left = 110 + column * (number % columns)
        base = 450 + step * (number // columns)
        draw.text((left, base), label, _INK, label_font, anchor="ls")
        start = left + 220
        draw.text((start + 12, base), value, _INK, value_font, anchor="ls")
        draw.line((start, base + 14, left + column - 40, base + 14), fill=paper.colour, width=2)
    if paper.seal:
        _stamp(sheet, (width - 300, height - 230), paper.seal)
    draw.text(
        (110, height - 130),
        "本件为模拟设备演示用样本，不具有任何效力。",
        (120, 110, 105),
        _font(_SANS, 30),
        anchor="ls",
    )


def _contract(draw: ImageDraw.ImageDraw, sheet: Image.Image, paper: Paper) -> None:
    width, height = sheet.size
    draw.text((width / 2, 190), paper.title, _INK, _font(_SERIF_BOLD, 76), anchor="ms")
    draw.text((width / 2, 244), f"{paper.english}　{paper.number}", (90, 90, 95), _font(_SANS, 28), anchor="ms")
    font = _font(_SERIF, 38)
    base = 340
    for paragraph in paper.text:
        for line in wrap(paragraph, width - 240, font.getlength):
            draw.text((120, base), line, _INK, font, anchor="ls")
            base += 60
        base += 18
    base = max(base + 40, height - 420)
    for label, value in paper.rows:
        draw.text((120, base), f"{label}：", _INK, font, anchor="ls")
        draw.text((460, base), value, (30, 40, 110), _font(_SERIF_BOLD, 42), anchor="ls")
        base += 84
    if paper.seal:
        _stamp(sheet, (width - 300, height - 320), paper.seal)


def _invoice(draw: ImageDraw.ImageDraw, sheet: Image.Image, paper: Paper) -> None:
    width, height = sheet.size
    draw.text((width / 2, 180), paper.title, paper.colour, _font(_SERIF_BOLD, 66), anchor="ms")
    draw.text((width / 2, 232), f"{paper.english}　票据号码 {paper.number}", _INK, _font(_SANS, 28), anchor="ms")
    font = _font(_SANS, 38)
    base = 320
    for line in paper.text:
        draw.text((110, base), line, _INK, font, anchor="ls")
        base += 62
    top, left, right, split, step = base + 10, 110, width - 110, width - 420, 96
    rows = (("项目名称", "金额（元）"), *paper.rows)
    for number, (label, value) in enumerate(rows):
        y = top + number * step
        if number in (0, len(rows) - 1):
            draw.rectangle((left, y, right, y + step), fill=(228, 236, 244))
        draw.rectangle((left, y, right, y + step), outline=paper.colour, width=2)
        draw.text((left + 24, y + 62), label, _INK, font, anchor="ls")
        draw.text((right - 24, y + 62), value, _INK, font, anchor="rs")
    draw.line((split, top, split, top + len(rows) * step), fill=paper.colour, width=2)
    _stamp(sheet, (width - 330, height - 330), paper.seal)


def _plan(draw: ImageDraw.ImageDraw, sheet: Image.Image, paper: Paper) -> None:
    width, height = sheet.size
    _heading(draw, paper)
    left, top, across, down = 170, 330, width - 340, height - 520
    for room in paper.rooms:
        x, y = left + room.left * across, top + room.top * down
        box = (x, y, x + room.width * across, y + room.height * down)
        draw.rectangle(box, outline=paper.colour, width=9)
        centre = (x + room.width * across / 2, y + room.height * down / 2)
        for number, part in enumerate(room.name.split()):
            draw.text((centre[0], centre[1] + 46 * number), part, _INK, _font(_SANS, 36), anchor="ms")
        door = x + room.width * across * 0.3
        draw.line((door, box[3], door + 80, box[3]), fill=(252, 251, 247), width=12)
        draw.arc((door - 80, box[3] - 80, door + 80, box[3] + 80), 270, 360, fill=paper.colour, width=3)
    draw.line((left, top - 40, left + across, top - 40), fill=paper.colour, width=3)
    draw.text((left + across / 2, top - 50), "11 500", _INK, _font(_SANS, 30), anchor="ms")
    draw.text((left, height - 120), "☒ 灭火器　→ 疏散方向　N ↑", _INK, _font(_SANS, 34), anchor="ls")


def _sign(draw: ImageDraw.ImageDraw, sheet: Image.Image, paper: Paper) -> None:
    width, height = sheet.size
    _heading(draw, paper)
    left, top, right = 180, 320, width - 180
    draw.rectangle((left, top, right, top + 290), fill=paper.colour)
    draw.text(((left + right) / 2, top + 175), paper.text[0], (250, 226, 160), _font(_SERIF_BOLD, 150), anchor="ms")
    draw.text(((left + right) / 2, top + 250), paper.text[1], (250, 226, 160), _font(_SERIF, 48), anchor="ms")
    bottom = height - 190
    draw.rectangle((left, top + 290, right, bottom), outline=_INK, width=5)
    bay = (right - left) / 4
    for number in range(4):
        x = left + number * bay
        glass = (214, 230, 236) if number != 2 else (196, 170, 140)
        draw.rectangle((x + 24, top + 330, x + bay - 24, bottom - 6), fill=glass, outline=_INK, width=4)
    draw.text((left, height - 120), paper.text[2], _INK, _font(_SANS, 34), anchor="ls")


def _heading(draw: ImageDraw.ImageDraw, paper: Paper) -> None:
    draw.text((170, 170), paper.title, paper.colour, _font(_SERIF_BOLD, 76), anchor="ls")
    draw.text((170, 226), f"{paper.english}　{paper.number}", _INK, _font(_SANS, 32), anchor="ls")


def _stamp(sheet: Image.Image, centre: _Point, owner: str) -> None:
    """Press a round seal, a little faint and askew, that says what it is: a specimen."""
    side = 340
    seal = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((8, 8, side - 8, side - 8), outline=255, width=9)
    font = _font(_SERIF_BOLD, 36 if len(owner) < 12 else 30)
    for number, char in enumerate(owner):
        turn = (number - (len(owner) - 1) / 2) * min(26.0, 230 / len(owner))
        letter = Image.new("L", (side, side), 0)
        ImageDraw.Draw(letter).text((side / 2, 62), char, 255, font, anchor="ms")
        seal = ImageChops.lighter(seal, letter.rotate(-turn, Image.Resampling.BICUBIC))
    draw = ImageDraw.Draw(seal)
    draw.text((side / 2, side / 2 + 30), "样本", 255, _font(_SERIF_BOLD, 80), anchor="ms")
    draw.text((side / 2, side / 2 + 92), "SPECIMEN", 255, _font(_SERIF_BOLD, 30), anchor="ms")
    seal = seal.rotate(8, Image.Resampling.BICUBIC).point(lambda grey: grey * 0.78)
    sheet.paste(_SEAL_RED, (round(centre[0] - side / 2), round(centre[1] - side / 2)), seal)


def _watermark(sheet: Image.Image) -> Image.Image:
    mark = Image.new("L", sheet.size, 0)
    draw = ImageDraw.Draw(mark)
    columns = sheet.width // 550
    for row in range(3):
        for column in range(columns):
            at = ((column + 0.5) * sheet.width / columns, (row + 0.5) * sheet.height / 3)
            draw.text(at, "样本 SPECIMEN", 34, _font(_SANS, 64), anchor="mm")
    mark = mark.rotate(24, Image.Resampling.BICUBIC)
    sheet.paste((120, 130, 150), (0, 0), mark)
    return sheet


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / name), size, index=_SC_FACE, layout_engine=ImageFont.Layout.BASIC)


def _lie(paper: Paper, sheet: Image.Image) -> list[_Point]:
    """Return where the corners of the sheet lie in the scene: nearly straight, each paper in its own way."""
    scale = min((SCENE_WIDTH - 110) / sheet.width, (SCENE_HEIGHT - 70) / sheet.height)
    turn = math.radians((sum(paper.key.encode()) % 7 - 3) * 0.6)
    half_width, half_height = sheet.width * scale / 2, sheet.height * scale / 2
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        # The far edge, at the top, is a little shorter: the camera does not look straight down.
        across, down = x * half_width * (1 + 0.012 * y), y * half_height
        turned = (across * math.cos(turn) - down * math.sin(turn), across * math.sin(turn) + down * math.cos(turn))
        corners.append((SCENE_WIDTH / 2 + turned[0], SCENE_HEIGHT / 2 + turned[1]))
    return corners


def _perspective(corners: list[_Point], size: tuple[int, int]) -> list[float]:
    """Return Pillow's eight coefficients that take points of the scene to points of a sheet whose corners lie there."""
    sheet_corners = ((0, 0), (size[0], 0), (size[0], size[1]), (0, size[1]))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, sheet_corners, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    # Gauss and Jordan, with the largest pivot: eight equations need no library.
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        rows[column] = [value / lead for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [value - factor * own for value, own in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


@cache
def _desk() -> Image.Image:
    """Return an empty desk of dark wood."""
    grain = Image.effect_noise((SCENE_WIDTH // 40, SCENE_HEIGHT), 60).resize((SCENE_WIDTH, SCENE_HEIGHT))
    grain = grain.filter(ImageFilter.BoxBlur(3)).point(lambda grey: 96 + grey // 3)
    wood = Image.merge("RGB", (grain, grain.point(lambda grey: grey * 0.8), grain.point(lambda grey: grey * 0.64)))
    return ImageChops.multiply(wood, _lamp())


@cache
def _lamp() -> Image.Image:
    """Return the light: bright above, a little darker towards the corners."""
    glow = Image.radial_gradient("L").resize((SCENE_WIDTH, SCENE_HEIGHT)).point(lambda grey: 255 - grey * 0.2)
    return Image.merge("RGB", (glow, glow.point(lambda grey: grey * 0.985), glow.point(lambda grey: grey * 0.95)))
