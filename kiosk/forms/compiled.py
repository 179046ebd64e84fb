"""A form made ready: every condition compiled once, and the order in which the pages' conditions are decided.

A page's condition may look at any other page, also a later one. Pages are decided in the order of what they look at,
not in the order they are asked, so one pass settles a path. Where pages look at each other in a ring, the ring is
opened at the page that is asked first: it sees the others as unanswered. ``CompiledForm.ring`` names it
for the catalogue check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from kiosk.forms import conditions
from kiosk.forms.conditions import BOOL, DATE, INT, STRING, Condition, Group, ListOf, Type
from kiosk.forms.model import Element, Form, Kind, PageRef, Question, Repeat, RuleKind

LAST = 1 << 30
"""Place of a repeat's list page: after all its entries."""

_TYPES: Mapping[Kind, Type] = {
    Kind.CHOICES: ListOf(STRING),
    Kind.YES_NO: BOOL,
    Kind.DATE: DATE,
    Kind.INTEGER: INT,
    Kind.AMOUNT: INT,
}
"""Types of the kinds that are not text."""


def element_types(elements: Iterable[Element], without: str = "") -> dict[str, Type]:
    """Return the names and types under which conditions see ``elements``.

    Args:
        elements: The elements; an address gives two names, ``….division`` and ``….detail``.
        without: Prefix of a repeat, taken off the names: a row is keyed relative to itself.
    """
    types: dict[str, Type] = {}
    for element in elements:
        name = element.id.removeprefix(f"{without}.") if without else element.id
        if element.kind is Kind.ADDRESS:
            types[f"{name}.division"] = STRING
            types[f"{name}.detail"] = STRING
        else:
            types[name] = _TYPES.get(element.kind, STRING)
    return types


def types_of(pages: Iterable[Question | Repeat]) -> dict[str, Type]:
    """Return the names and types that conditions over ``pages`` may use: single elements, and repeats as lists."""
    types: dict[str, Type] = {}
    for page in pages:
        if isinstance(page, Question):
            types |= element_types([page.element])
        else:
            fields = element_types([question.element for question in page.questions], without=page.prefix)
            known = types.get(page.id)
            if isinstance(known, ListOf) and isinstance(known.element, Group):
                fields = {**known.element.fields, **fields}
            types[page.id] = ListOf(Group(fields))
    return types


def entry_types_of(pages: Iterable[Question | Repeat], repeat: Repeat) -> dict[str, Type]:
    """Return the names and types inside an entry of ``repeat``: its own under the prefix, and everything single."""
    everything = tuple(pages)
    types = types_of(everything)
    for page in everything:
        if isinstance(page, Repeat) and page.id == repeat.id:
            types |= element_types([question.element for question in page.questions])
    return types


_AnyStep = TypeVar("_AnyStep", bound="Step | RepeatStep")


class Step:
    """One question, ready: its condition and its rules' conditions."""

    __slots__ = ("condition", "id", "is_fact", "place", "question", "rules")

    def __init__(self, place: int, question: Question, types: Mapping[str, Type]) -> None:
        """Compile the conditions of ``question``.

        Raises:
            ConditionError: A condition cannot be compiled; a loaded catalogue has none of these.
        """
        self.id = question.element.id
        self.place = place
        self.question = question
        self.is_fact = bool(question.element.known_from) and not question.element.confirm
        """Only a register says it; a person can neither know nor correct it, so nobody is asked."""
        self.condition = None if question.when is None else conditions.compile(question.when, types, expect=BOOL)
        self.rules: Mapping[str, Condition] = {
            str(rule.value): conditions.compile(str(rule.value), types, expect=BOOL)
            for rule in question.element.rules
            if rule.rule is RuleKind.WHEN
        }

    def names(self) -> tuple[str, ...]:
        """Return the names under which conditions see its answer."""
        return tuple(element_types([self.question.element]))

    def looks_at(self) -> frozenset[str]:
        """Return the names its ``when`` mentions."""
        return frozenset() if self.condition is None else self.condition.names


