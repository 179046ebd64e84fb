"""What is read aloud, and the tables that written and rare characters are looked up in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from kiosk.characters import CharactersUnusable, Table
from kiosk.handwriting import Model, ModelUnusable, Recogniser
from kiosk.speech.reading import read
from kiosk.speech.sentences import sentences
from kiosk.words import Language

from .registry import Target

ROOT: Final = Path(__file__).parents[2]
_HANDWRITING: Final = ROOT / "assets" / "handwriting" / "characters.msgpack"
_CHARACTERS: Final = ROOT / "assets" / "characters" / "characters.tsv"
_LANGUAGES: Final = tuple(Language)


def _reading(data: bytes) -> None:
    text = data[1:].decode("utf-8", "replace")
    language = _LANGUAGES[data[0] % len(_LANGUAGES)] if data else Language.ZH_HANS
    for sentence in sentences(text):
        read(sentence, language)


def _readings() -> Iterator[bytes]:
    for at, text in enumerate(
        ("2026年4月15日上午 9:30，138****8024，1,234.50 元", "一九九三 0.5% ½ U+4DAE", "24 yuan, 9:30")
    ):
        yield bytes([at]) + text.encode()


def _table(data: bytes) -> None:
    table = Table.from_bytes(data)
    table.found(table.parts()[:2], "l")
    table.at("4DAE")


@cache
def _tables() -> tuple[bytes, ...]:
    with _CHARACTERS.open("rb") as lines:
        return (b"".join(islice(lines, 20)), b"character\tstrokes\tsounds\tparts\n", b"")


@cache
def _models() -> tuple[bytes, ...]:
    whole = Model.read(_HANDWRITING)
    small = Model(whole.characters[:2], whole.projection, whole.templates[:2], "two characters")
    return (small.to_bytes(), b"\x80", b"\xdf\xff\xff\xff\xff", b"")


def _strokes(data: bytes) -> None:
    """Draw what the bytes say: an odd byte lifts the finger, each two make a point."""
    strokes: list[tuple[tuple[int, int], ...]] = []
    points: list[tuple[int, int]] = []
    for x, y in zip(data[::2], data[1::2], strict=False):
        points.append((x, y))
        if x % 2:
            strokes.append(tuple(points))
            points = []
    for candidate in _recogniser().candidates(tuple(strokes), Language.ZH_HANS):
        assert len(candidate) == 1


@cache
def _recogniser() -> Recogniser:
    return Recogniser(Model.read(_HANDWRITING))


TARGETS: Final = (
    Target(name="speech.reading", parse=_reading, seeds=_readings),
    Target(name="characters.table", parse=_table, allowed=(CharactersUnusable,), seeds=_tables),
    Target(
        name="handwriting.model",
        parse=Model.from_bytes,
        allowed=(ModelUnusable,),
        seeds=_models,
        longest_bytes=1 << 19,
    ),
    Target(name="handwriting.strokes", parse=_strokes, seeds=lambda: (b"\x10\x20\x31\x40", bytes(range(64)), b"")),
)
