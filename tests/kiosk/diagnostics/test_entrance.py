"""Codes at the technician's door: right ones open once, guessing is hopeless, and the disk remembers."""

from __future__ import annotations

import hashlib
import hmac
import struct
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from benches import BEGIN
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.contract import technicians
from kiosk.contract.technicians import BESIDE, DIGITS, SPAN_S, DoorSecret
from kiosk.diagnostics.entrance import (
    AT_ONCE,
    NO_SECRET,
    NOT_KEPT,
    SHUT,
    SHUT_S,
    USED,
    WRONG,
    Entrance,
    Tries,
    missed,
    taken,
)

SECRET = bytes(range(32))


class Clock:
    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def door(folder: Path, clock: Clock, *, secret: bool = True) -> Entrance:
    made = Entrance(folder, lambda: "T-0117", clock)
    if secret:
        made.take(DoorSecret(version=1, secret=SECRET.hex()))
    return made


def code(at: datetime, technician: str = "YJ-0001", terminal: str = "T-0117") -> str:
    return technicians.code(technicians.key(SECRET, terminal, technician), technicians.span(at.timestamp()))


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238 appendix B: eight digits, SHA-256, the key of 32 bytes, at the spans of its table."""
    key = b"12345678901234567890123456789012"
    table = {0x1: "46119246", 0x23523EC: "68084774", 0x23523ED: "67062674", 0x273EF07: "91819424"}
    assert {number: technicians.code(key, number) for number in table} == table


def test_keys_are_those_of_hkdf_and_nobody_elses_follow() -> None:
    """RFC 5869 with an empty salt and one block."""
    about = b"onething technician 1\0\0\x06T-0117\0\x07YJ-0001"
    extracted = hmac.digest(b"\0" * 32, SECRET, hashlib.sha256)
    assert technicians.key(SECRET, "T-0117", "YJ-0001") == hmac.digest(extracted, about + b"\1", hashlib.sha256)
    named = [("T-1", "1YJ"), ("T-11", "YJ"), ("T", "-11YJ")]
    assert len({technicians.key(SECRET, *each) for each in named}) == 3
    assert struct.calcsize(">H") == 2


def test_a_code_opens_once_and_for_its_technician_and_terminal_alone(tmp_path: Path) -> None:
    clock = Clock()
    entrance = door(tmp_path, clock)
    assert entrance.check("YJ-0002", code(clock.now)).code == WRONG
    assert entrance.check("YJ-0001", code(clock.now, terminal="T-0118")).code == WRONG
    assert entrance.check("YJ-0001", code(clock.now)).code == ""
    assert entrance.check("YJ-0001", code(clock.now)).code == USED
    assert door(tmp_path, clock).check("YJ-0001", code(clock.now)).code == USED  # nor after a restart
    assert entrance.check("YJ-0001", code(clock.now - timedelta(seconds=SPAN_S))).code == SHUT  # nor an older one


@pytest.mark.parametrize(("off_s", "opens"), [(-299, True), (299, True), (-601, False), (601, False)])
def test_clocks_may_differ_by_a_span_and_no_more(tmp_path: Path, off_s: int, opens: bool) -> None:
    clock = Clock()
    middle = clock.now - timedelta(seconds=clock.now.timestamp() % SPAN_S)
    clock.now = middle + timedelta(seconds=1 if off_s < 0 else SPAN_S - 1)
    given_ = code(clock.now + timedelta(seconds=off_s))
    assert (door(tmp_path, clock).check("YJ-0001", given_).code == "") == opens


def test_three_wrong_codes_shut_the_door_longer_each_time_and_a_right_one_forgives(tmp_path: Path) -> None:
    clock = Clock()
    entrance = door(tmp_path, clock)
    for seconds in (*SHUT_S, SHUT_S[-1]):
        outcomes = [entrance.check("YJ-0001", "00000000") for _ in range(AT_ONCE)]
        assert [each.code for each in outcomes] == [*[WRONG] * (AT_ONCE - 1), SHUT]
        assert outcomes[-1].shut_until == entrance.shut_until() == clock.now + timedelta(seconds=seconds)
        assert entrance.check("YJ-0001", code(clock.now)).code == SHUT  # not even the right one
        clock.later(seconds + 1)
    assert entrance.check("YJ-0001", code(clock.now)).code == ""
    assert entrance.check("YJ-0002", "00000000").code == WRONG


def test_switching_off_and_setting_the_clock_back_help_nobody_and_shut_nobody_out_for_ever(tmp_path: Path) -> None:
    clock = Clock()
    entrance = door(tmp_path, clock)
    for _ in range(AT_ONCE):
        entrance.check("YJ-0001", "00000000")
    again = door(tmp_path, clock)
    assert again.check("YJ-0001", code(clock.now)).code == SHUT
    clock.later(-400_000)
    until = again.shut_until()
    assert until is not None
    assert until <= clock.now + timedelta(seconds=SHUT_S[-1])
    clock.later(SHUT_S[-1] / 2)
    assert again.shut_until() == until  # the hour does not begin anew
    clock.later(SHUT_S[-1] / 2 + 1)
    assert again.shut_until() is None
    assert again.check("YJ-0001", code(clock.now)).code == ""


def test_a_code_that_was_used_stays_used_when_the_clock_is_set_back_to_its_time(tmp_path: Path) -> None:
    clock = Clock()
    entrance, early = door(tmp_path, clock), code(clock.now)
    assert entrance.check("YJ-0001", early).code == ""
    clock.later(100 * SPAN_S)
    assert entrance.check("YJ-0002", code(clock.now, "YJ-0002")).code == ""
    clock.later(-100 * SPAN_S)
    assert entrance.check("YJ-0001", early).code == USED


def test_the_file_of_used_codes_stays_small() -> None:
    tries = Tries()
    for number in range(600):
        tries = taken(tries, f"YJ-{number:04}", number)
    assert (len(tries.used), min(tries.used.values())) == (500, 100)


def test_a_year_of_guessing_gets_nobody_in() -> None:
    """As fast as the door allows, the chance of one right code in a year, against one in a thousand."""
    tries, now, guesses = Tries(), BEGIN, 0
    while now < BEGIN + timedelta(days=365):
        tries, guesses = missed(tries, now), guesses + 1
        if tries.shut_until is not None and tries.shut_until > now:
            now = tries.shut_until
    assert guesses > 20_000
    assert guesses * (2 * BESIDE + 1) / 10**DIGITS < 0.001


def test_without_a_secret_no_code_counts_and_the_file_is_for_this_user_alone(tmp_path: Path) -> None:
    clock = Clock()
    entrance = door(tmp_path, clock, secret=False)
    assert (entrance.version(), entrance.check("YJ-0001", code(clock.now)).code) == (0, NO_SECRET)
    entrance.take(DoorSecret(version=7, secret=SECRET.hex()))
    assert entrance.version() == 7
    assert [file.stat().st_mode & 0o077 for file in tmp_path.rglob("*.json")] == [0]
    assert SECRET.hex() not in repr(entrance.check("YJ-0001", "1"))


def test_a_code_that_cannot_be_remembered_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    entrance = door(tmp_path, clock)

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr("kiosk.diagnostics.entrance._write", full)
    assert entrance.check("YJ-0001", code(clock.now)).code == NOT_KEPT
    for _ in range(AT_ONCE):
        shut = entrance.check("YJ-0001", "00000000")
    assert shut.code == SHUT  # counted all the same


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200), st.text(max_size=12), st.text(max_size=12))
def test_whatever_the_files_hold_and_whatever_is_typed_nobody_gets_in_by_it(
    tmp_path_factory: pytest.TempPathFactory, secret: bytes, tries: bytes, number: str, given_: str
) -> None:
    folder = tmp_path_factory.mktemp("door")
    (folder / "technicians").mkdir()
    (folder / "technicians" / "secret.json").write_bytes(secret)
    (folder / "technicians" / "tries.json").write_bytes(tries)
    entrance = Entrance(folder, lambda: "T-0117", Clock())
    entrance.shut_until()
    assert entrance.check(number, given_).code
