"""Who has a case in hand, so that two clerks do not work on one unseen.

A claim locks nothing: the version of the case does that. It tells the second who comes that there is a first, and runs
out by itself when they go home.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from kiosk.backend.storage import insert_or_update, schema

CLAIM_S = 1800
"""A case that nobody touched for so long is free again."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A case is in somebody's hands."""

    staff: str
    name: str
    since: datetime


def claims_of(connection: Connection, cases: Sequence[str], now: datetime) -> dict[str, Claim]:
    """Return who has which of ``cases`` in hand."""
    table, people = schema.case_claim.c, schema.staff.c
    query = (
        select(table.case_number, table.staff, table.since, people.name)
        .outerjoin(schema.staff, people.number == table.staff)
        .where(table.case_number.in_(cases), table.until > now.timestamp())
    )
    return {row.case_number: _claim(row, now) for row in connection.execute(query)}


def claim_of(connection: Connection, case: str, now: datetime) -> Claim | None:
    """Return who has ``case`` in hand, or None."""
    return claims_of(connection, [case], now).get(case)


def take(connection: Connection, case: str, staff: str, now: datetime) -> Claim | None:
    """Take ``case`` in hand, or hold it for longer; return from whom it was taken, if it was another's."""
    before = claim_of(connection, case, now)
    ours = before is not None and before.staff == staff
    since = before.since.timestamp() if before is not None and ours else now.timestamp()
    values = {"case_number": case, "staff": staff, "since": since, "until": now.timestamp() + CLAIM_S}
    changes = {name: value for name, value in values.items() if name != "case_number"}
    insert_or_update(connection, schema.case_claim, values, key=["case_number"], changes=changes)
    return None if ours else before


def let_go(connection: Connection, case: str, staff: str = "") -> bool:
    """Let ``case`` go, only if it is in the hands of ``staff`` where that is named; return whether it was held."""
    table = schema.case_claim
    query = delete(table).where(table.c.case_number == case)
    if staff:
        query = query.where(table.c.staff == staff)
    return connection.execute(query).rowcount > 0


def _claim(row: Any, now: datetime) -> Claim:
    since = datetime.fromtimestamp(row.since, now.tzinfo)
    return Claim(staff=row.staff, name=row.name or row.staff, since=since)
