"""The session machine: one event, one step. No clocks, no input or output, no randomness.

An event that does not fit the state changes nothing: a double tap, an answer that came too late or a card laid down at
the wrong moment is never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.catalogue import BASKET
from kiosk.session import (
    answering,
    basket,
    behalf,
    beside_pages,
    casework,
    course,
    events,
    finding,
    finishing,
    gathering,
    guiding,
    helping,
    identifying,
    keeping,
    mending,
    own_pages,
    owning,
    paying,
    preferences,
    revising,
)
from kiosk.session.effects import Abandon, Effect, Wipe
from kiosk.session.having import Errand
from kiosk.session.house import House, Step
from kiosk.session.preferences import Preferences
from kiosk.session.state import LOW_BATTERY, Idle, Prompt, Session, Stage, fresh


def step(house: House, state: Session, event: events.Event) -> tuple[Session, tuple[Effect, ...]]:
    """Return the session after ``event`` and what the world must now do.

    Args:
        house: The terminal it happens on.
        state: The session before.
        event: What happened.
    """
    after, effects = _step(house, state, event)
    return course.kept(after), (*paying.left(state, after), *effects)


def _step(house: House, state: Session, event: events.Event) -> Step:
    if isinstance(event, events.Intent) and state.idle is not None:
        state = replace(state, idle=None)
        if isinstance(event, events.Stay):
            return state, ()
    if state.leaving and isinstance(event, events.Intent):
        return _while_leaving(house, state, event)
    handler = _HANDLERS.get(type(event))
    if handler is None:
        return state, ()
    after, effects = handler(house, state, event)
    if isinstance(event, events.Intent) and state.busy and not after.busy and Wipe() not in effects:
        # the page that waited was left: its answer must not be taken for that of a later, similar request
        effects = (Abandon(), *effects)
    return after, effects


def _while_leaving(house: House, state: Session, event: events.Intent) -> Step:
    """Only the question whether to leave is answered while it stands there."""
    match event:
        case events.Leave():
            return finishing.goodbye(house, state)
        case events.SaveWanted():
            return keeping.save_wanted(house, state, event)
        case events.Stay() | events.Back() | events.Home():
            return replace(state, leaving=False), ()
        case events.LanguageChosen() | events.Preferred():
            return _HANDLERS[type(event)](house, state, event)
        case _:
            return state, ()


def _language(_: House, state: Session, event: events.LanguageChosen) -> Step:
    return replace(state, language=event.language), ()


def _preferred(_: House, state: Session, event: events.Preferred) -> Step:
    return replace(state, preferences=preferences.chosen(state.preferences, event.preferences)), ()


def _headphones_changed(_: House, state: Session, event: events.HeadphonesChanged) -> Step:
    """Guide by sound who plugs headphones in; before anybody has begun, pulling them out is going away."""
    after = replace(state, headphones=event.plugged)
    if event.plugged:
        return replace(after, preferences=preferences.plugged(state.preferences)), ()
    if state.stage is Stage.ATTRACT:
        return replace(after, preferences=Preferences()), ()
    return replace(after, preferences=preferences.unplugged(state.preferences)), ()


def _home(house: House, state: Session, _: events.Home) -> Step:
    """To the start: at once when nothing would be lost, after a question otherwise."""
    if state.stage in (Stage.ATTRACT, Stage.GOODBYE):
        return state, ()
    if state.stage in beside_pages.PAGES:
        return _home_from_beside(house, state)
    if state.stage in (Stage.RECEIPT, Stage.RATING) or (state.stage is Stage.OUTCOMES and state.settled):
        return finishing.goodbye(house, state)
    if state.stage in own_pages.LOOKED_AT and state.mending is None and not finishing.underway(state):
        return owning.ended(house, state)
    if state.holder is not None:
        return replace(state, leaving=True), ()
    if state.stage is Stage.FIND:
        if state.basket:
            return replace(state, leaving=True), ()
        return finishing.over(house, state)
    kept = replace(
        fresh(state, language=state.language),
        id=state.id,
        today=state.today,
        preferences=state.preferences,
        document_on=state.document_on,
        stage=Stage.FIND,
        audience=state.audience,
        basket=state.basket,
    )
    return kept, ()


def _backend_failed(house: House, state: Session, event: events.BackendFailed) -> Step:
    """Say it; a verification that ran out beside a matter is made anew for the page it was opened from."""
    if state.stage in beside_pages.PAGES and state.busy == event.request and event.code in identifying.TOKEN_OVER:
        state = replace(beside_pages.left(state), busy=event.request)
    return identifying.backend_failed(house, state, event)


def _home_from_beside(house: House, state: Session) -> Step:
    """As from the page it was opened from; that of the services is the start already."""
    left = replace(beside_pages.left(state), advice=None)
    if left.stage is Stage.FIND:
        return left, ()
    after, effects = _home(house, left, events.Home())
    return (replace(state, leaving=True), ()) if after.leaving else (after, effects)


def _back(house: House, state: Session, _: events.Back) -> Step:  # noqa: C901  # a table with a row per page
    """One page back; from the services to the attract page."""
    before = replace(state, advice=None)
    if state.stage in beside_pages.PAGES:
        return beside_pages.left(before), ()
    mended = mending.back(before)
    if mended is not None:
        return mended, ()
    match state.stage:
        case Stage.FIND:
            return finding.find_back(house, before)
        case Stage.BASKET:
            return basket.back(before)
        case Stage.SITUATION:
            return finding.situation_back(house, before), ()
        case Stage.GUIDE:
            return finding.guide_back(house, before), ()
        case Stage.NOTICE if state.mandate is not None and state.verified and not state.resumed:
            return replace(before, stage=Stage.BEHALF, mandate=None), ()
        case Stage.NOTICE if state.service == BASKET:
            return basket.returned(before)
        case Stage.NOTICE:
            return guiding.returned(replace(before, stage=Stage.GUIDE))
        case Stage.DOCUMENT if state.prompt is Prompt.TYPING:
            return identifying.typing_left(before), ()
        case Stage.DOCUMENT if state.errand is Errand.MINE:
            return owning.document_back(before), ()
        case Stage.DOCUMENT:
            return replace(before, stage=Stage.NOTICE), ()
        case Stage.VERIFY:
            return identifying.verify_back(before)
        case Stage.RESUME if state.errand is Errand.MINE:
            return owning.drafts_left(house, before)
        case Stage.FETCH | Stage.CONFIRM | Stage.RESUME | Stage.BEHALF:
            return replace(before, stage=Stage.NOTICE, own=False, busy=""), ()
        case Stage.TASKS:
            return answering.before_questions(before), ()
        case Stage.QUESTION:
            return answering.back(before), ()
        case Stage.CHANGE:
            return revising.back(before), ()
        case Stage.MATERIALS:
            return answering.last_question(before), ()
        case Stage.CAMERA | Stage.PROMISE:
            return replace(before, stage=Stage.MATERIALS, material="", picture=None, busy=""), ()
        case Stage.REVIEW:
            return _review_back(before), ()
        case Stage.SIGN:
            return replace(before, stage=Stage.REVIEW), ()
        case Stage.OUTCOMES:
            return finishing.outcomes_back(before), ()
        case Stage.RECEIPT:
            return replace(before, stage=Stage.OUTCOMES), ()
        case Stage.RATING if state.case is not None:
            return casework.rated(before), ()
        case Stage.RATING:
            return replace(before, stage=Stage.RECEIPT), ()
        case Stage.KEPT:
            return keeping.kept_back(before), ()
        case Stage.HELPER:
            return helping.back(before), ()
        case Stage.ATTRACT | Stage.GOODBYE:
            return state, ()
        case _:
            return own_pages.back(house, before)


def _review_back(state: Session) -> Session:
    """Return the session at the materials, or at the last question when none are needed."""
    return replace(state, stage=Stage.MATERIALS) if gathering.needed(state) else answering.last_question(state)


def _next(house: House, state: Session, event: events.Next) -> Step:  # noqa: C901  # a table with a row per page
    """Do the one primary action of the page."""
    match state.stage:
        case Stage.BASKET:
            return basket.start(house, state)
        case Stage.GUIDE:
            return finding.guide_next(house, state)
        case Stage.NOTICE if state.verified and state.holder is not None:
            return keeping.entered(house, state)
        case Stage.NOTICE:
            return finding.notice_next(house, state)
        case Stage.RESUME if state.errand is Errand.MINE and not state.resumed and not state.busy:
            return owning.drafts_left(house, state)
        case Stage.RESUME:
            return keeping.resume_next(house, state)
        case Stage.KEPT:
            return keeping.kept_next(house, state)
        case Stage.FETCH if state.busy != "open":
            return identifying.without_known(house, state)
        case Stage.CONFIRM:
            return answering.confirmed(house, state)
        case Stage.TASKS:
            return answering.tasks_next(house, state)
        case Stage.QUESTION:
            return answering.list_done(house, state)
        case Stage.CHANGE:
            return revising.confirmed(house, state)
        case Stage.MATERIALS:
            return gathering.materials_next(house, state)
        case Stage.REVIEW if not state.busy:
            return finishing.review_next(house, state, event)
        case Stage.OUTCOMES:
            return finishing.outcomes_next(house, state)
        case Stage.RECEIPT:
            return finishing.receipt_next(house, state)
        case Stage.RATING if state.case is not None:
            return casework.rated(state), ()
        case Stage.RATING:
            return finishing.goodbye(house, state)
        case Stage.GOODBYE if not state.document_on:
            return fresh(state, language=house.language), ()
        case _ if state.stage in beside_pages.PAGES:
            return beside_pages.next_(house, state)
        case _:
            return own_pages.next_(house, state, event)


def _answered(house: House, state: Session, event: events.Answered) -> Step:
    if state.stage is Stage.SITUATION:
        return finding.situation_answered(house, state, event)
    if state.stage is Stage.QUESTION:
        return revising.answered(house, state, event)
    return state, ()


def _change_dropped(_: House, state: Session, event: events.ChangeDropped) -> Step:
    del event
    return (revising.dropped(state), ()) if state.stage is Stage.CHANGE else (state, ())


def _retry(house: House, state: Session, event: events.Retry) -> Step:
    """Try again what did not work on this page."""
    match state.stage:
        case Stage.VERIFY:
            return identifying.code_wanted(house, state, events.CodeWanted(at=event.at))
        case Stage.FETCH if not state.busy:
            return identifying.fetch(house, state)
        case Stage.CAMERA if state.picture is not None:
            return gathering.picture_kept(house, state, events.PictureKept(at=event.at))
        case Stage.OUTCOMES:
            return finishing.resubmit(house, state, event)
        case Stage.RECEIPT:
            return finishing.reprint(house, state)
        case Stage.PAY:
            return paying.submitted_unwatched(house, state)
        case _ if state.stage in beside_pages.PAGES:
            return beside_pages.retry(state)
        case _:
            return owning.retry(house, state)


def _idle_warned(_: House, state: Session, event: events.IdleWarned) -> Step:
    if state.stage in (Stage.ATTRACT, Stage.GOODBYE):
        return state, ()
    return replace(state, idle=Idle(remaining_s=event.remaining_s)), ()


def _idle_over(house: House, state: Session, _: events.IdleOver) -> Step:
    if state.stage in (Stage.ATTRACT, Stage.GOODBYE):
        return state, ()
    kept = keeping.saved_unasked(state)
    after, effects = finishing.over(house, state)
    return after, (*kept, *effects)


def _goodbye_over(house: House, state: Session, event: events.GoodbyeOver) -> Step:
    """Invite the next one. What lies there is not taken for theirs: their page asks to take it away first."""
    if state.stage is Stage.ATTRACT and event.forgotten:
        return replace(state, language=house.language, preferences=Preferences()), ()
    if state.stage is not Stage.GOODBYE or (state.document_on and not event.forgotten):
        return state, ()
    return replace(fresh(state, language=house.language), document_on=state.document_on), ()


def _service_ordered(_: House, state: Session, event: events.ServiceOrdered) -> Step:
    return replace(state, closed=event.closed), ()


def _today_told(_: House, state: Session, event: events.TodayTold) -> Step:
    return replace(state, board=event.board), ()


def _maintenance_ordered(_: House, state: Session, event: events.MaintenanceOrdered) -> Step:
    if event.on and state.stage is not Stage.ATTRACT:
        return state, ()
    return replace(state, maintained=event.on), ()


def _device_changed(house: House, state: Session, event: events.DeviceChanged) -> Step:
    causes = {device: cause for device, cause in state.causes.items() if device != event.device}
    if event.cause:
        causes[event.device] = event.cause
    state = replace(state, devices={**state.devices, event.device: event.health}, causes=causes)
    if state.dimmed == LOW_BATTERY:
        return _idle_over(house, state, events.IdleOver())  # as nothing is lost then, nothing is lost now
    return gathering.camera_seen(state), ()


_HANDLERS: Mapping[type[events.Event], Callable[[House, Session, Any], Step]] = {
    events.Touched: finding.touched,
    events.LanguageChosen: _language,
    events.Preferred: _preferred,
    events.Home: _home,
    events.Back: _back,
    events.Next: _next,
    events.Browsed: finding.browsed,
    events.Searched: finding.searched,
    events.ServiceChosen: finding.service_chosen,
    events.BasketFilled: basket.filled,
    events.BasketTaken: basket.taken,
    events.BasketPutBack: basket.put_back,
    events.BasketOpened: basket.opened,
    events.GuideWanted: guiding.guide_wanted,
    events.GuidePrinted: guiding.guide_printed,
    events.GuideFailed: guiding.guide_failed,
    events.Offered: guiding.offered,
    events.CodeScanned: finding.code_scanned,
    events.Answered: _answered,
    events.Skipped: revising.skipped,
    events.SaveWanted: keeping.save_wanted,
    events.DraftChosen: keeping.draft_chosen,
    events.DraftDropped: keeping.draft_dropped,
    events.OpenFound: keeping.open_found,
    events.DraftKept: keeping.kept,
    events.DraftElsewhere: keeping.elsewhere,
    events.DraftOpened: keeping.draft_opened,
    events.DraftForgotten: keeping.draft_forgotten,
    events.BehalfWanted: behalf.wanted,
    events.ActedFor: behalf.acted_for,
    events.HelperWanted: helping.wanted,
    events.HelperNumbered: helping.numbered,
    events.HelperCodeEntered: helping.code_entered,
    events.HelperCodeSent: helping.code_sent,
    events.HelperRefused: helping.refused,
    events.HelperArrived: helping.arrived,
    events.HelperLeft: helping.left,
    events.ListWanted: answering.list_wanted,
    events.SectionChosen: answering.section_chosen,
    events.ChangeDropped: _change_dropped,
    events.EntryAdded: answering.entry_added,
    events.EntryRemoved: answering.entry_removed,
    events.FactDisputed: answering.fact_disputed,
    events.ChangeWanted: answering.change_wanted,
    events.Retry: _retry,
    events.DocumentRead: identifying.document_read,
    events.DocumentSeen: identifying.document_seen,
    events.DocumentFailed: identifying.document_failed,
    events.DocumentRemoved: identifying.document_removed,
    events.TypingWanted: identifying.typing_wanted,
    events.IdentityTyped: identifying.identity_typed,
    events.CodeWanted: identifying.code_wanted,
    events.CodeEntered: identifying.code_entered,
    events.CodeSent: identifying.code_sent,
    events.CodeAccepted: identifying.code_accepted,
    events.CodeRefused: identifying.code_refused,
    events.BackendFailed: _backend_failed,
    events.RegistersTold: identifying.registers_told,
    events.KnownArrived: identifying.known_arrived,
    events.MaterialChosen: gathering.material_chosen,
    events.MaterialDeferred: gathering.material_deferred,
    events.Promised: gathering.promised,
    events.PictureWanted: gathering.picture_wanted,
    events.PictureTaken: gathering.picture_taken,
    events.PictureFailed: gathering.picture_failed,
    events.PictureRejected: gathering.picture_rejected,
    events.PictureKept: gathering.picture_kept,
    events.AttachmentStored: gathering.attachment_stored,
    events.Signed: finishing.signed,
    events.ApplicationStored: finishing.stored,
    events.ApplicationLost: finishing.lost,
    events.ApplicationDelayed: finishing.delayed,
    events.ApplicationAnswered: finishing.application_answered,
    events.ApplicationRejected: finishing.rejected,
    events.CaseDecided: finishing.case_decided,
    events.ReceiptPrinted: finishing.receipt_printed,
    events.ReceiptFailed: finishing.receipt_failed,
    events.Rated: finishing.rated,
    events.IdleWarned: _idle_warned,
    events.IdleOver: _idle_over,
    events.GoodbyeOver: _goodbye_over,
    events.DeviceChanged: _device_changed,
    events.HeadphonesChanged: _headphones_changed,
    events.PaperChanged: finishing.paper_changed,
    events.ServiceOrdered: _service_ordered,
    events.TodayTold: _today_told,
    events.MaintenanceOrdered: _maintenance_ordered,
    **own_pages.HANDLERS,
    **beside_pages.HANDLERS,
}
"""Which function takes which event. ``Leave`` and ``Stay`` count only while they are asked for."""
