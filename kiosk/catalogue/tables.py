"""Decision tables (决策表): approve or refer. What is not known refers to a person, never approves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

import msgspec

from kiosk.catalogue.model import DecisionTable, RepeatDeclaration, TableRule
from kiosk.forms import Element, conditions
from kiosk.forms.conditions import BOOL, DATE, DOUBLE, INT, STRING, UNKNOWN, Condition, Scalar, Types, UnaryTest
from kiosk.words import Text

APPROVE = "approve"
REFER = "refer"
UNIQUE = "UNIQUE"
FIRST = "FIRST"

SCALARS: Mapping[str, Scalar] = {"bool": BOOL, "int": INT, "double": DOUBLE, "string": STRING, "date": DATE}
"""Types that a column may have."""

_MISSING = Text(
    zh_hans="还缺少：{names}。由工作人员核实后决定。",
    zh_hant="還缺少：{names}。由工作人員核實後決定。",
    en="Not known yet: {names}. A member of staff checks it and decides.",
)
_NO_ROW = Text(
    zh_hans="您的情况不在自动审批的规则里，由工作人员决定。",
    zh_hant="您的情況不在自動審批的規則裡，由工作人員決定。",
    en="The automatic rules do not cover your case; a member of staff decides.",
)
_TWO_ROWS = Text(
    zh_hans="有两条规则同时适用，由工作人员决定。",
    zh_hant="有兩條規則同時適用，由工作人員決定。",
    en="Two rules apply at once; a member of staff decides.",
)


@lru_cache(maxsize=4096)
def compiled_test(cell: str, kind: Scalar) -> UnaryTest:
    """Return a cell compiled, once however many rows have the same.

    Raises:
        ConditionError: It cannot be compiled.
    """
    return conditions.compile_test(cell, kind)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a table says about one set of values."""

    decide: str
    """``approve`` or ``refer``"""
    reason: Text
    basis: str = ""
    output: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    """Empty unless approved by a row that gives one."""
    rules_out: bool = False
    """A known fact rules an approval out; the citizen is told before submitting."""
    row: int | None = None
    """Index of the row that decided, from 0; ``None`` when none did."""
    missing: tuple[str, ...] = ()
    """Places of the answers whose absence referred it: ``person.birth_date``, ``children[1].birth_date``."""
    explanation: tuple[tuple[str, str], ...] = ()
    """Per column, its name and the value it saw, or ``unknown``. Personal: for the case, never for a log."""


class Table:
    """A decision table, compiled. It never changes and may be shared."""

    def __init__(
        self, table: DecisionTable, types: Types, titles: Mapping[str, Text], inputs: tuple[Condition, ...] = ()
    ) -> None:
        """Compile ``table``.

        Args:
            table: The table.
            types: The names its expressions may use.
            titles: Titles of the elements by id, for the sentence that says which fact is missing.
            inputs: Its columns, where they are compiled already.

        Raises:
            ConditionError: An expression or a test cannot be compiled; a loaded catalogue has none of these.
        """
        self.table = table
        self.id = table.id
        self.inputs: tuple[Condition, ...] = inputs or tuple(
            conditions.compile(column.expression, types, expect=SCALARS[column.type]) for column in table.inputs
        )
        self.tests: tuple[tuple[UnaryTest, ...], ...] = tuple(
            tuple(
                compiled_test(cell, SCALARS[column.type]) for cell, column in zip(rule.when, table.inputs, strict=True)
            )
            for rule in table.rules
        )
        self._titles = titles

    def names(self, missing: Iterable[str], columns: Iterable[int]) -> Text:
        """Return the titles of what is missing; of a column that no answer can mend, its name."""
        titles = [self._title(place) for place in missing]
        words = [title for title in titles if title is not None]
        if not words:
            plain = [self.table.inputs[column].name for column in columns]
            words = [Text(zh_hans=name, zh_hant=name, en=name) for name in plain]
        distinct = list(dict.fromkeys(words))
        return Text(
            zh_hans="、".join(word.zh_hans for word in distinct),
            zh_hant="、".join(word.zh_hant for word in distinct),
            en=", ".join(word.en for word in distinct),
        )

    def _title(self, place: str) -> Text | None:
        """Return the title for ``person.name``, ``shop.address.division`` or ``children[0].birth_date``."""
        repeat, _, rest = place.partition("[")
        name = f"{repeat}{rest[rest.index(']') + 1 :]}" if "]" in rest else place
        return self._titles.get(name) or self._titles.get(name.rpartition(".")[0])


