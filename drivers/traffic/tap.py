"""Listening at the waist of a driver: off unless somebody switched it on, for one place and for a while.

At each waist stand two lines beside those that log at TRAFFIC; off, they cost a look at an empty dictionary::

    tap.sent(place, data)
    tap.came(place, data)

What a ``Tap`` keeps and writes has been through the redactor of its protocol: nothing personal is in it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import BinaryIO, Final

from drivers.status import Identity
from drivers.traffic.recording import LONGEST_ENTRY_BYTES, Entry, entry_line, head_line
from drivers.traffic.redacting import KEY_EVENT, Piece, redactor

_log = logging.getLogger(__name__)

LONGEST_S: Final = 600.0
"""No tap listens longer than ten minutes: somebody may have forgotten it."""
MOST_FILE_BYTES: Final = 2 << 20
MOST_RECENT: Final = 200
_MOST_RECENT_BYTES: Final = 256
"""Of one entry in memory; its length is told all the same."""

PCSC: Final = "pcsc"
"""Where every PC/SC reader listens: a terminal uses one."""

_on: dict[str, Tap] = {}


class Tap:
    """Listens at one place.

    Args:
        kind: Of the device, as in the settings.
        protocol: As in the settings; one without redactor is heard as lengths only.
        identity: Of the device, for the head of the file.
        file: Where to write a recording; None: ``recent`` only. Written over.
        limit_s: After which it hears nothing any more.
        most_bytes: Of the file; when it is full, nothing more is written.
        now: Seconds on a clock that does not jump.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(
        self,
        *,
        kind: str,
        protocol: str,
        identity: Identity | None = None,
        file: Path | None = None,
        limit_s: float = LONGEST_S,
        most_bytes: int = MOST_FILE_BYTES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.kind = kind
        self.protocol = protocol
        self._redactor = redactor(protocol)
        self._limit_s = min(limit_s, LONGEST_S)
        self._left_bytes = most_bytes
        self._now = now
        self._began = now()
        self._recent: deque[Entry] = deque(maxlen=MOST_RECENT)
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._file = file.open("wb", buffering=0)
            self._write(head_line(kind, protocol, asdict(identity or Identity())))

    @property
    def listening(self) -> bool:
        """Whether its time is not over yet."""
        return self._now() - self._began < self._limit_s

    def recent(self) -> tuple[Entry, ...]:
        """Return what passed last, oldest first; of long entries the beginning only. From any thread."""
        with self._lock:
            return tuple(self._recent)

    def sent(self, data: bytes) -> None:
        """Hear what goes to the device."""
        if data and self.listening:
            with self._lock:
                self._keep(self._redactor.sent(bytes(data)))

    def came(self, data: bytes) -> None:
        """Hear what the device says."""
        if data and self.listening:
            with self._lock:
                self._keep(self._redactor.came(bytes(data)))

    def gone(self) -> None:
        """Hear that the device left."""
        if self.listening:
            with self._lock:
                self._keep(self._redactor.ended())
                self._note(Entry(ms=self._ms(), gone=True))

    def close(self) -> None:
        """End the recording. Safe at any time and more than once; raises nothing."""
        with self._lock:
            if self._file is not None:
                self._keep(self._redactor.ended())
            file, self._file = self._file, None
            if file is not None:
                with suppress(OSError):
                    file.close()

    def _keep(self, pieces: list[Piece]) -> None:
        for to_device, length, data in pieces:
            for start in range(0, length, LONGEST_ENTRY_BYTES):
                size = min(length - start, LONGEST_ENTRY_BYTES)
                part = None if data is None else data[start : start + size]
                self._note(Entry(ms=self._ms(), to_device=to_device, length=size, data=part))

    def _note(self, entry: Entry) -> None:
        if self._file is not None:
            self._write(entry_line(entry))
        short = entry if entry.data is None else replace(entry, data=entry.data[:_MOST_RECENT_BYTES])
        self._recent.append(short)

    def _write(self, line: bytes) -> None:
        if self._file is None:
            return
        self._left_bytes -= len(line)
        if self._left_bytes < 0:
            self._left_bytes = 0
            return
        try:
            self._file.write(line)
        except OSError as error:
            _log.warning("the recording of the %s ends here: %s", self.kind, error)
            self._left_bytes = 0

    def _ms(self) -> float:
        return (self._now() - self._began) * 1000


def switch_on(place: str, tap: Tap) -> None:
    """Let ``tap`` hear what passes at ``place``: a port, ``PCSC``, "host:9100". One that listened there is closed."""
    switch_off(place)
    _on[place] = tap


def switch_off(place: str) -> None:
    """Let nobody hear what passes at ``place``; the tap that did is closed, and still tells ``recent``."""
    tap = _on.pop(place, None)
    if tap is not None:
        tap.close()


def at(place: str) -> Tap | None:
    """Return the tap that listens at ``place``."""
    return _on.get(place)


def sent(place: str, data: bytes) -> None:
    """Say, at a waist, what goes to the device at ``place``."""
    if _on and (tap := _on.get(place)) is not None:
        tap.sent(data)


def came(place: str, data: bytes) -> None:
    """Say, at a waist, what the device at ``place`` said."""
    if _on and (tap := _on.get(place)) is not None:
        tap.came(data)


def key(place: str, kind: int, code: int, value: int) -> None:
    """Say, at the waist of a scanner that types, what event came from ``place``; without its time."""
    if _on and (tap := _on.get(place)) is not None:
        tap.came(KEY_EVENT.pack(0, 0, kind, code, value))


def gone(place: str) -> None:
    """Say, at a waist, that the device at ``place`` left."""
    if _on and (tap := _on.get(place)) is not None:
        tap.gone()
