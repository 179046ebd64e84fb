"""A roll of paper under a print head and a knife: commands become dots, a cut becomes a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode import constants as qr_constants

from drivers.simulated.escpos import Cut, Initialise, PrintQr, PrintRaster, PrintText, ProtocolError, SetStyle

KNIFE_DOTS = 96
"""The knife stands 12 mm behind the head: what is nearer to the head than that stays in the printer at a plain cut."""

PIECE_ROWS = 24
"""Rows printed between two looks at the sensors: 3 mm."""

_CELL_DOTS = 24
"""A Chinese character; others take half of it."""
_BASELINE_DOTS = 21
_LINE_DOTS = 34
"""1/6 inch, the line spacing after switching on."""
_FONT_PATH, _FONT_FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 7
_WHITE, _BLACK = 1, 0
_CORRECTION = {
    "L": qr_constants.ERROR_CORRECT_L,
    "M": qr_constants.ERROR_CORRECT_M,
    "Q": qr_constants.ERROR_CORRECT_Q,
    "H": qr_constants.ERROR_CORRECT_H,
}


class Roll:
    """The paper of one printer.

    Args:
        width_dots: How wide it can be printed on.
    """

    def __init__(self, width_dots: int) -> None:
        self._width = width_dots
        self._pieces: list[Image.Image] = []
        self._align, self._bold, self._wide, self._high = 0, False, 1, 1

    @property
    def rows(self) -> int:
        """How much hangs out and is not cut off."""
        return sum(piece.height for piece in self._pieces)

    def style(self, change: Initialise | SetStyle) -> None:
        """Change how the next text looks."""
        if isinstance(change, Initialise):
            change = SetStyle(align=0, bold=False, wide=1, high=1)
        self._align = self._align if change.align is None else change.align
        self._bold = self._bold if change.bold is None else change.bold
        self._wide = self._wide if change.wide is None else change.wide
        self._high = self._high if change.high is None else change.high

    def pieces(self, command: PrintText | PrintRaster | PrintQr | Cut) -> Iterator[Image.Image]:
        """Yield what the head will print for a command, a few rows at a time, as wide as the paper.

        Raises:
            ProtocolError: it is wider than the paper; nothing was yielded.
        """
        match command:
            case PrintText():
                picture = self._draw_text(command)
            case PrintRaster():
                picture = _unpack(command)
            case PrintQr():
                picture = _draw_qr(command)
            case Cut():
                picture = self._blank(command.feed_dots)
        if picture.width > self._width:
            raise ProtocolError(f"{picture.width} dots on paper of {self._width}", 0)
        left = (self._width - picture.width) * self._align // 2
        for top in range(0, picture.height, PIECE_ROWS):
            piece = self._blank(min(PIECE_ROWS, picture.height - top))
            piece.paste(picture.crop((0, top, picture.width, top + piece.height)), (left, 0))
            yield piece

    def feed(self, piece: Image.Image) -> None:
        """Print a piece."""
        self._pieces.append(piece)

    def cut(self, *, to_knife: bool) -> Image.Image | None:
        """Cut, and return what falls off; None when nothing was printed on it.

        Args:
            to_knife: Feed the way from head to knife before. That white paper is not part of the picture.
        """
        paper = self._blank(self.rows)
        top = 0
        for piece in self._pieces:
            paper.paste(piece, (0, top))
            top += piece.height
        knife = max(0, paper.height - (0 if to_knife else KNIFE_DOTS))
        rest = paper.crop((0, knife, self._width, paper.height))
        self._pieces = [rest] if rest.height else []
        return paper.crop((0, 0, self._width, knife)) if knife else None

    def _blank(self, rows: int) -> Image.Image:
        return Image.new("1", (self._width, rows), _WHITE)

    def _draw_text(self, command: PrintText) -> Image.Image:
        paper = self._blank(0)
        if command.text:
            paper = self._draw_lines(command.text)
        feed = (command.feed_lines - bool(command.text)) * _LINE_DOTS + command.feed_dots
        whole = self._blank(paper.height + max(0, feed))
        whole.paste(paper, (0, 0))
        return whole

    def _draw_lines(self, text: str) -> Image.Image:
        lines: list[list[tuple[str, int]]] = [[]]
        room = self._width // self._wide
        for char in text:
            cell = _CELL_DOTS if unicodedata.east_asian_width(char) in "WF" else _CELL_DOTS // 2
            if sum(width for _, width in lines[-1]) + cell > room:
                lines.append([])
            lines[-1].append((char, cell))
        font = ImageFont.truetype(_FONT_PATH, _CELL_DOTS, index=_FONT_FACE)
        height = max(_LINE_DOTS, _CELL_DOTS * self._high)
        paper = self._blank(len(lines) * height)
        for number, line in enumerate(lines):
            strip = Image.new("1", (sum(width for _, width in line), _CELL_DOTS), _WHITE)
            draw = ImageDraw.Draw(strip)
            left = 0
            for char, cell in line:
                for shift in range(1 + self._bold):
                    draw.text((left + shift, _BASELINE_DOTS), char, fill=_BLACK, font=font, anchor="ls")
                left += cell
            strip = strip.resize((strip.width * self._wide, strip.height * self._high), Image.Resampling.NEAREST)
            paper.paste(strip, ((self._width - strip.width) * self._align // 2, number * height))
        return paper


def _unpack(command: PrintRaster) -> Image.Image:
    # "1;I": in ESC/POS a set bit is black, in Pillow it is white.
    picture = Image.frombytes("1", (command.width_bytes * 8, command.rows), command.dots, "raw", "1;I")
    across, down = 1 + command.wide, 1 + command.high
    return picture.resize((picture.width * across, picture.height * down), Image.Resampling.NEAREST)


def _draw_qr(command: PrintQr) -> Image.Image:
    code = qrcode.QRCode(error_correction=_CORRECTION[command.correction], border=0)
    code.add_data(command.payload)
    try:
        code.make(fit=True)
    except ValueError as error:  # DataOverflowError is one
        raise ProtocolError(f"a QR code of {len(command.payload)} bytes", 0) from error
    modules = code.get_matrix()
    small = Image.new("1", (len(modules), len(modules)), _WHITE)
    small.putdata([_BLACK if dark else _WHITE for row in modules for dark in row])
    side = len(modules) * command.module_dots
    return small.resize((side, side), Image.Resampling.NEAREST)
