"""The command line of ``packaging/bench``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Final

from . import (
    backend,
    calamity,
    cameras,
    cards,
    catalogue,
    forms,
    id_readers,
    idle,
    journeys,
    kiosk,
    printers,
    recoveries,
    scanning,
    showing,
    transport,
    ui,
)
from .measuring import RUNS, CannotMeasure, Figure, Measurement, table

MEASUREMENTS = (
    Measurement(
        name="kiosk", what="start and memory, a Chromium kiosk with a static page beside it", run=kiosk.measure
    ),
    Measurement(name="journeys", what="tap to page and submit to outcome over every journey", run=journeys.measure),
    Measurement(name="card", what="document on the reader to its data on the screen", run=journeys.measure_card),
    Measurement(
        name="showing",
        what="what happens to a device to the frame that shows it",
        run=showing.measure,
    ),
    Measurement(
        name="ui",
        what="taps, pages, frames and keys of journeys on the screen, SurveyJS in a Chromium kiosk beside it",
        run=ui.measure,
    ),
    Measurement(
        name="recoveries",
        what="cables pulled at random, 20 rounds of each kind a run: missed, in use again, doing their work again",
        run=recoveries.measure,
    ),
    Measurement(
        name="readers",
        what="a document or card on its reader to its data, beyond the reader's own time",
        run=lambda runs: [*id_readers.measure(runs), *cards.measure(runs)],
    ),
    Measurement(
        name="idle",
        what="processor time of the whole kiosk while nobody uses it",
        run=idle.measure,
    ),
    Measurement(
        name="catalogue",
        what="opening, checking and merging it, also with 10,000 items; PyYAML and json beside it",
        run=catalogue.measure,
    ),
    Measurement(
        name="backend",
        what="submissions decided, on SQLite and PostgreSQL; a minute of 45,000 terminals; one bare insert beside it",
        run=backend.measure,
    ),
    Measurement(
        name="calamity",
        what="every fault of every device at every step of two journeys: what was told, how it ended",
        run=calamity.measure,
        hours=True,
    ),
    Measurement(name="forms", what="one answer in a form of 800 questions, SurveyJS beside it", run=forms.measure),
    Measurement(
        name="cameras",
        what="a live picture: how smooth, what it costs the terminal; OpenCV inside the terminal beside it",
        run=cameras.measure,
    ),
    Measurement(
        name="printers",
        what="a receipt drawn, its first byte, its proof; how soon trouble of a printer is known",
        run=printers.measure,
    ),
    Measurement(
        name="scanning",
        what="codes read of each kind of picture and the time of one, plain zxing-cpp and pyzbar beside it",
        run=scanning.measure,
    ),
    Measurement(
        name="transport",
        what="a way for a heavy vehicle over 58,703 segments, networkx beside it",
        run=transport.measure,
    ),
)
GROUPS: Final = {"devices": ("showing", "recoveries", "readers", "scanning", "cameras", "printers", "idle")}
"""One name for several measurements."""


def main() -> int:
    """Measure, print the table, write the JSON; return 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="packaging/bench", description="Measure the kiosk on this machine.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure (default: all but what takes hours)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every value there")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often (default: %(default)s)")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    given = parser.parse_args()
    known = {measurement.name: measurement for measurement in MEASUREMENTS}
    if given.list:
        print("\n".join(f"{each.name:12} {each.what}" for each in MEASUREMENTS))
        print("\n".join(f"{name:12} all of: {', '.join(parts)}" for name, parts in GROUPS.items()))
        print(f"{'fuzz':12} every parser of outside bytes, fuzzed; has arguments of its own: fuzz --help")
        return 0
    if unknown := set(given.names) - known.keys() - GROUPS.keys():
        parser.error(f"no measurement {', '.join(sorted(unknown))}; there are: {', '.join([*known, *GROUPS])}")
    names = [part for name in given.names for part in GROUPS.get(name, (name,))]
    on = machine()
    rows: list[tuple[str, Figure]] = []
    failed = False
    for name in names or [each.name for each in MEASUREMENTS if not each.hours]:
        print(f"measuring {name}: {known[name].what}", file=sys.stderr)
        try:
            rows += [(name, figure) for figure in known[name].run(given.runs)]
        except CannotMeasure as error:
            print(f"cannot measure {name}: {error}", file=sys.stderr)
            failed = True
    print(", ".join(f"{name}: {value}" for name, value in on.items()))
    print(table(rows))
    if given.json:
        given.json.write_text(json.dumps(report(rows, on), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(failed)


def machine() -> dict[str, object]:
    """Return what is measured on, and how busy it is by now: a busy machine misses aims that a calm one meets."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    processor = next((line.partition(":")[2].strip() for line in told if line.startswith("model name")), "")
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processor": processor or platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def report(rows: list[tuple[str, Figure]], on: dict[str, object]) -> dict[str, object]:
    """Return everything that was measured, and on what."""
    return {
        "machine": on,
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
