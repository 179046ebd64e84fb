"""Every delivered table, probed at the bounds its own cells name, with each input missing in turn.

What is unknown never approves: a table that approves without an input would approve whatever that input is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from kiosk.catalogue import Catalogue, load
from kiosk.catalogue.tables import APPROVE, REFER, SCALARS, Decision, Table, decide_seen
from kiosk.forms.conditions import BOOL, DATE, DOUBLE, INT

DELIVERED = Path("assets/catalogue")
CASES = 400
"""Of each table; those with fewer combinations are tried in full."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TEXT = re.compile(r'"([^"]*)"')
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def delivered() -> Catalogue:
    return load(DELIVERED)


def probes(table: Table, column: int) -> Sequence[object]:
    """Return the values on, below and above every bound of a column, and one no cell names."""
    kind = SCALARS[table.table.inputs[column].type]
    cells = " ".join(rule.when[column] for rule in table.table.rules)
    if kind is BOOL:
        return [True, False]
    if kind is DATE:
        days = [date.fromisoformat(found) for found in _DAY.findall(cells)] or [date(2026, 1, 31)]
        return [day + timedelta(days=step) for day in days for step in (-1, 0, 1)]
    if kind is INT:
        bounds = [int(found) for found in _NUMBER.findall(cells)] or [0]
        return sorted({bound + step for bound in bounds for step in (-1, 0, 1)})
    if kind is DOUBLE:
        bounds_of = [float(found) for found in _NUMBER.findall(cells)] or [0.0]
        return sorted({bound + step for bound in bounds_of for step in (-0.5, 0.0, 0.5)})
    return [*dict.fromkeys(_TEXT.findall(cells)), "no cell names this"]


def cases(table: Table) -> list[dict[str, object]]:
    """Return what the table is asked: combinations of probes, the same ones every time."""
    names = [column.name for column in table.table.inputs]
    values = [probes(table, column) for column in range(len(names))]
    size = 1
    for each in values:
        size *= len(each)
    if size <= CASES:
        return [dict(zip(names, combination, strict=True)) for combination in product(*values)]
    chance = random.Random(table.id)
    return [{name: chance.choice(each) for name, each in zip(names, values, strict=True)} for _ in range(CASES)]


def asked(table: Table, given: dict[str, object]) -> Decision:
    decision = decide_seen(table, given)
    assert decision.decide in {APPROVE, REFER}
    assert decision.reason.zh_hans
    assert decision.reason.en
    return decision


@pytest.mark.parametrize("name", sorted(path.stem for path in (DELIVERED / "tables").glob("*.yaml")))
def test_what_is_unknown_never_approves(name: str) -> None:
    table = delivered().tables[name]
    approved = 0
    for given in cases(table):
        whole = asked(table, given)
        approved += whole.decide == APPROVE
        for missing in given:
            without = asked(table, {**given, missing: None})
            if without.decide == APPROVE:
                assert whole.decide == APPROVE, f"{name} approves {given} without {missing}, and refers it with it"
    assert approved, f"{name} approves nothing of what its own cells name"
    assert asked(table, dict.fromkeys(next(iter(cases(table))))).decide == REFER
