"""One pass over a form: which pages a citizen passes, which answers count, what conditions see.

A page whose condition is false is off the path; unknown leaves it on, because unknown is not no. A fact that only a
register can say (``fact``, or ``known_from`` with ``confirm: false``) counts when a register said it, else nobody is
asked: asking would only make a person guess; conditions and tables then see that it is unknown. A computed answer
follows from others. An answer off the path does not count, in conditions neither; it is kept, so that going back brings
it back.

A walk remembers what it decided for each question. ``walk(…, before)`` looks for the answers that are not the same
objects as in ``before``, decides those questions again, and then, in the order of the compiled form, only those that
look at a name whose value became another one. The result is the same as that of a whole walk; ``before`` only saves
time, and may be of any form, any answers and any day.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Final

import msgspec

from kiosk.forms.compiled import CompiledForm, RepeatStep, Step, compiled
from kiosk.forms.conditions import UNKNOWN
from kiosk.forms.kinds import is_of_kind
from kiosk.forms.model import Address, Answer, Answers, Entry, Form, PageRef, Repeat, Value

COMPUTED: Final = "computed"
"""Origin of an answer that follows from others."""

Values = Mapping[str, object]
"""What conditions see: values by flat dotted name, a repeat as a tuple of rows."""

_NO_ENTRY: Final[Entry] = {}
_NOTHING: Final[Values] = {}


class EntryOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided for one entry of a repeat."""

    given: Entry
    """The answers it was decided for."""
    pages: tuple[PageRef, ...]
    row: Values
    """What conditions inside see besides the values outside, under the prefix."""
    relative: Values
    """The same, named relative to the row, as conditions outside see it."""
    counts: Entry
    """The answers that count."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided for one question or repeat."""

    on: bool
    """On the path; a fact or computed answer: it counts if it is known."""
    pages: tuple[PageRef, ...] = ()
    gives: Values = _NOTHING
    """The values conditions see, by name."""
    counts: Answer | None = None
    entries: tuple[EntryOutcome, ...] = ()
    known: bool = False
    """Of a repeat: it is known how many entries there are."""


_OFF: Final = Outcome(on=False)


