"""A simulated printer at each wire there is, and a driver at the near end of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers.printer.escpos import EscposPrinter
from drivers.printer.profiles import GENERIC, Profile
from drivers.printer.wires import PRINTER_INTERFACE, FileWire, SerialWire, TcpWire, UsbWire, Wire
from drivers.simulated.idreader_wire import PtyWire
from drivers.simulated.idreader_wire import UsbWire as UsbSocket
from drivers.simulated.printer import Manners, SimulatedPrinter
from drivers.simulated.usb import SimulatedUsbBus, SimulatedUsbDevice, UsbDescription
from drivers.usb_bulk import UsbAddress, UsbBulkLink

WIRES = ("tcp", "serial", "file", "usb")
VENDOR, PRODUCT = 0x04B8, 0x0E15


@dataclass
class Bench:
    """Both ends."""

    wire: str
    folder: Path
    paper_side: SimulatedPrinter
    near_end: Callable[[], Wire]
    drivers: list[EscposPrinter] = field(default_factory=list)

    def driver(self, profile: Profile = GENERIC, **settings: Any) -> EscposPrinter:
        """Return a driver that is closed with the bench."""
        settings = {"answer_s": 5.0, "print_s": 20.0, **settings}
        made = EscposPrinter(self.near_end(), profile, **settings)
        self.drivers.append(made)
        return made

    async def end(self) -> None:
        """Put everything away, and complain of what the printer did not understand."""
        for each in self.drivers:
            await each.close()
        await self.paper_side.stop()
        self.paper_side.check()


async def bench(wire: str, folder: Path, manners: Manners | None = None) -> Bench:
    """Return a printer that is switched on."""
    path = folder / "onething" / "printer"
    near_end: Callable[[], Wire]
    match wire:
        case "tcp":
            paper_side = SimulatedPrinter(manners=manners)
            await paper_side.start()
            port = paper_side.port

            def near_end() -> Wire:
                return TcpWire("127.0.0.1", port)
        case "usb":
            bus = SimulatedUsbBus(folder / "bus")
            told = UsbDescription(
                vendor=VENDOR,
                product=PRODUCT,
                maker="SIMULATED",
                model="P80 USB",
                serial="USB-7",
                interface_class=PRINTER_INTERFACE,
            )
            paper_side = SimulatedPrinter(manners=manners, wire=UsbSocket(bus, SimulatedUsbDevice(told)))
            await paper_side.start()

            def near_end() -> Wire:
                address = UsbAddress(vendor=VENDOR, product=PRODUCT, interface_class=PRINTER_INTERFACE)
                return UsbWire(UsbBulkLink(address, personal=False, sends_personal=True, backend=bus, nodes=bus.nodes))
        case _:
            paper_side = SimulatedPrinter(manners=manners, wire=PtyWire(path, 115_200, 0.0))
            await paper_side.start()

            def near_end() -> Wire:
                return SerialWire(path) if wire == "serial" else FileWire(path)

    return Bench(wire=wire, folder=folder, paper_side=paper_side, near_end=near_end)
