"""What has to be paid before it goes on: an order, its code, and going on by itself once it is paid."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from kiosk.catalogue.model import Matter
from kiosk.contract import PaymentRequest, PaymentState
from kiosk.session import rights, submitting
from kiosk.session.effects import Effect
from kiosk.session.having import PAID, Bill
from kiosk.session.house import House, Step
from kiosk.session.identifying import MINE_NOTICE, notice_version
from kiosk.session.own_effects import CancelOrder, FetchCase, LookAtMine, MakeOrder
from kiosk.session.own_events import OrderMade, PaymentClock, PaymentTold, PaymentUnwatched
from kiosk.session.parts import Signature
from kiosk.session.state import Advice, Session, Stage


def due(matter: Matter) -> tuple[str, ...]:
    """Return the items of a matter that have a fee. What a person is let off, the backend knows."""
    return tuple(item.id for item in matter.items if item.fee_fen > 0)


def first(house: House, state: Session, signature: Signature, at: datetime) -> Step:
    """Submit; what has a fee is paid first, and what was paid is not paid again."""
    items = () if state.matter is None else due(state.matter)
    bill = state.bill
    if bill is not None and bill.items == items and not bill.application and bill.paid:
        return submitting.submit(house, state, signature, at, payment=_order_of(bill))
    if not items:
        return submitting.submit(house, state, signature, at)
    orders = 0 if bill is None else bill.orders
    bill = Bill(items=items, signed_at=at, orders=orders)
    return _order(house, replace(state, stage=Stage.PAY, signature=signature, bill=bill, advice=None))


def for_application(house: House, state: Session, items: tuple[str, ...], application: str) -> Step:
    """Pay what an application waits for."""
    bill = Bill(items=items, application=application, orders=0 if state.bill is None else state.bill.orders)
    return _order(house, replace(state, stage=Stage.PAY, bill=bill, advice=None))


def _go_on(house: House, state: Session) -> Step:
    """It is paid, or nothing is due: submit what was signed, or look at the case again."""
    bill = state.bill
    if bill is None:
        return state, ()
    if bill.application and state.case is not None:
        fetch = FetchCase(number=state.case.detail.case.number, done="pay")
        return replace(state, stage=Stage.CASE, busy="case"), (fetch,)
    if bill.application:
        return replace(state, stage=Stage.MINE, busy="mine", bill=None), (LookAtMine(notice=MINE_NOTICE),)
    if bill.signed_at is None:
        return state, ()
    return submitting.submit(house, state, state.signature, bill.signed_at, payment=_order_of(bill))


def submitted_unwatched(house: House, state: Session) -> Step:
    """Submit although nobody tells whether it is paid: its items wait for the money, and nothing is lost."""
    if state.bill is None or not state.bill.unwatched:
        return state, ()
    return _go_on(house, state)


def _order_of(bill: Bill) -> str:
    return "" if bill.payment is None else bill.payment.id


def _order(house: House, state: Session) -> Step:
    bill = state.bill
    if bill is None:
        return state, ()
    name = f"urn:onething:order:{state.id}:{state.attempt}:{bill.application}:{' '.join(bill.items)}:{bill.orders}"
    request = PaymentRequest(
        items=bill.items,
        notice=MINE_NOTICE if state.matter is None else notice_version(state.matter),
        session=state.id,
        terminal=house.terminal,
        authority=rights.authority(state),
        application=bill.application,
    )
    bill = replace(bill, orders=bill.orders + 1, payment=None, remaining_s=0, unwatched=False)
    state = replace(state, busy="order", bill=bill, advice=None)
    return state, (MakeOrder(key=str(uuid5(NAMESPACE_URL, name)), request=request),)


def order_made(house: House, state: Session, event: OrderMade) -> Step:
    """Show the code; where nothing is due it goes on at once."""
    if state.stage is not Stage.PAY or state.busy != "order" or state.bill is None:
        return state, ()
    state = replace(state, busy="", bill=replace(state.bill, payment=event.payment))
    if event.payment is None or event.payment.state in PAID:
        return _go_on(house, state)
    return state, ()


def told(house: House, state: Session, event: PaymentTold) -> Step:
    """Go on once it is paid; say when the code expired."""
    bill = state.bill
    if state.stage is not Stage.PAY or bill is None or not _is_of(bill, event.payment.id):
        return state, ()
    if bill.payment is not None and bill.payment.state is not PaymentState.CREATED:
        return state, ()  # what is final does not come back by late news
    advice = None if bill.unwatched else state.advice
    state = replace(state, bill=replace(bill, payment=event.payment, unwatched=False), advice=advice)
    return _go_on(house, state) if event.payment.state in PAID else (state, ())


def clock(_: House, state: Session, event: PaymentClock) -> Step:
    """Count down."""
    bill = state.bill
    if state.stage is not Stage.PAY or bill is None or not _is_of(bill, event.payment):
        return state, ()
    return replace(state, bill=replace(bill, remaining_s=max(0, event.remaining_s))), ()


def unwatched(_: House, state: Session, event: PaymentUnwatched) -> Step:
    """Say that nobody tells whether it is paid: what is paid stays paid."""
    bill = state.bill
    if state.stage is not Stage.PAY or bill is None or not _is_of(bill, event.payment):
        return state, ()
    return replace(state, bill=replace(bill, unwatched=True), advice=Advice(code="payment.unwatched")), ()


def _is_of(bill: Bill, payment: str) -> bool:
    return bill.payment is not None and bill.payment.id == payment


def next_(house: House, state: Session) -> Step:
    """Make another code when the one before cannot be paid any more, or none could be made."""
    if state.busy or state.bill is None or state.bill.open:
        return state, ()
    return _order(house, state)


def left(before: Session, after: Session) -> tuple[Effect, ...]:
    """Return what cancels an order that could still be paid when its page was left; nothing filled in is lost."""
    bill = before.bill
    if before.stage is not Stage.PAY or after.stage in (Stage.PAY, Stage.OUTCOMES):
        return ()
    return () if bill is None or bill.payment is None or not bill.open else (CancelOrder(payment=bill.payment.id),)


def back(state: Session) -> Session:
    """Return the session at the review: nothing was paid, and nothing of what was filled in is lost."""
    bill = state.bill
    if bill is not None and not bill.paid:
        bill = replace(bill, payment=None, remaining_s=0, unwatched=False)
    stage = Stage.REVIEW
    if bill is not None and bill.application:
        stage = Stage.MINE if state.case is None else Stage.CASE
    return replace(state, stage=stage, bill=bill, busy="")
