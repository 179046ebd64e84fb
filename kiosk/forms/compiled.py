"""A form made ready: every condition compiled once, the order in which pages are decided, and who looks at whom.

A page's condition may look at any other page, also a later one. Pages are decided in the order of what they look at,
not in the order they are asked, so one pass settles a path. Where pages look at each other in a ring, the ring is
opened at the page that is asked first: it sees the others as unanswered. ``CompiledForm.ring`` names it
for the catalogue check. A computed answer in a ring has no value at all, so that is an error.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from kiosk.forms import conditions
from kiosk.forms.conditions import (
    BOOL,
    DATE,
    INT,
    STRING,
    Condition,
    ConditionError,
    Group,
    ListOf,
    Scalar,
    Type,
)
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


class _Compiler:
    """Compiles over one set of names; the same source once, since merged items repeat each other's conditions."""

    def __init__(self, types: Mapping[str, Type]) -> None:
        self.types = types
        self._done: dict[tuple[str, Scalar], Condition] = {}

    def compile(self, source: str, expect: Scalar = BOOL) -> Condition:
        condition = self._done.get((source, expect))
        if condition is None:
            condition = self._done[source, expect] = conditions.compile(source, self.types, expect=expect)
        return condition


class Step:
    """One question, ready: its condition, what it is computed from, and its rules' conditions."""

    __slots__ = (
        "computed",
        "condition",
        "id",
        "is_fact",
        "is_page",
        "looks",
        "page",
        "pages",
        "place",
        "question",
        "rules",
    )

    def __init__(self, place: int, question: Question, compiler: _Compiler, repeat: Repeat | None = None) -> None:
        """Compile the conditions of ``question``, which stands in ``repeat`` if one is named.

        Raises:
            ConditionError: A condition cannot be compiled; a loaded catalogue has none of these.
        """
        element = question.element
        self.id = element.id
        self.place = place
        self.question = question
        self.is_fact = element.fact or (bool(element.known_from) and not element.confirm)
        """Only a register says it; a person can neither know nor correct it, so nobody is asked."""
        self.is_page = not element.fact and element.computed is None
        self.page = PageRef(id=self.id)
        self.pages: tuple[PageRef, ...] = ()
        """Inside a repeat: its page in each entry there may be."""
        if repeat is not None:
            entries = range(max(repeat.minimum, repeat.maximum))
            self.pages = tuple(PageRef(id=self.id, repeat=repeat.id, entry=entry) for entry in entries)
        self.condition = None if question.when is None else compiler.compile(question.when)
        self.computed = None if element.computed is None else compiler.compile(element.computed, computed_type(element))
        looks = frozenset() if self.condition is None else self.condition.names
        self.looks = looks if self.computed is None else looks | self.computed.names
        """The names its ``when`` and its computation mention."""
        self.rules: Mapping[str, Condition] = {
            str(rule.value): compiler.compile(str(rule.value)) for rule in element.rules if rule.rule is RuleKind.WHEN
        }

    def names(self) -> tuple[str, ...]:
        """Return the names under which conditions see its answer."""
        return tuple(element_types([self.question.element]))


def computed_type(element: Element) -> Scalar:
    """Return the type that the expression of a computed element must have.

    Raises:
        ConditionError: The element is of a kind that no expression gives.
    """
    kind = _TYPES.get(element.kind, STRING)
    if element.kind is Kind.ADDRESS or not isinstance(kind, Scalar):
        cure = "Compute a text, a choice, a number, a day, or yes or no."
        message = f"{element.id} is of kind {element.kind}, which no expression gives"
        raise ConditionError(message, str(element.computed), 1, 1, cure)
    return kind


class RepeatStep:
    """One repeat, ready: its condition, and its questions in the order they are decided."""

    __slots__ = ("asked", "condition", "decided", "id", "looks", "page", "place", "repeat", "ring")

    def __init__(self, place: int, repeat: Repeat, compiler: _Compiler, inside: Mapping[str, Type]) -> None:
        """Compile the conditions of ``repeat`` and of its questions; ``inside`` are the types there.

        Raises:
            ConditionError: A condition cannot be compiled, or a computed answer rests on itself.
        """
        self.place = place
        self.repeat = repeat
        self.page = PageRef(id=repeat.id)
        self.condition = None if repeat.when is None else compiler.compile(repeat.when)
        inner = _Compiler(inside)
        self.asked = tuple(Step(index, question, inner, repeat) for index, question in enumerate(repeat.questions))
        self.id = repeat.id
        self.decided, self.ring = _in_order(self.asked)
        needs = _needs(self.asked)
        for step in self.asked:
            if step.computed is None:
                continue
            _refuse_ring(step, step.place, needs, self.asked, step.computed.names)
            if own := sorted(name for name in step.computed.names if name.startswith(f"{self.id}.")):
                cure = f"Inside an entry only size({self.id}) is known of the list; compute it outside."
                raise _error(step, f"{step.id} stands in {self.id} and is computed from {', '.join(own)}", cure)
        names = frozenset() if self.condition is None else self.condition.names
        # a question inside may look at its own list: how many entries there are is known before they are answered
        looked_at = names.union(*(step.looks - {self.id} for step in self.asked))
        self.looks = looked_at - {name for step in self.asked for name in step.names()}
        """The names that it or its questions mention, without its own."""

    def names(self) -> tuple[str, ...]:
        """Return the name under which conditions see it."""
        return (self.id,)


