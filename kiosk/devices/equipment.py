"""All devices of one terminal, each with its supervisor."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Final

from kiosk.devices.policy import Limits
from kiosk.devices.supervised import Supervised
from kiosk.diagnostics.model import DeviceStatus

if TYPE_CHECKING:
    # named, not used: drivers are imported on a thread, while Qt loads and paints the first page
    from drivers.camera.api import Camera
    from drivers.card.api import CardReader
    from drivers.headphones.api import Headphones
    from drivers.idreader.api import IdReader
    from drivers.power.api import PowerSupply
    from drivers.printer.api import ReceiptPrinter
    from drivers.scanner.api import Scanner
    from kiosk.devices.installed import Devices

KINDS: Final = ("idreader", "card", "scanner", "camera", "printer", "power", "headphones")
"""As in the settings."""
SESSION_NAMES: Final = {"idreader": "id-reader", "card": "card-reader"}
"""What session and backend call a kind, where it is another word than in the settings."""
FIRST_REPORT_S: Final = 10.0


class Equipment:
    """The devices of one terminal; None: it has no such device.

    Args:
        devices: The drivers, none of them opened.
        announce: Called when state or cause of a device has changed, on the event loop.
        limits: How patient the supervisors are.
        shown: Nothing is opened before it is set; None: there is nothing to wait for.
    """

    def __init__(
        self,
        devices: Devices,
        announce: Callable[[DeviceStatus], None],
        *,
        limits: Limits | None = None,
        shown: threading.Event | None = None,
    ) -> None:
        self._shown = shown

        def supervised(kind: str, device: Any, *, rests: bool = False) -> Any:
            return None if device is None else Supervised(kind, device, announce, limits=limits, rests=rests)

        self.id_reader: Supervised[IdReader] | None = supervised("idreader", devices.id_reader)
        self.card_reader: Supervised[CardReader] | None = supervised("card", devices.card_reader)
        self.scanner: Supervised[Scanner] | None = supervised("scanner", devices.scanner)
        self.camera: Supervised[Camera] | None = supervised("camera", devices.camera, rests=True)
        self.printer: Supervised[ReceiptPrinter] | None = supervised("printer", devices.printer)
        self.power: Supervised[PowerSupply] | None = supervised("power", devices.power)
        self.headphones: Supervised[Headphones] | None = supervised("headphones", devices.headphones)
        each = (
            *(self.id_reader, self.card_reader, self.scanner, self.camera),
            *(self.printer, self.power, self.headphones),
        )
        self._by_kind: dict[str, Supervised[Any]] = {
            kind: device for kind, device in zip(KINDS, each, strict=True) if device is not None
        }

    @property
    def every(self) -> tuple[Supervised[Any], ...]:
        """Those that there are."""
        return tuple(self._by_kind.values())

    def of(self, kind: str) -> Supervised[Any] | None:
        """Return the device of a kind, as the settings name it."""
        return self._by_kind.get(kind)

    async def keep(self) -> None:
        """Keep all of them in use, each on its own, until cancelled; then let go of them."""
        if self._shown is not None:
            await asyncio.to_thread(self._shown.wait)  # one thread waits for all of them
        # a group, not gather: cancelled, that one is done with the first that let go and forgets those that still do
        async with asyncio.TaskGroup() as keeping:
            for each in self.every:
                keeping.create_task(each.keep())

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[Equipment]:
        """Keep all of them in use inside; for whoever has no runner."""
        keeping = asyncio.create_task(self.keep())
        try:
            yield self
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    async def first_report(self, limit_s: float = FIRST_REPORT_S) -> tuple[DeviceStatus, ...]:
        """Wait until each was tried, at most ``limit_s``, and return how they are: all failures at once."""
        trying = [asyncio.create_task(each.tried()) for each in self.every]
        if trying:
            await asyncio.wait(trying, timeout=limit_s)
            for each in trying:
                each.cancel()
        return self.statuses()

    def statuses(self) -> tuple[DeviceStatus, ...]:
        """Return how each is, now."""
        return tuple(each.status() for each in self.every)
