"""Where a line may end: by word in Latin text, between any two characters in Chinese, never before a closing mark.

Source: GB/T 15834-2011 §5.1 (marks that may not begin or end a line); UAX #14, the subset a slip needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

Width = Callable[[str], float]
"""How many dots a text takes."""

NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕〗”’…—～·％℃%,.;:?!)]}>")
"""Marks that may not begin a line (避头)."""

NEVER_LAST = frozenset("（《〈「『【〔〖“‘￥¥$([{<№")
"""Marks that may not end a line (避尾)."""

_WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+")


def wrap(text: str, room: float, width: Width) -> list[str]:
    """Return ``text`` as lines no wider than ``room``; at least one line, and line feeds are kept.

    A single word or a chain of marks wider than ``room`` is cut between characters: nothing is ever lost.
    """
    return [line for paragraph in text.split("\n") for line in _fill(_units(paragraph), room, width)]


def balance(text: str, room: float, width: Width) -> list[str]:
    """Return ``text`` as no more lines than ``wrap`` needs, of nearly equal length: for centred titles.

    Where the lines allow it they end at spaces only: 「新生儿出生一件事 受理回执」 breaks between its two halves.
    """
    lines = wrap(text, room, width)
    if len(lines) < 2 or "\n" in text:
        return lines
    at_spaces = list(_fill(_phrases(text), room, width))
    units = list(_units(text))
    if len(at_spaces) <= len(lines) and all(width(phrase) <= room for phrase in text.split()):
        lines, units = at_spaces, list(_phrases(text))
    # Narrower than its widest piece a line would have to cut it.
    low, high = max(room / len(lines), *map(width, units)), room
    while high - low > 4:
        middle = (low + high) / 2
        tried = list(_fill(units, middle, width))
        if len(tried) <= len(lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _fill(units: Iterable[str], room: float, width: Width) -> Iterator[str]:
    line = ""
    for unit in units:
        if width((line + unit).rstrip()) <= room:
            line += unit
            continue
        if line.strip():
            yield line.rstrip()
        line = unit.lstrip()
        while width(line.rstrip()) > room and len(line) > 1:
            head = _longest_head(line, room, width)
            yield line[:head]
            line = line[head:]
    yield line.rstrip()


def _longest_head(text: str, room: float, width: Width) -> int:
    """Return how many characters of ``text`` fit into ``room``; one, when not even one does."""
    head = 1
    while head < len(text) and width(text[: head + 1]) <= room:
        head += 1
    return head


def _phrases(text: str) -> Iterator[str]:
    """Cut ``text`` at its spaces only; joined the pieces are ``text``."""
    return iter(re.findall(r"\s+|\S+", text))


def _units(text: str) -> Iterator[str]:
    """Cut ``text`` into pieces that stay together; joined they are ``text``."""
    unit = ""
    for piece in _pieces(text):
        sticks = piece[0] in NEVER_FIRST or (unit and unit[-1] in NEVER_LAST)
        if unit and not sticks:
            yield unit
            unit = ""
        unit += piece
    if unit:
        yield unit


def _pieces(text: str) -> Iterator[str]:
    """Cut ``text`` into words, single ideographs and single spaces."""
    at = 0
    while at < len(text):
        word = _WORD.match(text, at)
        piece = word.group() if word else text[at]
        yield piece
        at += len(piece)
