"""The promises of ``drivers.status``, held against a driver of each kind with its simulated far side.

The power supply's stands in power/test_nut_supply.py, as the walk through a new driver shows it. Card readers have a
pcscd to start for each loss (card/test_pcsc_watch.py), cameras a child process (camera/test_stream_camera.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import pytest
from conformance import LIMIT_S, Stand, conforms

from drivers.idreader import MultifunctionReader, SamVReader
from drivers.links import SerialLink
from drivers.printer.escpos import EscposPrinter
from drivers.printer.profiles import GENERIC
from drivers.printer.wires import TcpWire
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated.api import SimulatedDevice
from drivers.simulated.idreader import SimulatedIdReader
from drivers.simulated.idreader_multifunction import SimulatedMultifunctionReader
from drivers.simulated.people import load_people
from drivers.simulated.printer import SimulatedPrinter
from drivers.simulated.scanner import SimulatedScanner
from drivers.status import Device

PEOPLE: Final = load_people(Path(__file__).parents[2] / "assets/simulated/people.yaml")


def stand(device: Device, far: SimulatedDevice, use: Callable[[], Awaitable[object]], **how: Any) -> Stand:
    return Stand(device=device, plug=lambda: far.do("plug", {}), unplug=lambda: far.do("unplug", {}), use=use, **how)


@contextlib.asynccontextmanager
async def standing(kind: str, folder: Path) -> AsyncIterator[Stand]:
    port = folder / "port"
    far: SimulatedDevice
    match kind:
        case "sam-v":
            far = SimulatedIdReader(port, PEOPLE, pace=0)
            sam_v = SamVReader(SerialLink(str(port), 115200))
            made = stand(sam_v, far, sam_v.probe)
        case "multifunction":
            far = SimulatedMultifunctionReader(port, PEOPLE, pace=0)
            multifunction = MultifunctionReader(SerialLink(str(port), 115200))
            made = stand(multifunction, far, multifunction.probe)
        case "scanner":
            far = scanned = SimulatedScanner(port, pace=0)
            scanner = SerialScanner(str(port), trigger=TRIGGERS["honeywell"])
            number = itertools.count()

            async def scan() -> None:
                scanning = asyncio.create_task(scanner.scan())
                try:
                    await asyncio.sleep(0)
                    await scanned.do("show", {"text": f"code {next(number)}"})
                    async with asyncio.timeout(LIMIT_S):
                        await scanning
                finally:
                    scanning.cancel()
                    await asyncio.wait([scanning])  # one call at a time
                    await scanned.do("hide", {})

            made = stand(scanner, far, scan)
        case _:
            far = printing = SimulatedPrinter()
            await printing.start()
            printer = EscposPrinter(TcpWire("127.0.0.1", printing.port), GENERIC)
            made = stand(printer, far, printer.status, tells_return=False)
    await far.start()
    try:
        yield made
    finally:
        await made.device.close()
        await far.stop()


@pytest.mark.parametrize("kind", ["sam-v", "multifunction", "scanner", "printer"])
async def test_a_driver_keeps_what_all_of_them_promise(kind: str, tmp_path: Path) -> None:
    async with standing(kind, tmp_path) as made:
        await conforms(made)
