"""How smooth the screen is: what a tap shows first, how fast and how smoothly the next page comes, what a key takes.

Each journey is gone through by the real terminal in a process of its own, at 1080 × 1920 by software, on an X screen.
The peer gets the same screen in turn: the questions of one of our forms in SurveyJS in a Chromium kiosk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from . import chromium, ui_peer
from .display import screen
from .measuring import CannotMeasure, Figure, Samples
from .ui_frames import TYPING

ROOT: Final = Path(__file__).parents[2]
JOURNEYS: Final = ("certificate", "old-age", "restaurant")
FORM_JOURNEY: Final = "restaurant"
LIMIT_S: Final = 300.0
TAP: Final = "tap to first changed frame"
KEY: Final = "a key of Pinyin to its frame"
RATE: Final = "a page comes in"
AIMS: Final[dict[str, tuple[str, float | None]]] = {
    TAP: ("95 of 100 within 25 ms", 25.0),
    KEY: ("95 of 100 within 50 ms", 50.0),
    "tap to next page painted": ("95 of 100 within 50 ms", 50.0),
    "longest frame after a tap": ("at most 100 ms", 100.0),
    RATE: ("at least 50 frames a second, in the middle", None),
}
MOSTLY: Final = {TAP, KEY, "tap to next page painted", "longest frame after a tap"}


def measure(runs: int) -> list[Figure]:
    """Return what was seen over all journeys and of each; the peer's turn comes beside each run of ours."""
    samples = Samples()
    browser = chromium.installed()
    folder = ui_peer.cache()
    peer = browser is not None and ui_peer.installed(folder)
    questions = ui_peer.form() if peer else {}
    with screen() as display:
        for _run in range(runs):
            for journey in JOURNEYS:
                _add(samples, journey, _ours(display, journey))
            for each_ms in _ours(display, TYPING)["tap"]:
                samples.add(KEY, "ms", each_ms)
            if browser is not None and peer:
                theirs = ui_peer.seen(browser, display, folder, questions)
                for name, values in (
                    ("SurveyJS in Chromium: tap to first changed frame", theirs["tap"]),
                    ("SurveyJS in Chromium: question to next question", theirs["question"]),
                ):
                    for each_ms in values:
                        samples.add(name, "ms", each_ms)
                samples.add("SurveyJS in Chromium: memory (PSS)", "MB", theirs["memory"][0])
    return samples.figures(AIMS, MOSTLY)


def _add(samples: Samples, journey: str, seen: dict[str, list[float]]) -> None:
    for name, unit, values in (
        (TAP, "ms", seen["tap"]),
        ("tap to next page painted", "ms", seen["page"]),
        ("processor time from a tap to its frame", "ms", seen["work"]),
        (RATE, "frames/s", seen["rate"]),
        ("longest frame after a tap", "ms", seen["deaf"]),
        (f"  {journey}: longest frame after a tap", "ms", [max(seen["deaf"])]),
        (f"  {journey}: tap to next page painted", "ms", seen["page"]),
        ("question to next question", "ms", seen["question"] if journey == FORM_JOURNEY else []),
        ("memory of the terminal (PSS)", "MB", seen["memory"]),
    ):
        for value in values:
            samples.add(name, unit, value)


def _ours(display: str, journey: str) -> dict[str, list[float]]:
    command = [sys.executable, "-P", "-m", "tests.bench.ui_frames", "--display", display, journey]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if done.returncode != 0:
        raise CannotMeasure(f"{journey}: {done.stderr.strip()[-600:]}")
    seen: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return seen
