"""Values as they are said in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from kiosk.speech.numerals import ENGLISH_DIGITS, ENGLISH_NUMBER_WORDS, LARGEST, MONTHS, english, ordinal

_N: Final = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_CASE: Final = r"[A-Z]{1,8}[-/]?[0-9]{3,}(?:[-/]?[0-9A-Z]+)*|[0-9]{3,}(?:-[0-9A-Z]{2,}){2,}"
_MONTH_NAMES: Final = "|".join(f"{name}|{name[:3]}" for name in MONTHS)

VALUE: Final = re.compile(
    rf"""
      (?P<masked> (?<![0-9A-Za-z]) [0-9A-Za-z]{{0,12}} (?:\s?[*＊●•×]{{2,}})+ \s? [0-9]{{0,12}} )
    | (?P<date> (?P<year>[12][0-9]{{3}}) [-/.] (?P<month>1[0-2]|0?[1-9]) [-/.]
        (?P<day>3[01]|[12][0-9]|0?[1-9]) (?![0-9]) )
    | (?P<written> (?<![0-9]) (?P<theday>3[01]|[12][0-9]|0?[1-9]) \s (?P<named>{_MONTH_NAMES})\b
        (?: ,? \s (?P<theyear>[12][0-9]{{3}}) (?![0-9]) )? )
    | (?P<time> (?<![0-9]) (?P<hour>[01]?[0-9]|2[0-4]) : (?P<minute>[0-5][0-9]) (?: : [0-5][0-9] )? (?![0-9]) )
    | (?P<amount> (?: [¥] | \b(?:CNY|RMB)\b ) \s* (?P<figure>{_N}) (?:\.(?P<cents>[0-9]{{1,2}}))? (?![0-9])
        (?: \s* yuan )? )
    | (?P<phone> (?<![0-9]) (?: (?:\+?86[ -]?)? 1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}} | 0[0-9]{{2,3}}-[0-9]{{7,8}}
        | [48]00-?[0-9]{{3}}-?[0-9]{{4}} ) (?![0-9]) )
    | (?P<hotline> (?: (?<=[Cc]all) | (?<=[Hh]otline) | (?<=[Tt]elephone) | (?<=[Nn]umber) ) :? \s+
        (?P<dialled>[0-9]{{3,12}}) (?![0-9]) )
    | (?P<identity> (?<![0-9A-Z]) [0-9]{{17}}[0-9Xx] (?![0-9A-Za-z]) )
    | (?P<case> (?<![0-9A-Za-z]) (?:{_CASE}) (?![0-9A-Za-z]) )
    | (?P<percent> (?P<whole>{_N}) (?:\.(?P<part>[0-9]+))? \s* % )
    | (?P<range> (?<![0-9.-]) (?P<from>{_N}) \s? [-~–—] \s? (?P<to>{_N}) (?![0-9.-]) )
    | (?P<copied> (?<![0-9]) 0[0-9]+ | [0-9]{{9,}} )
    | (?P<nth> (?P<ordinal>[0-9]{{1,4}})(?:st|nd|rd|th)\b )
    | (?P<number> (?P<sign>(?<![0-9A-Za-z])[-−])? (?P<int>{_N}) (?:\.(?P<decimals>[0-9]+))?
        (?P<unit> \s* (?:mm|cm|km|kg|m²|m2|㎡|°C|℃|MB|GB|KB) (?![A-Za-z]) )? )
    """,
    re.VERBOSE,
)
"""The first that fits, from the most special to plain numbers."""

_UNITS: Final = {
    "mm": "millimetres",
    "cm": "centimetres",
    "km": "kilometres",
    "kg": "kilograms",
    "m²": "square metres",
    "m2": "square metres",
    "㎡": "square metres",
    "°C": "degrees Celsius",
    "℃": "degrees Celsius",
    "MB": "megabytes",
    "GB": "gigabytes",
    "KB": "kilobytes",
}


def words_of(found: re.Match[str]) -> tuple[str, ...]:
    """Return the words a value is said in."""
    return _SAYS[str(found.lastgroup)](found)  # the group that was closed last is the one around all others


def _masked(found: re.Match[str]) -> tuple[str, ...]:
    shown = re.split(r"[*＊●•×\s]+", found.group("masked"))
    words = _grouped(shown[0])
    if shown[-1]:
        words = (*words, *((",",) if words else ()), "ending in", *_grouped(shown[-1]))
    return words or ("hidden",)


def _date(found: re.Match[str]) -> tuple[str, ...]:
    return (
        ordinal(int(found.group("day"))),
        MONTHS[int(found.group("month")) - 1],
        *_year_words(int(found.group("year"))),
    )


def _written(found: re.Match[str]) -> tuple[str, ...]:
    month = next(name for name in MONTHS if name.startswith(found.group("named")))
    year = found.group("theyear")
    return (ordinal(int(found.group("theday"))), month, *(_year_words(int(year)) if year else ()))


def _year_words(year: int) -> tuple[str, ...]:
    century, rest = divmod(year, 100)
    if century == 20 and rest < 10:
        return _words(english(year))
    tail = (english(rest).split("-") if rest >= 10 else ["oh", english(rest)]) if rest else ["hundred"]
    return (*english(century).split("-"), *tail)


def _time(found: re.Match[str]) -> tuple[str, ...]:
    hour, minute = int(found.group("hour")), int(found.group("minute"))
    if minute == 0:
        return (*_words(english(hour)), "o'clock") if hour <= 12 else (*_words(english(hour)), "hundred")
    return (*_words(english(hour)), *(("oh",) if minute < 10 else ()), *_words(english(minute)))


def _amount(found: re.Match[str]) -> tuple[str, ...]:
    cents = int((found.group("cents") or "").ljust(2, "0"))
    words = (*_number_words(found.group("figure")), "yuan")
    return (*words, *_words(english(cents))) if cents else words


def _phone(found: re.Match[str]) -> tuple[str, ...]:
    plain = re.sub(r"^\+?86[ -]?(?=1)", "", found.group("phone"))
    number = re.sub(r"[ -]", "", plain)
    groups = plain.split("-") if "-" in plain else [number[:3], number[3:7], number[7:]]
    return _one_by_one(groups)


def _dialled(found: re.Match[str]) -> tuple[str, ...]:
    return _one_by_one([found.group("dialled")])


def _identity(found: re.Match[str]) -> tuple[str, ...]:
    number = found.group("identity").upper()
    return _one_by_one([number[:6], number[6:10], number[10:14], number[14:]])


def _case(found: re.Match[str]) -> tuple[str, ...]:
    words: list[str] = []
    for part in re.findall(r"[A-Z]+|[0-9]+", found.group("case")):
        words += [","] * bool(words)
        words += _grouped(part)
    return tuple(words)


def _percent(found: re.Match[str]) -> tuple[str, ...]:
    part = found.group("part")
    return (*_number_words(found.group("whole")), *(("point", *_digits(part)) if part else ()), "per cent")


def _range(found: re.Match[str]) -> tuple[str, ...]:
    return (*_number_words(found.group("from")), "to", *_number_words(found.group("to")))


def _copied(found: re.Match[str]) -> tuple[str, ...]:
    return _grouped(found.group("copied"))


def _nth(found: re.Match[str]) -> tuple[str, ...]:
    return (ordinal(int(found.group("ordinal"))),)


def _number(found: re.Match[str]) -> tuple[str, ...]:
    decimals, unit = found.group("decimals"), (found.group("unit") or "").strip()
    return (
        *(("minus",) if found.group("sign") else ()),
        *_number_words(found.group("int")),
        *(("point", *_digits(decimals)) if decimals else ()),
        *((_UNITS[unit],) if unit else ()),
    )


_SAYS: Final[Mapping[str, Callable[[re.Match[str]], tuple[str, ...]]]] = {
    "masked": _masked,
    "date": _date,
    "written": _written,
    "time": _time,
    "amount": _amount,
    "phone": _phone,
    "hotline": _dialled,
    "identity": _identity,
    "case": _case,
    "percent": _percent,
    "range": _range,
    "copied": _copied,
    "nth": _nth,
    "number": _number,
}

ATOMS: Final = (
    *ENGLISH_NUMBER_WORDS,
    *MONTHS,
    *(ordinal(day) for day in range(1, 32)),
    *("yuan", "o'clock", "oh", "to", "ending in", "hidden"),
    *sorted(set(_UNITS.values())),
    *"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
"""Every word a value is joined from; rendered once. Ordinals beyond 31 are spoken live."""


def _number_words(figure: str) -> tuple[str, ...]:
    number = int(figure.replace(",", ""))
    return _grouped(str(number)) if number > LARGEST else _words(english(number))


def _words(said: str) -> tuple[str, ...]:
    return tuple(re.split(r"[ -]", said))


def _digits(text: str) -> tuple[str, ...]:
    return tuple(ENGLISH_DIGITS[int(letter)] if letter in "0123456789" else letter for letter in text)


def _one_by_one(groups: list[str]) -> tuple[str, ...]:
    words: list[str] = []
    for group in groups:
        words += [","] * bool(words)
        words += _digits(group)
    return tuple(words)


def _grouped(text: str) -> tuple[str, ...]:
    """Return letters and digits one by one, four and four, as somebody copies them down."""
    letters = text.upper()
    return _one_by_one([letters[at : at + 4] for at in range(0, len(letters), 4)])
