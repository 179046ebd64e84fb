"""Revoking a licence (撤销、注销), which only a person does, and the signed lists that tell it to who checks offline.

Every licence that can be revoked has a place in the status list of who signs it. It is given when the licence is
issued; to one that was held before, when it is first shown or revoked.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from kiosk.backend.signing import Signer
from kiosk.backend.storage import insert_if_new, next_value, schema
from kiosk.contract import IssuedDocument, RevocationList
from kiosk.licences import FRESH_FOR, LicenceError, by_id, verify

REASON_CHARS = 2000
_STATUS = insert(schema.licence_status)
_KNOWN = select(schema.licence_status.c.id, schema.licence_status.c.position).where(
    schema.licence_status.c.type == bindparam("of_type"),
    schema.licence_status.c.number == bindparam("of_number"),
    schema.licence_status.c.resident == bindparam("whose"),
)


class RevocationError(Exception):
    """Nothing was revoked."""


class LicenceUnknownError(RevocationError):
    """There is no such licence, or it is a notice, which says how a case stood and is never revoked."""


class AlreadyRevokedError(RevocationError):
    """It was revoked before; the first reason stays."""


class ReasonMissingError(RevocationError):
    """A licence is revoked in writing: a reason of 1 to 2000 characters, and who."""


class Revoked(msgspec.Struct, frozen=True, kw_only=True):
    """What was revoked, for whoever tells the holder."""

    resident: int
    type: str
    number: str
    reason: str
    at: datetime


def listed(connection: Connection, issuer: str, kind: str, number: str, resident: int) -> int:
    """Return the place of a licence in the list of ``issuer``, given to it now if it has none; inside a transaction."""
    return _status(connection, issuer, kind, number, resident)[1]


def placed(connection: Connection, issuer: str, kind: str, number: str, resident: int) -> int:
    """Return the place given to a licence that is being issued: its number is new, so it can have none yet."""
    values = _place(connection, issuer, kind, number, resident)
    connection.execute(_STATUS, values)
    return int(values["position"])


def revoke(
    connection: Connection,
    signer: Signer,
    number: str,
    reason: str,
    by: str,
    now: datetime,
) -> Revoked:
    """Revoke a licence that was issued here; in the caller's transaction.

    Args:
        connection: A transaction that writes.
        signer: Knows who signed it.
        number: Of the licence.
        reason: In writing, for its holder to read, with the law it follows.
        by: Staff number of the person who does it.
        now: When.

    Raises:
        RevocationError: ``LicenceUnknownError``, ``AlreadyRevokedError`` or ``ReasonMissingError``; nothing is changed.
    """
    table = schema.document
    row = connection.execute(select(table).where(table.c.number == number)).one_or_none()
    if row is None:
        raise LicenceUnknownError(number)
    document = msgspec.json.decode(row.content, type=IssuedDocument)
    try:
        signed = verify(document.qr, by_id(signer.issuers()))
    except LicenceError as error:
        raise LicenceUnknownError(number) from error
    if signed.licence.status is None:
        raise LicenceUnknownError(number)
    return _revoke(connection, signed.issuer.issuer, row.type, number, row.resident, reason, by, now)


def revoke_held(
    connection: Connection, issuer: str, kind: str, number: str, resident: int, reason: str, by: str, now: datetime
) -> Revoked:
    """Revoke a licence that ``resident`` held before, by its type and the number that stands on it; see ``revoke``."""
    table = schema.licence.c
    held = select(table.id).where(table.type == kind, table.number == number, table.resident == resident)
    if connection.execute(held).first() is None:
        raise LicenceUnknownError(number)
    return _revoke(connection, issuer, kind, number, resident, reason, by, now)


def lists(connection: Connection, signer: Signer, now: datetime) -> tuple[RevocationList, ...]:
    """Return the signed list of every issuer that has given a place to a licence.

    They are dated to the quarter of an hour: where nothing was revoked nothing changes, and nobody fetches it again.
    """
    quarter = FRESH_FOR.total_seconds() / 4
    at = datetime.fromtimestamp(now.timestamp() // quarter * quarter, now.tzinfo)
    table, gone = schema.licence_status.c, schema.revocation.c
    sizes = select(table.issuer, func.max(table.position)).group_by(table.issuer).order_by(table.issuer)
    revoked: dict[str, list[int]] = {}
    query = select(table.issuer, table.position).join(schema.revocation, gone.status == table.id)
    for issuer, position in connection.execute(query):
        revoked.setdefault(issuer, []).append(position)
    known = {each.issuer for each in signer.issuers()}
    return tuple(
        signer.sign_list(issuer, revoked.get(issuer, ()), last + 1, at)
        for issuer, last in connection.execute(sizes)
        if issuer in known
    )


def revoked_of(connection: Connection, resident: int) -> dict[tuple[str, str], tuple[float, str]]:
    """Return when (seconds since 1970) and why licences of ``resident`` were revoked, by type and number."""
    table, gone = schema.licence_status.c, schema.revocation.c
    query = (
        select(table.type, table.number, gone.at, gone.reason)
        .join(schema.revocation, gone.status == table.id)
        .where(table.resident == resident)
    )
    return {(row.type, row.number): (row.at, row.reason) for row in connection.execute(query)}


def _status(connection: Connection, issuer: str, kind: str, number: str, resident: int) -> tuple[int, int]:
    one = {"of_type": kind, "of_number": number, "whose": resident}
    found = connection.execute(_KNOWN, one).one_or_none()
    if found is None:
        insert_if_new(connection, schema.licence_status, _place(connection, issuer, kind, number, resident))
        found = connection.execute(_KNOWN, one).one()
    return found.id, found.position


def _place(connection: Connection, issuer: str, kind: str, number: str, resident: int) -> dict[str, Any]:
    position = next_value(connection, f"status-{issuer}") - 1
    return {"issuer": issuer, "position": position, "type": kind, "number": number, "resident": resident}


def _revoke(
    connection: Connection, issuer: str, kind: str, number: str, resident: int, reason: str, by: str, now: datetime
) -> Revoked:
    reason, by = reason.strip(), by.strip()
    if not 0 < len(reason) <= REASON_CHARS or not by:
        raise ReasonMissingError
    status, _ = _status(connection, issuer, kind, number, resident)
    values = {"status": status, "at": now.timestamp(), "reason": reason, "by": by}
    if not insert_if_new(connection, schema.revocation, values):
        raise AlreadyRevokedError(number)
    return Revoked(resident=resident, type=kind, number=number, reason=reason, at=now)
