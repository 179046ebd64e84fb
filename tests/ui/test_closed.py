"""A terminal out of service says so where it invites otherwise, in three languages, and begins nothing."""

from __future__ import annotations

import pytest
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.backend.web.operator.wording import CLOSED
from kiosk.session.events import DeviceChanged, ServiceOrdered
from kiosk.session.preferences import Preferences
from kiosk.words import Language
from ui.gallery.modes import LAYOUTS

__all__ = ["catalogue", "make_stage"]
"""Fixtures, shared with the pages before the materials."""

WORDS = CLOSED["repair"][1]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", list(Language))
def test_what_to_do_instead_stands_on_the_page(make_stage: MakeStage, language: Language, layout: str) -> None:
    citizen = Citizen(make_stage, "attract", language=str(language), layout=layout, preferences=Preferences(elder=True))
    citizen.stage.story.happens(ServiceOrdered(closed=WORDS))
    citizen.stage.update(citizen.stage.story.session)
    citizen.stage.picture()
    assert citizen.reads(WORDS.in_(language))
    assert not citizen.sees("start")
    assert not citizen.sees("attract-newborn")
    assert citizen.sees("language-en")
    assert citizen.faults() == []
    citizen.stage.story.happens(ServiceOrdered(closed=None))
    citizen.stage.update(citizen.stage.story.session)
    citizen.stage.picture()
    assert citizen.sees("attract-newborn")


@pytest.mark.parametrize("cause", ["power.on-battery", "power.low-battery"])
def test_a_terminal_on_its_battery_says_so(make_stage: MakeStage, cause: str) -> None:
    citizen = Citizen(make_stage, "attract", preferences=Preferences(elder=True))
    citizen.stage.story.happens(DeviceChanged(device="power", health="degraded", cause=cause))
    citizen.stage.update(citizen.stage.story.session)
    citizen.stage.picture()
    assert citizen.reads("备用电源")
    assert not citizen.sees("attract-newborn")
    assert citizen.faults() == []
