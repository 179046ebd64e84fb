"""Drivers that are imported and made after the first page: no citizen has laid anything on a device before it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from drivers.status import Identity


class Late:
    """Stands for a driver: makes it when it is first opened, on a thread of its own, once the first page is shown.

    Args:
        make: Imports the driver and returns it, not opened.
        shown: Set once the first page is shown, or when there will be none; None: there is no page to wait for.
    """

    def __init__(self, make: Callable[[], Any], shown: threading.Event | None = None) -> None:
        self._make = make
        self._shown = shown
        self._driver: Any = None

    @property
    def identity(self) -> Identity:
        """Who is there; nobody before it is made."""
        return Identity() if self._driver is None else self._driver.identity

    async def made(self) -> None:
        """Make the driver, unless it is made.

        Raises:
            Exception: what importing or making it raised; it may be tried again.
        """
        if self._driver is None:
            import asyncio

            self._driver = await asyncio.to_thread(self._made)

    async def open(self) -> Any:
        """Make the driver the first time; open it."""
        await self.made()
        return await self._driver.open()

    async def close(self) -> None:
        """Close the driver, if there is one by now."""
        if self._driver is not None:
            await self._driver.close()

    def _made(self) -> Any:
        if self._shown is not None:
            self._shown.wait()
        return self._make()

    def __getattr__(self, name: str) -> Any:
        """Return what the driver has; all of it is for one that is open."""
        if self._driver is None:
            raise AttributeError(f"{name}: the driver has not been opened")
        return getattr(self._driver, name)
