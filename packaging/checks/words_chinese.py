"""How Simplified Chinese is written on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from words_said import Said
from words_voice import Voice

HAN = r"[\u3400-\u9fff]"
_PLACE = re.compile(r"%L?\d|%n|\{\w+\}")
_SENTENCE = re.compile(r"[。？；\n]|(?<=。)")
_HALF = re.compile(rf"{HAN}[,;:?()]|[,;:?()]{HAN}")
_TIGHT = re.compile(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}")
# 2026年4月15日, 9点30分: dates and times are one word
_DATE = re.compile(r"\d+(?:年|月|日|点|分|号)(?:\d+(?:月|日|分))*")
_LOOSE = re.compile(rf"{HAN}(?<!例如) {HAN}|  (?!·)(?<!·  )|^ (?!·)| $")
_ISO = re.compile(r"(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])")
_EXAMPLE = re.compile(r"(?:例如|比如|写成)\W*\S*$")
_LONG_NUMBER = re.compile(r"(?<![\w-])\d{7,}(?![\w-])")
_MONEY = re.compile(r"[¥￥]\s*\d|\d元|\d(?:块钱|RMB)|\d人民币")


def shown(words: str) -> str:
    """Return ``words`` without their placeholders."""
    return _PLACE.sub("", words)


def mistakes(said: Said, voice: Voice) -> Iterator[str]:
    """Yield what is wrong with a string of the screen, each with its cure."""
    yield from writing(said, voice)
    words = said.words
    if said.part == "button":
        yield from button(words, voice)
    if said.part == "title":
        if words.endswith(("。", "；")):
            yield "a title ends without a full stop"
        length = len(shown(words))
        if length > voice.limits.title_characters:
            yield f"a title has at most {voice.limits.title_characters} characters, this one {length}"


def button(words: str, voice: Voice) -> Iterator[str]:
    """Yield what is wrong with the words on a button."""
    if re.search(r"[。；？]", words):
        yield "a button has no full stop"
    if len(shown(words)) > voice.limits.button_characters:
        yield f"a button has at most {voice.limits.button_characters} characters, this one {len(shown(words))}"
    if words in voice.excepted:
        return
    if not any(_deed(part, voice) for part in words.split("，")):
        yield (
            "a button is a verb and what it does that to, as 打印回执. Name the thing; verbs and exceptions with their "
            "reasons stand in assets/i18n/voice.yaml"
        )


def _deed(words: str, voice: Voice) -> bool:
    """Whether ``words`` have a verb and something else that is no adverb."""
    rest = words
    for verb in sorted(voice.verbs, key=len, reverse=True):
        if verb in rest:
            rest = rest.replace(verb, " ", 1)
            break
    else:
        return False
    for adverb in sorted(voice.adverbs, key=len, reverse=True):
        rest = rest.replace(adverb, " ")
    return bool(rest.strip(" “”"))


def writing(said: Said, voice: Voice) -> Iterator[str]:
    """Yield what is wrong with how any string is written, each with its cure."""
    words = said.words
    yield from _figures(words)
    yield from _signs(words)
    for phrase in voice.blame:
        if phrase in words:
            yield f"「{phrase}」 blames and does not help: say what happened and what to do next"
    if not voice.long_named & set(said.context.split(".")):
        longest = max((len(part.strip()) for part in _SENTENCE.split(shown(words))), default=0)
        limit = voice.limits.sentence_characters
        if longest > limit:
            yield f"a sentence has at most {limit} characters, this one {longest}: make two of it"


def _figures(words: str) -> Iterator[str]:
    """Yield dates, amounts and long numbers that are not written as they are said."""
    if (found := _ISO.search(words)) and not _EXAMPLE.search(words[: found.start()]):
        yield f"a date is written as it is said, 2026年4月15日, not {found[0]}; as an example to type put 例如 first"
    if (found := _LONG_NUMBER.search(words)) and not _EXAMPLE.search(words[: found.start()]):
        yield f"group the digits of {found[0]}, as in 010 6666 8888"
    if found := _MONEY.search(words):
        yield f"an amount is written 24 元, not {found[0]}"


def _signs(words: str) -> Iterator[str]:
    """Yield punctuation, spaces and forms of address that are not ours."""
    bare = shown(words)
    # what stands after 例如 is written as on the paper it is copied from
    told = re.split(r"例如\s", bare)[0]
    if "你" in words:
        yield "it is 您 everywhere, never 你"
    if re.search(r"[！!]", words):
        yield "no exclamation mark: end with 。"
    if found := _HALF.search(bare):
        yield f"full-width punctuation in Chinese: 「{found[0]}」"
    if found := _TIGHT.search(_DATE.sub("", told)):
        yield f"one space between Chinese and letters or digits: 「{found[0]}」"
    if re.search(r"[\"'「」『』]", words):
        yield "quotation marks in Simplified Chinese are “ ” and ‘ ’"
    if _LOOSE.search(re.split(r"例如\s", words)[0]):
        yield "no space between Chinese characters, none at the ends"
    if "..." in words or "。。" in words:
        yield "an ellipsis is …"
