"""The expression tree: what a condition is before it has types, and how it is written back as text.

Nodes are dataclasses and not msgspec structs because a node's place in the source takes no part in its equality.
``parse(to_text(tree)) == tree`` holds for every tree a parser can return.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from kiosk.forms.conditions.values import BOOL, DATE, DOUBLE, INT, STRING, Scalar, Value

_CHOICE, _OR, _AND, _RELATION, _SUM, _PRODUCT, _UNARY, _PRIMARY = range(8)
"""How tightly a node binds, loosest first."""

BINDING: Final = {
    "==": _RELATION,
    "!=": _RELATION,
    "<": _RELATION,
    "<=": _RELATION,
    ">": _RELATION,
    ">=": _RELATION,
    "in": _RELATION,
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    "%": _PRODUCT,
}
"""The operators of :class:`Binary` and how tightly they bind."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the source. ``kind`` keeps ``1``, ``1.0`` and ``true`` apart, which Python finds equal."""

    value: Value
    kind: Scalar
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name:
    """An answer, or a loop's row or a field of it, as a dotted path."""

    path: str
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list written in the source."""

    items: tuple[Node, ...]
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Unary:
    """``!`` or ``-`` before an operand."""

    operator: str
    operand: Node
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Binary:
    """A comparison, ``in`` or arithmetic."""

    operator: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Logic:
    """A chain of ``&&`` or of ``||``, kept flat so that an explanation lists its parts side by side."""

    operator: str
    parts: tuple[Node, ...]
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """``condition ? then : otherwise``."""

    condition: Node
    then: Node
    otherwise: Node
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Call:
    """A function, ``size(x)``, or with a target a method, ``x.startsWith(y)``."""

    function: str
    arguments: tuple[Node, ...]
    target: Node | None = None
    at: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Loop:
    """``repeat.all(variable, body)`` or ``repeat.exists(variable, body)``."""

    macro: str
    repeat: Name
    variable: str
    body: Node
    at: int = field(default=0, compare=False, kw_only=True)


Node: TypeAlias = Literal | Name | Listing | Unary | Binary | Logic | Choice | Call | Loop
"""Any part of a condition."""


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of ``node`` in the order they are written."""
    match node:
        case Literal() | Name():
            return ()
        case Listing(items):
            return items
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Logic(_, parts):
            return parts
        case Choice(condition, then, otherwise):
            return (condition, then, otherwise)
        case Call(_, arguments, target):
            return arguments if target is None else (target, *arguments)
        case Loop(_, repeat, _, body):
            return (repeat, body)


def walk(node: Node) -> Iterator[tuple[Node, int]]:
    """Yield every part of ``node`` with its level, from 1, in the order they are written, without recursion."""
    waiting = [(node, 1)]
    while waiting:
        part, level = waiting.pop()
        yield part, level
        waiting.extend((child, level + 1) for child in reversed(children(part)))


def to_text(node: Node) -> str:
    """Return ``node`` as source text with the fewest parentheses."""
    return _text(node, _CHOICE)


def _text(node: Node, least: int) -> str:
    """Return ``node`` in a place where only what binds at least as tightly as ``least`` stands without parentheses."""
    binds, text = _written(node)
    return f"({text})" if binds < least else text


def _written(node: Node) -> tuple[int, str]:
    match node:
        case Literal(value, kind):
            return _PRIMARY, literal_text(value, kind)
        case Name(path):
            return _PRIMARY, path
        case Listing(items):
            return _PRIMARY, f"[{_listed(items)}]"
        case Unary(operator, operand):
            return _UNARY, operator + _operand(operand, _UNARY)
        case Binary(operator, left, right):
            binds = BINDING[operator]
            return binds, f"{_text(left, binds)} {operator} {_text(right, binds + 1)}"
        case Logic(operator, parts):
            binds = _AND if operator == "&&" else _OR
            return binds, f" {operator} ".join(_text(part, binds + 1) for part in parts)
        case Choice(condition, then, otherwise):
            return _CHOICE, f"{_text(condition, _OR)} ? {_text(then, _OR)} : {_text(otherwise, _CHOICE)}"
        case Call(function, arguments, target):
            before = "" if target is None else f"{_operand(target, _PRIMARY)}."
            return _PRIMARY, f"{before}{function}({_listed(arguments)})"
        case Loop(macro, repeat, variable, body):
            return _PRIMARY, f"{repeat.path}.{macro}({variable}, {to_text(body)})"


def _listed(nodes: tuple[Node, ...]) -> str:
    return ", ".join(to_text(node) for node in nodes)


def _operand(node: Node, least: int) -> str:
    """Return ``node`` with parentheses around a number, which would swallow the sign before it or the dot after it."""
    if isinstance(node, Literal) and node.kind in (INT, DOUBLE):
        return f"({_written(node)[1]})"
    return _text(node, least)


_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def literal_text(value: Value, kind: Scalar) -> str:
    """Return ``value`` as it is written in a condition."""
    if kind is BOOL:
        return "true" if value else "false"
    if kind is STRING:
        return '"' + "".join(_ESCAPES.get(c, c if c.isprintable() else f"\\U{ord(c):08x}") for c in str(value)) + '"'
    if kind is DATE and isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return repr(value)
