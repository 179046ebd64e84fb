"""Review, signature, submission, outcomes, receipt, rating, goodbye."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue.model import ItemKind, Obtained
from kiosk.contract import Case, CaseState, Stroke
from kiosk.forms import PageRef
from kiosk.session import course, gathering, guiding, identifying, mending, paying
from kiosk.session.effects import PrintReceipt, SendRating, Wipe
from kiosk.session.events import (
    ApplicationAnswered,
    ApplicationDelayed,
    ApplicationLost,
    ApplicationRejected,
    ApplicationStored,
    CaseDecided,
    Next,
    PaperChanged,
    Rated,
    ReceiptFailed,
    ReceiptPrinted,
    Retry,
    Signed,
)
from kiosk.session.house import House, Step
from kiosk.session.own_effects import AskReminders
from kiosk.session.parts import Signature
from kiosk.session.state import UNSENT, Advice, Delivery, Receipt, Session, Stage, fresh

_UNDERWAY = (Delivery.STORING, Delivery.SENDING, Delivery.DELAYED)
_ANSWERS = "/answers"
"""Where the answers stand in the request."""

LEAST_INK = 6
"""Points of a signature; fewer is a touch by mistake."""
LEAST_WIDTH = 60
"""How wide or high a signature is at least, in 1/1000 of the pad's width: a finger that rests is no name."""


def needs_signature(state: Session) -> bool:
    """Whether something is applied for; a query is not signed."""
    if state.matter is None:
        return False
    return any(item.kind is not ItemKind.QUERY_AND_PRINT for item in state.matter.items)


def review_next(house: House, state: Session, event: Next) -> Step:
    """Sign, or submit what needs no signature; anything still open comes first."""
    if state.matter is None or state.today is None:
        return state, ()
    walk = course.walked(state)
    opened = forms.first_open(state.matter.form, state.answers, state.today, house.catalogue.divisions, walked=walk)
    if opened is not None:
        return replace(state, stage=Stage.QUESTION, page=opened, from_review=True, advice=None), ()
    if gathering.missing(state):
        return replace(state, stage=Stage.MATERIALS, advice=None), ()
    if state.mending is not None:
        return _mended(house, state, event)
    if needs_signature(state):
        return replace(state, stage=Stage.SIGN, advice=None), ()
    return paying.first(house, state, Signature(), event.at) if event.at is not None else (state, ())


def _mended(house: House, state: Session, event: Next) -> Step:
    asked = mending.unanswered(state)
    if asked is not None:
        return mending.at_question(state, asked), ()
    if state.mending is not None and mending.needs_signature(state.mending):
        return replace(state, stage=Stage.SIGN, advice=None), ()
    return mending.send(house, state, Signature(), event.at) if event.at is not None else (state, ())


def is_signature(strokes: tuple[Stroke, ...]) -> bool:
    """Say whether ``strokes`` are a name, not a touch by mistake."""
    points = [point for stroke in strokes for point in stroke.points]
    if len(points) < LEAST_INK:
        return False
    return any(max(at) - min(at) >= LEAST_WIDTH for at in ([point[axis] for point in points] for axis in (0, 1)))


def signed(house: House, state: Session, event: Signed) -> Step:
    """Submit under this signature."""
    if state.stage is not Stage.SIGN or event.at is None:
        return state, ()
    if not event.confirmed and not is_signature(event.strokes):
        return replace(state, advice=Advice(code="signature.empty")), ()
    signature = Signature(strokes=event.strokes, confirmed=event.confirmed)
    if state.mending is not None:
        return mending.send(house, state, signature, event.at)
    return paying.first(house, state, signature, event.at)


def answered(state: Session) -> bool:
    """Return whether something was submitted and every application was answered."""
    return bool(state.submissions) and all(one.delivery is Delivery.ANSWERED for one in state.submissions)


def underway(state: Session) -> bool:
    """Return whether something submitted in this session is not answered yet."""
    return any(one.delivery is not Delivery.ANSWERED for one in state.submissions)


def resubmit(house: House, state: Session, event: Retry) -> Step:
    """Try again to store what could not be written to disk, under the same signature."""
    lost = {submission.delivery for submission in state.submissions} & set(UNSENT)
    if state.stage is not Stage.OUTCOMES or event.at is None or lost != {Delivery.FAILED}:
        return state, ()
    return paying.first(house, state, state.signature, event.at)


