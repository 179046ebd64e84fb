"""A case on the screen: how it stands, its documents, and what its holder can do with it."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue import Catalogue
from kiosk.catalogue.model import Material, MaterialNeed, Obtained
from kiosk.contract import Awaited, Case, CaseAction, IssuedDocument, WithdrawalRequest
from kiosk.forms import Answers
from kiosk.session import course, finding, finishing, mending, owning, paying
from kiosk.session.having import Errand, Mend, Mending, Opened, Sheet
from kiosk.session.house import House, Step
from kiosk.session.own_effects import FetchApplication, FetchCase, Withdraw
from kiosk.session.own_events import (
    ApplicationFound,
    CaseChosen,
    CaseFound,
    CorrectWanted,
    DocumentWanted,
    PayWanted,
    RateWanted,
    SupplementWanted,
    WithdrawWanted,
)
from kiosk.session.state import Advice, Session, Stage, Submission

SHOWS_AT = (Stage.MINE, Stage.CASE, Stage.WITHDRAW, Stage.REVIEW, Stage.SIGN, Stage.PAY)
"""Pages on which a case is waited for."""


def chosen(_: House, state: Session, event: CaseChosen) -> Step:
    """Open a case, unless something is waited for; one of those just decided, from their outcomes, too."""
    if state.stage is Stage.OUTCOMES and finishing.answered(state) and state.verified and not state.busy:
        if all(case.number != event.number for one in state.submissions for case in one.cases):
            return state, ()
        state = replace(state, stage=Stage.MINE, errand=Errand.MINE, mine=None, page=None)
        return replace(state, busy="case", case=None, advice=None), (FetchCase(number=event.number),)
    if state.stage is not Stage.MINE or state.busy or state.mine is None:
        return state, ()
    return replace(state, busy="case", case=None, advice=None), (FetchCase(number=event.number),)


def found(_: House, state: Session, event: CaseFound) -> Step:
    """Show the case as it is now; what was begun at it is done, or no longer what it was begun for."""
    if state.busy not in ("case", "mend", "withdraw") or state.stage not in SHOWS_AT:
        return state, ()
    opened = Opened(
        detail=event.detail,
        tag=event.tag,
        payment=event.payment,
        delivery=event.delivery,
        delivery_tag=event.delivery_tag,
        done=event.done,
    )
    state = dropped(replace(state, busy="", bill=None, submissions=_as_now(state, event.detail.case)))
    advice = Advice(code=event.code) if event.code else None
    return replace(state, stage=Stage.CASE, case=opened, page=None, from_review=False, advice=advice), ()


def _as_now(state: Session, case: Case) -> tuple[Submission, ...]:
    """Return what was submitted with ``case`` as it is now: the outcomes say the same as the case itself."""
    return tuple(
        one
        if one.application is None
        else replace(
            one,
            application=replace(
                one.application,
                cases=tuple(case if case.number == each.number else each for each in one.application.cases),
            ),
        )
        for one in state.submissions
    )


def back(house: House, state: Session) -> Step:
    """Go back to everything that is theirs; what was done is seen there, too."""
    changed = state.case is not None and bool(state.case.done)
    state = replace(dropped(state), case=None, busy="")
    if state.mine is None and not changed:
        return owning.seen(house, state)  # it was opened from the outcomes
    if changed:
        return owning.look(house, state)
    return replace(state, stage=Stage.MINE), ()


def documents(opened: Opened) -> tuple[IssuedDocument, ...]:
    """Return every document of a case, oldest first, each once: the fiscal receipt (财政电子票据) of its fee, too."""
    detail, payment = opened.detail, opened.payment
    receipt = () if payment is None or payment.receipt is None else (payment.receipt,)
    every = {document.number: document for document in (*receipt, *detail.documents, *detail.case.documents)}
    return tuple(every.values())


def document_wanted(_: House, state: Session, event: DocumentWanted) -> Step:
    """Show a document of the case."""
    if state.stage is not Stage.CASE or state.busy or state.case is None:
        return state, ()
    for document in documents(state.case):
        if document.number == event.number:
            return owning.open_sheet(state, Sheet(document=document), Stage.CASE), ()
    return state, ()


def withdraw_wanted(_: House, state: Session, event: WithdrawWanted) -> Step:
    """Say first what taking it back does."""
    del event
    if state.stage is not Stage.CASE or state.busy or not mending.may(state, CaseAction.WITHDRAW):
        return state, ()
    return replace(dropped(state), stage=Stage.WITHDRAW, advice=None), ()


def withdraw_next(house: House, state: Session) -> Step:
    """Take it back."""
    if state.busy or state.case is None:
        return state, ()
    number = state.case.detail.case.number
    request = WithdrawalRequest(terminal=house.terminal)
    return replace(state, busy="withdraw", advice=None), (Withdraw(case=number, tag=state.case.tag, request=request),)


def rate_wanted(_: House, state: Session, event: RateWanted) -> Step:
    """Ask how it was."""
    del event
    if state.stage is not Stage.CASE or state.busy or not mending.may(state, CaseAction.RATE):
        return state, ()
    return replace(dropped(state), stage=Stage.RATING, advice=None), ()


def rated(state: Session) -> Session:
    """Return the session at the case that was rated, or was not after all."""
    return replace(state, stage=Stage.CASE)


def pay_wanted(house: House, state: Session, event: PayWanted) -> Step:
    """Pay what an application waits for."""
    if state.stage not in (Stage.MINE, Stage.CASE) or state.busy or not event.items:
        return state, ()
    return paying.for_application(house, dropped(state), event.items, event.application)


def dropped(state: Session) -> Session:
    """Return the session without what was begun at a case."""
    if state.mending is None:
        return state
    return replace(finding.cleared(state, ""), case=state.case)


def supplement_wanted(_: House, state: Session, event: SupplementWanted) -> Step:
    """Hand in what was asked for, unless something is waited for."""
    del event
    return _wanted(state, Mend.SUPPLEMENT, CaseAction.SUPPLEMENT)


def correct_wanted(_: House, state: Session, event: CorrectWanted) -> Step:
    """Correct what was said, unless something is waited for."""
    del event
    return _wanted(state, Mend.CORRECT, CaseAction.CORRECT)


def _wanted(state: Session, kind: Mend, action: CaseAction) -> Step:
    if state.stage is not Stage.CASE or state.busy or state.case is None or not mending.may(state, action):
        return state, ()
    if state.mending is not None and state.mending.kind is kind:
        return mending.at_first(state), ()  # it was begun, and only left for a look at the case
    fetch = FetchApplication(number=state.case.detail.application, request=kind)
    return replace(state, busy=str(kind), advice=None), (fetch,)


def application_found(house: House, state: Session, event: ApplicationFound) -> Step:
    """Lay out what was filed, and lead to the first thing that is asked for."""
    case, today = state.case, state.today
    if state.stage is not Stage.CASE or case is None or today is None:
        return state, ()
    if state.busy not in (Mend.SUPPLEMENT, Mend.CORRECT):
        return state, ()
    kind, application = Mend(state.busy), event.application
    items = tuple(dict.fromkeys(case.item for case in application.cases))
    state = replace(state, busy="")
    try:
        matter = house.catalogue.merged(application.matter, items, today)
    except KeyError:
        return replace(state, advice=Advice(code="case.older")), ()
    answers, _ = forms.from_draft(matter.form, application.answers)
    situation = house.catalogue.situation_form(application.matter)
    said = frozenset() if situation is None else frozenset(page.id for page in forms.path(situation, answers, today))
    waits_for = case.detail.case.waits_for if kind is Mend.SUPPLEMENT else ()
    awaited = tuple(each for each in waits_for if each.kind != mending.PAYMENT)
    state = replace(
        finding.cleared(state, application.matter),
        case=case,
        matter=matter,
        situation=Answers(single={name: each for name, each in answers.single.items() if name in said}),
        answers=answers,
        confirmed=True,
        supplied={} if kind is Mend.SUPPLEMENT else {given.material: given for given in application.materials},
    )
    state = course.kept(state)
    walk = course.walked(state)
    pages = () if walk is None else walk.pages
    wanted = {each.subject for each in awaited if each.kind == mending.ANSWER}
    begun = Mending(
        kind=kind,
        application=application,
        awaited=awaited,
        needs=tuple(_need(house.catalogue, each) for each in awaited if each.kind != mending.ANSWER),
        asked=tuple(page for page in pages if page.id in wanted),
    )
    return mending.at_first(replace(state, mending=begun)), ()


def _need(catalogue: Catalogue, awaited: Awaited) -> MaterialNeed:
    """Return what is photographed; what is to be put right is shown by a photograph, too."""
    known = catalogue.materials.get(awaited.subject)
    material = Material(
        id=awaited.subject,
        name=awaited.name if known is None else known.name,
        obtained=(Obtained.SCAN,),
        hint=awaited.says,
    )
    return MaterialNeed(material=material, when=None, deferrable=False, asked_by=())
