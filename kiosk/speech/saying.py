"""From a text to sentences with their sound: from clips where they are, by a live voice, or as captions alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kiosk.session.preferences import Pace
from kiosk.speech.pcm import NoSound, Pcm, joined, silence
from kiosk.speech.reading import Piece, read
from kiosk.speech.script import Script
from kiosk.speech.sentences import sentences, width
from kiosk.speech.vocabulary import Vocabulary
from kiosk.speech.voices import Voice, VoiceSilent, VoiceStopped
from kiosk.words import Language

log = logging.getLogger(__name__)

PAUSE_S: Final = 0.35
"""After a sentence."""
GAP_S: Final = 0.04
"""Between the parts a sentence is joined from."""

PAUSES: Final = ("，", ",")
"""Words of a value that are no sound."""
_COMMA_S: Final = 0.18

_READ_S: Final = {Pace.SLOW: 0.32, Pace.USUAL: 0.25, Pace.QUICK: 0.19}
"""How long a character of Chinese is read; half of it for a Latin letter."""
_LEAST_READ_S: Final = 1.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One sentence."""

    caption: str
    """As it stands on the screen."""
    sound: Pcm | None
    """With the pause after it; None: nothing here can speak it."""
    duration_s: float
    """How long its caption stands: as long as the sound, or as long as reading takes."""


class Shelf(Protocol):
    """Where clips are kept."""

    def find(self, words: str, language: Language, pace: Pace) -> Pcm | None:
        """Return the clip of ``words``; None: there is none, or it is broken."""


class Speech:
    """What can be spoken here.

    Args:
        shelves: Clips, the first that has one counts; they may be of different voices.
        voice: Speaks what is in no clip; None: nothing does.
        vocabulary: What everybody may hear; None: nothing, unless somebody vouches for it.
    """

    def __init__(
        self, shelves: Sequence[Shelf] = (), voice: Voice | None = None, vocabulary: Vocabulary | None = None
    ) -> None:
        self._shelves = tuple(shelves)
        self._voice = voice
        self._vocabulary = vocabulary
        self._silent = False

    @property
    def audible(self) -> bool:
        """Whether anything at all can be spoken."""
        return bool(self._shelves) or self._voice is not None

    def perform(self, script: Script) -> Iterator[Said]:
        """Return the sentences of ``script`` one by one, as they are ready; what is private only into headphones.

        Raises nothing.
        """
        said: set[str] = set()
        for part in script.parts:
            text = part if script.vouched or script.headphones or self._public(part, script) else script.instead
            if text == script.instead and text in said:
                continue
            said.add(text)
            yield from self.say(text, script.language, script.pace)

    def stop(self) -> None:
        """End what a voice is speaking, from another thread: nobody waits for it any more."""
        if self._voice is not None:
            self._voice.stop()

    def _public(self, part: str, script: Script) -> bool:
        return self._vocabulary is not None and self._vocabulary.public(part, identified=script.identified)

    def say(self, text: str, language: Language, pace: Pace) -> Iterator[Said]:
        """Return the sentences of ``text`` one by one, as they are ready; blocks where a voice has to speak.

        Nothing of it is kept: what is spoken live may be anybody's name. Raises nothing.
        """
        for caption in sentences(text):
            sound = self._sound(caption, language, pace)
            if sound is not None:
                sound = joined((sound, silence(PAUSE_S, sound.rate_hz)))
            read_s = max(_LEAST_READ_S, _READ_S[pace] * width(caption))
            yield Said(caption=caption, sound=sound, duration_s=read_s if sound is None else sound.duration_s)

    def _sound(self, sentence: str, language: Language, pace: Pace) -> Pcm | None:
        pieces = read(sentence, language)
        if not pieces:
            return None
        for shelf in self._shelves:
            # the whole sentence sounds best; its parts are of the same voice at least
            sound = shelf.find(sentence, language, pace) or _from_parts(shelf, pieces, pace)
            if sound is not None:
                return sound
        return self._live(pieces, pace)

    def _live(self, pieces: Sequence[Piece], pace: Pace) -> Pcm | None:
        if self._voice is None:
            return None
        try:
            sound = render(self._voice, pieces, pace)
        except VoiceStopped:
            return None
        except (VoiceSilent, NoSound) as error:
            if not self._silent:
                log.warning("nothing is spoken live: %s", error)
            self._silent = True
            return None
        self._silent = False
        return sound


def render(voice: Voice, pieces: Sequence[Piece], pace: Pace) -> Pcm:
    """Speak a sentence: what is of one language in one breath, Latin words in Chinese by the English voice.

    Raises:
        VoiceSilent: it cannot be spoken now.
        NoSound: the voice speaks its languages at different rates.
    """
    runs: list[tuple[Language, str]] = []
    for piece in pieces:
        if runs and runs[-1][0] is piece.language:
            runs[-1] = (piece.language, runs[-1][1] + piece.said)
        else:
            runs.append((piece.language, piece.said))
    sounds = [voice.render(text, language, pace).trimmed() for language, text in runs]
    return _with_gaps(sounds)


def _from_parts(shelf: Shelf, pieces: Sequence[Piece], pace: Pace) -> Pcm | None:
    sounds: list[Pcm] = []
    for piece in pieces:
        for words in piece.words:
            if words in PAUSES:
                sounds.extend(silence(_COMMA_S, sound.rate_hz) for sound in sounds[-1:])
                continue
            sound = shelf.find(words, piece.language, pace)
            if sound is None:
                return None
            sounds.append(sound)
    try:
        return _with_gaps(sounds)
    except NoSound:
        return None  # clips of two voices


def _with_gaps(sounds: Sequence[Pcm]) -> Pcm:
    parts: list[Pcm] = []
    for sound in sounds:
        if parts:
            parts.append(silence(GAP_S, sound.rate_hz))
        parts.append(sound)
    return joined(parts)
