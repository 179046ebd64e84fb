"""Operators' switches of registers, in the database for every process: an outage that began, or one announced."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, insert, or_, select, update

from kiosk.backend.registers.availability import Switched
from kiosk.backend.storage import schema
from kiosk.words import Text

_PLANNED, _OUTAGE = "planned", "outage"
# made once: every look at a register asks it
_ON = (
    select(schema.register_outage)
    .where(or_(schema.register_outage.c.ends_at.is_(None), schema.register_outage.c.ends_at > bindparam("moment")))
    .order_by(schema.register_outage.c.starts_at, schema.register_outage.c.id)
)


def switch_off(
    connection: Connection,
    register: str,
    by: str,
    now: datetime,
    *,
    begins: datetime | None = None,
    ends: datetime | None = None,
    says: Text | None = None,
) -> None:
    """Let ``register`` be silent; in the caller's transaction.

    Args:
        connection: A transaction that writes.
        register: Id of a register, or ``licence`` for the licence library.
        by: Who does it.
        now: When they do.
        begins: From when; with it or with ``says`` it is a planned outage.
        ends: Until when; None: until it is switched on.
        says: Why, after the register's name: 正在升级系统.
    """
    values = {
        "register": register,
        "kind": _OUTAGE if begins is None and says is None else _PLANNED,
        "starts_at": (begins or now).timestamp(),
        "ends_at": None if ends is None else ends.timestamp(),
        "says": "" if says is None else msgspec.json.encode(says).decode(),
        "by": by,
    }
    connection.execute(insert(schema.register_outage).values(values))


def switch_on(connection: Connection, register: str, now: datetime) -> None:
    """Let ``register`` answer again: outages that have begun end now; what is announced for later stays."""
    table = schema.register_outage.c
    begun = (table.register == register) & (table.starts_at <= now.timestamp())
    still = or_(table.ends_at.is_(None), table.ends_at > now.timestamp())
    connection.execute(update(schema.register_outage).where(begun, still).values(ends_at=now.timestamp()))


def switched(connection: Connection, now: datetime) -> tuple[Switched, ...]:
    """Return the outages that are on at ``now`` or announced for later: operators see them, registers follow them."""
    return tuple(
        Switched(
            register=row.register,
            is_planned=row.kind == _PLANNED,
            begins=datetime.fromtimestamp(row.starts_at, now.tzinfo),
            ends=None if row.ends_at is None else datetime.fromtimestamp(row.ends_at, now.tzinfo),
            says=msgspec.json.decode(row.says, type=Text) if row.says else None,
        )
        for row in connection.execute(_ON, {"moment": now.timestamp()})
    )
