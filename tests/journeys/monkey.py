"""Runs the monkey in a process of its own: ``python -P tests/journeys/monkey.py --seed 1 --seconds 60``.

Qt starts once a process, so each run has one; what it found goes to a file, and the exit code says whether it did.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import re
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import msgspec

sys.path.insert(0, str(Path(__file__).parents[2]))

from kiosk.commands.demo import screen, world
from kiosk.settings import Layout, Timings
from kiosk.words import Language
from ui.quiet import EXCEPTIONS

SHORT: Final = Timings(idle_s=8, warning_s=4, session_limit_s=240, goodbye_s=2)
"""Shorter than any real terminal's: the monkey shall meet them."""

EMPTIED = r"DelegateModel::cancel: index out range"
"""Qt's keyboard empties its list of candidates while it still makes them: a hand this fast leaves in the middle."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a run."""

    seed: int
    steps: int
    visited: dict[str, int]
    faults: tuple[msgspec.Raw, ...]


def allowed(text: str) -> bool:
    """Return whether these words of Qt are among the reasoned exceptions of the screen's tests."""
    return any(re.search(exception, text) for exception in (*EXCEPTIONS, EMPTIED))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--language", choices=list(Language), default=Language.ZH_HANS)
    parser.add_argument("--layout", choices=list(Layout), default=Layout.PORTRAIT)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    # Qt speaks to standard error by itself, beside Python: both are heard from the file
    errors = os.open(given.out / "stderr.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    os.dup2(errors, sys.stderr.fileno())
    faulthandler.enable()
    logging.basicConfig(level=logging.INFO, filename=given.out / "log.txt", force=True)
    with ExitStack() as held:
        place = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="m")))
        layout = Layout(given.layout)
        wired = held.enter_context(world(place, Language(given.language), layout, timings=SHORT))
        terminal = held.enter_context(screen(wired, layout))
        from ui.pilot.hand import Lost
        from ui.pilot.monkey import Complaints, Monkey

        complaints = Complaints(given.out / "stderr.txt", allowed)
        held.enter_context(complaints.listening())
        monkey = Monkey(terminal, wired, seed=given.seed, complaints=complaints, out=given.out)
        ends = time.monotonic() + given.seconds
        while time.monotonic() < ends:
            monkey.step()
        try:
            monkey.leave_alone(limit_s=SHORT.idle_s + 20)
        except Lost as lost:
            monkey.fault(f"did not come to rest: {lost}")
        faults = tuple(msgspec.Raw(msgspec.json.encode(fault)) for fault in monkey.faults)
        report = Report(seed=given.seed, steps=monkey.steps, visited=monkey.visited, faults=faults)
    (given.out / "report.json").write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
