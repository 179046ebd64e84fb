from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.status import Identity
from drivers.traffic import Entry, Recording, RecordingError, Tap, parse, switch_off, switch_on, tap
from drivers.traffic.recording import LONGEST_ENTRY_BYTES, entry_line, head_line, shortened
from drivers.traffic.tap import LONGEST_S, MOST_RECENT

TRIGGER = b"\x16T\r"


def written(*entries: Entry) -> bytes:
    return head_line("scanner", "serial", {}) + b"".join(map(entry_line, entries))


entries = st.lists(
    st.builds(
        lambda to_device, data, known: Entry(ms=0, to_device=to_device, length=len(data), data=data if known else None),
        st.booleans(),
        st.binary(min_size=1, max_size=40) | st.binary(min_size=1, max_size=2).map(lambda some: some * 700),
        st.booleans(),
    )
    | st.just(Entry(ms=0, gone=True)),
    max_size=10,
)


@given(entries)
@settings(max_examples=50)
def test_what_is_written_is_read_again(given_entries: list[Entry]) -> None:
    assert parse(written(*given_entries)) == Recording(kind="scanner", protocol="serial", entries=tuple(given_entries))


@given(
    st.binary(max_size=300)
    | st.binary(max_size=60).map(lambda rest: head_line("a", "b", {}) + b'{"ms":1,"to":"h' + rest)
)
@settings(max_examples=150)
def test_any_file_is_a_recording_or_is_told_why(data: bytes) -> None:
    try:
        recording = parse(data)
    except RecordingError:
        return
    assert all(entry.length <= LONGEST_ENTRY_BYTES for entry in recording.entries)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"ms":1,"to":"host","length":9,"bytes":"zz"}', "line 2: 'zz' are no bytes"),
        ('{"ms":1,"to":"host","length":9,"bytes":"00*99999 00*99999"}', "too many"),
        ('{"ms":1,"to":"host","length":9,"bytes":"00"}', "1 bytes, said to be 9"),
        ('{"ms":1,"length":9}', 'bytes go "to"'),
        ('{"ms":1,"to":"host"}', "1 to"),
        ('{"ms":-1,"gone":true}', "no time"),
        ('{"ms":1,"to":"host","length":1,"why":"x"}', "line 2"),
        ('{"ms":5,"gone":true}\n{"ms":4,"gone":true}', "backwards"),
        ("[" * 100_000, "line 2"),
    ],
)
def test_a_line_that_cannot_be_is_named(line: str, said: str) -> None:
    with pytest.raises(RecordingError, match=said):
        parse(head_line("idreader", "sam-v", {}) + line.encode())


def test_runs_are_written_short() -> None:
    assert shortened(b"\1\2" + bytes(1024) + b"\3" * 3) == "0102 00*1024 030303"


class Hands:
    """A clock that is turned by hand."""

    s = 0.0

    def __call__(self) -> float:
        return self.s


def test_a_tap_hears_its_place_and_no_other(tmp_path: Path) -> None:
    clock = Hands()
    file = tmp_path / "scanner.jsonl"
    listening = Tap(kind="scanner", protocol="serial", identity=Identity(serial="7"), file=file, now=clock)
    switch_on("/dev/scanner", listening)
    try:
        tap.sent("/dev/scanner", TRIGGER)
        clock.s = 0.25
        tap.came("/dev/scanner", b"abc1\r")
        tap.came("/dev/other", b"not this")
        tap.gone("/dev/scanner")
    finally:
        switch_off("/dev/scanner")
    tap.came("/dev/scanner", b"nor this")
    expected = (
        Entry(ms=0, to_device=True, length=3, data=TRIGGER),
        Entry(ms=250, length=5, data=b"xxx0\r"),
        Entry(ms=250, gone=True),
    )
    assert listening.recent() == expected
    recording = parse(file.read_bytes())
    assert recording == Recording(kind="scanner", protocol="serial", identity={"serial": "7"}, entries=expected)


def test_keys_of_a_typing_scanner_are_heard_as_no_key_in_particular() -> None:
    listening = Tap(kind="scanner", protocol="wedge")
    switch_on("/dev/input/wedge", listening)
    try:
        tap.key("/dev/input/wedge", 1, 30, 1)
        tap.key("/dev/input/other", 1, 30, 1)
    finally:
        switch_off("/dev/input/wedge")
    [entry] = listening.recent()
    assert entry.data == bytes(16) + bytes.fromhex("01002d0001000000")


def test_a_forgotten_tap_ends_by_itself() -> None:
    clock = Hands()
    listening = Tap(kind="scanner", protocol="serial", limit_s=86400, now=clock)
    clock.s = LONGEST_S - 1
    listening.came(b"1")
    clock.s = LONGEST_S
    listening.came(b"2")
    assert len(listening.recent()) == 1
    assert not listening.listening


def test_a_tap_holds_no_more_than_it_may(tmp_path: Path) -> None:
    file = tmp_path / "scanner.jsonl"
    listening = Tap(kind="scanner", protocol="serial", file=file, most_bytes=2000)
    for _ in range(500):
        listening.came(b"0123456789" * 100)
    listening.close()
    assert file.stat().st_size <= 2000
    parse(file.read_bytes())
    assert len(listening.recent()) == MOST_RECENT
    assert all(entry.length == 1000 and len(entry.data or b"") == 256 for entry in listening.recent())


def test_a_full_disk_ends_the_recording_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    listening = Tap(kind="scanner", protocol="serial", file=Path("/dev/full"))
    listening.came(b"1")
    listening.close()
    assert len(listening.recent()) == 1
    assert "ends here" in caplog.text
