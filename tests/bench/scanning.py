"""Codes in pictures: how many are read and how long it takes, beside plain zxing-cpp and plain zbar in the same run.

On one core, everything in this process: 720p pictures of every kind that ``tests/drivers/scanner/pictures.py`` draws.
A picture counts by the part of its codes that were read. "ours, still" is ``decode``; "ours, live" is what a
``FrameDecoder`` that is shown the same picture for a second of 30 frames told by then, and its time is that of a frame.
All times are processor time, of one thread on one core: what else the machine does in the meantime does not count.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from drivers.scanner.decode import FrameDecoder, decode

from .measuring import Figure, Samples

PICTURES: Final = Path(__file__).parents[1] / "drivers" / "scanner" / "pictures.py"
EACH: Final = 4
"""Pictures of a kind in a run; every run draws others."""
FRAMES: Final = 30
BUSY_FRAMES: Final = 150
RATE: Final = "ours, live: 720p frames of a desk without a code, one core"

Grey = Any
Reader = Callable[[Grey], Iterable[bytes]]


def measure(runs: int) -> list[Figure]:
    """Return what is read of each kind, and at what cost; every run draws pictures of its own."""
    pictures = _pictures()
    samples = Samples()
    with _one_core():
        for run in range(runs):
            whole: dict[str, list[float]] = {}
            for kind in pictures.kinds():
                drawn = list(pictures.samples(kind, EACH, seed=1000 + run))
                for reader, read in _readers().items():
                    _try(samples, whole.setdefault(reader, []), f"{kind}: {reader}", read, drawn)
                _try_live(samples, whole.setdefault("ours, live", []), f"{kind}: ours, live", drawn)
            for reader, parts in whole.items():
                samples.add(f"all kinds: {reader}", "% read", 100 * statistics.mean(parts))
            samples.add(RATE, "frames/s", _frames_a_second(pictures, run))
            samples.add("a frame of it", "ms", 1000 / samples.values[RATE, "frames/s"][-1])
    return samples.figures({"a frame of it": ("30 frames a second", 1000 / 30), RATE: ("at least 30", None)})


def _readers() -> dict[str, Reader]:
    return {
        "ours, still": lambda grey: (code.raw for code in decode(grey)),
        "plain zxing-cpp": lambda grey: (bytes(code.bytes) for code in zxingcpp.read_barcodes(grey)),
        "plain pyzbar": lambda grey: (code.data for code in pyzbar.decode(grey)),
    }


def _try(samples: Samples, parts: list[float], name: str, read: Reader, drawn: list[Any]) -> None:
    found, took_ms = [], []
    for sample in drawn:
        begun_s = time.process_time()
        codes = set(read(sample.grey))
        took_ms.append(1000 * (time.process_time() - begun_s))
        found.append(len(codes & set(sample.codes)) / len(sample.codes))
    parts += found
    samples.add(name, "% read", 100 * statistics.mean(found))
    samples.add(name, "ms", statistics.median(took_ms))


def _try_live(samples: Samples, parts: list[float], name: str, drawn: list[Any]) -> None:
    found, took_ms = [], []
    for sample in drawn:
        decoder = FrameDecoder(clock=time.process_time)
        told: set[bytes] = set()
        begun_s, frames = time.process_time(), 0
        while frames < FRAMES and not told >= set(sample.codes):
            told |= {code.raw for code in decoder.look(sample.grey)}
            frames += 1
        took_ms.append(1000 * (time.process_time() - begun_s) / frames)
        found.append(len(told & set(sample.codes)) / len(sample.codes))
    parts += found
    samples.add(name, "% read", 100 * statistics.mean(found))
    samples.add(name, "ms", statistics.median(took_ms))


def _frames_a_second(pictures: ModuleType, seed: int) -> float:
    """With the grey made of the colours that a camera's JPEG brings, as the camera's child process does."""
    chance = np.random.default_rng(seed)
    desk = [
        cv2.imencode(".jpg", cv2.cvtColor(pictures.desk(chance), cv2.COLOR_GRAY2BGR), [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
        for _ in range(5)
    ]
    decoder = FrameDecoder(clock=time.process_time)
    begun_s = time.process_time()
    for number in range(BUSY_FRAMES):
        colours = cv2.imdecode(desk[number % len(desk)], cv2.IMREAD_COLOR)
        if colours is not None:
            decoder.look(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False))
    return BUSY_FRAMES / (time.process_time() - begun_s)


def _pictures() -> ModuleType:
    # By its path: the folders of the tests are no packages.
    spec = importlib.util.spec_from_file_location("pictures", PICTURES)
    if spec is None or spec.loader is None:
        raise ImportError(f"{PICTURES} is no module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@contextmanager
def _one_core() -> Iterator[None]:
    allowed = os.sched_getaffinity(0)
    threads = cv2.getNumThreads()
    os.sched_setaffinity(0, {max(allowed)})
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)
        os.sched_setaffinity(0, allowed)
