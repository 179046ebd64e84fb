"""Ways to look at a picture for codes: the first, and those that follow where it saw nothing.

Each was measured on the pictures of ``tests/drivers/scanner/pictures.py`` (``packaging/bench scanning``) and stays
because it reads codes that those before it do not; the README tells which, and which ideas were left out.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import zxingcpp

from drivers.camera.api import SeenCode
from drivers.scanner.charsets import known_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from drivers.scanner.zbar import Zbar

    Grey = NDArray[np.uint8]
    Look = Callable[[Grey], list[SeenCode]]

_F = zxingcpp.BarcodeFormat
_QR: Final = zxingcpp.BarcodeFormats([_F.QRCode])
_OFTEN: Final = zxingcpp.BarcodeFormats([_F.QRCode, _F.Code128, _F.Code39, _F.Code93, _F.EANUPC, _F.ITF, _F.Codabar])
"""What citizens bring: QR codes of services and phones, bar codes of slips, parcels and goods."""
_SURE: Final = zxingcpp.BarcodeFormats([_F.QRCode, _F.Code128, _F.Code93])
"""Those that check themselves well: in pictures that were changed much, an EAN-13 came out with another number, and a
Micro QR code was found in the middle of a large QR code."""
_BARS: Final = zxingcpp.BarcodeFormats([_F.Code128, _F.Code39, _F.Code93, _F.EANUPC, _F.ITF, _F.Codabar])
_SELDOM: Final = zxingcpp.BarcodeFormats(
    [_F.PDF417, _F.DataMatrix, _F.Aztec, _F.DataBar, _F.MicroPDF417, _F.MicroQRCode, _F.RMQRCode, _F.MaxiCode]
)
"""What they bring now and then; on a page of text these cost five times as much as the others together."""
_LARGEST_TO_ENLARGE: Final = 4_000_000
"""Pixels; above this the modules of a code that fills a fair part of the picture are large enough."""
_LARGEST_TO_REFOCUS: Final = 1_500_000
_NOISE_TO_SIGNAL: Final = 0.01
_MOST_SLANTED: Final = 4
"""Times the pixels of the picture; a picture of 16 by 9 takes 2.2."""
LONGEST_SIDE: Final = 32_766
"""Pixels; OpenCV warps no longer ones, and zxing-cpp takes twice that."""
_MOST_UNROLLED: Final = 2
"""Codes that were found and not read, of one picture."""
_SIDES: Final = (256, 512)
"""Pixels of the square that a code is unrolled into, by how large it is; 57 modules, version 10, have 3.4 each."""
_ROUND_IT: Final = 0.12
"""Part of the square's side that is left around the code for its quiet zone."""
_HALF_ANGLES: Final = (25, 45, 62)
"""Degrees of a cylinder to either side of the code's middle."""
_SAGS: Final = (0.0, 0.04, -0.04, 0.09, -0.09)
"""How far the code's middle hangs below its edges, as a part of its side: the camera looks down or up at it."""


def can_be(grey: Grey) -> bool:
    """Whether the looks can be taken at a picture at all: it is not empty, and neither side is too long."""
    return grey.size > 0 and max(grey.shape) <= LONGEST_SIDE


def first(grey: Grey) -> list[SeenCode]:
    """What is taken at every picture: zxing-cpp, turned and inverted codes too."""
    return _zxing(grey, _OFTEN)


