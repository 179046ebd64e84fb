"""What a condition says, asks and explains, in the words of the services."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from condition_strategies import TODAY

from kiosk.forms import conditions
from kiosk.forms.conditions import (
    BOOL,
    DATE,
    DOUBLE,
    INT,
    MAX_DEPTH,
    MAX_NODES,
    MAX_SOURCE_LENGTH,
    STRING,
    UNKNOWN,
    Condition,
    ConditionError,
    Group,
    ListOf,
)
from kiosk.forms.conditions.operations import months_between, years_between

TYPES: dict[str, Any] = {
    "person.birth_date": DATE,
    "person.income_fen": INT,
    "person.name": STRING,
    "vip": BOOL,
    "shop.area_m2": DOUBLE,
    "shop.kind": STRING,
    "shop.trades": ListOf(STRING),
    "children": ListOf(Group({"birth_date": DATE, "schools": ListOf(Group({"code": STRING}))})),
}


def _compile(source: str) -> Condition:
    return conditions.compile(source, TYPES)


@pytest.mark.parametrize(
    ("source", "answers", "holds"),
    [
        ("person.income_fen < 300000", {}, None),
        ("age(person.birth_date) >= 18 || vip", {"vip": True}, True),
        ("age(person.birth_date) >= 18 && vip", {"vip": False}, False),
        ("size(person.name) == 2", {"person.name": "张三"}, True),
        ("size(children) > 0", {}, None),
        ("size(children) > 0", {"children": ()}, False),
        ("person.income_fen / 0 > 1", {"person.income_fen": 1}, None),
        ("person.income_fen * 2 > 1", {"person.income_fen": 2**62}, None),
        ('"food" in shop.trades', {"shop.trades": ["food"]}, True),
        ('shop.kind in ["a", "b"]', {"shop.kind": "b"}, True),
        ("shop.area_m2 < 60.0", {"shop.area_m2": 59}, True),
        ("shop.area_m2 < 60.0", {"shop.area_m2": "59"}, None),
        ("vip", {"vip": 1}, None),
        ("person.birth_date < today()", {"person.birth_date": datetime(2020, 1, 1)}, None),  # noqa: DTZ001 - a wrong type
        ("age(person.birth_date) < 18", {"person.birth_date": date(2027, 1, 1)}, None),
        (
            "children.exists(c, months_between(c.birth_date, today()) < 6)",
            {"children": ({"birth_date": date(2020, 1, 1)}, {"birth_date": date(2025, 12, 1)})},
            True,
        ),
        ("children.exists(c, months_between(c.birth_date, today()) < 6)", {"children": ({},)}, None),
        ("children.all(c, age(c.birth_date) < 18)", {"children": ({}, {"birth_date": date(1990, 1, 1)})}, False),
        (
            'children.exists(c, c.schools.exists(s, s.code == "7" && c.birth_date < today()))',
            {"children": ({"birth_date": date(2020, 1, 1), "schools": ({"code": "7"},)},)},
            True,
        ),
        ("vip // a comment\n && true", {"vip": True}, True),
    ],
)
def test_a_condition_holds_fails_or_is_unknown(source: str, answers: dict[str, Any], holds: bool | None) -> None:
    assert _compile(source).test(answers, TODAY) is holds


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 2, 29), date(2028, 2, 28), 47),
        (date(2025, 9, 1), date(2026, 3, 1), 6),
        (date(2025, 9, 2), date(2026, 3, 1), 5),
        (date(2026, 3, 1), date(2025, 9, 1), -6),
    ],
)
def test_months_are_full_on_the_corresponding_day_or_the_last_of_the_month(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


def test_a_year_of_age_is_reached_on_the_birthday_itself() -> None:
    adult = _compile("age(person.birth_date) >= 18")
    assert adult.test({"person.birth_date": date(2008, 3, 1)}, date(2026, 2, 28)) is False
    assert adult.test({"person.birth_date": date(2008, 3, 1)}, date(2026, 3, 1)) is True
    assert years_between(date(2008, 2, 29), date(2026, 2, 28)) == 18


@pytest.mark.parametrize(
    ("source", "column", "message", "cure"),
    [
        ("persn.birth_date < today()", 1, "unknown name persn.birth_date", "Did you mean person.birth_date?"),
        ("children.exists(c, c.birth_dat < today())", 20, "unknown name c.birth_dat", "Did you mean c.birth_date?"),
        ("shop.area_m2 < 60", 16, "60 is of type int", "Write 60.0."),
        ("shop.area_m2 < person.income_fen", 16, "is of type int", "Write double(person.income_fen)."),
        ("person.income_fen == 1.5", 22, "1.5 is of type double", "whole number"),
        ('person.birth_date < "2026-01-01"', 21, "is of type string", 'Write date("2026-01-01").'),
        ('date("2026-02-30") < today()', 6, "no day of the calendar", 'date("2026-01-31")'),
        ("vip = true", 5, "'='", "Write =="),
        ("vip and vip", 5, "'and'", "Write &&."),
        ("vip ＆＆ vip", 5, "'＆'", "half width"),
        ("shop.kind == “food”", 14, "'“'", "straight quotes"),
        ("has(vip)", 1, "has is not part", "unknown by itself"),
        ("vip == null", 8, "null is not part", "unknown by itself"),
        ("children", 1, "list<group>", "exists"),
        ("children[0].birth_date == today()", 9, "'['", "exists or all"),
        ("children.exists(shop, true)", 10, "shop already names", "another name"),
        ("children.exists(c, c)", 20, "c is a whole row", "c.birth_date"),
        ("person.income_fen == 9223372036854775808", 22, "64 bits", "smaller"),
        ("shop.area_m2 < 1e999", 16, "larger than any double", "smaller"),
        ("shop.area_m2 < 1.0u", 16, "is not a number", "decimal"),
        ('shop.kind == r"a"', 14, "begins no string", "Raw strings"),
        ('shop.kind.matches("a*")', 11, "unknown method matches", "Known are"),
        (r'shop.kind == "\ud800"', 15, "stands for no character", "code point"),
        ("!" * 40 + "vip", 33, f"more than {MAX_DEPTH} levels", "Split it"),
        ("(" * 2000 + "vip", 33, f"more than {MAX_DEPTH} levels", "Split it"),
        (" && ".join(["vip"] * MAX_NODES), 3494, f"more than {MAX_NODES} parts", "Split it"),
        ("v" * (MAX_SOURCE_LENGTH + 1), MAX_SOURCE_LENGTH + 1, "more than 4000", "Split it"),
    ],
)
def test_what_is_refused_names_its_place_and_its_cure(source: str, column: int, message: str, cure: str) -> None:
    with pytest.raises(ConditionError) as caught:
        _compile(source)
    assert (caught.value.line, caught.value.column) == (1, column)
    assert message in caught.value.message
    assert cure in caught.value.cure


def test_an_error_shows_the_line_it_stands_in() -> None:
    with pytest.raises(ConditionError) as caught:
        _compile("vip &&\n  shop.kind > 1")
    assert (caught.value.line, caught.value.column) == (2, 15)
    assert "\n    shop.kind > 1\n                ^\n" in str(caught.value)


def test_an_expected_type_is_required() -> None:
    with pytest.raises(ConditionError, match="bool is needed"):
        conditions.compile("person.income_fen", TYPES, expect=BOOL)
    amount = _compile("vip ? 100 : person.income_fen / 10")
    assert amount.evaluate({"vip": False, "person.income_fen": 70}, TODAY) == 7
    with pytest.raises(TypeError, match="not bool"):
        amount.test({}, TODAY)


def test_unknown_refuses_to_be_taken_for_true_or_false() -> None:
    with pytest.raises(TypeError, match="is UNKNOWN"):
        bool(_compile("vip").evaluate({}, TODAY))
    assert (repr(UNKNOWN), str(UNKNOWN)) == ("UNKNOWN", "unknown")


def test_names_include_the_fields_of_repeats() -> None:
    condition = _compile("vip || children.exists(c, c.schools.all(s, s.code == person.name))")
    assert condition.names == {"vip", "children", "children.schools", "children.schools.code", "person.name"}


@pytest.mark.parametrize(
    ("source", "answers", "missing"),
    [
        ("age(person.birth_date) >= 18 && shop.area_m2 < 60.0 || vip", {"shop.area_m2": 70}, ("vip",)),
        ("vip ? person.income_fen > 1 : shop.area_m2 > 1.0", {}, ("vip", "person.income_fen", "shop.area_m2")),
        ("vip ? person.income_fen > 1 : shop.area_m2 > 1.0", {"vip": True}, ("person.income_fen",)),
        ("1 / 0 + person.income_fen > 1", {}, ()),
        ("1 / 0 > 1 || vip", {}, ("vip",)),
        ("children.all(c, age(c.birth_date) < 18)", {}, ("children",)),
        (
            "children.all(c, age(c.birth_date) < 18)",
            {"children": ({}, {"birth_date": date(2020, 1, 1)}, {"birth_date": "x"})},
            ("children[0].birth_date", "children[2].birth_date"),
        ),
    ],
)
def test_only_answers_that_could_still_decide_are_missing(
    source: str, answers: dict[str, Any], missing: tuple[str, ...]
) -> None:
    assert _compile(source).missing(answers, TODAY) == missing


def test_an_explanation_gives_the_fewest_statements_that_decided() -> None:
    source = "age(person.birth_date) >= 18 && shop.area_m2 < 60.0 || !vip"
    answers = {"person.birth_date": date(1990, 1, 1), "shop.area_m2": 70.0, "vip": True}
    explanation = _compile(source).explain(answers, TODAY)
    assert explanation.value is False
    assert [(reason.text, reason.value) for reason in explanation.reasons()] == [
        ("shop.area_m2 < 60.0", False),
        ("vip", True),
    ]
    assert explanation.answers == ("shop.area_m2", "vip")


def test_an_explanation_names_the_row_that_decided() -> None:
    condition = _compile("children.exists(c, age(c.birth_date) < 6)")
    rows = ({"birth_date": date(2010, 1, 1)}, {"birth_date": date(2024, 1, 1)})
    explanation = condition.explain({"children": rows}, TODAY)
    (reason,) = explanation.reasons()
    assert (reason.text, reason.place, reason.value) == ("age(c.birth_date) < 6", "children[1]", True)
    assert explanation.answers == ("children", "children[1].birth_date")


def test_an_explanation_of_an_open_condition_names_what_leaves_it_open() -> None:
    explanation = _compile("vip && person.income_fen > 1").explain({"vip": True}, TODAY)
    assert explanation.value is UNKNOWN
    assert explanation.answers == ("person.income_fen",)
