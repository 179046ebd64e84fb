"""What can be wrong with a condition, and how large one may be.

There is one error, :class:`ConditionError`, and it happens only while a condition is compiled. Evaluating never raises:
what cannot be computed is :data:`~kiosk.forms.conditions.values.UNKNOWN`.
"""

from __future__ import annotations

MAX_SOURCE_LENGTH = 4_000
"""Characters of source; a condition longer than a printed page belongs into a decision table."""
MAX_NODES = 500
"""Parts of the tree."""
MAX_DEPTH = 32
"""Levels of the tree; keeps every walk far below Python's recursion limit."""


class ConditionError(ValueError):
    """A condition or unary test that cannot be compiled.

    Attributes:
        message: What is wrong, naming the part.
        source: The whole source text.
        line: Line of the part, from 1.
        column: Column of the part in characters, from 1.
        cure: What to write instead.
    """

    def __init__(self, message: str, source: str, line: int, column: int, cure: str) -> None:
        """Say what is wrong at ``line`` and ``column`` of ``source``, and the ``cure``."""
        super().__init__(message, source, line, column, cure)
        self.message = message
        self.source = source
        self.line = line
        self.column = column
        self.cure = cure

    def __str__(self) -> str:
        """Return the message with its place, the line it stands in, a pointer to the column, and the cure."""
        lines = self.source.split("\n")
        shown = lines[self.line - 1] if self.line <= len(lines) else ""
        pointer = " " * (self.column - 1) + "^"
        return f"line {self.line}, column {self.column}: {self.message}\n  {shown}\n  {pointer}\n  {self.cure}"


def fault(message: str, source: str, at: int, cure: str) -> ConditionError:
    """Return the error for the character at offset ``at`` of ``source``."""
    before = source[:at]
    line = before.count("\n") + 1
    column = at - (before.rfind("\n") + 1) + 1
    return ConditionError(message, source, line, column, cure)
