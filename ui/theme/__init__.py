"""How the terminal looks: tokens by purpose (``Theme.qml``), the colours behind them and the icons.

Importing this package needs no screen. ``apply_look`` fills the ``Theme`` of one engine; ``add_image_providers`` gives
it ``image://icon`` and ``image://qr``.
"""

from __future__ import annotations

from ui.theme.drawings import DrawingProvider, Front
from ui.theme.icons import IconProvider, QrProvider, add_image_providers
from ui.theme.look import Look, apply_look
from ui.theme.palette import PAIRS, Palette, contrast, palette_for

__all__ = [
    "PAIRS",
    "DrawingProvider",
    "Front",
    "IconProvider",
    "Look",
    "Palette",
    "QrProvider",
    "add_image_providers",
    "apply_look",
    "contrast",
    "palette_for",
]
