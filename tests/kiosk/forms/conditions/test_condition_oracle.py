"""With every answer known, a condition means what CEL says it means; CEL C++ (cel-expr-python) is the judge.

Dates are not in CEL: they cross as day numbers, and our date functions are registered with the judge. Its errors are
our unknown. We also call a double that is not finite unknown, where CEL computes on; the judge then has to confirm
that the part we gave up on really is not finite.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from cel_expr_python import cel
from condition_strategies import TODAY, TYPES, full_answers, trees, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.forms import conditions
from kiosk.forms.conditions import DOUBLE, INT, UNKNOWN, Explanation, Group, ListOf, Node, Scalar, to_text
from kiosk.forms.conditions.operations import age, days_between, months_between, years_between

_KINDS = {
    Scalar.BOOL: cel.Type.BOOL,
    Scalar.INT: cel.Type.INT,
    Scalar.DOUBLE: cel.Type.DOUBLE,
    Scalar.STRING: cel.Type.STRING,
    Scalar.DATE: cel.Type.INT,
}


def _kind(kind: Any) -> Any:
    if isinstance(kind, ListOf):
        return cel.Type.List(_kind(kind.element))
    return cel.Type.Map(cel.Type.STRING, cel.Type.DYN) if isinstance(kind, Group) else _KINDS[kind]


def _function(name: str, parameters: list[Any], implementation: Any) -> Any:
    overload = cel.Overload(f"{name}_ours", return_type=cel.Type.INT, parameters=parameters, impl=implementation)
    return cel.FunctionDecl(name, [overload])


def _age(birth_day: int) -> int:
    years = age(TODAY, date.fromordinal(birth_day))
    if years is UNKNOWN:
        raise ValueError(birth_day)
    return years


def _on_days(function: Any) -> Any:
    return lambda start, end: function(date.fromordinal(start), date.fromordinal(end))


_TWO_DAYS = [cel.Type.INT, cel.Type.INT]
_ENVIRONMENT = cel.NewEnv(
    variables={name: _kind(kind) for name, kind in TYPES.items()},
    functions=[
        _function("date", [cel.Type.STRING], lambda text: date.fromisoformat(text).toordinal()),
        _function("today", [], TODAY.toordinal),
        _function("age", [cel.Type.INT], _age),
        _function("years_between", _TWO_DAYS, _on_days(years_between)),
        _function("months_between", _TWO_DAYS, _on_days(months_between)),
        _function("days_between", _TWO_DAYS, _on_days(days_between)),
    ],
)


def _crossing(value: Any) -> Any:
    """Return ``value`` as the judge takes it: dates as day numbers, dotted fields of rows as maps in maps."""
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, tuple):
        return [_crossing(element) for element in value]
    if not isinstance(value, dict):
        return value
    row: dict[str, Any] = {}
    for name, field in value.items():
        *outer, last = name.split(".")
        place = row
        for word in outer:
            place = place.setdefault(word, {})
        place[last] = _crossing(field)
    return row


def _judged(text: str, answers: dict[str, Any]) -> Any:
    """Return the judge's value of ``text``, its errors as ``UNKNOWN``."""
    data = {name: _crossing(value) for name, value in answers.items()}
    result = _ENVIRONMENT.compile(text).eval(data=data)
    return UNKNOWN if result.type() == cel.Type.ERROR else result.value()


def _given_up(explanation: Explanation) -> Iterator[Explanation]:
    """Yield the parts that are unknown although all their own parts are known."""
    if explanation.value is UNKNOWN:
        unknown = [part for part in explanation.parts if part.value is UNKNOWN]
        for part in unknown:
            yield from _given_up(part)
        if not unknown:
            yield explanation


_any_kind = st.sampled_from(list(Scalar)).flatmap(trees)


@settings(deadline=None, max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(_any_kind, full_answers())
def test_a_fully_answered_condition_has_the_value_cel_gives_it(tree: Node, answers: dict[str, Any]) -> None:
    text = to_text(tree)
    condition = conditions.compile(text, TYPES)
    ours, theirs = condition.evaluate(answers, TODAY), _judged(text, answers)
    if ours is UNKNOWN and theirs is not UNKNOWN:
        parts = [part for part in _given_up(condition.explain(answers, TODAY)) if "row" not in part.text]
        judged = [_judged(part.text, answers) for part in parts if part.text != text or condition.type is DOUBLE]
        assert all(value is UNKNOWN or not math.isfinite(value) for value in judged)
        return
    assert ours is theirs or ours == _back(theirs, condition.type)
    assert type(_crossing(ours)) is type(theirs)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(["+", "-", "*", "/", "%"]), values(INT), values(INT))
def test_whole_numbers_compute_as_in_cel_up_to_both_ends(operator: str, a: int, b: int) -> None:
    text, answers = f"n {operator} shop.staff", {"n": a, "shop.staff": b}
    assert conditions.compile(text, TYPES).evaluate(answers, TODAY) == _judged(text, answers)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(["+", "-", "*", "/"]), values(DOUBLE), values(DOUBLE))
def test_doubles_compute_as_in_cel_while_they_are_finite(operator: str, a: float, b: float) -> None:
    text, answers = f"x {operator} shop.area_m2", {"x": a, "shop.area_m2": b}
    theirs = _judged(text, answers)
    expected = theirs if math.isfinite(theirs) else UNKNOWN
    assert conditions.compile(text, TYPES).evaluate(answers, TODAY) == expected


@settings(deadline=None, max_examples=200)
@given(values(DOUBLE) | st.sampled_from([-(2.0**63), 2.0**63, 2.0**63 - 1024]), values(INT))
def test_conversions_are_those_of_cel(number: float, whole: int) -> None:
    answers = {"x": number, "n": whole}
    for text in ("int(x)", "double(n)", "-n"):
        assert conditions.compile(text, TYPES).evaluate(answers, TODAY) == _judged(text, answers)


def _back(value: Any, kind: Scalar) -> Any:
    return date.fromordinal(value) if kind is Scalar.DATE else value


def test_the_judge_sees_a_difference() -> None:
    answers = {"n": -7}
    assert _judged("n / 2", answers) == -3
    assert _judged("n / 0", answers) is UNKNOWN
    assert conditions.compile("n / 2", TYPES).evaluate(answers, TODAY) == -3


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(["1", "2", "-", "+", "*", "%", "/", "<", "==", "!", "true", "&&", "||", "?", ":", "(", ")"]),
        max_size=14,
    )
)
def test_whatever_compiles_here_compiles_as_cel_with_the_same_value(words: list[str]) -> None:
    text = " ".join(words)
    try:
        condition = conditions.compile(text, {})
    except conditions.ConditionError:
        return
    assert condition.evaluate({}, TODAY) == _judged(text, {})
