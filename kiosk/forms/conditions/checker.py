"""A tree and the declared types become parts: every part knows its type, what it needs, and how to compute itself.

A part computes itself by a closure over the closures of its parts, so that evaluating walks no tree and looks up no
operator. The tree of parts stays beside the closures for explanations and for missing answers.
"""

from __future__ import annotations

import difflib
import enum
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

import msgspec

from kiosk.forms.conditions.errors import ConditionError, fault
from kiosk.forms.conditions.operations import (
    ARITHMETIC,
    COMPARISONS,
    FUNCTIONS,
    METHODS,
    SIGNS,
    Operation,
    Signature,
    age,
    contains,
    has_size,
)
from kiosk.forms.conditions.tree import (
    Binary,
    Call,
    Choice,
    Listing,
    Literal,
    Logic,
    Loop,
    Name,
    Node,
    Unary,
    to_text,
)
from kiosk.forms.conditions.values import (
    BOOL,
    DATE,
    DOUBLE,
    INT,
    STRING,
    UNKNOWN,
    Admission,
    Answers,
    Group,
    ListOf,
    Scalar,
    Type,
    Types,
    admission,
)

Rows: TypeAlias = tuple[Any, ...]
"""The current row of each loop around a part, outermost first."""
Run: TypeAlias = Callable[[Answers, date, Rows], Any]
"""Computes a part from the answers, today and the loops' rows; returns a value or ``UNKNOWN``, never raises."""

MAX_LOOPS: Final = 3
"""Loops inside one another: children, their schools, their years."""


class Rule(enum.Enum):
    """How a part's value follows from its parts."""

    ANSWER = "answer"
    """It is an answer."""
    STRICT = "strict"
    """It is known when all its parts are."""
    AND = "and"
    OR = "or"
    CHOICE = "choice"
    ALL = "all"
    EXISTS = "exists"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a checked condition.

    Attributes:
        node: Where it comes from.
        kind: Its type.
        rule: How its value follows from ``parts``.
        parts: Its parts; of a loop, the repeat and the body.
        run: Computes it.
        key: Of an answer, its name, relative to the row when ``frame`` is a loop's. Empty for the row itself.
        frame: Of an answer, which loop's row it is read from; -1 for the answers themselves.
        name: Of an answer, its declared name, ``children.birth_date`` for a field of a repeat.
    """

    node: Node
    kind: Type
    rule: Rule
    parts: tuple[Part, ...]
    run: Run
    key: str = ""
    frame: int = -1
    name: str = ""


class _Row(msgspec.Struct, frozen=True):
    """A loop's variable: where its row stands, what it is, and the declared name of its repeat."""

    frame: int
    kind: Scalar | Group
    repeat: str


def check(node: Node, types: Types, source: str) -> Part:
    """Return ``node`` with its types checked.

    Raises:
        ConditionError: A name is not declared, or a type does not fit. It names the place and the cure.
    """
    return _Checker(types, source).check(node, {})


Scope: TypeAlias = Mapping[str, _Row]


