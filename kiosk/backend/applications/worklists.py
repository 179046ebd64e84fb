"""The lists that people in departments work from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from kiosk.backend.applications.states import AT_DEPARTMENT
from kiosk.backend.storage import schema
from kiosk.contract import CaseState, ObligationKind, ObligationState
from kiosk.words import Text


class Work(StrEnum):
    """A list of what there is to do."""

    DECIDE = "decide"
    """accepted, referred or at the counter"""
    VISITS = "visits"
    """booked, by time"""
    CHECK = "check"
    """handed in later, or put right: to be looked at"""
    PROMISES = "promises"
    """to be checked afterwards (事后核查), by day"""
    STEPS = "steps"
    """special steps under way"""
    MISSED = "missed"
    """the applicant's day is over: a person says what follows"""
    OVERDUE = "overdue"
    """the department is late: the supervisor's list"""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A case in a list."""

    number: str
    version: int
    item: str
    item_name: Text
    department: str
    state: CaseState
    applicant: str
    received_at: datetime
    on: date | None
    """The day the list is about: due, visited, to be checked, missed."""
    overdue: bool
    reason: Text


def listed(work: Work, departments: Collection[str], today: date) -> Select[Any]:
    """Return the query of a list, the most pressing first; of some departments, or of all."""
    case, application, owed = schema.case.c, schema.application.c, schema.obligation.c
    asked, step = schema.case_asked.c, schema.case_step.c
    on: ColumnElement[Any] = case.due_on
    where: ColumnElement[bool]
    joins: list[tuple[Any, ColumnElement[bool]]] = []
    match work:
        case Work.DECIDE:
            where = case.state.in_([CaseState.ACCEPTED.value, CaseState.REFERRED.value, CaseState.BOOKED.value])
        case Work.VISITS:
            joins = [(schema.visit, schema.visit.c.case_number == case.number)]
            on = schema.visit.c.starts_at
            where = case.state == CaseState.INSPECTION_BOOKED.value
        case Work.CHECK:
            joins = [(schema.obligation, owed.case_id == case.id)]
            on, where = owed.due_on, owed.state == ObligationState.HANDED_IN.value
        case Work.PROMISES:
            joins = [(schema.obligation, owed.case_id == case.id)]
            on = owed.due_on
            where = and_(
                owed.kind == ObligationKind.PROMISE.value,
                owed.state.in_((ObligationState.OPEN.value, ObligationState.MISSED.value)),
            )
        case Work.STEPS:
            joins = [(schema.case_step, step.case_id == case.id)]
            on, where = step.limit_on, step.ended_on.is_(None)
        case Work.MISSED:
            missed = select(asked.id).where(asked.case_id == case.id, asked.answered_at.is_(None), asked.missed)
            late = select(owed.id).where(
                owed.case_id == case.id,
                owed.kind != ObligationKind.PROMISE.value,
                owed.state == ObligationState.MISSED.value,
            )
            where = or_(exists(missed), exists(late))
        case Work.OVERDUE:
            slow = select(step.id).where(step.case_id == case.id, step.ended_on.is_(None), step.limit_on < today)
            where = or_(and_(case.overdue, case.state.in_([state.value for state in AT_DEPARTMENT])), exists(slow))
    table: Any = schema.case
    for joined, how in joins:
        table = table.join(joined, how)
    table = table.join(schema.application, application.id == case.application)
    table = table.join(schema.resident, schema.resident.c.id == application.resident)
    query = (
        select(
            case.version,
            case.content,
            application.applicant,
            application.received_at,
            schema.resident.c.name,
            on.label("on_day"),
        )
        .select_from(table)
        .where(where)
        .order_by(on.is_(None), on, case.id)
    )
    return query.where(case.department.in_(departments)) if departments else query
