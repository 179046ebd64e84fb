"""A slip as dots: text, pairs, rules and QR codes drawn to one bit, from top to bottom.

The printer's own letters are not used: no printer has every character of every name (䶮, 𠮷), and most lose ¥, ① and ·
(see README.md). What is drawn here comes out of every printer that knows ``GS v 0``, dot for dot.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from drivers.printer.api import Align, Block, Pair, Qr, Rule, Slip, Space, TextLine
from drivers.printer.fonts import DEFAULT_FOLDER, Lettering
from drivers.printer.wrapping import balance, wrap

_log = logging.getLogger(__name__)

BASE_DOTS = 24
"""Height of the em square at scale 1: 3 mm at 203 dots to the inch."""

_LEADING = 1.36
"""Line height in em: Chinese needs more air than Latin."""

_INK = 112
"""Grey above which a dot is black, of 255. A little below the half: strokes of 1.7 dots must not fall to one."""

MARGIN_DOTS = 6
_RULE_DOTS = 2
_DASH_DOTS, _GAP_DOTS = 8, 5
_GAP_EM = 1.0
"""The least distance between a label and its value."""

_QR_BORDER_MODULES = 4
_QR_LARGEST_MODULE_DOTS = 8
_QR_SMALLEST_MODULE_DOTS = 3
_QR_WANTED_PART = 0.6
"""How much of the paper's width a QR code should take; more when its modules would get too small for a phone."""
_QR_COMFORTABLE_MODULE_DOTS = 4
"""Half a millimetre: what phones read at arm's length."""

WHITE, BLACK = 1, 0
"""Pixel values in Pillow's mode "1"."""


class SlipTooWideError(Exception):
    """A QR code holds more than fits across the paper; nothing was drawn of it."""


