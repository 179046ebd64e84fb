"""What a kiosk costs that nobody uses: processor time of all its processes while the first page invites.

The page's own screen server is not counted: it belongs to the measurement.
"""

from __future__ import annotations

import contextlib
import time
from typing import Final

import psutil

from .display import pause, screen
from .kiosk import Running, running_kiosk
from .measuring import CannotMeasure, Figure, Samples

RESTS_AFTER_S: Final = 15.0
"""Start is over: everything is loaded and warm, and every device is open."""
A_RUN_S: Final = 12.0
AIMS: Final[dict[str, tuple[str, float | None]]] = {
    "idle, the whole kiosk": ("at most 2 % of one core", 2.0),
}


def measure(runs: int) -> list[Figure]:
    """Return the share of one core that a kiosk at rest takes, whole and by its parts; a value for each run."""
    samples = Samples()
    with screen() as display, running_kiosk(display=display) as kiosk:
        kiosk.until_all_is_up()
        pause(RESTS_AFTER_S)
        for _ in range(runs):
            parts = _parts(kiosk)
            begun_s, before = time.monotonic(), {part: _cpu_s(pids) for part, pids in parts.items()}
            pause(A_RUN_S)
            took_s, shares = time.monotonic() - begun_s, {}
            for part, pids in parts.items():
                shares[part] = 100 * (_cpu_s(pids) - before[part]) / took_s
                samples.add(f"idle, {part}", "% of a core", shares[part])
            if parts != _parts(kiosk):
                raise CannotMeasure("a process of the kiosk ended or began while nobody used it")
            samples.add("idle, the whole kiosk", "% of a core", sum(shares.values()))
    return samples.figures(AIMS)


def _parts(kiosk: Running) -> dict[str, list[int]]:
    return {"terminal and supervisor": kiosk.terminal_side(), "backend and simulated devices": kiosk.rest()}


def _cpu_s(pids: list[int]) -> float:
    total_s = 0.0
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = psutil.Process(pid).cpu_times()
            total_s += times.user + times.system
    return total_s
