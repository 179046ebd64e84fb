"""A number for the counter (云叫号): choose what for, one touch gives the ticket. Nobody has to say who they are."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from kiosk.contract import TicketRequest
from kiosk.session import finishing
from kiosk.session.beside import Queue
from kiosk.session.beside_effects import FetchHalls, PrintBeside, TakeTicket
from kiosk.session.beside_events import BesideFailed, BesidePrinted, HallsFound, QueueWanted, TicketTaken, TicketWanted
from kiosk.session.house import House, Step
from kiosk.session.state import Advice, Receipt, Session, Stage

OPENS_FROM: Final = (Stage.FIND, Stage.MINE)
"""Pages on which a number can be asked for."""
UNPRINTED: Final = "slip.unprinted"
PAGES: Final = (Stage.HALLS, Stage.TICKET)


def wanted(_: House, state: Session, event: QueueWanted) -> Step:
    """Show the queues, unless something is waited for."""
    del event
    if state.stage not in OPENS_FROM or state.busy:
        return state, ()
    return _look(replace(state, beside_from=state.stage))


def _look(state: Session) -> Step:
    state = replace(state, stage=Stage.HALLS, queue=Queue(), beside_paper=Receipt.NONE, busy="halls", advice=None)
    return state, (FetchHalls(),)


def found(_: House, state: Session, event: HallsFound) -> Step:
    """Show them."""
    if state.stage is not Stage.HALLS or state.busy != "halls":
        return state, ()
    return replace(state, busy="", queue=Queue(halls=event.halls)), ()


def ticket_wanted(house: House, state: Session, event: TicketWanted) -> Step:
    """Take a place, where people are called now."""
    if state.stage is not Stage.HALLS or state.busy or state.queue is None:
        return state, ()
    services = [each for hall in state.queue.halls or () if hall.id == event.hall for each in hall.services]
    if not any(each.id == event.service and each.open for each in services):
        return state, ()
    request = TicketRequest(hall=event.hall, service=event.service, session=state.id, terminal=house.terminal)
    return replace(state, busy="ticket", advice=None), (TakeTicket(request=request),)


def taken(_: House, state: Session, event: TicketTaken) -> Step:
    """Show it, and print it without being asked."""
    if state.stage is not Stage.HALLS or state.busy != "ticket" or state.queue is None:
        return state, ()
    queue = replace(state.queue, ticket=event.ticket)
    return printing(replace(state, stage=Stage.TICKET, busy="", queue=queue), event.ticket.id)


def retry(state: Session) -> Step:
    """Ask again for what was not told; print again what did not come out."""
    ticket = None if state.queue is None else state.queue.ticket
    if state.stage is Stage.HALLS and not state.busy:
        return _look(state)
    if state.stage is Stage.TICKET and ticket is not None and state.beside_paper is Receipt.FAILED:
        return printing(state, ticket.id)
    return state, ()


def next_(house: House, state: Session) -> Step:
    """It is in their hand: end, unless something was put together before."""
    if state.stage is not Stage.TICKET or state.beside_paper is Receipt.PRINTING:
        return state, ()
    if state.holder is not None:
        return finishing.goodbye(house, state)
    return finishing.over(house, state) if not state.basket else (left(state), ())


def left(state: Session) -> Session:
    """Return the session on the page it was asked for from."""
    state = replace(state, stage=state.beside_from, beside_from=Stage.FIND)
    return replace(state, queue=None, beside_paper=Receipt.NONE, busy="")


# --- the slip --------------------------------------------------------------------------------------------------


def printing(state: Session, of: str) -> Step:
    """Print what is on the screen."""
    state = replace(state, beside_paper=Receipt.PRINTING, advice=None)
    return state, (PrintBeside(session=state, of=of),)


def shown(state: Session) -> str:
    """Return what is on the screen to be printed; empty for nothing."""
    if state.plea is not None and state.plea.complaint is not None:
        return state.plea.complaint.number
    return "" if state.queue is None or state.queue.ticket is None else state.queue.ticket.id


def printed(_: House, state: Session, event: BesidePrinted) -> Step:
    """Tell to take it."""
    if state.beside_paper is not Receipt.PRINTING or shown(state) != event.of:
        return state, ()
    return replace(state, beside_paper=Receipt.PRINTED if event.proven else Receipt.UNPROVEN), ()


def not_printed(_: House, state: Session, event: BesideFailed) -> Step:
    """Say why nothing came out; what is on the screen is as good."""
    if state.beside_paper is not Receipt.PRINTING or shown(state) != event.of:
        return state, ()
    # whatever the printer has, the cure is the same: what is on the screen
    return replace(state, beside_paper=Receipt.FAILED, advice=Advice(code=UNPRINTED)), ()
