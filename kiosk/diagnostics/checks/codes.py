"""Codes that nobody could know: drawn at random, printed or shown, and read back through a window or a lens."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

from drivers.camera.api import Camera
from drivers.errors import MediaError
from drivers.scanner.api import Scanner

PREFIX: Final = "KIOSK-TEST-"
_BYTES: Final = 12


def fresh(length: int = 0) -> str:
    """Return a payload that was never used, of at least ``length`` characters."""
    code = PREFIX + secrets.token_hex(_BYTES)
    return code + secrets.token_hex(max(0, length - len(code)) // 2)


async def seen_by(eyes: dict[str, Any], wanted: str) -> str:
    """Wait until one of the devices delivers ``wanted``; return which. Other codes are passed over.

    One that is lost on the way leaves it to the other.

    Args:
        eyes: Drivers by kind: ``scanner``, ``camera``.
        wanted: Compared byte by byte with what was decoded.

    Raises:
        DeviceError: all of them were lost.
    """
    looking: dict[str, Coroutine[Any, Any, None]] = {}
    if "scanner" in eyes:
        looking["scanner"] = _scanned(eyes["scanner"], wanted.encode())
    if "camera" in eyes:
        looking["camera"] = _filmed(eyes["camera"], wanted.encode())
    async with _racing(looking) as tasks:
        waiting = set(tasks)
        while True:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if task.exception() is None or not waiting:
                    await task
                    return task.get_name()


@asynccontextmanager
async def _racing(looking: dict[str, Coroutine[Any, Any, None]]) -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks = [asyncio.create_task(each, name=name) for name, each in looking.items()]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _scanned(scanner: Scanner, wanted: bytes) -> None:
    while True:
        try:
            code = await scanner.scan()
        except MediaError:
            continue
        if code.raw == wanted:
            return


async def _filmed(camera: Camera, wanted: bytes) -> None:
    while all(code.raw != wanted for code in await camera.codes()):
        continue
