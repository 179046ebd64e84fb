"""The schemas that editors use fit the files as they are, and see the slips that a schema can see."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml

from kiosk.catalogue.headings import SPECIAL, heading
from kiosk.catalogue.schemas import RECORDS, schema_for, schemas, written
from kiosk.catalogue.sources import files_of

ROOT = Path(__file__).parents[3]
DELIVERED = ROOT / "assets" / "catalogue"
SCHEMAS = DELIVERED / "schemas"


def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{kind}.json").read_text()))


VALIDATORS = {kind: validator(kind) for kind in RECORDS}


@pytest.mark.parametrize("kind", RECORDS)
def test_each_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas()[kind])


def test_they_are_current() -> None:
    assert {file.name: file.read_text() for file in SCHEMAS.glob("*.json")} == {
        file.name: text for file, text in written(SCHEMAS).items()
    }


@pytest.mark.parametrize("root", [DELIVERED, Path(__file__).parent / "data"], ids=["delivered", "small"])
def test_every_file_fits(root: Path) -> None:
    wrong = [
        f"{name}: {error.json_path}: {error.message[:200]}"
        for name, path in files_of(root).items()
        for error in VALIDATORS[schema_for(name)].iter_errors(
            yaml.load(path.read_bytes(), yaml.CSafeLoader)  # the safe loader, in C
        )
    ]
    assert wrong == []


ITEM = yaml.safe_load((Path(__file__).parent / "data" / "items" / "health" / "birth.yaml").read_text())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "aply"),
        ("audince", "person"),
        ("statutory_days", "five"),
        ("code", 100000001),
        ("needs", "person.name"),
        ("needs", [{"element": "person.name", "wen": "true"}]),
        ("name", "出生"),
        ("name", {"zh-Hans": "出生"}),
        ("special_steps", [{"step": "tset", "days": 1}]),
    ],
)
def test_a_slip_is_seen(key: str, value: Any) -> None:
    item = {**copy.deepcopy(ITEM), key: value}
    assert VALIDATORS["item"].is_valid(ITEM)
    assert not VALIDATORS["item"].is_valid(item)


def test_what_is_left_out_on_purpose_is_no_slip() -> None:
    item = {**copy.deepcopy(ITEM), "name": {"zh-Hans": "出生", "en": "Birth"}}
    item.pop("id", None)
    item.pop("department", None)
    assert VALIDATORS["item"].is_valid(item)
    assert not VALIDATORS["item"].is_valid({key: value for key, value in item.items() if key != "guide"})


@pytest.mark.parametrize("kind", RECORDS)
def test_every_key_has_a_chinese_name(kind: str) -> None:
    for part in schemas()[kind]["$defs"].values():
        for key, shape in part.get("properties", {}).items() if part.get("title") != "Text" else ():
            assert shape["title"], key


def test_no_chinese_name_is_left_over() -> None:
    (_, parts) = msgspec.json.schema_components(list(RECORDS.values()))
    for record, names in SPECIAL.items():
        assert set(names) <= set(parts[record]["properties"]), record
        assert all(heading(record, key) == name for key, name in names.items())


def test_words_are_explained() -> None:
    assert "受理" in schemas()["item"]["$defs"]["Outcome"]["description"]
    assert schemas()["item"]["$defs"]["Item"]["properties"]["code"]["description"].startswith("Catalogue code")