class CompiledForm:
    """A form with everything computed that does not depend on the answers. It never changes and may be shared."""

    def __init__(self, form: Form) -> None:
        """Compile ``form``.

        Raises:
            ConditionError: A condition of the form cannot be compiled, or a computed answer rests on itself.
        """
        everything = (*form.pages, *form.mentioned)
        self.form = form
        self.types = types_of(everything)
        self.steps: dict[str, Step | RepeatStep] = {}
        self.places: dict[tuple[str | None, str], Step] = {}
        compiler = _Compiler(self.types)
        for place, page in enumerate(form.pages):
            if isinstance(page, Question):
                step = Step(place, page, compiler)
                self.steps[step.id] = step
                self.places[None, step.id] = step
            else:
                repeat = RepeatStep(place, page, compiler, entry_types_of(everything, page))
                self.steps[page.id] = repeat
                self.places |= {(page.id, inner.question.element.id): inner for inner in repeat.asked}
        self.decided, self.ring = _in_order(tuple(self.steps.values()))
        self.order = {step.id: index for index, step in enumerate(self.decided)}
        """Where each question or repeat stands among the decided."""
        self._refuse_rings()
        self.users, self.hidden = self._graph()
        self._conditions: dict[tuple[str, str | None], Condition] = {}

    def _refuse_rings(self) -> None:
        steps = tuple(self.steps.values())
        needs = _needs(steps)
        for outer in steps:
            for step in (outer,) if isinstance(outer, Step) else outer.asked:
                if step.computed is not None:
                    # how many entries its own list has is known before they are answered
                    inside = isinstance(outer, RepeatStep)
                    computed = step.computed.names - {outer.id} if inside else step.computed.names
                    _refuse_ring(step, outer.place, needs, steps, computed)

    def _graph(self) -> tuple[Mapping[str, tuple[int, ...]], Mapping[int, frozenset[str]]]:
        """Return who looks at each name, and for those in a ring the names they see as unanswered.

        Both by place among the decided. One decided before what it looks at never sees its answer.
        """
        given = {name: index for index, step in enumerate(self.decided) for name in step.names()}
        users: dict[str, list[int]] = {}
        hidden: dict[int, frozenset[str]] = {}
        for index, step in enumerate(self.decided):
            later = frozenset(name for name in step.looks if given.get(name, -1) >= index)
            if later:
                hidden[index] = later
            for name in step.looks - later:
                users.setdefault(name, []).append(index)
        return {name: tuple(indexes) for name, indexes in users.items()}, hidden

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


def _needs(steps: Sequence[_AnyStep]) -> dict[int, tuple[int, ...]]:
    """Return the places that each place looks at, in the order of the form."""
    by_name = {name: step.place for step in steps for name in step.names()}
    return {step.place: tuple(sorted({by_name[name] for name in step.looks if name in by_name})) for step in steps}


def _in_order(steps: Sequence[_AnyStep]) -> tuple[tuple[_AnyStep, ...], tuple[str, ...]]:
    """Return ``steps`` so that each stands after what its condition looks at, and the ids of the first ring found.

    Depth first, without recursion: a chain may be as long as the form.
    """
    needs = _needs(steps)
    by_place = {step.place: step for step in steps}
    done: dict[int, _AnyStep] = {}
    ring: list[str] = []
    for step in steps:
        trail: dict[int, Iterator[int]] = {}
        following: int | None = step.place
        while following is not None:
            if following not in done and following not in trail:
                trail[following] = iter(needs[following])
            elif following in trail and not ring:
                open_ = list(trail)
                ring = [by_place[place].id for place in open_[open_.index(following) :]]
            following = None
            while trail and following is None:
                here = next(reversed(trail))
                following = next(trail[here], None)
                if following is None:
                    del trail[here]
                    done[here] = by_place[here]
    return tuple(done.values()), tuple(ring)


def _refuse_ring(
    step: Step, place: int, needs: Mapping[int, tuple[int, ...]], steps: Sequence[_AnyStep], computed: frozenset[str]
) -> None:
    """Refuse that what ``step``, at ``place`` of ``needs``, is ``computed`` from looks at ``place`` in turn.

    Raises:
        ConditionError: It does; the message names the ring.
    """
    names = {name: other.place for other in steps for name in other.names()}
    ids = {other.place: other.id for other in steps}
    came_from: dict[int, int | None] = dict.fromkeys(sorted({names[name] for name in computed if name in names}))
    waiting = deque(came_from)
    while waiting:
        here = waiting.popleft()
        if here == place:
            ring = [step.id]
            at: int | None = came_from[here]
            trail: list[str] = []
            while at is not None:
                trail.append(ids[at])
                at = came_from[at]
            ring += [*reversed(trail), step.id]
            cure = "A computed answer may rest only on answers that do not look at it."
            raise _error(step, f"{step.id} is computed from itself: {' → '.join(ring)}", cure)
        for further in needs[here]:
            if further not in came_from:
                came_from[further] = here
                waiting.append(further)


def _error(step: Step, message: str, cure: str) -> ConditionError:
    source = step.question.element.computed or ""
    return ConditionError(message, source, 1, 1, cure)
