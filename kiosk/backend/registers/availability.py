"""When a register answers, and what is said when it does not. Pure: rules and a moment in, a pause or nothing out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

import msgspec

from kiosk.catalogue import Assurance, Register, RegisterHours
from kiosk.contract import PauseKind, RegisterPause
from kiosk.words import Text

LICENCES = "licence"
"""Name under which the licence library is asked and may be unavailable."""
LIBRARY = Register(id=LICENCES, name=Text(zh_hans="电子证照库", zh_hant="電子證照庫", en="The licence library"))

_WEEK = 7

_HOURS = Text(
    zh_hans="{name}{hours}可以查询，现在不在查询时间，{back}恢复。请您自己填写，由工作人员核对。",
    zh_hant="{name}{hours}可以查詢，現在不在查詢時間，{back}恢復。請您自己填寫，由工作人員核對。",
    en="{name} can be asked {hours}; it is back {back}. Please fill it in yourself; staff will check it.",
)
_PLANNED = Text(
    zh_hans="{name}{why}，{back}恢复。请您自己填写，由工作人员核对。",
    zh_hant="{name}{why}，{back}恢復。請您自己填寫，由工作人員核對。",
    en="{name}: {why}. It is back {back}. Please fill it in yourself; staff will check it.",
)
_OUTAGE = Text(
    zh_hans="{name}暂时没有回答。请您自己填写，由工作人员核对。",
    zh_hant="{name}暫時沒有回答。請您自己填寫，由工作人員核對。",
    en="{name} does not answer at the moment. Please fill it in yourself; staff will check it.",
)
_OUTAGE_UNTIL = Text(
    zh_hans="{name}暂时没有回答，预计{back}恢复。请您自己填写，由工作人员核对。",
    zh_hant="{name}暫時沒有回答，預計{back}恢復。請您自己填寫，由工作人員核對。",
    en="{name} does not answer; it is expected back {back}. Please fill it in yourself; staff will check it.",
)
_ASSURANCE = Text(
    zh_hans="{name}要由工作人员当面核实身份以后才能查询。请您自己填写，或者到窗口办理。",
    zh_hant="{name}要由工作人員當面核實身份以後才能查詢。請您自己填寫，或者到窗口辦理。",
    en="{name} can be asked after staff have checked in person who you are. Fill it in yourself, or go to a counter.",
)
_MAINTAINED = Text(zh_hans="正在维护", zh_hant="正在維護", en="under maintenance")
_EVERY_DAY = Text(zh_hans="每天 {from_}–{to}", zh_hant="每天 {from_}–{to}", en="every day from {from_} to {to}")
_SOME_DAYS = Text(zh_hans="{days} {from_}–{to}", zh_hant="{days} {from_}–{to}", en="{days} from {from_} to {to}")
_TODAY = Text(zh_hans="今天 {at} ", zh_hant="今天 {at} ", en="today at {at}")
_TOMORROW = Text(zh_hans="明天 {at} ", zh_hant="明天 {at} ", en="tomorrow at {at}")
_LATER = Text(zh_hans="{month}月{day}日 {at} ", zh_hant="{month}月{day}日 {at} ", en="on {day} {name} at {at}")
_CHINESE_DAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Switched(msgspec.Struct, frozen=True, kw_only=True):
    """An outage that an operator has switched or announced."""

    register: str
    is_planned: bool
    begins: datetime
    ends: datetime | None
    """None: until somebody switches it on again."""
    says: Text | None = None


def pause_of(
    register: Register, switched: Iterable[Switched], assurance: Assurance, now: datetime
) -> RegisterPause | None:
    """Return why ``register`` does not answer at ``now``, or None: it answers.

    What the person can change (who they are proven to be) is said first, then what is longest.
    """
    if assurance < register.assurance:
        return _pause(register, PauseKind.ASSURANCE, _ASSURANCE, None)
    planned = [
        Switched(register=register.id, is_planned=True, begins=each.begins, ends=each.ends, says=each.says)
        for each in register.outages
    ]
    on_now = [
        each
        for each in (*switched, *planned)
        if each.register == register.id and each.begins <= now and (each.ends is None or now < each.ends)
    ]
    if on_now:
        longest = max(on_now, key=lambda each: (each.ends is None, each.ends or now))
        return _out(register, longest, now)
    if register.hours is not None and not _is_open(register.hours, now):
        back = _opens(register.hours, now)
        says = _filled(_HOURS, hours=_hours(register.hours), back=_back(back, now))
        return _pause(register, PauseKind.HOURS, says, back)
    return None


def silent(register: Register) -> RegisterPause:
    """Return the pause of a register that was asked and did not answer in time."""
    return _pause(register, PauseKind.OUTAGE, _OUTAGE, None)


def _out(register: Register, outage: Switched, now: datetime) -> RegisterPause:
    if outage.ends is None:
        kind = PauseKind.PLANNED if outage.is_planned else PauseKind.OUTAGE
        return _pause(register, kind, _OUTAGE, None)
    ends = outage.ends.astimezone(now.tzinfo)
    if not outage.is_planned:
        return _pause(register, PauseKind.OUTAGE, _filled(_OUTAGE_UNTIL, back=_back(ends, now)), ends)
    says = _filled(_PLANNED, why=outage.says or _MAINTAINED, back=_back(ends, now))
    return _pause(register, PauseKind.PLANNED, says, ends)


def _pause(register: Register, kind: PauseKind, says: Text, until: datetime | None) -> RegisterPause:
    return RegisterPause(
        register=register.id, name=register.name, kind=kind, says=_filled(says, name=register.name), until=until
    )


def _is_open(hours: RegisterHours, now: datetime) -> bool:
    clock = f"{now:%H:%M}"
    return now.isoweekday() in hours.days and hours.opens <= clock < hours.closes


def _opens(hours: RegisterHours, now: datetime) -> datetime:
    """Return the next moment it opens after ``now``, at which it is closed."""
    opens = time.fromisoformat(hours.opens)
    for ahead in range(_WEEK + 1):
        day = now.date() + timedelta(days=ahead)
        moment = datetime.combine(day, opens, now.tzinfo)
        if moment > now and day.isoweekday() in hours.days:
            return moment
    raise ValueError("a register that is open on no day")


def _hours(hours: RegisterHours) -> Text:
    if len(set(hours.days)) == _WEEK:
        return _EVERY_DAY.filled(from_=hours.opens, to=hours.closes)
    days = sorted(set(hours.days))
    chinese = "周" + "、".join(_CHINESE_DAYS[day - 1] for day in days)
    english = ", ".join(_ENGLISH_DAYS[day - 1] for day in days)
    named = Text(zh_hans=chinese, zh_hant=chinese.replace("周", "週"), en=english)
    return _filled(_SOME_DAYS, days=named, from_=_same(hours.opens), to=_same(hours.closes))


def _back(moment: datetime, now: datetime) -> Text:
    at = f"{moment:%H:%M}"
    ahead = (moment.date() - now.date()).days
    if ahead == 0:
        return _TODAY.filled(at=at)
    if ahead == 1:
        return _TOMORROW.filled(at=at)
    return _LATER.filled(month=str(moment.month), day=str(moment.day), name=_ENGLISH_MONTHS[moment.month - 1], at=at)


def _filled(text: Text, **values: Text) -> Text:
    """Return ``text`` with texts filled in, each in its own language; what is not given stays to be filled."""

    def each(words: str, language: str) -> str:
        for name, value in values.items():
            words = words.replace("{" + name + "}", getattr(value, language))
        return words

    return Text(zh_hans=each(text.zh_hans, "zh_hans"), zh_hant=each(text.zh_hant, "zh_hant"), en=each(text.en, "en"))


def _same(text: str) -> Text:
    return Text(zh_hans=text, zh_hant=text, en=text)
