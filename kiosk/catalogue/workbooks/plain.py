"""What a file says, as plain data in one normal form, and that form as YAML again.

A workbook carries what stands in the file and no more: what a file leaves out, its workbook leaves empty.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from kiosk.catalogue.model import DecisionTable, Item
from kiosk.catalogue.workbooks.columns import column_of, is_records

Plain = dict[str, Any]
"""A record as its file writes it."""

_WIDE: Final = 1_000_000


def plain_item(root: Path, identity: str) -> Plain | None:
    """Return the item of that id below ``root``, with the keys its path says; ``None`` when there is none."""
    found = next(iter(sorted((root / "items").glob(f"*/{identity}.yaml"))), None)
    return None if found is None else {"department": found.parent.name, **_plain(found, Item)}


def plain_table(root: Path, identity: str) -> Plain | None:
    """Return the decision table of that id below ``root``; ``None`` when there is none."""
    file = root / "tables" / f"{identity}.yaml"
    return _plain(file, DecisionTable) if file.is_file() else None


def _plain(file: Path, kind: type[Any]) -> Plain:
    read: Plain = yaml.load(file.read_bytes(), yaml.CSafeLoader) or {}
    return normal({"id": file.stem, **read}, kind)


def normal(record: Mapping[str, Any], kind: type[Any]) -> Plain:
    """Return a record with its keys in order, bare words for records that say one word, and no empty lists."""
    done: Plain = {}
    for field in msgspec.structs.fields(kind):
        key = field.encode_name
        if key not in record or (key == "hit" and record[key] == "UNIQUE"):
            continue
        value = record[key]
        if (value == [] or value is None) and not field.required:
            continue
        column = column_of(kind, field)
        if is_records(field.type) and isinstance(value, list):
            value = [_bare(item, typing.get_args(field.type)[0]) for item in value]
        elif isinstance(value, dict) and column.record is not None:
            value = normal(value, column.record)
        done[key] = value
    return done


def _bare(record: Any, kind: type[Any]) -> Any:
    """Return a record of a list without what says nothing; one that says its first key only is that word."""
    if not isinstance(record, dict):
        return record
    first, *_ = fields = msgspec.structs.fields(kind)
    needed = {field.encode_name for field in fields if field.required}
    said = {key: value for key, value in record.items() if key in needed or value not in ({}, [], "", None)}
    return said[first.encode_name] if first.required and list(said) == [first.encode_name] else said


class _Flow(dict[str, Any]):
    """A mapping on one line."""


class _Line(list[Any]):
    """A list on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes records as people do: a key a line, a record of a list a line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key, which the library does only inside of lists."""
        super().increase_indent(flow, indentless and flow)


_Dumper.add_representer(_Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, True))
_Dumper.add_representer(_Line, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, True))


def yaml_text(record: Plain) -> str:
    """Return ``record`` as the text of its file."""
    shaped = {key: _shaped(value) for key, value in record.items()}
    text: str = yaml.dump(shaped, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE)
    return text


def _shaped(value: Any) -> Any:
    """Return a value of a file's key: words and lists of words on one line, a record of a list a line each."""
    if isinstance(value, list):
        return [_flat(item) for item in value] if any(isinstance(item, dict) for item in value) else _Line(value)
    if isinstance(value, dict) and not {"zh-Hans", "en"} & value.keys():
        return {key: _flat(inner) for key, inner in value.items()}
    return _flat(value)


def _flat(value: Any) -> Any:
    if isinstance(value, dict):
        return _Flow({key: _flat(inner) for key, inner in value.items()})
    return _Line(_flat(item) for item in value) if isinstance(value, list) else value
