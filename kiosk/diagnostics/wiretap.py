"""What passes on the wire of a device, for the technician: without what is anybody's (``drivers.traffic``)."""

from __future__ import annotations

from typing import Any, Final

from drivers.traffic import PCSC, Entry, Tap, switch_off, switch_on
from kiosk.diagnostics.visit.state import Heard
from kiosk.settings import Settings

SHOWN: Final = 100
"""Entries that are shown, the newest."""
_SHOWN_BYTES: Final = 64


def place(settings: Settings, kind: str) -> str:
    """Return where a device's wire is listened to; empty: it has none that can be."""
    if kind == "card":
        return PCSC
    chosen: Any = getattr(settings.devices, kind)
    match str(chosen.protocol):
        case "sam-v-usb" | "escpos-usb":
            from drivers.usb_bulk import UsbAddress

            vendor, product = (int(part, 16) for part in chosen.usb.split(":"))
            return str(UsbAddress(vendor=vendor, product=product, serial=chosen.usb_serial, path=chosen.usb_socket))
        case "escpos-tcp":
            return str(chosen.address)
        case "opencv":
            from drivers.camera.stream import without_secrets

            return without_secrets(chosen.source)
        case "sam-v" | "multifunction" | "serial" | "wedge" | "escpos-serial" | "escpos-file":
            return str(chosen.port)
        case _:
            return ""


def listen(settings: Settings, kind: str) -> Tap | None:
    """Begin to listen; None: there is nothing to listen to. ``end`` ends it."""
    where = place(settings, kind)
    if not where:
        return None
    tap = Tap(kind=kind, protocol=getattr(settings.devices, kind).protocol)
    switch_on(where, tap)
    return tap


def end(settings: Settings, kind: str) -> None:
    """Listen no more."""
    switch_off(place(settings, kind))


def heard(tap: Tap) -> tuple[Heard, ...]:
    """Return what passed lately, oldest first."""
    return tuple(_shown(entry) for entry in tap.recent()[-SHOWN:])


def _shown(entry: Entry) -> Heard:
    data = "" if entry.data is None else entry.data[:_SHOWN_BYTES].hex(" ")
    return Heard(ms=round(entry.ms, 1), to_device=entry.to_device, length=entry.length, data=data, gone=entry.gone)