class RepeatStep:
    """One repeat, ready: its condition, and its questions in the order they are decided."""

    __slots__ = ("asked", "condition", "decided", "id", "place", "repeat", "ring")

    def __init__(self, place: int, repeat: Repeat, types: Mapping[str, Type], inside: Mapping[str, Type]) -> None:
        """Compile the conditions of ``repeat`` and of its questions; ``inside`` are the types there.

        Raises:
            ConditionError: A condition cannot be compiled.
        """
        self.place = place
        self.repeat = repeat
        self.condition = None if repeat.when is None else conditions.compile(repeat.when, types, expect=BOOL)
        self.asked = tuple(Step(index, question, inside) for index, question in enumerate(repeat.questions))
        self.id = repeat.id
        self.decided, self.ring = _in_order(self.asked)

    def names(self) -> tuple[str, ...]:
        """Return the name under which conditions see it."""
        return (self.id,)

    def looks_at(self) -> frozenset[str]:
        """Return the names that it or its questions mention, without its own."""
        names = frozenset() if self.condition is None else self.condition.names
        own = {name for step in self.asked for name in step.names()}
        # a question inside may look at its own list: how many entries there are is known before they are answered
        return names.union(*(step.looks_at() - {self.id} for step in self.asked)) - own


class CompiledForm:
    """A form with everything computed that does not depend on the answers. It never changes and may be shared."""

    def __init__(self, form: Form) -> None:
        """Compile ``form``.

        Raises:
            ConditionError: A condition of the form cannot be compiled.
        """
        everything = (*form.pages, *form.mentioned)
        self.form = form
        self.types = types_of(everything)
        self.steps: dict[str, Step | RepeatStep] = {}
        self.places: dict[tuple[str | None, str], Step] = {}
        for place, page in enumerate(form.pages):
            if isinstance(page, Question):
                step = Step(place, page, self.types)
                self.steps[step.id] = step
                self.places[None, step.id] = step
            else:
                repeat = RepeatStep(place, page, self.types, entry_types_of(everything, page))
                self.steps[page.id] = repeat
                self.places |= {(page.id, inner.question.element.id): inner for inner in repeat.asked}
        self.decided, self.ring = _in_order(tuple(self.steps.values()))
        self._conditions: dict[tuple[str, str | None], Condition] = {}

    def repeat(self, repeat_id: str) -> RepeatStep | None:
        """Return the repeat of that id."""
        step = self.steps.get(repeat_id)
        return step if isinstance(step, RepeatStep) else None

    def step(self, page: PageRef) -> Step | None:
        """Return the question that ``page`` asks; ``None`` for a list page or a page of another form."""
        return self.places.get((page.repeat, page.id))

    def position(self, page: PageRef) -> tuple[int, int, int] | None:
        """Return where ``page`` stands among all pages of the form, on the path or not."""
        step = self.step(page)
        if page.repeat is not None:
            outer = self.repeat(page.repeat)
            if step is None or outer is None or page.entry is None:
                return None
            return outer.place, page.entry, step.place
        if step is not None:
            return step.place, 0, 0
        outer = self.repeat(page.id)
        return None if outer is None else (outer.place, LAST, 0)

    def condition(self, source: str, repeat: str | None = None) -> Condition:
        """Return a condition over this form, compiled once; inside an entry of ``repeat`` if one is named.

        Raises:
            ConditionError: It cannot be compiled over the names of this form.
        """
        key = (source, repeat)
        if key not in self._conditions:
            types: Mapping[str, Type] = self.types
            if repeat is not None:
                found = self.repeat(repeat)
                types = (
                    types if found is None else entry_types_of((*self.form.pages, *self.form.mentioned), found.repeat)
                )
            self._conditions[key] = conditions.compile(source, types, expect=BOOL)
        return self._conditions[key]


@lru_cache(maxsize=256)
def compiled(form: Form) -> CompiledForm:
    """Return ``form`` made ready, the same object for the same form.

    Raises:
        ConditionError: A condition of the form cannot be compiled.
    """
    return CompiledForm(form)


def _in_order(steps: Sequence[_AnyStep]) -> tuple[tuple[_AnyStep, ...], tuple[str, ...]]:
    """Return ``steps`` so that each stands after what its condition looks at, and the ids of the first ring found."""
    by_name = {name: step for step in steps for name in step.names()}
    done: list[_AnyStep] = []
    open_: list[_AnyStep] = []
    ring: list[str] = []

    def visit(step: _AnyStep) -> None:
        if step in done:
            return
        if step in open_:
            if not ring:
                ring.extend(inner.id for inner in open_[open_.index(step) :])
            return
        open_.append(step)
        looked_at = {by_name[name].place: by_name[name] for name in step.looks_at() if name in by_name}
        for place in sorted(looked_at):
            visit(looked_at[place])
        open_.pop()
        done.append(step)

    for step in steps:
        visit(step)
    return tuple(done), tuple(ring)
