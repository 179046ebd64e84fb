"""Every calamity there is, and what was told: each device, at each step of two journeys, with each fault.

    packaging/bench calamity
    KIOSK_CALAMITIES="printer/ line/mute" packaging/bench calamity      # those that contain one of these

The table goes to standard error as it grows: device, fault, step, how long it lasted, journey, how the visit ended,
seconds on the driven clock, seconds on the wall, what was told. See tests/journeys/headless/README.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any, Final

from .measuring import CannotMeasure, Figure

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = ROOT / "tests" / "journeys" / "calamities.py"
JOBS: Final = max(1, (os.cpu_count() or 1) // 2)
"""A terminal, its devices and its backend keep more than one core busy."""


def measure(runs: int) -> list[Figure]:
    """Return how many calamities ended in which way, and how many of them badly; once, however many runs are asked."""
    del runs
    verdicts: list[dict[str, Any]] = []
    writing = threading.Lock()
    sys.stderr.write(f"{JOBS} at a time; each is repeated by: {sys.executable} -P {PROGRAM.relative_to(ROOT)} CELL\n")

    def shard(number: int) -> None:
        command = [sys.executable, "-P", str(PROGRAM), "--json", "--shard", f"{number}/{JOBS}"]
        command += os.environ.get("KIOSK_CALAMITIES", "").split()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as playing:
            assert playing.stdout is not None
            for line in playing.stdout:
                verdict = json.loads(line)
                with writing:
                    verdicts.append(verdict)

    threads = [threading.Thread(target=shard, args=(number,)) for number in range(1, JOBS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not verdicts:
        raise CannotMeasure("no calamity was played")
    return figures(verdicts)


def figures(verdicts: list[dict[str, Any]]) -> list[Figure]:
    """Return them by device and end."""
    found: list[Figure] = []
    for device in sorted({verdict["cell"]["device"] for verdict in verdicts}):
        mine = [verdict for verdict in verdicts if verdict["cell"]["device"] == device]
        ends = Counter("failed" if verdict["failures"] else verdict["end"] for verdict in mine)
        found += [
            Figure(name=f"{device}: {end}, of {len(mine)}", unit="", values=(float(number),))
            for end, number in sorted(ends.items())
        ]
        spent = tuple(float(verdict["virtual_s"]) for verdict in mine)
        found.append(Figure(name=f"{device}: a visit, on the driven clock", unit="s", values=spent))
    spent = tuple(float(verdict["real_s"]) for verdict in verdicts)
    failed = sum(bool(verdict["failures"]) for verdict in verdicts)
    return [
        *found,
        Figure(name="a calamity, on the wall", unit="s", values=spent),
        Figure(
            name=f"of {len(verdicts)} calamities ended badly", unit="", values=(float(failed),), aim="none", at_most=0.0
        ),
    ]
