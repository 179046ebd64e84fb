"""Files one-things by hand on the screen, each by somebody made from its example: all of them, or some by a seed.

``python -P tests/journeys/themes.py --out DIR``: every one-thing; languages, layouts, text sizes and ways of finding
it change from one to the next. Leaves a folder of pictures each, and ``themes.md``: how long, and what came of it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from kiosk.catalogue import Catalogue, load
from kiosk.settings.model import ASSETS

LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en")
LAYOUTS: Final = ("portrait", "landscape", "bank")
WAYS: Final = ("search", "life", "department")
HEAD: Final = (
    "| service | language | layout | found by | pages | ms median / p95 | outcome |",
    "|---|---|---|---|---|---|---|",
)
LIMIT_S: Final = 600
"""A session of twenty questions on a machine with other work to do."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One citizen to be played."""

    service: str
    example: int = 0
    language: str
    layout: str
    way: str
    elder: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one."""

    run: Run
    pages: int
    median_ms: float
    p95_ms: float
    said: str
    failed: str

    def row(self) -> str:
        """Return it as a row of the table."""
        run = self.run
        look = f"{run.layout}{', elder' if run.elder else ''}"
        times = f"{self.median_ms:.0f} / {self.p95_ms:.0f}"
        return (
            f"| {run.service} {run.example} | {run.language} | {look} | {run.way} | {self.pages} | {times} "
            f"| {self.failed or self.said} |"
        )


def planned(catalogue: Catalogue, seed: int, only: Sequence[str] = ()) -> list[Run]:
    """Return a run for each one-thing, or for each of ``only``; the seed shifts who is played how.

    Args:
        catalogue: The catalogue.
        seed: Another one pairs services with other languages and layouts.
        only: Ids of one-things or items, each may name its example after a colon.
    """
    return [
        Run(
            service=name,
            example=int(number or 0),
            language=LANGUAGES[place % 3],
            layout=LAYOUTS[place // 3 % 3],
            way=WAYS[(place + place // 3 + place // 9) % 3],
            elder=place // 2 % 3 == 0,
        )
        for place, wanted in enumerate(only or sorted(catalogue.one_things), start=seed)
        for name, _, number in [wanted.partition(":")]
    ]


def chosen(catalogue: Catalogue, seed: int, count: int) -> list[Run]:
    """Return ``count`` of the runs, by chance from the seed."""
    chance = random.Random(seed)
    names = chance.sample(sorted(catalogue.one_things), count)
    wanted = [f"{name}:{chance.randrange(len(catalogue.one_things[name].examples))}" for name in names]
    return planned(catalogue, chance.randrange(18), wanted)


def played(run: Run, out: Path) -> Result:
    """Play one citizen in a process of its own."""
    command = [sys.executable, "-P", "-m", "kiosk", "demo", "--service", run.service, "--example", str(run.example)]
    command += ["--out", str(out), "--language", run.language, "--layout", run.layout, "--find", run.way]
    command += ["--elder"] if run.elder else []
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        return Result(run=run, pages=0, median_ms=0, p95_ms=0, said="", failed=f"not done after {LIMIT_S} s")
    told = [line for line in done.stderr.splitlines() if line.startswith("kiosk: ")]
    failed = "" if done.returncode == 0 else (told or done.stderr.splitlines() or ["failed"])[-1]
    record = out / "journey.json"
    steps = json.loads(record.read_text(encoding="utf-8"))["steps"] if record.is_file() and not failed else []
    times = sorted(step["painted_ms"] for step in steps if step["painted_ms"] is not None) or [0.0]
    outcomes = "; ".join(line.partition(" ")[2] if line.startswith("OT") else line for line in done.stdout.splitlines())
    return Result(
        run=run,
        pages=len(steps),
        median_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, round(0.95 * (len(times) - 1)))],
        said=outcomes,
        failed=failed,
    )


def play_all(runs: Iterable[Run], out: Path, jobs: int, tell: Callable[[Result], None]) -> list[Result]:
    """Play all, ``jobs`` at a time; tell of each as it ends."""

    def one(run: Run) -> Result:
        result = played(run, out / f"{run.service}-{run.example}-{run.language}-{run.layout}")
        tell(result)
        return result

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        return list(pool.map(one, runs))


def tell(line: str) -> None:
    """Say something to the person at the console."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0, help="pairs services with other languages and layouts")
    parser.add_argument("--jobs", type=int, default=1, help="at a time")
    parser.add_argument("only", nargs="*", metavar="ID[:EXAMPLE]", help="default: every one-thing")
    given = parser.parse_args()
    runs = planned(load(ASSETS / "catalogue"), given.seed, given.only)
    given.out.mkdir(parents=True, exist_ok=True)
    results = play_all(runs, given.out, given.jobs, lambda result: tell(result.row()))
    table = "\n".join((*HEAD, *(result.row() for result in results), ""))
    (given.out / "themes.md").write_text(table, encoding="utf-8")
    failed = sum(bool(result.failed) for result in results)
    tell(f"{len(results) - failed} of {len(results)} came to their outcome")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
