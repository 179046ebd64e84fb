"""When somebody is expected where, at a counter or for an inspector at home: nobody is at two places at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from kiosk.backend.storage import schema, touch

_APART_S = 90 * 60
"""Between two places: nobody crosses the city in a minute."""


def at_counters(connection: Connection, resident: int, now: datetime) -> tuple[float, ...]:
    """Return the moments from ``now`` on at which ``resident`` comes to a counter, in seconds since 1970.

    Nobody else makes an appointment for them until the transaction ends.
    """
    touch(connection, schema.resident, resident)
    table, application = schema.appointment.c, schema.application.c
    query = (
        select(table.starts_at)
        .join(schema.application, application.id == table.application)
        .where(application.resident == resident, table.starts_at >= now.timestamp())
    )
    return tuple(connection.execute(query).scalars())


def at_visits(connection: Connection, resident: int, now: datetime) -> tuple[float, ...]:
    """Return the moments from ``now`` on at which an inspector comes to ``resident``, in seconds since 1970."""
    table, case, application = schema.visit.c, schema.case.c, schema.application.c
    query = (
        select(table.starts_at)
        .join(schema.case, case.number == table.case_number)
        .join(schema.application, application.id == case.application)
        .where(application.resident == resident, table.starts_at >= now.timestamp())
    )
    return tuple(connection.execute(query).scalars())


def meets(at: datetime, others: tuple[float, ...]) -> bool:
    """Return whether ``at`` is too near one of ``others`` to be at both places."""
    return any(abs(other - at.timestamp()) < _APART_S for other in others)
