"""Every scene there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ui.gallery.beside import BESIDE
from ui.gallery.choosing import CHOOSING
from ui.gallery.deciding import DECIDING
from ui.gallery.endings import ENDINGS
from ui.gallery.owning import OWNING
from ui.gallery.returning import RETURNING
from ui.gallery.scenes import SCENES, Scene

EVERY: Final[Mapping[str, Scene]] = {**SCENES, **CHOOSING, **ENDINGS, **RETURNING, **OWNING, **BESIDE, **DECIDING}
"""By name."""
