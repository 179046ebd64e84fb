"""ESC/POS as a printer reads it: bytes in, what to do out. A reading of its own; the driver's code is not used.

Source: Epson ESC/POS Application Programming Guide; for FS & and FS . its Chinese supplement (GB18030).
A command that is not understood is a ``ProtocolError``, never skipped: a real printer would print rubbish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUL, _LF, _DLE, _ESC, _FS, _GS = 0x00, 0x0A, 0x10, 0x1B, 0x1C, 0x1D
_EOT, _ENQ, _DC4 = 0x04, 0x05, 0x14
_EMPTY_BUFFERS = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")
"""DLE DC4, function 8: the six bytes after its number are fixed, lest a picture empty the buffers."""
_RESET = bytes.fromhex("1C C0 18 10 14 1B")
"""FS C0: reset the printer and keep the connection (Custom Engineering, KPM150 Command Reference)."""
_RECOVER = bytes((_DLE, _ENQ))
_REALTIME_BEGINS = re.compile(b"[\x10\x1c]")

_LONGEST_TEXT = 4096
_WIDEST_RASTER_BYTES = 128
_HIGHEST_RASTER = 4095


class ProtocolError(Exception):
    """Bytes came that this printer does not understand; ``at`` is their place in the stream."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(f"byte {at}: {what}")
        self.at = at


