"""Booking visits (现勘现审): one department, one time, one shop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import Connection, delete, select

from kiosk.backend.applications.expected import at_counters, meets
from kiosk.backend.storage import insert_if_new, schema
from kiosk.backend.workdays import workdays

MORNING = (time(9, 30), time(10, 30))
AFTERNOON = (time(14, 0), time(15, 0))
HORIZON_DAYS = 60
"""Further ahead, from the day that is wished, nothing is booked: a person arranges it."""
_FURTHEST_WISH = timedelta(days=366)


def book(
    connection: Connection,
    department: str,
    case: str,
    resident: int,
    now: datetime,
    *,
    wished_on: date | None,
    wished_half: str,
) -> datetime | None:
    """Book and return the next free visit, in the caller's transaction.

    Args:
        connection: A transaction that writes.
        department: Whose inspector comes.
        case: Number of the case; booked once, however often this is called.
        resident: Whom they visit, and who is at no counter then. Two inspectors may come at once.
        now: The present moment; visits begin on the next working day.
        wished_on: Not before this day.
        wished_half: ``morning``, ``afternoon``, or anything else for both.

    Returns:
        The beginning of the visit, or None when nothing is free within the horizon.
    """
    table = schema.visit
    booked = connection.execute(select(table.c.starts_at).where(table.c.case_number == case)).scalar_one_or_none()
    if booked is not None:
        return datetime.fromtimestamp(booked, now.tzinfo)
    elsewhere = at_counters(connection, resident, now)
    for day in working_days(now.date(), wished_on):
        for starts_at in _times(day, wished_half, now.tzinfo):
            if meets(starts_at, elsewhere):
                continue
            values = {"department": department, "starts_at": starts_at.timestamp(), "case_number": case}
            # the unique time is what keeps two inspectors' visits apart, also across processes
            if insert_if_new(connection, table, values):
                return starts_at
    return None


def free_visit(connection: Connection, case: str) -> None:
    """Give back the visit of a case, if there is one: somebody else can have the time."""
    connection.execute(delete(schema.visit).where(schema.visit.c.case_number == case))


def working_days(today: date, wished_on: date | None) -> Iterator[date]:
    """Yield the days on which something can be booked: from the next working day, or from the one wished.

    Nothing for a wish more than a year ahead: a person arranges that.
    """
    first = max(workdays().after(today, 1).on, wished_on or date.min)
    if first - today > _FURTHEST_WISH:
        return
    for ahead in range(HORIZON_DAYS):
        day = first + timedelta(days=ahead)
        if workdays().is_working(day):
            yield day


def _times(day: date, half: str, zone: tzinfo | None) -> list[datetime]:
    times = {"morning": MORNING, "afternoon": AFTERNOON}.get(half, (*MORNING, *AFTERNOON))
    return [datetime.combine(day, at, zone) for at in times]
