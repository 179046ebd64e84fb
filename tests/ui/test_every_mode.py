"""Every page in the key combinations of its modes: nothing cut off, nothing outside, large enough, dark enough.

All combinations are ``packaging/modes --all``.
"""

from __future__ import annotations

import pytest
from test_pages_asking import catalogue

from kiosk.catalogue import Catalogue
from ui.gallery.crawling import Crawler
from ui.gallery.every import EVERY
from ui.gallery.modes import KEY, Mode

__all__ = ["catalogue"]
"""A fixture, shared with the pages before the materials."""

HALVES = (0, 1)
COLOURED = {False: "portrait-zh-Hans", True: "portrait-zh-Hant-elder-high-contrast"}
"""By high contrast: where colours are looked at; they are the same in each language and layout."""


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("mode", KEY, ids=[mode.name for mode in KEY])
def test_every_page_can_be_read_and_touched(qapp: object, catalogue: Catalogue, mode: Mode, half: int) -> None:
    crawler = Crawler(mode, catalogue)
    try:
        scenes = sorted(EVERY)[half :: len(HALVES)]
        found = list(crawler.crawl(scenes, colours=mode.name == COLOURED[mode.high_contrast]))
    finally:
        crawler.close()
    assert not found, "\n".join(f"{scene}: {fault}" for scene, fault in found)


def test_colours_are_looked_at_in_both_contrasts() -> None:
    assert set(COLOURED.values()) <= {mode.name for mode in KEY}
