"""Every page looks as somebody approved it: in each state, and in the key combinations of modes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures_of import compare

from kiosk.catalogue import Catalogue, load
from ui.gallery.approving import planned
from ui.gallery.subjects import ROWS, Kind

ROOT = Path(__file__).parents[2]
PAGES = planned([Kind.PAGE])


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT / "assets" / "catalogue")


@pytest.mark.parametrize("mode", ROWS[Kind.PAGE], ids=lambda mode: mode.name)
def test_pages_look_as_approved(qapp: object, catalogue: Catalogue, mode: object) -> None:
    compare([shot for shot in PAGES if shot.mode == mode], catalogue)
