"""How a result reaches its owner (送达方式): chosen in the case, as long as nothing was posted or collected."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from kiosk.contract import DeliveryRequest, Recipient, Way
from kiosk.session.beside_effects import ChooseDelivery
from kiosk.session.beside_events import DeliveryChosen, DeliveryKept, DeliveryWanted
from kiosk.session.house import House, Step
from kiosk.session.state import Advice, Session, Stage

PAGES: Final = (Stage.DELIVERY,)
SENT: Final = (Way.MAIL, Way.COLLECTION_POINT)
"""Ways that bring something to somebody; where there is none, there is nothing to choose."""


def can(state: Session) -> bool:
    """Return whether there is something to choose for the case on the screen."""
    delivery = None if state.case is None else state.case.delivery
    if delivery is None or not delivery.may_change or len(delivery.ways) < 2:  # nothing to choose among
        return False
    return any(way in SENT for way in delivery.ways)


def wanted(_: House, state: Session, event: DeliveryWanted) -> Step:
    """Show the ways there are, unless something is waited for."""
    del event
    if state.stage is not Stage.CASE or state.busy or not can(state):
        return state, ()
    return replace(state, stage=Stage.DELIVERY, beside_from=Stage.CASE, advice=None), ()


def chosen(_: House, state: Session, event: DeliveryChosen) -> Step:
    """Choose it: with a whole address for the post, with a point where it is collected."""
    delivery = None if state.case is None else state.case.delivery
    if state.stage is not Stage.DELIVERY or state.busy or delivery is None or state.holder is None:
        return state, ()
    if event.way not in delivery.ways or state.case is None:
        return state, ()
    recipient = None
    if event.way is Way.MAIL:
        detail, phone = event.detail.strip(), event.phone.strip()
        if not (detail and event.division and phone):
            return replace(state, advice=Advice(code="delivery.invalid")), ()
        recipient = Recipient(name=state.holder.name, phone=phone, division=event.division, detail=detail)
    elif event.way is Way.COLLECTION_POINT and all(point.id != event.point for point in delivery.points):
        return replace(state, advice=Advice(code="delivery.invalid")), ()
    point = event.point if event.way is Way.COLLECTION_POINT else ""
    effect = ChooseDelivery(
        case=state.case.detail.case.number,
        tag=state.case.delivery_tag,
        request=DeliveryRequest(way=event.way, recipient=recipient, point=point),
    )
    return replace(state, busy="delivery", advice=None), (effect,)


def kept(_: House, state: Session, event: DeliveryKept) -> Step:
    """Show it in the case; what was chosen elsewhere meanwhile is shown to be chosen again."""
    if state.stage is not Stage.DELIVERY or state.busy != "delivery" or state.case is None:
        return state, ()
    case = replace(state.case, delivery=event.delivery, delivery_tag=event.tag)
    if event.code and event.delivery.may_change:
        return replace(state, busy="", case=case, advice=Advice(code=event.code)), ()
    advice = Advice(code=event.code) if event.code else None
    done = "" if event.code else "delivery"
    return replace(left(state), case=replace(case, done=done), advice=advice), ()


def left(state: Session) -> Session:
    """Return the session at the case."""
    return replace(state, stage=Stage.CASE, beside_from=Stage.FIND, busy="")