class _Checker:
    """Checks one tree. ``scope`` holds the loops' variables around a part."""

    def __init__(self, types: Types, source: str) -> None:
        self._types = types
        self._source = source
        self._first_words = {name.partition(".")[0] for name in types}

    def _error(self, node: Node, message: str, cure: str) -> ConditionError:
        return fault(message, self._source, node.at, cure)

    def check(self, node: Node, scope: Scope) -> Part:
        match node:
            case Literal(value, kind):
                return Part(node=node, kind=kind, rule=Rule.STRICT, parts=(), run=lambda _v, _t, _r: value)
            case Name():
                return self._name(node, scope)
            case Listing():
                return self._listing(node, scope)
            case Unary():
                return self._sign(node, scope)
            case Binary():
                return self._in(node, scope) if node.operator == "in" else self._binary(node, scope)
            case Logic():
                return self._logic(node, scope)
            case Choice():
                return self._choice(node, scope)
            case Call():
                return self._call(node, scope)
            case Loop():
                return self._loop(node, scope)

    def _value(self, node: Node, scope: Scope, *kinds: Type, where: str) -> Part:
        """Check ``node``, which must be of one of ``kinds``."""
        part = self.check(node, scope)
        if part.kind in kinds:
            return part
        wanted = " or ".join(str(kind) for kind in kinds)
        message = f"{to_text(node)} is of type {part.kind}, but {where} needs {wanted}"
        raise self._error(node, message, _conversion(node, part.kind, kinds[0]))

    def _name(self, node: Name, scope: Scope) -> Part:
        word, _, rest = node.path.partition(".")
        if word in scope:
            return self._of_row(node, scope[word], rest)
        kind = self._types.get(node.path)
        if kind is None:
            raise self._error(node, f"unknown name {node.path}", _suggestion(node.path, self._types))
        if isinstance(kind, Group):
            raise self._error(node, f"{node.path} is a group", "Name one of its fields.")
        run = _read_answer(node.path, admission(kind))
        return Part(node=node, kind=kind, rule=Rule.ANSWER, parts=(), run=run, key=node.path, name=node.path)

    def _of_row(self, node: Name, row: _Row, field: str) -> Part:
        kind: Type | None = row.kind
        variable = node.path.partition(".")[0]
        if isinstance(row.kind, Group):
            if not field:
                example = next(iter(row.kind.fields), "field")
                raise self._error(node, f"{variable} is a whole row", f"Name one of its fields: {variable}.{example}.")
            kind = row.kind.fields.get(field)
            if kind is None or isinstance(kind, Group):
                known = {f"{variable}.{name}": known for name, known in row.kind.fields.items()}
                raise self._error(node, f"unknown name {node.path}", _suggestion(node.path, known))
        elif field:
            raise self._error(node, f"{variable} is of type {row.kind} and has no fields", f"Write {variable}.")
        return Part(
            node=node,
            kind=row.kind if kind is None else kind,
            rule=Rule.ANSWER,
            parts=(),
            run=_read_row(row.frame, field, admission(row.kind if kind is None else kind)),
            key=field,
            frame=row.frame,
            name=f"{row.repeat}.{field}" if field else row.repeat,
        )

    def _listing(self, node: Listing, scope: Scope) -> Part:
        if not node.items:
            raise self._error(node, "an empty list holds nothing", "List at least one value.")
        first = self._value(node.items[0], scope, *Scalar, where="a list")
        rest = [self._value(item, scope, first.kind, where="a list of one type") for item in node.items[1:]]
        if not isinstance(first.kind, Scalar):
            raise self._error(node, "lists hold single values", "List values of one type.")
        part = _strict(node, ListOf(first.kind), (first, *rest), lambda *values: values)
        if all(isinstance(item, Literal) for item in node.items):
            constant = tuple(item.value for item in node.items if isinstance(item, Literal))
            return msgspec.structs.replace(part, run=lambda _v, _t, _r: constant)
        return part

    def _sign(self, node: Unary, scope: Scope) -> Part:
        kinds = [kind for operator, kind in SIGNS if operator == node.operator]
        operand = self._value(node.operand, scope, *kinds, where=node.operator)
        return _strict(node, operand.kind, (operand,), SIGNS[node.operator, _scalar(operand)])

    def _in(self, node: Binary, scope: Scope) -> Part:
        left = self._value(node.left, scope, *Scalar, where="in")
        right = self._value(node.right, scope, ListOf(_scalar(left)), where=f"{to_text(node.left)} in")
        return _strict(node, BOOL, (left, right), contains)

    def _binary(self, node: Binary, scope: Scope) -> Part:
        if node.operator in COMPARISONS:
            kinds, operation = COMPARISONS[node.operator]
        else:
            kinds = tuple(kind for operator, kind in ARITHMETIC if operator == node.operator)
        left = self._value(node.left, scope, *kinds, where=node.operator)
        right = self._value(node.right, scope, left.kind, where=f"{to_text(node.left)} {node.operator}")
        if node.operator in COMPARISONS:
            return _strict(node, BOOL, (left, right), operation)
        return _strict(node, left.kind, (left, right), ARITHMETIC[node.operator, _scalar(left)])

    def _logic(self, node: Logic, scope: Scope) -> Part:
        parts = tuple(self._value(part, scope, BOOL, where=node.operator) for part in node.parts)
        rule = Rule.AND if node.operator == "&&" else Rule.OR
        return Part(node=node, kind=BOOL, rule=rule, parts=parts, run=_run_logic(rule, [part.run for part in parts]))

    def _choice(self, node: Choice, scope: Scope) -> Part:
        condition = self._value(node.condition, scope, BOOL, where="?")
        then = self._value(node.then, scope, *Scalar, where="a result of ?")
        otherwise = self._value(node.otherwise, scope, then.kind, where="the other result of ?")
        parts = (condition, then, otherwise)
        return Part(node=node, kind=then.kind, rule=Rule.CHOICE, parts=parts, run=_run_choice(*(p.run for p in parts)))

    def _call(self, node: Call, scope: Scope) -> Part:
        if node.target is not None:
            signature = METHODS.get(node.function)
            if signature is None:
                cure = _suggestion(node.function, (*METHODS, "all", "exists"))
                raise self._error(node, f"unknown method {node.function}", cure)
            return self._apply(node, signature, (node.target, *node.arguments), scope)
        if node.function in FUNCTIONS:
            return self._apply(node, FUNCTIONS[node.function], node.arguments, scope)
        match node.function, node.arguments:
            case "today", ():
                return Part(node=node, kind=DATE, rule=Rule.STRICT, parts=(), run=lambda _v, today, _r: today)
            case "age", (birth_date,):
                part = self._value(birth_date, scope, DATE, where="age")
                return Part(node=node, kind=INT, rule=Rule.STRICT, parts=(part,), run=_run_age(part.run))
            case "size", (sized,):
                part = self.check(sized, scope)
                if not has_size(part.kind):
                    message = f"{to_text(sized)} is of type {part.kind} and has no size"
                    raise self._error(sized, message, "size takes a string or a list.")
                return _strict(node, INT, (part,), len)
            case (("today" | "age" | "size"), _):
                cure = f"Write {'today()' if node.function == 'today' else f'{node.function}(name)'}."
                raise self._error(node, f"{node.function} has the wrong number of values", cure)
        if node.function == "has":
            cure = "What is unanswered is unknown by itself; a condition cannot ask whether it was answered."
            raise self._error(node, "has is not part of the language", cure)
        known = (*FUNCTIONS, "today", "age", "size", "date")
        raise self._error(node, f"unknown function {node.function}", _suggestion(node.function, known))

    def _apply(self, node: Call, signature: Signature, arguments: tuple[Node, ...], scope: Scope) -> Part:
        wanted = signature.parameters
        if len(arguments) != len(wanted):
            message = f"{node.function} takes {len(wanted)} values, not {len(arguments)}"
            if node.target is not None:
                message = f"{node.function} takes {len(wanted) - 1} values, not {len(arguments) - 1}"
            raise self._error(node, message, f"Its values are: {', '.join(str(kind) for kind in wanted)}.")
        parts = tuple(
            self._value(argument, scope, kind, where=node.function)
            for argument, kind in zip(arguments, wanted, strict=True)
        )
        return _strict(node, signature.result, parts, signature.operation)

    def _loop(self, node: Loop, scope: Scope) -> Part:
        repeat = self.check(node.repeat, scope)
        if not isinstance(repeat.kind, ListOf):
            message = f"{node.repeat.path} is of type {repeat.kind}, not a list"
            raise self._error(node, message, f"{node.macro} goes over the rows of a repeat.")
        if node.variable in scope or node.variable in self._first_words:
            message = f"{node.variable} already names something else"
            raise self._error(node, message, "Choose another name for the row.")
        if len(scope) == MAX_LOOPS:
            message = f"more than {MAX_LOOPS} loops inside one another"
            raise self._error(node, message, "Split the condition.")
        row = _Row(len(scope), repeat.kind.element, repeat.name)
        where = f"{node.macro}({node.variable}, …)"
        body = self._value(node.body, {**scope, node.variable: row}, BOOL, where=where)
        rule = Rule.ALL if node.macro == "all" else Rule.EXISTS
        run = _run_loop(repeat.run, body.run, decides=rule is Rule.EXISTS)
        return Part(node=node, kind=BOOL, rule=rule, parts=(repeat, body), run=run)


