"""What is counted of sessions: how many came to a page and ended there. Nothing of who, and nothing of when.

Pure. A tally knows the session that is shown only for as long as it is shown, to count each of its pages once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from kiosk.contract import PageCount, SavingCount
from kiosk.session.having import Errand
from kiosk.session.state import Receipt, Session, Stage

_NOT_LEFT: Final = (Stage.ATTRACT, Stage.GOODBYE)
"""Where a session is when it has ended."""
_ALL_DONE: Final = (Stage.KEPT, Stage.OUTCOMES, Stage.RECEIPT, Stage.RATING)
"""Whoever was here has what they came for, or keeps it for later."""

Place = tuple[str, str]
"""Theme and page."""


class Spared(msgspec.Struct, frozen=True):
    """What filing a matter spared, against filing its items one by one."""

    questions: int
    materials: int


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Counts since the last report, and what is needed to go on counting."""

    reached: Mapping[Place, int] = {}
    left: Mapping[Place, int] = {}
    saved: Mapping[str, tuple[int, int, int]] = {}
    """By theme: applications, questions, materials."""
    sessions: int = 0
    cases: int = 0
    session: str = ""
    """The one that is shown; forgotten when it ends."""
    seen: frozenset[Place] = frozenset()
    """Its pages so far."""
    at: Place | None = None
    """Where it is."""
    done: bool = False
    """It was not in vain."""
    counted: frozenset[str] = frozenset()
    """Keys of its applications that are counted."""

    def pages(self) -> tuple[PageCount, ...]:
        """Return the counts of pages, as they are reported."""
        return tuple(
            PageCount(theme=place[0], page=place[1], reached=self.reached.get(place, 0), left=self.left.get(place, 0))
            for place in sorted({*self.reached, *self.left})
        )

    def savings(self) -> tuple[SavingCount, ...]:
        """Return what was spared, as it is reported."""
        return tuple(
            SavingCount(theme=theme, filed=filed, questions=max(0, questions), materials=max(0, materials))
            for theme, (filed, questions, materials) in sorted(self.saved.items())
        )

    def without_counts(self) -> Tally:
        """Return what goes on counting once these were reported."""
        return replace(self, reached={}, left={}, saved={}, sessions=0, cases=0)


def saw(tally: Tally, session: Session, spared: Spared | None = None) -> Tally:
    """Return the tally after a new state of the session.

    Args:
        tally: Before.
        session: As it is now.
        spared: What its matter spares; asked for by ``wants_saving``.
    """
    if tally.session and session.id != tally.session:
        tally = _ended(tally)
    if not session.id or session.stage in _NOT_LEFT:
        # the last page of a session that came to its goodbye is the one before
        return tally
    if not tally.session:
        tally = replace(tally, session=session.id, sessions=tally.sessions + 1)
    place = (session.service, page_of(session))
    if place not in tally.seen:
        reached = {**tally.reached, place: tally.reached.get(place, 0) + 1}
        tally = replace(tally, reached=reached, seen=tally.seen | {place})
    tally = replace(tally, at=place, done=tally.done or _is_done(session))
    return _applications(tally, session, spared)


def wants_saving(tally: Tally, session: Session) -> bool:
    """Whether an application was answered that is not counted: what it spared is worth working out."""
    return any(each.application is not None and each.key not in tally.counted for each in session.submissions)


def page_of(session: Session) -> str:
    """Return the name of the page that is shown; a question by its element, never by its answer."""
    if session.stage is Stage.QUESTION and session.page is not None:
        return f"question:{session.page.id}"[:80]
    return str(session.stage)


def _is_done(session: Session) -> bool:
    return (
        session.stage in _ALL_DONE
        or bool(session.submissions)
        or session.errand is not Errand.SERVICE
        or session.guide_paper is not Receipt.NONE
    )


def _ended(tally: Tally) -> Tally:
    left = tally.left
    if tally.at is not None and not tally.done:
        left = {**left, tally.at: left.get(tally.at, 0) + 1}
    return replace(tally, left=left, session="", seen=frozenset(), at=None, done=False, counted=frozenset())


def _applications(tally: Tally, session: Session, spared: Spared | None) -> Tally:
    for each in session.submissions:
        if each.application is None or each.key in tally.counted:
            continue
        theme = each.matter or session.service
        # of several applications of one matter (twins) the first carries what the matter spared
        first = not any(other.key in tally.counted for other in session.submissions if other.matter == each.matter)
        filed, questions, materials = tally.saved.get(theme, (0, 0, 0))
        if spared is not None and first:
            questions, materials = questions + spared.questions, materials + spared.materials
        tally = replace(
            tally,
            cases=tally.cases + len(each.application.cases),
            counted=tally.counted | {each.key},
            saved={**tally.saved, theme: (filed + 1, questions, materials)},
        )
    return tally