def further() -> tuple[Look, ...]:
    """Return the looks that follow, most rewarding first; for one thread at a time; see ``can_be``."""
    zbar: list[Zbar] = []

    def second_opinion(grey: Grey) -> list[SeenCode]:
        """Zbar, on a picture a little softened: alone it takes noise for edges."""
        import cv2

        if not zbar:
            # Imported here: it loads the system library libzbar0, which only this look needs.
            from drivers.scanner.zbar import Zbar

            zbar.append(Zbar())
        small, by = _at_most(grey, _LARGEST_TO_ENLARGE)  # it takes half a second for a million pixels of noise
        return _shrunk(zbar[0].look(_of(cv2.GaussianBlur(small, (0, 0), 1))), by)

    return (
        enlarged,
        unrolled,
        fixed,
        sharpened,
        second_opinion,
        refocused_far,
        seldom,
        slanted,
        refocused,
        evened,
        halved,
    )


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
    if room * room > _MOST_SLANTED * grey.size:  # a strip: turned, it would be nearly all margin
        return []
    shift = room / 2 - turned @ (wide / 2, high / 2)
    way = np.column_stack([turned, shift])
    picture = _of(cv2.warpAffine(grey, way, (room, room), flags=cv2.INTER_LINEAR, borderValue=(128,)))
    back = turned.T
    return [
        replace(code, corners=tuple(_moved(back, corner - shift) for corner in code.corners))
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


def refocused(grey: Grey) -> list[SeenCode]:
    """As if it had been in focus, when it was a little out of it."""
    return _refocused(grey, 2.5)


def refocused_far(grey: Grey) -> list[SeenCode]:
    """As if it had been in focus, when it was further out of it."""
    return _refocused(grey, 3.5)


def _refocused(grey: Grey, sigma: float) -> list[SeenCode]:
    """Undo a blur by Wiener's filter: a lens out of focus blurs about as a Gaussian of ``sigma`` pixels does."""
    import cv2

    # A picture with more pixels has wider blurs and takes longer: it is brought to a size that these sigmas suit.
    small, by = _at_most(grey, _LARGEST_TO_REFOCUS)
    high, wide = small.shape
    whole_high, whole_wide = cv2.getOptimalDFTSize(high), cv2.getOptimalDFTSize(wide)
    padded = cv2.copyMakeBorder(small, 0, whole_high - high, 0, whole_wide - wide, cv2.BORDER_REPLICATE)
    waves = cv2.dft(padded.astype("float32"), flags=cv2.DFT_COMPLEX_OUTPUT)
    back = cv2.DFT_INVERSE | cv2.DFT_REAL_OUTPUT | cv2.DFT_SCALE
    sharp = cv2.dft(waves * _wiener(whole_high, whole_wide, sigma), flags=back)[:high, :wide]
    return _shrunk(_zxing(_of(sharp.clip(0, 255).astype("uint8")), _SURE), by)


@functools.lru_cache(maxsize=4)
def _wiener(high: int, wide: int, sigma: float) -> NDArray[np.float32]:
    """The filter's factor for every wave of a picture.

    Source: N. Wiener, Extrapolation, Interpolation and Smoothing of Stationary Time Series (1949): G / (G² + noise).
    """
    import numpy as np

    down, across = np.fft.fftfreq(high)[:, None], np.fft.fftfreq(wide)[None, :]
    blur = np.exp(-2 * (math.pi * sigma) ** 2 * (down**2 + across**2))
    factor: NDArray[np.float32] = (blur / (blur**2 + _NOISE_TO_SIGNAL)).astype(np.float32)[..., None]
    return factor


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
    for place in places[:_MOST_UNROLLED]:
        if _extent(place) < 400:  # 20 × 20 pixels: fewer than the smallest code has modules
            break
        side = _SIDES[_extent(place) > _SIDES[0] ** 2]
        square = np.array(_square(side), dtype=np.float32)
        there = cv2.getPerspectiveTransform(np.array(place, dtype=np.float32), square)
        flat = cv2.warpPerspective(grey, there, (side, side), flags=cv2.INTER_LINEAR)
        for across, down in _cylinders(side):
            for code in _zxing(_of(cv2.remap(flat, across, down, cv2.INTER_LINEAR)), _QR):
                return [replace(code, corners=place)]
    return []


def _square(side: int) -> tuple[tuple[float, float], ...]:
    near, far = side * _ROUND_IT, side * (1 - _ROUND_IT)
    return ((near, near), (far, near), (far, far), (near, far))


def _cylinders(side: int) -> Iterator[tuple[Any, Any]]:
    for half_angle in _HALF_ANGLES:
        for sag in _SAGS:
            across, down = _cylinder(side, half_angle, sag)
            yield across, down
            yield down.T, across.T


@functools.cache
def _cylinder(side: int, half_angle: int, sag: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each pixel of the unrolled square lies in the square with the corners of the code on the cylinder."""
    import numpy as np

    half = math.radians(half_angle)
    at = (np.arange(side, dtype=np.float32) / (side - 1) * 2 - 1) / (1 - 2 * _ROUND_IT)
    # The cylinder goes on a little beyond the code, but not to its back.
    seen = np.sin(np.clip(at * half, -1.5, 1.5)) / math.sin(half)
    hang = sag * 2 * (np.cos(np.clip(at * half, -1.5, 1.5)) - math.cos(half)) / (1 - math.cos(half))
    columns, rows = np.meshgrid(seen, at)
    rows = rows + hang[None, :]
    back = (1 - 2 * _ROUND_IT) * (side - 1) / 2
    middle = (side - 1) / 2
    return (columns * back + middle).astype(np.float32), (rows * back + middle).astype(np.float32)


def _zxing(
    grey: Grey,
    formats: zxingcpp.BarcodeFormats,
    binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage,
) -> list[SeenCode]:
    return [
        SeenCode(
            raw=bytes(found.bytes),
            symbology=found.symbology.name,
            corners=_corners(found.position),
            text=known_text(bytes(found.bytes), found.text, found.symbology_identifier),
        )
        for found in zxingcpp.read_barcodes(
            grey, formats=formats, binarizer=binarizer, text_mode=zxingcpp.TextMode.Plain
        )
        if found.bytes
    ]


def _corners(position: zxingcpp.Position) -> tuple[tuple[int, int], ...]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple((corner.x, corner.y) for corner in corners)


def _extent(corners: tuple[tuple[int, int], ...]) -> float:
    """Pixels that the corners enclose (the shoelace formula)."""
    around = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in around)) / 2


def _at_most(grey: Grey, pixels: int) -> tuple[Grey, float]:
    """Return the picture with no more than so many pixels, and by what it was shrunk."""
    import cv2

    by = min(1.0, math.sqrt(pixels / grey.size))
    if by == 1 or min(grey.shape) * by < 1:
        return grey, 1.0
    return _of(cv2.resize(grey, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)), by


def _shrunk(seen: list[SeenCode], by: float) -> list[SeenCode]:
    return [replace(code, corners=tuple((round(x / by), round(y / by)) for x, y in code.corners)) for code in seen]


def _of(picture: Any) -> Grey:
    """OpenCV's types say "some array"; what comes back from a picture of bytes is one."""
    grey: Grey = picture
    return grey
