"""ESC/POS commands as bytes, and how a slip is cut into pieces that can be sent one by one.

Source: Epson ESC/POS Application Programming Guide; each command's section is its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops

from drivers.printer.raster import stack

INITIALISE: Final = b"\x1b@"
FEED_AND_CUT: Final = b"\x1dVB\x00"
FEED_WITHOUT_KNIFE: Final = b"\x1bd\x05"
"""Five lines: past the tear-off edge of a printer without a knife."""
RECOVER_AND_FORGET: Final = b"\x10\x05\x02"
"""DLE ENQ 2: after a stuck knife, throw away what is buffered and go on. Not heard in any other state."""
_RASTER: Final = b"\x1dv0\x00"

BAND_ROWS: Final = 128
"""Rows sent at once: 16 mm of paper. The printer starts to move as soon as the first band is drawn."""
FOOT_DOTS: Final = 24
"""White paper under the last line; the way from the head to the knife is the printer's own business (GS V 66)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Whole commands, and how much paper they feed."""

    data: bytes
    dots: int


def largest_piece_bytes(width_dots: int) -> int:
    """Return how long a command may be."""
    return 2 * BAND_ROWS * width_dots // 8 + len(_RASTER) + 4


def raster_command(band: Image.Image) -> bytes:
    """Return a picture of mode "1" as ``GS v 0`` with normal density; one bit is one dot, 1 is black."""
    width_bytes = (band.width + 7) // 8
    size = width_bytes.to_bytes(2, "little") + band.height.to_bytes(2, "little")
    return _RASTER + size + ImageChops.invert(band.convert("L")).convert("1", dither=Image.Dither.NONE).tobytes()


def raster_pieces(strips: Iterable[Image.Image], width_dots: int, *, foot_dots: int = FOOT_DOTS) -> Iterator[Piece]:
    """Gather strips into bands of about ``BAND_ROWS`` rows, then some white paper."""
    waiting: list[Image.Image] = []
    for strip in strips:
        waiting.append(strip)
        if sum(piece.height for piece in waiting) >= BAND_ROWS:
            yield from _bands(stack(waiting, width_dots))
            waiting.clear()
    waiting.append(Image.new("1", (width_dots, foot_dots), 1))
    yield from _bands(stack(waiting, width_dots))


def _bands(picture: Image.Image) -> Iterator[Piece]:
    for top in range(0, picture.height, 2 * BAND_ROWS):
        band = picture.crop((0, top, picture.width, min(top + 2 * BAND_ROWS, picture.height)))
        yield Piece(data=raster_command(band), dots=band.height)
