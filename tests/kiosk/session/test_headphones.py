"""Whether headphones are in is a fact of the terminal, whatever a citizen chose and whoever comes next."""

from __future__ import annotations

from kiosk.catalogue import load
from kiosk.session import events, machine
from kiosk.session.house import House
from kiosk.session.preferences import Preferences
from kiosk.session.state import Session, fresh
from kiosk.settings.model import ASSETS
from kiosk.words import Language


def test_being_guided_by_choice_is_not_having_headphones() -> None:
    house = House(catalogue=load(ASSETS / "catalogue"), terminal="T-1", language=Language.ZH_HANS)
    chosen, _ = machine.step(house, Session(), events.Preferred(preferences=Preferences(guided=True)))
    assert (chosen.preferences.guided, chosen.headphones) == (True, False)
    plugged, _ = machine.step(house, Session(), events.HeadphonesChanged(plugged=True))
    assert (plugged.preferences.guided, plugged.headphones) == (True, True)
    off, _ = machine.step(house, plugged, events.Preferred(preferences=Preferences()))
    assert (off.preferences.guided, off.headphones) == (False, True)
    pulled, _ = machine.step(house, off, events.HeadphonesChanged(plugged=False))
    assert not pulled.headphones


def test_the_next_citizen_finds_the_headphones_as_they_are() -> None:
    assert fresh(Session(headphones=True), language=Language.EN).headphones
    assert not fresh(Session(), language=Language.EN).headphones