class Walk(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One pass over a form. It follows from ``form``, ``answers`` and ``today`` alone."""

    form: Form
    answers: Answers
    today: date
    pages: tuple[PageRef, ...]
    """The path, in order."""
    values: Values
    """The values that count."""
    rows: Mapping[str, tuple[Values, ...]]
    """Per repeat on the path and entry, what the entry's own conditions see besides ``values``."""
    outcomes: tuple[Outcome, ...]
    """By place of the question or repeat in the form."""
    ready: CompiledForm

    def __eq__(self, other: object) -> bool:
        """Compare what a walk follows from."""
        if not isinstance(other, Walk):
            return NotImplemented
        return self is other or (
            self.today == other.today and self.answers == other.answers and self.form == other.form
        )

    __hash__ = None  # type: ignore[assignment]  # answers hold mappings, so no walk has a hash

    def __repr__(self) -> str:
        """Return how long it is; answers are personal."""
        return f"Walk({len(self.pages)} pages)"

    def __contains__(self, page: object) -> bool:
        """Say whether ``page`` is on the path."""
        if not isinstance(page, PageRef):
            return False
        step = self.ready.steps.get(page.id if page.repeat is None else page.repeat)
        if step is None:
            return False
        outcome = self.outcomes[step.place]
        if page.repeat is None:
            return page in outcome.pages
        if page.entry is None or not 0 <= page.entry < len(outcome.entries):
            return False
        return page in outcome.entries[page.entry].pages

    def seen_from(self, page: PageRef) -> Values:
        """Return the values that conditions of ``page`` see: inside an entry, its own as well."""
        if page.repeat is None or page.entry is None:
            return self.values
        rows = self.rows.get(page.repeat, ())
        return {**self.values, **rows[page.entry]} if 0 <= page.entry < len(rows) else self.values

    def counting(self, page: PageRef) -> Answer | None:
        """Return the answer to ``page`` that counts, a computed one and a fact too; ``None`` off the path."""
        step = self.ready.steps.get(page.id if page.repeat is None else page.repeat)
        if step is None:
            return None
        outcome = self.outcomes[step.place]
        if page.repeat is None:
            return outcome.counts
        if page.entry is None or not 0 <= page.entry < len(outcome.entries):
            return None
        return outcome.entries[page.entry].counts.get(page.id)


def walk(form: Form, answers: Answers, today: date, before: Walk | None = None) -> Walk:
    """Return the path and the values that count.

    Args:
        form: The form.
        answers: All answers.
        today: The day.
        before: An earlier walk; of the same form and day, only what the changed answers touch is decided again.

    Raises:
        ConditionError: A condition of the form cannot be compiled; never for a form of a loaded catalogue.
    """
    if before is None or before.today != today or (before.form is not form and before.form != form):
        ready = compiled(form)
        start = Walk(
            form=form,
            answers=answers,
            today=today,
            pages=(),
            values={},
            rows={},
            outcomes=(_OFF,) * len(form.pages),
            ready=ready,
        )
        return _Pass(start, answers).run(range(len(ready.decided)))
    if before.answers is answers:
        return before
    return _Pass(before, answers).run(_touched(before.ready, before.answers, answers))


def _touched(ready: CompiledForm, before: Answers, after: Answers) -> list[int]:
    """Return the places, among the decided, of the questions whose answers are other objects."""
    ids: list[str] = []
    for old, new in ((before.single, after.single), (before.repeats, after.repeats)):
        if old is not new:
            get = old.get
            ids += [name for name, given in new.items() if get(name) is not given]
            ids += [name for name in old if name not in new]
    return sorted({ready.order[name] for name in ids if name in ready.order})


class _Pass:
    """Decides some questions of a form again, and whatever looks at a value that changes."""

    def __init__(self, before: Walk, answers: Answers) -> None:
        self.before = before
        self.ready = before.ready
        self.answers = answers
        self.today = before.today
        self.values = dict(before.values)
        self.rows = before.rows
        self.outcomes = list(before.outcomes)

    def run(self, first: list[int] | range) -> Walk:
        """Decide those ``first``, in the order of the compiled form, then their users."""
        waiting = list(first)  # sorted, so it is a heap
        looked_at_changed: set[int] = set()
        last = -1
        pages_changed = False
        while waiting:
            index = heapq.heappop(waiting)
            if index == last:
                continue
            last = index
            step = self.ready.decided[index]
            old = self.outcomes[step.place]
            new = self._decided(index, step, old, same_outside=index not in looked_at_changed)
            self.outcomes[step.place] = new
            pages_changed = pages_changed or new.pages != old.pages
            for name in self._put(old.gives, new.gives):
                for user in self.ready.users.get(name, ()):
                    looked_at_changed.add(user)
                    heapq.heappush(waiting, user)
            if isinstance(step, RepeatStep):
                self._put_rows(step.id, new)
        pages = self.before.pages
        if pages_changed:
            pages = tuple(chain.from_iterable(map(attrgetter("pages"), self.outcomes)))
        return Walk(
            form=self.before.form,
            answers=self.answers,
            today=self.today,
            pages=pages,
            values=self.values,
            rows=self.rows,
            outcomes=tuple(self.outcomes),
            ready=self.ready,
        )

    def _put(self, old: Values, new: Values) -> Iterator[str]:
        """Put ``new`` in the place of ``old`` and yield the names whose values are others now."""
        for name in old:
            if name not in new:
                self.values.pop(name, None)
                yield name
        for name, value in new.items():
            if name not in old or not _same(old[name], value):
                self.values[name] = value
                yield name

    def _put_rows(self, repeat: str, outcome: Outcome) -> None:
        rows = {name: listed for name, listed in self.rows.items() if name != repeat}
        if outcome.on:
            rows[repeat] = tuple(entry.row for entry in outcome.entries)
        self.rows = rows

    def _decided(self, index: int, step: Step | RepeatStep, old: Outcome, *, same_outside: bool) -> Outcome:
        values: Values = self.values
        hidden = self.ready.hidden.get(index)
        if hidden is not None:
            values = {name: value for name, value in self.values.items() if name not in hidden}
        if step.condition is not None and step.condition.test(values, self.today) is False:
            return _OFF
        if isinstance(step, RepeatStep):
            return self._repeat(step, values, old, same_outside=same_outside)
        counts = self._counts(step, self.answers.single, values)
        if counts is None and not (step.is_page and not step.is_fact):
            return Outcome(on=True) if step.computed is not None else _OFF
        return Outcome(
            on=True,
            pages=(step.page,) if step.is_page else (),
            gives=_NOTHING if counts is None else named(step.id, counts.value),
            counts=counts,
        )

    def _counts(self, step: Step, given: Entry, values: Values) -> Answer | None:
        """Return the answer to a question on the path that counts."""
        if step.computed is not None:
            value = step.computed.evaluate(values, self.today)
            # a float cannot be: the expression has the type of the element's kind, and none of them is a double
            if value is UNKNOWN or isinstance(value, float) or not is_of_kind(step.question.element, value):
                return None
            return Answer(value=value, origin=COMPUTED)
        answer = given.get(step.id)
        if step.is_fact and answer is not None and answer.origin not in step.question.element.known_from:
            return None
        return answer

    def _repeat(self, step: RepeatStep, values: Values, old: Outcome, *, same_outside: bool) -> Outcome:
        repeat = step.repeat
        listed = entries_of(repeat, self.answers)
        # how many there are is known before they are answered; a list that may be empty and was never opened is unknown
        known = bool(listed) or repeat.id in self.answers.repeats
        inside: Values = {name: value for name, value in values.items() if name != repeat.id}
        if known:
            inside = {**inside, repeat.id: tuple(_NOTHING for _ in listed)}
        kept = old.entries if same_outside and old.on and len(old.entries) == len(listed) and old.known == known else ()
        entries = tuple(
            kept[index] if kept and kept[index].given is entry else self._entry(step, index, entry, inside)
            for index, entry in enumerate(listed)
        )
        return Outcome(
            on=True,
            pages=(*chain.from_iterable(map(attrgetter("pages"), entries)), step.page),
            gives={repeat.id: tuple(entry.relative for entry in entries)} if known else _NOTHING,
            entries=entries,
            known=known,
        )

    def _entry(self, step: RepeatStep, index: int, given: Entry, outside: Values) -> EntryOutcome:
        seen = dict(outside)
        row: dict[str, object] = {}
        counts: dict[str, Answer] = {}
        pages: list[Step] = []
        for inner in step.decided:
            if inner.condition is not None and inner.condition.test(seen, self.today) is False:
                continue
            answer = self._counts(inner, given, seen)
            if inner.is_page and (answer is not None or not inner.is_fact):
                pages.append(inner)
            if answer is not None:
                counts[inner.id] = answer
                row |= named(inner.id, answer.value)
                seen |= named(inner.id, answer.value)
        cut = len(step.repeat.prefix) + 1
        return EntryOutcome(
            given=given,
            pages=tuple(inner.pages[index] for inner in sorted(pages, key=attrgetter("place"))),
            row=row,
            relative={name[cut:]: value for name, value in row.items()},
            counts=counts,
        )


def _same(old: object, new: object) -> bool:
    """Whether no condition can tell the two apart. Lists count as others when they are other objects: that is cheap."""
    return old is new or (type(old) is type(new) and not isinstance(old, tuple) and old == new)


def entries_of(repeat: Repeat, answers: Answers) -> tuple[Entry, ...]:
    """Return the entries of ``repeat`` as they are asked: at least its minimum (empty ones), at most its maximum."""
    given = answers.repeats.get(repeat.id, ())
    if repeat.minimum <= len(given) <= repeat.maximum:
        return given
    given = given[: repeat.maximum]
    return (*given, *(_NO_ENTRY for _ in range(repeat.minimum - len(given))))


def named(name: str, value: Value) -> dict[str, object]:
    """Return ``value`` under the names that conditions use."""
    if isinstance(value, Address):
        return {f"{name}.division": value.division, f"{name}.detail": value.detail}
    return {name: value}
