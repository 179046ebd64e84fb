"""The same desk, seen by a camera that speaks RTSP: Motion JPEG in RTP packets amid the TCP connection.

Source: RFC 2326 (RTSP 1.0; section 10.12, interleaved binary data), RFC 4566 (SDP), RFC 3550 section 5.1 (RTP),
RFC 2435 (RTP payload format for JPEG).
"""

from __future__ import annotations

import asyncio
import secrets
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from drivers.simulated.camera import SimulatedCamera

_METHODS: Final = ("OPTIONS", "DESCRIBE", "SETUP", "PLAY", "GET_PARAMETER", "TEARDOWN")
_REASONS: Final = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    461: "Unsupported Transport",
    505: "RTSP Version Not Supported",
}
_PATH: Final = "/desk"
_TRACK: Final = "track1"
_INTERLEAVED: Final = ord("$")
_LONGEST_HEAD_BYTES: Final = 8192
_LONGEST_BODY_BYTES: Final = 8192
_MOST_HEADERS: Final = 64
_PAYLOAD_BYTES: Final = 8000
_JPEG_PAYLOAD_TYPE: Final = 26
_CLOCK_HZ: Final = 90_000
_TABLES_IN_BAND: Final = 255
_SESSION_S: Final = 60


class BadRequest(ValueError):
    """What came is no request this camera serves.

    Args:
        status: Of RFC 2326, section 7.1.1.
    """

    def __init__(self, status: int) -> None:
        super().__init__(_REASONS[status])
        self.status = status


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request."""

    method: str
    path: str
    headers: Mapping[str, str]
    """By name in lower case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A baseline JPEG, taken apart for RTP."""

    width: int
    height: int
    kind: int
    """0: colour halved across (4:2:2), 1: across and down (4:2:0). RFC 2435, section 4.1."""
    tables: bytes
    """The two quantization tables, 64 bytes each, in zig-zag order."""
    scan: bytes


class SimulatedRtspCamera(SimulatedCamera):
    """Implements ``SimulatedDevice``. The stream is at ``url``."""

    @property
    def url(self) -> str:
        """Where the stream is."""
        return f"rtsp://{self._host}:{self._port}{_PATH}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        playing: asyncio.Task[None] | None = None
        session, channel = "", -1
        try:
            while True:
                try:
                    request = await _request(reader)
                except BadRequest as bad:
                    await _answer(writer, bad.status, {}, cseq="0")
                    return
                cseq = request.headers.get("cseq", "0")
                status, headers, body = self._decide(request, session, playing is not None)
                if request.method == "SETUP" and status == 200:
                    channel = _channel(request.headers.get("transport", ""))
                    session = headers["Session"].partition(";")[0]
                await _answer(writer, status, headers, cseq=cseq, body=body)
                if request.method == "TEARDOWN" and status == 200:
                    return
                if request.method == "PLAY" and status == 200 and playing is None:
                    playing = asyncio.create_task(self._play(writer, channel), name="simulated camera plays")
                    playing.add_done_callback(lambda _: writer.close())
        finally:
            if playing is not None:
                playing.cancel()
                await asyncio.gather(playing, return_exceptions=True)

    def _decide(self, request: Request, session: str, playing: bool) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of the answer."""
        told = request.headers.get("session", "").partition(";")[0]
        match request.method:
            case "OPTIONS":
                return 200, {"Public": ", ".join(_METHODS)}, b""
            case method if method not in _METHODS:
                return 405, {"Allow": ", ".join(_METHODS)}, b""
            case _ if request.path.rstrip("/") not in (_PATH, f"{_PATH}/{_TRACK}"):
                return 404, {}, b""
            case "DESCRIBE":
                return 200, {"Content-Type": "application/sdp", "Content-Base": f"{self.url}/"}, self._description()
            case "SETUP" if playing:
                return 455, {}, b""
            case "SETUP":
                channel = _channel(request.headers.get("transport", ""))
                if channel < 0:
                    return 461, {}, b""
                made = session or secrets.token_hex(8)
                transport = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}"
                return 200, {"Transport": transport, "Session": f"{made};timeout={_SESSION_S}"}, b""
            case _ if not session or told != session:
                return 454, {}, b""
            case _:
                return 200, {"Session": session}, b""

    def _description(self) -> bytes:
        lines = (
            "v=0",
            f"o=- 1 1 IN IP4 {self._host}",
            "s=desk",
            "t=0 0",
            f"m=video 0 RTP/AVP {_JPEG_PAYLOAD_TYPE}",
            "c=IN IP4 0.0.0.0",
            f"a=control:{_TRACK}",
        )
        return "".join(f"{line}\r\n" for line in lines).encode()

    async def _play(self, writer: asyncio.StreamWriter, channel: int) -> None:
        begun = asyncio.get_running_loop().time()
        source, sequence = secrets.randbits(32), 0
        while True:
            await self._flowing.wait()
            await self.faults.begins("frame")
            picture = taken_apart(await self._picture())
            scan = await self.faults.spoil(picture.scan)
            at = round((asyncio.get_running_loop().time() - begun) * _CLOCK_HZ) & 0xFFFF_FFFF
            for last, payload in payloads(picture, scan):
                mark = 0x80 if last else 0
                header = struct.pack("!BBHII", 0x80, mark | _JPEG_PAYLOAD_TYPE, sequence, at, source)
                packet = header + payload
                writer.write(struct.pack("!BBH", _INTERLEAVED, channel, len(packet)) + packet)
                sequence = (sequence + 1) & 0xFFFF
            await writer.drain()
            await self.faults.ends("frame")
            await asyncio.sleep(1 / self._frames_per_s)


