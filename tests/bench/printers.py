"""How soon a receipt begins to come out, how long one takes to draw, and how soon a printer's trouble is known.

The simulated printer takes no time (pace 0), so all that is left is ours. "First byte" is the first of the
slip's dots on the wire, counted from the call of ``print_slip``: the sensors are asked before, and a piece is drawn.
"""

from __future__ import annotations

import asyncio
import time
from typing import Final

from drivers.printer import Align, Pair, Qr, Rule, Slip, TextLine
from drivers.printer.escpos import EscposPrinter
from drivers.printer.raster import SlipRaster
from drivers.printer.wires import TcpWire
from drivers.simulated.printer import SimulatedPrinter

from .measuring import Figure

SLIPS: Final = 10
"""In each run, each with other words."""
FIRST_BYTE_MS: Final = 50.0
DRAWN_MS: Final = 60.0
_DOTS_BEGIN: Final = b"\x1dv0"


def measure(runs: int) -> list[Figure]:
    """Return the figures, every slip of every run a value."""
    first, whole, heard = asyncio.run(_print(runs * SLIPS))
    return [
        Figure(
            name="receipt of 30 lines drawn",
            unit="ms",
            values=tuple(_draw(runs * SLIPS)),
            aim="at most 60 ms",
            at_most=DRAWN_MS,
        ),
        Figure(
            name="receipt, first byte on the wire",
            unit="ms",
            values=tuple(first),
            aim="at most 50 ms, in 95 of 100",
            at_most=FIRST_BYTE_MS,
            mostly=True,
        ),
        Figure(name="receipt of 30 lines, call to proof", unit="ms", values=tuple(whole)),
        Figure(name="paper end to the driver's caller", unit="ms", values=tuple(heard)),
    ]


def thirty_lines(number: int) -> Slip:
    """Return a receipt as long as a usual one, different for each number: nothing is drawn from memory."""
    pairs = (Pair(label=f"第{at}项材料", value=f"已收齐，编号 {number:04d}{at:02d}") for at in range(1, 21))
    lines = (TextLine(text=f"{at}、五个工作日内办结，结果以短信告知，流水 {number}。") for at in range(1, 8))
    title = TextLine(text=f"受理回执 {number}", scale=1.6, bold=True, align=Align.CENTRE)
    return Slip(blocks=(title, Rule(), *pairs, *lines, Qr(payload=f"https://example.gov.test/{number}")))


def _draw(slips: int) -> list[float]:
    raster = SlipRaster(576)
    raster.render(thirty_lines(0))  # opens the fonts, as the driver does when it is made
    taken: list[float] = []
    for number in range(1, slips + 1):
        slip = thirty_lines(number)
        begun = time.perf_counter()
        raster.render(slip)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


class _Timed(TcpWire):
    """Notes when the first dots of a slip go out."""

    begun: float | None = None

    async def write(self, data: bytes, limit_s: float) -> None:
        """See ``TcpWire``."""
        if self.begun is None and data.startswith(_DOTS_BEGIN):
            self.begun = time.perf_counter()
        await super().write(data, limit_s)


async def _print(slips: int) -> tuple[list[float], list[float], list[float]]:
    paper_side = SimulatedPrinter()
    await paper_side.start()
    wire = _Timed("127.0.0.1", paper_side.port)
    driver = EscposPrinter(wire)
    await driver.open()
    await driver.watch()
    first: list[float] = []
    whole: list[float] = []
    heard: list[float] = []
    for number in range(slips):
        slip = thirty_lines(number)
        wire.begun = None
        called = time.perf_counter()
        await driver.print_slip(slip)
        whole.append((time.perf_counter() - called) * 1000)
        assert wire.begun is not None
        first.append((wire.begun - called) * 1000)
        for action in ("paper-out", "paper-ok"):
            changed = time.perf_counter()
            await paper_side.do(action, {})
            await driver.watch()
            heard.append((time.perf_counter() - changed) * 1000)
    await driver.close()
    await paper_side.stop()
    return first, whole, heard
