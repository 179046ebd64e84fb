"""Tokens to a tree, by recursive descent. The grammar stands in this package's README.

The shape is CEL's (cel-spec, doc/langdef.md, “Syntax”); what the subset leaves out is refused here with its cure.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from kiosk.forms.conditions.errors import MAX_DEPTH, MAX_NODES, ConditionError, fault
from kiosk.forms.conditions.lexer import Token, tokens, unquote
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
    walk,
)
from kiosk.forms.conditions.values import BOOL, DATE, DOUBLE, INT, INT_MAX, STRING

MACROS: Final = ("all", "exists")
_RESERVED: Final = frozenset(
    {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop", "namespace"}
    | {"null", "package", "return", "var", "void", "while"}
)
_RELATIONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})
_LEVELS: Final = (_RELATIONS, frozenset({"+", "-"}), frozenset({"*", "/", "%"}))
_SPOKEN: Final = {"and": "&&", "or": "||", "AND": "&&", "OR": "||", "is": "==", "mod": "%"}
_REPLACED: Final = {
    "[": "Indexing is not part of the language: ask with exists or all.",
    "..": "Intervals belong into decision tables; here write a <= x && x < b.",
    ".": "Only a name has parts.",
}


def parse(source: str) -> Node:
    """Return the tree of ``source``.

    Raises:
        ConditionError: The text is not a condition of the language, or is larger than its limits.
    """
    parser = Parser(source)
    node = parser.expression()
    parser.end()
    return node


class Parser:
    """One pass over one source text. Unary tests use its literals and its cursor."""

    def __init__(self, source: str) -> None:
        """Read the tokens of ``source``.

        Raises:
            ConditionError: ``source`` holds something that is no token.
        """
        self.source = source
        self._tokens = tokens(source)
        self._next = 0
        self._level = 0

    @property
    def token(self) -> Token:
        """The token at the cursor."""
        return self._tokens[self._next]

    def take(self) -> Token:
        """Return the token at the cursor and step over it; the end stays."""
        token = self.token
        if token.kind != "end":
            self._next += 1
        return token

    def have(self, *kinds: str) -> bool:
        """Say whether the token at the cursor is one of these operators or keywords."""
        token = self.token
        return token.kind in kinds or (token.kind == "name" and token.text in kinds)

    def accept(self, kind: str) -> bool:
        """Step over an operator if it stands at the cursor; say whether it did."""
        if self.token.kind != kind:
            return False
        self.take()
        return True

    def expect(self, kind: str, after: str) -> None:
        """Step over an operator that must stand here.

        Raises:
            ConditionError: Something else does.
        """
        if not self.accept(kind):
            raise self.error(f"{self.seen()} stands where {kind} is needed", f"Write {kind} {after}.")

    def error(self, message: str, cure: str, at: int | None = None) -> ConditionError:
        """Return the error for offset ``at``, or for the cursor."""
        return fault(message, self.source, self.token.at if at is None else at, cure)

    def seen(self) -> str:
        """Return how a message names the token at the cursor."""
        return "the end" if self.token.kind == "end" else repr(self.token.text)

    def end(self) -> None:
        """Refuse whatever follows a whole expression.

        Raises:
            ConditionError: Something follows.
        """
        if self.token.kind == "end":
            return
        cure = _REPLACED.get(self.token.kind, "Join two parts with && or ||.")
        if self.token.kind == "name" and self.token.text in _SPOKEN:
            cure = f"Write {_SPOKEN[self.token.text]}."
        raise self.error(f"{self.seen()} follows a part that is already whole", cure)

    def expression(self) -> Node:
        """Read one whole expression, within the limits.

        Raises:
            ConditionError: There is none, or it is too deep or has too many parts.
        """
        node = self._choice()
        for count, (part, level) in enumerate(walk(node), start=1):
            if level > MAX_DEPTH:
                raise self._too_deep(part.at)
            if count > MAX_NODES:
                cure = "Split it: name a part as an element of its own."
                raise self.error(f"the condition has more than {MAX_NODES} parts", cure, part.at)
        return node

    def _too_deep(self, at: int) -> ConditionError:
        message = f"the condition is nested more than {MAX_DEPTH} levels deep"
        return self.error(message, "Split it: name a part as an element of its own.", at)

    def _choice(self) -> Node:
        self._level += 1
        if self._level > MAX_DEPTH:
            raise self._too_deep(self.token.at)
        at = self.token.at
        node = self._chain("||")
        if self.accept("?"):
            then = self._chain("||")
            self.expect(":", "between the two results of ?")
            node = Choice(node, then, self._choice(), at=at)
        self._level -= 1
        return node

    def _chain(self, operator: str) -> Node:
        at = self.token.at
        parts = [self._link(operator)]
        while self.accept(operator):
            parts.append(self._link(operator))
        return parts[0] if len(parts) == 1 else Logic(operator, tuple(parts), at=at)

    def _link(self, operator: str) -> Node:
        return self._chain("&&") if operator == "||" else self._binary(0)

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._binary(level + 1)
        while self.have(*_LEVELS[level]):
            token = self.take()
            node = Binary(token.text, node, self._binary(level + 1), at=token.at)
        return node

    def _unary(self) -> Node:
        signs: list[Token] = []
        while self.have("!", "-"):
            signs.append(self.take())
        if signs and signs[-1].kind == "-" and self.token.kind in ("int", "double"):
            node: Node = self.number(signs.pop())
        else:
            node = self._member()
        for sign in reversed(signs):
            node = Unary(sign.kind, node, at=sign.at)
        return node

    def _member(self) -> Node:
        node = self.primary()
        while self.token.kind == ".":
            dot = self.take()
            token = self.take()
            if token.kind != "name" or token.text in ("in", "true", "false", "null"):
                raise self.error(f"{token.text!r} cannot follow a dot", "Write a name after the dot.", token.at)
            if self.accept("("):
                node = self._method(node, token)
            elif isinstance(node, Name):
                node = Name(f"{node.path}.{token.text}", at=node.at)
            else:
                raise self.error("only a name has parts", _REPLACED["."], dot.at)
        return node

    def _method(self, target: Node, method: Token) -> Node:
        if method.text not in MACROS:
            return Call(method.text, self._arguments(")"), target, at=method.at)
        if not isinstance(target, Name):
            cure = f"Write the repeat's name before .{method.text}."
            raise self.error(f"{method.text} goes over the rows of an answer", cure, method.at)
        variable = self.take()
        if variable.kind != "name" or variable.text in _RESERVED | {"true", "false"}:
            cure = f"Write {target.path}.{method.text}(row, …)."
            raise self.error(f"{method.text} needs a name for the row", cure, variable.at)
        self.expect(",", "after the row's name")
        body = self._choice()
        self.expect(")", f"to close {method.text}")
        return Loop(method.text, target, variable.text, body, at=method.at)

    def _arguments(self, closing: str) -> tuple[Node, ...]:
        arguments: list[Node] = []
        while not self.accept(closing):
            if arguments:
                self.expect(",", f"between two values, or {closing} after the last")
            arguments.append(self._choice())
        return tuple(arguments)

    def primary(self) -> Node:
        """Read a value, a name, a call, a list or what stands in parentheses.

        Raises:
            ConditionError: None of them stands at the cursor.
        """
        token = self.token
        if token.kind in ("int", "double"):
            return self.number(None)
        if token.kind == "string":
            self.take()
            return Literal(unquote(token, self.source), STRING, at=token.at)
        if token.kind == "name":
            return self._word()
        if self.accept("("):
            node = self._choice()
            self.expect(")", "to close the parenthesis")
            return node
        if self.accept("["):
            return Listing(self._arguments("]"), at=token.at)
        cure = _REPLACED.get(token.kind, "Write a name, a number, a string in quotes, true or false.")
        raise self.error(f"{self.seen()} stands where a value is needed", cure)

    def _word(self) -> Node:
        token = self.take()
        if token.text in ("true", "false"):
            return Literal(token.text == "true", BOOL, at=token.at)
        if token.text == "null":
            cure = "An unanswered name is unknown by itself; there is nothing to compare with."
            raise self.error("null is not part of the language", cure, token.at)
        if token.text in _RESERVED:
            raise self.error(f"{token.text!r} is a reserved word", "Write another name.", token.at)
        if self.accept("("):
            return self._call(token)
        return Name(token.text, at=token.at)

    def _call(self, function: Token) -> Node:
        if function.text == "date":
            return self.date_literal(function)
        return Call(function.text, self._arguments(")"), at=function.at)

    def date_literal(self, word: Token) -> Literal:
        """Read the rest of ``date("2026-01-31")``, the cursor standing after the opening parenthesis.

        Raises:
            ConditionError: It is not one string in quotes naming a day of the calendar.
        """
        token = self.take()
        cure = 'Write date("2026-01-31"), in quotes.'
        if token.kind != "string":
            raise self.error("date needs the day in quotes", cure, token.at)
        self.expect(")", "after the day")
        text = unquote(token, self.source)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise self.error(f"{text!r} is no day of the calendar", cure, token.at) from None
        if day.isoformat() != text:
            raise self.error(f"{text!r} is not written as year-month-day", cure, token.at)
        return Literal(day, DATE, at=word.at)

    def number(self, minus: Token | None) -> Literal:
        """Read the number at the cursor, with the minus sign already read before it.

        Raises:
            ConditionError: It does not fit into 64 bits.
        """
        token = self.take()
        at = token.at if minus is None else minus.at
        sign = 1 if minus is None else -1
        if token.kind == "double":
            number = float(token.text)
            if number == float("inf"):
                raise self.error(f"{token.text} is larger than any double", "Write a smaller number.", at)
            return Literal(sign * number, DOUBLE, at=at)
        whole = sign * int(token.text)
        if not -INT_MAX - 1 <= whole <= INT_MAX:
            raise self.error(f"{token.text} does not fit into 64 bits", "Write a smaller number.", at)
        return Literal(whole, INT, at=at)
