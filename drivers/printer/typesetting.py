"""A slip in the printer's own letters, where it has them: fewer bytes for a slow line, at the price of exactness.

A line goes out as text only when every character of it is one that any Chinese printer draws alike: ASCII and the
ideographs, full-width letters and common marks of GB 2312. A line with any other (䶮, 𠮷, ·, ①, ¥, all four-byte codes)
is drawn by us, and so are rules and QR codes.

Source: GB 2312-80, rows 1, 3 and 16 to 87; Epson ESC/POS Application Programming Guide, "FS &", "GS !", "ESC E".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PIL import Image

from drivers.printer.api import Align, Block, Pair, Slip, Space, TextLine
from drivers.printer.commands import Piece, raster_pieces
from drivers.printer.raster import BASE_DOTS, MARGIN_DOTS, SlipRaster
from drivers.printer.wrapping import balance, wrap

_CHINESE_ON, _CHINESE_OFF = b"\x1c&", b"\x1c."
_DOLLAR_IS_DOLLAR: Final = b"\x1bR\x00"
"""ESC R: in the Chinese character set 24 would come out as ¥."""
_NARROW_DOTS: Final = BASE_DOTS // 2
_LINE_DOTS: Final = 34
"""A sixth of an inch, the line spacing after ESC @."""
_ABOVE_DOTS: Final = 4
"""Air that we draw above a line, and a printer puts below."""
_UNDER_DOUBLE_DOTS: Final = 12
"""Doubled letters fill their line."""
_DOUBLE: Final = 1.5
"""Scale from which letters are doubled; a printer has no sizes between."""
_UNLIKE: Final = frozenset("·—…‘’“”～￥￡＄")
"""Of row 1, what printers draw in different ways or places."""
_GAP_CELLS: Final = 2


def has_letter(char: str) -> bool:
    """Return whether any Chinese printer draws ``char`` as we mean it."""
    if " " <= char <= "~":
        return True
    if char in _UNLIKE:
        return False
    try:
        row = char.encode("gb2312")[0] - 0xA0
    except UnicodeEncodeError:
        return False
    return row in (1, 3) or 16 <= row <= 87


def text_pieces(slip: Slip, raster: SlipRaster) -> Iterator[Piece]:
    """Yield the slip as text where it can be, and as dots where not."""
    yield Piece(data=_DOLLAR_IS_DOLLAR, dots=0)
    for block in slip.blocks:
        yield from _block(block, slip.language, raster)
    yield from raster_pieces((), raster.width_dots)


def _block(block: Block, language: str, raster: SlipRaster) -> Iterator[Piece]:
    match block:
        case TextLine():
            yield from _text(block, language, raster)
        case Pair():
            yield from _pair(block, language, raster)
        case Space():
            dots = round(block.lines * _LINE_DOTS)
            while dots > 0:
                yield Piece(data=b"\x1bJ" + bytes([min(dots, 255)]), dots=min(dots, 255))
                dots -= 255
        case _:
            yield from _drawn(block, language, raster)


def _text(block: TextLine, language: str, raster: SlipRaster) -> Iterator[Piece]:
    double = block.scale >= _DOUBLE
    room = raster.width_dots // (2 if double else 1)
    split = balance if block.align is Align.CENTRE else wrap
    for line in split(block.text, room, _cells_dots):
        if all(map(has_letter, line)):
            yield _line(line, bold=block.bold, double=double, centred=block.align is Align.CENTRE)
        else:
            drawn = TextLine(text=line, scale=block.scale, bold=block.bold, align=block.align)
            yield from _drawn(drawn, language, raster, left_dots=0 if block.align is Align.CENTRE else MARGIN_DOTS)


def _pair(block: Pair, language: str, raster: SlipRaster) -> Iterator[Piece]:
    cells = raster.width_dots // _NARROW_DOTS
    label, value = _cells(block.label), _cells(block.value)
    one_line = "\n" not in block.label + block.value and label + _GAP_CELLS + value <= cells
    if not all(map(has_letter, (block.label + block.value).replace("\n", ""))):
        yield from _drawn(block, language, raster, left_dots=MARGIN_DOTS)
    elif one_line:
        gap = " " * (cells - label - value)
        yield _line(block.label + gap + block.value, bold=block.bold)
    else:
        for line in wrap(block.label, raster.width_dots, _cells_dots):
            yield _line(line)
        lines = wrap(block.value, raster.width_dots - BASE_DOTS, _cells_dots)
        for line in lines:
            lead = _GAP_CELLS if len(lines) > 1 else cells - _cells(line)
            yield _line(" " * lead + line, bold=block.bold)


def _line(text: str, *, bold: bool = False, double: bool = False, centred: bool = False) -> Piece:
    style = b"\x1ba" + bytes([centred]) + b"\x1bE" + bytes([bold]) + b"\x1d!" + bytes([0x11 * double])
    data = style + _in_both_modes(text) + b"\n" + b"\x1ba\x00\x1bE\x00\x1d!\x00"
    if not double:
        return Piece(data=data, dots=_LINE_DOTS)
    return Piece(data=data + b"\x1bJ" + bytes([_UNDER_DOUBLE_DOTS]), dots=2 * BASE_DOTS + _UNDER_DOUBLE_DOTS)


def _in_both_modes(text: str) -> bytes:
    """Return ASCII outside and Chinese inside ``FS &`` … ``FS .``."""
    data = b""
    chinese = False
    for char in text:
        if (char > "~") != chinese:
            chinese = not chinese
            data += _CHINESE_ON if chinese else _CHINESE_OFF
        data += char.encode("gb18030")
    return data + _CHINESE_OFF if chinese else data


def _drawn(block: Block, language: str, raster: SlipRaster, *, left_dots: int | None = None) -> Iterator[Piece]:
    """Draw a block; a line of letters so that it stands where a printer would have put it: at the edge, at the top."""
    strips = raster.strips(Slip(blocks=(block,), language=language))
    if left_dots is not None:
        strips = (_moved(strip, left_dots, raster.width_dots) for strip in strips)
    yield from raster_pieces(strips, raster.width_dots, foot_dots=0)


def _moved(strip: Image.Image, left_dots: int, width_dots: int) -> Image.Image:
    line = Image.new("1", (width_dots, strip.height), 1)
    line.paste(strip, (-left_dots, -_ABOVE_DOTS))
    return line


def _cells(text: str) -> int:
    return sum(1 if char <= "~" else 2 for char in text)


def _cells_dots(text: str) -> float:
    return _cells(text) * _NARROW_DOTS
