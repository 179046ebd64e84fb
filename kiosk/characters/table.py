"""Finds a character by its parts, its sound or its code point, among all that the typefaces here have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

COLUMNS: Final = "character\tstrokes\tsounds\tparts"
LARGEST_BYTES: Final = 16 * 1024 * 1024
_ROW: Final = re.compile(
    r"([\u3400-\u9fff\U00020000-\U0002fa1f])\t([0-9]{1,2})\t([a-z ]{0,60})\t([\u3400-\u9fff]{0,99})"
)
_CODE: Final = re.compile(r"(?:U\+?)?([0-9A-F]{4,5})", re.IGNORECASE | re.ASCII)

SAME: Final = (
    "人亻", "刀刂", "心忄", "手扌", "水氵氺", "火灬", "犬犭", "示礻", "衣衤", "艸艹", "金钅釒",
    "言讠訁", "糸纟糹", "食饣飠", "玉王", "足⻊", "网罒", "攴攵", "辵辶", "竹⺮", "牛牜", "肉月",
    "龍龙", "魚鱼", "鳥鸟", "馬马", "車车", "貝贝", "見见", "門门", "頁页", "風风", "阜阝邑", "卩㔾",
    "齊齐", "長长", "麥麦", "龜龟", "齒齿", "黽黾", "羅罗", "侖仑", "會会", "夾夹", "東东", "來来",
    "單单", "當当", "婁娄", "僉佥", "堯尧", "義义", "喬乔", "華华", "盧卢", "監监", "樂乐", "爾尔",
    "韋韦", "專专",
)  # fmt: skip
"""Forms of one part: whoever looks for 水 means 氵 as well, and 龙 stands in Traditional characters as 龍."""

Rows = NDArray[np.int32]


class CharactersUnusable(Exception):
    """The table of characters is missing or damaged. Rare characters are not offered then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A character that may be meant."""

    character: str
    sounds: tuple[str, ...]
    code: str
    """As the register's clerks write it: ``4DAE``."""


