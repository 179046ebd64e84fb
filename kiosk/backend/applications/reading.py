"""Reading applications: whose they are, and how they stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, or_, select

from kiosk.backend.applications.life import Authorised
from kiosk.backend.mandates import mandates
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.contract import Application, ApplicationRequest, Case, CaseStatus, IssuedDocument, WireAnswers
from kiosk.words import Text


def find_application(connection: Connection, number: str, resident: int, today: date) -> int:
    """Return the id of an application of this resident, or of one that they filed for another and may still see.

    An agent sees what they filed as long as their mandate is in force; what they filed with a letter as long as nobody
    but themselves has told anything in it.

    Raises:
        RefusedRequestError: ``NOT_FOUND``: there is none of this number, or it is not theirs to see.
    """
    table = schema.application.c
    row = connection.execute(
        select(table.id, table.resident, table.request).where(
            table.number == number, or_(table.resident == resident, table.agent == resident)
        )
    ).one_or_none()
    if row is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    if not may_see(connection, row, resident, today):
        raise RefusedRequestError(Code.NOT_FOUND)
    return int(row.id)


def may_see(connection: Connection, row: Any, resident: int, today: date) -> bool:
    """Return whether somebody may see a row of ``application`` that is theirs, or that they filed for another."""
    if row.resident == resident:
        return True
    authority = msgspec.json.decode(row.request, type=Authorised).authority
    reference = "" if authority is None else authority.mandate
    if reference:
        return reference in {each.reference for each in mandates(connection, resident, today)}
    table = schema.revision.c
    told = select(table.id).where(table.application == row.id, table.actor == row.resident).limit(1)
    # what the applicant has written into it, and what registers then said, is not for who came with a letter
    return connection.execute(told).first() is None


def read_application(connection: Connection, number: str, resident: int, today: date) -> Application:
    """Return an application with its cases as they are now.

    Raises:
        RefusedRequestError: as ``find_application``.
    """
    return stored(connection, find_application(connection, number, resident, today))


_STORED = (
    select(schema.application, schema.resident.c.name)
    .join(schema.resident, schema.resident.c.id == schema.application.c.resident)
    .where(schema.application.c.id == bindparam("identity"))
)
_CASES = (
    select(schema.case.c.content).where(schema.case.c.application == bindparam("identity")).order_by(schema.case.c.id)
)


def stored(connection: Connection, application: int) -> Application:
    """Return an application by its row, with its cases as they are now."""
    row = connection.execute(_STORED, {"identity": application}).one()
    cases = connection.execute(_CASES, {"identity": application}).scalars()
    request = msgspec.json.decode(row.request, type=ApplicationRequest)
    zone = request.signed_at.tzinfo
    return Application(
        number=row.number,
        matter=row.matter,
        matter_name=msgspec.json.decode(row.matter_name, type=Text),
        session=row.session,
        entry=request.entry,
        received_at=datetime.fromtimestamp(row.received_at, zone),
        catalogue_version=request.catalogue_version,
        cases=tuple(msgspec.json.decode(case, type=Case) for case in cases),
        answers=WireAnswers(single=request.answers.single, repeats=request.answers.repeats),
        materials=request.materials,
        applicant=row.applicant or row.name,
        agent=row.agent_name,
        authority=request.authority,
        helper=row.helper,
        revision=row.revision,
    )


def documents_of(connection: Connection, case: str) -> tuple[IssuedDocument, ...]:
    """Return every document of a case, oldest first."""
    table = schema.document.c
    contents = connection.execute(select(table.content).where(table.case_number == case).order_by(table.id)).scalars()
    return tuple(msgspec.json.decode(content, type=IssuedDocument) for content in contents)


def status_of(connection: Connection, number: str) -> CaseStatus:
    """Return what a case number alone shows (assurance A): where it is, never whose it is.

    Raises:
        RefusedRequestError: ``NOT_FOUND``.
    """
    table = schema.case.c
    content = connection.execute(select(table.content).where(table.number == number)).scalar_one_or_none()
    if content is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    case = msgspec.json.decode(content, type=Case)
    return CaseStatus(
        number=case.number,
        item_name=case.item_name,
        department_name=case.department_name,
        state=case.state,
        due_on=case.due_on,
    )
