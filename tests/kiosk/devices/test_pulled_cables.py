"""A sample of ``packaging/bench recoveries``: cables of every kind pulled at random moments, real drivers behind them.

In a process of its own, because the library of PC/SC reads its environment once in the life of a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]
AGAIN_MS = 3000.0


def test_whoever_comes_back_is_in_use_again_and_does_its_work() -> None:
    seed = int(os.environ.get("KIOSK_TEST_SEED") or time.time_ns())
    command = [sys.executable, "-m", "tests.bench.recoveries", "--rounds", "2", "--seed", str(seed)]
    command += ["--away-s", "0.3", "--used-s", "0.1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"seed {seed}: {done.stderr}"
    told = json.loads(done.stdout)
    assert told["failures"] == [], f"KIOSK_TEST_SEED={seed}"
    opened = {name: values for name, values in told["figures"].items() if name.endswith("re-plug to open")}
    assert len(opened) == 5
    assert all(max(values) <= AGAIN_MS for values in opened.values()), f"KIOSK_TEST_SEED={seed}: {opened}"
