"""Counts what stands in other tables: applications, outcomes, ratings. A sweep; nobody waits for it.

It goes on where it stopped (``bureau_mark``). Rows that are newer than a minute are left for the next rounds: a
transaction that took its number before another may be written after it, and would be passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from itertools import takewhile
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, func, select

from kiosk.backend.bureau.counts import Count, add
from kiosk.backend.storage import insert_or_update, schema

EVERY_S: Final = 5.0
SETTLED_S: Final = 60
AT_ONCE: Final = 1500
"""Rows of each table in a round: some dozens of milliseconds, and more a second than a city makes."""
PROMPT_S: Final = 10.0
"""What rules decided within this was decided at once (秒批): in the transaction of the submission."""

BUCKETS: Final[tuple[tuple[str, float], ...]] = (
    ("0-10s", PROMPT_S),
    ("1-10min", 600),
    ("2-1h", 3600),
    ("3-1d", 86_400),
    ("4-3d", 3 * 86_400),
    ("5-7d", 7 * 86_400),
    ("6-15d", 15 * 86_400),
    ("7-30d", 30 * 86_400),
)
"""Time to the outcome, up to and including; their names sort as they do."""
LONGER: Final = "8-more"
_DECIDED: Final = {"approved", "refused", "not-accepted"}


class _Case(msgspec.Struct, frozen=True):
    """What is read of an outcome: not whose it is."""

    state: str
    decided_at: datetime | None = msgspec.field(default=None, name="decidedAt")


class _Event(msgspec.Struct, frozen=True):
    case: _Case


def count(connection: Connection, now: datetime) -> Sequence[int]:
    """Count what is new and settled; a sweep.

    Returns:
        Nothing: no application has news by it.
    """
    until, zone = now.timestamp() - SETTLED_S, now.tzinfo
    for found in (_filed, _decided, _rated):
        add(connection, found(connection, until, zone))
    return ()


def bucket_of(took_s: float) -> str:
    """Return the name of the time something took."""
    return next((name for name, most_s in BUCKETS if took_s <= most_s), LONGER)


def _filed(connection: Connection, until: float, zone: tzinfo | None) -> Iterable[Count]:
    """Applications, by the hour as well, and how many cases they have."""
    table, case = schema.application, schema.case
    many = select(func.count()).where(case.c.application == table.c.id).scalar_subquery().label("many")
    statement = select(table.c.id, table.c.matter, table.c.terminal, table.c.received_at.label("at"), many)
    for row in _new(connection, "application", table.c.id, statement, until):
        moment = datetime.fromtimestamp(row.at, zone)
        shared = {"day": moment.date(), "theme": row.matter, "terminal": row.terminal}
        yield Count(kind="filed", **shared)
        yield Count(kind="hour", day=moment.date(), detail=f"{moment:%H}")
        yield Count(kind="cases", **shared, value=row.many)


def _decided(connection: Connection, until: float, zone: tzinfo | None) -> Iterable[Count]:
    """Outcomes as they were made, and how long they took."""
    table, application = schema.case_event, schema.application
    statement = select(
        table.c.id,
        table.c.at,
        table.c.content,
        application.c.matter,
        application.c.terminal,
        application.c.received_at,
    ).join(application, application.c.id == table.c.application)
    for row in _new(connection, "case-event", table.c.id, statement, until):
        told = msgspec.json.decode(row.content, type=_Event).case
        shared = {
            "day": datetime.fromtimestamp(row.received_at, zone).date(),
            "theme": row.matter,
            "terminal": row.terminal,
        }
        if told.state not in _DECIDED or told.decided_at is None or told.decided_at.timestamp() < row.at - 1:
            # not decided, or decided before: this tells another change of it
            continue
        yield Count(kind="outcome", **shared, detail=told.state)
        took_s = row.at - row.received_at
        yield Count(kind="took", **shared, detail=bucket_of(took_s))
        if told.state == "approved" and took_s <= PROMPT_S:
            yield Count(kind="at-once", **shared)


def _rated(connection: Connection, until: float, zone: tzinfo | None) -> Iterable[Count]:
    """Ratings; one that is given anew takes the place of the one before."""
    table, application = schema.rating_given, schema.application
    statement = select(table, application.c.matter, application.c.terminal, application.c.received_at).join(
        application, application.c.id == table.c.application
    )
    for row in _new(connection, "rating", table.c.id, statement, until):
        shared = {
            "kind": "rating",
            "day": datetime.fromtimestamp(row.received_at, zone).date(),
            "theme": row.matter,
            "terminal": row.terminal,
        }
        earlier = select(table.c.level).where(table.c.application == row.application, table.c.id < row.id)
        replaced = connection.execute(earlier.order_by(table.c.id.desc()).limit(1)).scalar_one_or_none()
        if replaced is not None:
            yield Count(**shared, detail=str(replaced), value=-1)
        yield Count(**shared, detail=str(row.level))


def _new(connection: Connection, name: str, identity: Any, statement: Select[Any], until: float) -> Sequence[Any]:
    """Return the settled rows after the mark, and move the mark behind them."""
    table = schema.bureau_mark
    mark = connection.execute(select(table.c.value).where(table.c.name == name)).scalar_one_or_none() or 0
    found = connection.execute(statement.where(identity > mark).order_by(identity).limit(AT_ONCE)).all()
    # nothing behind the first one that is not: the mark is a single place
    settled = list(takewhile(lambda row: row.at <= until, found))
    if settled:
        moved = {"name": name, "value": settled[-1].id}
        insert_or_update(connection, table, moved, key=["name"], changes={"value": settled[-1].id})
    return settled
