"""A case that was filed, put in order: what was asked for is handed in (补正), what was said corrected (更正).

The same pages ask and photograph as when it was filled in; only what they lead to is another thing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from kiosk import forms
from kiosk.contract import (
    CaseAction,
    CorrectionRequest,
    SupplementRequest,
    WireAnswers,
)
from kiosk.forms import PageRef
from kiosk.session import course, gathering
from kiosk.session.having import Mend, Mending
from kiosk.session.house import House, Step
from kiosk.session.own_effects import SendCorrection, SendSupplement
from kiosk.session.parts import Signature
from kiosk.session.state import Advice, Session, Stage

ANSWER: Final = "answer"
"""Kind of what is awaited that is answered."""
PAYMENT: Final = "payment"
"""Kind of what is awaited that is paid; everything else is photographed."""


def may(state: Session, action: CaseAction) -> bool:
    """Return whether this can be done with the case on the screen."""
    return state.case is not None and action in state.case.detail.actions


def at_first(state: Session) -> Session:
    """Return the session at the first thing that is still to be given, at the review when there is none."""
    page = unanswered(state)
    if page is not None:
        return at_question(state, page)
    if state.mending is not None and state.mending.needs and gathering.missing(state):
        return replace(state, stage=Stage.MATERIALS, page=None, advice=None)
    return replace(state, stage=Stage.REVIEW, page=None, from_review=False, advice=None)


def unanswered(state: Session) -> PageRef | None:
    """Return the first question that was asked for and is not answered anew."""
    mending = state.mending
    return None if mending is None else next((page for page in mending.asked if page not in mending.given), None)


def at_question(state: Session, page: PageRef) -> Session:
    """Return the session at a question, with what the department says about it."""
    says = None
    if state.mending is not None:
        says = next((each.says for each in state.mending.awaited if each.subject == page.id), None)
    advice = None if says is None else Advice(text=says)
    return replace(state, stage=Stage.QUESTION, page=page, from_review=True, advice=advice)


def given(state: Session, page: PageRef) -> Session:
    """Return the session that knows that ``page`` was answered anew."""
    mending = state.mending
    if mending is None:
        return state
    return replace(state, mending=replace(mending, given=mending.given | {page}))


def may_change(state: Session, page: PageRef) -> bool:
    """Return whether this answer may be changed: what chose the items may not, for the items stay what they are."""
    mending = state.mending
    if mending is None:
        return True
    if page.repeat is None and page.id in state.situation.single:
        return False
    if mending.kind is Mend.CORRECT:
        return state.matter is None or page.id != state.matter.per
    return page in mending.asked or page in mending.given


def back(state: Session) -> Session | None:
    """Return the session at the case, from where its mending began; ``None``: one page back as always."""
    mending = state.mending
    if mending is None:
        return None
    at_case = replace(state, stage=Stage.CASE, page=None, from_review=False, busy="", advice=None)
    match state.stage:
        case Stage.QUESTION if mending.kind is Mend.SUPPLEMENT and state.page not in mending.given:
            return at_case
        case Stage.MATERIALS if mending.kind is Mend.SUPPLEMENT:
            return at_case
        case Stage.REVIEW:
            return at_case
        case _:
            return None


def needs_signature(mending: Mending) -> bool:
    """Return whether something is said anew: that is the applicant's word."""
    return mending.kind is Mend.CORRECT or bool(mending.asked)


def send(house: House, state: Session, signature: Signature, at: datetime) -> Step:
    """Send it, unless it is on its way."""
    mending, opened, matter, today = state.mending, state.case, state.matter, state.today
    if mending is None or opened is None or matter is None or today is None or state.busy:
        return state, ()
    answers = forms.to_wire(forms.counting(matter.form, state.answers, today, walked=course.walked(state)))
    state = replace(state, busy="mend", advice=None)
    number = opened.detail.case.number
    if mending.kind is Mend.SUPPLEMENT:
        supplement = SupplementRequest(
            materials=tuple(state.supplied[need.material.id] for need in mending.needs),
            answers=_changed(answers, mending) if mending.asked else None,
            catalogue_version=matter.form.version if mending.asked else "",
            signature=signature.strokes,
            confirmed=signature.confirmed,
            language=state.language,
            terminal=house.terminal,
        )
        return state, (SendSupplement(case=number, tag=opened.tag, request=supplement),)
    application = mending.application
    name = f"urn:onething:session:{state.id}:correct:{application.number}:{application.revision}:{at.isoformat()}"
    correction = CorrectionRequest(
        revision=application.revision,
        answers=answers,
        materials=tuple(gathering.supplied(state).values()),
        catalogue_version=matter.form.version,
        signature=signature.strokes,
        confirmed=signature.confirmed,
        signed_at=at,
        language=state.language,
        terminal=house.terminal,
        session=state.id,
    )
    key = str(uuid5(NAMESPACE_URL, name))
    return state, (SendCorrection(application=application.number, case=number, key=key, request=correction),)


def _changed(answers: WireAnswers, mending: Mending) -> WireAnswers:
    """Return what was asked for, and what its change opened; a repeat as a whole. Anything else would be refused."""
    said = {*mending.asked, *mending.given}
    single = {page.id for page in said if page.repeat is None}
    lists = {page.repeat for page in said}
    return WireAnswers(
        single={name: answer for name, answer in answers.single.items() if name in single},
        repeats={name: rows for name, rows in answers.repeats.items() if name in lists},
    )
