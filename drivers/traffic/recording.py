"""A recording of what went over a device's wire, as lines of JSON; and the parser of such a file.

The first line says what was recorded, each other one what happened::

    {"recording": 1, "kind": "idreader", "protocol": "sam-v", "identity": {"serial": "05.01-…"}}
    {"ms": 0.4, "to": "device", "length": 10, "bytes": "aaaaaa9669 0003 10ff ec"}
    {"ms": 2.1, "to": "host", "length": 1297, "bytes": "aaaaaa9669050a 00*2 90 …"}
    {"ms": 9.0, "to": "host", "length": 12}
    {"ms": 11.5, "gone": true}

Bytes are hexadecimal digits; ``00*2`` is a byte that comes twice. An entry without bytes tells their number only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Literal

import msgspec

VERSION: Final = 1
LONGEST_RECORDING_BYTES: Final = 4 << 20
MOST_ENTRIES: Final = 100_000
LONGEST_ENTRY_BYTES: Final = 1 << 16
_LONGEST_RUN_SHOWN: Final = 8
"""Runs of one byte up to this length are written out."""
_WORD: Final = re.compile(r"((?:[0-9a-f]{2})+)(?:\*([1-9][0-9]{0,4}))?")


class RecordingError(ValueError):
    """A file that is no recording; the sentence names the line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that happened on the wire."""

    ms: float
    """Since the recording began."""
    to_device: bool = False
    length: int = 0
    """How many bytes passed."""
    data: bytes | None = None
    """These bytes, without what is personal; None: nobody may know."""
    gone: bool = False
    """The device left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """Whose wire it was, and what happened there, in order."""

    kind: str
    """As in the settings: "idreader", "card" …"""
    protocol: str
    """As in the settings: "sam-v", "pcsc", "serial", "escpos-tcp" …"""
    identity: dict[str, str] = field(default_factory=dict)
    """Of the device: ``drivers.status.Identity``; nobody's card or document."""
    entries: tuple[Entry, ...] = ()


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    recording: Literal[1]
    kind: str
    protocol: str
    identity: dict[str, str] = {}


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    ms: float
    to: Literal["device", "host", ""] = ""
    length: int = 0
    bytes: str | None = None
    gone: bool = False


def head_line(kind: str, protocol: str, identity: dict[str, str]) -> bytes:
    """Return the first line of a recording."""
    told = {name: value for name, value in identity.items() if value}
    return _json({"recording": VERSION, "kind": kind, "protocol": protocol, "identity": told})


def entry_line(entry: Entry) -> bytes:
    """Return an entry as a line."""
    if entry.gone:
        return _json({"ms": round(entry.ms, 1), "gone": True})
    line: dict[str, object] = {
        "ms": round(entry.ms, 1),
        "to": "device" if entry.to_device else "host",
        "length": entry.length,
    }
    return _json(line if entry.data is None else {**line, "bytes": shortened(entry.data)})


def parse(data: bytes) -> Recording:
    """Return the recording that the bytes of a file are.

    Raises:
        RecordingError: they are none.
    """
    if len(data) > LONGEST_RECORDING_BYTES:
        raise RecordingError(f"a recording has at most {LONGEST_RECORDING_BYTES} bytes")
    lines = data.split(b"\n")
    if len(lines) > MOST_ENTRIES:
        raise RecordingError(f"a recording has at most {MOST_ENTRIES} lines")
    head = _decoded(1, lines[0], _Head)
    entries = tuple(_entry(number, line) for number, line in enumerate(lines[1:], 2) if line.strip())
    if any(later.ms < earlier.ms for earlier, later in pairwise(entries)):
        raise RecordingError("time runs backwards")
    return Recording(kind=head.kind, protocol=head.protocol, identity=head.identity, entries=entries)


def shortened(data: bytes) -> str:
    """Return bytes as hexadecimal digits, a long run of one byte as ``00*1024``."""
    words, plain, at = [], bytearray(), 0
    while at < len(data):
        end = at + 1
        while end < len(data) and data[end] == data[at]:
            end += 1
        if end - at > _LONGEST_RUN_SHOWN:
            words += [plain.hex()] if plain else []
            words.append(f"{data[at]:02x}*{end - at}")
            plain.clear()
        else:
            plain += data[at:end]
        at = end
    return " ".join([*words, plain.hex()] if plain else words)


def _entry(number: int, text: bytes) -> Entry:
    line = _decoded(number, text, _Line)
    if not 0 <= line.ms < 1e12:
        raise RecordingError(f"line {number}: no time: {line.ms}")
    if line.gone:
        return Entry(ms=line.ms, gone=True)
    if not line.to or not 0 < line.length <= LONGEST_ENTRY_BYTES:
        raise RecordingError(f'line {number}: bytes go "to" device or host, and are 1 to {LONGEST_ENTRY_BYTES}')
    data = None if line.bytes is None else _lengthened(number, line.bytes.split())
    if data is not None and len(data) != line.length:
        raise RecordingError(f"line {number}: {len(data)} bytes, said to be {line.length}")
    return Entry(ms=line.ms, to_device=line.to == "device", length=line.length, data=data)


def _lengthened(number: int, words: Iterable[str]) -> bytes:
    data = bytearray()
    for word in words:
        found = _WORD.fullmatch(word)
        times = int(found[2] or 1) if found else 0
        if found is None or times * len(found[1]) // 2 + len(data) > LONGEST_ENTRY_BYTES:
            raise RecordingError(f"line {number}: {word[:20]!r} are no bytes, or too many")
        data += bytes.fromhex(found[1]) * times
    return bytes(data)


def _decoded(number: int, line: bytes, what: type[Any]) -> Any:
    try:
        return msgspec.json.decode(line, type=what)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordingError(f"line {number}: {error}") from error


def _json(what: dict[str, object]) -> bytes:
    return msgspec.json.encode(what) + b"\n"
