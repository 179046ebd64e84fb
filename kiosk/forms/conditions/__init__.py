"""Conditions (条件): a strict CEL subset with three-valued logic. See README.md for the language and its reasons."""

from kiosk.forms.conditions.condition import Condition, compile  # noqa: A004 - read as conditions.compile, as re.compile
from kiosk.forms.conditions.errors import MAX_DEPTH, MAX_NODES, MAX_SOURCE_LENGTH, ConditionError
from kiosk.forms.conditions.explanation import Explanation
from kiosk.forms.conditions.parser import parse
from kiosk.forms.conditions.region import Choices, Region, Spans, everything, only, span
from kiosk.forms.conditions.tree import Node, to_text
from kiosk.forms.conditions.unary import UnaryTest, compile_test
from kiosk.forms.conditions.values import (
    BOOL,
    DATE,
    DOUBLE,
    INT,
    STRING,
    UNKNOWN,
    Answers,
    Group,
    ListOf,
    Scalar,
    Type,
    Types,
    Unknown,
    Value,
)

__all__ = [
    "BOOL",
    "DATE",
    "DOUBLE",
    "INT",
    "MAX_DEPTH",
    "MAX_NODES",
    "MAX_SOURCE_LENGTH",
    "STRING",
    "UNKNOWN",
    "Answers",
    "Choices",
    "Condition",
    "ConditionError",
    "Explanation",
    "Group",
    "ListOf",
    "Node",
    "Region",
    "Scalar",
    "Spans",
    "Type",
    "Types",
    "UnaryTest",
    "Unknown",
    "Value",
    "compile",
    "compile_test",
    "everything",
    "only",
    "parse",
    "span",
    "to_text",
]
