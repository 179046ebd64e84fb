"""The task list of a long form: its sections, how far each has come, and where it goes on."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from enum import StrEnum

import msgspec

from kiosk.forms.compiled import RepeatStep, Step
from kiosk.forms.model import Answers, Form, PageRef, Section
from kiosk.forms.path import answer_of
from kiosk.forms.progress import is_open
from kiosk.forms.walking import Walk, walk


class TaskState(StrEnum):
    """How far a section has come."""

    DONE = "done"
    STARTED = "started"
    NEW = "new"
    WAITING = "waiting"
    """It cannot begin yet: whether anything of it is asked at all depends on answers of other sections."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A section of the form that has pages on the path."""

    section: Section
    state: TaskState
    pages: tuple[PageRef, ...]
    """Its questions and list pages on the path."""
    questions: int
    """Its questions on the path."""
    answered: int
    """Those with an answer, a known one too."""
    first: PageRef
    """Where it goes on: its first open page, or its first page when it is done."""
    waits_for: tuple[PageRef, ...] = ()
    """Of one that waits: the open questions of other sections it waits for."""


def tasks(
    form: Form,
    answers: Answers,
    today: date,
    divisions: Container[object] | None = None,
    *,
    walked: Walk | None = None,
) -> tuple[Task, ...]:
    """Return the sections with anything on the path, in the order of the form.

    Sections may be done in any order. One waits while every page of it is on the path only because its condition is
    not known yet and nothing of it is answered. A section of facts and computed answers alone is no task.
    """
    found = walk(form, answers, today, walked)
    by_section: dict[str, list[Step | RepeatStep]] = {}
    for step in found.ready.steps.values():
        page = step.repeat if isinstance(step, RepeatStep) else step.question
        by_section.setdefault(page.section, []).append(step)
    listed = (_task(found, section, by_section.get(section.id, []), divisions) for section in form.sections)
    return tuple(task for task in listed if task is not None)


def _task(
    found: Walk, section: Section, steps: list[Step | RepeatStep], divisions: Container[object] | None
) -> Task | None:
    pages = tuple(page for step in steps for page in found.outcomes[step.place].pages)
    if not pages:
        return None
    questions = [page for page in pages if found.ready.step(page) is not None]
    answered = sum(answer_of(found.answers, page) is not None for page in questions)
    first_open = next((page for page in pages if is_open(found, page, divisions)), None)
    waits_for = () if answered or first_open is None else _waits_for(found, steps)
    if first_open is None:
        state = TaskState.DONE
    elif answered:
        state = TaskState.STARTED
    else:
        state = TaskState.WAITING if waits_for else TaskState.NEW
    return Task(
        section=section,
        state=state,
        pages=pages,
        questions=len(questions),
        answered=answered,
        first=pages[0] if first_open is None else first_open,
        waits_for=waits_for,
    )


def _waits_for(found: Walk, steps: list[Step | RepeatStep]) -> tuple[PageRef, ...]:
    """Return the open questions elsewhere that decide whether anything of a section is asked; empty if something is."""
    own = {step.id for step in steps}
    waits_for: dict[PageRef, None] = {}
    for step in steps:
        if not found.outcomes[step.place].pages:
            continue
        if step.condition is None or step.condition.test(found.values, found.today) is not None:
            return ()
        for name in step.condition.missing(found.values, found.today):
            other = _asking(found, name)
            if other is not None and other.id not in own:
                waits_for[other] = None
    return tuple(page for page in found.pages if page in waits_for)


def _asking(found: Walk, name: str) -> PageRef | None:
    """Return the page whose answer would give ``name``, as ``missing`` writes it; a list stands for its entries."""
    name = name.partition("[")[0]
    step = found.ready.steps.get(name) or found.ready.steps.get(name.rpartition(".")[0])
    return None if step is None else step.page
