"""QR codes whose modules have the size asked for, whatever the pixels of the panel are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

QUIET: Final = 4
"""Modules of white around. Source: ISO/IEC 18004:2015, 6.3.8."""


def modules(payload: str) -> list[list[bool]]:
    """Return the modules of a QR code of level M, dark ones true, with the white around it."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET)
    code.add_data(payload)
    code.make(fit=True)
    return code.get_matrix()


def draw(matrix: Sequence[Sequence[bool]], module_px: float) -> QImage:
    """Draw modules of ``module_px`` device pixels, which need be no whole number.

    A pixel that two modules share is as grey as the share of each: every edge is then where it belongs, as exactly as
    the panel can have it, while whole pixels would make a module of 1.5 pixels a third larger.
    """
    side = max(1, round(len(matrix) * module_px))
    shares = _shares(len(matrix), side)
    grey = bytearray(side * side)
    rows = [[sum(share for at, share in mine if row[at]) for mine in shares] for row in matrix]
    for y, mine in enumerate(shares):
        for x in range(side):
            dark = sum(share * rows[at][x] for at, share in mine)
            grey[y * side + x] = 255 - round(255 * min(1.0, dark))
    image = QImage(bytes(grey), side, side, side, QImage.Format.Format_Grayscale8)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # pixels of its own: those of the bytes go with them


def _shares(count: int, side: int) -> list[list[tuple[int, float]]]:
    """Return for each pixel of a row which modules it shows, and how much of it is each one's."""
    per = count / side
    found = []
    for pixel in range(side):
        begin, end = pixel * per, (pixel + 1) * per
        last = min(count - 1, int(end - 1e-9))
        found.append([(at, (min(end, at + 1) - max(begin, at)) / per) for at in range(int(begin), last + 1)])
    return found


class CodeProvider(QQuickImageProvider):
    """``image://bench/<number>``: the code that is shown."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._image = QImage()
        self._number = 0

    def show(self, image: QImage) -> str:
        """Take a code; return its address."""
        self._image = image
        self._number += 1
        return f"image://bench/{self._number}"

    def forget(self) -> None:
        """Forget it: a code is used once."""
        self._image = QImage(1, 1, QImage.Format.Format_RGB32)

    def requestImage(self, id_: str, size: QSize, requested: QSize) -> QImage:  # noqa: N802  # Qt's name
        """Return the code, pixel by pixel."""
        del id_, requested
        size.setWidth(self._image.width())
        size.setHeight(self._image.height())
        return self._image
