from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import MediaUnreadable, WrongMedia
from drivers.idreader.api import Document, DocumentKind
from drivers.idreader.textblock import LAYOUTS, decode
from drivers.simulated.idreader import text_block
from drivers.simulated.people import Person, load_people

PEOPLE = load_people(Path(__file__).parents[3] / "assets/simulated/people.yaml")
SHARED = sorted(set(Document.__slots__) - {"photo_wlt"})


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_layout_fills_the_block_and_has_its_mark_at_byte_248(kind: DocumentKind) -> None:
    starts = {}
    end = 0
    for name, size in LAYOUTS[kind]:
        starts[name] = end
        end += size
    assert end == 256
    assert kind is DocumentKind.RESIDENT_ID or starts["mark"] == 248


@pytest.mark.parametrize("key", PEOPLE)
def test_every_document_of_the_city_is_read_as_it_was_issued(key: str) -> None:
    person = PEOPLE[key]
    document = decode(text_block(person))
    assert {name: getattr(document, name) for name in SHARED} == {name: getattr(person, name) for name in SHARED}


def test_the_city_has_all_four_documents() -> None:
    assert {person.kind for person in PEOPLE.values()} == set(DocumentKind)


@given(
    name=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ ,'-", min_size=1, max_size=46).filter(lambda name: name.strip(" ") == name)
)
def test_a_long_english_name_continues_in_the_second_field(name: str) -> None:
    assert decode(text_block(msgspec.structs.replace(PEOPLE["john"], english_name=name))).english_name == name


@given(
    name=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=15),
    born=st.dates(min_value=date(1000, 1, 1)),
    until=st.none() | st.dates(min_value=date(1000, 1, 1)),
)
def test_names_and_dates_come_back(name: str, born: date, until: date | None) -> None:
    person = msgspec.structs.replace(PEOPLE["wang"], name=name, birth_date=born, valid_until=until)
    document = decode(text_block(person))
    assert (document.name, document.birth_date, document.valid_until) == (name, born, until)


def test_a_rare_character_of_two_units_comes_back() -> None:
    assert decode(text_block(msgspec.structs.replace(PEOPLE["wang"], name="刘\U00030729"))).name == "刘\U00030729"


BAD = {
    "name": "",
    "number": "00010119850315",
    "sex": "7",
    "ethnicity": "A1",
}


@pytest.mark.parametrize("field", BAD)
def test_garbage_names_the_field_and_never_the_value(field: str) -> None:
    person: Person = msgspec.structs.replace(PEOPLE["wang"], **{field: BAD[field]})
    with pytest.raises(MediaUnreadable, match=f"field {field}") as caught:
        decode(text_block(person))
    assert not BAD[field] or BAD[field] not in caught.value.detail


@pytest.mark.parametrize("field", ["birth_date", "valid_from", "valid_until"])
def test_a_day_that_never_was_is_unreadable(field: str) -> None:
    start = 0
    for name, size in LAYOUTS[DocumentKind.RESIDENT_ID]:
        if name == field:
            break
        start += size
    block = bytearray(text_block(PEOPLE["wang"]))
    block[start : start + 16] = "20230229".encode("utf-16-le")
    with pytest.raises(MediaUnreadable, match=f"field {field} is no date"):
        decode(bytes(block))


def test_a_mark_nobody_knows_is_wrong_media() -> None:
    block = bytearray(text_block(PEOPLE["he"]))
    block[248:250] = "Q".encode("utf-16-le")
    with pytest.raises(WrongMedia):
        decode(bytes(block))


def test_a_lone_half_of_a_character_or_a_control_is_unreadable() -> None:
    for damage in (b"\x00\xd8", b"\x00\x00", b"\xff\xff"):
        with pytest.raises(MediaUnreadable, match="field name"):
            decode(damage + text_block(PEOPLE["wang"])[2:])


@given(st.binary(max_size=300) | st.binary(min_size=256, max_size=256))
def test_any_bytes_are_a_document_or_an_error_of_the_tree(block: bytes) -> None:
    _decoded_or_refused(block)


@given(key=st.sampled_from(sorted(PEOPLE)), at=st.integers(0, 255), value=st.integers(0, 255))
def test_one_wrong_byte_is_a_document_or_an_error_of_the_tree(key: str, at: int, value: int) -> None:
    block = bytearray(text_block(PEOPLE[key]))
    block[at] = value
    _decoded_or_refused(bytes(block))


def _decoded_or_refused(block: bytes) -> None:
    with contextlib.suppress(MediaUnreadable, WrongMedia):
        document = decode(block)
        assert document.number
        assert document.name or document.english_name
