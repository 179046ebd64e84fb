"""Booking a time at a department's counter (预约到场): one an application and department, several counters at once."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from sqlalchemy import Connection, delete, select

from kiosk.backend.applications.expected import at_counters, at_visits, meets
from kiosk.backend.applications.visits import working_days
from kiosk.backend.storage import insert_if_new, schema
from kiosk.contract import CaseState

COUNTERS = 3
"""People a department receives at one time."""
_MORNING = (time(9, 0), time(9, 30), time(10, 0), time(10, 30), time(11, 0))
_AFTERNOON = (time(14, 0), time(14, 30), time(15, 0), time(15, 30), time(16, 0))


def reserve(
    connection: Connection,
    department: str,
    application: int,
    resident: int,
    now: datetime,
    *,
    wished_on: date | None,
    wished_half: str,
) -> datetime | None:
    """Reserve the next free time, in the caller's transaction.

    Args:
        connection: A transaction that writes.
        department: Whose counter it is.
        application: Its items at one department share one time.
        resident: Who comes, and is nowhere else then.
        now: The present moment; appointments begin on the next working day.
        wished_on: Not before this day.
        wished_half: ``morning``, ``afternoon``, or anything else for both.

    Returns:
        When, or None when nothing is free within the horizon.
    """
    table = schema.appointment
    known = select(table.c.starts_at).where(table.c.application == application, table.c.department == department)
    reserved = connection.execute(known).scalar_one_or_none()
    if reserved is not None:
        return datetime.fromtimestamp(reserved, now.tzinfo)
    elsewhere = (*at_counters(connection, resident, now), *at_visits(connection, resident, now))
    for day in working_days(now.date(), wished_on):
        for at in _times(day, wished_half, now.tzinfo):
            if meets(at, elsewhere):
                continue
            for counter in range(1, COUNTERS + 1):
                values = {
                    "application": application,
                    "department": department,
                    "starts_at": at.timestamp(),
                    "counter": counter,
                }
                # the unique counter and time keep two people apart, also across processes
                if insert_if_new(connection, table, values):
                    return at
    return None


def free_time(connection: Connection, application: int, department: str, case: str) -> None:
    """Give back the time at a counter unless other cases of the application are booked for it, too."""
    other = schema.case.c
    booked = select(other.id).where(
        other.application == application,
        other.department == department,
        other.state == CaseState.BOOKED.value,
        other.number != case,
    )
    if connection.execute(booked.limit(1)).first() is None:
        table = schema.appointment
        connection.execute(delete(table).where(table.c.application == application, table.c.department == department))


def _times(day: date, half: str, zone: tzinfo | None) -> list[datetime]:
    times = {"morning": _MORNING, "afternoon": _AFTERNOON}.get(half, (*_MORNING, *_AFTERNOON))
    return [datetime.combine(day, at, zone) for at in times]
