from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.card.socialsecurity import record_value
from drivers.idreader.frames import Command as SamCommand
from drivers.idreader.frames import encode, take, text_and_photo
from drivers.idreader.textblock import decode
from drivers.simulated.escpos import Interpreter
from drivers.traffic.made_up import citizen_number, passport_mrz
from drivers.traffic.redacting import LengthsOnly, Piece, redactor

PROTOCOLS = ("sam-v", "sam-v-usb", "multifunction", "pcsc", "serial", "wedge", "escpos-tcp", "opencv", "v4l2")
NAME, NUMBER, ADDRESS = "王示例", "000101198503151221", "示例市城东区样本路12号3单元502室"
PLANTED = (NAME, NUMBER, ADDRESS, "C10001332", "13800138012")


def traces(word: str) -> Iterator[bytes]:
    """Yield what a word may look like in a file."""
    for encoding in ("utf-16-le", "utf-16-be", "gb18030", "utf-8"):
        raw = word.encode(encoding)
        yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), raw.hex(" ").encode())
        # Three beginnings, because a word may stand anywhere among three bytes.
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)
            yield coded[4:-4] if len(coded) > 12 else coded


def holds_none(where: bytes, words: Iterable[str] = PLANTED) -> bool:
    return not any(trace in where for word in words for trace in traces(word))


def told(pieces: Iterable[Piece]) -> bytes:
    return b"".join(piece.data or b"" for piece in pieces)


def block() -> bytes:
    fields = [(NAME, 15), ("2", 1), ("01", 2), ("19850315", 8), (ADDRESS, 35), (NUMBER, 18)]
    fields += [("示例市公安局城东分局", 15), ("20190601", 8), ("长期", 8), ("", 18)]
    return b"".join((text.encode("utf-16-le") + b" \0" * units)[: 2 * units] for text, units in fields)


def reply(data: bytes, status: int = 0x90) -> bytes:
    body = bytes([0, 0, status]) + data
    counted = (len(body) + 1).to_bytes(2, "big") + body
    check = 0
    for byte in counted:
        check ^= byte
    return bytes.fromhex("AAAAAA9669") + counted + bytes([check])


READ = reply(bytes.fromhex("01000400") + block() + b"WLf\0" + bytes(range(255)) * 4)


def test_a_document_becomes_somebody_elses_and_can_still_be_read() -> None:
    wire = redactor("sam-v")
    assert told(wire.sent(encode(SamCommand.READ_TEXT_AND_PHOTO))) == encode(SamCommand.READ_TEXT_AND_PHOTO)
    pieces = wire.came(READ[:700]) + wire.came(READ[700:])
    assert [piece.length for piece in pieces] == [len(READ)]
    answer, rest = take(told(pieces))
    assert answer is not None
    assert rest == b""
    text, photo = text_and_photo(answer.data)
    document = decode(text)
    assert (document.name, document.number, document.valid_until) == ("样样样", citizen_number(), None)
    assert document.address == "样样样样样样样样样00样0样样000样"
    assert photo == b"WLf\0" + bytes(1020)
    assert holds_none(told(pieces))


def test_a_wrong_checksum_stays_wrong_and_a_right_one_right() -> None:
    wire = redactor("sam-v")
    wire.sent(encode(SamCommand.READ_TEXT_AND_PHOTO))
    spoilt = READ[:-1] + bytes([READ[-1] ^ 0x10])
    good, bad = told(wire.came(READ)), told(wire.came(spoilt))
    assert good[:-1] == bad[:-1]
    assert good[-1] ^ bad[-1] == 0x10


def test_half_a_document_is_told_as_far_as_it_came() -> None:
    wire = redactor("sam-v")
    wire.sent(encode(SamCommand.READ_TEXT_AND_PHOTO))
    assert wire.came(READ[:200]) == []
    [piece] = wire.ended()
    assert (piece.length, piece.data is not None) == (200, True)
    assert piece.data is not None
    assert piece.data[:14] == READ[:14]
    assert holds_none(piece.data)


