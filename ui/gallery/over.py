"""What lies over a page: what the session asks, and what a citizen opened."""

from __future__ import annotations

from typing import Final

from kiosk.session import events
from ui.gallery.endings import ENDINGS
from ui.gallery.scenes import SCENES, Scene, Story


def _begun(story: Story) -> Story:
    """Be in the middle of a form."""
    return SCENES["question-text"].story(story)


def _warned(story: Story) -> Story:
    return _begun(story).happens(events.IdleWarned(remaining_s=14))


def _leaving(story: Story) -> Story:
    return _begun(story).happens(events.Home())


OVER: Final[dict[str, Scene]] = {
    "over-idle": Scene(page="QuestionPage", story=_warned),
    "over-leaving": Scene(page="QuestionPage", story=_leaving),
    "over-languages": Scene(page="QuestionPage", story=_begun, over="languages"),
    "over-see-hear": Scene(page="QuestionPage", story=_begun, over="see-hear"),
    "over-help": Scene(page="QuestionPage", story=_begun, over="help"),
    "over-help-review": Scene(page=ENDINGS["review"].page, story=ENDINGS["review"].story, over="help"),
}
"""By name; not among ``EVERY``, which are pages."""
