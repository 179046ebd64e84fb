"""Why the rules decided as they did: the decision table as a clerk reads it, with the row that spoke."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kiosk.backend.applications.review import Review
from kiosk.catalogue import Catalogue, Item
from kiosk.catalogue.tables import APPROVE
from kiosk.forms import Element
from kiosk.words import Language

_NAME = re.compile(r"[a-z_]+\.[a-z_0-9]+")
_PLAIN = {"true": "是", "false": "否", "unknown": "不知道", "": "—", "-": "不限"}
_LITERAL = re.compile(r'"([^"]*)"')


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the table, and what it saw of this case."""

    label: str
    saw: str
    unknown: bool


class RuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table."""

    tests: tuple[str, ...]
    approves: bool
    reason: str
    basis: str
    spoke: bool
    """It is this row that said so."""


class Reasoning(msgspec.Struct, frozen=True, kw_only=True):
    """The whole table."""

    seen: tuple[Seen, ...]
    rows: tuple[RuleRow, ...]
    asked: bool
    """False: something had to be cleared up first, and the table was not asked."""


def reasoning(catalogue: Catalogue, item: Item | None, review: Review) -> Reasoning | None:
    """Return the table that looked at a case; None where none did."""
    table = catalogue.tables.get(item.table) if item is not None and item.table else None
    if table is None:
        return None
    columns = {column.name: column.expression for column in table.table.inputs}
    saw = dict(review.explanation)
    seen = tuple(
        Seen(
            label=_label(catalogue, expression),
            saw=_value(catalogue.elements.get(expression), saw.get(name, "")),
            unknown=saw.get(name, "").lower() in {"", "unknown"},
        )
        for name, expression in columns.items()
    )
    elements = [catalogue.elements.get(expression) for expression in columns.values()]
    rows = tuple(
        RuleRow(
            tests=tuple(_test(element, cell) for element, cell in zip(elements, rule.when, strict=True)),
            approves=rule.decide == APPROVE,
            reason=rule.reason.zh_hans,
            basis=rule.basis,
            spoke=bool(review.explanation) and rule.reason == review.reason,
        )
        for rule in table.table.rules
    )
    return Reasoning(seen=seen, rows=rows, asked=bool(review.explanation))


def elements_of(catalogue: Catalogue, item: Item | None) -> frozenset[str]:
    """Return the elements that the table of ``item`` looks at."""
    table = catalogue.tables.get(item.table) if item is not None and item.table else None
    if table is None:
        return frozenset()
    return frozenset(name for column in table.table.inputs for name in _names(catalogue, column.expression))


def _names(catalogue: Catalogue, expression: str) -> Iterator[str]:
    return (name for name in _NAME.findall(expression) if name in catalogue.elements)


def _label(catalogue: Catalogue, expression: str) -> str:
    """Return what a column looks at, in the words of the form."""
    titles = list(dict.fromkeys(catalogue.elements[name].title.zh_hans for name in _names(catalogue, expression)))
    if not titles:
        return expression
    return titles[0] if expression in catalogue.elements else "、".join(titles) + "（计算）"


def _value(element: Element | None, text: str) -> str:
    if text.lower() in _PLAIN:
        return _PLAIN[text.lower()]
    titles = {} if element is None else {each.value: each.title.in_(Language.ZH_HANS) for each in element.choices}
    return titles.get(text, text)


def _test(element: Element | None, cell: str) -> str:
    """Return a cell with the words of the choices in place of their values."""
    if cell in _PLAIN:
        return _PLAIN[cell]
    negated = cell.startswith("not(") and cell.endswith(")")
    inner = cell[4:-1] if negated else cell
    said = _LITERAL.sub(lambda found: _value(element, found[1]), inner).replace(", ", "、")
    return f"不是{said}" if negated else said
