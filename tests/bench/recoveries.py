"""Devices that come and go: the real drivers and their supervisors, on simulated wires that somebody pulls.

    packaging/bench recoveries
    .venv/bin/python -m tests.bench.recoveries --rounds 3 --away-s 0.3 idreader printer      # a sample, as JSON

While a device is used as a session uses it, its cable is pulled at a random moment, stays out for a random while and is
put back. Measured is how soon that is noticed, how soon the device is open again, and how soon it does its work again.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from drivers.errors import DeviceError
from drivers.printer.api import Slip, TextLine
from drivers.simulated import SimulatedHub
from kiosk.devices.equipment import Equipment
from kiosk.devices.installed import Devices, installed
from kiosk.devices.policy import Limits
from kiosk.devices.supervised import Supervised
from kiosk.session import events
from kiosk.session.attending import Attending
from kiosk.session.effects import Activity, Slot
from kiosk.settings import load

from .measuring import CannotMeasure, Figure, Samples

ROOT: Final = Path(__file__).parents[2]
PULLED: Final = ("idreader", "card", "scanner", "camera", "printer")
"""Kinds with a cable that a hand can pull while a citizen stands there."""
ROUNDS_A_RUN: Final = 20
AWAY_S: Final = 3.0
"""A cable is out for at most so long."""
USED_S: Final = 0.5
"""A device is used for at most so long before its cable is pulled."""
BACK_S: Final = 3.0
"""What must be true: in use again so soon after it returned."""
LIMIT_S: Final = 30.0
"""After this a round is given up."""
SHARE: Final = 0.01
"""Of all faults that may go wrong."""
PULLED_ON_PURPOSE: Final = Limits(flaps=1_000_000)
"""A cable that is pulled every second is no loose contact here."""
SLIP: Final = Slip(blocks=(TextLine(text="再接一次"),))


@dataclass
class Hand:
    """One kind of device on its wire, used without end, and what became of it."""

    kind: str
    hub: SimulatedHub
    device: Supervised[Any]
    done: int = 0
    """How often it did its work."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    failures: list[str] = field(default_factory=list)
    samples: Samples = field(default_factory=Samples)

    async def do(self, action: str, **arguments: str) -> None:
        """What a hand does to the device."""
        await self.hub.do(self.kind, action, arguments)

    def worked(self) -> None:
        """It did its work once more."""
        self.done += 1
        self.news.set()

    async def until(self, holds: Callable[[], bool], limit_s: float = LIMIT_S) -> bool:
        """Wait until something holds; return whether it does."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                while not holds():
                    self.news.clear()
                    await self.news.wait()
        return holds()

    async def pull(self, chance: random.Random, round_: int, away_s: float, used_s: float) -> None:
        """Pull the cable and put it back, once."""
        if not await self.until(lambda: self.device.usable):
            self.failures.append(f"{self.kind} {round_}: not in use before the fault, {self.device.status().cause}")
            return
        await asyncio.sleep(chance.uniform(0.0, used_s))
        pulled_at = time.perf_counter()
        await self.do("unplug")
        if not await self.until(lambda: not self.device.usable):
            self.failures.append(f"{self.kind} {round_}: its cable is out and nobody notices")
            await self.do("plug")
            return
        self.samples.add(f"{self.kind}: unplug to notice", "ms", (time.perf_counter() - pulled_at) * 1000)
        out_s = chance.uniform(0.0, away_s)
        await asyncio.sleep(max(0.0, out_s - (time.perf_counter() - pulled_at)))
        done = self.done
        await self.do("plug")
        back_at = time.perf_counter()
        opened = await self.until(lambda: self.device.usable)
        open_s = time.perf_counter() - back_at
        if not opened or open_s > BACK_S:
            cause = self.device.status().cause or "slow"
            self.failures.append(f"{self.kind} {round_}: out {out_s:.2f} s, open again after {open_s:.2f} s, {cause}")
        if opened:
            self.samples.add(f"{self.kind}: re-plug to open", "ms", open_s * 1000)
        if not await self.until(lambda: self.done > done, LIMIT_S):
            self.failures.append(f"{self.kind} {round_}: open again, and does not work")
            return
        self.samples.add(f"{self.kind}: re-plug to first work", "ms", (time.perf_counter() - back_at) * 1000)


class Use:
    """Uses the devices as a session does, through what attends to them."""

    def __init__(self, hands: dict[str, Hand], equipment: Equipment) -> None:
        self._hands = hands
        self._equipment = equipment
        self._heard: asyncio.Queue[events.Event] = asyncio.Queue()
        self._attending = Attending(equipment, self._told, lambda _: hands["camera"].worked())
        self._lifted = {kind: asyncio.Event() for kind in ("idreader", "card")}

    def _told(self, event: events.Event) -> None:
        match event:
            case events.DocumentRead():
                self._hands["idreader" if event.holder.source == "id-reader" else "card"].worked()
            case events.CodeScanned():
                self._hands["scanner"].worked()
            case _:
                pass

    async def of(self, kind: str) -> None:
        """Use a device until cancelled."""
        uses: dict[str, Callable[[], Awaitable[None]]] = {
            "idreader": lambda: self._documents("idreader", Slot.ID_READER, document="chen"),
            "card": lambda: self._documents("card", Slot.CARD_READER, card="chen"),
            "scanner": self._codes,
            "camera": lambda: self._attending.go_on(Slot.CAMERA, Activity.SHOW),
            "printer": self._slips,
        }
        await uses[kind]()

    async def _documents(self, kind: str, slot: Slot, **what: str) -> None:
        hand = self._hands[kind]
        while True:
            await hand.do("insert", **what)
            await self._attending.go_on(slot, Activity.READ)
            await hand.do("remove")
            await self._attending.go_on(slot, Activity.WATCH)
            await asyncio.sleep(0.1)  # the next citizen

    async def _codes(self) -> None:
        hand = self._hands["scanner"]
        scanning = asyncio.create_task(self._attending.go_on(Slot.SCANNER, Activity.SCAN))
        try:
            while True:
                done = hand.done
                await hand.do("show", text="onething:guide/newborn")
                await hand.until(lambda done=done: hand.done > done, 1.0)  # type: ignore[misc]  # a default that holds the number
                await asyncio.sleep(0.05)
        finally:
            scanning.cancel()
            await asyncio.gather(scanning, return_exceptions=True)

    async def _slips(self) -> None:
        hand, printer = self._hands["printer"], self._equipment.printer
        while printer is not None:
            try:
                driver = await printer.ready()
                await driver.print_slip(SLIP)
            except DeviceError as error:
                printer.lost(error)
            else:
                hand.worked()
                await hand.do("tear")
            await asyncio.sleep(0.1)


async def recoveries(
    kinds: Iterable[str], *, rounds: int, seed: int, away_s: float = AWAY_S, used_s: float = USED_S
) -> list[Hand]:
    """Pull and plug each kind so often, all kinds at once, and return what became of each."""
    with tempfile.TemporaryDirectory(prefix="onething-bench-") as folder:
        simulated = ROOT / "assets" / "simulated"
        hub = SimulatedHub(Path(folder), simulated / "people.yaml", simulated / "papers.yaml", pace=0.0)
        await hub.start()
        try:
            if broken := [f"{kind}: {state['failed']}" for kind, state in hub.states().items() if "failed" in state]:
                raise CannotMeasure(f"simulated devices did not start: {'; '.join(broken)}")
            wiring = hub.wiring()
            os.environ.update({name: value for name, value in wiring.items() if name.isupper()}, XDG_STATE_HOME=folder)
            return await _pulled(hub, drivers(wiring, folder), tuple(kinds), rounds, seed, (away_s, used_s))
        finally:
            await hub.stop()


def drivers(wiring: dict[str, str], folder: str) -> Devices:
    wires = {
        "runtime": folder,
        "printer_port": wiring["printer"].rpartition(":")[2],
        "camera_port": str(urlsplit(wiring["camera"]).port),
    }
    return installed(load(ROOT / "assets" / "settings" / "simulated.toml").wired(wires))


async def _pulled(
    hub: SimulatedHub, drivers: Devices, kinds: tuple[str, ...], rounds: int, seed: int, within_s: tuple[float, float]
) -> list[Hand]:
    hands: dict[str, Hand] = {}
    equipment = Equipment(drivers, lambda status: hands[status.kind].news.set(), limits=PULLED_ON_PURPOSE)
    hands.update({each.kind: Hand(kind=each.kind, hub=hub, device=each) for each in equipment.every})
    use = Use(hands, equipment)

    async def one(kind: str) -> None:
        chance = random.Random(f"{seed} {kind}")
        using = asyncio.create_task(use.of(kind))
        try:
            await hands[kind].until(lambda: hands[kind].done > 0)
            for round_ in range(1, rounds + 1):
                await hands[kind].pull(chance, round_, *within_s)
                if using.done():
                    hands[kind].failures.append(f"{kind} {round_}: the session's use has ended: {using.exception()!r}")
                    return
        finally:
            using.cancel()
            await asyncio.gather(using, return_exceptions=True)

    async with equipment.kept():
        await equipment.first_report()
        await asyncio.gather(*map(one, kinds))
    return [hands[kind] for kind in kinds]


def measure(runs: int) -> list[Figure]:
    """Return how soon devices are missed and in use again, and how many were not."""
    rounds = ROUNDS_A_RUN * runs
    seed = int(os.environ.get("KIOSK_TEST_SEED") or time.time_ns())
    sys.stderr.write(f"seed {seed}: {rounds} rounds of each kind (KIOSK_TEST_SEED repeats them)\n")
    # a camera's process starts with every round; beside the others it would be them that are measured
    hands = asyncio.run(recoveries([kind for kind in PULLED if kind != "camera"], rounds=rounds, seed=seed))
    hands += asyncio.run(recoveries(["camera"], rounds=rounds, seed=seed))
    failures = [failure for hand in hands for failure in hand.failures]
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    figures: list[Figure] = []
    for hand in hands:
        aims: dict[str, tuple[str, float | None]] = {
            f"{hand.kind}: re-plug to open": (f"within {BACK_S:g} s", BACK_S * 1000)
        }
        figures += hand.samples.figures(aims, mostly=aims)
    faults = rounds * len(hands)
    return [
        *figures,
        Figure(
            name=f"of {faults} faults not back in use within {BACK_S:g} s",
            unit="",
            values=(float(len(failures)),),
            aim="99 of 100 are",
            at_most=SHARE * faults,
        ),
    ]


def main() -> None:
    """Play a sample and print it as JSON; for the test suite."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="idreader, card, ... (default: all)")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=time.time_ns())
    parser.add_argument("--away-s", type=float, default=AWAY_S)
    parser.add_argument("--used-s", type=float, default=USED_S)
    given = parser.parse_args()
    hands = asyncio.run(
        recoveries(
            given.kinds or PULLED, rounds=given.rounds, seed=given.seed, away_s=given.away_s, used_s=given.used_s
        )
    )
    told = {
        "seed": given.seed,
        "failures": [failure for hand in hands for failure in hand.failures],
        "figures": {name: values for hand in hands for (name, _), values in hand.samples.values.items()},
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
