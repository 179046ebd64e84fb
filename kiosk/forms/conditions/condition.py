"""A compiled condition: the face of the package."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.forms.conditions import explanation
from kiosk.forms.conditions.checker import Part, Rule, check
from kiosk.forms.conditions.errors import fault
from kiosk.forms.conditions.explanation import Explanation
from kiosk.forms.conditions.parser import parse
from kiosk.forms.conditions.tree import Node
from kiosk.forms.conditions.values import BOOL, Answers, Scalar, Types, Unknown, Value


class Condition:
    """One condition, checked against its types and ready to evaluate. It never changes and may be shared.

    Attributes:
        source: The text it was compiled from.
        tree: Its expression tree.
        type: The type of its value.
        names: The declared names it touches. A field of a repeat brings its repeat: ``children`` and
            ``children.birth_date``.
    """

    __slots__ = ("_part", "_run", "names", "source", "tree", "type")

    def __init__(self, source: str, tree: Node, part: Part, kind: Scalar) -> None:
        """Wrap ``part``; use :func:`compile`."""
        self.source = source
        self.tree = tree
        self.type = kind
        self.names = frozenset(_names(part))
        self._part = part
        self._run = part.run

    def __repr__(self) -> str:
        """Return the source in quotes."""
        return f"Condition({self.source!r})"

    def evaluate(self, values: Answers, today: date) -> Value | Unknown:
        """Return the value of the condition, or ``UNKNOWN``. Never raises.

        Args:
            values: The answers; what is absent or no value of its declared type is unanswered.
            today: The day that ``today()`` and ``age`` mean. Never a clock: the caller says it.
        """
        result: Value | Unknown = self._run(values, today, ())
        return result

    def test(self, values: Answers, today: date) -> bool | None:
        """Return whether the condition holds, or ``None`` when that is unknown.

        Raises:
            TypeError: The condition is not of type bool.
        """
        if self.type is not BOOL:
            msg = f"{self.source!r} is of type {self.type}, not bool"
            raise TypeError(msg)
        result = self._run(values, today, ())
        return result if result is True or result is False else None

    def missing(self, values: Answers, today: date) -> tuple[str, ...]:
        """Return the places of the unanswered names that could still change the result, as first written.

        A field of a repeat is named with its row: ``children[1].birth_date``. Empty when the result is known, and
        when no answer can make it known, such as after a division by zero.
        """
        return explanation.missing(self._part, values, today)

    def explain(self, values: Answers, today: date) -> Explanation:
        """Return the condition part by part with every value, and which parts settled the result."""
        return explanation.explain(self._part, values, today)


def compile(source: str, types: Types, *, expect: Scalar | None = None) -> Condition:  # noqa: A001 - as in re.compile
    """Return the condition that ``source`` states about the names of ``types``.

    Args:
        source: The text, in the language of this package's README.
        types: The declared names.
        expect: The type the value must have, for instance ``BOOL``; any when left out.

    Raises:
        ConditionError: It cannot be compiled; the error names the place and the cure.
    """
    tree = parse(source)
    part = check(tree, types, source)
    if not isinstance(part.kind, Scalar):
        cure = "Ask with in, size, all or exists."
        raise fault(f"the condition is of type {part.kind}, not a single value", source, tree.at, cure)
    if expect is not None and part.kind is not expect:
        cure = "Compare it with a value." if expect is BOOL else "Correct the expression or the declared type."
        raise fault(f"the condition is of type {part.kind}, but {expect} is needed", source, tree.at, cure)
    return Condition(source, tree, part, part.kind)


def _names(part: Part) -> Iterator[str]:
    if part.rule is Rule.ANSWER:
        yield part.name
    for inner in part.parts:
        yield from _names(inner)
