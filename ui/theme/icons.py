"""Pictures made on the spot: line icons in any colour (``image://icon``) and QR codes (``image://qr``)."""

from __future__ import annotations

import functools
import re
import urllib.parse
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from ui.theme.drawings import DrawingProvider, Front

ICONS = Path(__file__).parents[2] / "assets" / "icons"

_DEFAULT_PX = 48


@functools.cache
def _svg(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise FileNotFoundError(name)
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=512)
def draw_icon(name: str, colour: str, width_px: int, height_px: int) -> QImage:
    """Draw the icon ``name`` of ``assets/icons`` in ``colour`` (``rrggbb`` or ``aarrggbb``).

    Raises:
        FileNotFoundError: There is no such icon.
    """
    ink = QColor(f"#{colour}")
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", ink.name()).encode()))
    image = QImage(width_px, height_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setOpacity(ink.alphaF())
    renderer.render(painter, QRectF(0, 0, width_px, height_px))
    painter.end()
    return image


class IconProvider(QQuickImageProvider):
    """``image://icon/<name>/<rrggbb>``: an icon of ``assets/icons`` in a colour."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803 - Qt's names
        """Return the picture; an empty one, of which Qt warns by name, when there is no such icon."""
        name, _, colour = id.partition("/")
        width_px = requestedSize.width() if requestedSize.width() > 0 else _DEFAULT_PX
        height_px = requestedSize.height() if requestedSize.height() > 0 else _DEFAULT_PX
        size.setWidth(width_px)
        size.setHeight(height_px)
        try:
            return draw_icon(name, colour or "000000", width_px, height_px)
        except FileNotFoundError:
            return QImage()


def draw_qr(payload: str) -> QImage:
    """Draw ``payload`` as a QR code, one pixel a module, with the quiet zone of four the standard asks for."""
    import qrcode  # here: the first page has none, and need not wait for it

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(payload)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows)
    grey = bytes(0 if dark else 255 for row in rows for dark in row)
    return QImage(grey, side, side, side, QImage.Format.Format_Grayscale8).convertToFormat(
        QImage.Format.Format_RGB32  # pixels of its own, too: those of the bytes go with them
    )


class QrProvider(QQuickImageProvider):
    """``image://qr/<payload, percent-encoded with _ for %>``: ``QrImage.qml`` writes the address."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803 - Qt's names
        """Return the code as large as whole pixels a module allow inside ``requestedSize``."""
        payload = urllib.parse.unquote(id.replace("_", "%"))
        image = draw_qr(payload)
        times = max(1, min(requestedSize.width(), requestedSize.height()) // image.width())
        image = image.scaled(image.size() * times)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


def add_image_providers(engine: QQmlEngine, front: Front | None = None) -> None:
    """Let pages of ``engine`` show icons, QR codes and the drawings of device prompts.

    Args:
        engine: Theirs.
        front: The machine that is drawn; otherwise the one that settings begin with.
    """
    engine.addImageProvider("icon", IconProvider())
    engine.addImageProvider("qr", QrProvider())
    engine.addImageProvider("drawing", DrawingProvider(Front() if front is None else front))
