"""Pictures for device prompts, in the colours of the theme (``image://drawing``).

``image://drawing/<name>/<colours>`` is a drawing of ``assets/drawings``: a device from close up, or what a hand brings.
``image://drawing/machine.<device>/<colours>`` is the front of this machine with that device lit, as settings have it.
The colours are seven of ``rrggbb``, joined by ``-``, in the order of ``COLOURS``.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Collection
from pathlib import Path
from string import Template
from typing import Final

from PySide6.QtCore import QByteArray, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from kiosk.settings.machine import DEVICES, Machine, panel
from kiosk.settings.model import Layout, Settings

DRAWINGS: Final = Path(__file__).parents[2] / "assets" / "drawings"

COLOURS: Final = ("ink", "tint", "body", "edge", "paper", "shade", "line")
"""What the colours of a drawing are for: lit parts, what is behind them, the machine, its edges, paper, dark, lines."""

SIZES_MM: Final = {
    "id-reader": (110.0, 76.0),
    "card-reader": (90.0, 26.0),
    "scanner": (84.0, 46.0),
    "printer": (104.0, 26.0),
    "camera": (90.0, 34.0),
}
"""How large a device is drawn on the front."""

_DEFAULT_PX: Final = 96
_STAND: Final = 0.06
"""Of the height of the picture: what is seen of the column below the front."""
_HEAD: Final = 0.06
"""Of the height of the picture: kept free above the front, for the ring around what is at its upper edge."""


@functools.cache
def _template(name: str) -> Template:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
        raise FileNotFoundError(name)
    return Template((DRAWINGS / f"{name}.svg").read_text(encoding="utf-8"))


def _named(colours: str) -> dict[str, str]:
    given = [f"#{colour}" for colour in colours.split("-")]
    if len(given) != len(COLOURS):
        raise ValueError(colours)
    return dict(zip(COLOURS, given, strict=True))


@functools.lru_cache(maxsize=64)
def draw(name: str, colours: str, width_px: int, height_px: int) -> QImage:
    """Draw ``assets/drawings/<name>.svg``.

    Raises:
        FileNotFoundError: There is no such drawing.
        ValueError: The colours are not seven.
    """
    renderer = QSvgRenderer(QByteArray(_template(name).substitute(_named(colours)).encode()))
    image = QImage(width_px, height_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, width_px, height_px))
    painter.end()
    return image


class Front:
    """The front of one machine, to be drawn.

    Args:
        machine: Where its parts are.
        diagonal_mm: Of the screen.
        layout: Shape of the screen.
        devices: What it has.
    """

    def __init__(
        self,
        machine: Machine | None = None,
        diagonal_mm: float = 546.0,
        layout: Layout = Layout.PORTRAIT,
        devices: Collection[str] = tuple(DEVICES),
    ) -> None:
        self._machine = Machine() if machine is None else machine
        self._diagonal_mm = diagonal_mm
        self._size_px = layout.size_px
        self._devices = devices

    @classmethod
    def of(cls, settings: Settings) -> Front:
        """Return the machine that settings describe."""
        terminal, has = settings.terminal, settings.devices
        there = [kind for kind, name in DEVICES.items() if getattr(has, name).protocol != "none"]
        return cls(terminal.machine, terminal.diagonal_mm, terminal.layout, there)

    def _spot(self, device: str) -> tuple[float, float]:
        x, y = getattr(self._machine, DEVICES[device])
        return float(x), float(y)

    def draw(self, device: str, colours: str, width_px: int, height_px: int) -> QImage:
        """Draw the front with ``device`` lit, and from there a beam to the right edge, where the close view begins.

        Raises:
            KeyError: No machine has such a device.
            ValueError: The colours are not seven.
        """
        colour = {name: QColor(value) for name, value in _named(colours).items()}
        image = QImage(width_px, height_px, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        machine = self._machine
        room = height_px * (1 - _HEAD - _STAND)
        scale = min(room / machine.height_mm, width_px * 0.8 / machine.width_mm)
        front = QRectF(2, 0, machine.width_mm * scale, machine.height_mm * scale)
        front.moveTop(height_px * _HEAD + (room - front.height()) / 2)
        line = max(1.0, height_px / 180)
        lit = self._place(device, front, scale)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = (QPointF(width_px, 0), QPointF(width_px, height_px))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour["paper"])
        painter.drawPolygon(QPolygonF([lit.center(), *corners]))
        self._body(painter, front, colour, line, height_px)
        for each in self._devices:
            if each != device:
                _device(painter, self._place(each, front, scale), colour["edge"], colour["body"].darker(108), line)
        painter.setPen(QPen(colour["ink"], 0.6 * line))
        for corner in corners:
            painter.drawLine(QLineF(lit.center(), corner))
        around = max(lit.width(), lit.height()) / 2 + 4 * line
        painter.setBrush(colour["paper"])
        painter.setPen(QPen(colour["ink"], 2 * line))
        painter.drawEllipse(lit.center(), around, around)
        _device(painter, lit, colour["ink"], colour["ink"], line)
        self._arrow(painter, front, lit.center(), around, QPen(colour["ink"], 3 * line))
        painter.end()
        return image

    def _place(self, device: str, front: QRectF, scale: float) -> QRectF:
        width_mm, height_mm = SIZES_MM[device]
        x, y = self._spot(device)
        place = QRectF(0, 0, max(6.0, width_mm * scale), max(3.0, height_mm * scale))
        place.moveCenter(QPointF(front.left() + x * front.width(), front.top() + y * front.height()))
        return place

    def _body(self, painter: QPainter, front: QRectF, colour: dict[str, QColor], line: float, height_px: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour["edge"])
        width = front.width() * 0.62
        painter.drawRect(QRectF(front.center().x() - width / 2, front.bottom(), width, height_px - front.bottom()))
        painter.setPen(QPen(colour["edge"], 1.4 * line))
        painter.setBrush(colour["body"])
        painter.drawRoundedRect(front, 5 * line, 5 * line)
        glass = self._glass(front)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour["shade"])
        painter.drawRoundedRect(glass.adjusted(-2 * line, -2 * line, 2 * line, 2 * line), 3 * line, 3 * line)
        painter.setBrush(colour["paper"])
        painter.drawRect(glass)
        # what stands on a page: its title, some lines, the one button
        painter.setBrush(colour["line"])
        step, left = glass.height() / 12, glass.left() + glass.width() * 0.12
        for row, share in enumerate((0.5, 0.72, 0.62)):
            painter.drawRect(QRectF(left, glass.top() + (1.6 + 1.5 * row) * step, glass.width() * share, step * 0.6))
        painter.setBrush(colour["edge"])
        painter.drawRoundedRect(QRectF(left, glass.bottom() - 2.2 * step, glass.width() * 0.76, step), line, line)

    def _glass(self, front: QRectF) -> QRectF:
        left, top, width, height = panel(self._machine, self._diagonal_mm, self._size_px)
        return QRectF(
            front.left() + left * front.width(),
            front.top() + top * front.height(),
            width * front.width(),
            height * front.height(),
        )

    def _arrow(self, painter: QPainter, front: QRectF, lit: QPointF, around: float, pen: QPen) -> None:
        """Point from the screen to the device."""
        way = QLineF(lit, self._glass(front).center())
        length = way.length()
        if length <= around:
            return
        way.setLength(around + pen.widthF() * 0.8)
        tip = way.p2()
        way.setLength(min(length, around + 0.36 * length))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(way.p2(), tip))
        head = QLineF(tip, way.p2())
        head.setLength(2 * pen.widthF())
        for turn in (38.0, -38.0):
            barb = QLineF(head)
            barb.setAngle(head.angle() + turn)
            painter.drawLine(barb)


def _device(painter: QPainter, place: QRectF, edge: QColor, fill: QColor, line: float) -> None:
    painter.setPen(QPen(edge, line))
    painter.setBrush(fill)
    radius = min(place.width(), place.height()) * 0.3
    painter.drawRoundedRect(place, radius, radius)


class DrawingProvider(QQuickImageProvider):
    """``image://drawing/…``: see the module.

    Args:
        front: The machine that is drawn.
    """

    def __init__(self, front: Front) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._front = front

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803 - Qt's names
        """Return the drawing; an empty one, of which Qt warns by name, when there is none."""
        name, _, colours = id.partition("/")
        width_px = requestedSize.width() if requestedSize.width() > 0 else _DEFAULT_PX
        height_px = requestedSize.height() if requestedSize.height() > 0 else math.ceil(width_px / 1.6)
        size.setWidth(width_px)
        size.setHeight(height_px)
        part, _, device = name.partition(".")
        try:
            if part == "machine":
                return self._front.draw(device, colours, width_px, height_px)
            return draw(name, colours, width_px, height_px)
        except (FileNotFoundError, KeyError, ValueError):
            return QImage()
