"""The way through the questions: the walk over the answers, what is asked, and the task list of a long form."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec
from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue import Catalogue
from kiosk.forms import Form, PageRef, Section, TaskState, Walk
from kiosk.session.state import Session

CITIZEN: Final = "citizen"
LONG: Final = 12
"""Questions; a form that asks more begins with its task list."""
SEVERAL: Final = 3
"""Sections of which a form that asks more than half as much begins with its task list, too."""


class Stand(StrEnum):
    """How far a section has come."""

    DONE = "done"
    STARTED = "started"
    NEW = "new"
    WAITING = "waiting"
    """Whether anything of it is asked depends on another section."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A section that asks something."""

    section: Section
    stand: Stand
    pages: tuple[PageRef, ...]
    """Those that ask."""
    answered: int
    """Of its questions, those with an answer."""
    questions: int
    first: PageRef
    """Where it goes on."""
    waits_for: tuple[PageRef, ...] = ()


def walked(state: Session) -> Walk | None:
    """Return the walk over the answers as they are now, on from the one kept beside them; ``None`` without a matter."""
    if state.matter is None or state.today is None:
        return None
    return forms.walk(state.matter.form, state.answers, state.today, state.walked)


def kept(state: Session) -> Session:
    """Return the session with the walk over its answers beside them."""
    walk = walked(state)
    return state if walk is state.walked else replace(state, walked=walk)


def asked(state: Session) -> tuple[PageRef, ...]:
    """Return the pages of the path that ask something: not those answered by a known fact or by the situation."""
    walk = walked(state)
    if walk is None:
        return ()
    before = state.situation.single
    return tuple(
        page for page in walk.pages if not (page.repeat is None and page.id in before) and not _known(state, page)
    )


def _known(state: Session, page: PageRef) -> bool:
    answer = forms.answer_of(state.answers, page)
    return answer is not None and answer.origin != CITIZEN


def section_of(form: Form, page: PageRef) -> str:
    """Return the id of the section that ``page`` stands in; empty for a page of another form."""
    listed = forms.repeat_of(form, PageRef(id=page.repeat or page.id))
    if listed is not None:
        return listed.section
    question = forms.question_of(form, page)
    return "" if question is None else question.section


def parts(catalogue: Catalogue, state: Session) -> tuple[Part, ...]:
    """Return the sections that ask something, in the order of the form."""
    walk = walked(state)
    if walk is None:
        return ()
    asking = frozenset(asked(state))
    found = forms.tasks(walk.form, walk.answers, walk.today, catalogue.divisions, walked=walk)
    return tuple(
        _part(state, walk, task, tuple(page for page in task.pages if page in asking))
        for task in found
        if not asking.isdisjoint(task.pages)
    )


def _part(state: Session, walk: Walk, task: forms.Task, pages: tuple[PageRef, ...]) -> Part:
    """Return a section as the citizen meets it: one that may be left empty is done once it was looked through."""
    questions = tuple(page for page in pages if forms.question_of(walk.form, page) is not None)
    unseen = [page for page in pages if not _said(state, page)]
    first, stand = task.first, Stand(task.state)
    if task.state is TaskState.DONE:
        first = pages[0]
        if unseen and task.section.id not in state.passed:
            first, stand = unseen[0], Stand.NEW if len(unseen) == len(pages) else Stand.STARTED
    return Part(
        section=task.section,
        stand=stand,
        pages=pages,
        answered=sum(_said(state, page) for page in questions),
        questions=len(questions),
        first=first,
        waits_for=task.waits_for,
    )


def _said(state: Session, page: PageRef) -> bool:
    """Whether ``page`` was answered; a list: whether it was opened."""
    if page.repeat is None and page.id in state.answers.repeats:
        return True
    return forms.answer_of(state.answers, page) is not None


def is_long(catalogue: Catalogue, state: Session) -> bool:
    """Whether the questions are so many that a list of their sections helps."""
    count = len(asked(state))
    return count > LONG or (2 * count > LONG and len(parts(catalogue, state)) >= SEVERAL)


def goes_on(catalogue: Catalogue, state: Session) -> PageRef | None:
    """Return where a long form goes on: in the first section that is not done and can begin; ``None``: all are done."""
    listed = parts(catalogue, state)
    for part in listed:
        if part.stand in (Stand.NEW, Stand.STARTED):
            return part.first
    return next((part.first for part in listed if part.stand is Stand.WAITING), None)
