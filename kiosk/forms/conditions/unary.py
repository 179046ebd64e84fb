"""Unary tests (单元测试式): one cell of a decision table, in the shape of DMN.

``>= 60`` · ``[18..60)`` · ``"a", "b"`` · ``not("a")`` · ``true`` · ``-``, each about one input of a declared type.

Source: OMG DMN 1.4, clause 7.3.9 and the S-FEEL grammar of clause 9.1; literals are those of conditions.
"""

from __future__ import annotations

from typing import TypeAlias

from kiosk.forms.conditions.parser import Parser
from kiosk.forms.conditions.region import Region, Spans, everything, only, span
from kiosk.forms.conditions.tree import Literal, literal_text
from kiosk.forms.conditions.values import BOOL, DATE, DOUBLE, INT, STRING, UNKNOWN, Scalar, Value, admission

_EXAMPLES = {
    BOOL: "true",
    INT: ">= 60, [18..60) or 1, 2",
    DOUBLE: ">= 60.0, [18.0..60.0) or 1.5",
    STRING: '"a", "b" or not("a")',
    DATE: '>= date("2026-01-31") or [date("2026-01-01")..date("2026-12-31")]',
}
_Bounds: TypeAlias = tuple[Value | None, Value | None, bool, bool]


class UnaryTest:
    """One test of one input. It never changes and may be shared.

    Attributes:
        source: The text it was compiled from.
        type: The type of the input.
        region: The values that pass.
        always: Whether it is ``-``, which an unanswered input passes too.
    """

    __slots__ = ("_admit", "always", "region", "source", "type")

    def __init__(self, source: str, kind: Scalar, region: Region, *, always: bool) -> None:
        """Wrap ``region``; use :func:`compile_test`."""
        self.source = source
        self.type = kind
        self.region = region
        self.always = always
        self._admit = admission(kind)

    def __repr__(self) -> str:
        """Return the source in quotes."""
        return f"UnaryTest({self.source!r})"

    def test(self, value: object) -> bool | None:
        """Return whether ``value`` passes, or ``None`` when it is unanswered.

        As in conditions, what is no value of the declared type is unanswered. Only ``-`` passes it.
        """
        if self.always:
            return True
        admitted = self._admit(value)
        if admitted is UNKNOWN:
            return None
        return admitted in self.region


def compile_test(source: str, kind: Scalar) -> UnaryTest:
    """Return the unary test that ``source`` states about an input of type ``kind``.

    Raises:
        ConditionError: It cannot be compiled, or no value could ever pass; the error names the place and the cure.
    """
    reader = _Reader(source, kind)
    always = reader.accept("-") if source.strip() == "-" else False
    region = everything(kind) if always else reader.tests()
    reader.end()
    if region.is_empty:
        raise reader.error("no value passes this test", "Write - for any value, or delete the row.", 0)
    return UnaryTest(source, kind, region, always=always)


class _Reader(Parser):
    """Reads unary tests with the cursor and the literals of conditions."""

    def __init__(self, source: str, kind: Scalar) -> None:
        super().__init__(source)
        self._kind = kind

    def end(self) -> None:
        """Refuse whatever follows the tests."""
        if self.token.kind != "end":
            raise self.error(f"{self.seen()} follows a test that is already whole", self._cure())

    def _cure(self) -> str:
        return f"Write for instance {_EXAMPLES[self._kind]}, or - for any value."

    def tests(self) -> Region:
        """Read ``test, test, …`` or ``not(test, test, …)``."""
        if not self.have("not"):
            return self._listed()
        self.take()
        self.expect("(", "after not")
        region = self._listed().complement()
        self.expect(")", "to close not")
        return region

    def _listed(self) -> Region:
        region = self._test()
        while self.accept(","):
            region = region.union(self._test())
        return region

    def _test(self) -> Region:
        token = self.token
        if token.kind in ("<", "<=", ">", ">="):
            self.take()
            bound = self._literal()
            below = token.kind in ("<", "<=")
            bounds: _Bounds = (
                (None, bound, False, token.kind == "<") if below else (bound, None, token.kind == ">", False)
            )
            return self._span(token.at, bounds)
        if token.kind in ("[", "("):
            self.take()
            low = self._literal()
            self.expect("..", "between the two ends")
            high = self._literal()
            if not self.have("]", ")"):
                raise self.error(f"{self.seen()} stands where the interval must end", "Write ] with its end, or ).")
            return self._span(token.at, (low, high, token.kind == "(", self.take().kind == ")"))
        return only(self._kind, [self._literal()])

    def _span(self, at: int, bounds: _Bounds) -> Spans:
        if self._kind in (BOOL, STRING):
            raise self.error(f"values of type {self._kind} have no order", self._cure(), at)
        low, high, low_open, high_open = bounds
        region = span(self._kind, low, high, low_open=low_open, high_open=high_open)
        if region.is_empty:
            raise self.error("no value lies in this interval", "Write the smaller end first.", at)
        return region

    def _literal(self) -> Value:
        """Read one literal of the input's type."""
        at = self.token.at
        literal = self._signed()
        if literal is None:
            raise self.error(f"{self.seen()} stands where a value is needed", self._cure(), at)
        if literal.kind is not self._kind:
            text = literal_text(literal.value, literal.kind)
            raise self.error(f"{text} is of type {literal.kind}, but the input is {self._kind}", self._cure(), at)
        return literal.value

    def _signed(self) -> Literal | None:
        minus = self.take() if self.token.kind == "-" else None
        if self.token.kind in ("int", "double"):
            return self.number(minus)
        if minus is not None:
            return None
        if self.have("date"):
            word = self.take()
            self.expect("(", "after date")
            return self.date_literal(word)
        if self.token.kind == "string" or self.have("true", "false"):
            node = self.primary()
            return node if isinstance(node, Literal) else None
        return None
