"""Fees of a case: waited for before it goes on, given back when it comes to nothing. The rest is ``payments``'."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec
from sqlalchemy import Connection, insert, select, update

from kiosk.backend.applications import sentences
from kiosk.backend.applications.life import Life, Line, change
from kiosk.backend.applications.obligations import Wanted
from kiosk.backend.applications.states import Move
from kiosk.backend.mandates import Acting
from kiosk.backend.payments.books import give_back
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.contract import Actor, Case, CaseState

PAYMENT = "payment"
"""Kind of what a case waits for."""
_PAY_DAYS = 10
"""Working days; then a person calls. Nothing is refused for it."""


class Cashier(Protocol):
    """What knows fees: ``kiosk.backend.payments.Payments``."""

    def take(
        self, connection: Connection, found: Acting, application: int, items: Iterable[str], order: str, notice: str
    ) -> set[str]:
        """Write what the items of a new application cost; return those that wait for their payment."""


def wait_for_payment(life: Life) -> Case:
    """Let a case that was just taken wait until its fee is paid."""
    due_on = workdays().after(life.today, _PAY_DAYS).on
    wanted = Wanted(kind=PAYMENT, subject=life.case.item, name=sentences.FEE, says=sentences.PAY)
    life.connection.execute(
        insert(schema.case_asked).values(
            case_id=life.id,
            round=0,
            asked_at=life.now.timestamp(),
            due_on=due_on,
            wanted=msgspec.json.encode((wanted,)).decode(),
            back_to=CaseState.SUBMITTED.value,
        )
    )
    case = msgspec.structs.replace(life.case, state=CaseState.WAITING, reason=sentences.PAY)
    return change(life, case, Move.BILL, Line(what="fee-due", who=Actor.RULES, says=sentences.PAY)).case


def paid(life: Life) -> Life | None:
    """Close the wait for the fee; return the case as it was submitted, or None: it does not wait for it."""
    table = schema.case_asked
    closed = life.connection.execute(
        update(table)
        .where(table.c.case_id == life.id, table.c.round == 0, table.c.answered_at.is_(None))
        .values(answered_at=life.now.timestamp())
    )
    if not closed.rowcount or life.case.state is not CaseState.WAITING:
        return None
    case = msgspec.structs.replace(life.case, state=CaseState.SUBMITTED, reason=sentences.SUBMITTED)
    return change(life, case, Move.PAY, Line(what="paid", who=Actor.APPLICANT, says=sentences.PAID))


def return_fee(life: Life, reason: str) -> None:
    """Let the fee of a case go back: it was withdrawn, not accepted or refused, and gives nothing."""
    fee = schema.fee.c
    row = life.connection.execute(
        select(fee.payment_order, fee.amount_fen).where(
            fee.application == life.application, fee.item == life.case.item, fee.payment_order.is_not(None)
        )
    ).one_or_none()
    if row is not None:
        give_back(life.connection, row.payment_order, life.case.item, row.amount_fen, reason, life.now)
