"""Reaching a device for a test: as its supervisor has it, or a plain word why not."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from drivers.errors import DeviceAbsent
from kiosk.diagnostics.bench import Workbench

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
