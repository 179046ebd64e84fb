"""The pages of what is somebody's own: where back and the one primary action lead, and who takes which event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from kiosk.session import casework, own_events, owning, paying, tracing
from kiosk.session.events import Event, Next
from kiosk.session.house import House, Step
from kiosk.session.state import Session, Stage

LOOKED_AT: Final = (Stage.MINE, Stage.CASE, Stage.WITHDRAW, Stage.LICENCES, Stage.SHEET, Stage.USES, Stage.BENEFIT)
"""Pages that are only looked at: who leaves them loses nothing."""


def back(house: House, state: Session) -> Step:
    """One page back; from the first of them out, for nobody else may see it."""
    match state.stage:
        case Stage.MINE:
            return owning.seen(house, state)
        case Stage.CASE:
            return casework.back(house, state)
        case Stage.WITHDRAW:
            return replace(state, stage=Stage.CASE, busy=""), ()
        case Stage.SHEET:
            return owning.sheet_back(state), ()
        case Stage.NUMBER:
            return replace(state, stage=Stage.FIND, number="", statuses=(), busy=""), ()
        case Stage.PAY:
            return paying.back(state), ()
        case _:
            return replace(state, stage=Stage.MINE, busy=""), ()


def next_(house: House, state: Session, event: Next) -> Step:
    """Do the one primary action of the page."""
    match state.stage:
        case Stage.BENEFIT:
            return owning.benefit_next(house, state, event)
        case Stage.PAY:
            return paying.next_(house, state)
        case Stage.WITHDRAW:
            return casework.withdraw_next(house, state)
        case Stage.MINE if not state.busy and state.mine is not None:
            return owning.seen(house, state)
        case _:
            return state, ()


HANDLERS: Final[Mapping[type[Event], Callable[[House, Session, Any], Step]]] = {
    own_events.MineWanted: owning.wanted,
    own_events.NumberWanted: tracing.wanted,
    own_events.NumberEntered: tracing.entered,
    own_events.CaseChosen: casework.chosen,
    own_events.SupplementWanted: casework.supplement_wanted,
    own_events.CorrectWanted: casework.correct_wanted,
    own_events.WithdrawWanted: casework.withdraw_wanted,
    own_events.RateWanted: casework.rate_wanted,
    own_events.PayWanted: casework.pay_wanted,
    own_events.DocumentWanted: casework.document_wanted,
    own_events.CaseFound: casework.found,
    own_events.ApplicationFound: casework.application_found,
    own_events.DraftsWanted: owning.drafts_wanted,
    own_events.LicencesWanted: owning.licences_wanted,
    own_events.LicenceChosen: owning.licence_chosen,
    own_events.UsesWanted: owning.uses_wanted,
    own_events.BenefitChosen: owning.benefit_chosen,
    own_events.AccountChosen: owning.account_chosen,
    own_events.PrintWanted: owning.print_wanted,
    own_events.MineFound: owning.found,
    own_events.RemindersFound: owning.reminded,
    own_events.LicenceFound: owning.licence_found,
    own_events.UsesFound: owning.uses_found,
    own_events.StatusFound: tracing.found,
    own_events.BenefitTaken: owning.benefit_taken,
    own_events.SheetPrinted: owning.sheet_printed,
    own_events.SheetFailed: owning.sheet_failed,
    own_events.OrderMade: paying.order_made,
    own_events.PaymentTold: paying.told,
    own_events.PaymentClock: paying.clock,
    own_events.PaymentUnwatched: paying.unwatched,
}
"""Who takes which event."""