def test_what_is_no_frame_is_a_length() -> None:
    wire = redactor("sam-v")
    secret = NAME.encode("utf-16-le")
    assert wire.sent(secret) == [Piece(True, 6, None)]
    assert [piece.data for piece in wire.came(secret * 3) + wire.ended()] == [None] * 2


def test_the_module_says_who_it_is() -> None:
    wire = redactor("sam-v")
    wire.sent(encode(SamCommand.IDENTITY))
    answer = reply(bytes.fromhex("05000100d82735010100000002000000"))
    assert told(wire.came(answer)) == answer


def packet(data: bytes) -> bytes:
    check = 0
    for byte in data:
        check ^= byte
    return b"\x02" + len(data).to_bytes(2, "big") + data + bytes([check]) + b"\x03"


def test_packets_of_a_multi_function_reader_hold_nobody() -> None:
    wire = redactor("multifunction")
    wire.sent(packet(bytes.fromhex("CA0100")))
    answer = packet(bytes.fromhex("9000 01000400") + block() + bytes(1024))
    clean = told(wire.came(answer[:100]) + wire.came(answer[100:]))
    assert len(clean) == len(answer)
    assert decode(clean[9 : 9 + 256]).name == "样样样"
    assert clean[-2] == packet(clean[3:-2])[-2]
    wire.sent(packet(bytes.fromhex("CA0101")))
    assert holds_none(told(wire.came(packet(b"\x90\0" + NUMBER.encode()))))
    wire.sent(packet(bytes.fromhex("3111")))
    version = packet(b"\0\0" + b"READER".ljust(60))
    assert told(wire.came(version)) == version


RECORDS = {
    0x08: NUMBER.encode(),
    0x09: NAME.encode("gb18030").ljust(30, b"\0"),
    0x0A: b"2",
    0x0D: bytes.fromhex("19850315"),
    0x07: b"C10001332",
    0x01: bytes.fromhex("00010100") + b"\0\0\0C10001332",
}


@pytest.mark.parametrize("tag", RECORDS)
def test_a_record_of_a_card_becomes_somebody_elses(tag: int) -> None:
    wire = redactor("pcsc")
    wire.sent(bytes([0x00, 0xB2, tag, 0x00, 0x00]))
    assert told(wire.came(bytes.fromhex("6C20"))) == bytes.fromhex("6C20")
    wire.sent(bytes([0x00, 0xB2, tag, 0x00, 0x20]))
    answer = bytes([tag, len(RECORDS[tag])]) + RECORDS[tag] + b"\x90\x00"
    clean = told(wire.came(answer))
    assert len(clean) == len(answer)
    assert clean.endswith(b"\x90\x00")
    value = record_value("x", tag, clean[:-2])
    assert value != RECORDS[tag]
    assert holds_none(clean)


def test_a_pin_never_passes() -> None:
    wire = redactor("pcsc")
    pieces = wire.sent(bytes.fromhex("0020008008") + b"24681357")
    assert told(pieces) == bytes.fromhex("0020008008") + bytes(8)


def test_data_groups_are_of_nobody_and_secured_messages_zeros() -> None:
    wire = redactor("pcsc")
    mrz = b"P<XYZPLANTED<<PERSON".ljust(44, b"<") + b"K12345678"
    wire.sent(bytes.fromhex("00B0000000"))
    answer = bytes.fromhex("615B5F1F58") + mrz.ljust(88, b"<") + b"\x90\x00"
    assert told(wire.came(answer)) == bytes.fromhex("615B5F1F58") + passport_mrz() + b"\x90\x00"
    wire.sent(bytes.fromhex("0CB000000D9701008E08") + bytes(range(8)) + b"\0")
    assert told(wire.came(b"\x87\x09\x01" + b"ciphered" + b"\x90\x00")) == bytes(11) + b"\x90\x00"


def test_codes_keep_their_length_and_their_ends() -> None:
    wire = redactor("serial")
    code = f"{NAME} {NUMBER}".encode("gb18030") + b"\r\n"
    clean = told(wire.came(code))
    assert len(clean) == len(code)
    assert clean.endswith(b"\r\n")
    assert holds_none(clean)
    assert told(wire.sent(b"\x16T\r")) == b"\x16T\r"


