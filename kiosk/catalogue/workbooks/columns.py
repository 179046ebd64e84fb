"""What the sheets of a workbook hold, read from the records, and how a value stands in a cell."""

from __future__ import annotations

import enum
import json
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import msgspec

from kiosk.catalogue.headings import heading
from kiosk.catalogue.model import Item, MaterialUse, Need, Related, SpecialStep
from kiosk.words import Text

LANGUAGES: Final[Mapping[str, str]] = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
UNKNOWN: Final = "（未知）"
"""An answer that is not known: ``null`` in a file."""

ITEM: Final = "事项"
TABLE: Final = "决策表"
TABLE_EXAMPLES: Final = "决策示例"
EXAMPLES: Final = "办件示例"
CHOICES: Final = "选项"
LISTS: Final[Mapping[str, tuple[str, type[msgspec.Struct]]]] = {
    "needs": ("填报项", Need),
    "materials": ("材料", MaterialUse),
    "special_steps": ("特殊环节", SpecialStep),
    "after": ("须先办", Related),
    "conflicts": ("不能同办", Related),
}
"""Lists of records: the sheet of each, a row a record."""

HITS: Final[Mapping[str, str]] = {"U": "UNIQUE", "F": "FIRST"}
"""What stands in the corner of a decision table (DMN 1.3 §8.2.8)."""

TEXT_LIMIT: Final = 32_767
"""Characters in a cell (ECMA-376 as spreadsheets implement it)."""


class Shape(StrEnum):
    """How a value stands in its cells."""

    TEXT = "text"
    WHOLE = "whole"
    TRUTH = "truth"
    CHOICE = "choice"
    WORDS = "words"
    """three cells, one a language"""
    LINES = "lines"
    """a list: an entry a line of the cell"""
    ANY = "any"
    """an answer, whose kind only its element knows"""
    RECORD = "record"
    """a record of its own keys"""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One key of a record."""

    key: str
    """With the record around it: ``guide.url``."""
    title: str
    shape: Shape
    choices: tuple[str, ...] = ()
    required: bool = False
    record: type[Any] | None = None


class Unfit(ValueError):
    """What stands in a cell is not what its column holds: what is wrong, and the cure."""

    def __init__(self, says: str, cure: str) -> None:
        """Remember both."""
        super().__init__(says)
        self.says = says
        self.cure = cure


def column_of(record: type[Any], field: msgspec.structs.FieldInfo) -> Column:
    """Return the column of a field."""
    wanted = _bare(field.type)
    shape, inner = Shape.ANY, None
    choices: tuple[str, ...] = ()
    if wanted is Text:
        shape = Shape.WORDS
    elif wanted is bool:
        shape = Shape.TRUTH
    elif wanted is int:
        shape = Shape.WHOLE
    elif wanted is str:
        shape = Shape.TEXT
    elif isinstance(wanted, enum.EnumMeta):
        shape, choices = Shape.CHOICE, tuple(map(str, wanted.__members__.values()))
    elif typing.get_origin(wanted) is tuple and typing.get_args(wanted)[0] is str:
        shape = Shape.LINES
    elif isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        shape, inner = Shape.RECORD, wanted
    title = heading(record.__name__, field.encode_name)
    return Column(
        key=field.encode_name, title=title, shape=shape, choices=choices, required=field.required, record=inner
    )


def columns_of(record: type[Any]) -> tuple[Column, ...]:
    """Return the columns of a record's keys; those of a record inside it by both names."""
    found: list[Column] = []
    for field in msgspec.structs.fields(record):
        column = column_of(record, field)
        if column.record is None:
            found.append(column)
            continue
        for inner in columns_of(column.record):
            title, key = f"{column.title}：{inner.title}", f"{column.key}.{inner.key}"
            found.append(msgspec.structs.replace(inner, key=key, title=title, required=inner.required))
    return tuple(found)


def item_columns() -> tuple[Column, ...]:
    """Return the keys of an item that stand on its first sheet: those that have no sheet of their own."""
    return tuple(column for column in columns_of(Item) if column.key not in (*LISTS, "examples"))


def is_records(wanted: Any) -> bool:
    """Say whether a field holds a list of records."""
    inner = typing.get_args(_bare(wanted))
    return typing.get_origin(_bare(wanted)) is tuple and hasattr(inner[0], "__struct_fields__")


def _bare(wanted: Any) -> Any:
    if typing.get_origin(wanted) in (types.UnionType, typing.Union):
        return next(each for each in typing.get_args(wanted) if each is not types.NoneType)
    return wanted


def lines_in(entries: list[str]) -> str:
    """Return a list of texts for a cell; ``entries_of`` gives it back."""
    plain = all(entry.splitlines() == [entry] and entry.strip() == entry for entry in entries)
    if plain and not (entries and entries[0].startswith("[")):
        return "\n".join(entries)
    return json.dumps(entries, ensure_ascii=False)


def entries_of(value: object) -> list[str]:
    """Return the list of texts in a cell.

    Raises:
        Unfit: It is none.
    """
    text = text_of(value)
    if text.startswith("["):
        try:
            return msgspec.json.decode(text, type=list[str])
        except msgspec.DecodeError as error:
            raise Unfit(f"“{text}” is no list", "Write an entry a line.") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def text_of(value: object) -> str:
    """Return the text in a cell.

    Raises:
        Unfit: A number or a day stands there, which may have lost zeros or its form.
    """
    if isinstance(value, str):
        return value
    raise Unfit(f"{shown(value)} is no text", "Format the cell as text and write it again.")


def test_of(value: object) -> str:
    """Return the test in a cell of a decision table; ``true`` and plain numbers may have become values.

    Raises:
        Unfit: It is none.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else text_of(value)


def whole_of(value: object) -> int:
    """Return the whole number in a cell.

    Raises:
        Unfit: It is none.
    """
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().lstrip("+-").isdecimal() and value.strip().isascii():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Unfit(f"{shown(value)} is no whole number", "Write digits only.")


def truth_of(value: object) -> bool:
    """Return yes or no of a cell.

    Raises:
        Unfit: It is neither.
    """
    words = {"true": True, "是": True, "false": False, "否": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise Unfit(f"{shown(value)} is neither yes nor no", "Choose TRUE or FALSE.")


def choice_of(value: object, choices: tuple[str, ...]) -> str:
    """Return the word in a cell of a closed list.

    Raises:
        Unfit: It is no word of the list.
    """
    text = text_of(value).strip()
    if text in choices:
        return text
    raise Unfit(f"“{text}” is not in the list", f"Choose one of: {', '.join(choices)}.")


def answer_in(value: Any) -> str | int | bool:
    """Return an answer for a cell; ``answer_of`` gives it back."""
    if value is None:
        return UNKNOWN
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, str) and value and value != UNKNOWN and value[0] not in '[{"=' and value.strip() == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def answer_of(value: object) -> Any:
    """Return the answer in a cell.

    Raises:
        Unfit: It is none.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return whole_of(value)
    text = text_of(value).strip()
    if text == UNKNOWN:
        return None
    if text[:1] in ("[", "{", '"'):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Unfit(f"“{text}” is no list and no record", 'Write ["a", "b"] or {"key": "value"}.') from error
    return text


def shown(value: object) -> str:
    """Return what stands in a cell, for a message."""
    return f"“{value.isoformat() if isinstance(value, date) else value}”"
