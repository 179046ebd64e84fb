"""How an answer reads: on the review, on the slip, and where it need not be read by everybody."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from kiosk import saying
from kiosk.forms.model import Address, Element, Kind, Mask, Value
from kiosk.words import Language

_YES = {Language.ZH_HANS: "是", Language.ZH_HANT: "是", Language.EN: "Yes"}
_NO = {Language.ZH_HANS: "否", Language.ZH_HANT: "否", Language.EN: "No"}


class Divisions(Protocol):
    """What forms need to know of administrative divisions; ``kiosk.catalogue.Divisions`` is one."""

    def __contains__(self, code: object, /) -> bool:
        """Say whether there is a division of that code."""

    def names(self, code: str, language: Language) -> tuple[str, ...]:
        """Return the names from the widest division down to ``code``; empty for an unknown code."""


def shown(element: Element, value: Value, language: Language, divisions: Divisions | None = None) -> str:
    """Return how ``value`` reads in ``language``: in full, not masked.

    Never raises: a value that is not of the element's kind (any more) reads as plain text.
    """
    if isinstance(value, bool):
        return (_YES if value else _NO)[language]
    if isinstance(value, date):
        return shown_date(value, language)
    if isinstance(value, Address):
        return _address(value, language, divisions)
    if isinstance(value, int):
        if element.kind is Kind.AMOUNT:
            return shown_amount(value, language)
        return str(value) if element.unit is None else f"{value} {element.unit.in_(language)}"
    titles = {choice.value: choice.title.in_(language) for choice in element.choices}
    if isinstance(value, tuple):
        return (", " if language is Language.EN else "、").join(titles.get(part, part) for part in value)
    return titles.get(value, value)


def shown_date(day: date, language: Language) -> str:
    """Return ``day`` as people write it: 2026年3月15日, 15 March 2026."""
    return saying.whole_day(day, language)


def shown_amount(fen: int, language: Language) -> str:
    """Return an amount of money: 24 元, 1,234.50 元; 24 yuan."""
    return saying.amount(fen, language)


def _address(address: Address, language: Language, divisions: Divisions | None) -> str:
    names = divisions.names(address.division, language) if divisions is not None else ()
    if language is Language.EN:
        return ", ".join((address.detail, *reversed(names)))
    return "".join((*names, address.detail))


def masked(value: str, mask: Mask) -> str:
    """Return ``value`` with the part hidden that need not be read."""
    match mask:
        case Mask.NAME:
            return value[:1] + "*" * (len(value) - 1) if len(value) > 1 else "*" * len(value)
        case Mask.NUMBER:
            return _between(value, 4, 4)
        case Mask.PHONE:
            return _between(value, 3, 4)
        case Mask.NONE:
            return value


def _between(value: str, first: int, last: int) -> str:
    """Hide all but the ends; where they would show more than two thirds, show less of them."""
    if 3 * (first + last) > 2 * len(value):
        first = last = len(value) // 4
    return value[:first] + "*" * (len(value) - first - last) + value[len(value) - last :]
