"""The path: which pages a citizen passes, and which answers count.

A page whose condition is false is off the path; unknown leaves it on, because unknown is not no. A fact that only a
register can say (``known_from``, ``confirm: false``) is on the path when a register said it, else off: asking would
only make a person guess; conditions and tables then see that it is unknown. An answer off the path does not count, in
conditions neither; it is kept, so that going back brings it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from kiosk.forms.compiled import LAST, CompiledForm, RepeatStep, Step, compiled
from kiosk.forms.model import Address, Answer, Answers, Element, Entry, Form, PageRef, Question, Repeat, Value

Values = Mapping[str, object]
"""What conditions see: values by flat dotted name, a repeat as a tuple of rows."""


class Walk(msgspec.Struct, frozen=True, kw_only=True):
    """One pass over a form."""

    pages: tuple[PageRef, ...]
    """The path, in order."""
    values: Values
    """The values that count."""
    rows: Mapping[str, tuple[Values, ...]]
    """Per repeat on the path and entry, what the entry's own conditions see besides ``values``."""

    def seen_from(self, page: PageRef) -> Values:
        """Return the values that conditions of ``page`` see: inside an entry, its own as well."""
        if page.repeat is None or page.entry is None:
            return self.values
        rows = self.rows.get(page.repeat, ())
        return {**self.values, **rows[page.entry]} if 0 <= page.entry < len(rows) else self.values


def entries(form: Form, answers: Answers, repeat: str) -> tuple[Entry, ...]:
    """Return the entries of a repeat as they are asked: at least its minimum (empty ones), at most its maximum.

    Empty for a repeat that the form does not have.
    """
    step = compiled(form).repeat(repeat)
    return () if step is None else _entries(step.repeat, answers)


def _entries(repeat: Repeat, answers: Answers) -> tuple[Entry, ...]:
    given = answers.repeats.get(repeat.id, ())[: repeat.maximum]
    return (*given, *({} for _ in range(repeat.minimum - len(given))))


def walk(form: Form, answers: Answers, today: date) -> Walk:
    """Return the path and the values that count, in one pass.

    Raises:
        ConditionError: A condition of the form cannot be compiled; never for a form of a loaded catalogue.
    """
    ready = compiled(form)
    values: dict[str, object] = {}
    rows: dict[str, tuple[Values, ...]] = {}
    found: list[tuple[tuple[int, int, int], PageRef]] = []
    for step in ready.decided:
        if step.condition is not None and step.condition.test(values, today) is False:
            continue
        if isinstance(step, RepeatStep):
            found += _walk_repeat(step, answers, today, values, rows)
        else:
            answer = answers.single.get(step.id)
            if _is_unsaid(step, answer):
                continue
            found.append(((step.place, 0, 0), PageRef(id=step.id)))
            if answer is not None:
                put(values, step.id, answer.value)
    found.sort(key=lambda placed: placed[0])
    return Walk(pages=tuple(page for _, page in found), values=values, rows=rows)


def _walk_repeat(
    step: RepeatStep, answers: Answers, today: date, values: dict[str, object], rows: dict[str, tuple[Values, ...]]
) -> list[tuple[tuple[int, int, int], PageRef]]:
    """Return the placed pages of a repeat on the path; put its rows into ``values`` and ``rows``."""
    repeat = step.repeat
    listed = _entries(repeat, answers)
    found = [((step.place, LAST, 0), PageRef(id=repeat.id))]
    own: list[Values] = []
    # how many there are is known before they are answered; a list that may be empty and was never opened is unknown
    known = bool(listed) or repeat.id in answers.repeats
    if known:
        values[repeat.id] = tuple({} for _ in listed)
    for index, entry in enumerate(listed):
        row: dict[str, object] = {}
        for inner in step.decided:
            if inner.condition is not None and inner.condition.test({**values, **row}, today) is False:
                continue
            answer = entry.get(inner.id)
            if _is_unsaid(inner, answer):
                continue
            found.append(((step.place, index, inner.place), PageRef(id=inner.id, repeat=repeat.id, entry=index)))
            if answer is not None:
                put(row, inner.id, answer.value)
        own.append(row)
    if known:
        cut = len(repeat.prefix) + 1
        values[repeat.id] = tuple({name[cut:]: value for name, value in row.items()} for row in own)
    rows[repeat.id] = tuple(own)
    return found


