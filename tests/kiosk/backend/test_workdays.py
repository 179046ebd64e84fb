"""Working days of mainland China."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backend.applications.documents import months_after
from kiosk.backend.workdays import Workdays, workdays


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 7), False),  # its last day, a Wednesday given for a Saturday
        (date(2026, 10, 10), True),  # that Saturday
        (date(2026, 9, 20), True),  # a Sunday worked before National Day
        (date(2026, 2, 17), False),  # the first of the lunar year
        (date(2026, 2, 28), True),  # a Saturday worked for it
    ],
)
def test_the_announced_calendar(day: date, works: bool) -> None:
    assert workdays().is_working(day) is works


@pytest.mark.parametrize("day", [date(2023, 6, 25), date(2025, 1, 26), date(2026, 9, 20)])
def test_a_worked_sunday_is_known_though_nobody_asked_for_another_day_of_its_year(day: date) -> None:
    assert Workdays().is_working(day)


def test_a_deadline_across_national_day_counts_the_worked_saturday() -> None:
    deadline = workdays().after(date(2026, 9, 30), 3)
    assert deadline.on == date(2026, 10, 10)
    assert not deadline.provisional


def test_a_year_that_is_not_announced_falls_back_and_says_so() -> None:
    deadline = workdays().after(date(2026, 12, 30), 3)
    assert deadline.on == date(2027, 1, 5)
    assert deadline.provisional


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 40))
def test_a_deadline_is_a_working_day_and_so_many_after(day: date, count: int) -> None:
    calendar = workdays()
    deadline = calendar.after(day, count)
    between = [day + timedelta(days=ahead) for ahead in range(1, (deadline.on - day).days + 1)]
    assert calendar.is_working(deadline.on)
    assert sum(calendar.is_working(each) for each in between) == count


def test_months_end_with_the_month() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 11, 23), 60) == date(2031, 11, 23)
