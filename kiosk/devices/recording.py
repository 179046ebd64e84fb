"""Listening to the wires of devices, for diagnostics and for ``logs.record``: without what is anybody's.

Off unless somebody asks; ten minutes at most; see ``drivers/traffic``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    # named, not used: whoever records nothing loads nothing of it
    from drivers.status import Identity
    from drivers.traffic import Entry
    from kiosk.settings.model import Settings

_log = logging.getLogger(__name__)

RECORDED: Final = ("idreader", "card", "scanner", "camera", "printer")
"""What can be listened to: of a camera what its process tells, which is no pixel."""

KEPT: Final = 20


def place(settings: Settings, kind: str) -> str:
    """Return what the waist of a device calls its place; empty: nothing can be heard there."""
    from drivers.traffic import PCSC

    devices = settings.devices
    match kind:
        case "idreader":
            chosen = devices.idreader
            return _usb(chosen.usb, chosen.usb_serial, chosen.usb_socket) if "usb" in chosen.protocol else chosen.port
        case "card":
            return PCSC
        case "scanner":
            return devices.scanner.port if devices.scanner.protocol in ("serial", "wedge") else ""
        case "camera":
            from drivers.camera.stream import without_secrets

            return without_secrets(devices.camera.source) if devices.camera.protocol != "none" else ""
        case "printer":
            printer = devices.printer
            if printer.protocol == "escpos-usb":
                return _usb(printer.usb, printer.usb_serial, printer.usb_socket)
            return printer.address if printer.protocol == "escpos-tcp" else printer.port
    return ""


class Recorder:
    """Switches taps on and off.

    Args:
        settings: Of the terminal.
        folder: Where recordings go; the last twenty stay there.
        now: For their names.
    """

    def __init__(self, settings: Settings, folder: Path, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._folder = folder
        self._now = now
        self._places: dict[str, str] = {}

    def start(self, kind: str, identity: Identity | None = None, *, keep: bool = True) -> Path | None:
        """Listen to a device; return the file of its recording.

        Args:
            kind: Of ``RECORDED``.
            identity: Of the device, if it is open.
            keep: Whether to write a file; otherwise there is ``recent`` only.

        Returns:
            None, when nothing is written or nothing can be heard of such a device.
        """
        from drivers.traffic import Tap, switch_on

        where = place(self._settings, kind)
        if not where:
            return None
        protocol = str(getattr(self._settings.devices, kind).protocol)
        file = self._folder / f"{self._now():%Y%m%dT%H%M%S}-{kind}.jsonl" if keep else None
        try:
            self._forget_old()
            tap = Tap(kind=kind, protocol=protocol, identity=identity, file=file)
        except OSError as error:
            _log.warning("the %s is not recorded: %s", kind, error)
            return None
        switch_on(where, tap)
        self._places[kind] = where
        return file

    def _forget_old(self) -> None:
        for old in sorted(self._folder.glob("*.jsonl"))[: 1 - KEPT]:
            old.unlink(missing_ok=True)

    def recent(self, kind: str) -> tuple[Entry, ...]:
        """Return what passed on the wire of a device last, oldest first; nothing while nobody listens."""
        from drivers.traffic.tap import at

        tap = at(self._places.get(kind, ""))
        return () if tap is None else tap.recent()

    def stop(self, kinds: Iterable[str] = RECORDED) -> None:
        """Listen no more. Safe more than once; raises nothing."""
        from drivers.traffic import switch_off

        for kind in tuple(kinds):
            if kind in self._places:
                switch_off(self._places.pop(kind))


def _usb(numbers: str, serial: str, socket: str) -> str:
    from drivers.usb_bulk import UsbAddress

    vendor, _, product = numbers.partition(":")
    try:
        return str(UsbAddress(vendor=int(vendor, 16), product=int(product, 16), serial=serial, path=socket))
    except ValueError:
        return ""
