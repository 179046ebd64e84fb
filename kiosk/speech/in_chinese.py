"""Values as they are said in Mandarin."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from kiosk.speech.numerals import LARGEST, chinese, digits

_N: Final = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_MEASURES: Final = "个個份人项項步位条條件页頁张張年天次种種台户戶所家本块塊句样樣类類部口字遍点點分秒周月元万萬亿億"
"""What is counted: two of it are 两."""
_CASE: Final = r"[A-Z]{1,8}[-/]?[0-9]{3,}(?:[-/]?[0-9A-Z]+)*|[0-9]{3,}(?:-[0-9A-Z]{2,}){2,}"

VALUE: Final = re.compile(
    rf"""
      (?P<masked> (?<![0-9A-Za-z]) [0-9A-Za-z]{{0,12}} (?:\s?[*＊●•×]{{2,}})+ \s? [0-9A-Za-z]{{0,12}} )
    | (?P<name> (?P<before>[\u4e00-\u9fff]{{0,2}}) (?P<stars>[*＊]{{1,3}}) (?P<after>[\u4e00-\u9fff]?)
        (?![\u4e00-\u9fff*＊]) )
    | (?P<date> (?P<year>[12][0-9]{{3}}) \s* [-/.年] \s* (?P<month>1[0-2]|0?[1-9])
        (?: \s* [-/.月] \s* (?P<day>3[01]|[12][0-9]|0?[1-9]) (?![0-9]) \s* 日? | \s* 月 | (?<=-[01][0-9]) (?![0-9-]) ) )
    | (?P<yearonly> (?P<theyear>[12][0-9]{{3}}) (?: \s*年(?!限|龄|期|以|内|后|前|来|间|满) ) )
    | (?P<time> (?<![0-9]) (?P<hour>[01]?[0-9]|2[0-4]) : (?P<minute>[0-5][0-9]) (?: : (?P<second>[0-5][0-9]) )?
        (?![0-9]) )
    | (?P<amount> (?: [¥] \s* (?P<figure>{_N}) (?:\.(?P<cents>[0-9]{{1,2}}))? (?![0-9]) \s* 元? )
        | (?: (?P<figure2>{_N}) (?:\.(?P<cents2>[0-9]{{1,2}})) \s* 元 ) )
    | (?P<mobile> (?<![0-9]) (?:\+?86[ -]?)? (?P<cell>1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}) (?![0-9]) )
    | (?P<landline> (?<![0-9]) 0[0-9]{{2,3}}-[0-9]{{7,8}} (?![0-9]) )
    | (?P<freephone> (?<![0-9]) [48]00-?[0-9]{{3}}-?[0-9]{{4}} (?![0-9]) )
    | (?P<hotline> (?<=热线|電話|电话|熱線|拨打|撥打|致电|致電|请拨|請撥|或打) \s* [:，]? \s* (?P<dialled>[0-9]{{3,12}})
        (?![0-9]) )
    | (?P<identity> (?<![0-9A-Z]) [0-9]{{17}}[0-9Xx] (?![0-9A-Za-z]) )
    | (?P<case> (?<![0-9A-Za-z]) (?:{_CASE}) (?![0-9A-Za-z]) )
    | (?P<percent> (?P<whole>{_N}) (?:\.(?P<part>[0-9]+))? \s* % )
    | (?P<fraction> (?<![0-9/]) (?P<over>[0-9]{{1,3}}) / (?P<under>[1-9][0-9]{{0,2}}) (?![0-9/]) )
    | (?P<range> (?<![0-9.-]) (?P<from>{_N}) \s? [-~～–—] \s? (?P<to>{_N}) (?![0-9.-]) )
    | (?P<copied> (?<![0-9]) 0[0-9]+ | [0-9]{{9,}} )
    | (?P<number> (?P<nth>第\s*)? (?P<sign>(?<![0-9])[-−])? (?P<int>{_N}) (?:\.(?P<decimals>[0-9]+))?
        (?P<unit> \s* (?:mm|cm|km|kg|m²|m2|㎡|平方米|°C|℃|MB|GB|KB) (?![A-Za-z]) )?
        (?P<measure> \s* (?=[{_MEASURES}]) )? )
    """,
    re.VERBOSE,
)
"""The first that fits, from the most special to plain numbers."""

_UNITS: Final = {
    "mm": "毫米",
    "cm": "厘米",
    "km": "千米",
    "kg": "公斤",
    "m²": "平方米",
    "m2": "平方米",
    "㎡": "平方米",
    "平方米": "平方米",
    "°C": "摄氏度",
    "℃": "摄氏度",
    "MB": "兆",
    "GB": "吉",
    "KB": "千字节",
}


def words_of(found: re.Match[str]) -> tuple[str, ...]:
    """Return the words a value is said in."""
    return _SAYS[str(found.lastgroup)](found)  # the group that was closed last is the one around all others


def _masked(found: re.Match[str]) -> tuple[str, ...]:
    shown = re.split(r"[*＊●•×\s]+", found.group("masked"))
    words = _grouped(shown[0])
    if shown[-1]:
        words = (*words, *(("，",) if words else ()), "尾号", *_grouped(shown[-1]))
    return words or ("已隐去",)


def _name(found: re.Match[str]) -> tuple[str, ...]:
    return (found.group("before") + "某" * len(found.group("stars")) + found.group("after"),)


def _date(found: re.Match[str]) -> tuple[str, ...]:
    words = (*digits(found.group("year")), "年", *_split(chinese(int(found.group("month")))), "月")
    return words if found.group("day") is None else (*words, *_split(chinese(int(found.group("day")))), "日")


def _year(found: re.Match[str]) -> tuple[str, ...]:
    return (*digits(found.group("theyear")), "年")


def _time(found: re.Match[str]) -> tuple[str, ...]:
    hour, minute, second = (int(found.group(part) or 0) for part in ("hour", "minute", "second"))
    words = ["两", "点"] if hour == 2 else [*_split(chinese(hour)), "点"]
    if minute or second:
        words += [*(("零",) if 0 < minute < 10 else ()), *_split(chinese(minute)), "分"]
    if second:
        words += [*_split(chinese(second)), "秒"]
    return tuple(words)


def _amount(found: re.Match[str]) -> tuple[str, ...]:
    figure = _plain_number(found.group("figure") or found.group("figure2"))
    cents = (found.group("cents") or found.group("cents2") or "").ljust(2, "0")
    jiao, fen = int(cents[0]), int(cents[1])
    words: list[str] = []
    if int(figure) or not (jiao or fen):
        words += ["两" if int(figure) == 2 else "", "元"] if int(figure) == 2 else [*_number_words(figure), "元"]
    if jiao:
        words += [*_split(chinese(jiao)), "角"]
    elif fen and words:
        words.append("零")
    if fen:
        words += [*_split(chinese(fen)), "分"]
    return tuple(word for word in words if word)


def _mobile(found: re.Match[str]) -> tuple[str, ...]:
    number = re.sub(r"[ -]", "", found.group("cell"))
    return _one_by_one((number[:3], number[3:7], number[7:]), "幺")


def _dashed(found: re.Match[str]) -> tuple[str, ...]:
    return _one_by_one(re.split(r"-", found.group()), "幺")


def _dialled(found: re.Match[str]) -> tuple[str, ...]:
    return _one_by_one((found.group("dialled"),), "幺")


def _identity(found: re.Match[str]) -> tuple[str, ...]:
    number = found.group("identity").upper()
    return _one_by_one((number[:6], number[6:10], number[10:14], number[14:]), "一")


def _case(found: re.Match[str]) -> tuple[str, ...]:
    words: list[str] = []
    for part in re.findall(r"[A-Z]+|[0-9]+", found.group("case")):
        words += ["，"] * bool(words)
        words += _grouped(part)
    return tuple(words)


def _percent(found: re.Match[str]) -> tuple[str, ...]:
    whole, part = _plain_number(found.group("whole")), found.group("part")
    return ("百分之", *_number_words(whole), *(("点", *digits(part)) if part else ()))


def _fraction(found: re.Match[str]) -> tuple[str, ...]:
    return (*_split(chinese(int(found.group("under")))), "分之", *_split(chinese(int(found.group("over")))))


def _range(found: re.Match[str]) -> tuple[str, ...]:
    return (*_number_words(_plain_number(found.group("from"))), "到", *_number_words(_plain_number(found.group("to"))))


def _copied(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(_grouped(found.group("copied")))


def _number(found: re.Match[str]) -> tuple[str, ...]:
    figure, decimals = _plain_number(found.group("int")), found.group("decimals")
    words: tuple[str, ...] = _number_words(figure)
    if decimals:
        words = (*words, "点", *digits(decimals))
    elif figure == "2" and found.group("measure") is not None and not found.group("nth"):
        words = ("两",)
    if found.group("sign"):
        words = ("负", *words)
    if found.group("nth"):
        words = ("第", *words)
    unit = (found.group("unit") or "").strip()
    return (*words, _UNITS[unit]) if unit else words


_SAYS: Final[Mapping[str, Callable[[re.Match[str]], tuple[str, ...]]]] = {
    "masked": _masked,
    "name": _name,
    "date": _date,
    "yearonly": _year,
    "time": _time,
    "amount": _amount,
    "mobile": _mobile,
    "landline": _dashed,
    "freephone": _dashed,
    "hotline": _dialled,
    "identity": _identity,
    "case": _case,
    "percent": _percent,
    "fraction": _fraction,
    "range": _range,
    "copied": _copied,
    "number": _number,
}

ATOMS: Final = (
    *"零一二三四五六七八九十百千万亿两幺某",
    *("年", "月", "日", "点", "分", "秒", "元", "角", "负", "第", "到", "百分之", "分之", "尾号", "已隐去"),
    *sorted(set(_UNITS.values())),
    *"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
"""Every word a value is joined from; rendered once."""


def _number_words(figure: str) -> tuple[str, ...]:
    if int(figure) > LARGEST:
        return _grouped(figure)
    return _split(chinese(int(figure)))


def _plain_number(figure: str) -> str:
    return figure.replace(",", "")


def _split(said: str) -> tuple[str, ...]:
    return tuple(said)


def _one_by_one(groups: tuple[str, ...] | list[str], one: str) -> tuple[str, ...]:
    words: list[str] = []
    for group in groups:
        words += ["，"] * bool(words)
        words += digits(group, one)
    return tuple(words)


def _grouped(text: str) -> tuple[str, ...]:
    """Return letters and digits one by one, four and four, as somebody copies them down."""
    letters = text.upper()
    return _one_by_one([letters[at : at + 4] for at in range(0, len(letters), 4)], "一")
