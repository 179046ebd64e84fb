"""What a hand does with a printed slip: holds it to a scanner's window, or lays it under a camera. Pixels only.

A scan engine is a camera with a decoder behind it. So the simulated one is given a picture as its lens would make it,
askew, soft, grainy and unevenly lit, and sends what is decoded from that; what the slip was made from it never sees.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, UnidentifiedImageError

from drivers.simulated.api import UnknownAction
from drivers.simulated.papers import SCENE_HEIGHT, SCENE_WIDTH, laid

_LONGEST_PX: Final = 20_000
_TURN: Final = 0.12
"""Radians that the slip lies askew."""
_WIDTH: Final = 0.34
"""Of the scene: 80 mm of paper where the camera looks at a good A4 sheet."""
_SOFT_PX: Final = 0.8
_NOISE: Final = 12.0
_GREY, _BRIGHT = 235, 40
"""Paper is not white, ink not black."""


def opened(file: str) -> Image.Image:
    """Return the picture of a slip.

    Raises:
        UnknownAction: there is no such file, or it is no picture of a slip.
    """
    try:
        with Image.open(Path(file)) as picture:
            if max(picture.size) > _LONGEST_PX:
                raise UnknownAction(file, ("the picture of a slip",))
            return picture.convert("L")
    except (OSError, UnidentifiedImageError, ValueError) as error:
        if isinstance(error, UnknownAction):
            raise
        raise UnknownAction(file, ("the picture of a slip, as the printer left it",)) from error


def newest(folder: Path) -> str:
    """Return the file of the slip that was printed last.

    Raises:
        UnknownAction: none was printed.
    """
    slips = sorted(folder.glob("slip-*.png"), key=lambda file: file.stat().st_mtime_ns)
    if not slips:
        raise UnknownAction("slip", ("once something was printed",))
    return str(slips[-1])


def on_desk(slip: Image.Image) -> Image.Image:
    """Return what the camera sees of a slip that lies under it; a long one hangs over the lower edge."""
    width = _WIDTH * SCENE_WIDTH
    height = width * slip.height / slip.width
    top = max(0.08 * SCENE_HEIGHT, (SCENE_HEIGHT - height) / 2)
    centre = (SCENE_WIDTH / 2, top + height / 2)
    corners = [
        _turned((x * width, y * height), centre) for x, y in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))
    ]
    return laid(_inked(slip).convert("RGB"), corners)


def read(slip: Image.Image) -> tuple[bytes, ...]:
    """Return the bytes of every code that a scanner reads from a slip before its window, from top to bottom."""
    seen = _inked(slip).rotate(math.degrees(_TURN), Image.Resampling.BICUBIC, expand=True, fillcolor=_BRIGHT)
    seen = seen.filter(ImageFilter.GaussianBlur(_SOFT_PX))
    seen = ImageChops.add(seen, Image.effect_noise(seen.size, _NOISE), 1, -128)
    found = sorted(zxingcpp.read_barcodes(seen), key=lambda code: code.position.top_left.y)
    return tuple(bytes(code.bytes) for code in found)


def _inked(slip: Image.Image) -> Image.Image:
    return slip.point(lambda grey: _BRIGHT + grey * (_GREY - _BRIGHT) // 255)


def _turned(point: tuple[float, float], centre: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    cos, sin = math.cos(_TURN), math.sin(_TURN)
    return centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos
