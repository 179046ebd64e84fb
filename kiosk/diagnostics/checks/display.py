"""The display: bad pixels and uneven light are found by touching a cell that differs, and real size by arithmetic.

Nobody is believed who says that it looks good: of several pictures each hides one difference at a random place, as
small as a bad pixel or as faint as uneven light. Who finds them all sees well enough to be believed about the rest, and
a cell that was touched and does not differ shows what the panel adds of its own.
"""

from __future__ import annotations

import math
import secrets
from typing import Final

from kiosk.diagnostics.bench import Pattern, Say, ScreenBench, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.running import Check, Found

_COLUMNS, _ROWS = 4, 6
_BAD_PX: Final = 2
"""Side of a hidden bad pixel: what is drawn at twice the pitch of a panel is as easy to see as one of its own."""
_GROUNDS: Final = (("#000000", "#ffffff"), ("#ffffff", "#000000"), ("#ff0000", "#00ffff"), ("#0000ff", "#ffff00"))
_GREYS: Final = (("#808080", "#8a8a8a"), ("#404040", "#484848"), ("#c0c0c0", "#b6b6b6"))


async def pixels(bench: Workbench, say: Say) -> Found:
    """Have hidden bad pixels found on black, white, red and blue."""
    return await _found_by_eye(bench, say, _GROUNDS, _BAD_PX)


async def light(bench: Workbench, say: Say) -> Found:
    """Have cells found that are a little brighter or darker."""
    return await _found_by_eye(bench, say, _GREYS, 0)


async def _found_by_eye(bench: Workbench, say: Say, grounds: tuple[tuple[str, str], ...], odd_px: int) -> Found:
    screen = _screen(bench)
    missed = wrong = 0
    shown = list(grounds)
    try:
        for number, (ground, other) in enumerate(shown):
            say(number / len(shown), "display.pick", number=str(number + 1), of=str(len(shown)))
            pattern = Pattern(
                colour=ground,
                columns=_COLUMNS,
                rows=_ROWS,
                odd=secrets.randbelow(_COLUMNS * _ROWS),
                odd_colour=other,
                odd_px=odd_px,
            )
            picked = await screen.pick(pattern)
            missed += picked != pattern.odd
            wrong += picked not in {-1, pattern.odd}
    finally:
        await screen.clear()
    return Found(measures=(measured("display.missed", missed), measured("display.false", wrong)))


async def size(bench: Workbench, say: Say) -> Found:
    """Compare what the panel says of its size with what the terminal draws by."""
    panel = _screen(bench).panel
    say(0.5)
    told_mm = math.hypot(panel.width_mm, panel.height_mm)
    if not told_mm:
        return Found(reason="display.no-size", skipped=True)
    drawn_mm = math.hypot(panel.width_px, panel.height_px) / panel.pixels_per_mm
    off = 100 * abs(drawn_mm - told_mm) / told_mm
    return Found(measures=(measured("display.size", off),), detail=panel.name)


def _screen(bench: Workbench) -> ScreenBench:
    if bench.screen is None:
        raise RuntimeError("a test of the display was run without one")
    return bench.screen


CHECKS: Final[dict[str, Check]] = {"display.pixels": pixels, "display.light": light, "display.size": size}
