"""Who may act for whom: authorised agents (代理人, of a company 经办人), by the register of mandates or by a letter.

A mandate of the register opens the principal's facts, within its items and its time; of a company only what registers
know of the company. A letter opens nothing: what is applied for with one goes to a person, who confirms it first.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.attachments import belong
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import Holder
from kiosk.backend.storage import schema
from kiosk.catalogue import Audience, Catalogue
from kiosk.catalogue import Holder as HeldBy
from kiosk.contract import Authority, DocumentRef, Mandate, ProblemError


class Right(StrEnum):
    """By what right somebody acts."""

    OWN = "own"
    PERSON = "person"
    """代理人, by the register"""
    ENTERPRISE = "enterprise"
    """经办人, by the register"""
    LETTER = "letter"
    """a letter that nobody has confirmed yet"""


class Acting(msgspec.Struct, frozen=True, kw_only=True):
    """Who applies, and for whom."""

    holder: Holder
    """The applicant: the principal where an agent acts."""
    own: Holder
    """Who was verified, for what is their own."""
    right: Right = Right.OWN
    applicant: str = ""
    """Name on the documents; empty: the holder's own."""
    agent_name: str = ""
    authority: Authority | None = None

    def owner(self, catalogue: Catalogue, source: str) -> Holder:
        """Return whose ``register.<id>.…`` or ``licence.<id>.…`` is asked: an employee's own stay their own."""
        if self.right is Right.ENTERPRISE and not of_enterprise(catalogue, source):
            return self.own
        return self.holder


def of_enterprise(catalogue: Catalogue, source: str) -> bool:
    """Return whether a name or the beginning of one is of a company's register or licence."""
    kind, _, rest = source.partition(".")
    which = rest.partition(".")[0]
    if kind == "licence":
        licence = catalogue.licences.get(which)
        return licence is not None and licence.held_by is HeldBy.ENTERPRISE
    register = catalogue.registers.get(which)
    return register is not None and register.holder is HeldBy.ENTERPRISE


def mandates(connection: Connection, agent: int, today: date) -> tuple[Mandate, ...]:
    """Return what ``agent`` may do for others today."""
    table, resident = schema.mandate, schema.resident
    query = (
        select(table, resident.c.kind.label("document"), resident.c.number, resident.c.name)
        .join(resident, resident.c.id == table.c.principal)
        .where(table.c.agent == agent, table.c.revoked.is_(False), table.c.valid_until >= today)
        .order_by(table.c.reference)
    )
    return tuple(
        Mandate(
            reference=row.reference,
            kind=row.kind,
            principal=DocumentRef(kind=row.document, number=row.number, name=row.name),
            enterprise=row.enterprise,
            items=tuple(msgspec.json.decode(row.items, type=list[str])),
            valid_until=row.valid_until,
        )
        for row in connection.execute(query)
    )


def acting(
    connection: Connection,
    catalogue: Catalogue,
    holder: Holder,
    authority: Authority | None,
    items: Collection[str],
    today: date,
) -> Acting:
    """Return who applies for whom.

    Args:
        connection: To look with.
        catalogue: What can be done.
        holder: Who was verified.
        authority: What they say they may do for somebody else; ``None``: they act for themselves.
        items: What it is about.
        today: The day.

    Raises:
        RefusedRequestError: ``MANDATE_UNKNOWN``, ``MANDATE_EXCEEDED`` or ``ATTACHMENT_UNKNOWN``.
    """
    if authority is None:
        return Acting(holder=holder, own=holder)
    _within(authority.items, items)
    if authority.valid_until < today:
        raise _exceeded("validUntil")
    name = connection.execute(select(schema.resident.c.name).where(schema.resident.c.id == holder.resident))
    agent_name = str(name.scalar_one())
    if authority.mandate:
        return _by_register(connection, catalogue, holder, authority, agent_name, today)
    return _by_letter(connection, holder, authority, agent_name)


def proven(authority: Authority | None) -> None:
    """Refuse to tell anything on a letter, before anybody is looked up: not even that there is such a person.

    Raises:
        RefusedRequestError: ``MANDATE_UNPROVEN``.
    """
    if authority is not None and authority.letter and not authority.mandate:
        raise RefusedRequestError(Code.MANDATE_UNPROVEN)


def _by_register(
    connection: Connection, catalogue: Catalogue, holder: Holder, authority: Authority, agent_name: str, today: date
) -> Acting:
    mine = {each.reference: each for each in mandates(connection, holder.resident, today)}
    mandate = mine.get(authority.mandate)
    principal = authority.principal
    # somebody else's mandate, a revoked one and one for another person are not told apart
    if mandate is None or (mandate.principal.number, mandate.principal.name) != (principal.number, principal.name):
        raise RefusedRequestError(Code.MANDATE_UNKNOWN)
    audience = Audience.ENTERPRISE if mandate.kind == Right.ENTERPRISE else Audience.PERSON
    covered = mandate.items or tuple(item.id for item in catalogue.items.values() if item.audience is audience)
    _within(covered, authority.items)
    if authority.valid_until > mandate.valid_until:
        raise _exceeded("validUntil")
    resident = connection.execute(
        select(schema.mandate.c.principal).where(schema.mandate.c.reference == mandate.reference)
    ).scalar_one()
    return Acting(
        holder=msgspec.structs.replace(holder, resident=resident, agent=holder.resident),
        own=holder,
        right=Right(mandate.kind),
        applicant=mandate.enterprise or mandate.principal.name,
        agent_name=agent_name,
        authority=authority,
    )


def _by_letter(connection: Connection, holder: Holder, authority: Authority, agent_name: str) -> Acting:
    if not authority.letter:
        raise RefusedRequestError(Code.MANDATE_UNKNOWN)
    if not belong(connection, holder.resident, [authority.letter]):
        error = ProblemError(detail="letter", pointer=pointer("authority", "letter"))
        raise RefusedRequestError(Code.ATTACHMENT_UNKNOWN, errors=(error,))
    table = schema.resident.c
    principal = authority.principal
    found = connection.execute(
        select(table.id).where(table.number == principal.number.strip(), table.name == principal.name.strip())
    ).scalar_one_or_none()
    # nobody writes a letter to themselves; a stranger and a name that is not the number's are not told apart
    if found is None or found == holder.resident:
        raise RefusedRequestError(Code.MANDATE_UNKNOWN)
    return Acting(
        holder=msgspec.structs.replace(holder, resident=found, agent=holder.resident),
        own=holder,
        right=Right.LETTER,
        applicant=principal.name.strip(),
        agent_name=agent_name,
        authority=authority,
    )


def _within(covered: Collection[str], wanted: Collection[str]) -> None:
    if not set(wanted) <= set(covered):
        raise _exceeded("items")


def _exceeded(part: str) -> RefusedRequestError:
    error = ProblemError(detail=part, pointer=pointer("authority", part))
    return RefusedRequestError(Code.MANDATE_EXCEEDED, errors=(error,))
