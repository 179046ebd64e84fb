"""What every act of a person needs: the catalogue, the papers, the notices; and how an act is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.backend.applications import sentences
from kiosk.backend.applications.acts import WORDS_MOST, Clerk
from kiosk.backend.applications.life import Life, Line, change
from kiosk.backend.applications.outcomes import Outcomes
from kiosk.backend.applications.states import Move
from kiosk.backend.applications.telling import Tells, tell
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.signing import Signer
from kiosk.catalogue import Catalogue
from kiosk.contract import Actor, Case, ProblemError, Remedy
from kiosk.words import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """The parts that acts share."""

    catalogue: Catalogue
    city: Text
    signer: Signer
    outcomes: Outcomes
    notices: Tells
    now: Callable[[], datetime]

    def done(self, life: Life, case: Case, move: Move, clerk: Clerk, what: str, kind: str, says: Text) -> Life:
        """Write a person's act, and tell the applicant.

        Args:
            life: The case before it.
            case: And after it.
            move: What it is.
            clerk: Whose it is.
            what: Code of the timeline.
            kind: Of the message; empty: none is sent.
            says: What timeline and message say.
        """
        after = change(life, case, move, Line(what=what, who=Actor.PERSON, says=says, staff=clerk.number))
        if kind:
            tell(self.notices, after, kind, says)
        return after


def written(**words: str) -> None:
    """See that a clerk wrote what has to be written.

    Raises:
        RefusedRequestError: ``CASE_ACT`` with a pointer to what is missing or too long.
    """
    errors = [
        ProblemError(detail=f"请写明，最多 {WORDS_MOST} 字", pointer=pointer(name))
        for name, value in words.items()
        if not 0 < len(value.strip()) <= WORDS_MOST
    ]
    if errors:
        raise RefusedRequestError(Code.CASE_ACT, errors=tuple(errors))


def not_good(name: str, detail: str) -> RefusedRequestError:
    """Return the refusal of an act with one mistake."""
    return RefusedRequestError(Code.CASE_ACT, errors=(ProblemError(detail=detail, pointer=pointer(name)),))


def clock_runs(life: Life) -> None:
    """See that no special step is under way: what it brings is part of the decision.

    Raises:
        RefusedRequestError: ``CASE_STATE``.
    """
    if any(step.ended_on is None for step in life.case.steps):
        raise RefusedRequestError(Code.CASE_STATE, "特殊环节还没有结束")


def listed(against: Iterable[Remedy]) -> Text:
    """Return remedies as they stand on a document."""
    return sentences.joined(*(each.says for each in against))
