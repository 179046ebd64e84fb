"""Rare characters are found by what somebody sees of them, and come back exactly as they are."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.characters import CharactersUnusable, Table, telling
from kiosk.characters.making import constituents, parts_within, plain
from kiosk.characters.table import COLUMNS, SAME

FILE = Path(__file__).parents[3] / "assets" / "characters" / "characters.tsv"


@cache
def table() -> Table:
    return Table.read(FILE)


def test_by_sound_alone_the_common_ones_come_first() -> None:
    found = [each.character for each in table().found((), "li", 30)]
    assert found.index("李") < 20
    assert "liao" not in {sound for each in table().found((), "li", 30) for sound in each.sounds}


@pytest.mark.parametrize(("character", "said"), [("李", "李，李子的李"), ("\u4dae", "\u4dae，龙、天"), ("A", "A")])
def test_a_character_is_told_as_on_the_telephone(character: str, said: str) -> None:
    assert telling(character, table().largest_parts(character)) == said


@pytest.mark.parametrize(
    ("parts", "character"),
    [("龙天", "\u4dae"), ("土口", "\U00020bb7"), ("火火火火", "燚"), ("吉吉", "喆"), ("牛牛牛", "犇"), ("明空", "曌")],
)
def test_what_was_chosen_whole_comes_among_the_first(parts: str, character: str) -> None:
    assert character in [found.character for found in table().found(tuple(parts), limit=5)]


def test_forms_of_a_part_are_one() -> None:
    assert "\u9f91" in [found.character for found in table().found(("龙", "天"))]  # 龑 with 龍
    assert "江" in [found.character for found in table().found(("水", "工"))]
    assert all(len(set(forms)) == len(forms) for forms in SAME)


def test_sound_and_parts_narrow_each_other() -> None:
    found = [each.character for each in table().found(("钅",), "hong")]
    assert "\U0002cb4e" in found  # 𬭎, CJK extension E, in the national list
    assert set(found) < {each.character for each in table().found((), "hong", limit=999)}


def test_a_code_point_is_a_character() -> None:
    for code in ("4DAE", "4dae", "U+4DAE", " u4dae "):
        found = table().at(code)
        assert found is not None
        assert (found.character, found.sounds, found.code) == ("\u4dae", ("yan",), "4DAE")
    for code in ("", "41", "0041", "D800", "110000", "20BB7F", "U+", "四"):
        assert table().at(code) is None


def test_nothing_is_found_by_nothing_or_by_what_is_no_part() -> None:
    assert table().found() == ()
    assert table().found(("A",)) == ()
    assert table().parts(("A",)) == ()


_parts = st.lists(st.sampled_from(table().parts()[:300]), min_size=1, max_size=3)


@settings(max_examples=15, deadline=None)
@given(chosen=_parts)
def test_one_part_more_never_finds_what_fewer_did_not(chosen: list[str]) -> None:
    everything = len(table())
    found = {each.character for each in table().found(chosen, limit=everything)}
    fewer = {each.character for each in table().found(chosen[:-1], limit=everything)}
    assert found <= fewer or len(chosen) == 1


@settings(max_examples=12, deadline=None)
@given(chosen=_parts, data=st.data())
def test_every_part_that_is_offered_finds_something(chosen: list[str], data: st.DataObject) -> None:
    offered = table().parts(chosen)
    if offered:
        more = data.draw(st.sampled_from(offered))
        assert table().found((*chosen, more))


def test_every_character_is_found_by_its_own_code_and_survives_utf8() -> None:
    for character in "㐀䶮龑𠮷𬭎𪚥":
        found = table().at(f"{ord(character):X}")
        assert found is not None
        assert found.character == character
        assert found.character.encode().decode() == character
        # compatibility ideographs would be changed into others on their way: none is offered
        assert unicodedata.normalize("NFC", found.character) == character


def test_what_is_offered_is_normal_already() -> None:
    text = FILE.read_text("utf-8")
    assert unicodedata.normalize("NFC", text) == text


def test_the_table_is_made_from_its_sources() -> None:
    direct = constituents("䶮:d(龙,天)\n10001:a(木,木)\n森:d(木,10001)\n天:d(一,大)\nrubbish\n")
    assert parts_within(direct, "䶮") == {"龙", "天", "一", "大"}
    assert parts_within(direct, "森") == {"木", "10001"}
    assert parts_within({"甲": ("乙",), "乙": ("甲",)}, "甲") == {"乙"}
    assert [plain(sound) for sound in ("yǎn", "lǜ", "nǚ", "Hóng", "")] == ["yan", "lv", "nv", "hong", ""]


@settings(max_examples=150, deadline=None)
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=80).map(lambda text: f"{COLUMNS}\n{text}\n".encode())))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read = Table.from_bytes(raw)
    except CharactersUnusable:
        return
    assert read.found(("木",)) is not None


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b")):
        with pytest.raises(CharactersUnusable):
            Table.read(path)
