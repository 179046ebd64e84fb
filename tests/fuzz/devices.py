"""What scanners, cameras, printers and power supplies send."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import cv2
import numpy as np

from drivers.camera import jpeg, legibility, messages, v4l2
from drivers.errors import DeviceGarbled, MediaUnreadable
from drivers.power import answers as power
from drivers.printer.answers import AnswerReader, Automatic, Block, Presenter
from drivers.printer.status import condition, parse_automatic, parse_presenter, parse_status
from drivers.scanner import decode
from drivers.scanner.framing import LONGEST_CODE_BYTES, Framer, Suffix, code_of
from drivers.scanner.keys import Keys
from drivers.scanner.makers import ANSWER_ENDS, TRIGGERS, belated, identity_in
from drivers.simulated.camera_rtsp import BadRequest, request_in

from .registry import Target, joined, pieces

_SUFFIXES: Final = tuple(Suffix)
_MAKERS: Final = tuple(TRIGGERS)
_OF_PICTURES: Final[dict[str, Any]] = {"longest_bytes": 20_000, "longest_s": 10.0, "most_mb": 500}
"""A few bytes may say that they are 50 million pixels: 150 MB, and as much again with the coefficients of a JPEG."""
_EVENT: Final = struct.Struct("<BHB")


def _scanner(data: bytes) -> None:
    framer = Framer(_SUFFIXES[data[0] % len(_SUFFIXES)] if data else Suffix.CR, limit_bytes=300)
    for piece in pieces(data[1:]):
        for found in framer.feed(piece) if piece else framer.gap():
            assert isinstance(found, MediaUnreadable) or code_of(found).raw == found
            assert isinstance(found, MediaUnreadable) or 0 < len(found) <= 300


def _makers(data: bytes) -> None:
    trigger = TRIGGERS[_MAKERS[data[0] % len(_MAKERS)] if data else "none"]
    identity = identity_in(data[1:], trigger, "serial")
    assert all(len(text) <= 64 and text.isprintable() for text in (identity.model, identity.serial, identity.firmware))
    belated(data[1:])
    if trigger.echo is not None:
        trigger.echo.sub(b"", data[1:])


def _maker_seeds() -> Iterator[bytes]:
    for number in range(len(_MAKERS)):
        yield bytes([number]) + b"Product Name: HF800\r\nSerial Number: 1234\r\nSoftware Revision: $1\r\n"
        yield bytes([number]) + b"\x02\x010000#SCNTRG1" + ANSWER_ENDS[0] + b";\x03REVINF\x06."


def _wedge(data: bytes) -> None:
    keys = Keys(_SUFFIXES[data[0] % len(_SUFFIXES)] if data else Suffix.CR, limit_bytes=200)
    whole = len(data[1:]) // _EVENT.size * _EVENT.size
    for kind, key, value in _EVENT.iter_unpack(data[1 : 1 + whole]):
        found = keys.gap() if kind == 0xFF else keys.feed(kind, key, value)
        assert not isinstance(found, bytes) or 0 < len(found) <= LONGEST_CODE_BYTES
    keys.gap()


def _wedge_seeds() -> Iterator[bytes]:
    shift, alt, seven, enter = 42, 56, 71, 28
    typed = [(shift, 1), (30, 1), (30, 0), (shift, 0), (alt, 1), (seven, 1), (seven, 0), (seven, 1), (alt, 0)]
    events = b"".join(_EVENT.pack(1, key, value) for key, value in [*typed, (enter, 1), (enter, 0)])
    for suffix in range(len(_SUFFIXES)):
        yield bytes([suffix]) + events + _EVENT.pack(0, 3, 0) + events + _EVENT.pack(0xFF, 0, 0)


@cache
def _pictures() -> tuple[bytes, ...]:
    plain = np.full((90, 120), 255, np.uint8)
    plain[30:60, 30:90] = np.random.default_rng(5).integers(0, 255, (30, 60))
    modules = cv2.QRCodeEncoder.create().encode("onething:1")
    code = np.pad(cv2.resize(modules, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST), 16, constant_values=255)
    return tuple(cv2.imencode(kind, picture)[1].tobytes() for kind in (".jpg", ".png") for picture in (plain, code))


def _picture(data: bytes) -> None:
    decode.decode(data)


def _legible(data: bytes) -> None:
    assert legibility.print_measure(data) >= 0


def _jpeg(data: bytes) -> None:
    same, seen = jpeg.whole(data)
    assert 0 < seen.width * seen.height <= jpeg.LARGEST_PIXELS
    assert seen.end <= len(data)
    assert len(same) <= len(data) + len(jpeg.TYPICAL_TABLES)


def _messages(data: bytes) -> None:
    for read in (messages.order_in, messages.report_in):
        try:
            read(data)
        except messages.BrokenMessage:
            continue


def _message_seeds() -> Iterator[bytes]:
    seen = messages.Seen(raw=b"onething:1", symbology="QRCode", corners=((1, 2), (3, 2), (3, 4), (1, 4)))
    for message in (
        messages.Want(after=-1),
        messages.Judge(length=4096),
        messages.Opened(maker="", model="Desk", serial="1", firmware="", coding="MJPG"),
        messages.Picture(sequence=1, at=2.5, length=3, width=4, height=5),
        messages.Codes(at=1.0, codes=(seen,)),
        messages.Ended(error="gone", detail="unplugged"),
    ):
        yield messages.packed(message)


def _rtsp(data: bytes) -> None:
    assert request_in(data).method is not None


def _printer(data: bytes) -> None:
    how, rest = data[0] if data else 0, data[1:]
    reader = AnswerReader(automatic=bool(how & 1), torn_bit=bool(how & 2))
    for piece in pieces(rest):
        if how & 4:
            reader.expect_presenter()
        for answer in reader.feed(piece):
            match answer:
                case Automatic(frame=frame):
                    condition(parse_automatic(frame))
                case Presenter(answer=told):
                    condition(parse_presenter(told))
                case Block(text=text):
                    assert len(text) < 100
                case _:
                    continue


def _status(data: bytes) -> None:
    for parse in (parse_status, parse_automatic, parse_presenter, lambda each: parse_status(each, torn_bit=True)):
        try:
            condition(parse(data))
        except DeviceGarbled:
            continue


def _power(data: bytes) -> None:
    """The answer to LIST VAR, line by line, as the driver takes it."""
    variables: dict[str, str] = {}
    for line in data.split(b"\n")[:200]:
        power.refusal(line)
        try:
            name, value = power.variable(line, "ups")
        except DeviceGarbled:
            continue
        variables[name] = value
    power.condition(power.power_status(variables))


def _power_seeds() -> Iterator[bytes]:
    told = (b'ups.status "OB LB"', b'battery.charge "100"', b'device.model "A \\"B\\" \\\\"', b'battery.runtime "-1.5"')
    yield b"\n".join(b"VAR ups " + each for each in told)
    yield b"ERR DATA-STALE\nERR UNKNOWN-UPS\nBEGIN LIST VAR ups"


def _printer_seeds() -> Iterator[bytes]:
    report, realtime, presenter = b"\x10\x00\x00\x0f", b"\x16\x12\x12\x12", b"\x10\x0f\x20\x00\x00\x00"
    for how in range(8):
        yield bytes([how]) + joined(
            report, realtime, presenter, b"_CSN-A2L\0", b"\x00", report[:2], b"\x12", report[2:]
        )


TARGETS: Final = (
    Target(
        name="scanner.framing",
        parse=_scanner,
        seeds=lambda: (
            bytes([n]) + joined(b"onething:1\r\n", "样本".encode(), b"", "样本".encode("gb18030") + b"\r")
            for n in range(3)
        ),
    ),
    Target(name="scanner.makers", parse=_makers, seeds=_maker_seeds),
    Target(name="scanner.wedge", parse=_wedge, seeds=_wedge_seeds),
    Target(name="scanner.picture", parse=_picture, allowed=(MediaUnreadable,), seeds=_pictures, **_OF_PICTURES),
    Target(name="camera.jpeg", parse=_jpeg, allowed=(jpeg.BrokenJpeg,), seeds=_pictures, longest_bytes=20_000),
    Target(name="camera.legibility", parse=_legible, seeds=_pictures, **_OF_PICTURES),
    Target(name="camera.messages", parse=_messages, seeds=_message_seeds),
    Target(
        name="camera.v4l2",
        parse=v4l2.capability_in,
        allowed=(ValueError,),
        seeds=lambda: (b"uvcvideo".ljust(16, b"\0") + b"Desk".ljust(64, b"\0") + bytes(24),),
    ),
    Target(
        name="camera.rtsp",
        parse=_rtsp,
        allowed=(BadRequest,),
        seeds=lambda: (
            b"SETUP rtsp://127.0.0.1:8554/desk/track RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n",
        ),
    ),
    Target(name="power.answers", parse=_power, seeds=_power_seeds),
    Target(name="printer.answers", parse=_printer, seeds=_printer_seeds),
    Target(
        name="printer.status",
        parse=_status,
        seeds=lambda: (b"\x16\x12\x12\x12", b"\x10\0\0\x0f", b"\x10\x0f\x20\0\0\0"),
    ),
)