def _with(state: Session, key: str, over: tuple[Delivery, ...], **changes: object) -> Session:
    """Return the session with one submission changed, if it came no further than ``over``.

    News may be late: what the backend has is never said to be on its way again. An unknown key changes nothing.
    """
    return replace(
        state,
        submissions=tuple(
            replace(submission, **changes) if submission.key == key and submission.delivery in over else submission
            for submission in state.submissions
        ),
    )


def stored(_: House, state: Session, event: ApplicationStored) -> Step:
    """It is on disk: nothing can lose it any more."""
    return _with(state, event.key, (Delivery.STORING,), delivery=Delivery.SENDING), ()


def lost(_: House, state: Session, event: ApplicationLost) -> Step:
    """It could not be written to disk; nothing was sent."""
    advice = Advice(code=event.code, critical=True)
    return _with(state, event.key, (Delivery.STORING,), delivery=Delivery.FAILED, advice=advice), ()


def delayed(_: House, state: Session, event: ApplicationDelayed) -> Step:
    """The backend does not answer; it is delivered later."""
    return _with(state, event.key, _UNDERWAY, delivery=Delivery.DELAYED, advice=Advice(code=event.code)), ()


def application_answered(_: House, state: Session, event: ApplicationAnswered) -> Step:
    """The backend has it; its cases are shown."""
    changes = {"delivery": Delivery.ANSWERED, "application": event.application, "advice": None}
    after = _with(state, event.key, _UNDERWAY, **changes)
    if after.stage is not Stage.OUTCOMES or after.submissions == state.submissions or not answered(after):
        return after, ()
    after, effects = guiding.recommend(after, guiding.looked_at(after))
    return after, ((*effects, AskReminders()) if after.verified else effects)


def rejected(_: House, state: Session, event: ApplicationRejected) -> Step:
    """The backend found errors: the citizen goes back to correct them, also from the receipt."""
    after = _with(
        state,
        event.key,
        _UNDERWAY,
        delivery=Delivery.REJECTED,
        advice=Advice(code=event.code),
        pointers=event.pointers,
    )
    if after.submissions != state.submissions and state.stage in (Stage.RECEIPT, Stage.RATING):
        after = replace(after, stage=Stage.OUTCOMES, advice=None)
    return after, ()


def case_decided(_: House, state: Session, event: CaseDecided) -> Step:
    """A department answered; a decision is never taken back by a late message."""
    submissions = []
    for submission in state.submissions:
        application = submission.application
        if application is None or application.number != event.application:
            submissions.append(submission)
            continue
        cases = tuple(
            event.case if case.number == event.case.number and _is_newer(event.case, case) else case
            for case in application.cases
        )
        submissions.append(replace(submission, application=replace(application, cases=cases)))
    return replace(state, submissions=tuple(submissions)), ()


def _is_newer(case: Case, before: Case) -> bool:
    """Whether ``case`` says more than ``before``: a decision is replaced only by a later one."""
    if case.state is CaseState.SUBMITTED:
        return False
    if before.state is CaseState.SUBMITTED:
        return True
    return case.decided_at is not None and before.decided_at is not None and case.decided_at > before.decided_at


def outcomes_next(_: House, state: Session) -> Step:
    """Print the receipt; what was refused is corrected first, and when nothing was sent there is none."""
    deliveries = {submission.delivery for submission in state.submissions}
    if Delivery.STORING in deliveries:
        return state, ()
    if Delivery.REJECTED in deliveries:
        return _correct(state)
    if deliveries <= {Delivery.FAILED}:
        return replace(state, stage=Stage.REVIEW, advice=_first_advice(state)), ()
    state = replace(state, stage=Stage.RECEIPT, offers=(), advice=None)
    if state.receipt is Receipt.PRINTING or (state.receipt is not Receipt.NONE and state.on_paper == state.submissions):
        # back and forth between two pages is no wish for another slip; news since the last one is
        return state, ()
    return _print(state)


def outcomes_back(state: Session) -> Session:
    """Return the session at the review when something may be corrected; what was submitted stays."""
    if any(submission.delivery in UNSENT for submission in state.submissions):
        return replace(state, stage=Stage.REVIEW, advice=_first_advice(state))
    return state


