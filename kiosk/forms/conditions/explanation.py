"""Why a condition has its value, and which unanswered names could still change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import msgspec

from kiosk.forms.conditions.checker import Part, Rows, Rule
from kiosk.forms.conditions.tree import Unary, to_text
from kiosk.forms.conditions.values import UNKNOWN, Answers

Places: TypeAlias = tuple[str, ...]
"""Where the current row of each loop stands, outermost first: ``("children[1]",)``."""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a condition with its value.

    Attributes:
        text: The part as source text.
        value: Its value; of a repeat, its rows; or ``UNKNOWN``.
        place: Of an answer, which: ``person.birth_date``, ``children[1].birth_date``. Of a loop's body, its row.
            Otherwise empty.
        answers: The places of the answers that settled the value, or of those whose absence left it open: per part
            the fewest that do.
        decisive: Whether this part is among those that settled the value of the part around it. The root is.
        joins: Whether it joins statements: ``&&``, ``||``, ``!``, ``?`` or a loop.
        parts: Its parts; of a loop, the repeat and then the body once per row.
    """

    text: str
    value: Any
    place: str = ""
    answers: tuple[str, ...] = ()
    decisive: bool = True
    joins: bool = False
    parts: tuple[Explanation, ...] = ()

    def reasons(self) -> tuple[Explanation, ...]:
        """Return the smallest decisive statements, those that no ``&&``, ``||``, ``!``, ``?`` or loop joins.

        These are the lines of “why am I asked this” and of a clerk's view of a referred case.
        """
        return tuple(self._reasons())

    def _reasons(self) -> Iterator[Explanation]:
        inner = [part for part in self.parts if part.decisive and part.answers and type(part.value) is not tuple]
        if not (self.joins and inner):
            yield self
            return
        for part in inner:
            yield from part._reasons()


def explain(part: Part, answers: Answers, today: date, rows: Rows = (), places: Places = ()) -> Explanation:
    """Return ``part`` with its value and the values of its parts."""
    value = part.run(answers, today, rows)
    text = to_text(part.node)
    if part.rule is Rule.ANSWER:
        place = _place(part, places)
        return Explanation(text=text, value=value, place=place, answers=(place,))
    if part.rule in (Rule.ALL, Rule.EXISTS):
        parts = _explain_rows(part, answers, today, rows, places)
    else:
        parts = tuple(explain(inner, answers, today, rows, places) for inner in part.parts)
    chosen = _decisive(part.rule, value, parts)
    return Explanation(
        text=text,
        value=value,
        joins=part.rule is not Rule.STRICT or (isinstance(part.node, Unary) and part.node.operator == "!"),
        answers=_distinct(place for index in chosen for place in parts[index].answers),
        parts=tuple(
            inner if index in chosen else msgspec.structs.replace(inner, decisive=False)
            for index, inner in enumerate(parts)
        ),
    )


def _explain_rows(part: Part, answers: Answers, today: date, rows: Rows, places: Places) -> tuple[Explanation, ...]:
    repeat, body = part.parts
    explained = [explain(repeat, answers, today, rows, places)]
    for place, row in _rows(repeat, explained[0].value, places):
        inner = explain(body, answers, today, (*rows, row), (*places, place))
        explained.append(msgspec.structs.replace(inner, place=inner.place or place))
    return tuple(explained)


def _rows(repeat: Part, found: Any, places: Places) -> Iterator[tuple[str, Any]]:
    """Yield the place and the row for every row of ``found``, if the repeat was answered."""
    if found is not UNKNOWN:
        for index, row in enumerate(found):
            yield f"{_place(repeat, places)}[{index}]", row


def _place(part: Part, places: Places) -> str:
    if part.frame < 0:
        return part.key
    return f"{places[part.frame]}.{part.key}" if part.key else places[part.frame]


def _decisive(rule: Rule, value: Any, parts: tuple[Explanation, ...]) -> tuple[int, ...]:
    """Return the indexes of the fewest parts that settle ``value``, or that leave it open."""
    everything = tuple(range(len(parts)))
    unknown = tuple(index for index in everything if parts[index].value is UNKNOWN)
    if rule is Rule.CHOICE:
        return _decisive_of_choice(value, parts)
    if value is UNKNOWN:
        # none unknown: the operation itself had no result, and every operand had its share in that
        return unknown or everything
    if rule in (Rule.AND, Rule.OR) and value is (rule is Rule.OR):
        return (_cheapest(parts, everything, value=value),)
    if rule in (Rule.ALL, Rule.EXISTS) and value is (rule is Rule.EXISTS):
        return (0, _cheapest(parts, everything[1:], value=value))
    return everything


def _decisive_of_choice(value: Any, parts: tuple[Explanation, ...]) -> tuple[int, ...]:
    if parts[0].value is UNKNOWN:
        return (0,)
    taken = 1 if parts[0].value else 2
    return (taken,) if value is UNKNOWN else (0, taken)


def _cheapest(parts: tuple[Explanation, ...], among: tuple[int, ...], *, value: Any) -> int:
    """Return the first part of ``value`` that rests on the fewest answers."""
    return min((index for index in among if parts[index].value is value), key=lambda index: len(parts[index].answers))


def _distinct(places: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(places))


def missing(part: Part, answers: Answers, today: date, rows: Rows = (), places: Places = ()) -> tuple[str, ...]:
    """Return the places of the unanswered names that could still change the value of ``part``.

    Empty when the value is known, and when it never will be: no answer mends a division by zero.
    """
    return _distinct(iter(_missing(part, answers, today, rows, places)))


def _missing(part: Part, answers: Answers, today: date, rows: Rows, places: Places) -> list[str]:
    if part.run(answers, today, rows) is not UNKNOWN:
        return []
    if part.rule is Rule.ANSWER:
        return [_place(part, places)]
    if part.rule in (Rule.ALL, Rule.EXISTS):
        repeat, body = part.parts
        found = repeat.run(answers, today, rows)
        if found is UNKNOWN:
            return _missing(repeat, answers, today, rows, places)
        inner = [
            _missing(body, answers, today, (*rows, row), (*places, place))
            for place, row in _rows(repeat, found, places)
        ]
        return [place for places_of_row in inner for place in places_of_row]
    if part.rule is Rule.CHOICE:
        return _missing_choice(part, answers, today, rows, places)
    unknown = [inner for inner in part.parts if inner.run(answers, today, rows) is UNKNOWN]
    found_missing = [_missing(inner, answers, today, rows, places) for inner in unknown]
    if part.rule is Rule.STRICT and not all(found_missing):
        return []
    return [place for of_part in found_missing for place in of_part]


def _missing_choice(part: Part, answers: Answers, today: date, rows: Rows, places: Places) -> list[str]:
    """Return what the condition misses, then what either result would; a settled condition leaves one result."""
    condition, then, otherwise = part.parts
    settled = condition.run(answers, today, rows)
    if settled is not UNKNOWN:
        return _missing(then if settled else otherwise, answers, today, rows, places)
    first = _missing(condition, answers, today, rows, places)
    if not first:
        return []
    return [*first, *_missing(then, answers, today, rows, places), *_missing(otherwise, answers, today, rows, places)]
