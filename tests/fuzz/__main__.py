"""The command line of ``packaging/bench fuzz``.

packaging/bench fuzz                                  # every target, a minute each
packaging/bench fuzz --seconds 600 card.tlv settings  # two of them, ten minutes each
packaging/bench fuzz --repeat FILE card.tlv           # a finding once more, without atheris
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import re
import subprocess
import sys
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from .targets import TARGETS

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / "build" / "fuzz"
"""What was found to reach something new stays here, and the next run begins with it."""
SECONDS: Final = 60
_GRACE_S: Final = 60
_COUNTED: Final = re.compile(r"^stat::(\w+):\s+(\d+)$", re.MULTILINE)
_COVERED: Final = re.compile(r"\bcov: (\d+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one target."""

    name: str
    executions: int
    per_second: int
    coverage: int
    """Branches and calls of the instrumented modules that were reached."""
    new: int
    """Inputs that reached something new and are kept."""
    peak_mb: int
    slowest_ms: float
    """Processor time of the slowest single input."""
    finding: str
    """The file that holds the input; empty: none."""
    said: str
    """The last words about it."""


def main(arguments: list[str] | None = None) -> int:
    """Fuzz, print the table; return 1 when something was found, 2 when nothing could be fuzzed."""
    parser = argparse.ArgumentParser(prog="packaging/bench fuzz", description="Fuzz every parser of outside bytes.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each (default: %(default)s)")
    parser.add_argument("--repeat", type=Path, metavar="FILE", help="parse this one input, and show what it ends in")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the outcomes there")
    parser.add_argument("--list", action="store_true", help="name the targets")
    given = parser.parse_args(arguments)
    if given.list:
        print("\n".join(TARGETS))
        return 0
    if unknown := [name for name in given.names if name not in TARGETS]:
        parser.error(f"no target {', '.join(unknown)}; there are: {', '.join(TARGETS)}")
    if given.repeat:
        if len(given.names) != 1:
            parser.error("to repeat an input name the one target that it is for")
        return repeat(given.names[0], given.repeat)
    if importlib.util.find_spec("atheris") is None:
        print(
            f"packaging/bench fuzz needs atheris, which there is for Python 3.11 and 3.12; this is Python "
            f"{platform.python_version()}. Take another with KIOSK_PYTHON=python3.11 packaging/setup test.",
            file=sys.stderr,
        )
        return 2
    outcomes = []
    for name in given.names or TARGETS:
        print(f"fuzzing {name} for {given.seconds} s", file=sys.stderr)
        outcomes.append(fuzz(name, given.seconds))
        if outcomes[-1].finding:
            print(told(outcomes[-1]), file=sys.stderr)
    print(table(outcomes))
    if given.json:
        report = {
            "machine": {"system": platform.platform(), "python": platform.python_version()},
            "seconds": given.seconds,
            "targets": [asdict(outcome) for outcome in outcomes],
        }
        given.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(any(outcome.finding for outcome in outcomes))


def fuzz(name: str, seconds: int) -> Outcome:
    """Fuzz one target in a process of its own."""
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    slowest = folder / "slowest"
    slowest.unlink(missing_ok=True)
    before = set(folder.glob("finding-*"))
    command = [sys.executable, "-P", "-m", "tests.fuzz.child", name, f"--seconds={seconds}", f"--folder={folder}"]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=seconds + _GRACE_S,
            check=False,
        )
        said, failed = (done.stdout + done.stderr).decode("utf-8", "replace"), done.returncode != 0
    except subprocess.TimeoutExpired as late:
        said, failed = (late.stderr or b"").decode("utf-8", "replace"), True
    counted = {each[1]: int(each[2]) for each in _COUNTED.finditer(said)}
    left = sorted(set(folder.glob("finding-*")) - before)
    finding = str(left[-1].relative_to(ROOT)) if left else ("without an input" if failed else "")
    return Outcome(
        name=name,
        executions=counted.get("number_of_executed_units", 0),
        per_second=counted.get("average_exec_per_sec", 0),
        coverage=max(map(int, _COVERED.findall(said)), default=0),
        new=counted.get("new_units_added", 0),
        peak_mb=counted.get("peak_rss_mb", 0),
        slowest_ms=float(slowest.read_text(encoding="ascii")) * 1000 if slowest.exists() else 0.0,
        finding=finding,
        said=_last_words(said) if finding else "",
    )


def _last_words(said: str) -> str:
    """Return what Python or libFuzzer said of a finding, without the progress before."""
    start = max(said.find("=== Uncaught Python exception"), said.find("ERROR: libFuzzer"), 0)
    return said[start:][:3000].strip() or "nothing was said"


def told(outcome: Outcome) -> str:
    """Return what was found, with the command that repeats it."""
    return f"{outcome.said}\nonce more: packaging/bench fuzz --repeat {outcome.finding} {outcome.name}"


def repeat(name: str, file: Path) -> int:
    """Parse one input; return 1 and show the trace when it is a finding."""
    try:
        took_s = TARGETS[name].run(file.read_bytes())
    except Exception:  # noqa: BLE001 - whatever it is, it is what is asked for
        traceback.print_exc()
        return 1
    print(f"{name}: no finding, {took_s * 1000:.1f} ms")
    return 0


def table(outcomes: Iterable[Outcome]) -> str:
    """Return the outcomes as a table of plain text."""
    lines: list[tuple[str, ...]] = [
        ("target", "executions", "a second", "coverage", "new", "peak MB", "slowest ms", "found")
    ]
    for each in outcomes:
        numbers = (each.executions, each.per_second, each.coverage, each.new, each.peak_mb)
        lines.append((each.name, *map(str, numbers), f"{each.slowest_ms:.1f}", each.finding or "nothing"))
    widths = [max(len(line[column]) for line in lines) for column in range(8)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in {0, 7} else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


if __name__ == "__main__":
    sys.exit(main())
