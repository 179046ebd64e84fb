"""What a person sees of their own: the list of applications, one case with all that happened to it, what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, and_, func, or_, select

from kiosk.backend.applications import sentences
from kiosk.backend.applications.documents import NOTICES
from kiosk.backend.applications.fees import PAYMENT
from kiosk.backend.applications.life import Life, load_case
from kiosk.backend.applications.obligations import obligations
from kiosk.backend.applications.reading import documents_of, find_application, may_see
from kiosk.backend.applications.states import FINAL, OPEN
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue
from kiosk.contract import (
    Actor,
    ApplicationPage,
    ApplicationRequest,
    ApplicationSummary,
    Case,
    CaseAction,
    CaseBrief,
    CaseDetail,
    CaseState,
    ObligationKind,
    ObligationState,
    TimelineLine,
)
from kiosk.words import Text

PAGE_MOST = 50
HANDED_OVER = "handed-over"


def own_case(connection: Connection, catalogue: Catalogue, number: str, resident: int, now: datetime) -> Life:
    """Return a case of this person, or of an application that they filed for another and may still see.

    Raises:
        RefusedRequestError: ``NOT_FOUND``.
    """
    life = load_case(connection, catalogue, number, now)
    find_application(connection, life.application_number, resident, now.date())
    return life


def page(connection: Connection, resident: int, before: str, limit: int, now: datetime) -> ApplicationPage:
    """Return a page of applications, newest first; those before ``before``.

    Raises:
        RefusedRequestError: ``NOT_FOUND``: ``before`` is no application of theirs.
    """
    table = schema.application.c
    query = (
        select(schema.application, schema.resident.c.name, schema.rating.c.level)
        .join(schema.resident, schema.resident.c.id == table.resident)
        .join(schema.rating, schema.rating.c.application == table.id, isouter=True)
        .where(or_(table.resident == resident, table.agent == resident))
        .order_by(table.id.desc())
    )
    if before:
        query = query.where(table.id < find_application(connection, before, resident, now.date()))
    found: list[ApplicationSummary] = []
    more = ""
    for row in connection.execute(query):
        if not may_see(connection, row, resident, now.date()):
            continue
        if len(found) == limit:
            more = found[-1].number
            break
        request = msgspec.json.decode(row.request, type=ApplicationRequest)
        cases = _cases(connection, row.id)
        found.append(
            ApplicationSummary(
                number=row.number,
                matter=row.matter,
                matter_name=msgspec.json.decode(row.matter_name, type=Text),
                received_at=datetime.fromtimestamp(row.received_at, now.tzinfo),
                applicant=row.applicant or row.name,
                agent=row.agent_name,
                entry=request.entry,
                revision=row.revision,
                finished=all(case.state in FINAL and not case.waits for case in cases),
                rated=row.level is not None,
                cases=cases,
                actions=_of_application(cases, rated=row.level is not None),
            )
        )
    return ApplicationPage(applications=tuple(found), before=more, waiting=_waiting(connection, resident))


def detail(life: Life) -> CaseDetail:
    """Return a case with its timeline, its obligations and its documents."""
    table = schema.application.c
    row = life.connection.execute(select(table.matter, table.matter_name).where(table.id == life.application)).one()
    lines = _lines(life)
    return CaseDetail(
        application=life.application_number,
        matter=row.matter,
        matter_name=msgspec.json.decode(row.matter_name, type=Text),
        case=life.case,
        timeline=lines,
        obligations=obligations(life.connection, life.id, life.now),
        documents=documents_of(life.connection, life.case.number),
        payment=_payment(life),
        actions=_of_case(life.case, collected=any(line.what == HANDED_OVER for line in lines)),
    )


def _payment(life: Life) -> str:
    """Return the order its fee was paid under; empty: it had none, or it is not paid."""
    fee = schema.fee.c
    paid = select(fee.payment_order).where(fee.application == life.application, fee.item == life.case.item)
    return life.connection.execute(paid).scalar_one_or_none() or ""


def _lines(life: Life) -> tuple[TimelineLine, ...]:
    begun = TimelineLine(
        at=life.received_at,
        what="submitted",
        who=Actor.APPLICANT,
        department_name=life.case.department_name,
        says=sentences.SUBMITTED,
    )
    table = schema.case_line.c
    rows = life.connection.execute(select(schema.case_line).where(table.case_id == life.id).order_by(table.id))
    return (
        begun,
        *(
            TimelineLine(
                at=datetime.fromtimestamp(row.at, life.now.tzinfo),
                what=row.what,
                who=Actor(row.who),
                department_name=life.case.department_name,
                says=msgspec.json.decode(row.says, type=Text),
            )
            for row in rows
        ),
    )


def _cases(connection: Connection, application: int) -> tuple[CaseBrief, ...]:
    table = schema.case.c
    rows = connection.execute(
        select(table.id, table.content, table.version).where(table.application == application).order_by(table.id)
    ).all()
    collected = _collected(connection, [row.id for row in rows])
    found = []
    for row in rows:
        case = msgspec.json.decode(row.content, type=Case)
        days = [each.due_on for each in case.waits_for]
        found.append(
            CaseBrief(
                number=case.number,
                item=case.item,
                item_name=case.item_name,
                department_name=case.department_name,
                state=case.state,
                reason=case.reason,
                due_on=case.due_on,
                appointment=case.appointment,
                overdue=case.overdue,
                waits=len(days),
                waits_until=min(days, default=None),
                version=row.version,
                actions=_of_case(case, collected=row.id in collected),
            )
        )
    return tuple(found)


def _collected(connection: Connection, cases: Collection[int]) -> frozenset[int]:
    line = schema.case_line.c
    rows = connection.execute(select(line.case_id).where(line.case_id.in_(cases), line.what == HANDED_OVER))
    return frozenset(rows.scalars())


def _of_case(case: Case, *, collected: bool) -> tuple[CaseAction, ...]:
    """Return what can be done with a case."""
    result = any(document.type not in NOTICES for document in case.documents)
    may = {
        CaseAction.WITHDRAW: case.state in OPEN,
        CaseAction.CORRECT: case.state in OPEN,
        CaseAction.SUPPLEMENT: any(each.kind != PAYMENT for each in case.waits_for),
        CaseAction.COLLECT: case.state is CaseState.APPROVED and not case.revoked and result and not collected,
    }
    return tuple(action for action, can in may.items() if can)


def _of_application(cases: Iterable[CaseBrief], *, rated: bool) -> tuple[CaseAction, ...]:
    states = [case.state for case in cases]
    may = {
        CaseAction.CORRECT: any(state in OPEN for state in states),
        CaseAction.RATE: not rated and any(state is not CaseState.SUBMITTED for state in states),
    }
    return tuple(action for action, can in may.items() if can)


def _waiting(connection: Connection, resident: int) -> int:
    """Return how many things all of a person's cases wait for from them."""
    case, application = schema.case.c, schema.application.c
    mine = (
        select(case.id)
        .join(schema.application, application.id == case.application)
        .where(or_(application.resident == resident, application.agent == resident))
    )
    owed, asked = schema.obligation.c, schema.case_asked.c
    to_hand_in = and_(
        owed.case_id.in_(mine),
        owed.kind != ObligationKind.PROMISE.value,
        owed.state.in_((ObligationState.OPEN.value, ObligationState.MISSED.value)),
    )
    rounds = and_(asked.case_id.in_(mine), asked.answered_at.is_(None))
    return sum(
        int(connection.execute(select(func.count()).select_from(of).where(which)).scalar_one())
        for of, which in ((schema.obligation, to_hand_in), (schema.case_asked, rounds))
    )
