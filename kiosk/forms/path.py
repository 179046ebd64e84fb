"""Questions to one walk over a form: the path, the answers that count, what conditions see, what comes next.

Each function takes an earlier ``walked``, whatever its age, and is then faster; the result is the same without.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

import msgspec

from kiosk.forms.compiled import CompiledForm, compiled
from kiosk.forms.model import Answer, Answers, Element, Entry, Form, PageRef, Question, Repeat
from kiosk.forms.walking import Values, Walk, entries_of, walk


def entries(form: Form, answers: Answers, repeat: str) -> tuple[Entry, ...]:
    """Return the entries of a repeat as they are asked: at least its minimum (empty ones), at most its maximum.

    Empty for a repeat that the form does not have.
    """
    step = compiled(form).repeat(repeat)
    return () if step is None else entries_of(step.repeat, answers)


def path(form: Form, answers: Answers, today: date, *, walked: Walk | None = None) -> tuple[PageRef, ...]:
    """Return the pages of the path in order; of a repeat, the questions of its entries and then its list page."""
    return walk(form, answers, today, walked).pages


def counting(form: Form, answers: Answers, today: date, *, walked: Walk | None = None) -> Answers:
    """Return only the answers that count: those on the path, known facts, and what is computed from them.

    Computed answers have the origin ``computed``, whatever ``answers`` say. Entries of a repeat on the path stay, even
    when empty.
    """
    found = walk(form, answers, today, walked)
    single: dict[str, Answer] = {}
    repeats: dict[str, tuple[Entry, ...]] = {}
    for step in found.ready.steps.values():
        outcome = found.outcomes[step.place]
        if outcome.counts is not None:
            single[step.id] = outcome.counts
        elif outcome.known:
            repeats[step.id] = tuple(entry.counts for entry in outcome.entries)
    return Answers(single=single, repeats=repeats)


def environment(
    form: Form,
    answers: Answers,
    today: date,
    *,
    repeat: str | None = None,
    entry: int | None = None,
    walked: Walk | None = None,
) -> Values:
    """Return what conditions see: the values that count, by flat dotted name.

    Args:
        form: The form.
        answers: All answers.
        today: The day.
        repeat: With ``entry``: look from inside an entry, whose answers then stand under the prefix as well
            (``child.birth_date``).
        entry: Index of the entry.
        walked: An earlier walk.
    """
    return walk(form, answers, today, walked).seen_from(PageRef(id="", repeat=repeat, entry=entry))


def holds(
    form: Form,
    when: str,
    answers: Answers,
    today: date,
    *,
    repeat: str | None = None,
    entry: int | None = None,
    walked: Walk | None = None,
) -> bool | None:
    """Return whether the condition ``when`` holds over the answers that count, ``None`` when that is unknown.

    Raises:
        ConditionError: ``when`` cannot be compiled over the names of the form.
    """
    found = walk(form, answers, today, walked)
    condition = found.ready.condition(when, repeat)
    return condition.test(found.seen_from(PageRef(id="", repeat=repeat, entry=entry)), today)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the review: a question with the answer that counts."""

    page: PageRef
    question: Question
    answer: Answer | None
    is_page: bool
    """It has a page of the path; a fact and a computed answer have none and cannot be changed."""


def said(form: Form, answers: Answers, today: date, *, walked: Walk | None = None) -> tuple[Said, ...]:
    """Return the questions of the path, known facts and computed answers in the order of the form, for the review.

    A fact or computed answer that is not known is left out: there is nothing to show and nobody to ask.
    """
    found = walk(form, answers, today, walked)
    lines: list[Said] = []
    for step in found.ready.steps.values():
        outcome = found.outcomes[step.place]
        repeat = found.ready.repeat(step.id)
        if repeat is None:
            lines += _line(found, found.ready.places[None, step.id].page)
        else:
            for index in range(len(outcome.entries)):
                lines += [line for inner in repeat.asked for line in _line(found, inner.pages[index])]
    return tuple(lines)


def _line(found: Walk, page: PageRef) -> list[Said]:
    step = found.ready.places[page.repeat, page.id]
    answer = found.counting(page)
    if answer is None and (not step.is_page or page not in found):
        return []
    return [Said(page=page, question=step.question, answer=answer, is_page=step.is_page)]


def question_of(form: Form, page: PageRef) -> Question | None:
    """Return the question that ``page`` asks; ``None`` for a list page or a page of another form."""
    step = compiled(form).step(page)
    return None if step is None else step.question


def element_of(form: Form, page: PageRef) -> Element | None:
    """Return the element that ``page`` asks for; ``None`` for a list page or a page of another form."""
    question = question_of(form, page)
    return None if question is None else question.element


def repeat_of(form: Form, page: PageRef) -> Repeat | None:
    """Return the repeat whose list page ``page`` is; ``None`` for a question."""
    step = compiled(form).repeat(page.id) if page.repeat is None else None
    return None if step is None else step.repeat


def is_required(form: Form, page: PageRef) -> bool:
    """Return whether ``page`` asks a question that must be answered."""
    question = question_of(form, page)
    return question is not None and question.required


def answer_of(answers: Answers, page: PageRef) -> Answer | None:
    """Return the answer given to ``page``, whether it counts or not."""
    if page.repeat is None:
        return answers.single.get(page.id)
    listed = answers.repeats.get(page.repeat, ())
    return listed[page.entry].get(page.id) if page.entry is not None and 0 <= page.entry < len(listed) else None


def next_page(
    form: Form, answers: Answers, today: date, page: PageRef, *, walked: Walk | None = None
) -> PageRef | None:
    """Return the page of the path after ``page``, also when an answer has just taken ``page`` off it; else ``None``."""
    found = walk(form, answers, today, walked)
    here = found.ready.position(page)
    if here is None:
        return None
    after = bisect_right(found.pages, here, key=lambda other: _position(found.ready, other))
    return found.pages[after] if after < len(found.pages) else None


def previous_page(
    form: Form, answers: Answers, today: date, page: PageRef, *, walked: Walk | None = None
) -> PageRef | None:
    """Return the page of the path before ``page``; ``None`` on the first."""
    found = walk(form, answers, today, walked)
    here = found.ready.position(page)
    if here is None:
        return None
    at = bisect_left(found.pages, here, key=lambda other: _position(found.ready, other))
    return found.pages[at - 1] if at else None


def _position(ready: CompiledForm, page: PageRef) -> tuple[int, int, int]:
    position = ready.position(page)
    if position is None:
        raise KeyError(page)
    return position
