"""What holds for every condition: Kleene's laws, monotony, soundness of missing answers and of explanations."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from condition_strategies import TODAY, TYPES, fewer, full_answers, trees
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.forms import conditions
from kiosk.forms.conditions import BOOL, UNKNOWN, Condition, ConditionError, Node, Scalar, parse, to_text

_ANY_KIND = st.sampled_from(list(Scalar)).flatmap(trees)
_settings = settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
_LOGIC = {"p": BOOL, "q": BOOL, "r": BOOL}
_THREE = (True, False, UNKNOWN)


def _compiled(tree: Node) -> Condition:
    """Compile ``tree`` from its text; hypothesis passes over the few that are too large."""
    return conditions.compile(to_text(tree), TYPES)


def _same(one: str, other: str) -> bool:
    """Say whether two conditions agree on all 27 combinations of true, false and unknown."""
    left, right = conditions.compile(one, _LOGIC), conditions.compile(other, _LOGIC)
    combinations = (dict(zip("pqr", values, strict=True)) for values in itertools.product(_THREE, repeat=3))
    return all(left.evaluate(answers, TODAY) is right.evaluate(answers, TODAY) for answers in combinations)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p && q", "q && p"),
        ("p || q", "q || p"),
        ("(p && q) && r", "p && (q && r)"),
        ("(p || q) || r", "p || (q || r)"),
        ("p && (q || r)", "p && q || p && r"),
        ("p || q && r", "(p || q) && (p || r)"),
        ("!(p && q)", "!p || !q"),
        ("!(p || q)", "!p && !q"),
        ("!!p", "p"),
        ("p && p", "p"),
        ("p && (p || q)", "p"),
        ("p && true", "p"),
        ("p && false", "false"),
        ("p || true", "true"),
        ("p || false", "p"),
    ],
)
def test_kleene_laws_hold_for_true_false_and_unknown(one: str, other: str) -> None:
    assert _same(one, other)


def test_the_law_of_the_excluded_middle_does_not_hold_for_unknown() -> None:
    assert conditions.compile("p || !p", _LOGIC).test({}, TODAY) is None
    assert not _same("p || !p", "true")


@_settings
@given(_ANY_KIND)
def test_a_tree_written_as_text_parses_to_itself(tree: Node) -> None:
    assert parse(to_text(tree)) == tree


@_settings
@given(_ANY_KIND, full_answers(), st.data())
def test_answering_more_never_changes_what_was_decided(tree: Node, full: dict[str, Any], data: st.DataObject) -> None:
    condition = _compiled(tree)
    more = data.draw(fewer(full))
    less = data.draw(fewer(more))
    before, after = condition.evaluate(less, TODAY), condition.evaluate(more, TODAY)
    assert before is UNKNOWN or before == after


def _without(answers: dict[str, Any], full: dict[str, Any], places: tuple[str, ...]) -> dict[str, Any]:
    """Return ``full``, except that ``places`` stay as unanswered as in ``answers``."""
    filled: dict[str, Any] = {}
    for name, value in full.items():
        known = answers.get(name)
        unanswered = known is None or known is UNKNOWN
        if unanswered and name in places:
            continue
        if isinstance(value, tuple) and value and isinstance(value[0], dict) and not unanswered:
            filled[name] = tuple(
                {field: of for field, of in row.items() if f"{name}[{index}].{field}" not in places}
                for index, row in enumerate(value)
            )
        else:
            filled[name] = value
    return filled


@_settings
@given(_ANY_KIND, full_answers(), st.data())
def test_what_is_not_missing_cannot_decide(tree: Node, full: dict[str, Any], data: st.DataObject) -> None:
    condition = _compiled(tree)
    answers = data.draw(fewer(full))
    missing = condition.missing(answers, TODAY)
    if condition.evaluate(answers, TODAY) is UNKNOWN:
        assert condition.evaluate(_without(answers, full, missing), TODAY) is UNKNOWN
    else:
        assert missing == ()
    assert {place.partition("[")[0] for place in missing} <= condition.names


def _just(full: dict[str, Any], places: tuple[str, ...]) -> dict[str, Any]:
    """Return only the answers at ``places``; a repeat named alone keeps its rows, empty."""
    kept: dict[str, Any] = {}
    for name, value in full.items():
        if isinstance(value, tuple) and value and isinstance(value[0], dict):
            rows = tuple(
                {field: of for field, of in row.items() if f"{name}[{index}].{field}" in places}
                for index, row in enumerate(value)
            )
            if name in places:
                kept[name] = rows
        elif name in places or any(place.startswith(f"{name}[") for place in places):
            kept[name] = value
    return kept


@_settings
@given(_ANY_KIND, full_answers(), st.data())
def test_the_answers_of_an_explanation_suffice(tree: Node, full: dict[str, Any], data: st.DataObject) -> None:
    condition = _compiled(tree)
    answers = data.draw(fewer(full))
    explanation = condition.explain(answers, TODAY)
    value = condition.evaluate(answers, TODAY)
    assert explanation.value is value or explanation.value == value
    assert explanation.reasons()
    if value is not UNKNOWN:
        assert condition.evaluate(_just(answers, explanation.answers), TODAY) == value


@_settings
@given(trees(), st.dictionaries(st.sampled_from(list(TYPES)), st.from_type(object) | st.integers() | st.text()))
def test_evaluating_never_raises_whatever_the_answers_are(tree: Node, answers: dict[str, object]) -> None:
    assert _compiled(tree).test(answers, TODAY) in (True, False, None)


_FRAGMENTS = [
    "(",
    ")",
    "[",
    "]",
    "&&",
    "||",
    "!",
    "-",
    "?",
    ":",
    ",",
    ".",
    "..",
    "==",
    "<",
    "in",
    "n",
    "b",
    "1",
    "1.5",
    '"',
]
_FRAGMENTS += [
    "'",
    "\\",
    "children",
    ".exists(",
    ".all(",
    "c",
    "date(",
    '"2026-01-31"',
    "size(",
    "null",
    " ",
    "\n",
    "//",
]
_FRAGMENTS += ["（", "9223372036854775808", "1e999", "\ud800", "\\ud800", "not(", "true", "today()", "{"]


@settings(deadline=None, max_examples=1000)
@given(st.text() | st.lists(st.sampled_from(_FRAGMENTS), max_size=40).map("".join))
def test_any_text_compiles_or_is_refused_with_a_place_and_a_cure(text: str) -> None:
    outcome = _compiled_or_refused(text)
    if isinstance(outcome, Condition):
        assert parse(to_text(outcome.tree)) == outcome.tree
        return
    assert 1 <= outcome.line <= text.count("\n") + 1
    assert 1 <= outcome.column <= len(text) + 1
    assert outcome.message
    assert outcome.cure.endswith((".", "?", "…"))
    assert outcome.cure in str(outcome)


def _compiled_or_refused(text: str) -> Condition | ConditionError:
    try:
        return conditions.compile(text, TYPES)
    except ConditionError as error:
        return error
