"""Every target there is."""

from __future__ import annotations

from typing import Final

from . import cards, devices, files, idreader, written
from .registry import Target

TARGETS: Final[dict[str, Target]] = {
    target.name: target for module in (idreader, cards, devices, files, written) for target in module.TARGETS
}
"""By name."""