def request_in(head: bytes) -> Request:
    """Return the request whose lines are ``head``.

    Raises:
        BadRequest: it is none.
    """
    try:
        first, *lines = head.decode("utf-8").split("\r\n")
        method, target, version = first.split(" ")
    except ValueError as error:
        raise BadRequest(400) from error
    if not version.startswith("RTSP/"):
        raise BadRequest(400)
    if version != "RTSP/1.0":
        raise BadRequest(505)
    lines = [line for line in lines if line]
    if len(lines) > _MOST_HEADERS or any(":" not in line for line in lines):
        raise BadRequest(400)
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    return Request(method=method, path=_path(target), headers=headers)


def taken_apart(jpeg: bytes) -> Picture:
    """Return the parts of a baseline JPEG with one scan, typical Huffman tables and two quantization tables.

    Raises:
        ValueError: it is another kind of JPEG, which RTP cannot carry so.
    """
    tables: dict[int, bytes] = {}
    width = height = sampling = 0
    at = 2
    while jpeg[at + 1] != 0xDA:
        mark, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        segment = jpeg[at + 4 : at + 2 + length]
        if mark == 0xDB:
            while segment:
                tables[segment[0]], segment = segment[1:65], segment[65:]
        elif mark == 0xC0:
            height, width, sampling = (
                int.from_bytes(segment[1:3], "big"),
                int.from_bytes(segment[3:5], "big"),
                segment[7],
            )
        at += 2 + length
    if set(tables) != {0, 1} or sampling not in (0x21, 0x22) or width % 8 or height % 8 or max(width, height) > 2040:
        raise ValueError("a JPEG that RTP cannot carry")
    start = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    scan = jpeg[start : jpeg.rindex(b"\xff\xd9")]
    return Picture(width=width, height=height, kind=sampling - 0x21, tables=tables[0] + tables[1], scan=scan)


def payloads(picture: Picture, scan: bytes) -> Iterator[tuple[bool, bytes]]:
    """Yield the payload of every packet, and whether it is the picture's last; of a scan cut short none is."""
    for offset in range(0, len(scan), _PAYLOAD_BYTES):
        piece = scan[offset : offset + _PAYLOAD_BYTES]
        size = struct.pack("!BB", picture.width // 8, picture.height // 8)
        header = struct.pack("!IBB", offset, picture.kind, _TABLES_IN_BAND) + size
        if not offset:
            header += struct.pack("!BBH", 0, 0, len(picture.tables)) + picture.tables
        yield offset + len(piece) >= len(picture.scan), header + piece


async def _request(reader: asyncio.StreamReader) -> Request:
    """Return the next request; interleaved packets before it (reports of the receiver) are passed over."""
    while (first := await reader.readexactly(1))[0] == _INTERLEAVED:
        _, length = struct.unpack("!BH", await reader.readexactly(3))
        await reader.readexactly(length)
    try:
        head = first + await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as error:
        raise BadRequest(400) from error
    if len(head) > _LONGEST_HEAD_BYTES:
        raise BadRequest(400)
    request = request_in(head)
    length_told = request.headers.get("content-length", "0")
    if not (length_told.isascii() and length_told.isdecimal()) or len(length_told) > 9:
        raise BadRequest(400)
    if int(length_told) > _LONGEST_BODY_BYTES:
        raise BadRequest(400)
    await reader.readexactly(int(length_told))
    return request


async def _answer(
    writer: asyncio.StreamWriter, status: int, headers: Mapping[str, str], *, cseq: str, body: bytes = b""
) -> None:
    every = {"CSeq": cseq, **headers}
    if body:
        every["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in every.items())
    writer.write(f"RTSP/1.0 {status} {_REASONS[status]}\r\n{head}\r\n".encode() + body)
    await writer.drain()


def _path(target: str) -> str:
    """Return the path of an absolute address; "*" stays as it is."""
    _, found, rest = target.partition("://")
    return f"/{rest.partition('/')[2]}" if found else target


def _channel(transport: str) -> int:
    """Return the first of the channels asked for; -1 where the transport is another one than TCP, interleaved."""
    for offer in transport.split(","):
        protocol, *parameters = offer.strip().split(";")
        told = dict(each.strip().partition("=")[::2] for each in parameters)
        if protocol.upper() != "RTP/AVP/TCP" or "unicast" not in told:
            continue
        first = told.get("interleaved", "0-1").partition("-")[0]
        if first.isascii() and first.isdecimal() and len(first) <= 3 and int(first) < 255:
            return int(first)
    return -1
