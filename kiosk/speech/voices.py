"""Voices: words in, sound out. A voice is a program of its own, so its licence and its crashes stay its own."""

from __future__ import annotations

import functools
import logging
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from kiosk.session.preferences import Pace
from kiosk.speech.pcm import NoSound, Pcm, from_wav
from kiosk.words import Language

log = logging.getLogger(__name__)

LIMIT_S: Final = 20.0
"""A voice that has not spoken a sentence by then hangs."""
LONGEST: Final = 2000
"""Characters a voice is given at once: a sentence on a screen has a tenth of it."""

_ESPEAK_VOICES: Final = {Language.ZH_HANS: "cmn-latn-pinyin", Language.ZH_HANT: "cmn-latn-pinyin", Language.EN: "en-gb"}
_ESPEAK_RATES: Final = {
    Language.ZH_HANS: {Pace.SLOW: 165, Pace.USUAL: 205, Pace.QUICK: 250},
    Language.EN: {Pace.SLOW: 130, Pace.USUAL: 160, Pace.QUICK: 200},
}
"""Words a minute as espeak-ng counts: 3.4, 4.4 and 5.7 characters a second in Chinese."""


class VoiceSilent(RuntimeError):
    """A voice gave no sound; the message says why, without the words it was given."""


class VoiceStopped(VoiceSilent):
    """Nobody waits for it any more."""


class Voice(Protocol):
    """Speaks."""

    @property
    def name(self) -> str:
        """Which voice it is: what another voice says is other sound, and stored apart."""

    def given(self, text: str, language: Language) -> str:
        """Return what it really reads: two texts that it reads alike sound alike."""

    def render(self, text: str, language: Language, pace: Pace) -> Pcm:
        """Speak ``text``, as ``kiosk.speech.reading`` wrote it; blocks for as long as the voice needs.

        Raises:
            VoiceSilent: it cannot be spoken now, or was stopped.
        """

    def stop(self) -> None:
        """End whatever is being rendered, from another thread; raises nothing."""


class Espeak:
    """eSpeak NG, by its program.

    Mandarin is given to it in Pinyin. Its own dictionary of Chinese characters does not know that 银行 is not yin xing,
    and its voice ``cmn`` of Debian 12 reads the Pinyin it looks up as English (1.51); ``cmn-latn-pinyin`` does not.

    Args:
        program: Its path.
        spell: Writes Chinese as Pinyin with the numbers of the tones.
    """

    def __init__(self, program: str, spell: Callable[[str], str]) -> None:
        self._program = program
        self._spell = spell
        self._programs = _Programs()

    @functools.cached_property
    def name(self) -> str:
        """See ``Voice.name``."""
        return f"espeak-ng {_version(self._program)}"

    def given(self, text: str, language: Language) -> str:
        """See ``Voice.given``."""
        return text if language is Language.EN else self._spell(text)

    def render(self, text: str, language: Language, pace: Pace) -> Pcm:
        """See ``Voice.render``."""
        rates = _ESPEAK_RATES[Language.EN if language is Language.EN else Language.ZH_HANS]
        return self._programs.said(
            [self._program, "-v", _ESPEAK_VOICES[language], "-s", str(rates[pace]), "-b", "1", "--stdin", "--stdout"],
            self.given(text, language),
        )

    def stop(self) -> None:
        """See ``Voice.stop``."""
        self._programs.stop()


class Command:
    """Any program that takes text on standard input and gives a WAV file on standard output.

    Args:
        command: Program and arguments; ``{language}`` and ``{pace}`` are filled in.
        name: What its sound is stored under.
        spell: None: it reads Chinese characters by itself.
    """

    def __init__(self, command: Sequence[str], name: str, spell: Callable[[str], str] | None = None) -> None:
        self._command = tuple(command)
        self.name = name
        self._spell = spell
        self._programs = _Programs()

    def given(self, text: str, language: Language) -> str:
        """See ``Voice.given``."""
        return text if self._spell is None or language is Language.EN else self._spell(text)

    def render(self, text: str, language: Language, pace: Pace) -> Pcm:
        """See ``Voice.render``."""
        filled: Mapping[str, str] = {"language": str(language), "pace": str(pace)}
        return self._programs.said([_filled(word, filled) for word in self._command], self.given(text, language))

    def stop(self) -> None:
        """See ``Voice.stop``."""
        self._programs.stop()


def _filled(word: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        word = word.replace("{" + name + "}", value)
    return word


class _Programs:
    """The programs that are speaking, on any thread."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()

    def said(self, command: Sequence[str], text: str) -> Pcm:
        """Return what ``command`` makes of ``text``. Raises ``VoiceSilent``."""
        try:
            # by standard input: the arguments of a process can be read by every other
            process = subprocess.Popen(  # noqa: S603  # the command is a setting; what is spoken is no part of it
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise VoiceSilent(f"{command[0]} does not speak: {error.strerror}") from error
        self._running.add(process)
        try:
            heard, _ = process.communicate(text[:LONGEST].encode(), LIMIT_S)
        except subprocess.TimeoutExpired:
            raise VoiceSilent(f"{command[0]} does not speak within {LIMIT_S:g} s") from None
        finally:
            self._running.discard(process)
            if process.poll() is None:
                process.kill()
                process.communicate()
        if process.returncode == -signal.SIGKILL:
            raise VoiceStopped(f"{command[0]} was stopped")
        if process.returncode:
            raise VoiceSilent(f"{command[0]} does not speak: it ended with {process.returncode}")
        try:
            return from_wav(heard)
        except NoSound as error:
            raise VoiceSilent(f"{command[0]} does not speak: {error}") from error

    def stop(self) -> None:
        """End all of them; from any thread."""
        for process in tuple(self._running):
            process.kill()


def _version(program: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # a fixed question to the program that was found
            [program, "--version"], capture_output=True, timeout=LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    words = done.stdout.decode(errors="replace").split()
    return next((word for word in words if word[:1].isdigit()), "unknown")


def espeak(spell: Callable[[str], str]) -> Espeak | None:
    """Return eSpeak NG where it is installed."""
    program = shutil.which("espeak-ng")
    return None if program is None else Espeak(program, spell)