def _scalar(part: Part) -> Scalar:
    if not isinstance(part.kind, Scalar):
        raise TypeError(part.kind)
    return part.kind


def _suggestion(name: str, known: Mapping[str, Type] | tuple[str, ...]) -> str:
    """Return the cure for an unknown name: the nearest known one, or where to declare it."""
    near = difflib.get_close_matches(name, list(known), n=1)
    if near:
        return f"Did you mean {near[0]}?"
    if isinstance(known, tuple):
        return f"Known are: {', '.join(known)}."
    return "Declare it as a data element, or correct the name."


def _conversion(node: Node, kind: Type, wanted: Type) -> str:
    """Return the cure for ``node`` being of ``kind`` where ``wanted`` is needed. Nothing converts by itself."""
    text = to_text(node)
    if (kind, wanted) == (INT, DOUBLE):
        return f"Write {text}.0." if isinstance(node, Literal) else f"Write double({text})."
    if (kind, wanted) == (DOUBLE, INT):
        return f"Write a whole number, or int({text}) to drop the fraction."
    if (kind, wanted) == (STRING, DATE) and isinstance(node, Literal):
        return f"Write date({text})."
    if (kind, wanted) == (STRING, BOOL) or (kind, wanted) == (INT, BOOL):
        return f"Compare it: {text} == …"
    if wanted is STRING and isinstance(node, Literal):
        return f'Write "{text}" in quotes.'
    if isinstance(kind, ListOf):
        return "Ask with in, size, all or exists."
    return "Compare values of one type; nothing is converted by itself."