@dataclass(frozen=True, kw_only=True, slots=True)
class Initialise:
    """ESC @: back to the state after switching on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintText:
    """Characters up to LF, ESC d or ESC J, then paper is fed."""

    text: str
    feed_lines: int
    feed_dots: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintRaster:
    """GS v 0: rows of dots, the highest bit at the left, 1 is black."""

    width_bytes: int
    rows: int
    dots: bytes
    wide: bool
    high: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintQr:
    """GS ( k with function 181: print the QR code stored before."""

    payload: bytes
    module_dots: int
    correction: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStyle:
    """ESC a, ESC E, GS !: how the next text looks. None leaves it as it is."""

    align: int | None = None
    bold: bool | None = None
    wide: int | None = None
    high: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """GS V: cut, after feeding ``feed_dots`` and, with ``to_knife``, the way from head to knife."""

    full: bool
    to_knife: bool
    feed_dots: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TellPaper:
    """GS r 1: answer with the paper sensors once everything before is done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """GS a: report changes from now on; 0: no more."""

    which: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TellIdentity:
    """GS I: answer with who this printer is."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Eject:
    """GS e: 2 pulls the slip back in, 3 shows it, 5 throws it out."""

    how: int


Command = Initialise | PrintText | PrintRaster | PrintQr | SetStyle | Cut | TellPaper | Report | TellIdentity | Eject


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """DLE EOT n: answer at once."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Recover:
    """DLE ENQ n: after an error go on with the line (1) or throw away what is buffered (2)."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Forget:
    """DLE DC4 8 or a reset: throw away what is buffered."""

    reset: bool


Realtime = Ask | Recover | Forget


class RealtimeScanner:
    """Finds what is obeyed at once wherever it stands, even amid the dots of a picture, as a printer's port does."""

    _STARTS = (bytes([_DLE, _EOT]), _RECOVER, _EMPTY_BUFFERS, _RESET)

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> list[tuple[Realtime, int]]:
        """Return what came to its end in ``data``, each with how many bytes of ``data`` it and all before it took."""
        before = len(self._tail)
        seen = self._tail + data
        found: list[tuple[Realtime, int]] = []
        at = 0
        while (start := _REALTIME_BEGINS.search(seen, at)) is not None:
            at = start.start()
            read = self._at(seen[at : at + len(_EMPTY_BUFFERS)])
            if read is None:
                break
            command, length = read
            at += length
            if command is not None:
                found.append((command, max(0, at - before)))
        else:
            at = len(seen)
        self._tail = seen[at:]
        return found

    def _at(self, seen: bytes) -> tuple[Realtime | None, int] | None:
        """Return what begins here and its length, nothing and 1, or None when more bytes must tell."""
        if any(len(seen) < len(start) and start.startswith(seen) for start in self._STARTS):
            return None
        if seen.startswith(_RESET):
            return Forget(reset=True), len(_RESET)
        if seen.startswith(_EMPTY_BUFFERS):
            return Forget(reset=False), len(_EMPTY_BUFFERS)
        if seen[:2] in (bytes([_DLE, _EOT]), _RECOVER):
            if len(seen) < 3:
                return None
            if seen[1] == _EOT and seen[2] in (1, 2, 3, 4, 20):
                return Ask(number=seen[2]), 3
            if seen[1] == _ENQ and seen[2] in (1, 2):
                return Recover(number=seen[2]), 3
        return None, 1


class _More(Exception):
    """The command is not complete yet."""


class Interpreter:
    """Cuts the byte stream into commands. A command that is not complete waits for the rest of its bytes."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._at = 0
        self._place = 0
        self._text = bytearray()
        self._chinese = False
        self._qr_payload = b""
        self._qr_module = 3
        self._qr_correction = "L"

    @property
    def in_mid_command(self) -> bool:
        """Whether bytes wait for the rest of their command."""
        return bool(self._held)

    def feed(self, data: bytes) -> Iterator[Command]:
        """Take bytes and yield the commands that are complete.

        Raises:
            ProtocolError: something is not understood. What came before was yielded; nothing after can be trusted.
        """
        self._held += data
        while self._held:
            self._at = 0
            try:
                command = self._next()
            except _More:
                return
            del self._held[: self._at]
            self._place += self._at
            if command is not None:
                yield command

    def _next(self) -> Command | None:
        first = self._take()
        if first == _NUL:
            return None  # no command, no character: passed over, as all that the guide does not define
        if first == _LF:
            return self._flush(feed_lines=1)
        if first == _DLE:
            self._realtime()
            return None
        if first == _ESC:
            return self._escape()
        if first == _FS:
            self._chinese_mode()
            return None
        if first == _GS:
            return self._group()
        if first < 0x20 or first == 0x7F:
            raise self._error(f"control character {first:02X}")
        if first >= 0x80 and not self._chinese:
            raise self._error(f"byte {first:02X} outside Chinese mode: FS & is missing")
        self._text.append(first)
        if len(self._text) > _LONGEST_TEXT:
            raise self._error(f"more than {_LONGEST_TEXT} characters without a line feed")
        return None

    def _realtime(self) -> None:
        """Pass over what was obeyed when it came in."""
        second = self._take()
        if second == _DC4:
            if self._bytes(len(_EMPTY_BUFFERS) - 2) != _EMPTY_BUFFERS[2:]:
                raise self._error("DLE DC4 with another function than 8")
            return
        allowed = {_EOT: (1, 2, 3, 4, 20), _ENQ: (1, 2)}
        if second not in allowed:
            raise self._error(f"DLE {second:02X}")
        number = self._take()
        if number not in allowed[second]:
            raise self._error(f"DLE {second:02X} {number}")

    def _escape(self) -> Command | None:
        second = self._take()
        match chr(second):
            case "@":
                self._text.clear()
                self._chinese = False
                return Initialise()
            case "a":
                return SetStyle(align=self._one_of("ESC a", {0: 0, 1: 1, 2: 2, 48: 0, 49: 1, 50: 2}))
            case "E":
                return SetStyle(bold=bool(self._take() & 1))
            case "R":
                if charset := self._take():
                    raise self._error(f"ESC R {charset}: this printer has the American letters only")
                return None
            case "d":
                return self._flush(feed_lines=self._take())
            case "J":
                return self._flush(feed_lines=0, feed_dots=self._take())
            case "!":
                mode = self._take()
                if mode & 0b1100_0110:
                    raise self._error(f"ESC ! {mode:02X}")
                return SetStyle(bold=bool(mode & 8), wide=2 if mode & 32 else 1, high=2 if mode & 16 else 1)
        raise self._error(f"ESC {second:02X}")

    def _chinese_mode(self) -> None:
        second = self._take()
        if second == _RESET[1]:
            if self._bytes(len(_RESET) - 2) != _RESET[2:]:
                raise self._error("FS C0 with something else than a reset")
            return
        if second not in (0x26, 0x2E):
            raise self._error(f"FS {second:02X}")
        self._chinese = second == 0x26

    def _group(self) -> Command | None:
        second = self._take()
        match chr(second):
            case "v":
                return self._raster()
            case "V":
                return self._cut()
            case "(":
                return self._qr()
            case "!":
                size = self._take()
                if size & 0b1000_1000:
                    raise self._error(f"GS ! {size:02X}")
                return SetStyle(wide=(size >> 4) + 1, high=(size & 7) + 1)
            case "a" | "I" | "r" | "e":
                return self._telling(chr(second))
        raise self._error(f"GS {second:02X}")

    def _telling(self, letter: str) -> Command:
        match letter:
            case "a":
                return Report(which=self._take())
            case "I":
                return TellIdentity(number=self._one_of("GS I", {n: n for n in (1, 2, 3, 49, 50, 51, *range(65, 70))}))
            case "r":
                self._one_of("GS r", {1: 1, 49: 1})
                return TellPaper()
        how = self._one_of("GS e", {2: 2, 3: 3, 5: 5})
        if how == 3:
            self._take()
        return Eject(how=how)

    def _raster(self) -> PrintRaster:
        if (third := self._take()) != 0x30:
            raise self._error(f"GS v {third:02X}")
        mode = self._one_of("GS v 0", {0: 0, 1: 1, 2: 2, 3: 3, 48: 0, 49: 1, 50: 2, 51: 3})
        width_bytes, rows = self._word(), self._word()
        if not 1 <= width_bytes <= _WIDEST_RASTER_BYTES or not 1 <= rows <= _HIGHEST_RASTER:
            raise self._error(f"GS v 0 with {width_bytes} bytes by {rows} rows")
        if self._text:
            raise self._error("GS v 0 while a line of text is not finished")
        dots = self._bytes(width_bytes * rows)
        return PrintRaster(width_bytes=width_bytes, rows=rows, dots=dots, wide=bool(mode & 1), high=bool(mode & 2))

    def _cut(self) -> Cut:
        mode = self._take()
        if self._text:
            raise self._error("GS V while a line of text is not finished")
        if mode in (0, 1, 48, 49):
            return Cut(full=mode in (0, 48), to_knife=False, feed_dots=0)
        if mode in (65, 66):
            return Cut(full=mode == 65, to_knife=True, feed_dots=self._take())
        raise self._error(f"GS V {mode}")

    def _qr(self) -> PrintQr | None:
        if (third := self._take()) != ord("k"):
            raise self._error(f"GS ( {third:02X}")
        length = self._word()
        body = self._bytes(length)
        if length < 3 or body[0] != 49:
            raise self._error(f"GS ( k {body[:2].hex(' ')}: only QR codes")
        function, rest = body[1], body[2:]
        match function:
            case 65 if rest in (b"\x32\x00", b"2\x00"):
                return None
            case 67 if len(rest) == 1 and 1 <= rest[0] <= 16:
                self._qr_module = rest[0]
                return None
            case 69 if len(rest) == 1 and 48 <= rest[0] <= 51:
                self._qr_correction = "LMQH"[rest[0] - 48]
                return None
            case 80 if rest[:1] == b"0" and len(rest) > 1:
                self._qr_payload = rest[1:]
                return None
            case 81 if rest == b"0" and self._qr_payload:
                return PrintQr(payload=self._qr_payload, module_dots=self._qr_module, correction=self._qr_correction)
        raise self._error(f"GS ( k function {function} with {len(rest)} bytes")

    def _flush(self, *, feed_lines: int, feed_dots: int = 0) -> PrintText:
        raw = bytes(self._text)
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError as error:
            raise self._error(f"text is not GB18030: {error.reason}") from error
        self._text.clear()
        return PrintText(text=text, feed_lines=feed_lines, feed_dots=feed_dots)

    def _take(self) -> int:
        if self._at >= len(self._held):
            raise _More
        self._at += 1
        return self._held[self._at - 1]

    def _word(self) -> int:
        low = self._take()
        return low | self._take() << 8

    def _bytes(self, count: int) -> bytes:
        if self._at + count > len(self._held):
            raise _More
        self._at += count
        return bytes(self._held[self._at - count : self._at])

    def _one_of(self, command: str, meanings: dict[int, int]) -> int:
        number = self._take()
        if number not in meanings:
            raise self._error(f"{command} {number}")
        return meanings[number]

    def _error(self, what: str) -> ProtocolError:
        return ProtocolError(what, self._place)
