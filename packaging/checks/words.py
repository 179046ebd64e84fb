"""The screen speaks with one voice (assets/i18n/README.md): ``packaging/checks/words``.

Every string of the pages, the view models, assets/i18n/sentences.yaml and the catalogue is held against the rules of
``words_chinese.py`` and ``words_english.py``; a line for each mistake says file, line and cure. The lists the rules use
are data: assets/i18n/voice.yaml (verbs, exceptions with reasons, limits) and assets/i18n/glossary.yaml (jargon).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import words_chinese
import words_english
import words_said
from words_said import ROOT, Said
from words_voice import Voice, load_voice

from kiosk.glossary import Use, load_glossary

TERMS = load_glossary()


def jargon(said: Said, explaining: frozenset[str]) -> Iterator[str]:
    """Yield what is said in words of offices and explained nowhere."""
    for each in TERMS:
        if not each.stands_in(said.words):
            continue
        name = each.term.zh_hans
        if each.use is Use.PLAIN:
            yield f"{name} is jargon: say 「{each.plain.zh_hans}」"
        elif each.use is Use.EXPLAINED and not said.looked_through and said.context not in explaining:
            yield (
                f"{name} must not stand alone: say 「{each.plain.zh_hans}」, or let the page explain it "
                "(its `said` holds the strings that are looked through)"
            )
    for each in TERMS:
        for word in each.avoid:
            if word.casefold() in words_chinese.shown(said.english).casefold():
                yield f"“{word}” is not understood: say “{each.plain.en}” or “{each.term.en}”"


def mistakes(voice: Voice) -> Iterator[str]:
    """Yield a line for each mistake."""
    screen = words_said.screen()
    explaining = words_said.explaining() | voice.explained_elsewhere
    for said in screen:
        found = [*words_chinese.mistakes(said, voice), *words_english.mistakes(said, voice), *jargon(said, explaining)]
        for mistake in found:
            yield f"{said.where}: {said.part} 「{said.words}」: {mistake}."
    for said in words_said.catalogue():
        found = [*words_chinese.writing(said, voice), *words_english.writing(said, voice)]
        for mistake in found:
            yield f"{said.where}: 「{said.words}」: {mistake}."
    for said in words_said.technicians():
        for mistake in (*words_chinese.writing(said, voice), *words_english.writing(said, voice)):
            yield f"{said.where}: 「{said.words}」: {mistake}."
    everything = {said.words for said in screen if said.part == "button"}
    for button in sorted(voice.excepted - everything):
        if button not in voice.reserved:
            yield f"assets/i18n/voice.yaml:1: button 「{button}」 is nowhere any more; delete the exception."


def main() -> int:
    """Return 0 when the voice is one."""
    if sys.argv[1:]:
        sys.exit(f"words: {sys.argv[1:]} is not known; give nothing")
    found = list(dict.fromkeys(mistakes(load_voice())))
    for line in found:
        sys.stderr.write(f"{line}\n")
    if found:
        sys.stderr.write(f"{len(found)} mistakes; how to write is told in {ROOT.name}/assets/i18n/README.md\n")
        return 1
    sys.stdout.write(f"{len(words_said.screen())} strings of the screen speak with one voice\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
