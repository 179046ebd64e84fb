"""What is wrong with a decision table: cells that do not compile, rows that overlap, gaps, examples that fail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import combinations

import msgspec

from kiosk.catalogue.mistakes import Mistake, did_you_mean
from kiosk.catalogue.model import DecisionTable, TableExample
from kiosk.catalogue.reading import Source
from kiosk.catalogue.tables import APPROVE, FIRST, REFER, SCALARS, UNIQUE, Table, compiled_test, decide_seen
from kiosk.forms import Element, Kind, RuleKind, conditions
from kiosk.forms.conditions import DATE, INT, STRING, Choices, ConditionError, Region, Spans, Type
from kiosk.words import Text

_BOXES_AT_MOST = 4000
"""Pieces the uncovered space may fall into before the search for gaps gives up."""

Box = tuple[Region, ...]
"""One region a column: the values of the columns that lie in all of them."""


class TableCheck:
    """Checks one table and compiles it."""

    def __init__(
        self,
        table: DecisionTable,
        source: Source,
        types: Mapping[str, Type],
        titles: Mapping[str, Text],
        elements: Mapping[str, Element],
    ) -> None:
        """Take ``table`` and what its expressions may be about."""
        self.mistakes: list[Mistake] = []
        self._inputs: list[conditions.Condition] = []
        self._table = table
        self._source = source
        self._types = types
        self._titles = titles
        self._elements = elements

    def run(self) -> Table | None:
        """Note what is wrong in ``mistakes``; return the compiled table when it could be compiled."""
        self._check_words()
        self._check_columns()
        self._check_rows()
        if self.mistakes:
            return None
        table = Table(self._table, self._types, self._titles, tuple(self._inputs))
        for index, example in enumerate(self._table.examples):
            self._run_example(table, example, index)
        boxes = [tuple(test.region for test in tests) for tests in table.tests]
        if self._table.hit == UNIQUE:
            self._check_overlaps(boxes)
        self._check_gaps(boxes)
        return table

    def _note(self, says: str, cure: str, *place: str | int) -> None:
        self.mistakes.append(self._source.mistake(says, cure, *place))

    def _check_words(self) -> None:
        if self._table.hit not in (UNIQUE, FIRST):
            cure = f"Write {UNIQUE} (exactly one row matches) or {FIRST} (the first that matches)."
            self._note(f"hit cannot be {self._table.hit}", cure, "hit")
        if not self._table.rules:
            self._note("the table has no rows", "Add rules.", "rules")
        for index, rule in enumerate(self._table.rules):
            if rule.decide not in (APPROVE, REFER):
                cure = "Write approve or refer: only a person refuses."
                self._note(f"a row cannot decide {rule.decide}", cure, "rules", index, "decide")
            if rule.rules_out and rule.decide == APPROVE:
                self._note("a row that approves rules nothing out", "Delete rules_out.", "rules", index, "rules_out")

    def _check_columns(self) -> None:
        """Compile the columns; one that says no type takes that of its expression."""
        columns = []
        names: set[str] = set()
        for index, column in enumerate(self._table.inputs):
            place = ("inputs", index)
            if column.name in names:
                self._note(f"two columns are named {column.name}", "Rename one.", *place, "name")
            names.add(column.name)
            if column.type and column.type not in SCALARS:
                cure = did_you_mean(column.type, SCALARS, f"Types are: {', '.join(SCALARS)}.")
                self._note(f"a column cannot be of type {column.type}", cure, *place, "type")
                continue
            try:
                compiled = conditions.compile(column.expression, self._types, expect=SCALARS.get(column.type))
            except ConditionError as error:
                self._note(f"in “{column.expression}”: {error.message}", error.cure, *place, "expression")
                continue
            self._inputs.append(compiled)
            found = next(name for name, scalar in SCALARS.items() if scalar is compiled.type)
            columns.append(msgspec.structs.replace(column, type=found))
        if len(columns) == len(self._table.inputs):
            self._table = msgspec.structs.replace(self._table, inputs=tuple(columns))

    def _check_rows(self) -> None:
        columns = self._table.inputs
        for row, rule in enumerate(self._table.rules):
            if len(rule.when) != len(columns):
                says = f"row {row + 1} has {len(rule.when)} tests for {len(columns)} columns"
                self._note(says, "Write one test a column, - where any value will do.", "rules", row, "when")
                continue
            for index, (cell, column) in enumerate(zip(rule.when, columns, strict=True)):
                kind = SCALARS.get(column.type)
                if kind is None:
                    continue
                try:
                    test = compiled_test(cell, kind)
                except ConditionError as error:
                    says = f"in “{cell}” of column {column.name}: {error.message}"
                    self._note(says, error.cure, "rules", row, "when", index)
                    continue
                if _is_empty(_meet(test.region, self._domain(index))):
                    says = f"“{cell}” never matches: column {column.name} has other values"
                    self._note(says, f"Its values are: {self._domain(index)}.", "rules", row, "when", index)

    def _run_example(self, table: Table, example: TableExample, index: int) -> None:
        names = [column.name for column in self._table.inputs]
        for name in example.given:
            if name not in names:
                cure = did_you_mean(name, names, f"Columns are: {', '.join(names)}.")
                self._note(f"unknown column {name}", cure, "examples", index, "given", name)
        given = {name: self._given(name, value) for name, value in example.given.items()}
        decision = decide_seen(table, given)
        if decision.decide != example.decide:
            says = f"the example expects {example.decide}, but the table says {decision.decide}"
            cure = f"It says: {decision.reason.en}"
            self._note(says, cure, "examples", index, "decide")
        elif dict(decision.output) != dict(example.output):
            says = f"the example expects {dict(example.output)}, but the table gives {dict(decision.output)}"
            self._note(says, "Correct the row's output or the example.", "examples", index, "output")

    def _given(self, name: str, value: object) -> object:
        """Return the value of an example; days stand there as text."""
        kind = next((SCALARS[column.type] for column in self._table.inputs if column.name == name), None)
        return _day(value) if kind is DATE else value

    def _check_overlaps(self, boxes: list[Box]) -> None:
        for (first, one), (second, other) in combinations(enumerate(boxes), 2):
            common = tuple(_meet(a, b) for a, b in zip(one, other, strict=True))
            common = tuple(_meet(region, self._domain(index)) for index, region in enumerate(common))
            if not any(_is_empty(region) for region in common):
                says = f"rows {first + 1} and {second + 1} both match {self._example(common)}"
                cure = "Make one of them narrower, or write hit: FIRST."
                self._note(says, cure, "rules", second, "when")

    def _check_gaps(self, boxes: list[Box]) -> None:
        rest: list[Box] = [tuple(self._domain(index) for index in range(len(self._table.inputs)))]
        for box in boxes:
            rest = [piece for open_ in rest for piece in _without(open_, box)]
            if len(rest) > _BOXES_AT_MOST:
                return
        if rest:
            says = f"no row covers {self._example(rest[0])}"
            self._note(says, "Add a row; decide: refer hands such a case to a person, with your reason.", "rules")

    def _example(self, box: Box) -> str:
        parts = []
        for column, region in zip(self._table.inputs, box, strict=True):
            if not _is_full(region):
                parts.append(f"{column.name} = {_shown(region)}")
        return ", ".join(parts) or "anything"

    def _domain(self, index: int) -> Region:
        """Return the values a column can have: those its element allows, else all of its type."""
        column = self._table.inputs[index]
        kind = SCALARS[column.type]
        element = self._elements.get(column.expression.strip())
        if element is not None and element.kind is Kind.CHOICE and kind is STRING:
            return conditions.only(kind, [choice.value for choice in element.choices])
        if kind is INT and column.expression.strip().startswith(("age(", "size(")):
            return conditions.span(kind, 0, None)
        if element is not None and kind is INT:
            low = [int(rule.value or 0) for rule in element.rules if rule.rule is RuleKind.MINIMUM]
            high = [int(rule.value or 0) for rule in element.rules if rule.rule is RuleKind.MAXIMUM]
            return conditions.span(kind, max(low, default=None), min(high, default=None))
        return conditions.everything(kind)


def check_table(
    table: DecisionTable,
    source: Source,
    types: Mapping[str, Type],
    titles: Mapping[str, Text],
    elements: Mapping[str, Element],
) -> tuple[Table | None, list[Mistake]]:
    """Return the compiled table, if it compiles, and everything wrong with it.

    Args:
        table: The table.
        source: Where it stands.
        types: The names its expressions may use.
        titles: Titles of elements by name.
        elements: All elements; a column that is a choice has only its choices for values.
    """
    check = TableCheck(table, source, types, titles, elements)
    compiled = check.run()
    return compiled, check.mistakes


def _without(box: Box, cut: Box) -> list[Box]:
    """Return the pieces of ``box`` that ``cut`` leaves."""
    pieces: list[Box] = []
    inside: list[Region] = []
    for index, region in enumerate(box):
        outside = _meet(region, cut[index].complement())
        if not _is_empty(outside):
            pieces.append((*inside, outside, *box[index + 1 :]))
        common = _meet(region, cut[index])
        if _is_empty(common):
            return [box]
        inside.append(common)
    return pieces


def _meet(one: Region, other: Region) -> Region:
    if isinstance(one, Spans) and isinstance(other, Spans):
        return one.intersection(other)
    if isinstance(one, Choices) and isinstance(other, Choices):
        return one.intersection(other)
    raise TypeError(other)


def _is_empty(region: Region) -> bool:
    return region.is_empty


def _is_full(region: Region) -> bool:
    return region.is_full


def _shown(region: Region) -> str:
    value = region.example()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(value: object) -> object:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return value
