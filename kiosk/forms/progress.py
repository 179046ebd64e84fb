"""How far a citizen has come along the path, and which page may be opened."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from kiosk.forms.compiled import compiled
from kiosk.forms.model import Answers, Form, PageRef
from kiosk.forms.path import Walk, answer_of, walk
from kiosk.forms.rules import broken


def first_open(form: Form, answers: Answers, today: date, divisions: Container[object] | None = None) -> PageRef | None:
    """Return the first page of the path that lacks a required answer or has an invalid one; ``None`` when all is said.

    Args:
        form: The form.
        answers: All answers.
        today: The day.
        divisions: Known division codes; without them addresses are not looked up.
    """
    walked = walk(form, answers, today)
    return next((page for page in walked.pages if _is_open(form, answers, today, walked, page, divisions)), None)


def may_visit(
    form: Form, answers: Answers, today: date, page: PageRef, divisions: Container[object] | None = None
) -> bool:
    """Return whether ``page`` may be opened: it is on the path and nothing before it is open."""
    walked = walk(form, answers, today)
    for other in walked.pages:
        if other == page:
            return True
        if _is_open(form, answers, today, walked, other, divisions):
            return False
    return False


def _is_open(
    form: Form, answers: Answers, today: date, walked: Walk, page: PageRef, divisions: Container[object] | None
) -> bool:
    step = compiled(form).step(page)
    if step is None:
        return False
    answer = answer_of(answers, page)
    if answer is None:
        return step.question.required
    return broken(step, answer.value, walked.seen_from(page), today, divisions) is not None
