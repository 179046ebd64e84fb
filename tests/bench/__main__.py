"""The command line of ``packaging/bench``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import replace
from pathlib import Path

from . import chromium, kiosk
from .measuring import RUNS, CannotMeasure, Figure, Measurement, table

MEASUREMENTS = (
    Measurement(name="kiosk", what="start and memory of the kiosk", run=kiosk.measure),
    Measurement(name="chromium", what="the same of a Chromium kiosk with a static page", run=chromium.measure),
)

# (figure of the kiosk, figure of the peer, what part of it is allowed)
AGAINST_PEER = (
    ("start to first page that answers a touch", "start to first paint", 1.0),
    ("memory of terminal and supervisor (PSS)", "memory of all its processes (PSS)", 0.5),
)


def main() -> int:
    """Measure, print the table, write the JSON; return 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="packaging/bench", description="Measure the kiosk on this machine.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure (default: everything)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every value there")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often (default: %(default)s)")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    given = parser.parse_args()
    known = {measurement.name: measurement for measurement in MEASUREMENTS}
    if given.list:
        print("\n".join(f"{each.name:12} {each.what}" for each in MEASUREMENTS))
        return 0
    if unknown := set(given.names) - known.keys():
        parser.error(f"no measurement {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    rows: list[tuple[str, Figure]] = []
    failed = False
    for name in given.names or known:
        print(f"measuring {name}: {known[name].what}", file=sys.stderr)
        try:
            rows += [(name, figure) for figure in known[name].run(given.runs)]
        except CannotMeasure as error:
            print(f"cannot measure {name}: {error}", file=sys.stderr)
            failed = True
    rows = compared(rows)
    print(table(rows))
    if given.json:
        given.json.write_text(json.dumps(report(rows), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(failed)


def compared(rows: list[tuple[str, Figure]]) -> list[tuple[str, Figure]]:
    """Return the rows with the peer's figures as aims of ours, where both were measured."""
    medians = {figure.name: figure.median for _, figure in rows}
    limits = {ours: medians[peers] * part for ours, peers, part in AGAINST_PEER if peers in medians}
    return [(name, replace(figure, at_most=limits.get(figure.name, figure.at_most))) for name, figure in rows]


def report(rows: list[tuple[str, Figure]]) -> dict[str, object]:
    """Return everything that was measured, and on what."""
    return {
        "machine": {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()},
        "figures": [
            {
                "measurement": name,
                "name": figure.name,
                "unit": figure.unit,
                "median": figure.median,
                "p95": figure.p95,
                "values": figure.values,
                "aim": figure.aim,
                "at_most": figure.at_most,
                "met": figure.met,
            }
            for name, figure in rows
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
