"""Requests at a backend: as many as it takes at once, or at a rate that is held whatever it answers."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

LIMIT_S = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """What came of it."""

    waits_ms: tuple[float, ...]
    """Of each request; at a held rate from the moment it was due, whether it could be sent then or not."""
    took_s: float
    wrong: int
    """Answers other than the status expected."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits_ms) / self.took_s

    def at(self, share: float) -> float:
        """Return the wait that this share of requests does not exceed (nearest rank)."""
        ranked = sorted(self.waits_ms)
        return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def at_once(address: tuple[str, int], requests: Sequence[bytes], terminals: int, status: int) -> Loaded:
    """Send every request, ``terminals`` of them at a time, each terminal on a connection it keeps."""
    return asyncio.run(_at_once(address, requests, terminals, status))


def at_rate(address: tuple[str, int], requests: Sequence[bytes], rate: float, terminals: int, status: int) -> Loaded:
    """Send ``rate`` requests a second over ``terminals`` connections that are kept."""
    return asyncio.run(_at_rate(address, requests, rate, terminals, status))


class _Line:
    """A connection that is kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, request: bytes) -> int:
        """Send and read to the end of the answer; return its status."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
        await self._reader.readexactly(length)
        return int(lines[0].split()[1])

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


async def _lines(address: tuple[str, int], number: int) -> list[_Line]:
    return [_Line(*await asyncio.open_connection(*address)) for _ in range(number)]


async def _at_once(address: tuple[str, int], requests: Sequence[bytes], terminals: int, status: int) -> Loaded:
    lines = await _lines(address, terminals)
    left, waits, wrong = iter(requests), [0.0] * 0, count()

    async def terminal(line: _Line) -> None:
        for request in left:
            begun_s = time.perf_counter()
            if await line.ask(request) != status:
                next(wrong)
            waits.append((time.perf_counter() - begun_s) * 1000)

    begun_s = time.perf_counter()
    await asyncio.gather(*map(terminal, lines))
    took_s = time.perf_counter() - begun_s
    await asyncio.gather(*(line.close() for line in lines))
    return Loaded(waits_ms=tuple(waits), took_s=took_s, wrong=next(wrong))


async def _at_rate(
    address: tuple[str, int], requests: Sequence[bytes], rate: float, terminals: int, status: int
) -> Loaded:
    free: asyncio.Queue[_Line] = asyncio.Queue()
    lines = await _lines(address, terminals)
    for line in lines:
        free.put_nowait(line)
    waits, wrong = [0.0] * 0, count()

    async def one(request: bytes, due_s: float) -> None:
        line = await free.get()
        if await line.ask(request) != status:
            next(wrong)
        waits.append((time.perf_counter() - due_s) * 1000)
        free.put_nowait(line)

    begun_s = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number, request in enumerate(requests):
            due_s = begun_s + number / rate
            await asyncio.sleep(due_s - time.perf_counter())
            group.create_task(one(request, due_s))
    took_s = time.perf_counter() - begun_s
    await asyncio.gather(*(line.close() for line in lines))
    return Loaded(waits_ms=tuple(waits), took_s=took_s, wrong=next(wrong))
