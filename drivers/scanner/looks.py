"""Ways to look at a picture for codes: the first, and those that follow where it saw nothing.

Each was measured on the pictures of ``tests/drivers/scanner/pictures.py`` (``packaging/bench scanning``) and stays
because it reads codes that those before it do not; the README tells which, and which ideas were left out.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import zxingcpp

from drivers.camera.api import SeenCode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from drivers.scanner.zbar import Zbar

    Grey = NDArray[np.uint8]
    Look = Callable[[Grey], list[SeenCode]]

_F = zxingcpp.BarcodeFormat
_QR: Final = zxingcpp.BarcodeFormats([_F.QRCode])
_OFTEN: Final = zxingcpp.BarcodeFormats(
    [_F.QRCode, _F.MicroQRCode, _F.Code128, _F.Code39, _F.Code93, _F.EANUPC, _F.ITF, _F.Codabar]
)
"""What citizens bring: QR codes of services and phones, bar codes of slips, parcels and goods."""
_SURE: Final = zxingcpp.BarcodeFormats([_F.QRCode, _F.MicroQRCode, _F.Code128, _F.Code93])
"""Those that check themselves well: in a picture that was changed much, an EAN-13 came out with another number."""
_BARS: Final = zxingcpp.BarcodeFormats([_F.Code128, _F.Code39, _F.Code93, _F.EANUPC, _F.ITF, _F.Codabar])
_SELDOM: Final = zxingcpp.BarcodeFormats(
    [_F.PDF417, _F.DataMatrix, _F.Aztec, _F.DataBar, _F.MicroPDF417, _F.RMQRCode, _F.MaxiCode]
)
"""What they bring now and then; on a page of text these cost five times as much as the others together."""
_LARGEST_TO_ENLARGE: Final = 4_000_000
"""Pixels; above this the modules of a code that fills a fair part of the picture are large enough."""
_MOST_UNROLLED: Final = 2
"""Codes that were found and not read, of one picture."""
_SIDE: Final = 256
"""Pixels of a square that a code is unrolled into; 57 modules, version 10, still have four each."""
_ROUND_IT: Final = 0.12
"""Part of the square's side that is left around the code for its quiet zone."""
_HALF_ANGLES: Final = (25, 45, 62)
"""Degrees of a cylinder to either side of the code's middle."""
_SAGS: Final = (0.0, 0.04, -0.04, 0.09, -0.09)
"""How far the code's middle hangs below its edges, as a part of its side: the camera looks down or up at it."""


def first(grey: Grey) -> list[SeenCode]:
    """What is taken at every picture: zxing-cpp, turned and inverted codes too."""
    return _zxing(grey, _OFTEN)


def further() -> tuple[Look, ...]:
    """Return the looks that follow, most rewarding first; for one thread at a time and pictures that are not empty."""
    zbar: list[Zbar] = []

    def second_opinion(grey: Grey) -> list[SeenCode]:
        """Zbar, on a picture a little softened: alone it takes noise for edges."""
        import cv2

        if not zbar:
            # Imported here: it loads the system library libzbar0, which only this look needs.
            from drivers.scanner.zbar import Zbar

            zbar.append(Zbar())
        return zbar[0].look(_of(cv2.GaussianBlur(grey, (0, 0), 1)))

    return (enlarged, unrolled, fixed, second_opinion, seldom, slanted, sharpened, evened, halved)


def seldom(grey: Grey) -> list[SeenCode]:
    """The symbologies that are seldom brought."""
    return _zxing(grey, _SELDOM)


def enlarged(grey: Grey) -> list[SeenCode]:
    """Twice as large: small modules, codes turned or tilted, several in one picture."""
    import cv2

    if grey.size > _LARGEST_TO_ENLARGE:
        return []
    return _shrunk(_zxing(_of(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)), _OFTEN), 2)


def halved(grey: Grey) -> list[SeenCode]:
    """Half as large: the mean of four pixels has half the noise."""
    import cv2

    if min(grey.shape) < 2:
        return []
    return _shrunk(_zxing(_of(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)), _SURE), 0.5)


def slanted(grey: Grey) -> list[SeenCode]:
    """Turned by an eighth: zxing-cpp looks for bar codes along rows and columns only."""
    import cv2
    import numpy as np

    high, wide = grey.shape
    turned = np.array([[1, -1], [1, 1]]) / math.sqrt(2)
    room = math.ceil((high + wide) / math.sqrt(2))
    shift = room / 2 - turned @ (wide / 2, high / 2)
    way = np.column_stack([turned, shift])
    picture = _of(cv2.warpAffine(grey, way, (room, room), flags=cv2.INTER_LINEAR, borderValue=(128,)))
    back = turned.T
    return [
        SeenCode(
            raw=code.raw,
            symbology=code.symbology,
            corners=tuple(_moved(back, corner - shift) for corner in code.corners),
        )
        for code in _zxing(picture, _BARS)
    ]


