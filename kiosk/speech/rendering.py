"""Rendering: every word of the kiosk spoken once, before anybody comes."""

from __future__ import annotations

import functools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.session.preferences import Pace
from kiosk.speech import in_chinese, in_english
from kiosk.speech.clips import ClipsFull, Workshop, encoded
from kiosk.speech.pcm import NoSound
from kiosk.speech.reading import PLACEHOLDER, Piece, read, template
from kiosk.speech.saying import render
from kiosk.speech.sentences import sentences
from kiosk.speech.vocabulary import Own
from kiosk.speech.voices import Voice, VoiceSilent
from kiosk.words import Language

_AHEAD: Final = 32
"""Orders under way: enough for every processor, few enough to hold in memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """What came of it."""

    clips: int
    sounds: int
    """Rendered now; the rest was there, or is said alike."""
    silent: int
    """Which the voice could not say."""
    full: bool
    """Whether the rest did not fit."""
    held_bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Order:
    words: str
    language: Language
    pace: Pace
    pieces: tuple[Piece, ...]
    given: str


def render_clips(
    file: Path,
    voice: Voice,
    owns: Iterable[Own],
    *,
    paces: Sequence[Pace],
    most_mb: int,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Rendered:
    """Render ``owns`` and the words values are joined from, the most important first.

    Args:
        file: Appears whole when all is done; until then the one before it stays.
        voice: Speaks on as many threads as the machine has processors.
        owns: The kiosk's own words.
        paces: Each is rendered by itself.
        most_mb: What does not fit is left to the live voice.
        progress: Told how many are done of how many, now and then.

    Raises:
        OSError: the file cannot be written.
    """
    listed = list(owns)
    wanted = [order for pace in paces for order in _orders(listed, voice, pace)]
    with Workshop(file, voice.name, most_mb) as workshop, ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        bench = _Bench(workshop)
        for done, order in enumerate(wanted):
            if bench.full:
                break
            bench.take(order, functools.partial(threads.submit, _made, voice, order))
            if done % 100 == 0:
                progress(done, len(wanted))
        bench.settle_all()
        workshop.seal()
        progress(len(wanted), len(wanted))
        return Rendered(
            clips=bench.clips,
            sounds=bench.sounds,
            silent=bench.silent,
            full=bench.full,
            held_bytes=workshop.held_bytes,
        )


class _Bench:
    """Orders under way: rendered by several threads, put into the file by one, in the order they came."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._under_way: dict[str, Future[bytes]] = {}
        self._waiting: deque[_Order] = deque()
        self.clips = self.sounds = self.silent = 0
        self.full = False

    def take(self, order: _Order, start: Callable[[], Future[bytes]]) -> None:
        """Have an order carried out, unless its sound is there."""
        try:
            there = order.given in self._under_way or self._workshop.has(order.given)
        except ClipsFull:
            self.full = True
            return
        if not there:
            self._under_way[order.given] = start()
        self._waiting.append(order)
        if len(self._waiting) > _AHEAD:
            self._settle(self._waiting.popleft())

    def settle_all(self) -> None:
        """Wait for the rest."""
        while self._waiting:
            self._settle(self._waiting.popleft())

    def _settle(self, order: _Order) -> None:
        future = self._under_way.pop(order.given, None)
        try:
            if future is not None:
                self._workshop.add(order.given, future.result())
                self.sounds += 1
            if self._workshop.has(order.given):
                self._workshop.name(order.words, order.language, order.pace, order.given)
                self.clips += 1
        except (VoiceSilent, NoSound):
            self.silent += 1
        except ClipsFull:
            self.full = True


def _made(voice: Voice, order: _Order) -> bytes:
    return encoded(render(voice, order.pieces, order.pace))


def _orders(owns: Sequence[Own], voice: Voice, pace: Pace) -> Iterator[_Order]:
    seen: set[tuple[Language, str]] = set()
    for words, language, pieces in (*_atoms(), *_clips(owns)):
        if (language, words) not in seen and pieces:
            seen.add((language, words))
            given = "\n".join(f"{_tongue(each.language)} {voice.given(each.said, each.language)}" for each in pieces)
            yield _Order(words=words, language=language, pace=pace, pieces=pieces, given=f"{pace}\n{given}")


def _tongue(language: Language) -> Language:
    return Language.EN if language is Language.EN else Language.ZH_HANS


def _clips(owns: Sequence[Own]) -> Iterator[tuple[str, Language, tuple[Piece, ...]]]:
    for own in owns:
        for sentence in sentences(own.text):
            if PLACEHOLDER.search(sentence) is None:
                yield sentence, own.language, read(sentence, own.language)
            else:
                for piece in template(sentence, own.language):
                    yield piece.words[0], piece.language, (piece,)


def _atoms() -> Iterator[tuple[str, Language, tuple[Piece, ...]]]:
    for language in Language:
        for word in in_english.ATOMS if language is Language.EN else in_chinese.ATOMS:
            yield word, language, (Piece(said=word, words=(word,), language=language),)
