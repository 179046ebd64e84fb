"""After a citizen nothing of them is left: not on the screen, not in a view model, not in memory, not in a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from left_behind import WAYS


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_a_person_is_left_behind(way: str, tmp_path: Path) -> None:
    script = Path(__file__).with_name("left_behind.py")
    command = [sys.executable, "-P", str(script), "--way", way, "--out", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=110)
    found = tmp_path / "found.json"
    assert found.is_file(), done.stderr
    assert found.read_text(encoding="utf-8") == "[]"
