"""What can be spoken on this machine, by its settings."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.settings.model import SpeechSettings, SpeechVoice
from kiosk.speech.saying import Shelf, Speech
from kiosk.speech.voices import Command, Voice, espeak

if TYPE_CHECKING:
    from kiosk.catalogue import Catalogue
    from kiosk.words import Sentence

log = logging.getLogger(__name__)

CLIPS: Final = Path(__file__).parents[2] / "build" / "speech" / "clips.sqlite3"
"""Where clips are unless the settings say otherwise."""


def voice_of(settings: SpeechSettings) -> Voice | None:
    """Return the voice of this machine; None: it has none, or its program is not installed."""
    from kiosk.speech.pinyin import spell

    match settings.voice:
        case SpeechVoice.NONE:
            return None
        case SpeechVoice.ESPEAK_NG:
            return espeak(spell)
        case SpeechVoice.COMMAND:
            if shutil.which(settings.command[0]) is None:
                return None
            return Command(settings.command, settings.name, spell if settings.pinyin else None)


def speech_of(settings: SpeechSettings, catalogue: Catalogue, words: Mapping[str, Sentence]) -> Speech:
    """Return what can be spoken here; takes a moment, and what it loads nobody needs who is not spoken to.

    Raises:
        OSError, ValueError: a file of words is missing or wrong.
    """
    from kiosk.speech.vocabulary import Vocabulary, vocabulary

    voice = voice_of(settings)
    if voice is None and settings.voice is not SpeechVoice.NONE:
        log.warning("the voice %s is not installed: only clips are spoken", settings.voice)
    return Speech(_shelves(settings.clips or CLIPS), voice, Vocabulary(vocabulary(catalogue, words)))


def _shelves(file: Path) -> tuple[Shelf, ...]:
    if not file.exists():
        return ()
    from kiosk.speech.clips import Clips, ClipsError

    try:
        return (Clips(file),)
    except ClipsError as error:
        log.warning("%s", error)
        return ()
