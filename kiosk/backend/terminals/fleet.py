"""Taking terminals in, putting them out of service and back, letting go of them; each with a line of who did it."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, delete, func, insert, select, update

from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.backend.terminals import technicians
from kiosk.backend.terminals.assertions import public_key
from kiosk.backend.terminals.known import IN_SERVICE, OUT_OF_SERVICE, REVOKED, Known
from kiosk.backend.terminals.ranks import GONE, NEVER_SEEN, OUT, WELL
from kiosk.backend.terminals.technicians import DoorCode
from kiosk.contract import Enrolled, Enrolment
from kiosk.contract.technicians import DoorSecret
from kiosk.words import Text

CODE_VALID_S: Final = 1800
"""Long enough to walk from the desk to the terminal with it."""
CODE_ATTEMPTS: Final = 5
_HANDLE_DIGITS: Final = 4
_SECRET_DIGITS: Final = 6
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")
_TRIES: Final = 50
_PLACE_CHARS: Final = 120


class NoSuchTerminal(LookupError):
    """There is no terminal of this id; nothing was changed."""


class WrongTerminal(ValueError):
    """The id or the place of a new terminal cannot be; the message says why. Nothing was changed."""


class EnrolmentCode(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator reads out to whoever stands at the new terminal."""

    terminal: str
    code: str
    """Ten digits in three groups, as they are spoken: ``4821-773-059``."""
    valid_s: int


