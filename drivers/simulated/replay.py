"""Far ends that play a recording: what a device in the field said, said again to the driver of today.

A driver that asks something else than was asked then is told nothing more, and ``check`` says what it asked. Bytes are
compared as they are recorded, that is without what is personal. A question that was just answered may be asked again,
as drivers do who poll; how often it was asked then does not matter, nor how long anything took.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import tty
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drivers.simulated.card import vpcd_receive, vpcd_send
from drivers.simulated.pcscd import PrivatePcscd
from drivers.traffic.recording import Entry, Recording
from drivers.traffic.redacting import redactor

_ATR: Final = bytes.fromhex("3B 69 00 00 53 49 4D 43 41 52 44 30 31")
_ATR_WANTED: Final = b"\4"
_SHOWN_BYTES: Final = 40
_CHUNK_BYTES: Final = 4096


class ReplayMismatch(AssertionError):
    """The driver asked something else than was recorded, or left before the end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Exchange:
    """Something asked, as (bytes, length) with None for bytes nobody may know, and what was answered to it."""

    asked: tuple[tuple[bytes | None, int], ...]
    answers: tuple[bytes, ...]
    gone: bool = False

    @property
    def length(self) -> int:
        return sum(length for _, length in self.asked)

    def begins_with(self, heard: bytes) -> bool:
        """Whether ``heard`` is the beginning, or all, of what was asked."""
        at = 0
        for data, length in self.asked:
            part = heard[at : at + length]
            if data is not None and not data.startswith(part):
                return False
            at += length
        return len(heard) <= at


class Playback:
    """A recording without a wire: takes what a driver sends, returns what is said to it.

    Args:
        recording: What happened then.
    """

    def __init__(self, recording: Recording) -> None:
        self._redactor = redactor(recording.protocol)
        self._exchanges = _exchanges(recording.entries)
        self._next = 0
        self._heard = b""
        self._wrong = ""
        self.finished = asyncio.Event()
        """Set when everything was asked and said, or when something else was asked."""
        self._look()

    def first(self) -> tuple[bytes, ...]:
        """Return what the device said before anybody asked."""
        exchange = self._due()
        return () if exchange is None or exchange.asked else self._played(exchange).answers

    def hear(self, data: bytes) -> tuple[tuple[bytes, ...], bool]:
        """Take what the driver sends; return what is said to it now, and whether the device leaves after that."""
        answers: list[bytes] = []
        gone = False
        for _, length, known in self._redactor.sent(data):
            for exchange in self._hear(bytes(length) if known is None else known):
                answers += exchange.answers
                gone = gone or exchange.gone
        return tuple(answers), gone

    def check(self) -> None:
        """Raise ``ReplayMismatch`` when the driver asked something else, or has not asked everything."""
        if self._wrong:
            raise ReplayMismatch(self._wrong)
        if (due := self._due()) is not None:
            raise ReplayMismatch(f"the driver stopped before exchange {self._next + 1}: {_words(due)}")

    def _due(self) -> _Exchange | None:
        return self._exchanges[self._next] if self._next < len(self._exchanges) else None

    def _hear(self, data: bytes) -> Iterator[_Exchange]:
        """Take what was heard; return what is asked by it. A wire may bring two questions at once, or half a one."""
        self._heard += data
        while self._heard and not self._wrong:
            exchange = self._asked()
            if exchange is None:
                due = self._due()
                wanted = "nothing more" if due is None else _words(due)
                self._wrong = f"exchange {self._next + 1}: the driver sent {_hex(self._heard)}, recorded is {wanted}"
                self.finished.set()
                return
            if len(self._heard) < exchange.length:
                return
            self._heard = self._heard[exchange.length :]
            yield self._played(exchange) if exchange is self._due() else exchange

    def _asked(self) -> _Exchange | None:
        """Return which exchange begins with what was heard: the one that is due, or the last once more."""
        last = self._exchanges[self._next - 1] if self._next else None
        if last is not None and last.gone:
            last = None
        for exchange in (self._due(), last):
            if exchange is not None and exchange.asked and exchange.begins_with(self._heard[: exchange.length]):
                return exchange
        return None

    def _played(self, exchange: _Exchange) -> _Exchange:
        self._next += 1
        self._look()
        return exchange

    def _look(self) -> None:
        if self._next >= len(self._exchanges):
            self.finished.set()


