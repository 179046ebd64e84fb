"""Cells of decision tables: what passes, what is unanswered, and sets exact enough for overlaps and gaps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from condition_strategies import values
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.forms.conditions import (
    BOOL,
    DATE,
    DOUBLE,
    INT,
    STRING,
    UNKNOWN,
    ConditionError,
    Region,
    Scalar,
    UnaryTest,
    compile_test,
    everything,
    only,
    span,
)


@pytest.mark.parametrize(
    ("source", "kind", "passes", "fails"),
    [
        (">= 60", INT, [60, 61], [59]),
        ("> 60", INT, [61], [60]),
        ("<= 60.5", DOUBLE, [60.5, 60], [60.6]),
        ("< 60.5", DOUBLE, [60.4], [60.5]),
        ("[18..60)", INT, [18, 59], [17, 60]),
        ("(18..60]", INT, [19, 60], [18, 61]),
        ("(1.0..2.0)", DOUBLE, [1.5], [1.0, 2.0]),
        ("1, 3, [5..7]", INT, [1, 3, 5, 7], [2, 4, 8]),
        ("-5", INT, [-5], [5]),
        ('"a","b"', STRING, ["a", "b"], ["c", ""]),
        ('not("a", "b")', STRING, ["c"], ["a", "b"]),
        ("not(< 18)", INT, [18], [17]),
        ("true", BOOL, [True], [False]),
        ('[date("2026-01-01")..date("2026-12-31")]', DATE, [date(2026, 1, 1)], [date(2027, 1, 1)]),
        ("-", STRING, ["", "a"], []),
    ],
)
def test_a_cell_passes_its_values_and_no_others(source: str, kind: Scalar, passes: list[Any], fails: list[Any]) -> None:
    cell = compile_test(source, kind)
    assert [cell.test(value) for value in passes] == [True] * len(passes)
    assert [cell.test(value) for value in fails] == [False] * len(fails)
    assert compile_test(str(cell.region), kind).region == cell.region


@pytest.mark.parametrize("value", [UNKNOWN, None, "60", True, 60.0, 2**63])
def test_an_unanswered_input_neither_passes_nor_fails(value: object) -> None:
    assert compile_test(">= 60", INT).test(value) is None
    assert compile_test("not(60)", INT).test(value) is None


def test_a_dash_passes_even_an_unanswered_input() -> None:
    assert compile_test(" - ", INT).test(UNKNOWN) is True


@pytest.mark.parametrize(
    ("source", "kind", "cure"),
    [
        ("60", DOUBLE, "60.0"),
        ("[60..18]", INT, "smaller end first"),
        ("(1..2)", INT, "smaller end first"),
        ('< "a"', STRING, '"a", "b"'),
        ("not(-)", INT, "for any value"),
        ("not(true, false)", BOOL, "delete the row"),
        ("a", STRING, '"a", "b"'),
        (">= 1 2", INT, "or - for any value"),
        ("", INT, "or - for any value"),
        ("[1..2", INT, "Write ]"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_cure(source: str, kind: Scalar, cure: str) -> None:
    with pytest.raises(ConditionError) as caught:
        compile_test(source, kind)
    assert cure in caught.value.cure


def test_rows_show_their_overlap_and_their_gap() -> None:
    rows = [compile_test(source, INT).region for source in ("< 18", "[16..60)", "> 60")]
    assert str(rows[0].intersection(rows[1])) == "[16..17]"
    gap = rows[0].union(rows[1]).union(rows[2]).complement()
    assert str(gap) == "60"
    assert gap.example() == 60


def test_codes_not_covered_are_found_among_the_declared_codes() -> None:
    codes = only(STRING, ["food", "retail", "other"])
    covered = compile_test('"food", "retail"', STRING).region
    assert str(codes.intersection(covered.complement())) == '"other"'


_PIECES = [
    "-",
    "not(",
    ")",
    "(",
    "[",
    "]",
    "..",
    ",",
    "<",
    ">=",
    "1",
    "-2",
    "1.5",
    '"a"',
    "true",
    "date(",
    '"2026-01-31"',
    "x",
    " ",
]


@settings(deadline=None, max_examples=500)
@given(st.text() | st.lists(st.sampled_from(_PIECES), max_size=12).map("".join), st.sampled_from(list(Scalar)))
def test_any_text_is_a_cell_or_is_refused(text: str, kind: Scalar) -> None:
    cell = _compiled_or_refused(text, kind)
    assert isinstance(cell, ConditionError) or not cell.region.is_empty


def _compiled_or_refused(text: str, kind: Scalar) -> UnaryTest | ConditionError:
    try:
        return compile_test(text, kind)
    except ConditionError as error:
        return error


def _ends(kind: Scalar) -> st.SearchStrategy[Region]:
    end = st.none() | values(kind)
    return st.builds(
        lambda low, high, low_open, high_open: span(kind, low, high, low_open=low_open, high_open=high_open),
        end,
        end,
        st.booleans(),
        st.booleans(),
    )


def _regions(kind: Scalar) -> st.SearchStrategy[Region]:
    base = st.lists(values(kind), max_size=3).map(lambda listed: only(kind, listed)) | st.just(everything(kind))
    if kind in (INT, DOUBLE, DATE):
        base |= _ends(kind)
    return st.recursive(
        base,
        lambda inner: st.one_of(
            inner.map(lambda region: region.complement()),
            st.builds(lambda one, other: one.union(other), inner, inner),
            st.builds(lambda one, other: one.intersection(other), inner, inner),
        ),
        max_leaves=6,
    )


@settings(deadline=None, max_examples=500)
@given(st.data(), st.sampled_from(list(Scalar)))
def test_regions_are_sets(data: st.DataObject, kind: Scalar) -> None:
    one, other, value = data.draw(_regions(kind)), data.draw(_regions(kind)), data.draw(values(kind))
    assert (value in one.complement()) is (value not in one)
    assert (value in one.union(other)) is (value in one or value in other)
    assert (value in one.intersection(other)) is (value in one and value in other)
    assert one.complement().complement() == one
    assert one.union(one.complement()).is_full
    assert one.intersection(one.complement()).is_empty
    assert one.union(other) == other.union(one)
    example = one.example()
    assert one.is_empty if example is None and kind is not DOUBLE else example is None or example in one


@settings(deadline=None, max_examples=300)
@given(st.data(), st.sampled_from(list(Scalar)))
def test_a_region_written_as_a_cell_is_the_same_region(data: st.DataObject, kind: Scalar) -> None:
    region = data.draw(_regions(kind).filter(lambda region: not region.is_empty))
    assert compile_test(str(region), kind).region == region


@given(st.integers(-9, 9), st.integers(-9, 9), st.booleans(), st.booleans(), st.integers(-10, 10))
def test_an_interval_is_what_its_two_comparisons_say(a: int, b: int, a_open: bool, b_open: bool, value: int) -> None:
    inside = (a < value if a_open else a <= value) and (value < b if b_open else value <= b)
    assert (value in span(INT, a, b, low_open=a_open, high_open=b_open)) is inside