class Fleet:
    """What operators do with terminals. Every method is for one write transaction.

    Args:
        clock: Present moment, with a time zone.
        key: Of the hashes of codes.
    """

    def __init__(self, clock: Callable[[], datetime], key: bytes) -> None:
        self._clock = clock
        self._key = key

    def offer(self, connection: Connection, terminal: str, place: str, *, staff: str) -> EnrolmentCode:
        """Make a one-time code by which a terminal may come in; an earlier one of the same terminal is void.

        Raises:
            WrongTerminal: no code was made.
        """
        if not _ID.fullmatch(terminal):
            raise WrongTerminal("1 to 40 of A-Z a-z 0-9 . _ -")
        if len(place) > _PLACE_CHARS:
            raise WrongTerminal("the place has too many letters")
        now = self._now()
        table = schema.terminal_enrolment
        connection.execute(delete(table).where((table.c.terminal == terminal) | (table.c.expires_at <= now)))
        handle = self._free_handle(connection)
        secret = f"{secrets.randbelow(10**_SECRET_DIGITS):0{_SECRET_DIGITS}d}"
        connection.execute(
            insert(table).values(
                handle=handle,
                terminal=terminal,
                place=place,
                code=self._hash(handle, secret),
                expires_at=now + CODE_VALID_S,
                attempts_left=CODE_ATTEMPTS,
            )
        )
        self.note(connection, terminal, "code-made", staff=staff)
        return EnrolmentCode(terminal=terminal, code=f"{handle}-{secret[:3]}-{secret[3:]}", valid_s=CODE_VALID_S)

    def take_in(self, connection: Connection, enrolment: Enrolment) -> Enrolled | RefusedRequestError:
        """Return who the terminal is from now on, or the refusal, which costs the code an attempt and must be written.

        A wrong code, an expired, a spent one and one that never was are not told apart.
        """
        refused = RefusedRequestError(Code.ENROLMENT_REFUSED)
        digits = re.sub(r"[\s-]", "", enrolment.code)
        if not re.fullmatch(rf"[0-9]{{{_HANDLE_DIGITS + _SECRET_DIGITS}}}", digits):
            return refused
        handle, secret = digits[:_HANDLE_DIGITS], digits[_HANDLE_DIGITS:]
        table = schema.terminal_enrolment
        # the attempt is taken first: of many at once each takes one
        taken = connection.execute(
            update(table)
            .where(table.c.handle == handle, table.c.attempts_left > 0, table.c.expires_at > self._now())
            .values(attempts_left=table.c.attempts_left - 1)
        )
        if taken.rowcount != 1:
            return refused
        row = connection.execute(select(table).where(table.c.handle == handle)).one()
        key = public_key(enrolment.public_key)
        right = hmac.compare_digest(row.code, self._hash(handle, secret))
        if not right or key is None or not _has_key(key, enrolment.proof, digits):
            return refused
        connection.execute(delete(table).where(table.c.handle == handle))
        self.admit(connection, row.terminal, key, row.place, how="code")
        return Enrolled(terminal=row.terminal, place=row.place)

    def admit(self, connection: Connection, terminal: str, key: bytes, place: str, *, how: str) -> Known:
        """Let ``terminal`` in with this key from now on; one it had before opens nothing any more."""
        now = self._now()
        values = {
            "place": place,
            "key": key,
            "standing": IN_SERVICE,
            "words": "",
            "since": now,
            "enrolled_at": now,
            "revision": _next_revision(connection),
        }
        table = schema.terminal
        health = schema.terminal_health
        if connection.execute(update(table).where(table.c.id == terminal).values(**values)).rowcount == 0:
            connection.execute(insert(table).values(id=terminal, **values))
            connection.execute(insert(health).values(terminal=terminal, **_UNSEEN))
        else:
            # its numbers of reports may begin anew, too
            connection.execute(update(health).where(health.c.terminal == terminal).values(**_UNSEEN))
        self.note(connection, terminal, "enrolled", how)
        return Known(id=terminal, key=key, standing=IN_SERVICE, words=None, since=now, place=place)

    def put_out(self, connection: Connection, terminal: str, words: Text, reason: str, *, staff: str) -> None:
        """Put a terminal out of service; its screen says ``words``, the history why.

        Raises:
            NoSuchTerminal: also one that was revoked.
        """
        self._stand(connection, terminal, OUT_OF_SERVICE, OUT, words=msgspec.json.encode(words).decode())
        self.note(connection, terminal, OUT_OF_SERVICE, reason, staff=staff)

    def put_in(self, connection: Connection, terminal: str, reason: str, *, staff: str) -> None:
        """Put a terminal back into service.

        Raises:
            NoSuchTerminal: also one that was revoked.
        """
        # how it is now says its next report, within a minute
        self._stand(connection, terminal, IN_SERVICE, WELL)
        self.note(connection, terminal, IN_SERVICE, reason, staff=staff)

    def revoke(self, connection: Connection, terminal: str, reason: str, *, staff: str) -> None:
        """Let go of a terminal: its key opens nothing any more. A new code takes it in again.

        Raises:
            NoSuchTerminal: also one that was revoked before.
        """
        self._stand(connection, terminal, REVOKED, GONE)
        self.note(connection, terminal, REVOKED, reason, staff=staff)

    def door_code(self, connection: Connection, terminal: str, technician: str, *, staff: str) -> DoorCode:
        """Return the code that opens a terminal for a technician now; the history says who asked for it.

        Raises:
            NoSuchTechnician, NoDoor: none does.
        """
        made = technicians.code(connection, self._key, terminal, technician, self._clock())
        self.note(connection, terminal, "door-code", technician, staff=staff)
        return made

    def door_secret(self, known: Known, has: int) -> DoorSecret | None:
        """Return what a terminal is handed whose secret has the number ``has``; None: it has the right one."""
        return technicians.handed(self._key, known.id, known.key, has, self._clock())

    def note(self, connection: Connection, terminal: str, kind: str, content: str = "", *, staff: str = "") -> None:
        """Write a line into the history of ``terminal``."""
        connection.execute(
            insert(schema.terminal_event).values(
                terminal=terminal, at=self._now(), kind=kind, content=content, staff=staff
            )
        )

    def _stand(self, connection: Connection, terminal: str, standing: str, rank: int, words: str = "") -> None:
        table, health = schema.terminal, schema.terminal_health
        changed = connection.execute(
            update(table)
            .where(table.c.id == terminal, table.c.standing != REVOKED)
            .values(standing=standing, words=words, since=self._now(), revision=_next_revision(connection))
        )
        if changed.rowcount == 0:
            raise NoSuchTerminal(terminal)
        connection.execute(update(health).where(health.c.terminal == terminal).values(rank=rank))

    def _free_handle(self, connection: Connection) -> str:
        table = schema.terminal_enrolment
        for _ in range(_TRIES):
            handle = f"{secrets.randbelow(10**_HANDLE_DIGITS):0{_HANDLE_DIGITS}d}"
            if connection.execute(select(table.c.handle).where(table.c.handle == handle)).one_or_none() is None:
                return handle
        raise WrongTerminal("too many codes are good at this moment; wait until some have expired")

    def _hash(self, handle: str, secret: str) -> bytes:
        return hmac.digest(self._key, f"enrolment\0{handle}\0{secret}".encode(), "sha256")

    def _now(self) -> float:
        return self._clock().timestamp()


def _has_key(key: bytes, proof: str, digits: str) -> bool:
    """Whether who sends ``key`` signed the digits of the code with its private half."""
    try:
        signature = base64.b64decode(proof + "=" * (-len(proof) % 4), altchars=b"-_", validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, digits.encode())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def _next_revision(connection: Connection) -> int:
    # not ``next_value``: revisions have to appear in the order of their commits, as transactions that are as if alone
    # make them
    return int(connection.execute(select(func.coalesce(func.max(schema.terminal.c.revision), 0) + 1)).scalar_one())


_UNSEEN: Final = {
    "rank": NEVER_SEEN,
    "state": "",
    "version": "",
    "catalogue": "",
    "paper": "unknown",
    "devices": "[]",
    "last_seen": 0.0,
    "report": -1,
    "today": None,
    "sessions": 0,
    "cases": 0,
    "door": 0,
}