def _correct(state: Session) -> Step:
    """Lead to the first thing the backend wants corrected: a question, the materials, who it is; else the review."""
    refused = [submission for submission in state.submissions if submission.delivery is Delivery.REJECTED]
    advice = refused[0].advice
    code = "" if advice is None else advice.code
    if code in identifying.TOKEN_OVER:
        return identifying.verify_again(state, advice)
    pointers = [pointer for submission in refused for pointer in submission.pointers]
    page = _first_pointed_at(state, pointers)
    if page is not None:
        return replace(state, stage=Stage.QUESTION, page=page, from_review=True, advice=advice), ()
    if any(pointer.startswith("/materials") for pointer in pointers) and gathering.needed(state):
        # which photograph the backend lacks it does not say by pointer: all are taken again
        kept = {name: given for name, given in state.supplied.items() if given.obtained != Obtained.SCAN}
        return replace(state, stage=Stage.MATERIALS, supplied=kept, advice=advice), ()
    return replace(state, stage=Stage.REVIEW, advice=advice), ()


def _first_pointed_at(state: Session, pointers: list[str]) -> PageRef | None:
    if state.matter is None or state.today is None:
        return None
    pages = forms.path(state.matter.form, state.answers, state.today, walked=state.walked)
    wanted = [pointer for pointer in pointers if pointer.startswith(_ANSWERS)]
    return next((page for page in pages if _ANSWERS + forms.pointer_of(page) in wanted), None)


def _first_advice(state: Session) -> Advice | None:
    return next((submission.advice for submission in state.submissions if submission.advice is not None), None)


def _print(state: Session, *, asked: bool = False) -> Step:
    """Print the slip; without paper for one show its code, unless the citizen asks for the paper all the same."""
    number = state.receipt_number if state.on_paper == state.submissions else ""
    state = replace(state, on_paper=state.submissions, receipt_number=number, advice=None)
    if state.unprintable and not asked:
        return _unprinted(state, state.unprintable), ()
    state = replace(state, receipt=Receipt.PRINTING)
    return state, (PrintReceipt(session=state),)


def reprint(_: House, state: Session) -> Step:
    """Try the printer again when nothing came out."""
    if state.stage is not Stage.RECEIPT or state.receipt is not Receipt.FAILED:
        return state, ()
    return _print(state, asked=True)


def receipt_printed(_: House, state: Session, event: ReceiptPrinted) -> Step:
    """Tell to take the slip."""
    if state.receipt is not Receipt.PRINTING:
        return state, ()
    return replace(state, receipt=Receipt.PRINTED if event.proven else Receipt.UNPROVEN), ()


def receipt_failed(_: House, state: Session, event: ReceiptFailed) -> Step:
    """Show the receipt as a QR instead."""
    if state.receipt is not Receipt.PRINTING:
        return state, ()
    return _unprinted(replace(state, receipt_number=event.number), event.code), ()


def _unprinted(state: Session, code: str) -> Session:
    # of any other device "go to the next machine" is right; here everything is submitted, and there is the QR
    code = code if code.startswith("printer.") else "printer.offline"
    return replace(state, receipt=Receipt.FAILED, advice=Advice(code=code))


def paper_changed(_: House, state: Session, event: PaperChanged) -> Step:
    """Know whether a receipt can be printed; one that could not be may be tried again now."""
    if not event.code and state.stage is Stage.RECEIPT and state.receipt is Receipt.FAILED:
        state = replace(state, advice=None)
    return replace(state, unprintable=event.code), ()


def receipt_next(_: House, state: Session) -> Step:
    """Ask how it was; without an answered application there is nothing to rate."""
    if state.receipt is Receipt.PRINTING:
        return state, ()
    if any(submission.application is not None for submission in state.submissions):
        return replace(state, stage=Stage.RATING, advice=None), ()
    return goodbye(_, state)


def rated(house: House, state: Session, event: Rated) -> Step:
    """Send the rating and say goodbye."""
    if state.stage is not Stage.RATING or not 1 <= event.level <= 5:
        return state, ()
    if state.case is not None:
        number = state.case.detail.application
        rating = SendRating(applications=(number,), level=event.level, axes=event.axes)
        return replace(state, stage=Stage.CASE, case=replace(state.case, done="rate")), (rating,)
    numbers = tuple(
        submission.application.number for submission in state.submissions if submission.application is not None
    )
    rating = SendRating(applications=numbers, level=event.level, axes=event.axes)
    state, effects = goodbye(house, state)
    return state, (rating, *effects)


def goodbye(house: House, state: Session) -> Step:
    """Forget the person; the page stays until the document is taken."""
    language = state.language
    after = fresh(state, language=language)
    after = replace(after, stage=Stage.GOODBYE, document_on=state.document_on, preferences=state.preferences)
    del house
    return after, (Wipe(),)


def over(house: House, state: Session) -> Step:
    """End at once: to the attract page, or to goodbye while a document still lies on a reader."""
    if state.document_on:
        return goodbye(house, state)
    return fresh(state, language=house.language), (Wipe(),)
