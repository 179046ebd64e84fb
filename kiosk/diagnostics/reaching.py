"""Reaching a device for a test: as its supervisor has it, or a plain word why not."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from drivers.errors import DeviceAbsent, DeviceError
from drivers.printer.api import Printed, ReceiptPrinter, Slip
from kiosk.diagnostics.bench import Workbench

KIND: Final = "test"
"""Of slips, at the press."""
OPENING_S: Final = 5.0
"""How long a test waits for a device that is being opened."""


async def driver(bench: Workbench, kind: str, wait_s: float = OPENING_S) -> Any:
    """Return the driver of a device that is open; see ``drivers.<kind>.api``.

    Raises:
        DeviceAbsent: it is not usable; its code is the cause that its supervisor knows.
    """
    kept = bench.devices[kind]
    try:
        async with asyncio.timeout(wait_s):
            return await kept.ready()
    except TimeoutError:
        cause = kept.status().cause or DeviceAbsent.code
        raise DeviceAbsent(f"the {kind} was not usable within {wait_s:g} s", code=cause) from None


async def print_slip(bench: Workbench, slip: Slip, wait_s: float = OPENING_S) -> Printed:
    """Print a slip: at the press of a running terminal, which counts the paper, else at the printer itself.

    The press does not tell how much paper it took: ``dots`` is 0 then.

    Raises:
        DeviceError: nothing came out, or nobody knows what did; its code says why.
    """
    printer: ReceiptPrinter = await driver(bench, "printer", wait_s)
    if bench.press is None:
        return await printer.print_slip(slip)
    outcome = await bench.press.print(KIND, lambda: slip)
    if outcome.proof is None:
        raise DeviceError("the press did not print it", code=outcome.code or DeviceError.code)
    return Printed(proof=outcome.proof, dots=0, trace=outcome.code)
