"""Who of the staff is at this browser, and what they may do."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, update

from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import schema

_SEEN_EVERY_S = 60.0
"""That somebody is still there is written at most once a minute: reading pages is not writing."""


class Role(StrEnum):
    """What a member of staff may do; one may have several."""

    HELPER = "helper"
    """Stands beside citizens at terminals (帮办代办)."""
    CLERK = "clerk"
    """Works on cases at the window (综窗、审批)."""
    OPERATOR = "operator"
    """Looks after terminals (运维)."""
    TECHNICIAN = "technician"
    """Opens terminals' diagnostics mode by a code that an operator tells (运维人员); signs in to no page."""
    SUPERVISOR = "supervisor"
    """Leads the hall: sees who did what, takes a case out of another's hands."""


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff who has signed in."""

    number: str
    name: str
    department: str
    roles: frozenset[Role]
    departments: tuple[str, ...]
    """Whose cases they work on; none: those of all departments."""
    signed_in_at: datetime

    def may(self, *roles: Role) -> bool:
        """Return whether they have one of ``roles``."""
        return bool(self.roles.intersection(roles))

    def sees(self, department: str) -> bool:
        """Return whether cases of ``department`` are theirs to work on."""
        return not self.departments or department in self.departments


class StaffSessions:
    """The browsers that are signed in: opaque cookies, kept as hashes, each with an idle and an absolute end."""

    def __init__(self, settings: BackendSettings) -> None:
        self._settings = settings

    def open(self, connection: Connection, number: str) -> str:
        """Return the cookie of a new session of ``number``; what has run out is swept away with it."""
        now = self._settings.clock().timestamp()
        table = schema.staff_session
        over = or_(table.c.expires_at <= now, table.c.seen_at <= now - self._settings.staff_idle_s)
        connection.execute(delete(table).where(over))
        cookie = secrets.token_urlsafe(32)
        connection.execute(
            insert(table).values(
                hash=_hash(cookie),
                staff=number,
                signed_in_at=now,
                seen_at=now,
                expires_at=now + self._settings.staff_session_s,
            )
        )
        return cookie

    def find(self, connection: Connection, cookie: str) -> tuple[Staff, bool] | None:
        """Return who ``cookie`` stands for, and whether it is time to say that they were seen; None for nobody.

        What they may do is read each time: a right that is taken away is gone at the next page.
        """
        now = self._settings.clock()
        table, people = schema.staff_session.c, schema.staff.c
        row = connection.execute(
            select(table.seen_at, table.expires_at, table.signed_in_at, schema.staff)
            .join(schema.staff, people.number == table.staff)
            .where(table.hash == _hash(cookie))
        ).one_or_none()
        at = now.timestamp()
        if row is None or at >= row.expires_at or at - row.seen_at >= self._settings.staff_idle_s:
            return None
        return _staff(row, now), at - row.seen_at >= _SEEN_EVERY_S

    def seen(self, connection: Connection, cookie: str) -> None:
        """Write that somebody is there."""
        table = schema.staff_session
        at = self._settings.clock().timestamp()
        connection.execute(update(table).where(table.c.hash == _hash(cookie)).values(seen_at=at))

    def close(self, connection: Connection, cookie: str) -> None:
        """End the session of ``cookie``."""
        table = schema.staff_session
        connection.execute(delete(table).where(table.c.hash == _hash(cookie)))


def roles_of(text: str) -> frozenset[Role]:
    """Return the roles named in ``text``; a role of a newer release gives no right here."""
    known = set(Role)
    return frozenset(Role(word) for word in text.split() if word in known)


def _staff(row: Any, now: datetime) -> Staff:
    return Staff(
        number=row.number,
        name=row.name,
        department=row.department,
        roles=roles_of(row.roles),
        departments=tuple(row.departments.split()),
        signed_in_at=datetime.fromtimestamp(row.signed_in_at, now.tzinfo),
    )


def _hash(cookie: str) -> bytes:
    # 256 random bits need no key and no salt
    return hashlib.sha256(cookie.encode()).digest()
