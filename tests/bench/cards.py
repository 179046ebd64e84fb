"""From a card in the slot to its data read, over PC/SC and the real pcscd; the simulated card takes no time.

pcscd looks at a reader without interrupts of its own, as the virtual one is, every 0.4 s. So the clock of what is ours
starts when pcscd tells of the card, which a second context hears; beside it the whole, from the hand.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from .measuring import CannotMeasure, Figure

ROOT: Final = Path(__file__).parents[2]
CARDS: Final = 20
"""In each run."""
AT_MOST_MS: Final = 50.0
LIMIT_S: Final = 120.0
_WAITED_S: Final = 0.1


def measure(runs: int) -> list[Figure]:
    """Return the figure, every card of every run a value."""
    command = [sys.executable, "-P", "-m", "tests.bench.cards", "--cards", str(CARDS * runs)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False, env=environ)
    if done.returncode != 0:
        raise CannotMeasure(done.stderr.strip()[-600:])
    ours, whole = (tuple(values) for values in json.loads(done.stdout))
    return [
        Figure(
            name="card told of by pcscd to its data",
            unit="ms",
            values=ours,
            aim="at most 50 ms beyond the reader's own time, in 95 of 100",
            at_most=AT_MOST_MS,
            mostly=True,
        ),
        Figure(name="card put in to its data", unit="ms", values=whole, aim="up to 400 ms are pcscd's"),
    ]


def _told_of() -> Callable[[], float]:
    """Return what waits until pcscd tells of a card and returns when it did."""
    from smartcard import scard

    context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)[1]
    name = next(name for name in scard.SCardListReaders(context, [])[1] if name)

    def wait() -> float:
        state = scard.SCARD_STATE_EMPTY
        while not state & scard.SCARD_STATE_PRESENT:
            _, changed = scard.SCardGetStatusChange(context, 10_000, [(name, state)])
            state = changed[0][1] & ~scard.SCARD_STATE_CHANGED
        return time.perf_counter()

    return wait


async def _read(cards: int) -> tuple[list[float], list[float]]:
    from drivers.simulated import SimulatedHub

    from .recoveries import drivers

    chance = random.Random(5)
    ours: list[float] = []
    whole: list[float] = []
    with tempfile.TemporaryDirectory(prefix="onething-bench-") as folder:
        simulated = ROOT / "assets" / "simulated"
        hub = SimulatedHub(Path(folder), simulated / "people.yaml", simulated / "papers.yaml", pace=0.0)
        await hub.start()
        try:
            wiring = hub.wiring()
            os.environ.update({name: value for name, value in wiring.items() if name.isupper()}, XDG_STATE_HOME=folder)
            reader = drivers(wiring, folder).card_reader
            if reader is None:
                raise CannotMeasure("no card reader is installed")
            await reader.open()
            told_of = _told_of()
            for _ in range(cards):
                telling = asyncio.create_task(asyncio.to_thread(told_of))
                reading = asyncio.create_task(reader.read())
                await asyncio.sleep(chance.uniform(0, _WAITED_S))
                put_in_s = time.perf_counter()
                await hub.do("card", "insert", {"card": "chen"})
                await reading
                read_s = time.perf_counter()
                whole.append((read_s - put_in_s) * 1000)
                ours.append(max(0.0, read_s - await telling) * 1000)
                await hub.do("card", "remove", {})
                await reader.removed()
            await reader.close()
        finally:
            await hub.stop()
    return ours, whole


def main() -> None:
    """Read the cards in this process and print the figures as JSON: PC/SC reads its environment once in a process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cards", type=int, default=2)
    taken = asyncio.run(_read(parser.parse_args().cards))
    sys.stdout.write(f"{json.dumps(taken)}\n")


if __name__ == "__main__":
    main()
