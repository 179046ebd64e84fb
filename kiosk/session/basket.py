"""The basket (自由组合): any items put together, told what does not go together, and started as one form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from kiosk.catalogue import BASKET
from kiosk.forms import Answers
from kiosk.session import finding, guiding
from kiosk.session.events import BasketFilled, BasketOpened, BasketPutBack, BasketTaken
from kiosk.session.house import House, Step
from kiosk.session.parts import TakenOut
from kiosk.session.state import Advice, Session, Stage

MOST: Final = 20
"""Items of one basket; more would be a form nobody finishes standing."""


OPENS_FROM: Final = (Stage.FIND, Stage.SITUATION, Stage.GUIDE)
"""Pages with the basket in their corner: as long as nothing was filled in yet."""


def filled(house: House, state: Session, event: BasketFilled) -> Step:
    """Put items in; the basket that is full says so."""
    if state.stage not in (*OPENS_FROM, Stage.BASKET):
        return state, ()
    new = [item for item in dict.fromkeys(event.items) if item in house.catalogue.items and item not in state.basket]
    if not new:
        return state, ()
    if len(state.basket) + len(new) > MOST:
        return replace(state, advice=Advice(code="basket.full")), ()
    return _changed(state, (*state.basket, *new))


def taken(_: House, state: Session, event: BasketTaken) -> Step:
    """Take an item out, and remember where it stood."""
    if state.stage not in (*OPENS_FROM, Stage.BASKET) or event.item not in state.basket:
        return state, ()
    place = state.basket.index(event.item)
    state, effects = _changed(state, (item for item in state.basket if item != event.item))
    return replace(state, taken_out=TakenOut(item=event.item, place=place)), effects


def put_back(_: House, state: Session, event: BasketPutBack) -> Step:
    """Put back what was taken out last, where it stood."""
    del event
    out = state.taken_out
    if state.stage is not Stage.BASKET or out is None or out.item in state.basket or len(state.basket) >= MOST:
        return state, ()
    return _changed(state, (*state.basket[: out.place], out.item, *state.basket[out.place :]))


def opened(_: House, state: Session, event: BasketOpened) -> Step:
    """Look at the basket; back leads to where it was opened."""
    del event
    if state.stage not in OPENS_FROM:
        return state, ()
    came_from = state.stage
    if came_from is Stage.GUIDE and state.matter is None:
        came_from = Stage.FIND
    state = replace(state, stage=Stage.BASKET, basket_from=came_from, taken_out=None, told_conflicts=False, advice=None)
    return guiding.recommend(replace(state, offers=()), state.basket)


def back(state: Session) -> Step:
    """Return to the page the basket was opened from."""
    state = replace(state, stage=state.basket_from, taken_out=None, offers=())
    return guiding.returned(state)


def returned(state: Session) -> Step:
    """Come back to the basket from the notice."""
    return guiding.recommend(replace(state, stage=Stage.BASKET, offers=()), state.basket)


def start(house: House, state: Session) -> Step:
    """Merge what is in the basket and go on as with any matter; what cannot go together is said once before."""
    if not state.basket:
        return replace(state, stage=Stage.FIND, advice=None), ()
    if house.catalogue.conflicts(state.basket) and not state.told_conflicts:
        return replace(state, told_conflicts=True, advice=Advice(code="basket.conflict")), ()
    matter = house.catalogue.merged(BASKET, state.basket, finding.today_of(state))
    if not matter.items:
        return finding.paper_next(house, state)
    state = finding.cleared(replace(state, basket_from=Stage.FIND, taken_out=None), BASKET)
    return finding.guide_next(house, replace(state, matter=matter, answers=Answers()))


def _changed(state: Session, basket: Iterable[str]) -> Step:
    """Return the session with another basket: what was said of the old one holds no more."""
    state = replace(state, basket=tuple(basket), taken_out=None, told_conflicts=False, advice=None)
    if state.stage is not Stage.BASKET:
        return state, ()
    return guiding.recommend(replace(state, offers=()), state.basket)
