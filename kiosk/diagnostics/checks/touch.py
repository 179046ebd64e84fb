"""The touch panel: crosses, edges, lanes to follow, two fingers, nobody for a minute, and how quick it is."""

from __future__ import annotations

import asyncio
import math
from typing import Final

from kiosk.diagnostics import touching
from kiosk.diagnostics.bench import Say, ScreenBench, Spot, Touch, Workbench
from kiosk.diagnostics.figures import percentile
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.running import Check, Found

_EACH_S: Final = 12.0
"""How long one cross or lane waits for its finger; then it was not felt."""
_CROSS_MM: Final = 12.7
_INSET_MM: Final = 12.7
_FELT_MM: Final = 25.0
"""Farther away than this a touch was meant for something else, or is felt in the wrong place: not reached."""
_LANE_MM: Final = 12.7
_ARRIVED_MM: Final = 12.7
_GHOST_S: Final = 60.0
_TOUCHES: Final = 10
_FINGERS: Final = 2


async def grid(bench: Workbench, say: Say) -> Found:
    """Have every cross of a grid touched; measure how far off each touch was felt."""
    screen = _screen(bench)
    portrait = screen.panel.height_px > screen.panel.width_px
    targets = touching.grid(screen.panel, *((4, 6) if portrait else (6, 4)), _INSET_MM)
    errors: list[float] = []
    for number, target in enumerate(targets):
        say(number / len(targets), "touch.cross", number=str(number + 1), of=str(len(targets)))
        errors.append(touching.error_mm(target, await _hit(screen, target)))
    await screen.clear()
    near = [error for error in errors if error <= _FELT_MM]
    found = [measured("touch.reached", 100 * len(near) / len(targets))]
    if near:
        found.append(measured("touch.error", percentile(near, 0.95)))
    return Found(measures=tuple(found))


async def edges(bench: Workbench, say: Say) -> Found:
    """Have fingers drawn off the middle of each edge; measure how near to it they are still felt."""
    screen = _screen(bench)
    width, height = touching.size_mm(screen.panel)
    middle = Spot(x_mm=width / 2, y_mm=height / 2)
    ends = (
        Spot(x_mm=0, y_mm=height / 2),
        Spot(x_mm=width / 2, y_mm=0),
        Spot(x_mm=width, y_mm=height / 2),
        Spot(x_mm=width / 2, y_mm=height),
    )
    lost: list[float] = []
    for number, end in enumerate(ends):
        say(number / len(ends), "touch.off-edge", number=str(number + 1), of=str(len(ends)))
        path = await _trace(screen, middle, end)
        lost.append(touching.short_mm(middle, end, path))
    await screen.clear()
    return _found({"touch.edge": max(lost)})


async def drag(bench: Workbench, say: Say) -> Found:
    """Have four lanes followed; measure how straight and how whole the reports are."""
    screen = _screen(bench)
    width, height = touching.size_mm(screen.panel)
    inset = _INSET_MM
    low, right = height - inset, width - inset
    lanes = (
        (Spot(x_mm=inset, y_mm=height / 2), Spot(x_mm=right, y_mm=height / 2)),
        (Spot(x_mm=width / 2, y_mm=inset), Spot(x_mm=width / 2, y_mm=low)),
        (Spot(x_mm=inset, y_mm=inset), Spot(x_mm=right, y_mm=low)),
        (Spot(x_mm=right, y_mm=inset), Spot(x_mm=inset, y_mm=low)),
    )
    crooked, gaps, lifted = [], [], 0
    for number, (begin, end) in enumerate(lanes):
        say(number / len(lanes), "touch.lane", number=str(number + 1), of=str(len(lanes)))
        path = await _trace(screen, begin, end)
        crooked.append(touching.crooked_mm(begin, end, path))
        gaps.append(touching.gap_mm(path))
        lifted += not path or touching.apart_mm(path[-1], end) > _ARRIVED_MM
    await screen.clear()
    return _found({"touch.crooked": max(crooked), "touch.gap": max(gaps), "touch.lifted": lifted})


async def points(bench: Workbench, say: Say) -> Found:
    """Count how many fingers are told apart."""
    screen = _screen(bench)
    say(0.1, "touch.fingers", count=str(_FINGERS))
    path: tuple[Touch, ...] = ()
    try:
        async with asyncio.timeout(_EACH_S):
            path = await screen.together(_FINGERS)
    except TimeoutError:
        await screen.clear()
    return _found({"touch.points": touching.most_at_once(path)})


async def ghosts(bench: Workbench, say: Say) -> Found:
    """Count touches while nobody touches."""
    screen = _screen(bench)
    say(0.0, "touch.nobody", seconds=f"{_GHOST_S:g}")
    return _found({"touch.ghosts": touching.ghosts(await screen.quiet(_GHOST_S))})


async def latency(bench: Workbench, say: Say) -> Found:
    """Measure from the report of a touch to the picture that shows it."""
    say(0.1, "touch.often", count=str(_TOUCHES))
    times = await _screen(bench).latency(_TOUCHES)
    return _found({"touch.latency": percentile(times, 0.95)}) if times else Found(reason="touch.not-felt")


def _found(values: dict[str, float]) -> Found:
    """Return the measures; one that is infinite was not felt at all, and says so instead of a number."""
    measures = tuple(measured(name, value) for name, value in values.items() if math.isfinite(value))
    return Found(measures=measures, reason="" if len(measures) == len(values) else "touch.not-felt")


def _screen(bench: Workbench) -> ScreenBench:
    if bench.screen is None:
        raise RuntimeError("a test of the screen was run without one")
    return bench.screen


async def _hit(screen: ScreenBench, target: Spot) -> tuple[Touch, ...]:
    try:
        async with asyncio.timeout(_EACH_S):
            return await screen.hit(target, _CROSS_MM)
    except TimeoutError:
        return ()


async def _trace(screen: ScreenBench, begin: Spot, end: Spot) -> tuple[Touch, ...]:
    try:
        async with asyncio.timeout(_EACH_S):
            return await screen.trace(begin, end, _LANE_MM)
    except TimeoutError:
        return ()


CHECKS: Final[dict[str, Check]] = {
    "touch.grid": grid,
    "touch.edges": edges,
    "touch.drag": drag,
    "touch.points": points,
    "touch.ghosts": ghosts,
    "touch.latency": latency,
}
