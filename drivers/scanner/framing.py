"""Where one code ends and the next begins in what a serial scanner sends, and what a code's bytes say."""

from __future__ import annotations

from enum import StrEnum

from drivers.errors import MediaUnreadable
from drivers.scanner.api import Code

LONGEST_CODE_BYTES = 7089
"""The most a QR code holds: version 40, correction L, digits (ISO/IEC 18004 table 7)."""


class Suffix(StrEnum):
    """What the scanner is set to send after every code."""

    CR = "cr"
    """CR; an LF behind it is swallowed. A code that holds a CR itself is cut in two: use ``CRLF`` or ``GAP``."""
    CRLF = "crlf"
    """CR LF; either alone belongs to the code."""
    GAP = "gap"
    """Nothing: a code ends when no byte comes for a while."""


class Framer:
    """Cuts a stream of bytes into codes. Never raises for any bytes; an endless one comes out as an error value.

    Args:
        suffix: What ends a code.
        limit_bytes: No code is longer; what is, is thrown away up to the next suffix or gap.
    """

    def __init__(self, suffix: Suffix, limit_bytes: int = LONGEST_CODE_BYTES) -> None:
        self._suffix = suffix
        self._limit = limit_bytes
        self._held = bytearray()
        self._overrun = False

    @property
    def in_mid_code(self) -> bool:
        """Whether bytes wait for their end."""
        return bool(self._held) or self._overrun

    def feed(self, data: bytes) -> list[bytes | MediaUnreadable]:
        """Take bytes and return the codes that came to their end; an overlong one counts once, as an error."""
        self._held += data
        found: list[bytes | MediaUnreadable] = []
        while (cut := self._find_end()) is not None:
            end, resume = cut
            self._finish(bytes(self._held[:end]), found)
            del self._held[:resume]
        # One byte more than the limit may still be the CR of a CR LF.
        if len(self._held) > self._limit + 1:
            self._held.clear()
            if not self._overrun:
                found.append(self._too_long())
            self._overrun = True
        return found

    def gap(self) -> list[bytes | MediaUnreadable]:
        """Say that no byte came for a while: with ``GAP`` that ends a code, else it ends rubbish."""
        found: list[bytes | MediaUnreadable] = []
        if self._suffix is Suffix.GAP:
            self._finish(bytes(self._held), found)
        self._held.clear()
        self._overrun = False
        return found

    def _find_end(self) -> tuple[int, int] | None:
        if self._suffix is Suffix.GAP:
            return None
        if self._suffix is Suffix.CRLF:
            at = self._held.find(b"\r\n")
            return None if at < 0 else (at, at + 2)
        if self._held[:1] == b"\n":  # of the CR LF before
            del self._held[:1]
        at = self._held.find(b"\r")
        return None if at < 0 else (at, at + 1)

    def _finish(self, code: bytes, found: list[bytes | MediaUnreadable]) -> None:
        overrun, self._overrun = self._overrun, False
        if overrun or not code:
            return
        found.append(code if len(code) <= self._limit else self._too_long())

    def _too_long(self) -> MediaUnreadable:
        return MediaUnreadable(f"more than {self._limit} bytes without an end", code="scanner.overlong")


def code_of(raw: bytes, text: str = "") -> Code:
    """Return the code that ``raw`` is: UTF-8, else GB18030, else UTF-8 with U+FFFD for what cannot be read.

    Args:
        raw: Its bytes.
        text: What it says, when that is known better.
    """
    if text:
        return Code(raw=raw, text=text)
    for encoding in ("utf-8", "gb18030"):
        try:
            return Code(raw=raw, text=raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return Code(raw=raw, text=raw.decode("utf-8", "replace"))
