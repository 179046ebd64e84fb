"""What every code scanner promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.status import Device


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """One code as it was read."""

    raw: bytes
    """The bytes as they came, without the scanner's suffix."""
    text: str
    """``raw`` as UTF-8, else GB18030; undecodable bytes as U+FFFD."""


class Scanner(Device, Protocol):
    """A scanner of QR and bar codes. One call at a time; every call may be cancelled, the scanner stays usable."""

    async def open(self) -> None:
        """Connect.

        Raises:
            DeviceAbsent: nothing is there; nothing stays open.
        """

    async def close(self) -> None:
        """Stop the light and let go of the port. Safe at any time and more than once; raises nothing."""

    async def scan(self) -> Code:
        """Light up, wait for the next code, return it. The light goes out when the call ends in any way.

        Raises:
            DeviceGone, DeviceSilent: close and open afresh.
            MediaUnreadable: what came is no whole code, or more bytes than any has; it was thrown away.
        """
