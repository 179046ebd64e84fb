"""The code scanner: three codes of three sizes, shown on the terminal's own screen or, without one, printed."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from drivers.printer.api import Qr, Rule, Slip, Space
from drivers.scanner.api import Scanner
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.checks import codes
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.reaching import driver, print_slip
from kiosk.diagnostics.running import Check, Found

MODULES_MM: Final = (0.76, 0.51, 0.38)
"""Sides of a module, large first: telephone held near, telephone as usual, small print."""
_LENGTHS: Final = (0, 110, 260)
"""Of the payloads on paper: more to say makes smaller modules there."""
_EACH_S: Final = 40.0


async def decode(bench: Workbench, say: Say) -> Found:
    """Have each code read within its time."""
    scanner: Scanner = await driver(bench, "scanner")
    if bench.screen is None and "printer" not in bench.devices:
        return Found(reason="needs.screen", skipped=True)
    wanted = tuple(codes.fresh(0 if bench.screen else length) for length in _LENGTHS)
    if bench.screen is None:
        await _print(bench, wanted)
    read: list[int] = []
    times: list[float] = []
    try:
        for number, payload in enumerate(wanted):
            if bench.screen is not None:
                await bench.screen.show_code(payload, MODULES_MM[number])
            where = "screen" if bench.screen else "slip"
            say(0.1 + 0.3 * number, f"scan.{where}", number=str(number + 1), of=str(len(wanted)))
            start = time.monotonic()
            try:
                async with asyncio.timeout(_EACH_S):
                    await codes.seen_by({"scanner": scanner}, payload)
            except TimeoutError:
                continue
            read.append(number)
            times.append(time.monotonic() - start)
    finally:
        if bench.screen is not None:
            await bench.screen.clear()
    found = [measured("scanner.read", len(read))]
    if read and bench.screen is not None:
        found.append(measured("scanner.module", min(MODULES_MM[number] for number in read)))
    if times:
        found.append(measured("scanner.time", max(times)))
    return Found(measures=tuple(found))


async def _print(bench: Workbench, payloads: tuple[str, ...]) -> None:
    blocks = tuple(
        block
        for number, payload in enumerate(payloads, 1)
        for block in (Qr(payload=payload, caption=str(number)), Space(lines=2), Rule())
    )
    await print_slip(bench, Slip(blocks=blocks))


CHECKS: Final[dict[str, Check]] = {"scanner.decode": decode}
