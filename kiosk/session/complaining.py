"""A complaint (有诉即办, 办不成事): what kind, about what, in a few words; who has it until when, the answer.

Nobody has to say who they are: without a verified person a phone is asked for, and a code opens the complaint later.
"""

from __future__ import annotations

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from kiosk.contract import Complaint, ComplaintRequest, VerdictRequest
from kiosk.session import queueing
from kiosk.session.beside import Plea
from kiosk.session.beside_effects import Judge, SendComplaint
from kiosk.session.beside_events import (
    ComplaintChosen,
    ComplaintJudged,
    ComplaintMade,
    ComplaintTaken,
    ComplainWanted,
    Judged,
)
from kiosk.session.house import House, Step
from kiosk.session.state import Advice, Receipt, Session, Stage

OPENS_FROM: Final = (
    Stage.FIND,
    Stage.GUIDE,
    Stage.NOTICE,
    Stage.CONFIRM,
    Stage.TASKS,
    Stage.QUESTION,
    Stage.MATERIALS,
    Stage.REVIEW,
    Stage.OUTCOMES,
    Stage.MINE,
    Stage.CASE,
)
"""Pages on which somebody may complain, and to which they come back with everything as it was."""
PAGES: Final = (Stage.COMPLAIN, Stage.COMPLAINT)
PHONE_DIGITS: Final = range(7, 16)
LONGEST: Final = 500
"""Characters of what is said."""


def can(state: Session) -> bool:
    """Return whether somebody may complain on this page, now."""
    return state.stage in OPENS_FROM and not state.busy


def wanted(_: House, state: Session, event: ComplainWanted) -> Step:
    """Ask what is wrong, about what they are at."""
    del event
    if not can(state):
        return state, ()
    return replace(
        state,
        stage=Stage.COMPLAIN,
        beside_from=state.stage,
        beside_paper=Receipt.NONE,
        plea=_plea(state),
        advice=None,
    ), ()


def _plea(state: Session) -> Plea:
    """Return what it is about: the case, the application or the item on the page, if there is one."""
    if state.case is not None:
        case = state.case.detail.case
        return Plea(about=case.number, about_name=case.item_name)
    filed = [each.application for each in state.submissions if each.application is not None]
    if state.stage is Stage.OUTCOMES and filed:
        return Plea(about=filed[-1].number, about_name=filed[-1].matter_name)
    if state.matter is not None and state.matter.items:
        return Plea(about=state.matter.items[0].id, about_name=state.matter.name)
    return Plea()


def made(house: House, state: Session, event: ComplaintMade) -> Step:
    """Send it, unless it is on its way; who is not verified leaves a phone."""
    if state.stage is not Stage.COMPLAIN or state.busy or state.plea is None:
        return state, ()
    words, phone = event.words.strip()[:LONGEST], "" if state.verified else event.phone.strip()
    digits = sum(sign.isdecimal() for sign in phone)
    if not (words or state.plea.about) or not (state.verified or digits in PHONE_DIGITS):
        return replace(state, advice=Advice(code="complaint.invalid")), ()
    request = ComplaintRequest(
        kind=event.kind,
        words=words,
        about=state.plea.about,
        phone=phone,
        terminal=house.terminal,
        session=state.id,
        language=state.language,
    )
    # the same words of the same session are the same complaint, however often they are sent
    said = f"{state.id}\n{event.kind}\n{state.plea.about}\n{words}\n{phone}"
    key = str(uuid5(NAMESPACE_URL, f"urn:onething:complaint:{said}"))
    return replace(state, busy="complain", advice=None), (SendComplaint(key=key, request=request),)


def taken(_: House, state: Session, event: ComplaintTaken) -> Step:
    """Say who has it until when, and print it without being asked."""
    if state.stage is not Stage.COMPLAIN or state.busy != "complain" or state.plea is None:
        return state, ()
    plea = replace(state.plea, complaint=event.complaint, taken=True)
    state = _known(replace(state, stage=Stage.COMPLAINT, busy="", plea=plea), event.complaint)
    return queueing.printing(state, event.complaint.number)


def _known(state: Session, complaint: Complaint) -> Session:
    """Return the session with this complaint among what is theirs, where that was looked at."""
    if state.mine is None:
        return state
    others = tuple(each for each in state.mine.complaints if each.number != complaint.number)
    return replace(state, mine=replace(state.mine, complaints=(replace(complaint, code=""), *others)))


def chosen(_: House, state: Session, event: ComplaintChosen) -> Step:
    """Show what became of a complaint."""
    if state.stage is not Stage.MINE or state.busy or state.mine is None:
        return state, ()
    for complaint in state.mine.complaints:
        if complaint.number == event.number:
            plea = Plea(about=complaint.about, complaint=complaint)
            opened = replace(state, stage=Stage.COMPLAINT, plea=plea, beside_from=Stage.MINE, advice=None)
            return replace(opened, beside_paper=Receipt.NONE), ()
    return state, ()


def judged(_: House, state: Session, event: Judged) -> Step:
    """Say whether the answer solves it, while it may be said."""
    complaint = None if state.plea is None else state.plea.complaint
    if state.stage is not Stage.COMPLAINT or state.busy or complaint is None or not complaint.may_judge:
        return state, ()
    request = VerdictRequest(verdict=event.verdict)
    effect = Judge(number=complaint.number, code=complaint.code, request=request)
    return replace(state, busy="verdict", advice=None), (effect,)


def judgement(_: House, state: Session, event: ComplaintJudged) -> Step:
    """Show what comes of it."""
    if state.stage is not Stage.COMPLAINT or state.busy != "verdict" or state.plea is None:
        return state, ()
    plea = replace(state.plea, complaint=event.complaint)
    return _known(replace(state, busy="", plea=plea), event.complaint), ()


def retry(state: Session) -> Step:
    """Print again what did not come out."""
    complaint = None if state.plea is None else state.plea.complaint
    if state.stage is Stage.COMPLAINT and complaint is not None and state.beside_paper is Receipt.FAILED:
        return queueing.printing(state, complaint.number)
    return state, ()


def left(state: Session) -> Session:
    """Return the session on the page it was made from."""
    state = replace(state, stage=state.beside_from, beside_from=Stage.FIND)
    return replace(state, plea=None, beside_paper=Receipt.NONE, busy="")
