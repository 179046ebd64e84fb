"""``kiosk speech``: render what is read aloud, and hear how something is read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.console import OK, USAGE, Commands, Wrong, add_settings, tell

if TYPE_CHECKING:
    from kiosk.settings import Settings


def add_speech(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add ``kiosk speech``."""
    speech = commands.add_parser("speech", help="render what is read aloud")
    actions = speech.add_subparsers(title="actions", metavar="ACTION", required=True)

    render = actions.add_parser(
        "render",
        help="speak every word of screens and catalogue into clips; only what is new is rendered again",
        description="Speak every word of screens and catalogue into clips, with the voice of the settings. What is "
        "there already is kept; the file is replaced in one go when all is done.",
    )
    render.add_argument("--to", type=Path, metavar="FILE", help="default: speech.clips of the settings")
    render.add_argument("--catalogue", type=Path, metavar="FOLDER", help="default: catalogue of the settings")
    render.add_argument(
        "--pace", action="append", choices=("slow", "usual", "quick"), help="default: usual; repeatable"
    )
    render.add_argument("--prompts", action="store_true", help="only what the screens ask, no names of services")
    add_settings(render)
    render.set_defaults(command=_render)

    say = actions.add_parser("say", help="write how a text is read, and its sound as WAV")
    say.add_argument("text", metavar="TEXT")
    say.add_argument("--language", choices=("zh-Hans", "zh-Hant", "en"), default="zh-Hans")
    say.add_argument("--pace", choices=("slow", "usual", "quick"), default="usual")
    say.add_argument("--to", type=Path, metavar="FILE", help="where the sound goes; without: only the words")
    add_settings(say)
    say.set_defaults(command=_say)


def _render(given: argparse.Namespace) -> int:
    from kiosk.session.preferences import Pace

    paces = tuple(Pace(pace) for pace in given.pace or ("usual",))
    render(_settings(given), given.catalogue, given.to, paces=paces, prompts=given.prompts)
    return OK


def render(
    settings: Settings,
    catalogue: Path | None,
    file: Path | None,
    *,
    paces: tuple[object, ...] = (),
    prompts: bool = False,
) -> None:
    """Render the clips of ``catalogue`` and the screens.

    Raises:
        Wrong: there is no voice, no catalogue, or no room.
    """
    from kiosk.catalogue import CatalogueError, load
    from kiosk.session.preferences import Pace
    from kiosk.settings.model import ASSETS
    from kiosk.speech.installed import CLIPS, voice_of
    from kiosk.speech.rendering import render_clips
    from kiosk.speech.vocabulary import vocabulary
    from kiosk.words import load_sentences

    voice = voice_of(settings.speech)
    if voice is None:
        raise Wrong("no voice is installed: apt-get install espeak-ng, or name another with speech.voice")
    try:
        loaded = load(catalogue or settings.catalogue)
    except CatalogueError as error:
        raise Wrong(f"the catalogue cannot be used:\n{error}") from error
    owns = vocabulary(loaded, load_sentences(ASSETS / "i18n" / "sentences.yaml"))
    try:
        done = render_clips(
            file or settings.speech.clips or CLIPS,
            voice,
            tuple(own for own in owns if own.prompt or not prompts),
            paces=tuple(Pace(str(pace)) for pace in paces) or (Pace.USUAL,),
            most_mb=settings.speech.most_mb,
            progress=_progress,
        )
    except OSError as error:
        raise Wrong(f"{error.filename}: {error.strerror}") from error
    tell(
        f"{done.clips} clips by {voice.name}, {done.sounds} sounds rendered now, {done.held_bytes / 1e6:.1f} MB"
        + (f", {done.silent} the voice could not say" if done.silent else "")
    )
    if done.full:
        tell("the rest did not fit and is spoken live: speech.most_mb of the settings allows more")


def _progress(done: int, every: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {every} clips", end="\n" if done == every else "", file=sys.stderr, flush=True)
    elif done % 2000 == 0 or done == every:
        tell(f"{done} of {every} clips")


def _say(given: argparse.Namespace) -> int:
    from kiosk.session.preferences import Pace
    from kiosk.speech.installed import voice_of
    from kiosk.speech.pcm import joined, to_wav
    from kiosk.speech.reading import read, spoken
    from kiosk.speech.saying import Speech
    from kiosk.words import Language

    language = Language(given.language)
    print(spoken(read(given.text, language)))
    if given.to is None:
        return OK
    voice = voice_of(_settings(given).speech)
    sounds = [said.sound for said in Speech(voice=voice).say(given.text, language, Pace(given.pace))]
    heard = [sound for sound in sounds if sound is not None]
    if not heard:
        raise Wrong("nothing can be spoken: apt-get install espeak-ng, or name another voice with speech.voice")
    try:
        given.to.write_bytes(to_wav(joined(heard)))
    except OSError as error:
        raise Wrong(f"{error.filename}: {error.strerror}") from error
    return OK


def _settings(given: argparse.Namespace) -> Settings:
    from kiosk import settings as settings_of
    from kiosk.settings import SettingsError

    try:
        return settings_of.load(given.settings)
    except SettingsError as error:
        raise Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
