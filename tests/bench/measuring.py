"""What a measurement is, and how its runs become one row of the table."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

RUNS: Final = 5


class CannotMeasure(Exception):
    """What is measured is not here; the message says what is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One row: a name, its unit, a value for each run."""

    name: str
    unit: str
    values: tuple[float, ...]
    aim: str = ""
    """In words, beside the figure."""
    at_most: float | None = None
    """The aim as a number, where it is one."""
    mostly: bool = False
    """The aim is one for 95 of 100 values, not for the median."""

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 do not exceed (nearest rank)."""
        ranked = sorted(self.values)
        return ranked[math.ceil(0.95 * len(ranked)) - 1]

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.at_most is None:
            return None
        return (self.p95 if self.mostly else self.median) <= self.at_most


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement:
    """A named way to get figures."""

    name: str
    what: str
    run: Callable[[int], Iterable[Figure]]
    """Given how many runs; raises ``CannotMeasure``."""
    hours: bool = False
    """It takes so long that it is only measured when it is named."""


@dataclass(slots=True)
class Samples:
    """Values of several figures, collected run by run."""

    values: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def add(self, name: str, unit: str, value: float) -> None:
        """Add one run's value."""
        self.values.setdefault((name, unit), []).append(value)

    def figures(
        self, aims: dict[str, tuple[str, float | None]] | None = None, mostly: Collection[str] = ()
    ) -> list[Figure]:
        """Return a figure for each name; ``aims`` gives words and number by name, ``mostly`` whose aim is p95's."""
        found = []
        for (name, unit), values in self.values.items():
            aim, at_most = (aims or {}).get(name, ("", None))
            found.append(
                Figure(name=name, unit=unit, values=tuple(values), aim=aim, at_most=at_most, mostly=name in mostly)
            )
        return found


def pss_mb(pids: Iterable[int]) -> float:
    """Return the proportional set size of processes together: shared pages count once, divided among their users.

    Source: proc(5), smaps_rollup.
    """
    total_kb = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total_kb += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total_kb / 1024


def table(rows: Iterable[tuple[str, Figure]]) -> str:
    """Return the figures as a table of plain text."""
    lines: list[tuple[str, ...]] = [("", "", "median", "p95", "worst", "values", "", "aim")]
    for measurement, figure in rows:
        verdict = {None: "", True: "met", False: "MISSED"}[figure.met]
        numbers = (figure.median, figure.p95, max(figure.values))
        values = (*(f"{number:.4g}" for number in numbers), str(len(figure.values)))
        lines.append((measurement, f"{figure.name}, {figure.unit}", *values, verdict, figure.aim))
    widths = [max(len(line[column]) for line in lines) for column in range(7)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in {2, 3, 4, 5} else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, [*widths, 0], strict=True))
        ).rstrip()
        for line in lines
    )
