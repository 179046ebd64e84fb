"""How well written characters are read: on drawings that the recogniser was not made from.

python -m tests.bench.handwriting kanjivg-20260714-py3-none-any.whl

The drawings are KanjiVG's (CC BY-SA 3.0, package ``kanjivg``); they are not part of this repository.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from kiosk.handwriting import Model, Recogniser, Stroke
from kiosk.handwriting.learning import varied
from kiosk.words import Language

FILE: Final = Path(__file__).parents[2] / "assets" / "handwriting" / "characters.msgpack"
CHARACTERS: Final = 400
_PART: Final = re.compile(r"[A-Za-z]|[-+]?(?:[0-9]*\.[0-9]+|[0-9]+)")
_PIECES: Final = np.linspace(0, 1, 8)[1:, None]


def kanjivg(wheel: Path) -> dict[str, tuple[Stroke, ...]]:
    """Return the drawings of KanjiVG, a path a stroke."""
    found: dict[str, tuple[Stroke, ...]] = {}
    with zipfile.ZipFile(wheel) as package:
        for name in package.namelist():
            point = re.fullmatch(r"kanji/([0-9a-f]{5})\.svg", name)
            if point is not None and int(point[1], 16) >= 0x4E00:
                paths = re.findall(r'<path[^>]* d="([^"]+)"', package.read(name).decode())
                found[chr(int(point[1], 16))] = tuple(_stroke(path) for path in paths)
    return found


def _stroke(path: str) -> Stroke:
    """Return points along a path of moves and cubic curves, the only ones KanjiVG has."""
    words = _PART.findall(path)
    at, handle, points, index, command = np.zeros(2), np.zeros(2), [], 0, "M"
    while index < len(words):
        if words[index].isalpha():
            command, index = words[index], index + 1
        count = {"M": 2, "C": 6, "S": 4}[command.upper()]
        given = np.array(words[index : index + count], float).reshape(-1, 2) + (at if command.islower() else 0)
        index += count
        if command.upper() == "M":
            at = handle = given[0]
            points.append(at)
            continue
        first, second, end = given if command.upper() == "C" else (2 * at - handle, *given)
        left = 1 - _PIECES
        points += list(left**3 * at + 3 * left**2 * _PIECES * first + 3 * left * _PIECES**2 * second + _PIECES**3 * end)
        at, handle = end, second
    return tuple((float(x), float(y)) for x, y in points)


def _lead(character: str, encoding: str) -> int:
    try:
        return character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


def main(arguments: Sequence[str]) -> int:
    """Print a row for each way of writing."""
    drawn = kanjivg(Path(arguments[0]))
    model = Model.read(FILE)
    recogniser = Recogniser(model)
    random = np.random.default_rng(3)
    known = sorted(set(drawn).intersection(model.characters))
    simplified = [character for character in known if _lead(character, "gb2312")]
    groups: dict[str, tuple[list[str], Language]] = {
        "GB 2312": (simplified, Language.ZH_HANS),
        "GB 2312 level 1": ([c for c in simplified if _lead(c, "gb2312") <= 0xD7], Language.ZH_HANS),
        "Big5 only": ([c for c in known if _lead(c, "big5") and not _lead(c, "gb2312")], Language.ZH_HANT),
    }
    hands: dict[str, Callable[[Sequence[Stroke]], Sequence[Stroke]]] = {
        "as drawn": lambda strokes: strokes,
        "a fair hand": lambda strokes: varied(strokes, random),
        "a poor hand": lambda strokes: varied(strokes, random, much=1.5),
        "in any order": lambda strokes: varied(strokes, random, mixed=True),
        "joined": lambda strokes: varied(strokes, random, joined=0.3),
    }
    for group, (characters, language) in groups.items():
        picked = random.choice(characters, min(CHARACTERS, len(characters)), replace=False)
        for hand, write in hands.items():
            ranks, times = [], []
            for character in picked:
                strokes = write(drawn[str(character)])
                begun = time.thread_time()
                found = recogniser.candidates(strokes, language)
                times.append(time.thread_time() - begun)
                ranks.append(found.index(character) if character in found else len(found))
            first, ten = statistics.mean(rank == 0 for rank in ranks), statistics.mean(rank < 10 for rank in ranks)
            worst = float(np.quantile(times, 0.95)) * 1000
            sys.stdout.write(f"{group:16} {hand:14} first {first:6.1%}  ten {ten:6.1%}  p95 {worst:.1f} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
