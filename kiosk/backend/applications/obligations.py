"""What stays to be done with a case: handed in later (容缺), asked for (补正), put right (整改), promised (承诺).

A missed day decides nothing: it is written down, the applicant is told, and a person sees it in a list.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection, insert, select, update

from kiosk.backend.applications import sentences
from kiosk.backend.applications.documents import day_text
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.contract import Awaited, CaseStep, Obligation, ObligationKind, ObligationState
from kiosk.words import Text

DEFER_DAYS = 20
"""Working days for a material that is handed in later, where the item does not say."""
CHECK_DAYS = 40
"""Working days within which a promise is checked, where the item does not say: about two months."""
REMIND_DAYS = 3
"""Working days before the day on which the applicant is reminded."""

_TO_BE_DONE = (ObligationState.OPEN.value, ObligationState.MISSED.value)
_ALIVE = (*_TO_BE_DONE, ObligationState.HANDED_IN.value)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Something a clerk asked for."""

    kind: str
    """``material`` or ``answer``"""
    subject: str
    name: Text
    says: Text


def owe(
    connection: Connection,
    case: int,
    kind: ObligationKind,
    subject: str,
    words: Text,
    due_on: date,
    now: datetime,
) -> None:
    """Write down that something stays to be done until ``due_on``; once, and anew where it was closed before."""
    table = schema.obligation
    values = {
        "words": msgspec.json.encode(words).decode(),
        "due_on": due_on,
        "remind_on": None if kind is ObligationKind.PROMISE else reminder_day(due_on),
        "state": ObligationState.OPEN.value,
        "closed_at": None,
    }
    ours = (table.c.case_id == case, table.c.kind == kind.value, table.c.subject == subject)
    if not connection.execute(update(table).where(*ours).values(values)).rowcount:
        key = {"case_id": case, "kind": kind.value, "subject": subject, "made_at": now.timestamp()}
        connection.execute(insert(table).values(**key, **values))


def reminder_day(due_on: date) -> date:
    """Return the day ``REMIND_DAYS`` working days before ``due_on``."""
    day, left = due_on, REMIND_DAYS
    while left > 0:
        day -= timedelta(days=1)
        left -= workdays().is_working(day)
    return day


def put(
    connection: Connection,
    case: int,
    kind: ObligationKind,
    subject: str,
    state: ObligationState,
    now: datetime,
    *,
    remark: str = "",
    obtained: str = "",
    reference: str = "",
    due_on: date | None = None,
) -> bool:
    """Bring an obligation that is still alive into ``state``; return whether there was one."""
    table = schema.obligation
    values: dict[str, object] = {"state": state.value}
    if state not in {ObligationState.OPEN, ObligationState.HANDED_IN, ObligationState.MISSED}:
        values["closed_at"] = now.timestamp()
    if remark:
        values["remark"] = remark
    if obtained:
        values |= {"obtained": obtained, "reference": reference}
    if due_on is not None:
        values |= {"due_on": due_on, "remind_on": reminder_day(due_on)}
    alive = (
        table.c.case_id == case,
        table.c.kind == kind.value,
        table.c.subject == subject,
        table.c.state.in_(_ALIVE),
    )
    return bool(connection.execute(update(table).where(*alive).values(values)).rowcount)


def release(connection: Connection, case: int, now: datetime) -> None:
    """Let go of everything a case waits for: it was withdrawn, refused or not accepted."""
    table, asked, step = schema.obligation, schema.case_asked, schema.case_step
    connection.execute(
        update(table)
        .where(table.c.case_id == case, table.c.state.in_(_ALIVE))
        .values(state=ObligationState.RELEASED.value, closed_at=now.timestamp())
    )
    connection.execute(
        update(asked).where(asked.c.case_id == case, asked.c.answered_at.is_(None)).values(answered_at=now.timestamp())
    )
    connection.execute(
        update(step).where(step.c.case_id == case, step.c.ended_on.is_(None)).values(ended_on=now.date())
    )


def awaited(connection: Connection, case: int) -> tuple[Awaited, ...]:
    """Return what a case waits for from its applicant, the nearest day first."""
    asked, owed = schema.case_asked.c, schema.obligation.c
    found = [
        Awaited(
            kind=wanted.kind,
            subject=wanted.subject,
            name=wanted.name,
            says=wanted.says,
            due_on=row.due_on,
            missed=row.missed,
        )
        for row in connection.execute(
            select(asked.due_on, asked.wanted, asked.missed).where(asked.case_id == case, asked.answered_at.is_(None))
        )
        for wanted in msgspec.json.decode(row.wanted, type=tuple[Wanted, ...])
    ]
    query = (
        select(owed.kind, owed.subject, owed.words, owed.due_on, owed.state, owed.remark)
        .where(owed.case_id == case, owed.state.in_(_TO_BE_DONE), owed.kind != ObligationKind.PROMISE.value)
        .order_by(owed.due_on, owed.id)
    )
    for row in connection.execute(query):
        words = msgspec.json.decode(row.words, type=Text)
        sentence = sentences.HAND_IN if row.kind == ObligationKind.MATERIAL.value else sentences.PUT_RIGHT
        says = sentences.put(sentence, name=words, due=day_text(row.due_on))
        if row.remark:
            says = sentences.joined(says, sentences.put(sentences.NOT_GOOD, says=row.remark))
        found.append(
            Awaited(
                kind=row.kind,
                subject=row.subject,
                name=words,
                says=says,
                due_on=row.due_on,
                missed=row.state == ObligationState.MISSED.value,
            )
        )
    return tuple(sorted(found, key=lambda each: each.due_on))


def obligations(connection: Connection, case: int, now: datetime) -> tuple[Obligation, ...]:
    """Return every obligation of a case, in the order they were made."""
    table = schema.obligation.c
    query = select(schema.obligation).where(table.case_id == case).order_by(table.id)
    return tuple(
        Obligation(
            kind=ObligationKind(row.kind),
            subject=row.subject,
            words=msgspec.json.decode(row.words, type=Text),
            state=ObligationState(row.state),
            due_on=row.due_on,
            closed_at=None if row.closed_at is None else datetime.fromtimestamp(row.closed_at, now.tzinfo),
            says=row.remark,
        )
        for row in connection.execute(query)
    )


def steps(connection: Connection, case: int) -> tuple[CaseStep, ...]:
    """Return the special steps of a case that were begun, in order."""
    table = schema.case_step.c
    query = select(schema.case_step).where(table.case_id == case).order_by(table.id)
    return tuple(
        CaseStep(
            step=row.step,
            name=sentences.STEPS[row.step],
            days=row.days,
            begun_on=row.begun_on,
            limit_on=row.limit_on,
            ended_on=row.ended_on,
            overdue=row.overdue,
            says=row.result,
        )
        for row in connection.execute(query)
    )
