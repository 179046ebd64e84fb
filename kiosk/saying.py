"""Numbers as people say them: days, times of day, amounts of money, numbers of telephones and bank cards.

What a screen shows is made here, so that it reads the same everywhere and can be spoken as it stands. Documents write a
date in full (``forms.shown_date``): they are read in other years.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from kiosk.words import Language

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_WEEKDAYS: Final = "一二三四五六日"
_NEAR: Final = {
    Language.ZH_HANS: ("今天", "明天", "后天"),
    Language.ZH_HANT: ("今天", "明天", "後天"),
    Language.EN: ("today", "tomorrow"),
}
_MOBILE: Final = re.compile(r"\+?(?:86)?\s*(1\d{2})(\d{4})(\d{4})")
_WITH_AREA: Final = re.compile(r"(0\d{2,3})-(\d{3,4})(\d{4})")
_LANDLINE: Final = re.compile(r"(010|02\d|0[3-9]\d{2})(\d{3,4})(\d{4})")
_SERVICE: Final = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")

_CLOCK: Final = r"(?:,? (?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
_CHINESE_DAY: Final = re.compile(rf"(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{_CLOCK}")
_ENGLISH_DAY: Final = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})\b{_CLOCK}")
_WRITTEN: Final = {Language.ZH_HANS: _CHINESE_DAY, Language.ZH_HANT: _CHINESE_DAY, Language.EN: _ENGLISH_DAY}


def whole_day(day: date, language: Language) -> str:
    """Return a day in full: 2026年4月15日, 15 April 2026."""
    if language is Language.EN:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def near_day(day: date, today: date | None, language: Language) -> str:
    """Return a day that concerns somebody now: 明天（4月16日）, 4月22日（星期三）; in full when it is in another year.

    Args:
        day: Which day.
        today: The day it is said on; None: not known, and the day is said in full.
        language: Which language to say it in.
    """
    if today is None or day.year != today.year:
        return whole_day(day, language)
    ahead = (day - today) // timedelta(days=1)
    named = _NEAR[language][ahead] if 0 <= ahead < len(_NEAR[language]) else ""
    if language is Language.EN:
        said = f"{day.day} {MONTHS[day.month - 1]}"
        return f"{named}, {said}" if named else f"{WEEKDAYS[day.weekday()]} {said}"
    said = f"{day.month}月{day.day}日"
    return f"{named}（{said}）" if named else f"{said}（星期{_WEEKDAYS[day.weekday()]}）"


def clock(at: time, language: Language) -> str:
    """Return a time of day: 上午 9:30, 下午 2:05; 9.30 am is written 9:30 am."""
    hour = at.hour % 12 or 12
    if language is Language.EN:
        return f"{hour}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"
    if at.hour < 6:
        part = "凌晨"
    elif at.hour < 12:
        part = "上午"
    elif at.hour < 13:
        part = "中午"
    elif at.hour < 18:
        part = "下午"
    else:
        part = "晚上"
    return f"{part} {at.hour if at.hour < 13 else at.hour - 12}:{at.minute:02}"


def moment(at: datetime, today: date | None, language: Language) -> str:
    """Return a day and a time, in the time zone ``at`` is in: 4月22日（星期三）上午 9:30."""
    day = near_day(at.date(), today, language)
    if language is Language.EN:
        return f"{day}, {clock(at.time(), language)}"
    return f"{day}{'' if day.endswith('）') else ' '}{clock(at.time(), language)}"


def amount(fen: int, language: Language) -> str:
    """Return an amount of money: 24 元, 1,234.50 元; 24 yuan."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    yuan = f"{sign}{fen // 100:,}" + (f".{fen % 100:02}" if fen % 100 else "")
    return f"{yuan} yuan" if language is Language.EN else f"{yuan} 元"


def phone(number: str) -> str:
    """Return a telephone number in groups: 138 0013 8000, 010 6666 8888; as it is when it is of no kind known.

    Source: mobile numbers 3-4-4, fixed lines with the area code first (电信网编号计划, 2017).
    """
    bare = number.strip()
    for kind in (_MOBILE, _WITH_AREA, _LANDLINE, _SERVICE):
        if found := kind.fullmatch(bare):
            return " ".join(found.groups())
    return number


def card(number: str) -> str:
    """Return the number of a bank card as it is printed on it, in groups of four: 6200 0000 0000 0000 000."""
    return " ".join(re.findall(r".{1,4}", number)) if re.fullmatch(r"\d{12,19}", number) else number


def nearer(text: str, today: date | None, language: Language) -> str:
    """Return ``text`` with the days of this year that are written in full in it said as they concern somebody now.

    What a department writes must hold in other years; what a screen shows is read today.
    """
    if today is None:
        return text

    def said(found: re.Match[str]) -> str:
        month = found["month"] if found["month"].isdigit() else str(MONTHS.index(found["month"]) + 1)
        try:
            day = date(int(found["year"]), int(month), int(found["day"]))
            at = None if found["hour"] is None else time(int(found["hour"]), int(found["minute"]))
        except ValueError:  # no such day: as it was written
            return found[0]
        if day.year != today.year:
            return found[0]
        return near_day(day, today, language) if at is None else moment(datetime.combine(day, at), today, language)

    return _WRITTEN[language].sub(said, text)
