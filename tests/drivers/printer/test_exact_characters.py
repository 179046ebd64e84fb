"""What citizens are called must come out as they write it: printed dots against the font's own glyph."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image, ImageChops, ImageDraw, ImageFont
from printers import Bench, bench

from drivers.printer import Pair, Proof, Slip, Space, TextLine
from drivers.printer.escpos import Letters
from drivers.printer.fonts import DEFAULT_FOLDER, Lettering
from drivers.printer.profiles import profile
from drivers.printer.raster import SlipRaster
from drivers.printer.typesetting import has_letter, text_pieces
from drivers.simulated.printer import Manners

RARE = "䶮𠮷·¥①⑩㎡，。：；？！（）《》【】“”—…￥％〇々龘㐂𫖯𬬻"
COLLECTION = str(DEFAULT_FOLDER / "NotoSansCJK-Regular.ttc")
SIMPLIFIED = 2
"""Index of the SC face in the collection."""


@cache
def glyph(char: str) -> Image.Image:
    """Return the character as the font draws it, apart from our code: 24 dots to the em, black on white."""
    font = ImageFont.truetype(COLLECTION, 24, index=SIMPLIFIED, layout_engine=ImageFont.Layout.BASIC)
    grey = Image.new("L", (576, 33), 0)
    ImageDraw.Draw(grey).text((6, round((33 - 24) / 2 + 0.88 * 24)), char, fill=255, font=font, anchor="ls")
    return grey.point(lambda level: 0 if level > 112 else 255, "1")


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one.convert("L"), other.convert("L")).getbbox() is None


@pytest_asyncio.fixture
async def made(tmp_path: Path) -> AsyncIterator[Bench]:
    both = await bench("tcp", tmp_path, Manners())
    yield both
    await both.end()


def printed(both: Bench) -> Image.Image:
    return Image.open(io.BytesIO(both.paper_side.slips[-1]))


async def test_every_rare_character_is_printed_as_the_font_has_it(made: Bench) -> None:
    await made.driver().print_slip(Slip(blocks=tuple(TextLine(text=char) for char in RARE)))
    paper = printed(made)
    box = glyph("\uffff")
    for number, char in enumerate(RARE):
        line = paper.crop((0, 33 * number, 576, 33 * (number + 1)))
        assert same(line, glyph(char)), f"U+{ord(char):04X}"
        assert not same(line, box), f"U+{ord(char):04X} is a box"


def test_what_no_font_has_is_printed_as_its_code_point() -> None:
    raster = SlipRaster(576)
    lost = raster.render(Slip(blocks=(TextLine(text="王\U0010fffd"),)))
    assert same(lost, raster.render(Slip(blocks=(TextLine(text="王〔U+10FFFD〕"),))))
    paired = raster.render(Slip(blocks=(Pair(label="姓名", value="王\U0010fffd"),)))
    assert same(paired, raster.render(Slip(blocks=(Pair(label="姓名", value="王〔U+10FFFD〕"),))))


def test_what_the_collection_lacks_is_looked_for_in_other_fonts() -> None:
    bare = Lettering(DEFAULT_FOLDER, "zh-Hans", 24, rare=(Path("/nowhere.ttf"),))
    serif = DEFAULT_FOLDER / "NotoSerifCJK-Regular.ttc"
    lost = next((chr(code) for code in range(0x2A6DD, 0x20000, -1) if bare.missing(chr(code))), "")
    assert bare.readable(f"王{lost}") == f"王〔U+{ord(lost):04X}〕"
    assert bare.missing("王") == set()
    assert Lettering(DEFAULT_FOLDER, "zh-Hans", 24, rare=(serif,)).missing("王䶮𠮷") == set()


@pytest.mark.parametrize("char", "䶮𠮷·¥①⑩㎡—…“”￥𫖯\U0010fffd")
def test_what_printers_lack_or_draw_in_their_own_way_is_drawn_by_us(char: str) -> None:
    assert not has_letter(char)


@pytest.mark.parametrize("char", "受理回执，。：；？！（）《》Ａ１aZ$~ ")
def test_what_every_chinese_printer_has_is_left_to_it(char: str) -> None:
    assert has_letter(char)


async def test_the_printers_own_letters_need_few_bytes_and_rare_names_are_exact_among_them(made: Bench) -> None:
    driver = made.driver(profile("epson-tm"), letters=Letters.PRINTER)
    slip = Slip(
        blocks=(
            TextLine(text="受理回执", scale=2, bold=True),
            Pair(label="事项", value="社会保险登记（新参保）"),
            TextLine(text="𠮷"),
            Space(lines=2),
            TextLine(text="五个工作日内办结，结果以短信告知。Please keep this slip. $5"),
        )
    )
    result = await driver.print_slip(slip)
    assert result.proof is Proof.DRAINED
    paper = printed(made)
    assert paper.height == result.dots
    # The drawn line stands where the printer's own would: at the edge, with its air below.
    assert same(paper.crop((0, 60 + 34, 500, 60 + 34 + 28)), glyph("𠮷").crop((6, 4, 506, 32)))
    for top, bottom in ((0, 48), (60, 94), (paper.height - 24 - 68, paper.height - 24)):
        assert paper.crop((0, top, 576, bottom)).convert("L").getextrema() == (0, 255)
    raster = SlipRaster(576)
    as_text = sum(len(piece.data) for piece in text_pieces(slip, raster))
    drawn_bytes = raster.render(slip).height * 72
    assert as_text < drawn_bytes / 2


async def test_a_printer_without_chinese_letters_is_sent_none(made: Bench) -> None:
    driver = made.driver(profile("generic"), letters=Letters.PRINTER)
    slip = Slip(blocks=(TextLine(text="受理回执"),))
    await driver.print_slip(slip)
    drawn = SlipRaster(576).render(slip)
    assert same(printed(made).crop((0, 0, 576, drawn.height)), drawn)
