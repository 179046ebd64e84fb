from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.idreader.frames import (
    Command,
    FrameError,
    Reply,
    Status,
    checksum,
    encode,
    identity,
    take,
    text_and_photo,
)

PREAMBLE = bytes.fromhex("AAAAAA9669")
FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
SELECTED = bytes.fromhex("AAAAAA9669 000C 000090 0000000000000000 9C")


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (Command.RESET, "AAAAAA9669 0003 10FF EC"),
        (Command.STATUS, "AAAAAA9669 0003 11FF ED"),
        (Command.IDENTITY, "AAAAAA9669 0003 12FF EE"),
        (Command.FIND, "AAAAAA9669 0003 2001 22"),
        (Command.SELECT, "AAAAAA9669 0003 2002 21"),
        (Command.READ_TEXT_AND_PHOTO, "AAAAAA9669 0003 3001 32"),
        (Command.READ_NEWEST_ADDRESS, "AAAAAA9669 0003 3003 30"),
    ],
)
def test_commands_are_the_frames_of_the_standard(command: Command, frame: str) -> None:
    assert encode(command) == bytes.fromhex(frame)


def test_answers_of_the_standard_are_understood() -> None:
    assert take(FOUND) == (Reply(status=Status.FOUND, data=bytes(4)), b"")
    assert take(SELECTED) == (Reply(status=Status.OK, data=bytes(8)), b"")


@given(noise=st.binary(max_size=20).filter(lambda noise: PREAMBLE not in noise + PREAMBLE[:-1]), cut=st.integers(0, 60))
def test_noise_ahead_is_dropped_and_parts_are_waited_for(noise: bytes, cut: int) -> None:
    stream = noise + FOUND + SELECTED
    replies, rest = [], b""
    for part in (stream[:cut], stream[cut:]):
        rest += part
        while True:
            reply, rest = take(rest)
            if reply is None:
                break
            replies.append(reply.status)
    assert replies == [Status.FOUND, Status.OK]
    assert rest == b""


@given(at=st.integers(5, len(FOUND) - 1), bit=st.integers(0, 7))
def test_no_flipped_bit_passes(at: int, bit: int) -> None:
    frame = bytearray(FOUND)
    frame[at] ^= 1 << bit
    with contextlib.suppress(FrameError):
        assert take(bytes(frame))[0] is None


@given(received=st.binary(max_size=3000), framed=st.booleans())
def test_whatever_comes_the_decoder_answers_or_refuses(received: bytes, *, framed: bool) -> None:
    with contextlib.suppress(FrameError):
        reply, rest = take(PREAMBLE + received if framed else received)
        assert reply is None or isinstance(reply.status, Status)
        assert len(rest) <= len(received) + len(PREAMBLE)


@given(
    st.builds(
        lambda words, status, rest: words + bytes([status]) + rest,
        st.binary(min_size=2, max_size=2),
        st.sampled_from(Status),
        st.binary(max_size=1997),
    )
)
def test_a_well_made_frame_is_always_taken(body: bytes) -> None:
    counted = (len(body) + 1).to_bytes(2, "big") + body
    reply, rest = take(PREAMBLE + counted + bytes([checksum(counted)]))
    assert reply == Reply(status=Status(body[2]), data=body[3:])
    assert rest == b""


@given(st.binary(max_size=1400))
def test_text_and_photo_have_the_sizes_of_the_standard_or_are_refused(data: bytes) -> None:
    with contextlib.suppress(FrameError):
        text, photo = text_and_photo(data)
        assert (len(text), len(photo)) == (256, 1024)


def test_text_and_photo_are_split() -> None:
    assert text_and_photo(b"\x01\x00\x04\x00" + b"t" * 256 + b"p" * 1024) == (b"t" * 256, b"p" * 1024)


def test_the_module_number_is_printed_as_on_its_label() -> None:
    assert identity(bytes.fromhex("0500 0100 D0DC3201 01000000 FFFFFFFF")) == "05.01-20110544-0000000001-4294967295"
    with pytest.raises(FrameError):
        identity(bytes(15))
