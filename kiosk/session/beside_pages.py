"""The pages beside a matter: where back, home and the one primary action lead, and who takes which event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kiosk.session import beside_events, complaining, delivering, queueing
from kiosk.session.events import Event
from kiosk.session.house import House, Step
from kiosk.session.state import Session, Stage

PAGES: Final = (*queueing.PAGES, *complaining.PAGES, *delivering.PAGES)


def left(state: Session) -> Session:
    """Return the session on the page such a page was opened from."""
    if state.stage in delivering.PAGES:
        return delivering.left(state)
    return complaining.left(state) if state.stage in complaining.PAGES else queueing.left(state)


def next_(house: House, state: Session) -> Step:
    """Do the one primary action of the page."""
    if state.stage is Stage.COMPLAINT and not state.busy:
        return complaining.left(state), ()
    return queueing.next_(house, state)


def retry(state: Session) -> Step:
    """Try again what did not work on the page."""
    return complaining.retry(state) if state.stage in complaining.PAGES else queueing.retry(state)


HANDLERS: Final[Mapping[type[Event], Callable[[House, Session, Any], Step]]] = {
    beside_events.QueueWanted: queueing.wanted,
    beside_events.TicketWanted: queueing.ticket_wanted,
    beside_events.HallsFound: queueing.found,
    beside_events.TicketTaken: queueing.taken,
    beside_events.ComplainWanted: complaining.wanted,
    beside_events.ComplaintMade: complaining.made,
    beside_events.ComplaintChosen: complaining.chosen,
    beside_events.Judged: complaining.judged,
    beside_events.ComplaintTaken: complaining.taken,
    beside_events.ComplaintJudged: complaining.judgement,
    beside_events.DeliveryWanted: delivering.wanted,
    beside_events.DeliveryChosen: delivering.chosen,
    beside_events.DeliveryKept: delivering.kept,
    beside_events.BesidePrinted: queueing.printed,
    beside_events.BesideFailed: queueing.not_printed,
}
"""Who takes which event."""
