"""Recordings of the simulated devices, and what a hand and a driver do in each.

``python tests/drivers/traffic/scenes.py`` records them all anew into tests/drivers/recordings, or those it is given
the names of. A printer's hold the lengths of what was drawn: after a change of typesetting they are recorded anew.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drivers.card import PcscReader
from drivers.errors import DeviceError
from drivers.idreader import SamVReader
from drivers.links import SerialLink
from drivers.printer.api import Qr, Rule, Slip, TextLine
from drivers.printer.escpos import EscposPrinter
from drivers.printer.profiles import GENERIC
from drivers.printer.wires import TcpWire
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated.card import SimulatedCard
from drivers.simulated.idreader import SimulatedIdReader
from drivers.simulated.people import load_people
from drivers.simulated.printer import SimulatedPrinter
from drivers.simulated.scanner import SimulatedScanner
from drivers.traffic import PCSC, Tap, switch_off, switch_on

ROOT: Final = Path(__file__).parents[3]
RECORDINGS: Final = ROOT / "tests" / "drivers" / "recordings"
PEOPLE: Final = load_people(ROOT / "assets" / "simulated" / "people.yaml")
SLIP: Final = Slip(
    blocks=(
        *(TextLine(text=f"{line} {PEOPLE['wang'].name} {PEOPLE['wang'].number}") for line in range(40)),
        Rule(),
        Qr(payload=PEOPLE["wang"].number),
    )
)
CODE: Final = f"{PEOPLE['wang'].name} {PEOPLE['wang'].number}"

Outcomes = tuple[str, ...]


async def outcome(doing: Awaitable[Any], show: Callable[[Any], str] = lambda _: "done") -> str:
    """Return what came of it: what ``show`` makes of the result, or the code of the error."""
    try:
        async with asyncio.timeout(10):
            return show(await doing)
    except DeviceError as error:
        return error.code


async def read_document(port: str) -> Outcomes:
    """What the driver of an ID reader finds at ``port``: two documents, and what a number looks like."""
    reader = SamVReader(SerialLink(port, 115200), answer_s=0.3, read_s=0.5)
    opened = await outcome(reader.open(), lambda identity: identity.number)
    first = await outcome(reader.read(), lambda document: f"{document.kind} {len(document.name)}")
    await reader.close()
    return opened, first


async def read_code(port: str) -> Outcomes:
    """What the driver of a scanner finds at ``port``."""
    scanner = SerialScanner(port, trigger=TRIGGERS["honeywell"])
    await scanner.open()
    seen = await outcome(scanner.scan(), lambda code: f"{len(code.raw)} bytes")
    await scanner.close()
    return (seen,)


async def read_card(_: str) -> Outcomes:
    """What the driver of a card reader finds in the slot."""
    reader = PcscReader("Virtual PCD 00 00")
    await reader.open()
    seen = await outcome(reader.read(), lambda card: f"{len(card.name)} {len(card.card_number)}")
    await reader.close()
    return (seen,)


async def print_slip(port: str) -> Outcomes:
    """What the driver of a printer finds there, and how far it says a slip came."""
    printer = EscposPrinter(TcpWire("127.0.0.1", int(port)), GENERIC, answer_s=2.0, print_s=5.0)
    opened = await outcome(printer.open(), lambda status: str(status.paper))
    printed = await outcome(printer.print_slip(SLIP), lambda made: f"{made.proof} {made.trace}".strip())
    await printer.close()
    return opened, printed


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One recording: what was wrong, who drove, and what came of it."""

    kind: str
    protocol: str
    fault: str
    drive: Callable[[str], Awaitable[Outcomes]]
    outcomes: Outcomes


