"""How English is written on the screen: plain, British, in sentence case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from words_said import Said
from words_voice import Voice

_PLACE = re.compile(r"%L?\d|%n|\{\w+\}")
_SENTENCE = re.compile(r"(?<=[.?!;:])\s+|\n")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_VOWELS = re.compile(r"[aeiouy]+")
LEAST_WORDS = 8
"""A grade of fewer words says nothing."""


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, less a silent e."""
    word = word.casefold().replace("'", "").replace("’", "")
    count = len(_VOWELS.findall(word))
    if word.endswith("ed"):
        silent = not word.endswith(("ted", "ded"))
    else:
        silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, count - silent)


def grade(text: str) -> float:
    """Return the years of school a text asks for.

    Source: Flesch-Kincaid Grade Level (Kincaid, Fishburne, Rogers and Chissom, 1975).
    """
    sentences = [found for part in _SENTENCE.split(text) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < LEAST_WORDS:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def mistakes(said: Said, voice: Voice) -> Iterator[str]:
    """Yield what is wrong with the English of a string of the screen, each with its cure."""
    english = said.english
    if not english:
        return
    yield from writing(said, voice)
    if said.part != "sentence":
        if english.endswith(".") and said.part == "button":
            yield f"a button has no full stop: “{english}”"
        capitals = [
            word
            for part in re.split(r"[.:?…,“”·]\s*", _PLACE.sub("", english))
            for word in _WORD.findall(part)[1:]
            if word[0].isupper() and word not in voice.names and word != "I"
        ]
        if capitals:
            yield f"sentence case: {capitals[0]!r} in “{english}”; names stand in assets/i18n/voice.yaml"
    if english not in voice.hard_words and (found := grade(_PLACE.sub("it", english))) > voice.limits.english_grade:
        yield (
            f"plain English, grade {voice.limits.english_grade:g} at most, this is {found:.1f}: shorter words and "
            f"sentences for “{english}”, or a reason under hard in assets/i18n/voice.yaml"
        )


def writing(said: Said, voice: Voice) -> Iterator[str]:
    """Yield what is wrong with how any English string is written, each with its cure."""
    english = said.english
    if "!" in english:
        yield "no exclamation mark in English either"
    if '"' in english:
        yield f"quotation marks in English are “ ”: {english}"
    if re.search(r"\w'\w|s' ", english):
        yield f"the apostrophe is ’: {english}"
    if len(re.findall(r"\bplease\b", english, re.IGNORECASE)) > 1:
        yield f"one “please” is enough: “{english}”"
    for word in _WORD.findall(english):
        if british := voice.british.get(word.casefold()):
            yield f"British spelling: {british}, not {word}"
    if re.search(r"[，。：；？！、（）“”]", re.sub(r"[“”]|for example .*", "", english)):
        yield f"Chinese punctuation in English: “{english}”"
    if not voice.long_named & set(said.context.split(".")):
        longest = max(len(_WORD.findall(part)) for part in _SENTENCE.split(english))
        if longest > voice.limits.english_words:
            yield f"an English sentence has at most {voice.limits.english_words} words, this one {longest}: “{english}”"
