"""Commands, answers, data objects and the answer to reset: pure, so any input is tried."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card.apdu import ApduError, Command, StatusWord, exchange, send
from drivers.card.atr import AtrError, parse_atr
from drivers.card.tlv import TlvError, encode, find, first, objects, whole_length

BYTE = st.integers(0, 255)
COMMANDS = st.builds(
    Command,
    cla=st.sampled_from([0x00, 0x0C, 0x80]),
    ins=BYTE,
    p1=BYTE,
    p2=BYTE,
    data=st.binary(max_size=700),
    expected=st.sampled_from([0, 1, 255, 256, 257, 65535, 65536]),
)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (Command(ins=0x70), "00700000"),
        (Command(ins=0xB0, expected=256), "00B0000000"),
        (Command(ins=0xB0, expected=65536), "00B00000000000"),
        (Command(ins=0xA4, p1=4, data=b"\xa0"), "00A4040001A0"),
        (Command(ins=0xA4, p1=4, data=b"\xa0", expected=256), "00A4040001A000"),
        (Command(ins=0xA4, data=b"\xa0", expected=257), "00A40000000001A00101"),
        (Command(ins=0xA4, data=bytes(256)), "00A40000000100" + "00" * 256),
    ],
)
def test_the_seven_cases_of_a_command(command: Command, message: str) -> None:
    assert command.encode() == bytes.fromhex(message)
    assert Command.decode(bytes.fromhex(message)) == command


@given(COMMANDS)
def test_a_command_comes_back(command: Command) -> None:
    assert Command.decode(command.encode()) == command


@given(st.binary(max_size=300))
def test_any_bytes_are_a_command_or_none(message: bytes) -> None:
    with contextlib.suppress(ApduError):
        again = Command.decode(message)
        assert Command.decode(again.encode()) == again


class EchoCard:
    """Collects a chain and answers its data in pieces of a length of its choice."""

    def __init__(self, protocol: str, piece: int) -> None:
        self.protocol, self.piece = protocol, piece
        self.got, self.waiting = b"", b""

    def transmit(self, message: bytes) -> bytes:
        command = Command.decode(message)
        if command.ins == 0xC0:
            assert not command.cla & 0x10
            given, self.waiting = self.waiting[: command.expected], self.waiting[command.expected :]
            return given + self._more()
        self.got += command.data
        if command.cla & 0x10:
            assert len(command.data) == 255
            return b"\x90\x00"
        self.waiting, self.got = self.got, b""
        if self.protocol == "T=0":
            assert not (command.data and command.expected)
            return self._more()
        given, self.waiting = self.waiting[: self.piece], self.waiting[self.piece :]
        return given + self._more()

    def _more(self) -> bytes:
        return bytes([0x61, min(len(self.waiting), self.piece) & 0xFF]) if self.waiting else b"\x90\x00"


@given(st.sampled_from(["T=0", "T=1"]), st.sampled_from([1, 255, 256, 510, 511, 2000]), st.integers(1, 256))
@settings(max_examples=60)
def test_long_data_goes_in_a_chain_and_comes_back_in_one(protocol: str, size: int, piece: int) -> None:
    data = bytes(at * 7 % 251 for at in range(size))
    piece = max(piece, len(data) // 900 + 1)
    answer = send(EchoCard(protocol, piece), Command(ins=0x87, data=data, expected=256))
    assert (answer.data, answer.status) == (data, StatusWord.OK)


def test_a_chain_ends_where_the_card_refuses_it() -> None:
    sent = []

    class Refusing:
        protocol = "T=1"

        def transmit(self, message: bytes) -> bytes:
            sent.append(message)
            return b"\x68\x84"

    assert send(Refusing(), Command(ins=0x87, data=bytes(600))).status == StatusWord.CHAINING_NOT_SUPPORTED
    assert len(sent) == 1


def test_a_wrong_length_is_corrected() -> None:
    sent = []

    def transmit(message: bytes) -> bytes:
        sent.append(message.hex())
        return b"\x6c\x03" if message[4] != 3 else b"abc\x90\x00"

    assert exchange(transmit, bytes.fromhex("00B0000000")).data == b"abc"
    assert sent == ["00b0000000", "00b0000003"]


@pytest.mark.parametrize("answer", [b"\x61\x05", b"\x6c\x05", b"a\x61\x00" * 1])
def test_a_card_that_leads_in_circles_is_left(answer: bytes) -> None:
    with pytest.raises(ApduError, match="no end"):
        exchange(lambda _: answer, bytes.fromhex("00A40400"))


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=30))
def test_whatever_a_card_answers_there_is_an_end(answers: list[bytes]) -> None:
    turn = 0

    class Any:
        protocol = "T=1"

        def transmit(self, _: bytes) -> bytes:
            nonlocal turn
            turn += 1
            return answers[turn % len(answers)]

    with contextlib.suppress(ApduError):
        send(Any(), Command(ins=0xCB, data=bytes(300), expected=256))


@given(st.lists(st.tuples(st.sampled_from([0x5C, 0x7F49, 0x5F2E, 0x30, 0x1FFF01]), st.binary(max_size=300))))
def test_data_objects_come_back(given_objects: list[tuple[int, bytes]]) -> None:
    data = b"".join(encode(tag, value) for tag, value in given_objects)
    found = objects(data)
    assert [(item.tag, item.value) for item in found] == given_objects
    assert b"".join(item.raw for item in found) == data
    for item in found:
        assert whole_length(item.raw[:8]) == len(item.raw)


@given(st.binary(max_size=400))
def test_any_bytes_are_data_objects_or_none(data: bytes) -> None:
    for parser in (objects, first, whole_length, lambda each: find(each, 0x7C, 0x80)):
        with contextlib.suppress(TlvError):
            parser(data)


@pytest.mark.parametrize("data", ["5C", "5C80", "5C85", "5C850000000001", "5C0201", "1F818101", "5C84FFFFFFFF00"])
def test_what_is_no_data_object(data: str) -> None:
    with pytest.raises(TlvError):
        objects(bytes.fromhex(data))


def test_a_way_into_data_objects() -> None:
    data = encode(0x7F61, encode(0x02, b"\1") + encode(0x7F60, encode(0x5F2E, b"face")))
    assert find(data, 0x7F61, 0x7F60, 0x5F2E) == b"face"
    with pytest.raises(TlvError, match="no object A1"):
        find(data, 0x7F61, 0xA1)


def test_answers_to_reset() -> None:
    plain = parse_atr(bytes.fromhex("3B 69 00 00 53 49 4D 43 41 52 44 30 31"))
    assert plain.interface == (("TB1", 0), ("TC1", 0))
    assert (plain.convention, plain.protocols, plain.checked) == ("direct", (0,), None)
    assert plain.historical == b"SIMCARD01"
    assert not plain.contactless
    contactless = parse_atr(bytes.fromhex("3B 88 80 01 00 00 00 00 33 81 81 00 3A"))
    assert (contactless.protocols, contactless.checked, contactless.contactless) == ((0, 1), True, True)
    fast = parse_atr(bytes.fromhex("3B 10 96"))
    assert (fast.protocols, fast.clocks_per_bit) == ((0,), 512 / 32)
    damaged = parse_atr(bytes.fromhex("3B 88 80 01 00 00 00 00 33 81 81 01 3A"))
    assert damaged.checked is False


@given(st.binary(max_size=40))
def test_any_bytes_are_an_answer_to_reset_or_none(data: bytes) -> None:
    for each in (data, b"\x3b" + data):
        with contextlib.suppress(AtrError):
            found = parse_atr(each)
            assert found.clocks_per_bit > 0
            assert found.contactless in (True, False)
