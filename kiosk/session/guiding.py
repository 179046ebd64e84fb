"""What stands on a guide besides the way on: its paper, and what is worth doing too."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.catalogue.model import Item, Matter, Outcome
from kiosk.forms import Address
from kiosk.session.effects import PrintGuide, Recommend
from kiosk.session.events import GuideFailed, GuidePrinted, GuideWanted, Offered
from kiosk.session.house import House, Step
from kiosk.session.state import Receipt, Session, Stage

PRINTS_AT = (Stage.GUIDE, Stage.BASKET, Stage.OUTCOMES)
"""Pages that show a guide to print."""
OFFERS = 3
"""Offers shown; more would be a list to search through."""
OFFERS_AT = (Stage.GUIDE, Stage.BASKET, Stage.OUTCOMES)
"""Pages that show what is worth doing too."""
PREMISES = frozenset({"shop", "premises", "venue", "site", "enterprise", "place", "project", "farm"})
"""Prefixes of elements whose address is a place of business: only these leave with the question."""


def everything(matter: Matter) -> tuple[Item, ...]:
    """Return all items of a matter: those applied for here, and those that are only explained."""
    return (*matter.items, *matter.guided)


def explained(house: House, state: Session) -> tuple[Item, ...]:
    """Return the items whose guide the page has: where to go and what to bring."""
    if state.stage is Stage.BASKET:
        items = (house.catalogue.items[name] for name in state.basket)
        return tuple(item for item in items if item.outcome is Outcome.GUIDED)
    return () if state.matter is None else state.matter.guided


def recommend(state: Session, items: tuple[str, ...]) -> Step:
    """Ask what is worth doing with ``items``; nobody waits for the answer."""
    if not items:
        return state, ()
    theme = None if state.matter is None or state.stage is Stage.BASKET else state.matter.theme
    matter = "" if theme is None else theme.id
    return state, (Recommend(items=items, matter=matter, place=_premises(state)),)


def _premises(state: Session) -> dict[str, str] | None:
    """Return where the shop, the works, the premises are, when an answer says so."""
    for element, answer in state.answers.single.items():
        if element.partition(".")[0] in PREMISES and isinstance(answer.value, Address):
            return {"division": answer.value.division, "detail": answer.value.detail}
    return None


def returned(state: Session) -> Step:
    """Come back to a page with offers: they are asked for anew."""
    return recommend(replace(state, offers=()), looked_at(state))


def looked_at(state: Session) -> tuple[str, ...]:
    """Return the items the page is about: what offers must be for."""
    match state.stage:
        case Stage.BASKET:
            return state.basket
        case Stage.GUIDE if state.matter is not None:
            return tuple(item.id for item in everything(state.matter))
        case Stage.OUTCOMES:
            return tuple(dict.fromkeys(item for submission in state.submissions for item in submission.items))
        case _:
            return ()


def offered(house: House, state: Session, event: Offered) -> Step:
    """Show what is worth doing too, unless it is about something else than the page."""
    if state.stage not in OFFERS_AT or set(event.items) != set(looked_at(state)):
        return state, ()
    items = house.catalogue.items
    known = (*event.items, *state.basket)
    new = tuple(one for one in event.offers if one.item in items and one.item not in known)
    new = tuple(one for one in new if not _clashes(house, known, one.item))
    if state.stage is Stage.OUTCOMES:
        new = tuple(one for one in new if house.catalogue.has_service(one.item))
    return replace(state, offers=new[:OFFERS]), ()


def _clashes(house: House, items: tuple[str, ...], item: str) -> bool:
    """Whether ``item`` cannot be applied for together with one of ``items``: then it is not offered."""
    return any(item in (pair.item, pair.other) for pair in house.catalogue.conflicts((*items, item)))


def guide_wanted(house: House, state: Session, event: GuideWanted) -> Step:
    """Print where to go and what to bring, unless it is being printed."""
    del event
    items = explained(house, state)
    if state.stage not in PRINTS_AT or not items or state.guide_paper is Receipt.PRINTING:
        return state, ()
    state = replace(state, guide_paper=Receipt.PRINTING, advice=None)
    return state, (PrintGuide(session=state, items=items),)


def guide_printed(_: House, state: Session, event: GuidePrinted) -> Step:
    """Tell to take the paper."""
    if state.guide_paper is not Receipt.PRINTING:
        return state, ()
    return replace(state, guide_paper=Receipt.PRINTED if event.proven else Receipt.UNPROVEN), ()


def guide_failed(_: House, state: Session, event: GuideFailed) -> Step:
    """Tell to photograph the page instead."""
    if state.guide_paper is not Receipt.PRINTING:
        return state, ()
    del event
    return replace(state, guide_paper=Receipt.FAILED), ()
