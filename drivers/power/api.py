"""What every uninterruptible power supply (不间断电源, UPS) promises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.status import Device


class Supply(StrEnum):
    """Where the power of the terminal comes from: a closed set."""

    ON_LINE = "on-line"
    """From the mains."""
    ON_BATTERY = "on-battery"
    """From the battery: the mains failed."""
    LOW_BATTERY = "low-battery"
    """From a battery that is nearly empty, or the supply was told to switch off: the end is near."""
    UNKNOWN = "unknown"
    """It does not say, it is switched off, or the battery is bypassed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PowerStatus:
    """What a supply says of itself; None or empty: it does not say."""

    supply: Supply
    charge_percent: float | None = None
    runtime_s: float | None = None
    """How long the battery lasts at the present load."""
    load_percent: float | None = None
    battery_v: float | None = None
    replace_battery: bool = False
    """It asks for a new battery."""
    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    driver: str = ""
    """Name and version of what speaks with it, for example "usbhid-ups 2.8.0"."""


class PowerSupply(Device, Protocol):
    """A supply that tells how it is. Any number of calls at once; every call may be cancelled, it stays usable.

    ``watch`` tells these causes, all of them of a device that works: ``power.on-battery``, ``power.low-battery``,
    ``power.unknown``, ``power.replace-battery``; the first that is true.
    """

    async def open(self) -> PowerStatus:
        """Connect and ask for the first time; nothing stays open when it fails. Opening what is open asks again.

        Raises:
            DeviceAbsent: nobody answers at the address.
            DeviceRefused: it has no such supply (``power.unknown-name``), or we may not ask (``power.access-denied``).
            DeviceSilent: no answer, or none that is fresh (``power.stale``): supply or its driver do not answer.
            DeviceGarbled, DeviceGone: it answered nonsense, or hung up.
        """

    async def status(self) -> PowerStatus:
        """Ask how it is.

        Raises:
            DeviceGone: it left, or is not open. Close and open afresh, after this and after those that follow.
            DeviceSilent, DeviceGarbled, DeviceRefused: as for ``open``.
        """
