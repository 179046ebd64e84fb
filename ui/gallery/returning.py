"""Sessions to look at that do not go straight on: a changed answer, a form kept, for somebody else, helped."""

from __future__ import annotations

from typing import Final

from kiosk.forms import PageRef
from kiosk.session import events
from ui.gallery.endings import newborn, restaurant, reviews
from ui.gallery.scenes import Scene, Story


def _changes(story: Story, element: str, raw: events.Raw) -> Story:
    page = PageRef(id=element)
    return story.happens(events.ChangeWanted(page=page), events.Answered(page=page, raw=raw))


RETURNING: Final[dict[str, Scene]] = {
    "change": Scene(
        page="ChangePage",
        story=lambda story: _changes(reviews(restaurant(story)), "situation.area_m2", "120"),
    ),
    "change-newborn": Scene(
        page="ChangePage",
        story=lambda story: _changes(reviews(newborn(story)), "situation.has_birth_certificate", True),
    ),
}
