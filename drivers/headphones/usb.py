"""Headphones that are a sound card of their own: USB headphones, or an audio keypad that somebody plugs in.

They are in as long as their node is there, a name under ``/dev/snd/by-id`` or one that a udev rule gives. The place
itself, a socket, cannot be lost.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from drivers import presence
from drivers.errors import DeviceGone
from drivers.status import WELL, Condition, Identity


class UsbHeadphones:
    """``Headphones`` that are there or not.

    Args:
        path: Of their node.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._open = False
        self._told: bool | None = None
        self._closed = asyncio.Event()
        self._watched = False

    @property
    def identity(self) -> Identity:
        """Who is there; see ``Device``."""
        return Identity(connection=f"USB, {self._path}")

    async def open(self) -> None:
        """See ``Headphones``; a socket is always there."""
        if not self._open:
            self._open, self._told, self._watched = True, None, False
            self._closed.clear()

    async def close(self) -> None:
        """See ``Device``."""
        self._open = False
        self._closed.set()

    async def watch(self) -> Condition:
        """Wait until it is closed; see ``Device``."""
        if self._watched:
            await self._closed.wait()
        if not self._open:
            raise DeviceGone(f"{self._path} is not watched")
        self._watched = True
        return WELL

    async def appears(self) -> None:
        """Return at once: a socket is always there; see ``Device``."""

    async def changed(self) -> bool:
        """See ``Headphones``."""
        if self._told is not None and self._open:
            await self._until_other(self._told)
        if not self._open:
            raise DeviceGone(f"{self._path} is not watched")
        self._told = await asyncio.to_thread(self._path.exists)
        return self._told

    async def _until_other(self, told: bool) -> None:
        stirring = presence.leaves(self._path) if told else presence.appears(self._path)
        waits = [asyncio.ensure_future(stirring), asyncio.ensure_future(self._closed.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
