"""Packets of the multi-function protocol: as bytes, and whatever may come."""

from __future__ import annotations

import contextlib
from functools import reduce
from operator import xor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceError
from drivers.idreader.frames import FrameError, Status
from drivers.idreader.multifunction import Command, Outcome, Reply, encode, take, version
from drivers.idreader.textblock import decode
from drivers.links import SerialLink
from drivers.simulated.idreader_multifunction import SimulatedMultifunctionReader
from drivers.status import Identity
from idreader.conformance import PEOPLE, within_limit


def packet(data: bytes) -> bytes:
    return b"\x02" + len(data).to_bytes(2, "big") + data + bytes([reduce(xor, data, 0), 0x03])


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (Command.VERSION, "02 0002 3111 20 03"),
        (Command.RESET, "02 0002 3112 23 03"),
        (Command.READ_ALL, "02 0003 CA0100 CB 03"),
        (Command.READ_NUMBER, "02 0003 CA0101 CA 03"),
    ],
)
def test_commands_are_sent_as_described(command: Command, sent: str) -> None:
    assert encode(command) == bytes.fromhex(sent)


@pytest.mark.parametrize(
    ("came", "reply"),
    [
        ("02 0002 0000 00 03", Reply(status=Outcome.OK, data=b"")),
        ("02 0002 9000 90 03", Reply(status=Status.OK, data=b"")),
        ("02 0002 8000 80 03", Reply(status=Status.NO_CARD, data=b"")),
        ("02 0002 00F4 F4 03", Reply(status=Outcome.COMMAND_WRONG, data=b"")),
        ("FF FE 02 0003 9000 AB 3B 03", Reply(status=Status.OK, data=b"\xab")),
    ],
)
def test_answers_are_taken(came: str, reply: Reply) -> None:
    assert take(bytes.fromhex(came)) == (reply, b"")


@pytest.mark.parametrize(
    "came",
    ["02 0001 00 00 03", "02 FFFF 00", "02 0002 9000 91 03", "02 0002 9000 90 04", "02 0002 7777 00 03"],
)
def test_what_cannot_be_is_refused(came: str) -> None:
    with pytest.raises(FrameError):
        take(bytes.fromhex(came))


@settings(max_examples=50)
@given(received=st.binary(max_size=1500), framed=st.booleans())
def test_whatever_comes_the_decoder_answers_or_refuses(received: bytes, *, framed: bool) -> None:
    with contextlib.suppress(FrameError):
        reply, rest = take(packet(received) if framed else received)
        assert reply is None or len(reply.data) <= 1284
        assert len(rest) <= len(received) + 5


@settings(max_examples=50)
@given(data=st.binary(max_size=1284), status=st.sampled_from([*Status, *Outcome]), cut=st.integers(0, 1291))
def test_a_well_made_packet_is_taken_once_it_is_whole(data: bytes, status: Status | Outcome, cut: int) -> None:
    head = bytes([status.value, 0]) if isinstance(status, Status) else status.value.to_bytes(2, "big")
    whole = packet(head + data)
    part = whole[: min(cut, len(whole) - 1)]
    assert take(part) == (None, part)
    assert take(whole + b"\x02") == (Reply(status=status, data=data), b"\x02")


@settings(max_examples=50)
@given(st.binary(max_size=70))
def test_a_version_is_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(FrameError):
        told = version(data)
        assert all(text.isprintable() for text in (told.maker, told.model, told.firmware, told.serial))


def test_a_version_names_the_maker() -> None:
    data = bytes(16) + b"\xcc\x04" + b"AB-1".ljust(16, b"\0") + b"\x01\x02\x00\x03" + b"7" * 16
    assert version(data) == Identity(maker="中盾", model="AB-1", firmware="01020003", serial="7" * 16)
    with pytest.raises(FrameError):
        version(data[1:])


@settings(max_examples=50)
@given(st.binary(min_size=256, max_size=256), st.sampled_from([" ", "I", "J", "Y"]))
def test_any_text_block_is_a_document_or_a_reason(block: bytes, mark: str) -> None:
    with contextlib.suppress(DeviceError):
        decode(block[:248] + mark.encode("utf-16-le") + block[250:])


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("02 0002 3112 23 03", "02 0002 0000 00 03"),
        ("02 0005 3113 0064 02 44 03", "02 0002 0000 00 03"),
        ("02 0003 CA0100 CB 03", "02 0002 8000 80 03"),
        ("02 0003 CA0109 C2 03", "02 0002 2100 21 03"),
        ("02 0003 CA0100 CC 03", "02 0002 00F3 F3 03"),
        ("02 0003 CA0100 CB 04", "02 0002 00F1 F1 03"),
        ("02 0001 CA CA 03", "02 0002 00F2 F2 03"),
        ("02 0002 7777 00 03", "02 0002 00F4 F4 03"),
        ("00 FF 02 0002 3112 23 03", "02 0002 0000 00 03"),
    ],
)
async def test_the_simulated_reader_answers_as_described(tmp_path: Path, sent: str, answer: str) -> None:
    module = SimulatedMultifunctionReader(tmp_path / "port", PEOPLE, pace=0)
    await module.start()
    link = SerialLink(str(tmp_path / "port"), 115200)
    await link.open()
    await link.write(bytes.fromhex(sent))
    expected = bytes.fromhex(answer)
    came = b""
    while len(came) < len(expected):
        came += await within_limit(link.read(5.0))
    assert came == expected
    await link.close()
    await module.stop()


@pytest.mark.parametrize(("what", "size"), [("00", 1284), ("01", 36), ("02", 66), ("03", 256)])
async def test_the_simulated_reader_gives_the_part_asked_for(tmp_path: Path, what: str, size: int) -> None:
    module = SimulatedMultifunctionReader(tmp_path / "port", PEOPLE, pace=0)
    await module.start()
    await module.insert("wang")
    link = SerialLink(str(tmp_path / "port"), 115200)
    await link.open()
    await link.write(packet(bytes.fromhex("CA01" + what)))
    came = b""
    while (reply := take(came)[0]) is None:
        came += await within_limit(link.read(5.0))
    assert (reply.status, len(reply.data)) == (Status.OK, size)
    await link.close()
    await module.stop()
