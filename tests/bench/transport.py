"""A way for a heavy vehicle over the generated network: the router beside networkx, on the same network.

Both are asked for the fastest way over the segments open to the vehicle. The router judges every segment first,
as it does for a citizen; networkx is given a graph of the open segments alone, and only searches. Its version is
pinned, and it is installed for the measurement.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from kiosk.backend.transport.generating import generate
from kiosk.backend.transport.network import Network
from kiosk.backend.transport.router import Router, Trip, Verdict
from kiosk.backend.transport.terms import HOURS, Vehicle
from kiosk.contract import TravelHours

from .measuring import CannotMeasure, Figure, Samples

PEER: Final = "networkx==3.6.1"
QUESTIONS: Final = 30
LIMIT_S: Final = 300.0
AT_MOST_MS: Final = 200.0
VEHICLE: Final = Vehicle(height_cm=410, width_cm=300, length_cm=1900, weight_kg=48_000, axle_kg=9_000)
DAY: Final = date(2026, 12, 3)

_PEER = """
import json, sys, time
import networkx
given = json.load(sys.stdin)
graph = networkx.DiGraph()
graph.add_weighted_edges_from(given["edges"])
times, costs = [], []
for start, end in given["questions"]:
    begun = time.perf_counter()
    try:
        cost, _ = networkx.single_source_dijkstra(graph, start, end)
    except networkx.NetworkXNoPath:
        cost = None
    times.append((time.perf_counter() - begun) * 1000)
    costs.append(cost)
print(json.dumps({"times": times, "costs": costs}))
"""


def measure(runs: int) -> list[Figure]:
    """Return what a way costs, every question of every run a value; both sides must find ways of the same length."""
    samples = Samples()
    begun = time.perf_counter()
    router = Router(generate())
    samples.add("making the network and its graph", "ms", (time.perf_counter() - begun) * 1000)
    network = router.network
    questions = _questions(network)
    ours = f"one way over {len(network):,} segments"
    found: list[float | None] = []
    for run in range(runs):
        for start, end in questions:
            begun = time.perf_counter()
            way = router.find(VEHICLE, _trip(start, end))
            samples.add(ours, "ms", (time.perf_counter() - begun) * 1000)
            if run == 0:
                found.append(None if way is None or way.review else way.seconds)
    with tempfile.TemporaryDirectory(prefix="bench-transport-") as folder:
        times, costs = _peer(Path(folder), router, questions, runs)
    for mine, theirs in zip(found, costs, strict=True):
        if (mine is None) != (theirs is None) or (mine and theirs and abs(mine - theirs) > 1e-6 * mine):
            raise CannotMeasure(f"the two do not find the same way: {mine} and {theirs} seconds")
    for each in times:
        samples.add("networkx: the search alone, on the same network", "ms", each)
    figures = [Figure(name=name, unit=unit, values=tuple(values)) for (name, unit), values in samples.values.items()]
    return [_aimed(figure) if figure.name == ours else figure for figure in figures]


def _aimed(figure: Figure) -> Figure:
    aim = f"median ≤ {AT_MOST_MS:.0f} ms"
    return Figure(name=figure.name, unit=figure.unit, values=figure.values, aim=aim, at_most=AT_MOST_MS)


def _questions(network: Network) -> list[tuple[int, int]]:
    chance = random.Random(20_261_122)
    marks = [each.junction for each in network.tale.landmarks]
    pairs = [(start, end) for start in marks for end in marks if start != end]
    return chance.sample(pairs, QUESTIONS)


def _trip(start: int, end: int) -> Trip:
    return Trip(origin=start, destination=end, first_day=DAY, last_day=DAY, hours=HOURS[TravelHours.NIGHT])


def _peer(
    folder: Path, router: Router, questions: list[tuple[int, int]], runs: int
) -> tuple[list[float], list[float | None]]:
    """Return how long networkx took for each question of each run, and how long its ways are."""
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), PEER], "")
    segments = router.network.segments
    is_open = np.flatnonzero(router.judge(VEHICLE, _trip(*questions[0])) == Verdict.OPEN)
    seconds = segments.length_m * 3.6 / segments.speed_kmh
    edges = [(int(segments.start[each]), int(segments.end[each]), float(seconds[each])) for each in is_open]
    edges += [
        (end, start, cost)
        for (start, end, cost), each in zip(edges, is_open, strict=True)
        if not segments.one_way[each]
    ]
    given = json.dumps({"edges": edges, "questions": questions * runs})
    script = f"import sys; sys.path.insert(0, {str(folder)!r})\n{_PEER}"
    answer = json.loads(_run([sys.executable, "-c", script], given))
    return answer["times"], answer["costs"][: len(questions)]


def _run(command: list[str], given: str) -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=LIMIT_S, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotMeasure(f"{PEER} cannot be measured: {type(error).__name__}") from error
    return done.stdout
