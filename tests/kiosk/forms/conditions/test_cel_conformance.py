"""Every case of the CEL conformance suite that is inside our subset has the value CEL gives it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk.forms import conditions
from kiosk.forms.conditions import BOOL, DOUBLE, INT, STRING, UNKNOWN, ListOf, Type

_TYPES: Mapping[str, Type] = {
    "bool": BOOL,
    "int": INT,
    "double": DOUBLE,
    "string": STRING,
    "list<string>": ListOf(STRING),
    "list<int>": ListOf(INT),
    "list<bool>": ListOf(BOOL),
    "list<double>": ListOf(DOUBLE),
}
_SUITE: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "cel_conformance.yaml").read_text(encoding="utf-8"))


def cases() -> Iterator[Any]:
    for file, sections in _SUITE.items():
        for section, listed in sections.items():
            for case in listed:
                yield pytest.param(case, id=f"{file}/{section}/{case['name']}")


@pytest.mark.parametrize("case", list(cases()))
def test_a_condition_of_the_suite_has_the_value_cel_gives_it(case: Mapping[str, Any]) -> None:
    types = {name: _TYPES[kind] for name, kind in case.get("types", {}).items()}
    found = conditions.compile(case["expr"], types).evaluate(case.get("bindings", {}), date(2026, 1, 1))
    if case.get("ours") == "unknown" or case.get("gives") == "error":
        assert found is UNKNOWN
    else:
        assert type(found) is type(case["value"])
        assert found == case["value"]


def test_we_differ_only_where_a_double_is_not_finite() -> None:
    differing = [case.values[0] for case in cases() if "ours" in case.values[0]]
    comparing_nan = [case for case in differing if "0.0/0.0" in case["expr"]]
    others = [case["value"] for case in differing if case not in comparing_nan]
    assert len(comparing_nan) == 3
    assert sorted(others) == [-math.inf, math.inf, math.inf]


def test_the_readme_states_how_much_of_each_file_is_inside() -> None:
    readme = (Path(conditions.__file__).parent / "README.md").read_text(encoding="utf-8")
    inside = Counter({file: sum(map(len, sections.values())) for file, sections in _SUITE.items()})
    for file, count in inside.items():
        assert f"| `{file}` | {count} of " in readme
    assert f"| together | {inside.total()} of " in readme
