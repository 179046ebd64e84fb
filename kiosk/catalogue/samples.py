"""Sample answers for a condition, to see whether any answers at all make it true."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import prod

from kiosk.catalogue.model import RepeatDeclaration
from kiosk.forms import Element, Kind, element_types
from kiosk.forms.conditions import BOOL, DATE, INT, STRING, Condition

TRIED_AT_MOST = 20_000
"""Combinations of answers; a condition with more is taken to be possible."""

_NUMBERS = re.compile(r"\b[0-9]+\b")
_STRINGS = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_DATES = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TODAY = date(2024, 2, 29)
_UNNAMED = "样本"
"""A text that no condition names."""


def can_hold(condition: Condition, elements: Iterable[Element], repeats: Mapping[str, RepeatDeclaration]) -> bool:
    """Say whether some answers make ``condition`` true, as far as trying can tell.

    Choices are tried in full, numbers and days around those that the condition names. A condition over a repeat, or
    one with too many combinations, is taken to be possible: this finds slips, it proves nothing.
    """
    if any(name in repeats for name in condition.names):
        return True
    values: dict[str, Sequence[object]] = {}
    for element in elements:
        for name, kind in element_types([element]).items():
            if name in condition.names:
                values[name] = _values(element, kind, condition.source)
    if prod(len(listed) for listed in values.values()) > TRIED_AT_MOST:
        return True
    return any(
        condition.test(dict(zip(values, chosen, strict=True)), _TODAY) is not False
        for chosen in itertools.product(*values.values())
    )


def _values(element: Element, kind: object, source: str) -> Sequence[object]:
    choices = [choice.value for choice in element.choices]
    if element.kind is Kind.CHOICE:
        return choices
    if element.kind is Kind.CHOICES:
        return [(), tuple(choices), *((choice,) for choice in choices)]
    if kind is BOOL:
        return [True, False]
    if kind is INT:
        named = {int(number[:15]) for number in _NUMBERS.findall(source)}
        return sorted({0, *(number + step for number in named for step in (-1, 0, 1))})
    if kind is DATE:
        days = {date.fromisoformat(text) for text in _DATES.findall(source)} | {_TODAY}
        years = {int(number) for number in _NUMBERS.findall(source) if int(number[:6]) < 150}
        days |= {_TODAY - timedelta(days=366 * year) for year in years}
        return sorted({day + timedelta(days=step) for day in days for step in (-400, -1, 0, 1, 400)})
    if kind is STRING:
        return [_UNNAMED, "", *(one or other for one, other in _STRINGS.findall(source))]
    return []
