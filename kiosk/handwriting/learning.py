"""Makes the file of characters from one drawing of each; how it was made, and the way to make it anew.

One drawing says what a character looks like, not what writers do to it. So drawings are varied as hands vary them
(size, slant, strokes that are too long, shifted or joined), and of the many numbers that describe a drawing those are
kept that such variation changes least and that differ most between characters (linear discriminant analysis).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from kiosk.handwriting.model import KEPT, Model
from kiosk.handwriting.strokes import FEATURES, Floats, Line, Stroke, features

SEED: Final = 7
"""The same drawings give the same file."""
VARIED: Final = 5000
"""Drawings that are varied to learn what writers do; more change nothing that can be measured."""
_SAME: Final = 0.5
"""How much every number is thought to vary alike: what was never seen to vary is not trusted without end."""
NOTICE: Final = (
    "Shapes of characters computed from hanzi-writer-data 2.0.1 (medians of strokes of Make Me a Hanzi, derived from "
    "the Arphic fonts AR PL KaitiM GB and Big5; copyright 1999 Arphic Technology Co., Ltd.). This file is a modified "
    "form: medians became direction features, see kiosk/handwriting/learning.py. It is under the Arphic Public "
    "License, ARPHICPL.TXT beside it."
)


class _Drawing(msgspec.Struct):
    medians: tuple[tuple[tuple[float, float], ...], ...]


def drawings(folder: Path) -> dict[str, tuple[Stroke, ...]]:
    """Return the characters of an unpacked ``hanzi-writer-data``: ``字.json`` each, with y upwards.

    Raises:
        OSError: The folder cannot be read.
        msgspec.MsgspecError: A file is no drawing.
    """
    found: dict[str, tuple[Stroke, ...]] = {}
    for path in sorted(folder.glob("*.json")):
        if len(path.stem) == 1 and ord(path.stem) >= 0x3400:
            drawing = msgspec.json.decode(path.read_bytes(), type=_Drawing)
            found[path.stem] = tuple(tuple((x, 900 - y) for x, y in line) for line in drawing.medians)
    return found


def varied(
    strokes: Sequence[Stroke],
    random: np.random.Generator,
    *,
    much: float = 1.0,
    joined: float = 0.0,
    mixed: bool = False,
) -> tuple[Stroke, ...]:
    """Return ``strokes`` as another hand might write them.

    Args:
        strokes: A drawing.
        random: Where chance comes from.
        much: How far off; 1 is a fair hand, 1.5 a poor one.
        joined: How likely the finger stays down between two strokes.
        mixed: In any other order.
    """
    points = np.concatenate([np.asarray(stroke, np.float64) for stroke in strokes])
    middle, size = (points.min(0) + points.max(0)) / 2, max(float(np.ptp(points, axis=0).max()), 1.0)
    turn, slant = random.normal(0, 0.09 * much), random.normal(0, 0.12 * much)
    wide, high = 1 + random.normal(0, 0.1 * much, 2)
    whole = _turned(turn) @ np.array([[wide, slant], [0, high]])
    bend = random.normal(0, 0.1 * much, (2, 3))
    lines = []
    for stroke in strokes:
        line = (_even(np.asarray(stroke, np.float64), size) - middle) / size
        at = line.mean(0)
        line = (line - at) @ _turned(random.normal(0, 0.09 * much)).T * (1 + random.normal(0, 0.1 * much)) + at
        line = (line + random.normal(0, 0.025 * much, 2) + random.normal(0, 0.008 * much, line.shape)) @ whole.T
        x, y = line[:, 0], line[:, 1]
        line = line + np.stack([bend[0, 0] * y * y + bend[0, 1] * x * y, bend[1, 0] * x * x + bend[1, 1] * x * y], 1)
        lines.append(line)
    if mixed:
        lines = [lines[index] for index in random.permutation(len(lines))]
    together = lines[:1]
    for line in lines[1:]:
        if random.random() < joined and float(np.hypot(*(together[-1][-1] - line[0]))) < 0.6:
            together[-1] = np.concatenate([together[-1], line])
        else:
            together.append(line)
    scale = random.uniform(300, 700)
    return tuple(tuple((float(x), float(y)) for x, y in line * scale + 500) for line in together)


def _turned(angle: float) -> Line:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _even(line: Line, size: float) -> Line:
    walked = np.concatenate([[0.0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
    at = np.linspace(0, walked[-1], max(3, int(walked[-1] / size * 24)))
    return np.stack([np.interp(at, walked, line[:, 0]), np.interp(at, walked, line[:, 1])], axis=1)


def learned(drawn: Mapping[str, Sequence[Stroke]], *, samples: int = VARIED) -> Model:
    """Return the model of ``drawn``."""
    random = np.random.default_rng(SEED)
    characters = tuple(drawn)
    looks = np.stack([features(drawn[character]) for character in characters])
    picked = random.choice(len(characters), samples, replace=samples > len(characters))
    off = [
        features(
            varied(
                drawn[characters[index]], random, much=random.uniform(0.6, 1.3), joined=0.25 if turn % 3 == 0 else 0.0
            )
        )
        - looks[index]
        for turn, index in enumerate(picked)
    ]
    projection = _telling(looks, np.stack(off))
    templates = looks @ projection
    lengths = np.linalg.norm(templates, axis=1, keepdims=True)
    return Model(characters, projection, np.asarray(templates / lengths, np.float32), NOTICE)


def _telling(looks: Floats, off: Floats) -> Floats:
    """Return the projection on what differs between characters and is alike between writers."""
    within = off.T @ off / len(off)
    values, vectors = np.linalg.eigh(within + _SAME * np.trace(within) / FEATURES * np.eye(FEATURES))
    white = vectors @ np.diag(values**-0.5)
    _, axes = np.linalg.eigh(np.cov((looks @ white).T))
    return np.asarray(white @ axes[:, -KEPT:] / 100, np.float32)


def main(arguments: Sequence[str]) -> int:
    """Write the file of characters from the folder of an unpacked ``hanzi-writer-data``."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.handwriting.learning", description=__doc__)
    parser.add_argument("drawings", type=Path, help="folder of an unpacked hanzi-writer-data")
    parser.add_argument("out", type=Path, help="assets/handwriting/characters.msgpack")
    asked = parser.parse_args(arguments)
    asked.out.write_bytes(learned(drawings(asked.drawings)).to_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
