"""Days, times, amounts and long numbers read as people say them, and say what they stand for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import saying
from kiosk.words import Language

HANS, HANT, EN = Language
LANGUAGES = st.sampled_from(Language)
TODAY = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("day", "hans", "hant", "english"),
    [
        (date(2026, 4, 15), "今天（4月15日）", "今天（4月15日）", "today, 15 April"),
        (date(2026, 4, 16), "明天（4月16日）", "明天（4月16日）", "tomorrow, 16 April"),
        (date(2026, 4, 17), "后天（4月17日）", "後天（4月17日）", "Friday 17 April"),
        (date(2026, 4, 22), "4月22日（星期三）", "4月22日（星期三）", "Wednesday 22 April"),
        (date(2026, 4, 14), "4月14日（星期二）", "4月14日（星期二）", "Tuesday 14 April"),
        (date(2027, 4, 15), "2027年4月15日", "2027年4月15日", "15 April 2027"),
    ],
)
def test_a_day_that_concerns_somebody_now(day: date, hans: str, hant: str, english: str) -> None:
    assert [saying.near_day(day, TODAY, language) for language in Language] == [hans, hant, english]


def test_without_a_today_a_day_is_said_in_full() -> None:
    assert saying.near_day(TODAY, None, HANS) == saying.whole_day(TODAY, HANS) == "2026年4月15日"
    assert saying.near_day(TODAY, None, EN) == "15 April 2026"


@given(st.dates(), st.dates(), LANGUAGES)
def test_a_day_always_says_its_number_and_month(day: date, today: date, language: Language) -> None:
    said = saying.near_day(day, today, language)
    if language is EN:
        assert f"{day.day} {saying.MONTHS[day.month - 1]}" in said
    else:
        assert f"{day.month}月{day.day}日" in said
    assert (str(day.year) in said) == (day.year != today.year)


@pytest.mark.parametrize(
    ("at", "chinese", "english"),
    [
        (time(0, 5), "凌晨 0:05", "12:05 am"),
        (time(9, 30), "上午 9:30", "9:30 am"),
        (time(12, 0), "中午 12:00", "12:00 pm"),
        (time(14, 5), "下午 2:05", "2:05 pm"),
        (time(18, 0), "晚上 6:00", "6:00 pm"),
    ],
)
def test_a_time_of_day(at: time, chinese: str, english: str) -> None:
    assert saying.clock(at, HANS) == saying.clock(at, HANT) == chinese
    assert saying.clock(at, EN) == english


@given(st.times(), LANGUAGES)
def test_a_time_can_be_told_from_every_other_of_its_day(at: time, language: Language) -> None:
    said = saying.clock(at, language)
    hour, minute = map(int, re.findall(r"\d+", said))
    assert minute == at.minute
    assert hour % 12 == at.hour % 12
    morning = ("am",) if language is EN else ("凌晨", "上午")
    assert any(part in said for part in morning) == (at.hour < 12)


def test_a_moment() -> None:
    assert saying.moment(datetime(2026, 4, 22, 9, 30, tzinfo=UTC), TODAY, HANS) == "4月22日（星期三）上午 9:30"
    assert saying.moment(datetime(2027, 4, 22, 14, 0, tzinfo=UTC), TODAY, HANS) == "2027年4月22日 下午 2:00"
    assert saying.moment(datetime(2026, 4, 16, 14, 0, tzinfo=UTC), TODAY, EN) == "tomorrow, 16 April, 2:00 pm"


@given(st.integers(-(10**15), 10**15), LANGUAGES)
def test_an_amount_reads_back_to_the_fen(fen: int, language: Language) -> None:
    said = saying.amount(fen, language)
    number, unit = said.split(" ")
    assert unit == ("yuan" if language is EN else "元")
    yuan, _, cents = number.lstrip("-").replace(",", "").partition(".")
    assert (int(yuan) * 100 + int(cents or 0)) * (-1 if number.startswith("-") else 1) == fen
    assert not said.startswith("-0 ")
    assert cents != "00"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("13800138000", "138 0013 8000"),
        ("+8613800138000", "138 0013 8000"),
        ("010-66668888", "010 6666 8888"),
        ("01066668888", "010 6666 8888"),
        ("07551234567", "0755 123 4567"),
        ("0100-0000000", "0100 000 0000"),
        ("4008123123", "400 812 3123"),
        ("12345", "12345"),
        ("138****8000", "138****8000"),
    ],
)
def test_a_telephone_number_is_said_in_groups(number: str, said: str) -> None:
    assert saying.phone(number) == said


@given(st.text("0123456789-+* ", max_size=16))
def test_no_digit_of_a_telephone_number_is_lost(number: str) -> None:
    digits = re.sub(r"\D", "", number)
    assert re.sub(r"\D", "", saying.phone(number)) in {digits, digits.removeprefix("86")}


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("请在 2026年4月22日 09:30 来。", HANS, "请在 4月22日（星期三）上午 9:30 来。"),
        ("2026年4月16日前交，2027年1月5日前补。", HANT, "明天（4月16日）前交，2027年1月5日前补。"),
        ("The visit: 22 April 2026 14:00.", EN, "The visit: Wednesday 22 April, 2:00 pm."),
        ("没有 2026年2月31日", HANS, "没有 2026年2月31日"),
    ],
)
def test_what_a_department_wrote_is_said_as_it_concerns_somebody_now(text: str, language: Language, said: str) -> None:
    assert saying.nearer(text, TODAY, language) == said
    assert saying.nearer(text, None, language) == text


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), LANGUAGES)
def test_a_day_written_in_full_becomes_the_day_that_is_said(day: date, language: Language) -> None:
    text = f"… {saying.whole_day(day, language)} …"
    assert saying.nearer(text, TODAY, language) == f"… {saying.near_day(day, TODAY, language)} …"


@given(st.text(), LANGUAGES)
def test_whatever_was_written_can_be_said(text: str, language: Language) -> None:
    assert isinstance(saying.nearer(text, TODAY, language), str)


def test_the_number_of_a_bank_card_is_read_as_it_is_printed() -> None:
    assert saying.card("6200000000000000000") == "6200 0000 0000 0000 000"
    assert saying.card("6200****0000") == "6200****0000"
