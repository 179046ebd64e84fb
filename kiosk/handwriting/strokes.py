"""What a written character looks like to the recogniser: where ink lies, and which way the finger went there.

The picture of the ink is divided into 8 by 8 cells; each cell knows how much of the ink in and around it goes each of
eight ways. Nothing of it depends on the order of strokes, on how many there are, or on where the finger was lifted:
people who write cursively (连笔) or in another order than schools teach are read as well.

Source: eight-directional features after moment normalisation, as described by Bai and Huo, "A study on the use of
8-directional features for online handwritten Chinese character recognition" (ICDAR 2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Stroke = tuple[Point, ...]
"""Points of one touch of the finger, y downwards, in any unit."""
Floats = NDArray[np.float32]
Line = NDArray[np.float64]
"""Points as rows."""

CELLS: Final = 8
"""Cells along each side of the picture."""
WAYS: Final = 8
"""Directions that are told apart."""
FEATURES: Final = CELLS * CELLS * WAYS

_STEPS: Final = 32
"""Steps that a line across the whole character is cut into."""
_SPREAD: Final = 0.75
"""How far ink is felt, in cells (standard deviation)."""
_KEPT_SHAPE: Final = 0.9
"""How much a narrow character is widened: 1 not at all, 0 to a square. 一 and 日 must not become the same."""
_NARROWEST: Final = 0.25
"""Least width that is made of a narrow character, of its height."""
_DOT: Final = 0.01
"""Half the length of a touch that did not move, of the character's size: it goes down to the right as a 丶 does."""
MOST_STROKES: Final = 64
"""More is scribbling; the character with most strokes in the national list has 36."""
MOST_POINTS: Final = 4096
"""Points of one character; a finger gives about 120 a second."""


def features(strokes: Sequence[Stroke]) -> Floats:
    """Return what ``strokes`` look like: ``FEATURES`` numbers of length 1 together; all 0 where nothing was written.

    Moving or scaling all strokes changes nothing. At most ``MOST_STROKES`` strokes and ``MOST_POINTS`` points are
    looked at; points that are no finite numbers are left out.
    """
    lines = _lines(strokes)
    if not lines:
        return np.zeros(FEATURES, np.float32)
    starts, ends = _steps(lines)
    middles, moves = (starts + ends) / 2, ends - starts
    lengths = np.hypot(moves[:, 0], moves[:, 1]) + 1e-12
    centre = lengths @ middles / lengths.sum()
    spread = np.sqrt(lengths @ (middles - centre) ** 2 / lengths.sum())
    widest = max(float(spread.max()), 1e-9)
    scale = 4 * np.maximum(widest * (np.maximum(spread, 1e-9) / widest) ** _KEPT_SHAPE, widest * _NARROWEST)
    places = ((middles - centre) / scale + 0.5) * CELLS - 0.5
    ink = _shared_among_ways(moves / scale)
    across, down = _felt(places[:, 0]), _felt(places[:, 1])
    picture = down.T @ (across[:, :, None] * ink[:, None, :]).reshape(len(ink), CELLS * WAYS)
    root = np.sqrt(picture.ravel())
    return np.asarray(root / np.linalg.norm(root), np.float32)


def _lines(strokes: Sequence[Stroke]) -> list[Line]:
    lines = []
    left = MOST_POINTS
    for stroke in strokes[:MOST_STROKES]:
        line = np.asarray(stroke[:left], np.float64).reshape(-1, 2)
        line = line[np.isfinite(line).all(axis=1) & (np.abs(line) < 1e9).all(axis=1)]
        left -= len(line)
        if len(line):
            lines.append(line)
    return lines


def _steps(lines: Sequence[Line]) -> tuple[Line, Line]:
    """Return begin and end of equal steps along all lines."""
    points = np.concatenate(lines)
    size = max(float(np.ptp(points, axis=0).max()), 1e-6)
    starts, ends = [], []
    for line in lines:
        walked = np.concatenate([[0.0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
        if walked[-1] < size * 1e-6:
            starts.append(line[:1] - size * _DOT)
            ends.append(line[:1] + size * _DOT)
            continue
        at = np.linspace(0, walked[-1], max(2, int(walked[-1] / size * _STEPS) + 1))
        even = np.stack([np.interp(at, walked, line[:, 0]), np.interp(at, walked, line[:, 1])], axis=1)
        starts.append(even[:-1])
        ends.append(even[1:])
    return np.concatenate(starts), np.concatenate(ends)


def _shared_among_ways(moves: Line) -> Line:
    """Return for each step how much of its length goes each way: to the two ways that it lies between."""
    turn = np.arctan2(moves[:, 1], moves[:, 0]) / (2 * np.pi) * WAYS
    first = np.floor(turn).astype(int)
    to_second = turn - first
    length = np.hypot(moves[:, 0], moves[:, 1])
    shared = np.zeros((len(moves), WAYS))
    row = np.arange(len(moves))
    shared[row, first % WAYS] += (1 - to_second) * length
    shared[row, (first + 1) % WAYS] += to_second * length
    return shared


def _felt(places: NDArray[np.float64]) -> Line:
    """Return for each place how much of it each cell of a side feels."""
    return np.asarray(np.exp(-((places[:, None] - np.arange(CELLS)) ** 2) / (2 * _SPREAD**2)), np.float64)
