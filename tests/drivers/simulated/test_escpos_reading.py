from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.simulated.escpos import (
    Ask,
    Command,
    Cut,
    Initialise,
    Interpreter,
    PrintQr,
    PrintRaster,
    PrintText,
    ProtocolError,
    RealtimeScanner,
    Report,
    SetStyle,
    TellPaper,
)
from drivers.simulated.roll import KNIFE_DOTS, Roll

JOB = b"".join(
    [
        b"\x1b@\x1ba\x01\x1bE\x01\x1d!\x11",
        b"\x1c&" + "受理回执".encode("gb18030") + b"\n\x1c.",
        b"plain text\x1bd\x02",
        b"\x1dv0\x00\x02\x00\x03\x00" + bytes(range(6)),
        b"\x1d(k\x03\x00\x31\x43\x05\x1d(k\x03\x00\x31\x45\x31\x1d(k\x08\x00\x31\x50\x30hello\x1d(k\x03\x00\x31\x51\x30",
        b"\x10\x04\x01\x1da\x00\x1dVB\x00\x1dr\x01",
    ]
)
READ: list[Command] = [
    Initialise(),
    SetStyle(align=1),
    SetStyle(bold=True),
    SetStyle(wide=2, high=2),
    PrintText(text="受理回执", feed_lines=1),
    PrintText(text="plain text", feed_lines=2),
    PrintRaster(width_bytes=2, rows=3, dots=bytes(range(6)), wide=False, high=False),
    PrintQr(payload=b"hello", module_dots=5, correction="M"),
    Report(which=0),
    Cut(full=False, to_knife=True, feed_dots=0),
    TellPaper(),
]


@given(st.lists(st.integers(1, 30)))
def test_a_job_is_read_the_same_however_it_is_cut_up(sizes: list[int]) -> None:
    interpreter = Interpreter()
    rest = JOB
    commands: list[Command] = []
    for size in sizes:
        commands += interpreter.feed(rest[:size])
        rest = rest[size:]
    commands += interpreter.feed(rest)
    assert commands == READ
    assert not interpreter.in_mid_command


@given(st.binary(max_size=300))
def test_any_bytes_are_commands_or_a_protocol_error(data: bytes) -> None:
    interpreter, roll = Interpreter(), Roll(576)
    with contextlib.suppress(ProtocolError):
        for command in interpreter.feed(data):
            if isinstance(command, PrintText | PrintRaster | PrintQr | Cut):
                for piece in roll.pieces(command):
                    roll.feed(piece)


@pytest.mark.parametrize(
    "data",
    [
        b"\x07",
        b"\x1bZ",
        b"\x1dZ",
        b"\x10\x05\x03",
        b"\x10\x14\x01\x00\x01\x00\x00\x00\x00\x00",
        b"\x10\x04\x09",
        b"\x1dv1",
        b"\x1dv0\x07\x01\x00\x01\x00",
        b"\x1dv0\x00\x00\x00\x01\x00",
        b"\x1dV\x05",
        b"\x1dI\x09",
        b"\x1de\x09",
        b"\x1bR\x0f",
        b"\x1d(L\x00\x00",
        b"\x1d(k\x03\x00\x31\x51\x30",
        b"\x1c!\x00",
        "受".encode("gb18030"),
        b"\x1c&\xff\xff\n",
        b"text\x1dVB\x00",
        b"x" * 5000,
    ],
)
def test_what_is_not_known_is_never_skipped(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        list(Interpreter().feed(data))


@given(st.lists(st.sampled_from([b"\x10", b"\x04", b"\x01", b"\x04\x02", b"\x10\x04\x03", b"x"]), max_size=20))
def test_questions_in_real_time_are_found_wherever_they_stand(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    expected = [
        whole[at + 2] for at in range(len(whole) - 2) if whole[at : at + 2] == b"\x10\x04" and whole[at + 2] <= 4
    ]
    scanner = RealtimeScanner()
    found = [command for piece in pieces for command, _ in scanner.feed(piece)]
    assert found == [Ask(number=number) for number in expected]


def test_a_plain_cut_leaves_what_has_not_reached_the_knife() -> None:
    roll = Roll(16)
    for piece in roll.pieces(PrintRaster(width_bytes=2, rows=200, dots=bytes(400), wide=False, high=False)):
        roll.feed(piece)
    slip = roll.cut(to_knife=False)
    assert slip is not None
    assert slip.height == 200 - KNIFE_DOTS
    assert roll.rows == KNIFE_DOTS


def test_what_is_wider_than_the_paper_is_a_mistake() -> None:
    wide = PrintRaster(width_bytes=3, rows=1, dots=bytes(3), wide=False, high=False)
    with pytest.raises(ProtocolError):
        list(Roll(16).pieces(wide))
