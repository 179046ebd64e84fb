"""A process that is killed with -9 between any two steps of a slip: number, mark of a copy and paper tell the truth."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.printing import Journal
from kiosk.printing.press import DOTS_PER_MM
from kiosk.printing.roll import ROLL_MM

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DOTS = 1_200
KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from drivers.printer.api import Printed, Proof, Slip, TextLine
from kiosk.printing import Journal, Press

path, moment = Path(sys.argv[1]), sys.argv[2]

def at(here):
    if here == moment and numbers:
        os.kill(os.getpid(), signal.SIGKILL)

class Killed(Journal):
    def begin(self, *given):
        at("before its number")
        attempt = super().begin(*given)
        at("after its number")
        return attempt

    def end(self, *given):
        at("before its end is written")
        super().end(*given)
        at("after its end is written")

async def print_slip(slip):
    at("before the first dot")
    at("after the last dot")
    return Printed(proof=Proof.DRAINED, dots=DOTS)

def lay_out():
    at("while it is laid out")
    return Slip(blocks=(TextLine(text="x"),))

numbers = []
press = Press(journal=Killed(path, "ZD-0001"), print_slip=print_slip, stamp=lambda slip, attempt: slip,
              clock=lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC), changed=lambda code: None)

async def main():
    for _ in range(2):
        outcome = await press.print("receipt", lay_out)
        numbers.append(outcome.number)
        print(outcome.number, flush=True)

asyncio.run(main())
"""
FIRST, SECOND, THIRD = (f"ZD-0001-20261122-000{number}" for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("moment", "numbered"),
    [
        ("before its number", False),
        ("after its number", True),
        ("while it is laid out", True),
        ("before the first dot", True),
        ("after the last dot", True),
        ("before its end is written", True),
        ("after its end is written", True),
    ],
)
def test_killed_between_two_steps_nothing_is_said_twice_and_no_paper_is_counted_that_is_not_there(
    tmp_path: Path, moment: str, numbered: bool
) -> None:
    path = tmp_path / "printing.sqlite3"
    child = KILLED.replace("DOTS)", f"{DOTS})")
    ended = subprocess.run(
        [sys.executable, "-c", child, str(path), moment], capture_output=True, text=True, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert ended.stdout.split() == [FIRST]
    journal = Journal(path, "ZD-0001")
    came_out = moment in {"after the last dot", "before its end is written", "after its end is written"}
    assert journal.roll().left_mm <= ROLL_MM - (1 + came_out) * DOTS / DOTS_PER_MM + 1e-6
    assert journal.begin("receipt", NOW).number == (THIRD if numbered else SECOND)
    if numbered:
        again = journal.begin("receipt", NOW, SECOND)
        assert (again.number, again.copy, again.again) == (SECOND, 2, True)
    journal.close()