class SlipRaster:
    """Draws slips for one width of paper.

    Args:
        width_dots: 576 for 80 mm paper, 384 for 58 mm; a multiple of 8.
        font_folder: Where the collections of Noto Sans CJK are.

    Raises:
        FontMissingError: the collections are not there.
        ValueError: the width is no multiple of 8.
    """

    def __init__(self, width_dots: int, font_folder: Path = DEFAULT_FOLDER) -> None:
        if width_dots <= 0 or width_dots % 8:
            raise ValueError(
                f"width_dots is {width_dots}: a multiple of 8 is needed, 576 for 80 mm paper, 384 for 58 mm"
            )
        self.width_dots = width_dots
        self._folder = font_folder
        self._letterings: dict[tuple[str, int, bool], Lettering] = {}
        self._lettering("zh-Hans", 1.0)

    def render(self, slip: Slip) -> Image.Image:
        """Return the whole slip as one picture of mode "1", ``width_dots`` wide."""
        return stack(self.strips(slip), self.width_dots)

    def strips(self, slip: Slip) -> Iterator[Image.Image]:
        """Yield the slip from top to bottom in pieces of its full width, each as soon as it is drawn.

        Raises:
            SlipTooWideError: a QR code does not fit; the strips before it were yielded.
        """
        for block in slip.blocks:
            yield from self._block(block, slip.language)

    def check(self, slip: Slip) -> None:
        """Find out without drawing whether the slip fits.

        Raises:
            SlipTooWideError: a QR code does not.
        """
        for block in slip.blocks:
            if isinstance(block, Qr):
                self._modules(block.payload)

    def _block(self, block: Block, language: str) -> Iterator[Image.Image]:
        match block:
            case TextLine():
                yield from self._text(block, language)
            case Pair():
                yield from self._pair(block, language)
            case Rule():
                yield self._rule(block)
            case Qr():
                yield self._qr(block)
                if block.caption:
                    caption = TextLine(text=block.caption, scale=0.84, align=Align.CENTRE)
                    yield from self._text(caption, language)
            case Space():
                yield self._blank(round(block.lines * BASE_DOTS * _LEADING))

    def _text(self, block: TextLine, language: str) -> Iterator[Image.Image]:
        letters = self._lettering(language, block.scale, bold=block.bold)
        text = self._readable(letters, block.text)
        split = balance if block.align is Align.CENTRE else wrap
        for line in split(text, self._room, letters.width):
            left = float(MARGIN_DOTS)
            if block.align is Align.CENTRE:
                left += (self._room - letters.width(line)) / 2
            yield self._line(letters, [_Placed(text=line, left=left)])

    def _pair(self, block: Pair, language: str) -> Iterator[Image.Image]:
        letters = self._lettering(language, 1.0)
        values = self._lettering(language, 1.0, bold=block.bold)
        said, given = self._readable(letters, block.label), self._readable(values, block.value)
        label_width, value_width = letters.width(said), values.width(given)
        label = _Placed(text=said, left=MARGIN_DOTS)
        one_line = "\n" not in said + given
        if one_line and label_width + _GAP_EM * BASE_DOTS + value_width <= self._room:
            value = _Placed(text=given, left=MARGIN_DOTS + self._room - value_width, letters=values)
            yield self._line(letters, [label, value])
            return
        for line in wrap(said, self._room, letters.width):
            yield self._line(letters, [_Placed(text=line, left=MARGIN_DOTS)])
        lines = wrap(given, self._room - BASE_DOTS, values.width)
        for line in lines:
            # One line stays at the right like its neighbours; several read better from a common left edge.
            left = BASE_DOTS if len(lines) > 1 else self._room - values.width(line)
            yield self._line(values, [_Placed(text=line, left=MARGIN_DOTS + left)])

    def _rule(self, block: Rule) -> Image.Image:
        strip = self._blank(round(BASE_DOTS * 0.9))
        draw = ImageDraw.Draw(strip)
        top = (strip.height - _RULE_DOTS) // 2
        length, step = (_DASH_DOTS, _DASH_DOTS + _GAP_DOTS) if block.dashed else (self.width_dots, self.width_dots)
        for left in range(0, self.width_dots, step):
            draw.rectangle((left, top, min(left + length, self.width_dots) - 1, top + _RULE_DOTS - 1), fill=BLACK)
        return strip

    def _qr(self, block: Qr) -> Image.Image:
        modules = self._modules(block.payload)
        side = len(modules)
        wanted = int(self.width_dots * _QR_WANTED_PART) // side
        module = max(wanted, min(_QR_COMFORTABLE_MODULE_DOTS, self.width_dots // side))
        module = min(module, _QR_LARGEST_MODULE_DOTS)
        small = Image.new("1", (side, side), WHITE)
        small.putdata([BLACK if dark else WHITE for row in modules for dark in row])
        large = small.resize((side * module, side * module), Image.Resampling.NEAREST)
        strip = self._blank(large.height)
        strip.paste(large, ((self.width_dots - large.width) // 2, 0))
        return strip

    def _modules(self, payload: str) -> list[list[bool]]:
        """Return the QR code with its quiet zone, True for dark."""
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QR_BORDER_MODULES)
        code.add_data(payload.encode())
        try:
            code.make(fit=True)
        except (DataOverflowError, ValueError) as error:
            raise SlipTooWideError(f"a QR code of {len(payload.encode())} bytes: no version holds so many") from error
        modules: list[list[bool]] = code.get_matrix()
        if len(modules) * _QR_SMALLEST_MODULE_DOTS > self.width_dots:
            raise SlipTooWideError(
                f"a QR code of {len(modules)} modules needs {len(modules) * _QR_SMALLEST_MODULE_DOTS} dots, "
                f"the paper has {self.width_dots}: shorten the payload"
            )
        return modules

    @property
    def _room(self) -> float:
        return self.width_dots - 2 * MARGIN_DOTS

    def _blank(self, rows: int) -> Image.Image:
        return Image.new("1", (self.width_dots, max(rows, 0)), WHITE)

    def _line(self, letters: Lettering, placed: Iterable[_Placed]) -> Image.Image:
        """Draw texts on one line with a common baseline."""
        height = round(letters.size * _LEADING)
        grey = Image.new("L", (self.width_dots, height), 0)
        draw = ImageDraw.Draw(grey)
        # The em square of an ideograph spans 0.88 em above the baseline and 0.12 em below it.
        baseline = (height - letters.size) / 2 + 0.88 * letters.size
        for piece in placed:
            left = round(piece.left)
            for font, run in (piece.letters or letters).runs(piece.text):
                draw.text((left, round(baseline)), run, fill=255, font=font, anchor="ls")
                left += round(font.getlength(run))
        return grey.point(_THRESHOLD, "1")

    def _lettering(self, language: str, scale: float, *, bold: bool = False) -> Lettering:
        key = (language, max(8, round(BASE_DOTS * scale)), bold)
        if key not in self._letterings:
            self._letterings[key] = Lettering(self._folder, language, key[1], bold=bold)
        return self._letterings[key]

    @staticmethod
    def _readable(letters: Lettering, text: str) -> str:
        missing = letters.missing(text.replace("\n", ""))
        if missing:
            # How many, not which: a rare character is as good as a name.
            _log.warning("%d characters of a slip are in no font; their code points are printed", len(missing))
        return letters.readable(text)


_THRESHOLD = [BLACK if grey > _INK else 255 for grey in range(256)]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Placed:
    text: str
    left: float
    letters: Lettering | None = None


def stack(strips: Iterable[Image.Image], width_dots: int) -> Image.Image:
    """Return the strips below one another as one picture of mode "1"."""
    pieces = list(strips)
    whole = Image.new("1", (width_dots, sum(piece.height for piece in pieces)), WHITE)
    top = 0
    for piece in pieces:
        whole.paste(piece, (0, top))
        top += piece.height
    return whole
