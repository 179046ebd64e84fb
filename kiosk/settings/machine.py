"""Where things sit on the front of the machine: what pictures of it draw, and which way arrows on the screen point."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

Share = Annotated[float, Meta(ge=0, le=1, description="a share of the front, 0 to 1")]
Spot = tuple[Share, Share]
"""The middle of something on the front, as shares of its width from the left and of its height from the top."""


class Side(StrEnum):
    """On which side of the screen a device is, as one who stands before it sees it."""

    ABOVE = "above"
    BELOW = "below"
    LEFT = "left"
    RIGHT = "right"


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """The front of the machine (柜体正面): as large as it is, and where its devices are."""

    width_mm: Annotated[float, Meta(ge=150, le=3000)] = 500.0
    height_mm: Annotated[float, Meta(ge=150, le=3000)] = 900.0
    screen: Spot = (0.5, 0.36)
    idreader: Spot = (0.27, 0.74)
    card: Spot = (0.27, 0.9)
    scanner: Spot = (0.73, 0.74)
    printer: Spot = (0.73, 0.9)
    camera: Spot = (0.5, 0.03)


DEVICES: Final = {
    "id-reader": "idreader",
    "card-reader": "card",
    "scanner": "scanner",
    "printer": "printer",
    "camera": "camera",
}
"""Fields of ``Machine`` by the kinds of devices that sessions know."""


def panel(machine: Machine, diagonal_mm: float, size_px: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the screen as shares of the front.

    Args:
        machine: The front.
        diagonal_mm: Of the panel.
        size_px: Width and height of the panel, for its shape.
    """
    width_px, height_px = size_px
    mm_per_px = diagonal_mm / math.hypot(width_px, height_px)
    width, height = width_px * mm_per_px / machine.width_mm, height_px * mm_per_px / machine.height_mm
    x, y = machine.screen
    return x - width / 2, y - height / 2, width, height


def beside(machine: Machine, spot: Spot, diagonal_mm: float, size_px: tuple[int, int]) -> tuple[Side, float]:
    """Return on which side of the screen ``spot`` is, and how far along that edge (0: its left or upper end).

    The side is that beyond which it lies farthest, in millimetres; what lies on the screen itself counts as below.
    """
    left, top, width, height = panel(machine, diagonal_mm, size_px)
    x, y = spot
    beyond = {
        Side.BELOW: (y - top - height) * machine.height_mm,
        Side.ABOVE: (top - y) * machine.height_mm,
        Side.RIGHT: (x - left - width) * machine.width_mm,
        Side.LEFT: (left - x) * machine.width_mm,
    }
    side = max(beyond, key=lambda each: beyond[each])
    if beyond[side] <= 0:
        side = Side.BELOW
    along = (y - top) / height if side in (Side.LEFT, Side.RIGHT) else (x - left) / width
    return side, min(1.0, max(0.0, along))
