"""What stands in files and comes over the sockets of this machine."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest import mock

import msgspec

from drivers.simulated import escpos, hub, script
from drivers.traffic import recording
from drivers.traffic.redacting import redactor
from kiosk.diagnostics import asking
from kiosk.diagnostics.checks import disk
from kiosk.diagnostics.report import NotVerified, verify
from kiosk.settings import SettingsError, load

from .registry import Target, joined, pieces

ROOT: Final = Path(__file__).parents[2]
_PROTOCOLS: Final = ("sam-v", "multifunction", "pcsc", "serial", "wedge", "escpos-tcp", "v4l2")


def _recording(data: bytes) -> None:
    found = recording.parse(data)
    assert all(0 <= entry.length <= recording.LONGEST_ENTRY_BYTES for entry in found.entries)


def _recordings() -> Iterator[bytes]:
    for file in sorted((ROOT / "tests" / "drivers" / "recordings").glob("*.jsonl")):
        yield file.read_bytes()[:4000]


def _script(data: bytes) -> None:
    steps = script.parse(data.decode("utf-8", "replace"))
    assert all(str(step) for step in steps)


def _redacting(data: bytes) -> None:
    wire = redactor(_PROTOCOLS[data[0] % len(_PROTOCOLS)] if data else "serial")
    passed, told = [0, 0], [0, 0]
    found = []
    for number, piece in enumerate(pieces(data[1:])):
        passed[number % 2] += len(piece)
        found += wire.sent(piece) if number % 2 else wire.came(piece)
    found += wire.ended()
    for each in found:
        told[each.to_device] += each.length
        assert each.data is None or len(each.data) == each.length
    assert told == passed


def _redacting_seeds() -> Iterator[bytes]:
    sam = bytes.fromhex("AAAAAA9669000320010022"), bytes.fromhex("AAAAAA9669000400009F9B")
    for number in range(len(_PROTOCOLS)):
        yield bytes([number]) + joined(
            *reversed(sam), b"\x02\0\x02\x80\0\x80\x03", b"\x1b@\x1bV\x01", b"\x90\0", b"\0\xa4\4\0"
        )


def _escpos(data: bytes) -> None:
    reader = escpos.Interpreter()
    for piece in pieces(data):
        for _ in reader.feed(piece):
            continue


def _escpos_seeds() -> Iterator[bytes]:
    yield joined(b"\x1b@\x1c&" + "受理回执\n".encode("gb18030"), b"\x1dv0\0\x02\0\x02\0\xff\0\xff\0", b"\x1dVA\x10")
    yield joined(b"\x1d(k\x04\x00\x31\x41\x32\x00\x1d(k\x05\x001P0ab\x1d(k\x03\x00\x31\x51\x30")
    yield joined(b"\x10\x04\x01\x10\x04\x14\x1dr\x01\x1da\xff\x1dI\x43")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="onething-fuzz-", dir=memory if memory.is_dir() else None)


def _settings(data: bytes) -> None:
    file = Path(_folder().name) / "settings.toml"
    file.write_bytes(data)
    load(file)


def _settings_seeds() -> Iterator[bytes]:
    for name in ("simulated", "street"):
        file = ROOT / "assets" / "settings" / f"{name}.toml"
        if file.is_file():
            yield file.read_bytes()[:6000]
    yield b'profile = "simulated"\n[devices.idreader]\nprotocol = "multifunction"\nport = "/dev/id"\nbaud = 9600\n'
    yield b"a = " + b"[" * 2000
    yield b"a = " + b"9" * 5000


def _asked(data: bytes) -> None:
    for kind in (asking.Wanted, asking.Answer):
        try:
            msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, ValueError):
            continue


class _Writer:
    """Takes what is said and loses it."""

    transport = mock.Mock()

    def write(self, data: bytes) -> None:
        assert data.endswith(b"\n")

    def close(self) -> None:
        """Nothing is open."""

    async def wait_closed(self) -> None:
        """Nothing was."""


def _answered(data: bytes) -> None:
    """What a terminal answers, read by ``asking.ask`` itself; only the socket is put in."""

    async def connected(*_: Any, **__: Any) -> tuple[asyncio.StreamReader, _Writer]:
        reader = asyncio.StreamReader(limit=65_536)
        reader.feed_data(data)
        reader.feed_eof()
        return reader, _Writer()

    async def asked() -> None:
        with mock.patch("asyncio.open_unix_connection", connected):
            await asking.ask(
                Path("socket"), asking.Wanted(), post=lambda _: None, found=lambda _: None, technician=None
            )

    asyncio.run(asked())


def _answer_seeds() -> Iterator[bytes]:
    yield b'{"type":"Refused","code":"diagnose.occupied"}\n'
    yield b'{"type":"Told","progress":{"test":"printer.page","share":0.1,"say":"look.slip"}}\n'
    yield b'{"type":"Reported","signed":{"verdict":"READY","statement":' + b"[" * 2000 + b"\n"
    yield b'{"type":"Asked","question":{"say":"sound.how-many"}}\n'


def _report(data: bytes) -> None:
    for key in (None, "x", "A" * 43):
        try:
            verify(data, key)
        except NotVerified:
            continue


TARGETS: Final = (
    Target(name="traffic.recording", parse=_recording, allowed=(recording.RecordingError,), seeds=_recordings),
    Target(name="traffic.redacting", parse=_redacting, seeds=_redacting_seeds),
    Target(
        name="simulated.script",
        parse=_script,
        allowed=(script.ScriptError,),
        seeds=lambda: (
            b"paper-out at line 12; paper-ok after 3 s",
            b"mute seed=7 after 2 commands for 300 ms",
            b'- {do: remove, at: apdu 3}\n- {do: mute, after: 2 commands, for: 3 s, with: {seed: "7"}}\n',
            b"- " * 1000,
        ),
    ),
    Target(
        name="simulated.request",
        parse=hub._request,
        seeds=lambda: (
            b'{"device":"card","action":"insert","card":"wang"}',
            b'{"device":' + b"[" * 2000,
            b'{"a":1e999}',
        ),
    ),
    Target(name="simulated.escpos", parse=_escpos, allowed=(escpos.ProtocolError,), seeds=_escpos_seeds),
    Target(name="settings", parse=_settings, allowed=(SettingsError,), seeds=_settings_seeds, longest_bytes=8192),
    Target(
        name="diagnose.asked",
        parse=_asked,
        seeds=lambda: (b'{"tests":["printer.page"],"operator":"console","attended":true}', b'{"answer":"3"}'),
    ),
    Target(name="diagnose.answered", parse=_answered, allowed=(asking.NotAnswered,), seeds=_answer_seeds),
    Target(
        name="diagnose.report",
        parse=_report,
        seeds=lambda: (b"KIOSK-READINESS/1\nterminal\n", b'{"verdict":"READY"', b"eyJ.e30.AA", b"{" + b"[" * 2000),
    ),
    Target(
        name="diagnose.smart",
        parse=disk.smart,
        seeds=lambda: (b'{"smart_status":{"passed":true}}', b'{"smart_status":' + b"[" * 2000),
    ),
)
