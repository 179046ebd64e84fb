"""The mains fail: who is there finishes, nobody begins; the battery runs low: who is there is shown out."""

from __future__ import annotations

import pytest
from stories import Story

from kiosk.session import effects, events
from kiosk.session.state import Stage
from kiosk.words import Text

TOUCH = events.Touched(session="s")


def power(cause: str) -> events.DeviceChanged:
    return events.DeviceChanged(device="power", health="degraded" if cause else "ready", cause=cause)


@pytest.mark.parametrize("cause", ["power.on-battery", "power.low-battery"])
def test_nobody_begins_while_the_mains_are_gone(cause: str) -> None:
    story = Story().happens(power(cause))
    begun = Story().happens(TOUCH)
    assert begun.state.stage is Stage.FIND
    assert story.happens(TOUCH).state.stage is Stage.ATTRACT
    assert story.happens(power(""), TOUCH).state.stage is Stage.FIND


def test_who_is_there_when_the_mains_fail_goes_on_to_the_end() -> None:
    story = Story().opens("newborn").identifies().knows().until(Stage.MATERIALS)
    story.happens(power("power.on-battery"))
    assert story.state.stage is Stage.MATERIALS
    assert not story.of(effects.Wipe)


def test_a_low_battery_shows_out_who_is_there_and_wipes() -> None:
    story = Story().opens("newborn").identifies().knows().until(Stage.MATERIALS)
    card_on = story.state.document_on
    story.happens(power("power.on-battery"), power("power.low-battery"))
    assert story.state.stage is (Stage.GOODBYE if card_on else Stage.ATTRACT)
    assert story.of(effects.Wipe)
    assert not story.state.answers.single
    assert story.state.dimmed == "power.low-battery", "the page that invites says why"


@pytest.mark.parametrize("cause", ["power.unknown", "power.replace-battery", "power.stale", "device.gone"])
def test_a_supply_with_troubles_of_its_own_keeps_nobody_away(cause: str) -> None:
    assert Story().happens(power(cause), TOUCH).state.stage is Stage.FIND


def test_an_order_of_the_operator_and_the_mains_do_not_undo_each_other() -> None:
    words = Text(zh_hans="维修", zh_hant="維修", en="repair")
    story = Story().happens(events.ServiceOrdered(closed=words), power("power.on-battery"), power(""))
    assert story.happens(TOUCH).state.stage is Stage.ATTRACT
    story.happens(power("power.on-battery"), events.ServiceOrdered(closed=None))
    assert story.happens(TOUCH).state.stage is Stage.ATTRACT
    assert story.happens(power(""), TOUCH).state.stage is Stage.FIND