class ReplayedPort:
    """A serial port at which a recording is played. It is plugged in as long as the recording says so.

    Args:
        path: Where the port appears.
        recording: Of a serial device.
    """

    def __init__(self, path: Path, recording: Recording) -> None:
        self.playback = Playback(recording)
        self._path = path
        self._ends: tuple[int, int] | None = None

    async def start(self) -> None:
        """Plug it in."""
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        self._ends = (ours, theirs)
        asyncio.get_running_loop().add_reader(ours, self._receive, ours)
        self._path.symlink_to(os.ttyname(theirs))

    async def stop(self) -> None:
        """Pull it. Safe more than once."""
        ends, self._ends = self._ends, None
        if ends is not None:
            self._path.unlink(missing_ok=True)
            asyncio.get_running_loop().remove_reader(ends[0])
            for end in ends:
                os.close(end)

    def speak_first(self) -> None:
        """Say what the device said unasked, now that somebody listens."""
        self._say(self.playback.first())

    def _receive(self, ours: int) -> None:
        try:
            data = os.read(ours, _CHUNK_BYTES)
        except BlockingIOError:
            return
        answers, gone = self.playback.hear(data)
        self._say(answers)
        if gone:
            asyncio.get_running_loop().create_task(self._leave(), name="replayed port")

    async def _leave(self) -> None:
        """Be pulled and, if the recording goes on, plugged in again."""
        await self.stop()
        if not self.playback.finished.is_set():
            await self.start()

    def _say(self, answers: Iterable[bytes]) -> None:
        if self._ends is not None:
            for answer in answers:
                with contextlib.suppress(BlockingIOError):
                    os.write(self._ends[0], answer)


class ReplayedSocket:
    """A TCP port at which a recording is played to whoever connects.

    Args:
        recording: Of a network printer.
    """

    def __init__(self, recording: Recording) -> None:
        self.playback = Playback(recording)
        self.port = 0
        self._server: asyncio.Server | None = None
        self._writers: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Listen at ``port``, which is a free one."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, reuse_address=True)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more, and hang up. Safe more than once."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            serving = dict(self._writers)
            for writer in serving:
                writer.transport.abort()
            await asyncio.gather(*serving.values())
            await server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers[writer] = asyncio.create_task(self._serve(reader, writer), name="replayed socket")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(_CHUNK_BYTES):
                answers, gone = self.playback.hear(data)
                for answer in answers:
                    writer.write(answer)
                if gone:
                    writer.transport.abort()
                    return
        except ConnectionError:
            return
        finally:
            self._writers.pop(writer, None)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


class ReplayedCard:
    """A card in a virtual PC/SC reader that answers as a recording says; pulled when the recording says so.

    Args:
        folder: Short path for the files of a pcscd of its own.
        recording: Of a PC/SC reader.
    """

    def __init__(self, folder: Path, recording: Recording) -> None:
        self.playback = Playback(recording)
        self._pcscd = PrivatePcscd(folder)
        self._standing: asyncio.Task[None] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the processes of the clients need in their environment."""
        return {"PCSCLITE_CSOCK_NAME": str(self._pcscd.socket)}

    async def start(self) -> None:
        """Stand in the reader. Raises ``PcscdUnavailable``."""
        await self._pcscd.start()
        self._standing = asyncio.create_task(self._stand(), name="replayed card")

    async def stop(self) -> None:
        """Leave. Safe more than once."""
        standing, self._standing = self._standing, None
        if standing is not None:
            standing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await standing
        await self._pcscd.stop()

    async def _stand(self) -> None:
        reader, writer = await self._pcscd.connect()
        try:
            while True:
                message = await vpcd_receive(reader, writer)
                if message == _ATR_WANTED:
                    await vpcd_send(writer, _ATR)
                elif len(message) > 1:
                    answers, gone = self.playback.hear(message)
                    if gone or not answers:
                        return
                    await vpcd_send(writer, b"".join(answers))
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.transport.abort()


def _exchanges(entries: Iterable[Entry]) -> tuple[_Exchange, ...]:
    """Put together what was asked and what was answered; the same twice in a row is there once."""
    found: list[_Exchange] = []
    asked: list[tuple[bytes | None, int]] = []
    answers: list[bytes] = []

    def close(*, gone: bool = False) -> None:
        if asked or answers or gone:
            exchange = _Exchange(asked=tuple(asked), answers=tuple(answers), gone=gone)
            if not found or found[-1] != exchange or not exchange.asked:
                found.append(exchange)
        asked.clear()
        answers.clear()

    for entry in entries:
        if entry.gone:
            close(gone=True)
        elif not entry.to_device:
            answers.append(bytes(entry.length) if entry.data is None else entry.data)
        else:
            if answers:
                close()
            asked.append((entry.data, entry.length))
    close()
    return tuple(found)


def _words(exchange: _Exchange) -> str:
    return "nothing" if not exchange.asked else ", ".join(_hex(data, length) for data, length in exchange.asked[:4])


def _hex(data: bytes | None, length: int = 0) -> str:
    if data is None:
        return f"{length} bytes"
    return data[:_SHOWN_BYTES].hex(" ") + (f" … {len(data)} bytes" if len(data) > _SHOWN_BYTES else "")
