"""Which drivers a terminal has: from the settings, each imported when it is first opened.

A new protocol is a function that imports its driver and a line in the table of its kind.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kiosk.devices.late import Late
from kiosk.settings.model import (
    CameraProtocol,
    CardProtocol,
    HeadphonesProtocol,
    IdReaderProtocol,
    PowerProtocol,
    PrinterProtocol,
    ScannerProtocol,
    Settings,
)
from kiosk.supervision.places import state_dir

if TYPE_CHECKING:
    # named, not used: drivers are imported on a thread, while Qt loads and paints the first page
    from drivers.camera.api import Camera
    from drivers.card.api import CardReader
    from drivers.headphones.api import Headphones
    from drivers.idreader.api import IdReader
    from drivers.power.api import PowerSupply
    from drivers.printer.api import ReceiptPrinter
    from drivers.printer.wires import Wire
    from drivers.scanner.api import Scanner

Protocol = TypeVar(
    "Protocol",
    IdReaderProtocol,
    CardProtocol,
    ScannerProtocol,
    CameraProtocol,
    PrinterProtocol,
    PowerProtocol,
    HeadphonesProtocol,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Devices:
    """The drivers of one terminal; None: this terminal has no such device."""

    id_reader: IdReader | None = None
    card_reader: CardReader | None = None
    scanner: Scanner | None = None
    camera: Camera | None = None
    printer: ReceiptPrinter | None = None
    power: PowerSupply | None = None
    headphones: Headphones | None = None


def installed(settings: Settings, shown: threading.Event | None = None) -> Devices:
    """Return the drivers that the settings name, none of them opened yet.

    Args:
        settings: Of the terminal.
        shown: Set once the first page is shown: no driver is imported before; None: there is no page to wait for.
    """
    chosen = settings.devices

    def late(builders: Mapping[Protocol, Callable[[Settings], Any]], protocol: Protocol) -> Any:
        if protocol == "none":
            return None
        make = builders[protocol]
        return Late(lambda: make(settings), shown)

    return Devices(
        id_reader=late(ID_READERS, chosen.idreader.protocol),
        card_reader=late(CARD_READERS, chosen.card.protocol),
        scanner=late(SCANNERS, chosen.scanner.protocol),
        camera=late(CAMERAS, chosen.camera.protocol),
        printer=late(PRINTERS, chosen.printer.protocol),
        power=late(POWER_SUPPLIES, chosen.power.protocol),
        headphones=late(HEADPHONES, chosen.headphones.protocol),
    )


# --- readers of identity documents ------------------------------------------------------------------------------


def _sam_v(settings: Settings) -> IdReader:
    from drivers.idreader import SamVReader
    from drivers.links import SerialLink

    chosen = settings.devices.idreader
    return SamVReader(SerialLink(chosen.port, chosen.baud), module=chosen.module)


def _sam_v_usb(settings: Settings) -> IdReader:
    from drivers.idreader import SamVReader
    from drivers.usb_bulk import UsbAddress, UsbBulkLink

    chosen = settings.devices.idreader
    vendor, product = (int(part, 16) for part in chosen.usb.split(":"))
    address = UsbAddress(vendor=vendor, product=product, serial=chosen.usb_serial, path=chosen.usb_socket)
    return SamVReader(UsbBulkLink(address), module=chosen.module)


def _multifunction(settings: Settings) -> IdReader:
    from drivers.idreader import MultifunctionReader
    from drivers.links import SerialLink

    chosen = settings.devices.idreader
    return MultifunctionReader(SerialLink(chosen.port, chosen.baud), module=chosen.module)


ID_READERS: Final[Mapping[IdReaderProtocol, Callable[[Settings], IdReader]]] = {
    IdReaderProtocol.SAM_V: _sam_v,
    IdReaderProtocol.SAM_V_USB: _sam_v_usb,
    IdReaderProtocol.MULTIFUNCTION: _multifunction,
}

# --- smart-card readers -----------------------------------------------------------------------------------------


def _pcsc(settings: Settings) -> CardReader:
    from drivers.card import PcscReader

    chosen = settings.devices.card
    return PcscReader(chosen.reader, contactless=chosen.contactless)


CARD_READERS: Final[Mapping[CardProtocol, Callable[[Settings], CardReader]]] = {
    CardProtocol.PCSC: _pcsc,
}

# --- scanners ---------------------------------------------------------------------------------------------------


def _serial_scanner(settings: Settings) -> Scanner:
    from drivers.scanner.framing import Suffix
    from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner

    chosen = settings.devices.scanner
    return SerialScanner(chosen.port, chosen.baud, TRIGGERS[chosen.trigger], Suffix(chosen.suffix))


def _wedge(settings: Settings) -> Scanner:
    from drivers.scanner.framing import Suffix
    from drivers.scanner.wedge import WedgeScanner

    chosen = settings.devices.scanner
    return WedgeScanner(chosen.port, Suffix(chosen.suffix))


def _camera_scanner(settings: Settings) -> Scanner:
    from drivers.scanner.camera_scanner import CameraScanner

    # A Camera of its own, on the same device: each of the two films only while it is used, and never both at once.
    return CameraScanner(_opencv(settings))


SCANNERS: Final[Mapping[ScannerProtocol, Callable[[Settings], Scanner]]] = {
    ScannerProtocol.SERIAL: _serial_scanner,
    ScannerProtocol.WEDGE: _wedge,
    ScannerProtocol.CAMERA: _camera_scanner,
}

# --- document cameras -------------------------------------------------------------------------------------------


def _opencv(settings: Settings) -> Camera:
    from drivers.camera.stream import StreamCamera

    chosen = settings.devices.camera
    return StreamCamera(
        chosen.source,
        width=chosen.width_px,
        height=chosen.height_px,
        frames_per_s=chosen.frames_per_s,
        transport=chosen.rtsp_transport,
    )


CAMERAS: Final[Mapping[CameraProtocol, Callable[[Settings], Camera]]] = {
    CameraProtocol.OPENCV: _opencv,
}

# --- receipt printers -------------------------------------------------------------------------------------------


def _escpos_tcp(settings: Settings) -> ReceiptPrinter:
    from drivers.printer.wires import TcpWire

    host, _, port = settings.devices.printer.address.rpartition(":")
    return _escpos(settings, TcpWire(host, int(port)))


def _escpos_serial(settings: Settings) -> ReceiptPrinter:
    from drivers.printer.wires import SerialWire

    chosen = settings.devices.printer
    return _escpos(settings, SerialWire(Path(chosen.port), chosen.baud, flow=chosen.flow))


def _escpos_usb(settings: Settings) -> ReceiptPrinter:
    from drivers.printer.wires import PRINTER_INTERFACE, UsbWire
    from drivers.usb_bulk import UsbAddress, UsbBulkLink

    chosen = settings.devices.printer
    vendor, product = (int(part, 16) for part in chosen.usb.split(":"))
    address = UsbAddress(
        vendor=vendor,
        product=product,
        serial=chosen.usb_serial,
        path=chosen.usb_socket,
        interface_class=PRINTER_INTERFACE,
    )
    return _escpos(settings, UsbWire(UsbBulkLink(address, personal=False, sends_personal=True)))


def _escpos_file(settings: Settings) -> ReceiptPrinter:
    from drivers.printer.wires import FileWire

    return _escpos(settings, FileWire(Path(settings.devices.printer.port)))


def _escpos(settings: Settings, wire: Wire) -> ReceiptPrinter:
    from drivers.printer.escpos import EscposPrinter, Letters
    from drivers.printer.profiles import profile

    chosen = settings.devices.printer
    return EscposPrinter(
        wire,
        profile(chosen.profile),
        width_dots=chosen.width_dots,
        letters=Letters(chosen.text),
        left_s=chosen.left_s or None,
        unfinished=state_dir() / "slip-on-its-way",
    )


PRINTERS: Final[Mapping[PrinterProtocol, Callable[[Settings], ReceiptPrinter]]] = {
    PrinterProtocol.ESCPOS_TCP: _escpos_tcp,
    PrinterProtocol.ESCPOS_SERIAL: _escpos_serial,
    PrinterProtocol.ESCPOS_USB: _escpos_usb,
    PrinterProtocol.ESCPOS_FILE: _escpos_file,
}

# --- power supplies ---------------------------------------------------------------------------------------------


def _nut(settings: Settings) -> PowerSupply:
    from drivers.power import NutSupply

    chosen = settings.devices.power
    host, _, port = chosen.address.rpartition(":")
    return NutSupply(host, int(port), chosen.name)


POWER_SUPPLIES: Final[Mapping[PowerProtocol, Callable[[Settings], PowerSupply]]] = {
    PowerProtocol.NUT: _nut,
}

# --- headphones -------------------------------------------------------------------------------------------------


def _jack(settings: Settings) -> Headphones:
    from drivers.headphones.jack import JackHeadphones

    return JackHeadphones(settings.devices.headphones.port)


def _usb_headphones(settings: Settings) -> Headphones:
    from drivers.headphones.usb import UsbHeadphones

    return UsbHeadphones(settings.devices.headphones.port)


HEADPHONES: Final[Mapping[HeadphonesProtocol, Callable[[Settings], Headphones]]] = {
    HeadphonesProtocol.JACK: _jack,
    HeadphonesProtocol.USB: _usb_headphones,
}