def _is_unsaid(step: Step, answer: Answer | None) -> bool:
    """Whether ``step`` is a fact of a register that no register has told."""
    return step.is_fact and (answer is None or answer.origin not in step.question.element.known_from)


def put(values: dict[str, object], name: str, value: Value) -> None:
    """Put ``value`` under the names that conditions use."""
    if isinstance(value, Address):
        values[f"{name}.division"] = value.division
        values[f"{name}.detail"] = value.detail
    else:
        values[name] = value


def path(form: Form, answers: Answers, today: date) -> tuple[PageRef, ...]:
    """Return the pages of the path in order; of a repeat, the questions of its entries and then its list page."""
    return walk(form, answers, today).pages


def counting(form: Form, answers: Answers, today: date) -> Answers:
    """Return only the answers on the path. Entries of a repeat on the path stay, even when empty."""
    pages = path(form, answers, today)
    on_path = {(page.repeat, page.entry, page.id) for page in pages}
    ready = compiled(form)
    single = {element: answer for element, answer in answers.single.items() if (None, None, element) in on_path}
    repeats: dict[str, tuple[Entry, ...]] = {}
    for page in pages:
        step = ready.repeat(page.id) if page.repeat is None else None
        if step is None:
            continue
        listed = _entries(step.repeat, answers)
        if listed or page.id in answers.repeats:
            repeats[page.id] = tuple(
                {element: answer for element, answer in entry.items() if (page.id, index, element) in on_path}
                for index, entry in enumerate(listed)
            )
    return Answers(single=single, repeats=repeats)


def environment(
    form: Form, answers: Answers, today: date, *, repeat: str | None = None, entry: int | None = None
) -> Values:
    """Return what conditions see: the values that count, by flat dotted name.

    Args:
        form: The form.
        answers: All answers.
        today: The day.
        repeat: With ``entry``: look from inside an entry, whose answers then stand under the prefix as well
            (``child.birth_date``).
        entry: Index of the entry.
    """
    return walk(form, answers, today).seen_from(PageRef(id="", repeat=repeat, entry=entry))


def holds(
    form: Form, when: str, answers: Answers, today: date, *, repeat: str | None = None, entry: int | None = None
) -> bool | None:
    """Return whether the condition ``when`` holds over the answers that count, ``None`` when that is unknown.

    Raises:
        ConditionError: ``when`` cannot be compiled over the names of the form.
    """
    condition = compiled(form).condition(when, repeat)
    return condition.test(environment(form, answers, today, repeat=repeat, entry=entry), today)


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


def next_page(form: Form, answers: Answers, today: date, page: PageRef) -> PageRef | None:
    """Return the page of the path after ``page``, also when an answer has just taken ``page`` off it; else ``None``."""
    ready = compiled(form)
    here = ready.position(page)
    return next((other for other in path(form, answers, today) if _after(ready, here, other)), None)


def previous_page(form: Form, answers: Answers, today: date, page: PageRef) -> PageRef | None:
    """Return the page of the path before ``page``; ``None`` on the first."""
    ready = compiled(form)
    here = ready.position(page)
    before = [other for other in path(form, answers, today) if _before(ready, here, other)]
    return before[-1] if before else None


def _after(ready: CompiledForm, here: tuple[int, int, int] | None, page: PageRef) -> bool:
    there = ready.position(page)
    return here is not None and there is not None and there > here


def _before(ready: CompiledForm, here: tuple[int, int, int] | None, page: PageRef) -> bool:
    there = ready.position(page)
    return here is not None and there is not None and there < here
