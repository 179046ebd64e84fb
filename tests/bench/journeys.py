"""Whole journeys through the real screen, as ``kiosk demo`` plays and times them."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from .kiosk import KIOSK
from .measuring import CannotMeasure, Figure, Samples

TAP: Final = ("tap to next page painted", "ms")
OUTCOME: Final = ("submit to first outcome on the screen", "ms")
CARD: Final = "card on the reader to its data on the screen"
LIMIT_S: Final = 300.0


def measure(runs: int) -> list[Figure]:
    """Return how fast pages and outcomes follow, over every journey ``runs`` times, at 1080×1920 by software."""
    samples = Samples()
    slowest: dict[str, list[float]] = {}
    listed = subprocess.run([KIOSK, "demo", "--list"], capture_output=True, text=True, check=True).stdout
    for _ in range(runs):
        for journey in (line.split()[0] for line in listed.splitlines()):
            for step in played(journey):
                if step["painted_ms"] is not None:
                    samples.add(*TAP, step["painted_ms"])
                    slowest.setdefault(Path(step["picture"]).stem[3:], []).append(step["painted_ms"])
                if step["waited_for"] == "outcome" and step["waited_ms"] is not None:
                    samples.add(*OUTCOME, step["waited_ms"])
    figures = samples.figures(
        {OUTCOME[0]: ("at most 300 ms", 300.0), TAP[0]: ("95 of 100 within 50 ms", 50.0)}, {TAP[0]}
    )
    pages = [Figure(name=f"  to {page}", unit="ms", values=tuple(values)) for page, values in sorted(slowest.items())]
    return figures + pages


def measure_card(runs: int) -> list[Figure]:
    """Return how fast a document's data is on the screen, with a reader as slow as real ones, then with one without.

    What the second takes is ours: asking the reader, its driver, the session, the page.
    """
    samples = Samples()
    for _ in range(runs):
        for journey, reader in (("certificate", "identity card"), ("old-age", "social security card")):
            for pace, said in (("1", "a reader as slow as real ones"), ("0", "ours of it")):
                for step in played(journey, "--pace", pace):
                    if step["waited_for"] == "document":
                        samples.add(f"{reader}: {CARD}, {said}", "ms", step["waited_ms"])
    return samples.figures()


def played(journey: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """Play a journey and yield its steps.

    Raises:
        CannotMeasure: it did not come to its end.
    """
    with tempfile.TemporaryDirectory(prefix="bench-demo-") as out:
        done = subprocess.run(
            [KIOSK, "demo", journey, "--out", out, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_S,
        )
        if done.returncode != 0:
            raise CannotMeasure(f"the journey {journey} failed: {done.stderr[-600:]}")
        yield from json.loads(Path(out, "journey.json").read_text(encoding="utf-8"))["steps"]
