"""The loop: what this terminal prints, this terminal reads.

The payload is drawn at random, goes to the printer and nowhere else, and only counts as what a scanner or a camera
decoded from the paper under it: printer, paper, knife, light, lens and decoder are proven by one slip.
"""

from __future__ import annotations

import time
from typing import Any, Final

from drivers.errors import DeviceError
from drivers.printer.api import Align, Proof, Qr, Slip, Space, TextLine
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.checks import codes
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.reaching import driver, print_slip
from kiosk.diagnostics.running import Check, Found

_PROVEN: Final = (Proof.DRAINED, Proof.TAKEN)


async def print_and_scan(bench: Workbench, say: Say) -> Found:
    """Print a random code and read it back."""
    eyes = await _eyes(bench)
    payload = codes.fresh()
    say(0.1)
    printed = await print_slip(
        bench,
        Slip(
            blocks=(
                TextLine(text="回环自检 · Loop test", align=Align.CENTRE),
                Qr(payload=payload),
                Space(lines=1),
            )
        ),
    )
    if printed.proof not in _PROVEN:
        return Found(reason=printed.trace or "printer.unproven")
    start = time.monotonic()
    say(0.4, "hold.slip")
    by = await codes.seen_by(eyes, payload)
    return Found(measures=(measured("loop.match", 1), measured("loop.time", time.monotonic() - start)), detail=by)


async def _eyes(bench: Workbench) -> dict[str, Any]:
    """Return scanner and camera, whichever is there. Raises ``DeviceError`` of the last when none is."""
    eyes: dict[str, Any] = {}
    missing: DeviceError | None = None
    for kind in ("scanner", "camera"):
        if kind in bench.devices:
            try:
                eyes[kind] = await driver(bench, kind)
            except DeviceError as error:
                missing = error
    if not eyes and missing is not None:
        raise missing
    return eyes


CHECKS: Final[dict[str, Check]] = {"loop.print-scan": print_and_scan}
