"""From YAML to records, keeping the line of every part, and collecting what is wrong instead of stopping at it.

The shape is read from the records themselves (``msgspec.inspect``), so a new field of a record needs nothing here.
YAML's own types are not trusted: ``no``, ``000101`` and ``2026-01-01`` would quietly become something else, so where
text is wanted, a word that YAML takes for a number or a truth value is refused with the cure to quote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from msgspec import inspect

from kiosk.catalogue.mistakes import Mistake, did_you_mean
from kiosk.words import Text

Place = tuple[str | int, ...]
"""The steps from a record to one of its parts: ``("needs", 3, "element")``."""

_STR: Final = "tag:yaml.org,2002:str"
_INT: Final = "tag:yaml.org,2002:int"
_BOOL: Final = "tag:yaml.org,2002:bool"
_NULL: Final = "tag:yaml.org,2002:null"
_KINDS: Final[Mapping[str, str]] = {
    _INT: "a number",
    _BOOL: "yes or no",
    _NULL: "nothing",
    "tag:yaml.org,2002:float": "a number",
}
_LANGUAGES: Final[Mapping[str, str]] = {
    "zh-Hans": "Simplified Chinese",
    "zh-Hant": "Traditional Chinese",
    "en": "English",
}
_TRUTH: Final[Mapping[str, bool]] = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

_WRONG: Final = object()
"""Stands for a part that could not be read; its mistake is noted."""


class Source:
    """Where a record stands: its file, and the line of each of its parts."""

    __slots__ = ("file", "lines")

    def __init__(self, file: str, lines: dict[Place, int]) -> None:
        """Remember the ``lines`` of a record of ``file``."""
        self.file = file
        self.lines = lines

    def mistake(self, says: str, cure: str, *place: str | int) -> Mistake:
        """Return the mistake at ``place``, or at the nearest part around it that is there."""
        while place and place not in self.lines:
            place = place[:-1]
        return Mistake(file=self.file, line=self.lines.get(place, 0), says=says, cure=cure)


def compose(path: Path, file: str, mistakes: list[Mistake], *, may_be_empty: bool = False) -> yaml.Node | None:
    """Return the YAML of a file as marked nodes; ``None``, with a mistake noted, when it is none.

    Args:
        path: The file.
        file: Its name in mistakes.
        mistakes: Where they are noted.
        may_be_empty: A file with nothing but comments is no mistake.
    """
    try:
        node: yaml.Node | None = yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        says = f"this is not YAML: {error.problem or error.context or 'unreadable'}"
        cure = "Check indentation, colons and quotes; put text with a colon or a # in quotes."
        mistakes.append(Mistake(file=file, line=mark.line + 1 if mark else 0, says=says, cure=cure))
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        says = f"this cannot be read: {str(error).splitlines()[0]}"
        mistakes.append(Mistake(file=file, line=0, says=says, cure="Save the file as UTF-8 text."))
        return None
    except OSError as error:
        says = f"this cannot be read: {error.strerror}"
        mistakes.append(Mistake(file=file, line=0, says=says, cure="Put the file there and make it readable."))
        return None
    if node is None and not may_be_empty:
        mistakes.append(Mistake(file=file, line=1, says="the file is empty", cure="Write a record or delete it."))
    return node


class Reader:
    """Reads the records of one file."""

    def __init__(self, file: str, mistakes: list[Mistake]) -> None:
        """Read ``file``; what is wrong goes to ``mistakes``."""
        self._file = file
        self._mistakes = mistakes
        self._lines: dict[Place, int] = {}

    def record(
        self, node: yaml.Node, kind: type[Any], given: Mapping[str, str] | None = None
    ) -> tuple[Any, Source] | None:
        """Return the record that ``node`` holds and where it stands; ``None`` when it has a mistake.

        Args:
            node: The node.
            kind: The record's class.
            given: Fields known from elsewhere (the id from the key or the file's name), used where left out.
        """
        self._lines = {(): node.start_mark.line + 1}
        info: Any = kind
        value = self._struct(node, _info(info), (), given or {})
        return None if value is _WRONG else (value, Source(self._file, self._lines))

    def pairs(self, node: yaml.Node) -> list[tuple[str, yaml.Node]]:
        """Return the keys and values of a mapping; keys that are no text or stand there twice are mistakes."""
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, f"here stands {_what(node)}, not a mapping", "Write key: value.")
            return []
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._wrong(key, "a key must be a word", "Write key: value.")
            elif key.value in found:
                self._wrong(key, f"{key.value} stands here twice", "Delete one of the two.")
            else:
                found[key.value] = value
        return list(found.items())

    def _wrong(self, node: yaml.Node, says: str, cure: str) -> object:
        self._mistakes.append(Mistake(file=self._file, line=node.start_mark.line + 1, says=says, cure=cure))
        return _WRONG

    def _read(self, node: yaml.Node, info: inspect.Type, place: Place) -> Any:
        self._lines[place] = node.start_mark.line + 1
        match info:
            case inspect.StructType():
                return self._struct(node, info, place, {})
            case inspect.UnionType():
                return self._union(node, info, place)
            case inspect.VarTupleType():
                return self._tuple(node, info, place)
            case inspect.DictType():
                return self._dict(node, info, place)
            case inspect.AnyType():
                return self._any(node, place)
            case _:
                return self._scalar(node, info, place)

    def _any(self, node: yaml.Node, place: Place) -> Any:
        """Read an answer, whose kind only its element knows: a value, a list, or a mapping."""
        self._lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            items = [self._any(item, (*place, index)) for index, item in enumerate(node.value)]
            return _WRONG if any(item is _WRONG for item in items) else tuple(items)
        if isinstance(node, yaml.MappingNode):
            parts = {key: self._any(value, (*place, key)) for key, value in self.pairs(node)}
            return _WRONG if any(part is _WRONG for part in parts.values()) else parts
        return self._scalar(node, _ANY_BY_TAG.get(node.tag, inspect.StrType()), place)

    def _struct(self, node: yaml.Node, info: inspect.StructType, place: Place, given: Mapping[str, str]) -> Any:
        name = str(place[-1]) if place else "this record"
        if not isinstance(node, yaml.MappingNode):
            cure = (
                "Write it in every language: zh-Hans, zh-Hant, en." if info.cls is Text else "Write its keys below it."
            )
            return self._wrong(node, f"{name} is {_what(node)}, but must be a mapping", cure)
        values = self._values(node, info, place, given)
        if values is None or not self._complete(node, info, name, values):
            return _WRONG
        return info.cls(**values)

    def _values(
        self, node: yaml.Node, info: inspect.StructType, place: Place, given: Mapping[str, str]
    ) -> dict[str, Any] | None:
        """Return the fields that ``node`` and ``given`` hold; ``None`` when one could not be read."""
        fields = _fields(info)
        values: dict[str, Any] = {field.name: given[key] for key, field in fields.items() if key in given}
        for key, value in self.pairs(node):
            field = fields.get(key)
            if field is None:
                cure = did_you_mean(key, fields, f"Known keys are: {', '.join(fields)}.")
                values[key] = self._wrong(value, f"unknown key {key}", cure)
            else:
                values[field.name] = self._read(value, field.type, (*place, key))
        missing = [key for key, field in fields.items() if field.required and field.name not in values]
        for key in missing:
            name = str(place[-1]) if place else "this record"
            what = f"words in {_LANGUAGES[key]}" if info.cls is Text else key
            self._wrong(node, f"{name} has no {what}", f"Add {key}: …")
        return None if missing or any(value is _WRONG for value in values.values()) else values

    def _complete(self, node: yaml.Node, info: inspect.StructType, name: str, values: Mapping[str, Any]) -> bool:
        """Return whether a text has words in every language; other records need no such look."""
        if info.cls is not Text:
            return True
        empty = [key for key, field in _fields(info).items() if not values[field.name].strip()]
        for key in empty:
            self._wrong(node, f"{name} is empty in {_LANGUAGES[key]}", f"Write the words of {key}.")
        return not empty

    def _union(self, node: yaml.Node, info: inspect.UnionType, place: Place) -> Any:
        if isinstance(node, yaml.ScalarNode):
            for option in info.types:
                if isinstance(option, _BY_TAG.get(node.tag, inspect.StrType)):
                    return self._scalar(node, option, place)
        shape = inspect.VarTupleType if isinstance(node, yaml.SequenceNode) else inspect.StructType
        for option in info.types:
            if isinstance(option, shape):
                return self._read(node, option, place)
        rest = [option for option in info.types if not isinstance(option, inspect.NoneType)]
        return self._read(node, rest[0], place)

    def _tuple(self, node: yaml.Node, info: inspect.VarTupleType, place: Place) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self._wrong(
                node, f"{place[-1]} is {_what(node)}, but must be a list", "Write [a, b], or - a line each."
            )
        items = [
            self._read(_unfolded(item, info.item_type), info.item_type, (*place, index))
            for index, item in enumerate(node.value)
        ]
        return _WRONG if any(item is _WRONG for item in items) else tuple(items)

    def _dict(self, node: yaml.Node, info: inspect.DictType, place: Place) -> Any:
        items = {key: self._read(value, info.value_type, (*place, key)) for key, value in self.pairs(node)}
        if not isinstance(node, yaml.MappingNode):
            return _WRONG
        return _WRONG if any(item is _WRONG for item in items.values()) else items

    def _scalar(self, node: yaml.Node, info: inspect.Type, place: Place) -> Any:
        name = place[-1]
        if not isinstance(node, yaml.ScalarNode):
            return self._wrong(node, f"{name} is {_what(node)}, but must be a single value", "Write one value.")
        match info:
            case inspect.StrType():
                return self._word(node, str(name))
            case inspect.IntType():
                if node.tag == _INT and node.value.lstrip("+-").isdigit():
                    return int(node.value)
                return self._wrong(node, f"{name} is {node.value!r}, but must be a whole number", "Write digits only.")
            case inspect.BoolType():
                if node.tag == _BOOL:
                    return _TRUTH[node.value.lower()]
                return self._wrong(node, f"{name} is {node.value!r}, but must be true or false", "Write true or false.")
            case inspect.NoneType():
                return None
            case inspect.EnumType():
                return self._member(node, info, str(name))
            case _:
                raise TypeError(info)

    def _word(self, node: yaml.ScalarNode, name: str) -> Any:
        if node.tag not in _KINDS:
            return node.value
        cure = "Write the text." if node.tag == _NULL else f'Put it in quotes: "{node.value}".'
        return self._wrong(node, f"{name} must be text, but YAML reads {_KINDS[node.tag]} here", cure)

    def _member(self, node: yaml.ScalarNode, info: inspect.EnumType, name: str) -> Any:
        allowed = {str(member.value): member for member in info.cls}
        if node.value in allowed:
            return allowed[node.value]
        cure = did_you_mean(node.value, allowed, f"Allowed are: {', '.join(allowed)}.")
        return self._wrong(node, f"{name} cannot be {node.value}", cure)


_BY_TAG: Final[Mapping[str, type[inspect.Type]]] = {
    _INT: inspect.IntType,
    _BOOL: inspect.BoolType,
    _NULL: inspect.NoneType,
}


_ANY_BY_TAG: Final[Mapping[str, inspect.Type]] = {
    _INT: inspect.IntType(),
    _BOOL: inspect.BoolType(),
    _NULL: inspect.NoneType(),
}


def _unfolded(node: yaml.Node, info: inspect.Type) -> yaml.Node:
    """Return a bare word in a list of records as the record it stands for: its first field holds the word."""
    if not isinstance(node, yaml.ScalarNode) or not isinstance(info, inspect.StructType) or info.cls is Text:
        return node
    return wrapped(next(iter(_fields(info))), node)


def wrapped(key: str, node: yaml.Node) -> yaml.Node:
    """Return the mapping that has ``node`` as its only value."""
    word = yaml.ScalarNode(_STR, key, node.start_mark, node.end_mark)
    return yaml.MappingNode("tag:yaml.org,2002:map", [(word, node)], node.start_mark, node.end_mark)


@lru_cache(maxsize=64)
def _info(kind: Any) -> inspect.StructType:
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.StructType):
        raise TypeError(kind)
    return info


def _fields(info: inspect.StructType) -> Mapping[str, inspect.Field]:
    return _fields_of(info.cls)


@lru_cache(maxsize=64)
def _fields_of(kind: Any) -> Mapping[str, inspect.Field]:
    return {field.encode_name: field for field in _info(kind).fields}


def _what(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return "nothing" if node.tag == _NULL else f"{node.value!r}"