MODULE: Final = "05.01-20260824-0000000001-0000000002"
SCENES: Final = {
    "idreader-well": Scene(
        kind="idreader", protocol="sam-v", fault="none", drive=read_document, outcomes=(MODULE, "resident-id 3")
    ),
    "idreader-half": Scene(
        kind="idreader",
        protocol="sam-v",
        fault="half after 5 commands",
        drive=read_document,
        outcomes=(MODULE, "device.garbled"),
    ),
    "idreader-unreadable": Scene(
        kind="idreader",
        protocol="sam-v",
        fault="unreadable",
        drive=read_document,
        outcomes=(MODULE, "media.unreadable"),
    ),
    "idreader-unplugged": Scene(
        kind="idreader",
        protocol="sam-v",
        fault="unplugged at byte 640",
        drive=read_document,
        outcomes=(MODULE, "device.gone"),
    ),
    "scanner-well": Scene(
        kind="scanner",
        protocol="serial",
        fault="none",
        drive=read_code,
        outcomes=(f"{len(CODE.encode())} bytes",),
    ),
    "scanner-babbling": Scene(
        kind="scanner", protocol="serial", fault="babbling", drive=read_code, outcomes=("scanner.overlong",)
    ),
    "card-well": Scene(kind="card", protocol="pcsc", fault="none", drive=read_card, outcomes=("3 9",)),
    "card-refuses": Scene(
        kind="card", protocol="pcsc", fault="refuse", drive=read_card, outcomes=("media.unreadable",)
    ),
    "card-pulled": Scene(
        kind="card", protocol="pcsc", fault="remove at apdu 5", drive=read_card, outcomes=("media.removed",)
    ),
    "printer-well": Scene(
        kind="printer", protocol="escpos-tcp", fault="none", drive=print_slip, outcomes=("ok", "drained")
    ),
    "printer-paper-out": Scene(
        kind="printer",
        protocol="escpos-tcp",
        fault="paper-out at line 20",
        drive=print_slip,
        outcomes=("ok", "spooled printer.paper-out"),
    ),
    "printer-unplugged": Scene(
        kind="printer",
        protocol="escpos-tcp",
        fault="unplugged at line 20",
        drive=print_slip,
        outcomes=("ok", "device.gone"),
    ),
}


async def record(name: str, folder: Path, file: Path) -> Outcomes:
    """Play a scene with the simulated device and record it.

    Args:
        name: Of the scene.
        folder: Short path for ports and sockets.
        file: Where the recording goes.
    """
    from drivers.simulated.script import parse, play

    scene = SCENES[name]
    port = folder / scene.kind
    device: SimulatedIdReader | SimulatedScanner | SimulatedCard | SimulatedPrinter
    shown: tuple[str, dict[str, str]] | None = None
    match scene.kind:
        case "idreader":
            device, place = SimulatedIdReader(port, PEOPLE, pace=0), str(port)
            shown = ("insert", {"document": "wang"})
        case "scanner":
            device, place = SimulatedScanner(port, pace=0), str(port)
            shown = ("show", {"text": CODE})
        case "printer":
            device, place = SimulatedPrinter(), ""
        case _:
            device, place = SimulatedCard(folder, PEOPLE), PCSC
            shown = ("insert", {"card": "wang"})
    await device.start()
    at = str(port)
    if isinstance(device, SimulatedPrinter):
        at, place = str(device.port), f"127.0.0.1:{device.port}"
    script = None
    try:
        if shown is not None:
            await device.do(*shown)
        script = asyncio.create_task(play(parse(scene.fault), device))
        await asyncio.sleep(0)
        switch_on(place, Tap(kind=scene.kind, protocol=scene.protocol, file=file))
        return await scene.drive(at)
    finally:
        switch_off(place)
        if script is not None:
            script.cancel()
            await asyncio.gather(script, return_exceptions=True)
        await device.stop()


async def _record_all() -> None:
    with tempfile.TemporaryDirectory(prefix="scene") as name:
        folder = Path(name)
        os.environ.update(SimulatedCard(folder, PEOPLE).environment)
        RECORDINGS.mkdir(exist_ok=True)
        for each in sys.argv[1:] or SCENES:
            sys.stdout.write(f"{each}: {await record(each, folder, RECORDINGS / f'{each}.jsonl')}\n")


if __name__ == "__main__":
    asyncio.run(_record_all())
