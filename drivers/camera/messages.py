"""What a camera's child process and its parent tell each other: one message a packet of a Unix socket.

Pictures do not travel here: they lie in the shared memory (``shared.py``), and a message says that one is there. The
child gives a picture only when it is asked for one, so nothing piles up when nobody looks.
"""

from __future__ import annotations

from typing import Final, TypeVar

import msgspec

LONGEST_BYTES: Final = 65_536
"""Of a message. A longer one is cut by the socket and then cannot be read."""


class _Message(msgspec.Struct, frozen=True, kw_only=True, tag=str.lower, forbid_unknown_fields=True):
    pass


class Start(_Message, frozen=True):
    """Parent: open this camera. The first message, once."""

    source: str
    """Its address; not on the command line, where everybody could read a password in it."""
    width: int
    height: int
    rate: float
    """Pictures a second asked of a V4L2 device; 0: as many as it likes."""
    transport: str
    """Of an RTSP stream: "tcp" or "udp"."""
    open_s: float
    silent_s: float
    beat_s: float
    """How often the child tells that it lives."""


class Want(_Message, frozen=True):
    """Parent: give the newest picture after this one, when there is one."""

    after: int


class Look(_Message, frozen=True):
    """Parent: look for codes from now on, or no longer."""

    wanted: bool


class Measure(_Message, frozen=True):
    """Parent: measure the newest picture."""


class Judge(_Message, frozen=True):
    """Parent: tell whether the print on the JPEG in its part of the shared memory can be read."""

    length: int


class Opened(_Message, frozen=True):
    """Child: the first picture has come."""

    maker: str
    model: str
    serial: str
    firmware: str
    coding: str
    """Four characters: what the camera sends, "MJPG" for pictures handed on as they are."""


class Beat(_Message, frozen=True):
    """Child: it lives, and this is what came so far."""

    arrived: int
    """Pictures that differ from the one before."""
    at: float
    """When the last of them came, on the monotonic clock; 0: none has."""
    repeated: int
    lost: int


class Picture(_Message, frozen=True):
    """Child: the picture asked for lies in the shared memory."""

    sequence: int
    at: float
    length: int
    width: int
    height: int


class Seen(_Message, frozen=True):
    """One code."""

    raw: bytes
    symbology: str
    corners: tuple[tuple[int, int], ...]
    text: str = ""


class Codes(_Message, frozen=True):
    """Child: these were found in a picture that came ``at``."""

    at: float
    codes: tuple[Seen, ...]


class Measured(_Message, frozen=True):
    """Child: the newest picture, and what came so far."""

    arrived: int
    at: float
    repeated: int
    lost: int
    width: int
    height: int
    sharpness: float
    brightness: float
    clipped: float


class Judged(_Message, frozen=True):
    """Child: the measure of print; see ``legibility.print_measure``."""

    measure: float


class Ended(_Message, frozen=True):
    """Child: the stream is at its end; the last message."""

    error: str
    """Of ``absent``, ``gone``, ``silent``, ``refused``, ``garbled``."""
    detail: str


Order = Start | Want | Look | Measure | Judge
Report = Opened | Beat | Picture | Codes | Measured | Judged | Ended

Message = TypeVar("Message")

_orders: msgspec.msgpack.Decoder[Order] = msgspec.msgpack.Decoder(Order)
_reports: msgspec.msgpack.Decoder[Report] = msgspec.msgpack.Decoder(Report)
_encoder = msgspec.msgpack.Encoder()


class BrokenMessage(ValueError):
    """The bytes are no message of this protocol."""


def packed(message: Order | Report) -> bytes:
    """Return a message as bytes."""
    return _encoder.encode(message)


def order_in(packet: bytes) -> Order:
    """Return the parent's message.

    Raises:
        BrokenMessage: it is none.
    """
    return _read(_orders, packet)


def report_in(packet: bytes) -> Report:
    """Return the child's message.

    Raises:
        BrokenMessage: it is none.
    """
    return _read(_reports, packet)


def _read(decoder: msgspec.msgpack.Decoder[Message], packet: bytes) -> Message:
    try:
        return decoder.decode(packet)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenMessage(f"{len(packet)} bytes: {error}") from error