def _strict(node: Node, kind: Type, parts: tuple[Part, ...], operation: Operation) -> Part:
    """Return a part that is known when ``parts`` are and ``operation`` has a result."""
    runs = [part.run for part in parts]
    run = _run_one(operation, runs[0]) if len(runs) == 1 else _run_many(operation, runs)
    if len(runs) == 2:  # the common case has its own, faster closure
        right = parts[1].node
        run = _run_two(operation, *runs)
        if isinstance(right, Literal):
            run = _run_constant(operation, runs[0], right.value)
    return Part(node=node, kind=kind, rule=Rule.STRICT, parts=parts, run=run)


def _read_answer(name: str, admit: Admission) -> Run:
    return lambda answers, _today, _rows: admit(answers.get(name))


def _read_row(frame: int, field: str, admit: Admission) -> Run:
    if not field:
        return lambda _answers, _today, rows: rows[frame]
    return lambda _answers, _today, rows: admit(rows[frame].get(field))


def _run_one(operation: Operation, only: Run) -> Run:
    def run(answers: Answers, today: date, rows: Rows) -> Any:
        value = only(answers, today, rows)
        return UNKNOWN if value is UNKNOWN else operation(value)

    return run


def _run_two(operation: Operation, left: Run, right: Run) -> Run:
    def run(answers: Answers, today: date, rows: Rows) -> Any:
        first = left(answers, today, rows)
        if first is UNKNOWN:
            return UNKNOWN
        second = right(answers, today, rows)
        return UNKNOWN if second is UNKNOWN else operation(first, second)

    return run


def _run_constant(operation: Operation, left: Run, constant: object) -> Run:
    def run(answers: Answers, today: date, rows: Rows) -> Any:
        value = left(answers, today, rows)
        return UNKNOWN if value is UNKNOWN else operation(value, constant)

    return run


def _run_many(operation: Operation, runs: list[Run]) -> Run:
    def run(answers: Answers, today: date, rows: Rows) -> Any:
        values = [part(answers, today, rows) for part in runs]
        return UNKNOWN if any(value is UNKNOWN for value in values) else operation(*values)

    return run


def _run_age(birth_date: Run) -> Run:
    def run(answers: Answers, today: date, rows: Rows) -> Any:
        value = birth_date(answers, today, rows)
        return UNKNOWN if value is UNKNOWN else age(today, value)

    return run


def _run_logic(rule: Rule, runs: list[Run]) -> Run:
    """Kleene's strong conjunction and disjunction: one deciding part decides, however many are unknown."""
    decides = rule is Rule.OR

    def run(answers: Answers, today: date, rows: Rows) -> Any:
        result: Any = not decides
        for part in runs:
            value = part(answers, today, rows)
            if value is decides:
                return decides
            if value is UNKNOWN:
                result = UNKNOWN
        return result

    return run


def _run_choice(condition: Run, then: Run, otherwise: Run) -> Run:
    def run(answers: Answers, today: date, rows: Rows) -> Any:
        value = condition(answers, today, rows)
        if value is UNKNOWN:
            return UNKNOWN
        return then(answers, today, rows) if value else otherwise(answers, today, rows)

    return run


def _run_loop(repeat: Run, body: Run, *, decides: bool) -> Run:
    """Fold the rows as :func:`_run_logic` folds parts: ``exists`` is decided by a true row, ``all`` by a false one."""

    def run(answers: Answers, today: date, rows: Rows) -> Any:
        found = repeat(answers, today, rows)
        if found is UNKNOWN:
            return UNKNOWN
        result: Any = not decides
        for row in found:
            value = body(answers, today, (*rows, row))
            if value is decides:
                return decides
            if value is UNKNOWN:
                result = UNKNOWN
        return result

    return run