class Table:
    """All characters with strokes, sounds and parts."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the table's lines without their head.

        Raises:
            CharactersUnusable: A line is no row.
        """
        characters: list[str] = []
        sounds: list[str] = []
        parts: list[str] = []
        strokes = bytearray()
        for line in lines:
            row = _ROW.fullmatch(line)
            if row is None:
                raise CharactersUnusable(f"line {len(characters) + 2} is no character")
            characters.append(row[1])
            strokes.append(int(row[2]))
            sounds.append(row[3])
            parts.append(row[4])
        self._characters = "".join(characters)
        self._sounds = tuple(sounds)
        self._strokes = np.frombuffer(bytes(strokes), np.uint8).astype(np.int32)
        self._row_of = {character: row for row, character in enumerate(characters)}
        flat = np.frombuffer("".join(parts).encode("utf-32-le"), np.uint32)
        owners = np.repeat(np.arange(len(parts), dtype=np.int32), np.fromiter(map(len, parts), np.int64, len(parts)))
        order = np.argsort(flat, kind="stable")
        self._flat, self._ends = flat, np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
        points, starts = np.unique(flat[order], return_index=True)
        rows = np.split(owners[order], starts[1:]) if len(points) else []
        self._having: dict[str, Rows] = {chr(point): row for point, row in zip(points.tolist(), rows, strict=True)}

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the table.

        Raises:
            CharactersUnusable: There is no such file, or it is none of ours.
        """
        try:
            if path.stat().st_size > LARGEST_BYTES:
                raise CharactersUnusable(f"{path.name}: larger than {LARGEST_BYTES} bytes")
            raw = path.read_bytes()
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise CharactersUnusable(f"{path.name}: {type(error).__name__}") from error
        return cls.from_bytes(raw)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Return the table that ``raw`` is.

        Raises:
            CharactersUnusable: It is none.
        """
        try:
            head, *lines = raw.decode("utf-8").split("\n")
        except UnicodeDecodeError as error:
            raise CharactersUnusable("not UTF-8") from error
        if head != COLUMNS or not lines or lines[-1] != "":
            raise CharactersUnusable("cut off, or another table")
        return cls(lines[:-1])

    def __len__(self) -> int:
        """Return how many characters there are."""
        return len(self._characters)

    def strokes(self, character: str) -> int:
        """Return how many strokes ``character`` has; 0 for one that is not known."""
        row = self._row_of.get(character)
        return 0 if row is None else int(self._strokes[row])

    def parts(self, chosen: Sequence[str] = (), sound: str = "") -> tuple[str, ...]:
        """Return the parts that can be added to ``chosen`` with something still found, the most useful first."""
        rows = self._rows(chosen, sound)
        if len(rows) == len(self):
            counts = {part: len(having) for part, having in self._having.items()}
        else:
            spans = zip(self._starts(rows), self._ends[rows], strict=True)
            inside = [self._flat[start:end] for start, end in spans]
            points, times = np.unique(np.concatenate(inside) if inside else self._flat[:0], return_counts=True)
            counts = {chr(point): time for point, time in zip(points.tolist(), times.tolist(), strict=True)}
        use = {part: sum(counts.get(form, 0) for form in _forms(part)) for part in counts}
        return tuple(sorted(counts, key=lambda part: (-use[part], part)))

    def found(self, chosen: Sequence[str] = (), sound: str = "", limit: int = 60) -> tuple[Found, ...]:
        """Return the characters that have every part of ``chosen`` and begin with ``sound``.

        The fewer strokes are left over, and then the fewer parts that nobody chose, the earlier: what was chosen whole
        comes first. By sound alone the commoner comes first. A part may be chosen twice. Nothing is found by nothing.
        """
        if not chosen and not sound:
            return ()
        rows = self._rows(chosen, sound)
        left = np.abs(self._strokes[rows] - sum(map(self.strokes, chosen)))
        silent = np.fromiter((not self._sounds[row] for row in rows), np.bool_, len(rows))
        rarity = np.zeros(len(rows), np.int32)
        if not chosen:
            rarity = np.fromiter((self._distance(row, sound) for row in rows.tolist()), np.int32, len(rows))
        best = rows[np.lexsort((rows, silent, self._unchosen(rows, chosen), left, rarity))][:limit]
        return tuple(self._found(int(row)) for row in best)

    def _unchosen(self, rows: Rows, chosen: Sequence[str]) -> NDArray[np.int64]:
        """Return how many parts each row has that are neither chosen nor within what is chosen."""
        said = {part for each in chosen for part in (each, *self._within(each))}
        strange = ~np.isin(self._flat, np.array([ord(part) for part in said], np.uint32))
        before = np.concatenate([[0], np.cumsum(strange)])
        return np.asarray(before[self._ends[rows]] - before[self._starts(rows)])

    def _within(self, character: str) -> str:
        row = self._row_of.get(character)
        if row is None:
            return ""
        start = int(self._starts(np.array([row], np.int32))[0])
        return "".join(map(chr, self._flat[start : self._ends[row]].tolist()))

    def _starts(self, rows: Rows) -> NDArray[np.int64]:
        """Return where the parts of each row begin."""
        return np.asarray(np.where(rows > 0, self._ends[rows - 1], 0))

    def _distance(self, row: int, sound: str) -> int:
        """Return how far a row is from what somebody means who gives a sound alone: that very syllable, and common."""
        return _rarity(self._characters[row]) + (0 if sound in self._sounds[row].split() else 3)

    def largest_parts(self, character: str) -> str:
        """Return the two parts of ``character`` with most strokes; empty for one that has none."""
        inside = sorted(self._within(character), key=self.strokes, reverse=True)
        return "".join(inside[:2])

    def at(self, code: str) -> Found | None:
        """Return the character of a code point: ``4DAE``, ``U+20BB7``."""
        match = _CODE.fullmatch(code.strip())
        row = None if match is None else self._row_of.get(chr(int(match[1], 16)))
        return None if row is None else self._found(row)

    def _found(self, row: int) -> Found:
        character = self._characters[row]
        return Found(character=character, sounds=tuple(self._sounds[row].split()), code=f"{ord(character):X}")

    def _rows(self, chosen: Sequence[str], sound: str) -> Rows:
        rows = np.arange(len(self), dtype=np.int32)
        for part in dict.fromkeys(chosen):
            forms = _forms(part)
            having = [self._having[form] for form in forms if form in self._having]
            itself = [np.array([self._row_of[form]], np.int32) for form in forms if form in self._row_of]
            rows = np.intersect1d(rows, np.concatenate(having + itself) if having + itself else rows[:0])
        if sound:
            kept = [row for row in rows.tolist() if any(each.startswith(sound) for each in self._sounds[row].split())]
            rows = np.array(kept, np.int32)
        return rows


def _rarity(character: str) -> int:
    """Return 0 for the common characters of one of the two scripts, 1 for the less common, 2 for all others.

    Source: GB/T 2312-1980, level 1 is rows 16 to 55; Big5 (1984), level 1 is A440 to C67E.
    """
    ranks: list[int] = []
    for charset, first, common, last in (("gb2312", 0xB0, 0xD7, 0xF7), ("big5", 0xA4, 0xC6, 0xF9)):
        try:
            lead = character.encode(charset)[0]
        except UnicodeEncodeError:
            continue
        ranks.append(0 if first <= lead <= common else 1 if lead <= last else 2)
    return min(ranks, default=2)


def _forms(part: str) -> str:
    """Return all forms of ``part``, itself among them."""
    return next((forms for forms in SAME if part in forms), part)