def test_typed_codes_keep_their_number_of_keys() -> None:
    wire = redactor("wedge")
    event = (12).to_bytes(8, "little") * 2 + bytes.fromhex("0400 0400 1e000000")  # scan code of A
    key = bytes(16) + bytes.fromhex("0100 1e00 01000000")  # A pressed
    digit = bytes(16) + bytes.fromhex("0100 0700 01000000")  # 6 pressed
    enter = bytes(16) + bytes.fromhex("0100 1c00 01000000")
    clean = told(wire.came(event + key) + wire.came(digit + enter))
    codes = [clean[at + 18] for at in range(0, len(clean), 24)]
    assert codes == [0, 45, 11, 28]


def slip() -> bytes:
    picture = Image.new("1", (64, 16), 0).tobytes()
    text = f"{NAME}\n{NUMBER} ".encode("gb18030")
    qr = NUMBER.encode()
    store = b"\x1d(k" + (len(qr) + 3).to_bytes(2, "little") + b"1P0" + qr
    size = b"\x1d(k\x03\x001C\x06" + b"\x1d(k\x03\x001E1"
    shown = b"\x1d(k\x03\x001Q0"
    return (
        b"\x1b@\x10\x04\x01\x1c&"
        + text
        + b"\n\x1dv0\x00\x08\x00\x10\x00"
        + picture
        + size
        + store
        + shown
        + b"\x1dVB\x00"
    )


@pytest.mark.parametrize("chunk", [1, 7, 10_000])
def test_a_slip_keeps_its_commands_and_loses_its_words(chunk: int) -> None:
    wire = redactor("escpos-tcp")
    whole = slip()
    pieces = [piece for at in range(0, len(whole), chunk) for piece in wire.sent(whole[at : at + chunk])]
    clean = told(pieces)
    assert len(clean) == len(whole)
    assert holds_none(clean)
    assert [type(command) for command in Interpreter().feed(clean)] == [
        type(command) for command in Interpreter().feed(whole)
    ]


def test_an_unknown_command_hides_everything_up_to_the_next_reset() -> None:
    wire = redactor("escpos-tcp")
    secret = NAME.encode("gb18030")
    pieces = wire.sent(b"a\n\x1f\x01" + secret) + wire.sent(secret + b"\x1b@\n")
    assert [(piece.length, piece.data) for piece in pieces] == [
        (2, b"x\n"),
        (1, None),
        (7, None),
        (6, None),
        (3, b"\x1b@\n"),
    ]


def test_a_protocol_nobody_knows_is_lengths() -> None:
    wire = redactor("telepathy")
    assert isinstance(wire, LengthsOnly)
    assert wire.sent(b"abc") + wire.came(b"de") == [Piece(True, 3, None), Piece(False, 2, None)]


FRAMES = (READ[:300], slip()[:40], encode(SamCommand.READ_TEXT_AND_PHOTO), packet(b"\x90\0abc"), packet(b"\xca\1\0"))


@pytest.mark.parametrize("protocol", PROTOCOLS)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.binary(max_size=60)
            | st.sampled_from(
                [READ[:300], slip()[:40], bytes.fromhex("AAAAAA9669000320010022"), b"\x02\0\x05\x90\0abc\x01\x03"]
            ),
        ),
        max_size=8,
    )
)
@settings(max_examples=40)
def test_any_bytes_pass_as_many_as_they_are(protocol: str, passing: list[tuple[bool, bytes]]) -> None:
    wire = redactor(protocol)
    pieces: list[Piece] = []
    for to_device, data in passing:
        pieces += wire.sent(data) if to_device else wire.came(data)
    pieces += wire.ended()
    for direction in (True, False):
        given_bytes = sum(len(data) for to_device, data in passing if to_device is direction)
        assert sum(piece.length for piece in pieces if piece.to_device is direction) == given_bytes
    assert all(piece.data is None or len(piece.data) == piece.length for piece in pieces)


def test_the_made_up_passport_is_one() -> None:
    mrz = passport_mrz()
    assert len(mrz) == 88
    assert mrz[44:54] == b"0000000000"
