"""Opening a terminal's diagnostics mode for a technician: its secret, handed out and renewed, and the codes from it.

Nothing of it is stored: the secret of a terminal follows from the backend's key, the terminal's public key and the
number of the quarter. Which secret a terminal has, it says in its reports.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.storage import schema
from kiosk.contract import technicians
from kiosk.contract.technicians import BESIDE, SPAN_S, DoorSecret

TECHNICIAN: Final = "technician"
"""The role."""
_RENEWED: Final = timedelta(days=90)
_FIRST: Final = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


class DoorCode(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator reads out to a technician."""

    terminal: str
    technician: str
    name: str
    code: str
    valid_until: datetime


class NoSuchTechnician(LookupError):
    """Nobody of that staff number is a technician; no code was made."""


class NoDoor(Exception):
    """The terminal has no secret yet, or one that is too old; its next report changes that. No code was made."""


def version(now: datetime) -> int:
    """Return which secret terminals have now."""
    return max(1, (now - _FIRST) // _RENEWED + 1)


def secret(key: bytes, terminal: str, public_key: bytes, number: int) -> bytes:
    """Return a secret of a terminal; one that was taken in anew has another."""
    about = b"\0".join((b"door", terminal.encode(), public_key.hex().encode(), str(number).encode()))
    return hmac.digest(key, about, hashlib.sha256)


def handed(key: bytes, terminal: str, public_key: bytes, has: int, now: datetime) -> DoorSecret | None:
    """Return what a terminal is handed that has the secret of number ``has``; None: it has the right one."""
    number = version(now)
    if has == number:
        return None
    return DoorSecret(version=number, secret=secret(key, terminal, public_key, number).hex())


def code(connection: Connection, key: bytes, terminal: str, technician: str, now: datetime) -> DoorCode:
    """Return the code that opens ``terminal`` for ``technician`` now.

    Raises:
        NoSuchTechnician, NoDoor: none does.
    """
    people = schema.staff
    person = connection.execute(select(people).where(people.c.number == technician)).one_or_none()
    if person is None or TECHNICIAN not in person.roles.split():
        raise NoSuchTechnician(technician)
    row = connection.execute(
        select(schema.terminal.c.key, schema.terminal_health.c.door)
        .join(schema.terminal_health, schema.terminal_health.c.terminal == schema.terminal.c.id)
        .where(schema.terminal.c.id == terminal)
    ).one_or_none()
    if row is None or row.door not in (version(now), version(now) - 1):
        raise NoDoor(terminal)
    of = technicians.key(secret(key, terminal, bytes(row.key), row.door), terminal, technician)
    number = technicians.span(now.timestamp())
    return DoorCode(
        terminal=terminal,
        technician=technician,
        name=person.name,
        code=technicians.code(of, number),
        valid_until=datetime.fromtimestamp((number + BESIDE + 1) * SPAN_S, now.tzinfo),
    )


def those_who_may(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return number and name of every technician."""
    people = schema.staff
    rows = connection.execute(select(people.c.number, people.c.name, people.c.roles).order_by(people.c.number))
    return tuple((row.number, row.name) for row in rows if TECHNICIAN in row.roles.split())
