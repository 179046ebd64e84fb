"""A camera as scanner: for terminals that have no scanner, or whose scanner is out of order."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from drivers.camera.api import Camera
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone
from drivers.scanner.api import Code
from drivers.scanner.framing import code_of
from drivers.scanner.inbox import Inbox
from drivers.status import WELL, Condition, Identity


class CameraScanner:
    """A ``Scanner`` that looks through a camera.

    The camera is open only while somebody scans: it films nobody in between, idles for nothing, and can be the one that
    also photographs documents, by a ``Camera`` of its own. Between two scans its presence is watched.

    Args:
        camera: Nobody else's.
    """

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._inbox = Inbox()
        self._open = False
        self._looking = asyncio.Event()
        self._resting = asyncio.Event()
        self._resting.set()
        self._closed = asyncio.Event()
        self._told: Condition | None = None

    @property
    def identity(self) -> Identity:
        """Who is there; see ``Device``."""
        return self._camera.identity

    async def open(self) -> None:
        """See ``Scanner``: the camera is there; it is not filming yet."""
        if self._open:
            return
        await self._camera.there()
        self._inbox.clear()
        self._closed.clear()
        self._told = None
        self._open = True

    async def close(self) -> None:
        """Stop filming and let go; see ``Scanner``."""
        self._open = False
        self._closed.set()
        await self._camera.close()

    async def watch(self) -> Condition:
        """Wait for a change; see ``Device``: of the camera's while it films, of its presence while it does not."""
        while self._open:
            if self._told != WELL and (self._told is None or self._resting.is_set()):
                self._told = WELL  # what was wrong with its pictures is wrong no longer: there are none
                return WELL
            if self._resting.is_set():
                if await _first(self._camera.leaves(), self._looking.wait(), self._closed.wait()):
                    raise DeviceGone("the camera left")
            else:
                condition = await self._filming()
                if condition not in (None, self._told):
                    self._told = condition
                    return condition
        raise DeviceGone("the scanner was closed")

    async def appears(self) -> None:
        """Wait for the camera; see ``Device``."""
        await self._camera.appears()

    async def scan(self) -> Code:
        """Film until a code is seen; see ``Scanner``. Of several in one picture the next calls return the others."""
        with self._inbox.expecting():
            if not self._open:
                raise DeviceGone("the scanner is not open")
            if not self._inbox.empty:
                return self._inbox.take()
            try:
                await self._camera.open()
            except DeviceAbsent as error:
                raise DeviceGone(error.detail) from error
            self._resting.clear()
            self._looking.set()
            try:
                while self._inbox.empty:
                    for seen in await self._camera.codes():
                        self._inbox.put(code_of(seen.raw, seen.text))
                return self._inbox.take()
            finally:
                self._looking.clear()
                self._resting.set()
                await asyncio.shield(self._camera.close())

    async def _filming(self) -> Condition | None:
        """The next condition of a camera that films; None when it rests again or is closed."""
        changes: asyncio.Future[Condition] = asyncio.ensure_future(self._camera.watch())
        try:
            changed = await _first(_settled(changes), self._resting.wait(), self._closed.wait())
            return changes.result() if changed and not self._resting.is_set() else None
        finally:
            changes.cancel()
            with suppress(asyncio.CancelledError, DeviceError):
                await changes


async def _settled(future: asyncio.Future[Condition]) -> None:
    await asyncio.wait([future])


async def _first(*waits: Coroutine[Any, Any, object]) -> bool:
    """Return when one of them has, and end the others; whether it was the one named first."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return tasks[0] in done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
