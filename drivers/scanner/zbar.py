"""zbar, with the raw bytes of what it reads: pyzbar's own ``decode`` has no way to ask for them.

Without that setting zbar guesses a character set and hands out UTF-8: GB18030 comes back as Latin-1 mojibake and the
bytes of the code are lost. The functions used are those pyzbar binds (``pyzbar.wrapper``); the two numbers it has no
name for are zbar's.

Source: zbar 0.23.1, ``zbar.h``, ``zbar_config_t``.
"""

from __future__ import annotations

import ctypes
import weakref
from typing import TYPE_CHECKING, Any, Final

# At import: it loads the system library libzbar0. Import this module where zbar is wanted, not before.
from pyzbar import wrapper

from drivers.camera.api import SeenCode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Y800: Final = int.from_bytes(b"Y800", "little")
"""Eight bits of grey a pixel."""
_ALL_SYMBOLOGIES: Final = 0
_CFG_ENABLE: Final = 0
_CFG_BINARY: Final = 4
_CFG_TEST_INVERTED: Final = 0x81
_QR: Final = 64
_EAN13: Final = 13
_NAMES: Final = {_QR: "QRCode", _EAN13: "EAN13", 39: "Code39", 93: "Code93", 128: "Code128"}
"""As zxing-cpp names them, and the only ones that are looked for: zbar takes noise for Interleaved 2 of 5, Codabar, the
short EAN codes and DataBar, which have little or nothing to check themselves by, and only marks PDF417 and SQ Code."""


class Zbar:
    """One zbar scanner, set to return bytes as they are and to look for inverted codes too. One thread at a time."""

    def __init__(self) -> None:
        self._scanner = wrapper.zbar_image_scanner_create()
        weakref.finalize(self, wrapper.zbar_image_scanner_destroy, self._scanner)
        wrapper.zbar_image_scanner_set_config(self._scanner, _ALL_SYMBOLOGIES, _CFG_ENABLE, 0)
        for symbology in _NAMES:
            wrapper.zbar_image_scanner_set_config(self._scanner, symbology, _CFG_ENABLE, 1)
        # Before 0.23.1 there is no such setting and zbar says so: then only plain ASCII is surely what the code holds.
        self._raw = wrapper.zbar_image_scanner_set_config(self._scanner, _QR, _CFG_BINARY, 1) == 0
        wrapper.zbar_image_scanner_set_config(self._scanner, _ALL_SYMBOLOGIES, _CFG_TEST_INVERTED, 1)

    def look(self, grey: NDArray[np.uint8]) -> list[SeenCode]:
        """Return what zbar sees in ``grey``, rows × columns of bytes, in no particular order."""
        pixels = grey.tobytes()
        image = wrapper.zbar_image_create()
        try:
            wrapper.zbar_image_set_format(image, _Y800)
            wrapper.zbar_image_set_size(image, grey.shape[1], grey.shape[0])
            wrapper.zbar_image_set_data(image, pixels, len(pixels), None)
            if wrapper.zbar_scan_image(self._scanner, image) <= 0:
                return []
            seen = []
            symbol = wrapper.zbar_image_first_symbol(image)
            while symbol:
                if (code := self._told(symbol)) is not None:
                    seen.append(code)
                symbol = wrapper.zbar_symbol_next(symbol)
            return seen
        finally:
            wrapper.zbar_image_destroy(image)

    def _told(self, symbol: Any) -> SeenCode | None:
        kind = symbol.contents.type
        length = wrapper.zbar_symbol_get_data_length(symbol)
        raw = ctypes.string_at(wrapper.zbar_symbol_get_data(symbol), length)
        name = _NAMES.get(kind)
        if name is None or not raw or not (self._raw or raw.isascii()):
            return None
        points = [
            (wrapper.zbar_symbol_get_loc_x(symbol, at), wrapper.zbar_symbol_get_loc_y(symbol, at))
            for at in range(wrapper.zbar_symbol_get_loc_size(symbol))
        ]
        return SeenCode(raw=raw, symbology=name, corners=_corners(kind, points))


def _corners(kind: int, points: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Clockwise from the top left: zbar goes round a QR code the other way, and gives a bar code as a row of points."""
    if kind == _QR and len(points) == 4:
        return (points[0], points[3], points[2], points[1])
    across, down = [x for x, _ in points] or [0], [y for _, y in points] or [0]
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    return ((left, top), (right, top), (right, bottom), (left, bottom))
