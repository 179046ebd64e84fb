"""What every place for headphones (耳机) promises."""

from __future__ import annotations

from typing import Protocol

from drivers.status import Device


class Headphones(Device, Protocol):
    """A place where headphones are plugged in; itself it is always there. Every call may be cancelled."""

    async def open(self) -> None:
        """Connect; nothing stays open when it fails.

        Raises:
            DeviceAbsent: the place is not there.
            DeviceRefused: it may not be looked at.
        """

    async def changed(self) -> bool:
        """Wait until headphones are plugged in or pulled out, and return whether they are in now.

        The first call after ``open`` returns at once. Who is slow learns how it is, not how often it changed. One
        caller at a time.

        Raises:
            DeviceGone: it left, or is not open: nobody knows any more whether anybody else can hear.
        """
