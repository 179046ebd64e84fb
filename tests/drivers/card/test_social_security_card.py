"""What is read from a card, without a reader: the card's own APDU handling at one end, ours at the other."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card import NATIONAL_LAYOUT, Place
from drivers.card.apdu import ApduError, StatusWord, exchange, status_name
from drivers.card.socialsecurity import read_card, record_value
from drivers.errors import MediaUnreadable, WrongMedia
from drivers.simulated.people import load_people
from drivers.simulated.socialsecurity import social_security_card

PEOPLE = load_people(Path(__file__).parents[3] / "assets/simulated/people.yaml")
HOLDERS = [key for key, person in PEOPLE.items() if person.social_security_card]
SELECT = bytes.fromhex("00A404000F 7378312E73682E C9E7BBE1B1A3D5CF")
TOLD = bytes.fromhex("6F11840F") + SELECT[5:]


@pytest.mark.parametrize("key", HOLDERS)
def test_every_card_of_the_city_is_read_as_it_was_issued(key: str) -> None:
    person = PEOPLE[key]
    card = read_card(social_security_card(person).obey)
    assert (card.name, card.number, card.card_number) == (person.name, person.number, person.social_security_card)
    assert (card.sex, card.ethnicity, card.birth_date) == (person.sex, person.ethnicity, person.birth_date)
    assert card.issued == person.valid_from
    assert card.valid_until > card.issued
    assert len(card.card_id) == 32


@pytest.mark.parametrize(
    ("commands", "answer"),
    [
        (["00A404000F 7378312E73682EC9E7BBE1B1A3D5CF"], "6113"),
        (["00A4040005 A000000003"], "6A82"),
        (["00A404000F 7378"], "6700"),
        (["00A4080002 EF05"], "6A86"),
        (["00A4020002 EF05"], "6A82"),
        (["00B2010000"], "6986"),
        (["00C0000010"], "6985"),
        (["00CA000000"], "6D00"),
        (["80A4040000"], "6E00"),
        (["00A4"], "6700"),
        ([SELECT.hex(), "00A4020002 EF05"], "9000"),
        ([SELECT.hex(), "00C0000020"], "6C13"),
        ([SELECT.hex(), "00C0000002"], "6F116111"),
        ([SELECT.hex(), "00A4020002 EF07"], "6A82"),
        ([SELECT.hex(), "00A4020002 EF05", "00B2070000"], "6C0B"),
        ([SELECT.hex(), "00A4020002 EF05", "00B207000B"], "0709" + b"C10001332".hex() + "9000"),
        ([SELECT.hex(), "00A4020002 EF05", "00B2990000"], "6A83"),
        ([SELECT.hex(), "00A4020002 EF05", "00B2070100"], "6A86"),
        ([SELECT.hex(), "00A4020002 EF05", "00B20700"], "6700"),
    ],
)
def test_the_simulated_card_answers_as_a_t0_card(commands: list[str], answer: str) -> None:
    card = social_security_card(PEOPLE["wang"])
    answers = [card.obey(bytes.fromhex(command)) for command in commands]
    assert answers[-1].hex().upper() == answer.upper()


def test_the_detours_of_t0_are_taken() -> None:
    answer = exchange(social_security_card(PEOPLE["wang"]).obey, SELECT)
    assert (answer.data, answer.status) == (TOLD, StatusWord.OK)


def test_a_card_that_leads_in_circles_is_left() -> None:
    with pytest.raises(ApduError, match="no end"):
        exchange(lambda _: b"\x61\x05", SELECT)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=40))
def test_whatever_a_card_answers_reading_ends_with_an_error_of_the_tree(answers: list[bytes]) -> None:
    turn = itertools.cycle(answers)
    with contextlib.suppress(WrongMedia, MediaUnreadable):
        read_card(lambda _: next(turn))


@given(at=st.integers(0, 30), damage=st.binary(max_size=40))
def test_one_damaged_answer_is_a_card_or_an_error_of_the_tree(at: int, damage: bytes) -> None:
    card = social_security_card(PEOPLE["wang"])
    count = 0

    def transmit(command: bytes) -> bytes:
        nonlocal count
        count += 1
        return damage + b"\x90\x00" if count == at else card.obey(command)

    with contextlib.suppress(WrongMedia, MediaUnreadable):
        assert read_card(transmit).name


@given(st.binary(max_size=300), st.integers(0, 255))
def test_any_record_is_a_value_or_unreadable(record: bytes, tag: int) -> None:
    with contextlib.suppress(MediaUnreadable):
        value = record_value("name", tag, record)
        assert bytes([tag, len(value)]) + value == record


def test_another_card_is_wrong_media() -> None:
    with pytest.raises(WrongMedia, match="6A82"):
        read_card(lambda _: b"\x6a\x82")


def test_a_card_that_refuses_is_unreadable() -> None:
    with pytest.raises(MediaUnreadable, match="6F00"):
        read_card(lambda _: b"\x6f\x00")


@pytest.mark.parametrize(("field", "value"), [("sex", "7"), ("number", "123"), ("name", "\x01")])
def test_garbage_names_the_field_and_never_the_value(field: str, value: str) -> None:
    person = PEOPLE["wang"]
    card = social_security_card(person)
    tag = {"sex": 0x0A, "number": 0x08, "name": 0x09}[field]

    def transmit(command: bytes) -> bytes:
        if command[1:3] == bytes([0xB2, tag]):
            return bytes([tag, len(value)]) + value.encode() + b"\x90\x00"
        return card.obey(command)

    with pytest.raises(MediaUnreadable, match=f"field {field}") as caught:
        read_card(transmit)
    assert value not in caught.value.detail


def test_a_region_may_write_elsewhere() -> None:
    elsewhere = dataclasses.replace(NATIONAL_LAYOUT, name=Place(file=0xEF06, tag=0x08))
    card = read_card(social_security_card(PEOPLE["wang"]).obey, elsewhere)
    assert card.name == PEOPLE["wang"].number


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 1, 1)))
def test_days_come_back(day: date) -> None:
    person = msgspec.structs.replace(PEOPLE["wang"], birth_date=day, valid_from=day)
    card = read_card(social_security_card(person).obey)
    assert (card.birth_date, card.issued) == (day, day)


def test_status_words_are_named() -> None:
    assert status_name(0x6A82) == "6A82 FILE_NOT_FOUND"
    assert status_name(0x6F00) == "6F00"
