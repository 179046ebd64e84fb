"""From a document on the reader to its text block read, beyond the reader's own time, for every protocol.

The simulated readers take no time here (pace 0), so all that is left is ours: the pause between two looks, the
exchanges and the wire. The document is laid down at any moment of the pause.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from drivers.idreader import IdReader, MultifunctionReader, SamVReader
from drivers.links import SerialLink
from drivers.simulated.idreader import SimulatedIdReader, SimulatedUsbIdReader
from drivers.simulated.idreader_common import ReaderAtHand
from drivers.simulated.idreader_multifunction import SimulatedMultifunctionReader
from drivers.simulated.people import Person, load_people
from drivers.simulated.usb import SimulatedUsbBus
from drivers.usb_bulk import UsbAddress, UsbBulkLink

from .measuring import Figure

DOCUMENTS: Final = 20
"""In each run."""
AT_MOST_MS: Final = 50.0
_WAITED_S: Final = 0.1
"""A document comes within this time after somebody began to wait for it."""

People = dict[str, Person]


def measure(runs: int) -> list[Figure]:
    """Return a figure for each protocol, every document of every run a value."""
    people = dict(load_people(Path(__file__).parents[2] / "assets/simulated/people.yaml"))
    return [
        Figure(
            name=f"document to text block, {name}",
            unit="ms",
            values=tuple(asyncio.run(_read(build, people, runs * DOCUMENTS))),
            aim="at most 50 ms beyond the reader's own time, in 95 of 100",
            at_most=AT_MOST_MS,
            mostly=True,
        )
        for name, build in (("SAM_V serial", _sam_v), ("SAM_V USB", _sam_v_usb), ("multi-function", _multifunction))
    ]


async def _read(
    build: Callable[[Path, People], tuple[ReaderAtHand, IdReader]], people: People, documents: int
) -> list[float]:
    chance = random.Random(5)
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        module, reader = build(Path(folder), people)
        await module.start()
        await reader.open()
        for _ in range(documents):
            reading = asyncio.create_task(reader.read())
            await asyncio.sleep(chance.uniform(0, _WAITED_S))
            laid_down = time.perf_counter()
            await module.insert("wang")
            await reading
            taken.append((time.perf_counter() - laid_down) * 1000)
            await module.remove()
        await reader.close()
        await module.stop()
    return taken


def _sam_v(folder: Path, people: People) -> tuple[ReaderAtHand, IdReader]:
    port = folder / "idreader"
    return SimulatedIdReader(port, people, pace=0), SamVReader(SerialLink(str(port), 115200))


def _sam_v_usb(folder: Path, people: People) -> tuple[ReaderAtHand, IdReader]:
    bus = SimulatedUsbBus(folder / "usb")
    address = UsbAddress(vendor=0x0400, product=0xC35A)
    return SimulatedUsbIdReader(bus, people, pace=0), SamVReader(UsbBulkLink(address, backend=bus, nodes=bus.nodes))


def _multifunction(folder: Path, people: People) -> tuple[ReaderAtHand, IdReader]:
    port = folder / "idreader"
    return SimulatedMultifunctionReader(port, people, pace=0), MultifunctionReader(SerialLink(str(port), 115200))
