"""How far a citizen has come along the path, and which page may be opened."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from kiosk.forms.compiled import RepeatStep
from kiosk.forms.model import Answers, Form, PageRef
from kiosk.forms.path import answer_of
from kiosk.forms.rules import broken
from kiosk.forms.walking import Walk, walk


def first_open(
    form: Form,
    answers: Answers,
    today: date,
    divisions: Container[object] | None = None,
    *,
    walked: Walk | None = None,
) -> PageRef | None:
    """Return the first page of the path that lacks a required answer or has an invalid one; ``None`` when all is said.

    Args:
        form: The form.
        answers: All answers.
        today: The day.
        divisions: Known division codes; without them addresses are not looked up.
        walked: An earlier walk, to be faster; see ``walk``.
    """
    found = walk(form, answers, today, walked)
    return next((page for page in found.pages if is_open(found, page, divisions)), None)


def may_visit(
    form: Form,
    answers: Answers,
    today: date,
    page: PageRef,
    divisions: Container[object] | None = None,
    *,
    by_section: bool = False,
    walked: Walk | None = None,
) -> bool:
    """Return whether ``page`` may be opened: it is on the path and nothing before it is open.

    Args:
        form: The form.
        answers: All answers.
        today: The day.
        page: The page.
        divisions: Known division codes.
        by_section: With a task list, sections may be done in any order: only the page's own counts.
        walked: An earlier walk.
    """
    found = walk(form, answers, today, walked)
    section = section_of(found, page) if by_section else None
    for other in found.pages:
        if other == page:
            return True
        if section is not None and section_of(found, other) != section:
            continue
        if is_open(found, other, divisions):
            return False
    return False


def section_of(found: Walk, page: PageRef) -> str | None:
    """Return the id of the section that ``page`` stands in; ``None`` for a page of another form."""
    step = found.ready.steps.get(page.id if page.repeat is None else page.repeat)
    if step is None:
        return None
    return step.repeat.section if isinstance(step, RepeatStep) else step.question.section


def is_open(found: Walk, page: PageRef, divisions: Container[object] | None) -> bool:
    """Say whether ``page``, on the path, lacks a required answer or has an invalid one."""
    step = found.ready.step(page)
    if step is None:
        return False
    answer = answer_of(found.answers, page)
    if answer is None:
        return step.question.required
    values = found.seen_from(page) if step.rules else found.values
    return broken(step, answer.value, values, found.today, divisions) is not None