def titles_of(elements: Mapping[str, Element], repeats: Mapping[str, RepeatDeclaration]) -> Mapping[str, Text]:
    """Return the titles under which a table names what is missing: of elements, of repeats, and of what they repeat."""
    return _Titles(elements, repeats)


class _Titles(Mapping[str, Text]):
    """Titles by the names that places begin with; looked up when one is missed, which is seldom."""

    def __init__(self, elements: Mapping[str, Element], repeats: Mapping[str, RepeatDeclaration]) -> None:
        self._elements = elements
        self._repeats = repeats

    def __getitem__(self, key: str) -> Text:
        """Return the title of an element, of a repeat, or of ``children.birth_date``."""
        if key in self._repeats:
            return self._repeats[key].title
        listed, dot, rest = key.partition(".")
        inside = f"{self._repeats[listed].prefix}{dot}{rest}" if listed in self._repeats else key
        return self._elements[inside if inside in self._elements else key].title

    def __iter__(self) -> Iterator[str]:
        """Return the names of elements and repeats."""
        return iter({**self._elements, **self._repeats})

    def __len__(self) -> int:
        """Return how many elements and repeats there are."""
        return len(self._elements) + len(self._repeats)


def decide(table: Table, values: Mapping[str, object], today: date) -> Decision:
    """Return what ``table`` says.

    A row could match when no cell fails. Where a row that could match rests on an unknown input, where no row
    matches, or where two match under UNIQUE, the decision is to refer, and the reason says so.

    Args:
        table: The compiled table.
        values: What conditions see; see ``kiosk.forms.environment``.
        today: The day.
    """
    seen: list[object] = [column.evaluate(values, today) for column in table.inputs]
    explanation = tuple((column.name, _text(value)) for column, value in zip(table.table.inputs, seen, strict=True))
    return msgspec.structs.replace(_decide(table, seen, values, today), explanation=explanation)


def may_approve(table: Table, values: Mapping[str, object], today: date) -> bool:
    """Return whether what is not known yet could still make ``table`` approve."""
    seen: list[object] = [column.evaluate(values, today) for column in table.inputs]
    return any(
        rule.decide == APPROVE and _row(tests, seen) is not False
        for rule, tests in zip(table.table.rules, table.tests, strict=True)
    )


def decide_seen(table: Table, given: Mapping[str, object]) -> Decision:
    """Return what ``table`` says about given values of its columns, by name; absent or ``None`` is unknown."""
    seen: list[object] = [
        UNKNOWN if given.get(column.name) is None else given[column.name] for column in table.table.inputs
    ]
    return _decide(table, seen, {}, date.min)


def _decide(table: Table, seen: list[object], values: Mapping[str, object], today: date) -> Decision:
    results = [_row(tests, seen) for tests in table.tests]
    open_ = [index for index, result in enumerate(results) if result is not False]
    if table.table.hit == FIRST:
        open_ = open_[:1]
    sure = [index for index in open_ if results[index] is True]
    unsure = [index for index in open_ if results[index] is None]
    rules = table.table.rules
    if unsure and not (len(sure) == 1 and rules[sure[0]].decide == REFER):
        return _unknown(table, unsure, seen, values, today)
    if not sure:
        return Decision(decide=REFER, reason=_NO_ROW)
    if len(sure) > 1:
        return Decision(decide=REFER, reason=_TWO_ROWS)
    return _by_row(rules[sure[0]], sure[0])


def _row(tests: tuple[UnaryTest, ...], seen: list[object]) -> bool | None:
    """Return whether a row matches; ``None``: it could."""
    results = [test.test(value) for test, value in zip(tests, seen, strict=True)]
    if False in results:
        return False
    return None if None in results else True


def _by_row(rule: TableRule, row: int) -> Decision:
    approves = rule.decide == APPROVE
    return Decision(
        decide=APPROVE if approves else REFER,
        reason=rule.reason,
        basis=rule.basis,
        output=dict(rule.output) if approves else {},
        rules_out=rule.rules_out and not approves,
        row=row,
    )


def _unknown(table: Table, rows: list[int], seen: list[object], values: Mapping[str, object], today: date) -> Decision:
    columns = [
        column
        for column in range(len(seen))
        if any(table.tests[row][column].test(seen[column]) is None for row in rows)
    ]
    missing = tuple(dict.fromkeys(place for column in columns for place in table.inputs[column].missing(values, today)))
    names = table.names(missing, columns)
    reason = Text(
        zh_hans=_MISSING.zh_hans.replace("{names}", names.zh_hans),
        zh_hant=_MISSING.zh_hant.replace("{names}", names.zh_hant),
        en=_MISSING.en.replace("{names}", names.en),
    )
    return Decision(decide=REFER, reason=reason, missing=missing)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
