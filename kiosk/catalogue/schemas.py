"""JSON Schema of every kind of catalogue file, made from the records, so that an editor helps while one writes.

A schema knows shapes and closed words; what makes sense together only ``kiosk catalogue check`` knows. Files may say
less than a record holds: what the path says, a bare word for a record, Traditional Chinese that is still to be written.
"""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from kiosk import words
from kiosk.catalogue import headings, model, policies, recommending
from kiosk.forms import Element, Section
from kiosk.forms import model as shapes

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_MODULES: Final = (model, shapes, words, recommending, policies)

RECORDS: Final[Mapping[str, type[Any]]] = {
    "departments": model.Department,
    "divisions": model.Division,
    "sections": Section,
    "repeats": model.RepeatDeclaration,
    "stages": model.Stage,
    "cities": model.City,
    "groups": model.NeedGroup,
    "sentences": model.Sentences,
    "recommendations": recommending.PlaceRule,
    "elements": Element,
    "materials": model.Material,
    "licences": model.LicenceType,
    "registers": model.Register,
    "item": model.Item,
    "one-thing": model.OneThing,
    "table": model.DecisionTable,
    "policy": policies.Policy,
    "fee-reliefs": policies.Relief,
}
"""The record that each kind of file holds, one or many."""

_ALONE: Final[Mapping[str, tuple[str, ...]]] = {
    "item": ("id", "department"),
    "one-thing": ("id",),
    "table": ("id",),
    "policy": ("id",),
    "sentences": (),
}
"""Kinds of files that hold one record, and the keys that their path says already."""

_FOLDERS: Final[Mapping[str, str]] = {
    "items": "item",
    "one-things": "one-thing",
    "tables": "table",
    "policies": "policy",
}


def schema_for(name: str) -> str:
    """Return which schema a file of that name below a catalogue's folder has: ``items/x/y.yaml`` is an ``item``."""
    head = name.partition("/")[0].removesuffix(".yaml")
    return _FOLDERS.get(head, head)


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every kind of file by name."""
    return {kind: _of_file(kind, record) for kind, record in RECORDS.items()}


def written(folder: Path) -> dict[Path, str]:
    """Return what the schema files in ``folder`` have to say."""
    return {
        folder / f"{kind}.json": msgspec.json.format(msgspec.json.encode(schema), indent=1).decode() + "\n"
        for kind, schema in schemas().items()
    }


def _of_file(kind: str, record: type[Any]) -> dict[str, Any]:
    (reference,), parts = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    parts = {name: _completed(name, part) for name, part in parts.items()}
    own = parts[record.__name__]
    head: dict[str, Any] = {"$schema": _DRAFT, "title": kind, "description": own["description"]}
    if kind in _ALONE:
        own["required"] = [key for key in own["required"] if key not in _ALONE[kind]]
        return {**head, **reference, "$defs": parts}
    key = "code" if record is model.Division else "id"
    within: dict[str, Any] = reference
    if record is model.NeedGroup:
        within = own["properties"]["needs"]
    parts["Below"] = within if record is model.NeedGroup else _without(own, key)
    many = [{"type": "object", "additionalProperties": {"$ref": "#/$defs/Below"}}]
    return {**head, "anyOf": [*many, {"type": "array", "items": reference}, {"type": "null"}], "$defs": parts}


def _without(record: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return the schema of a record whose ``key`` stands before it."""
    return {**record, "required": [each for each in record.get("required", ()) if each != key]}


def _completed(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """Give a part its titles and descriptions, and what files may say in a shorter way."""
    done = dict(part)
    if "enum" in part:
        meanings = _docstrings()[name]
        said = [f"{value}: {meanings[value]}" for value in map(str, part["enum"]) if value in meanings]
        done["description"] = "\n".join([part.get("description", name), *said])
        return done
    if name == "Text":
        done["required"] = [key for key in part["required"] if key != "zh-Hant"]
        return done
    meanings = _docstrings()[name]
    done["properties"] = {
        key: _property(name, key, shape, meanings.get(key.replace("-", "_"), ""))
        for key, shape in part["properties"].items()
    }
    return done


def _property(record: str, key: str, shape: dict[str, Any], meaning: str) -> dict[str, Any]:
    told = {"title": headings.heading(record, key)} | ({"description": meaning} if meaning else {})
    if shape.get("type") == "array" and "$ref" in shape["items"] and not shape["items"]["$ref"].endswith("/Text"):
        # a bare word stands for a record's first key
        shape = {**shape, "items": {"anyOf": [{"type": "string"}, shape["items"]]}}
    return {**shape, **told}


@lru_cache(maxsize=1)
def _docstrings() -> dict[str, dict[str, str]]:
    """Return the sentence behind each field of a record, and behind each word of an enumeration, by class."""
    found: dict[str, dict[str, str]] = {}
    for module in _MODULES:
        for node in _tree(module).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = _behind(node)
    return found


def _tree(module: types.ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def _behind(node: ast.ClassDef) -> dict[str, str]:
    said: dict[str, str] = {}
    for before, after in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
            continue
        sentence = inspect.cleandoc(str(after.value.value)).replace("``", "")
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name):
            said[before.target.id] = sentence
        elif isinstance(before, ast.Assign) and isinstance(before.value, ast.Constant):
            said[str(before.value.value)] = sentence
    return said
