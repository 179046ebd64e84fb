"""While a technician is at the terminal no citizen begins; while a citizen is there no technician comes."""

from __future__ import annotations

from stories import SESSION, Story

from kiosk.session import events
from kiosk.session.effects import activities
from kiosk.session.state import DocumentSource, Session, Stage


def test_no_citizen_begins_and_no_device_is_used_meanwhile() -> None:
    story = Story()
    story.happens(events.MaintenanceOrdered(on=True))
    story.happens(events.Touched(session=SESSION))
    assert (story.state.stage, story.state.maintained) == (Stage.ATTRACT, True)
    assert activities(Session(maintained=True, document_on=frozenset({DocumentSource.CARD_READER}))) == {}
    story.happens(events.MaintenanceOrdered(on=False))
    story.happens(events.Touched(session=SESSION))
    assert story.state.stage is Stage.FIND


def test_a_citizen_is_never_interrupted() -> None:
    story = Story()
    story.happens(events.Touched(session=SESSION))
    before = story.state
    story.happens(events.MaintenanceOrdered(on=True))
    assert story.state == before
