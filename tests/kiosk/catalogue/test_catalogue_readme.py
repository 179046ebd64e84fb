"""How to write a service is written down for every kind of record and every key."""

from __future__ import annotations

from enum import EnumMeta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.catalogue import model
from kiosk.catalogue.checking import LISTS
from kiosk.catalogue.recommending import PlaceRule
from kiosk.forms import Choice, Element, Kind, Rule, RuleKind, Section

README = (Path(__file__).parents[3] / "assets" / "catalogue" / "README.md").read_text()
RECORDS: list[Any] = [
    model.Department,
    model.Division,
    model.City,
    model.LicenceType,
    model.Register,
    Section,
    model.RepeatDeclaration,
    model.Material,
    Element,
    Choice,
    Rule,
    PlaceRule,
    model.Stage,
    model.Sentences,
    model.SpecialStep,
    model.Related,
    model.ItemExample,
    model.ThemeExample,
    model.Item,
    model.Need,
    model.MaterialUse,
    model.Guide,
    model.Result,
    model.OneThing,
    model.ThemeItem,
    model.DecisionTable,
    model.TableInput,
    model.TableRule,
    model.TableExample,
]
WORDS: list[EnumMeta] = [
    Kind,
    RuleKind,
    model.ItemKind,
    model.Carries,
    model.DecisionKind,
    model.Outcome,
    model.Obtained,
    model.Holder,
    model.Region,
    model.Reach,
    model.DecidedAt,
    model.Service,
    model.StepKind,
]


@pytest.mark.parametrize("record", RECORDS)
def test_every_key_is_written_down(record: Any) -> None:
    assert [
        field.encode_name for field in msgspec.structs.fields(record) if f"`{field.encode_name}`" not in README
    ] == []


@pytest.mark.parametrize("words", WORDS)
def test_every_word_a_key_may_hold_is_written_down(words: EnumMeta) -> None:
    assert [str(word) for word in words if f"`{word}`" not in README] == []  # type: ignore[var-annotated]  # enums iterate


def test_every_list_a_one_thing_may_be_on_is_written_down() -> None:
    assert [name for name in LISTS if f"`{name}`" not in README] == []
