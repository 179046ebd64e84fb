"""What staff did, row upon row, each sealed by the one before.

A row's hash covers its own words and the hash of the row before it. Whoever changes a row, leaves one out or puts one
between has to make every later one anew; the newest hash, noted elsewhere, shows that. The chain proves order and
wholeness, not truth: who owns the machine can rewrite all of it, and that is why the hash is shown to be noted.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from kiosk.backend.storage import insert_or_update, schema

FIRST = bytes(32)
"""What the first row holds as the hash of the one before."""
_COUNTER = "audit"
_BATCH = 1000


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a member of staff did or tried."""

    staff: str
    """Number; what was typed where nobody has signed in yet."""
    act: str
    about: str = ""
    """Number of a case, an application, a terminal …"""
    detail: str = ""
    """Words of the act that stand nowhere else; never a code, never a citizen's answer."""
    address: str = ""
    """Where the request came from."""


def record(connection: Connection, act: Act, at: datetime) -> None:
    """Write ``act``, in the transaction of its effect: one is never there without the other."""
    table = schema.audit
    # whoever writes at the same time has the same row before theirs: one of the two is done again by the database
    last = connection.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).one_or_none()
    number = 1 if last is None else last.id + 1
    row = {
        "id": number,
        "at": at.timestamp(),
        "staff": act.staff[:40],
        "act": act.act[:40],
        "about": act.about[:80],
        "detail": act.detail,
        "address": act.address[:64],
        "previous": FIRST if last is None else last.hash,
    }
    connection.execute(insert(table).values(**row, hash=_seal(row)))
    count = {"name": _COUNTER, "value": number}
    insert_or_update(connection, schema.sequence, count, key=["name"], changes={"value": number})


def broken_at(connection: Connection) -> int | None:
    """Return the number of the first row that does not follow from the one before, or None: the chain is whole."""
    table = schema.audit
    previous, expected = FIRST, 1
    while True:
        rows = connection.execute(select(table).where(table.c.id >= expected).order_by(table.c.id).limit(_BATCH)).all()
        for row in rows:
            kept = row._mapping
            if row.id != expected or row.previous != previous or row.hash != _seal(dict(kept)):
                return expected
            previous, expected = row.hash, expected + 1
        if len(rows) < _BATCH:
            break
    counted = connection.execute(
        select(schema.sequence.c.value).where(schema.sequence.c.name == _COUNTER)
    ).scalar_one_or_none()
    # rows cut off at the end leave the counter behind
    return None if expected - 1 == (counted or 0) else expected


def newest(connection: Connection, limit: int, before: int | None = None, about: str = "") -> list[Any]:
    """Return rows, newest first: those under ``before``, and of one case where ``about`` names it."""
    table = schema.audit
    query = select(table).order_by(table.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(table.c.id < before)
    if about:
        query = query.where(table.c.about == about)
    return list(connection.execute(query).all())


def count_since(connection: Connection, act: str, address: str, since: float) -> int:
    """Return how often ``act`` came from ``address`` since then."""
    table = schema.audit.c
    query = select(func.count()).where(table.act == act, table.address == address, table.at > since)
    return int(connection.execute(query).scalar_one())


def _seal(row: dict[str, Any]) -> bytes:
    told = [row["id"], row["at"], row["staff"], row["act"], row["about"], row["detail"], row["address"]]
    return hashlib.sha256(bytes(row["previous"]) + msgspec.json.encode(told)).digest()
