"""The pad for rare characters: what is chosen and typed, what is found, and the character in the field."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.models.rare import RareModel
from ui.models.rows import Rows


def _shown(model: RareModel, rows: str) -> list[str]:
    listed = model.property(rows)
    assert isinstance(listed, Rows)
    return [row.character for row in listed.rows()]


@pytest.fixture
def rare(qtbot: QtBot) -> RareModel:
    model = RareModel()
    qtbot.waitUntil(lambda: bool(_shown(model, "parts")), timeout=20_000)  # the table is read by a thread
    return model


def test_parts_lead_to_the_character(rare: RareModel) -> None:
    rare.choosePart("龙")
    rare.choosePart("天")
    assert _shown(rare, "found")[0] == "\u4dae"
    rare.dropPart(1)
    assert rare.property("chosen") == ["龙"]
    assert len(_shown(rare, "found")) > 2


def test_a_character_of_the_second_plane(rare: RareModel) -> None:
    rare.choosePart("土")
    rare.choosePart("口")
    assert "\U00020bb7" in _shown(rare, "found")


def test_sound_and_code(rare: RareModel) -> None:
    for letter in "biang":
        rare.typeSound(letter)
    assert _shown(rare, "found") == []  # biáng is younger than the typefaces
    rare.clear()
    assert rare.property("asked") is False
    for digit in "20BB7":
        rare.typeCode(digit)
    assert _shown(rare, "found") == ["\U00020bb7"]
    rare.back()
    assert rare.property("code") == "20BB"


def test_only_parts_that_lead_on_are_shown_page_by_page(rare: RareModel) -> None:
    rare.fit(10, 4)
    rare.showStrokes(3)
    first = _shown(rare, "parts")
    assert len(first) == 10
    rare.turnParts(1)
    assert not set(first) & set(_shown(rare, "parts"))
    rare.turnParts(-5)
    assert _shown(rare, "parts") == first
    rare.choosePart("女")
    assert len(_shown(rare, "found")) == 4
    before = _shown(rare, "found")
    rare.turnFound(1)
    assert not set(before) & set(_shown(rare, "found"))


def test_choosing_looks_for_nothing_more(rare: RareModel) -> None:
    rare.choosePart("龙")
    rare.choose("\u4dae")
    assert rare.property("asked") is False
    assert _shown(rare, "found") == []


def test_a_missing_table_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    model = RareModel(table=tmp_path / "none")
    qtbot.waitUntil(lambda: model.property("unusable") is True, timeout=10_000)
    model.choosePart("龙")
    assert _shown(model, "found") == []
