"""Amounts as they are read: in figures, and in words that cannot be altered by a stroke of the pen (大写)."""

from __future__ import annotations

from typing import Final

from kiosk import forms
from kiosk.words import Language

DIGITS: Final = {Language.ZH_HANS: "零壹贰叁肆伍陆柒捌玖", Language.ZH_HANT: "零壹貳參肆伍陸柒捌玖"}
PLACES: Final = ("", "拾", "佰", "仟")
GROUPS: Final = {Language.ZH_HANS: ("", "万", "亿", "万亿"), Language.ZH_HANT: ("", "萬", "億", "萬億")}
LOW: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS: Final = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
ONES: Final = (*LOW, *TEENS)
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LARGE: Final = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
MOST_FEN: Final = 10**14
"""One trillion yuan; no fee is larger."""


def figures(fen: int, language: Language) -> str:
    """Return an amount in figures."""
    return forms.shown_amount(fen, language)


def in_words(fen: int, language: Language) -> str:
    """Return an amount in words.

    Args:
        fen: The amount, from 0 to below ``MOST_FEN``.
        language: Of the words.

    Source: 正确填写票据和结算凭证的基本规定 (支付结算办法 附一): capital numerals, 整 after yuan and jiao.
    """
    if not 0 <= fen < MOST_FEN:
        message = f"no amount of money: {fen}"
        raise ValueError(message)
    yuan, rest = divmod(fen, 100)
    if language is Language.EN:
        cents = f" and {_english(rest)} fen" if rest else ""
        return f"{_english(yuan)} yuan{cents}".capitalize()
    digits = DIGITS[language]
    jiao, cent = divmod(rest, 10)
    whole = f"{_chinese(yuan, language)}元" if yuan or not rest else ""
    if not rest:
        return f"{whole}整"
    parts = whole
    if jiao:
        parts += f"{digits[jiao]}角"
    elif yuan:
        parts += digits[0]
    return f"{parts}{digits[cent]}分" if cent else f"{parts}整"


def _chinese(number: int, language: Language) -> str:
    """Return a whole number in capital numerals; several noughts in a row are said once."""
    digits, groups = DIGITS[language], GROUPS[language]
    if number == 0:
        return digits[0]
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        part = number // 10000**place % 10000
        if not part:
            gap = bool(said)
            continue
        if said and (gap or part < 1000):
            said += digits[0]
        said += _four(part, digits) + groups[place]
        gap = False
    return said


def _four(number: int, digits: str) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        said += (digits[0] if gap else "") + digits[digit] + PLACES[place]
        gap = False
    return said


def _english(number: int) -> str:
    if number < len(ONES):
        return ONES[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return TENS[tens - 2] + (f"-{ONES[rest]}" if rest else "")
    for size, name in LARGE:
        if number >= size:
            count, rest = divmod(number, size)
            return f"{_english(count)} {name}" + (f" {_english(rest)}" if rest else "")
    return ""