def _moved(turn: NDArray[np.float64], point: NDArray[np.float64]) -> tuple[int, int]:
    x, y = turn @ point
    return round(x), round(y)


def fixed(grey: Grey) -> list[SeenCode]:
    """Black below the middle grey: screens with a grid of their own, where the surroundings mislead."""
    return _zxing(grey, _SURE, binarizer=zxingcpp.Binarizer.FixedThreshold)


def sharpened(grey: Grey) -> list[SeenCode]:
    """With its edges raised: out of focus."""
    import cv2

    soft = cv2.GaussianBlur(grey, (0, 0), 2)
    return _zxing(_of(cv2.addWeighted(grey, 2.5, soft, -1.5, 0)), _SURE)


def evened(grey: Grey) -> list[SeenCode]:
    """Black below the mean of what is around: glare and the edge of a shadow."""
    import cv2

    black = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, 2)
    return _zxing(_of(black), _SURE, binarizer=zxingcpp.Binarizer.FixedThreshold)


def unrolled(grey: Grey) -> list[SeenCode]:
    """Codes that were found and not read, as if they lay on a cylinder: slips curl, and bottles are round."""
    import cv2
    import numpy as np

    found = zxingcpp.read_barcodes(grey, formats=_QR, return_errors=True)
    places = sorted((_corners(code.position) for code in found if not code.valid), key=_extent, reverse=True)
    square = np.array(_square(), dtype=np.float32)
    for place in places[:_MOST_UNROLLED]:
        if _extent(place) < 400:  # 20 × 20 pixels: fewer than the smallest code has modules
            break
        there = cv2.getPerspectiveTransform(np.array(place, dtype=np.float32), square)
        flat = cv2.warpPerspective(grey, there, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR)
        for across, down in _cylinders():
            for code in _zxing(_of(cv2.remap(flat, across, down, cv2.INTER_LINEAR)), _QR):
                return [SeenCode(raw=code.raw, symbology=code.symbology, corners=place)]
    return []


def _square() -> tuple[tuple[float, float], ...]:
    near, far = _SIDE * _ROUND_IT, _SIDE * (1 - _ROUND_IT)
    return ((near, near), (far, near), (far, far), (near, far))


def _cylinders() -> Iterator[tuple[Any, Any]]:
    for half_angle in _HALF_ANGLES:
        for sag in _SAGS:
            across, down = _cylinder(half_angle, sag)
            yield across, down
            yield down.T, across.T


@functools.cache
def _cylinder(half_angle: int, sag: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each pixel of the unrolled square lies in the square with the corners of the code on the cylinder."""
    import numpy as np

    half = math.radians(half_angle)
    at = (np.arange(_SIDE, dtype=np.float32) / (_SIDE - 1) * 2 - 1) / (1 - 2 * _ROUND_IT)
    # The cylinder goes on a little beyond the code, but not to its back.
    seen = np.sin(np.clip(at * half, -1.5, 1.5)) / math.sin(half)
    hang = sag * 2 * (np.cos(np.clip(at * half, -1.5, 1.5)) - math.cos(half)) / (1 - math.cos(half))
    columns, rows = np.meshgrid(seen, at)
    rows = rows + hang[None, :]
    back = (1 - 2 * _ROUND_IT) * (_SIDE - 1) / 2
    middle = (_SIDE - 1) / 2
    return (columns * back + middle).astype(np.float32), (rows * back + middle).astype(np.float32)


def _zxing(
    grey: Grey,
    formats: zxingcpp.BarcodeFormats,
    binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage,
) -> list[SeenCode]:
    return [
        SeenCode(raw=bytes(found.bytes), symbology=found.symbology.name, corners=_corners(found.position))
        for found in zxingcpp.read_barcodes(grey, formats=formats, binarizer=binarizer)
        if found.bytes
    ]


def _corners(position: zxingcpp.Position) -> tuple[tuple[int, int], ...]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple((corner.x, corner.y) for corner in corners)


def _extent(corners: tuple[tuple[int, int], ...]) -> float:
    """Pixels that the corners enclose (the shoelace formula)."""
    around = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in around)) / 2


def _shrunk(seen: list[SeenCode], by: float) -> list[SeenCode]:
    return [
        SeenCode(
            raw=code.raw,
            symbology=code.symbology,
            corners=tuple((round(x / by), round(y / by)) for x, y in code.corners),
        )
        for code in seen
    ]


def _of(picture: Any) -> Grey:
    """OpenCV's types say "some array"; what comes back from a picture of bytes is one."""
    grey: Grey = picture
    return grey
