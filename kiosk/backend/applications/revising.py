"""Changing what an application says: its answers and materials, with every earlier revision kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select, update

from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.contract import ApplicationRequest, SuppliedMaterial, WireAnswers


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An application as it stands."""

    id: int
    resident: int
    agent: int | None
    revision: int
    request: ApplicationRequest


def standing(connection: Connection, application: int) -> Standing:
    """Return an application as it stands."""
    table = schema.application.c
    row = connection.execute(
        select(table.id, table.resident, table.agent, table.revision, table.request).where(table.id == application)
    ).one()
    return Standing(
        id=row.id,
        resident=row.resident,
        agent=row.agent,
        revision=row.revision,
        request=msgspec.json.decode(row.request, type=ApplicationRequest),
    )


def revise(
    connection: Connection, was: Standing, request: ApplicationRequest, actor: int, why: str, now: datetime
) -> int:
    """Put ``request`` in the place of what an application said, keep that, and return the new revision.

    Raises:
        RefusedRequestError: ``APPLICATION_CHANGED``: somebody else revised it meanwhile; nothing was written.
    """
    table = schema.application
    changed = connection.execute(
        update(table)
        .where(table.c.id == was.id, table.c.revision == was.revision)
        .values(revision=was.revision + 1, request=msgspec.json.encode(request).decode())
    )
    if not changed.rowcount:
        raise RefusedRequestError(Code.APPLICATION_CHANGED)
    connection.execute(
        insert(schema.revision).values(
            application=was.id,
            revision=was.revision,
            request=msgspec.json.encode(was.request).decode(),
            at=now.timestamp(),
            actor=actor,
            why=why,
        )
    )
    return was.revision + 1


def with_answers(was: WireAnswers, changed: WireAnswers) -> WireAnswers:
    """Return answers with those that were changed in the place of what they were; a repeat as a whole."""
    return WireAnswers(single={**was.single, **changed.single}, repeats={**was.repeats, **changed.repeats})


def with_materials(
    was: Iterable[SuppliedMaterial], changed: Iterable[SuppliedMaterial]
) -> tuple[SuppliedMaterial, ...]:
    """Return materials with those that were handed in now in the place of what they were."""
    by_id = {each.material: each for each in was}
    return tuple((by_id | {each.material: each for each in changed}).values())
