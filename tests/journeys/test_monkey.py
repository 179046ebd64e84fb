"""A short sample of the monkey; ``tests/journeys/monkey.py`` runs it for as long as one likes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

SECONDS = 15


def test_whatever_a_monkey_does_there_is_a_way_on_and_nothing_breaks(tmp_path: Path) -> None:
    script = Path(__file__).with_name("monkey.py")
    command = [sys.executable, "-P", str(script), "--seed", "5", "--seconds", str(SECONDS), "--out", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=110)
    report = tmp_path / "report.json"
    assert report.is_file(), done.stderr + (tmp_path / "stderr.txt").read_text(encoding="utf-8", errors="replace")
    told = msgspec.json.decode(report.read_bytes())
    assert told["faults"] == []
    assert told["steps"] > SECONDS
    assert len(told["visited"]) > 1
