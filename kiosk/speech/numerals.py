"""Numbers in words, in Mandarin and in English, and the words they are joined from."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 10**16 - 1
"""Longer ones are read digit by digit."""

DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_MYRIADS: Final = ("", "万", "亿", "万亿")

_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_THOUSANDS: Final = ("", "thousand", "million", "billion", "trillion", "quadrillion")

ENGLISH_DIGITS: Final = _SMALL[:10]
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_IRREGULAR: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
ENGLISH_NUMBER_WORDS: Final = (*_SMALL, *_TENS[2:], "hundred", *_THOUSANDS[1:], "and", "point", "minus", "per cent")


def chinese(number: int) -> str:
    """Return ``number`` as it is said: 10 十, 110 一百一十, 1001 一千零一, 20000 两万.

    Source: GB/T 15835-2011, 4.2 and 5.1 (numerals in words); 两 before 千, 万, 亿 as it is spoken.

    Raises:
        ValueError: it is negative or longer than ``LARGEST``.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError("only 0 to 10^16 - 1 are said as a number")
    if number == 0:
        return DIGITS[0]
    groups: list[int] = []
    rest = number
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    said = ""
    pending = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            pending = bool(said)
            continue
        if said and (pending or group < 1000):
            said += DIGITS[0]
        pending = False
        # 万亿 is said once: 一万二千亿 has its 万 already, and 亿 closes both
        unit = _MYRIADS[place]
        if place == 3 and groups[2]:
            unit = "万"
        said += _two(_group(group), unit) + unit
    return said.removeprefix("一") if said.startswith("一十") else said


def _group(group: int) -> str:
    said, pending = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            pending = bool(said)
            continue
        if pending:
            said += DIGITS[0]
            pending = False
        said += ("两" if digit == 2 and place == 3 else DIGITS[digit]) + _PLACES[place]
    return said


def _two(group: str, unit: str) -> str:
    return "两" if group == "二" and unit else group


def digits(text: str, one: str = "一") -> str:
    """Return digits as they are said one by one; other letters stay.

    Args:
        text: Digits and letters.
        one: 幺 in telephone numbers.
    """
    return "".join(
        one if letter == "1" else DIGITS[int(letter)] if letter in "0123456789" else letter for letter in text
    )


def english(number: int) -> str:
    """Return ``number`` in words: 1,234 one thousand two hundred and thirty-four.

    Raises:
        ValueError: it is negative or longer than ``LARGEST``.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError("only 0 to 10^16 - 1 are said as a number")
    if number < 1000:
        return _english_group(number)
    words: list[str] = []
    rest, place = number, 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            said = _english_group(group)
            if place == 0 and group < 100:
                said = f"and {said}"
            words.insert(0, f"{said} {_THOUSANDS[place]}".strip())
        place += 1
    return " ".join(words)


def _english_group(group: int) -> str:
    if group < 20:
        return _SMALL[group]
    if group < 100:
        tens, ones = divmod(group, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(group, 100)
    return f"{_SMALL[hundreds]} hundred" + (f" and {_english_group(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """Return an English ordinal: first, twenty-second.

    Raises:
        ValueError: as ``english``.
    """
    said = english(number)
    head, mark, last = said.rpartition("-") if "-" in said.rpartition(" ")[2] else said.rpartition(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return head + mark + last
