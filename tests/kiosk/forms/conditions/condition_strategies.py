"""Random well-typed conditions and answers to them, for the property tests."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from kiosk.forms.conditions import BOOL, DATE, DOUBLE, INT, STRING, UNKNOWN, Group, ListOf, Node, Scalar
from kiosk.forms.conditions.tree import Binary, Call, Choice, Listing, Literal, Logic, Loop, Name, Unary

TODAY = date(2026, 3, 1)
CHILD = Group({"born": DATE, "name": STRING, "count": INT, "in_care": BOOL, "home.area": DOUBLE})
TYPES: Mapping[str, Any] = {
    "b": BOOL,
    "person.married": BOOL,
    "n": INT,
    "shop.staff": INT,
    "x": DOUBLE,
    "shop.area_m2": DOUBLE,
    "s": STRING,
    "person.name": STRING,
    "d": DATE,
    "person.birth_date": DATE,
    "tags": ListOf(STRING),
    "sizes": ListOf(INT),
    "children": ListOf(CHILD),
}

_WORDS = st.sampled_from(["", "a", "张三", "a张", "quote\"'\\", "\n\t\x07", "😀", "b"])
_VALUES: Mapping[Scalar, st.SearchStrategy[Any]] = {
    BOOL: st.booleans(),
    INT: st.integers(-3, 3) | st.sampled_from([-(2**63), 2**63 - 1, 18, 60]) | st.integers(-(2**63), 2**63 - 1),
    DOUBLE: st.sampled_from([0.0, 1.0, -1.5, 60.0, 0.1, 1e300, -1e300, 5e-324])
    | st.floats(allow_nan=False, allow_infinity=False),
    STRING: _WORDS | st.text(st.characters(codec="utf-8"), max_size=4),
    DATE: st.sampled_from([TODAY, date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)])
    | st.dates(date(1920, 1, 1), date(2030, 1, 1)),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return known values of ``kind``; every field of every row is known."""
    if isinstance(kind, Scalar):
        return _VALUES[kind]
    if isinstance(kind, Group):
        return st.fixed_dictionaries({name: values(field) for name, field in kind.fields.items()})
    return st.lists(values(kind.element), max_size=3).map(tuple)


def full_answers() -> st.SearchStrategy[dict[str, Any]]:
    """Return answers to every name."""
    return st.fixed_dictionaries({name: values(kind) for name, kind in TYPES.items()})


@st.composite
def fewer(draw: st.DrawFn, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``answers`` with some of them, or some fields of some rows, unanswered."""
    kept: dict[str, Any] = {}
    for name, value in answers.items():
        if draw(st.booleans()):
            if name == "children" and isinstance(value, tuple):
                kept[name] = tuple({f: v for f, v in row.items() if draw(st.booleans())} for row in value)
            else:
                kept[name] = value
        elif draw(st.booleans()):
            kept[name] = draw(st.sampled_from([UNKNOWN, None]))
    return kept


Scope = tuple[tuple[str, str], ...]
"""The loops' variables around a place, with the name of the list each goes over."""


def _names(kind: Any, scope: Scope) -> list[Name]:
    found = [Name(name) for name, of in TYPES.items() if of == kind]
    for variable, repeat in scope:
        of = TYPES[repeat].element
        if isinstance(of, Group):
            found += [Name(f"{variable}.{field}") for field, field_kind in of.fields.items() if field_kind == kind]
        elif of == kind:
            found.append(Name(variable))
    return found


def _leaf(kind: Scalar, scope: Scope) -> st.SearchStrategy[Node]:
    return st.sampled_from(_names(kind, scope)) | _VALUES[kind].map(lambda value: Literal(value, kind))


@functools.cache  # hypothesis looks through a whole strategy before its first draw
def trees(kind: Scalar = BOOL, depth: int = 3, scope: Scope = ()) -> st.SearchStrategy[Node]:
    """Return well-typed trees of ``kind``, at most ``depth`` levels above their leaves."""
    if depth == 0:
        return _leaf(kind, scope)
    return st.one_of(_leaf(kind, scope), st.deferred(lambda: _composed(kind, depth - 1, scope)))


def _composed(kind: Scalar, depth: int, scope: Scope) -> st.SearchStrategy[Node]:
    def of(inner: Scalar, within: Scope = scope) -> st.SearchStrategy[Node]:
        return trees(inner, depth, within)

    choices: list[st.SearchStrategy[Node]] = [st.builds(Choice, of(BOOL), of(kind), of(kind))]
    if kind is BOOL:
        choices += _statements(of, depth, scope)
    if kind in (INT, DOUBLE):
        operators = ["+", "-", "*", "/", "%"] if kind is INT else ["+", "-", "*", "/"]
        choices.append(st.builds(Binary, st.sampled_from(operators), of(kind), of(kind)))
        # a minus before a number is the number's own sign
        choices.append(of(kind).filter(lambda node: not isinstance(node, Literal)).map(lambda node: Unary("-", node)))
    if kind is INT:
        lists = [name for of_kind in TYPES.values() if isinstance(of_kind, ListOf) for name in _names(of_kind, ())]
        choices.append((of(STRING) | st.sampled_from(lists)).map(lambda node: Call("size", (node,))))
        choices.append(of(DOUBLE).map(lambda node: Call("int", (node,))))
        choices.append(of(DATE).map(lambda node: Call("age", (node,))))
        between = st.sampled_from(["years_between", "months_between", "days_between"])
        choices.append(st.builds(lambda name, a, b: Call(name, (a, b)), between, of(DATE), of(DATE)))
    if kind is DOUBLE:
        choices.append(of(INT).map(lambda node: Call("double", (node,))))
    if kind is STRING:
        choices.append(st.builds(Binary, st.just("+"), of(kind), of(kind)))
    if kind is DATE:
        choices.append(st.just(Call("today", ())))
    return st.one_of(choices)


def _statements(of: Any, depth: int, scope: Scope) -> list[st.SearchStrategy[Node]]:
    equal = st.sampled_from(list(Scalar)).flatmap(
        lambda kind: st.builds(Binary, st.sampled_from(["==", "!="]), of(kind), of(kind))
    )
    ordered = st.sampled_from([INT, DOUBLE, STRING, DATE]).flatmap(
        lambda kind: st.builds(Binary, st.sampled_from(["<", "<=", ">", ">="]), of(kind), of(kind))
    )
    listed = st.sampled_from(list(Scalar)).flatmap(
        lambda kind: st.builds(
            Binary, st.just("in"), of(kind), st.lists(of(kind), min_size=1, max_size=3).map(tuple).map(Listing)
        )
    )
    among = st.sampled_from([STRING, INT]).flatmap(
        lambda kind: st.builds(Binary, st.just("in"), of(kind), st.sampled_from(_names(ListOf(kind), ())))
    )
    logic = st.builds(Logic, st.sampled_from(["&&", "||"]), st.lists(of(BOOL), min_size=2, max_size=3).map(tuple))
    methods = st.sampled_from(["startsWith", "endsWith", "contains"])
    asked = st.builds(lambda name, target, part: Call(name, (part,), target), methods, of(STRING), of(STRING))
    found = [equal, ordered, listed, among, logic, logic, asked, of(BOOL).map(lambda node: Unary("!", node))]
    if len(scope) < 2 and depth > 0:
        variable = f"row{len(scope)}"
        for name in ("children", "tags", "sizes"):
            body = of(BOOL, (*scope, (variable, name)))
            found.append(
                st.builds(Loop, st.sampled_from(["all", "exists"]), st.just(Name(name)), st.just(variable), body)
            )
    return found
