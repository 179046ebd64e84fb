"""A live picture: how smooth, what it costs the terminal, what the camera's own process takes, how soon it is there.

Beside it the plain way: OpenCV inside the terminal, every picture decoded and encoded again.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

from drivers.camera.stream import StreamCamera
from drivers.simulated.camera import SimulatedCamera
from drivers.simulated.camera_rtsp import SimulatedRtspCamera
from drivers.simulated.papers import load_papers

from .measuring import CannotMeasure, Figure, Samples

ROOT: Final = Path(__file__).parents[2]
FRAMES_PER_S: Final = 30.0
FOR_S: Final = 5.0
WIRES: Final = {"http": SimulatedCamera, "rtsp": SimulatedRtspCamera}
WAYS: Final = ("live picture", "open and not looked at", "looking for codes")
AIMS: Final[dict[str, tuple[str, float | None]]] = {
    "live picture, terminal": ("at most 2 % of one core", 2.0),
    "open to first picture": ("well within the 3 s of a recovery", 1500.0),
}


def measure(runs: int) -> list[Figure]:
    """Return the figures of both wires and, beside them, of OpenCV inside the terminal."""
    samples = Samples()
    for _ in range(runs):
        for wire in WIRES:
            with _served(wire) as url:
                for way in WAYS if wire == "http" else WAYS[:1]:
                    _add(samples, "" if wire == "http" else f", {wire}", way, _elsewhere("child", url, way))
                if wire == "http":
                    _add(samples, ", plain OpenCV in the terminal", WAYS[0], _elsewhere("plain", url, WAYS[0]))
    return samples.figures(AIMS)


def _add(samples: Samples, suffix: str, way: str, told: list[float]) -> None:
    rate, terminal, child, memory, child_memory, opened = told
    if way == WAYS[0]:
        samples.add(f"pictures shown{suffix}", "/s", rate)
        samples.add(f"memory of the terminal{suffix}", "MB", memory)
        samples.add(f"open to first picture{suffix}", "ms", opened * 1000)
        if child_memory:
            samples.add(f"memory of the camera's process{suffix}", "MB", child_memory)
    samples.add(f"{way}, terminal{suffix}", "% of a core", terminal)
    if child_memory:
        samples.add(f"{way}, camera's process{suffix}", "% of a core", child)


@contextmanager
def _served(wire: str) -> Iterator[str]:
    """Serve a desk with a paper on it from another process."""
    command = [sys.executable, "-P", "-m", "tests.bench.cameras", "serve", wire]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=_path()) as process:
        assert process.stdout is not None
        try:
            if not (url := process.stdout.readline().strip()):
                raise CannotMeasure("the simulated camera did not start")
            yield url
        finally:
            process.kill()


def _elsewhere(how: str, url: str, way: str) -> list[float]:
    """Look in a process that has done nothing else, and return what it tells."""
    command = [sys.executable, "-P", "-m", "tests.bench.cameras", how, url, way]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=_path(), check=False)
    if not done.stdout.strip():
        raise CannotMeasure(f"{how}: {done.stderr.strip()[-300:]}")
    return [float(number) for number in done.stdout.split()]


def _path() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


async def _serve(wire: str) -> None:
    papers = load_papers(ROOT / "assets" / "simulated" / "papers.yaml")
    desk = WIRES[wire](papers, frames_per_s=FRAMES_PER_S)
    await desk.start()
    await desk.do("put", {"paper": "lease"})
    sys.stdout.write(f"{desk.url}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _tell(*numbers: float) -> None:
    sys.stdout.write(" ".join(f"{number:.4f}" for number in numbers) + "\n")
    sys.stdout.flush()


async def _child(url: str, way: str) -> None:
    own = psutil.Process()
    camera = StreamCamera(url)
    asked = time.perf_counter()
    await camera.open()
    await camera.frame()
    opened_s = time.perf_counter() - asked
    child = psutil.Process(camera.pid)
    looking = asyncio.create_task(_codes(camera)) if way == WAYS[2] else None
    begun, cpu, child_cpu, shown, after = time.perf_counter(), _cpu_s(own), _cpu_s(child), 0, -1
    if way == WAYS[1]:
        await asyncio.sleep(FOR_S)
    else:
        while time.perf_counter() - begun < FOR_S:
            after, shown = (await camera.frame(after)).sequence, shown + 1
    took_s = time.perf_counter() - begun
    cpu, child_cpu = _cpu_s(own) - cpu, _cpu_s(child) - child_cpu
    memory, child_memory = own.memory_info().rss / 1e6, child.memory_info().rss / 1e6
    if looking is not None:
        looking.cancel()
    await camera.close()
    _tell(shown / took_s, 100 * cpu / took_s, 100 * child_cpu / took_s, memory, child_memory, opened_s)


async def _codes(camera: StreamCamera) -> None:
    while True:
        await camera.codes()


def _plain(url: str) -> None:
    asked = time.perf_counter()
    import cv2

    capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    capture.read()
    opened_s = time.perf_counter() - asked
    own = psutil.Process()
    begun, cpu, shown = time.perf_counter(), _cpu_s(own), 0
    while time.perf_counter() - begun < FOR_S:
        _, pixels = capture.read()
        cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 90])
        shown += 1
    took_s = time.perf_counter() - begun
    _tell(shown / took_s, 100 * (_cpu_s(own) - cpu) / took_s, 0, own.memory_info().rss / 1e6, 0, opened_s)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", wire]:
            asyncio.run(_serve(wire))
        case ["child", url, way]:
            asyncio.run(_child(url, way))
        case ["plain", url, _]:
            _plain(url)
