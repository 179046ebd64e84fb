"""For whom the verified person acts: for themselves, or by a mandate for somebody else (代理人/经办人)."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.session import identifying, rights
from kiosk.session.events import ActedFor, BehalfWanted
from kiosk.session.house import House, Step
from kiosk.session.state import Advice, Session, Stage


def wanted(_: House, state: Session, event: BehalfWanted) -> Step:
    """Note on the notice that it is for somebody else: then it is asked for whom, whatever the register has."""
    del event
    if state.stage is not Stage.NOTICE or state.matter is None:
        return state, ()
    return replace(state, behalf=not state.behalf), ()


def ask(house: House, state: Session) -> Step:
    """Ask for whom, where there is a choice; otherwise fetch what is known."""
    chosen = state.own or state.mandate is not None or state.resumed
    if chosen or not (state.mandates or state.behalf):
        return identifying.fetch(house, state)
    return replace(state, stage=Stage.BEHALF, page=None, advice=None), ()


def acted_for(house: House, state: Session, event: ActedFor) -> Step:
    """For oneself; or for a principal, of whom the notice is shown first."""
    if state.stage is not Stage.BEHALF:
        return state, ()
    if not event.mandate:
        return identifying.fetch(house, replace(state, own=True, mandate=None))
    for mandate in state.mandates:
        if mandate.reference == event.mandate:
            if not rights.fits(state, mandate):
                return replace(state, advice=Advice(code="mandate.exceeded")), ()
            return replace(state, stage=Stage.NOTICE, mandate=mandate, own=False, advice=None), ()
    return state, ()
