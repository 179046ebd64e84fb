"""The names that conditions of a catalogue may use, and what each is: made once, asked by every merge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kiosk.catalogue.model import RepeatDeclaration
from kiosk.forms import Element, conditions, element_types
from kiosk.forms.conditions import Condition, Group, ListOf, Scalar, Type


@dataclass(frozen=True, kw_only=True, slots=True)
class _Names:
    outside: dict[str, Type]
    elements: dict[str, str]
    inside: dict[str, dict[str, Type]]
    everywhere: dict[str, Type]


class Lexicon:
    """All names of a catalogue. Every source is compiled once, however many items and forms repeat it.

    The names are gathered when the first is asked for: a catalogue that is only opened needs none.
    """

    def __init__(self, elements: Mapping[str, Element], repeats: Iterable[RepeatDeclaration]) -> None:
        """Take the ``elements`` by id and the lists some of them are asked in."""
        self._elements = elements
        self._repeats = {repeat.prefix: repeat.id for repeat in repeats}
        self._conditions: dict[tuple[str, str | None, Scalar | None], Condition] = {}

    @cached_property
    def _names(self) -> _Names:
        outside: dict[str, Type] = {}
        owners: dict[str, str] = {}
        inner: dict[str, list[Element]] = {prefix: [] for prefix in self._repeats}
        for element in self._elements.values():
            prefix = element.id.partition(".")[0]
            types = element_types([element])
            owners |= dict.fromkeys(types, element.id)
            if prefix not in inner:
                outside |= types
                continue
            inner[prefix].append(element)
            listed = self._repeats[prefix]
            owners |= {f"{listed}{name[len(prefix) :]}": element.id for name in types}
        for prefix, listed in self._repeats.items():
            outside[listed] = ListOf(Group(element_types(inner[prefix], without=prefix)))
        inside = {prefix: outside | element_types(inner[prefix]) for prefix in self._repeats}
        everywhere = dict(outside)
        for types in inside.values():
            everywhere |= types
        return _Names(outside=outside, elements=owners, inside=inside, everywhere=everywhere)

    @property
    def outside(self) -> dict[str, Type]:
        """Names outside of repeats: single elements, and repeats as lists."""
        return self._names.outside

    @property
    def elements(self) -> Mapping[str, str]:
        """Element by each name conditions may use for it."""
        return self._names.elements

    @property
    def everywhere(self) -> Mapping[str, Type]:
        """Names of a table: those outside, and those of the entry it is about."""
        return self._names.everywhere

    def inside(self, prefix: str) -> Mapping[str, Type]:
        """Return the names inside an entry of the repeat of that ``prefix``."""
        return self._names.inside[prefix]

    def repeat_of(self, element: str) -> str | None:
        """Return the id of the repeat an element is asked in; ``None`` when it is single."""
        return self._repeats.get(element.partition(".")[0])

    def compile(self, source: str, prefix: str | None = None, expect: Scalar | None = None) -> Condition:
        """Return ``source`` compiled, inside an entry when a repeat's ``prefix`` is named.

        Raises:
            ConditionError: It cannot be compiled; a loaded catalogue has none such.
        """
        key = (source, prefix, expect)
        if key not in self._conditions:
            types = self.outside if prefix is None else self._names.inside[prefix]
            self._conditions[key] = conditions.compile(source, types, expect=expect)
        return self._conditions[key]

    def names(self, source: str, prefix: str | None = None) -> frozenset[str]:
        """Return the names that ``source`` mentions.

        Raises:
            ConditionError: As for ``compile``.
        """
        return self.compile(source, prefix).names
