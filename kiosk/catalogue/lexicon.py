"""The names that conditions of a catalogue may use, and what each is: made once, asked by every merge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.catalogue.model import RepeatDeclaration
from kiosk.forms import Element, conditions, element_types
from kiosk.forms.conditions import Condition, Group, ListOf, Scalar, Type


class Lexicon:
    """All names of a catalogue. Every source is compiled once, however many items and forms repeat it."""

    def __init__(self, elements: Iterable[Element], repeats: Iterable[RepeatDeclaration]) -> None:
        """Take the ``elements`` and the lists some of them are asked in."""
        self.outside: dict[str, Type] = {}
        """Names outside of repeats: single elements, and repeats as lists."""
        self.elements: dict[str, str] = {}
        """Element by each name conditions may use for it."""
        self._inside: dict[str, dict[str, Type]] = {}
        self._repeats = {repeat.prefix: repeat.id for repeat in repeats}
        self._conditions: dict[tuple[str, str | None, Scalar | None], Condition] = {}
        inner: dict[str, list[Element]] = {prefix: [] for prefix in self._repeats}
        for element in elements:
            prefix = element.id.partition(".")[0]
            types = element_types([element])
            self.elements |= dict.fromkeys(types, element.id)
            if prefix not in inner:
                self.outside |= types
                continue
            inner[prefix].append(element)
            listed = self._repeats[prefix]
            self.elements |= {f"{listed}{name[len(prefix) :]}": element.id for name in types}
        for prefix, listed in self._repeats.items():
            self.outside[listed] = ListOf(Group(element_types(inner[prefix], without=prefix)))
        for prefix in self._repeats:
            self._inside[prefix] = self.outside | element_types(inner[prefix])
        self.everywhere: Mapping[str, Type] = dict(self.outside)
        """Names of a table: those outside, and those of the entry it is about."""
        for types in self._inside.values():
            self.everywhere = {**self.everywhere, **types}

    def inside(self, prefix: str) -> Mapping[str, Type]:
        """Return the names inside an entry of the repeat of that ``prefix``."""
        return self._inside[prefix]

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
            types = self.outside if prefix is None else self._inside[prefix]
            self._conditions[key] = conditions.compile(source, types, expect=expect)
        return self._conditions[key]

    def names(self, source: str, prefix: str | None = None) -> frozenset[str]:
        """Return the names that ``source`` mentions.

        Raises:
            ConditionError: As for ``compile``.
        """
        return self.compile(source, prefix).names
