"""Carries out a guided repair: looks at the device as its step wants, until it is done or left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from typing import Final

from drivers.errors import DeviceAbsent, DeviceError, DeviceGarbled, DeviceGone, DeviceSilent
from drivers.printer.api import Align, Proof, Slip, TextLine
from kiosk.diagnostics import repairs
from kiosk.diagnostics.bench import Question, Workbench
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.reaching import driver, print_slip
from kiosk.diagnostics.repairs import Kind, Look, Repair, Seen

_PICTURES: Final = 5
_OPENED_S: Final = 10.0
_SLIP: Final = Slip(blocks=(TextLine(text="换纸测试 · Test slip", align=Align.CENTRE),))
_YES, _NO = "repair.yes", "repair.no"


async def mend(inspection: Inspection, kind: Kind, device: str, changed: Callable[[Repair], None]) -> Repair:
    """Lead through a repair; return it done, or as far as it came when the technician did not consent at its end.

    Cancel it to leave it: the audit has how far it came.

    Args:
        inspection: Of whoever repairs.
        kind: Which repair.
        device: Of which device.
        changed: Told the repair whenever it changed, at first as it begins.

    Raises:
        ValueError: it is not for such a device.
        KeyError: there is no such device here.
    """
    kept = inspection.bench.devices[device]
    repair = repairs.begin(kind, device, kept.status().identity.serial)
    changed(repair)
    try:
        with kept.wanted() if kind is Kind.LENS else nullcontext():
            while not repair.done:
                news = kept.changed()  # from before the look: what happens meanwhile is not missed
                try:
                    seen = await _look(inspection.bench, repair)
                    before, repair = repair, repairs.saw(repair, seen)
                    if repair != before:
                        changed(repair)
                    if repair == before and repair.look is Look.CONSENT and seen.state.usable:
                        break  # the technician does not want it
                    if _waits(before, repair, seen):
                        await news
                finally:
                    news.cancel()
    except asyncio.CancelledError:
        await asyncio.shield(inspection.note("repair", f"{kind}.{device}", f"left-at-{repair.step}"))
        raise
    if repair.done and kind is Kind.REPLACE:
        await inspection.pair(device)
    if repair.done and kind is Kind.ROLL and inspection.bench.press is not None:
        await inspection.bench.press.change_roll()
    await inspection.note("repair", f"{kind}.{device}", "done" if repair.done else f"left-at-{repair.step}")
    return repair


def _waits(before: Repair, after: Repair, seen: Seen) -> bool:
    """Return whether looking again is worth nothing before the device has changed."""
    if after.look is Look.PICTURE and seen.sharpness > 0:
        return False  # nothing tells of a lens that is clean; the camera's pictures set the pace
    return after == before or after.step < before.step


async def _look(bench: Workbench, repair: Repair) -> Seen:
    status = bench.devices[repair.device].status()
    seen = Seen(state=status.state, cause=status.cause, serial=status.identity.serial)
    match repair.look:
        case Look.SLIP:
            return await _print(bench, seen)
        case Look.PICTURE:
            return Seen(state=seen.state, sharpness=await _sharpness(bench))
        case Look.CONSENT if seen.state.usable:
            return Seen(state=seen.state, serial=seen.serial, consent=await _consent(bench, seen.serial))
        case _:
            return seen


async def _print(bench: Workbench, seen: Seen) -> Seen:
    try:
        printed = await print_slip(bench, _SLIP, _OPENED_S)
    except (DeviceGone, DeviceSilent, DeviceGarbled) as error:
        if bench.press is None:  # the press has told already
            bench.devices["printer"].lost(error)
        return Seen(state=seen.state, cause=error.code)
    except DeviceError as error:
        return Seen(state=seen.state, cause=error.code)
    return Seen(state=seen.state, cause=printed.trace, printed=printed.proof in {Proof.DRAINED, Proof.TAKEN})


async def _sharpness(bench: Workbench) -> float:
    try:
        probe = await (await driver(bench, "camera", _OPENED_S)).probe(_PICTURES)
    except DeviceAbsent:
        return 0.0
    except DeviceError as error:
        bench.devices["camera"].lost(error)  # opened afresh, which is the change that is waited for
        return 0.0
    return float(probe.sharpness)


async def _consent(bench: Workbench, serial: str) -> bool:
    if bench.technician is None:
        return False
    question = Question(say="repair.pair", values={"serial": serial}, digits=False, choices=(_YES, _NO))
    return await bench.technician.answer(question) == _YES
