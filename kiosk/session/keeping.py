"""A form kept for later (暂存) at the backend, under the verified person, and taken up again at any terminal.

Nothing of it stays on the terminal, and nothing is kept unless the citizen says so.
"""

from __future__ import annotations

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue import BASKET
from kiosk.catalogue.model import Matter
from kiosk.contract import Draft, DraftRequest, WireAnswers
from kiosk.forms import Answers
from kiosk.session import behalf, course, finding, finishing, gathering, identifying, rights
from kiosk.session.effects import ForgetDraft, KeepDraft, OpenDraft
from kiosk.session.events import (
    DraftChosen,
    DraftDropped,
    DraftElsewhere,
    DraftForgotten,
    DraftKept,
    DraftOpened,
    OpenFound,
    SaveWanted,
)
from kiosk.session.having import Errand
from kiosk.session.house import House, Step
from kiosk.session.own_effects import LookAtMine
from kiosk.session.parts import Kept
from kiosk.session.state import Advice, Session, Stage

KEEPS_AT: Final = (
    Stage.CONFIRM,
    Stage.TASKS,
    Stage.QUESTION,
    Stage.CHANGE,
    Stage.MATERIALS,
    Stage.CAMERA,
    Stage.PROMISE,
    Stage.REVIEW,
    Stage.SIGN,
)
"""Pages on which there is something to keep."""


def can_keep(state: Session) -> bool:
    """Return whether the form can be kept: by a verified person, before it is filed."""
    return (
        state.stage in KEEPS_AT
        and state.verified
        and state.matter is not None
        and bool(state.matter.items)
        and not state.submissions
        and state.mending is None
    )


def save_wanted(_: House, state: Session, event: SaveWanted) -> Step:
    """Keep the form, unless something is waited for."""
    del event
    if not can_keep(state) or state.busy:
        return state, ()
    return replace(state, busy="keep", leaving=False, advice=None), (_keep(state),)


def saved_unasked(state: Session) -> tuple[KeepDraft, ...]:
    """Return what keeps the form when nobody answers the warning: only one that the citizen has kept before."""
    if state.stage is Stage.HELPER:
        state = replace(state, stage=state.helped_from)
    if state.kept is None or not state.kept.said or not can_keep(state):
        return ()
    return (replace(_keep(state), lasting=True),)


def _keep(state: Session) -> KeepDraft:
    matter = state.matter
    if matter is None:
        message = "only what was chosen is kept"
        raise AssertionError(message)
    items = tuple(item.id for item in matter.items)
    name = f"urn:onething:draft:{state.id}:{matter.id}:{' '.join(sorted(items))}"
    request = DraftRequest(
        matter=matter.id,
        items=items,
        catalogue_version=matter.form.version,
        answers=_said(state.answers),
        materials=tuple(state.supplied.values()),
        page="" if state.page is None else forms.pointer_of(state.page),
        notice=identifying.notice_version(matter),
        authority=rights.authority(state),
    )
    identity = str(uuid5(NAMESPACE_URL, name)) if state.kept is None else state.kept.id
    tag = None if state.kept is None else state.kept.tag
    return KeepDraft(identity=identity, request=request, tag=tag)


def _said(answers: Answers) -> WireAnswers:
    """Return what the citizen said; what registers know is fetched again. Entries stay whole, so that they agree."""
    single = {name: answer for name, answer in answers.single.items() if answer.origin == course.CITIZEN}
    return forms.to_wire(replace(answers, single=single))


def kept(_: House, state: Session, event: DraftKept) -> Step:
    """Say until when it is kept; the citizen leaves, or goes on where they were."""
    if state.busy != "keep":
        return state, ()
    slot = Kept(id=event.identity, tag=event.tag, expires_at=event.expires_at, said=True)
    state = replace(state, busy="", kept=slot)
    if state.stage not in KEEPS_AT:
        return state, ()
    return replace(state, stage=Stage.KEPT, kept_from=state.stage, advice=None), ()


def kept_back(state: Session) -> Session:
    """Return the session where it was kept."""
    return gathering.camera_seen(replace(state, stage=state.kept_from))


def elsewhere(_: House, state: Session, event: DraftElsewhere) -> Step:
    """Say that another terminal kept it as well; who saves again replaces that, knowing it."""
    if state.busy != "keep":
        return state, ()
    slot = None
    if event.draft is not None:
        slot = Kept(id=event.draft.id, tag=event.draft.etag, expires_at=event.draft.expires_at)
    return replace(state, busy="", kept=slot, advice=Advice(code=event.code)), ()


def open_found(house: House, state: Session, event: OpenFound) -> Step:
    """Offer what was kept for later, and whom one may act for."""
    if state.stage is not Stage.FETCH or state.busy != "open":
        return state, ()
    return entered(house, replace(state, busy="", drafts=event.drafts, mandates=event.mandates))


def entered(house: House, state: Session) -> Step:
    """Let a verified person in: to what was kept for later, to the question for whom, or on."""
    if state.drafts and not state.resumed and not state.own and state.mandate is None:
        return replace(state, stage=Stage.RESUME, page=None, advice=None), ()
    return behalf.ask(house, state)


def draft_chosen(_: House, state: Session, event: DraftChosen) -> Step:
    """Open what was kept, unless something is waited for."""
    if state.stage is not Stage.RESUME or state.busy or state.resumed:
        return state, ()
    if all(draft.id != event.draft for draft in state.drafts):
        return state, ()
    return replace(state, busy="draft", advice=None), (OpenDraft(identity=event.draft),)


def draft_dropped(_: House, state: Session, event: DraftDropped) -> Step:
    """Delete what was kept, unless something is waited for."""
    if state.stage is not Stage.RESUME or state.busy or state.resumed:
        return state, ()
    for draft in state.drafts:
        if draft.id == event.draft:
            return replace(state, busy="draft", advice=None), (ForgetDraft(identity=draft.id, tag=draft.etag),)
    return state, ()


def draft_forgotten(house: House, state: Session, event: DraftForgotten) -> Step:
    """Take it from the list; with nothing left go on."""
    if state.stage is not Stage.RESUME or state.busy != "draft":
        return state, ()
    left = tuple(draft for draft in state.drafts if draft.id != event.identity)
    state = replace(state, busy="", drafts=left)
    if left:
        return state, ()
    if state.errand is Errand.MINE:
        return replace(state, stage=Stage.MINE, busy="mine"), (LookAtMine(notice=identifying.MINE_NOTICE),)
    return behalf.ask(house, state)


def draft_opened(house: House, state: Session, event: DraftOpened) -> Step:
    """Take up what was kept as far as it fits; what has to be said again is said, and a notice that changed shown."""
    if state.stage is not Stage.RESUME or state.busy != "draft" or state.today is None:
        return state, ()
    draft = event.draft
    situation = _situation(house, draft)
    matter = _matter(house, state, draft, situation)
    if matter is None or not matter.items:
        return replace(state, busy="", advice=Advice(code="draft.gone")), ()
    answers, _ = forms.from_draft(matter.form, draft.answers)
    answers = replace(answers, single={**situation.single, **answers.single})
    state = replace(
        finding.cleared(state, draft.matter),
        busy="",
        errand=Errand.SERVICE,
        basket=draft.items if draft.matter == BASKET else state.basket,
        matter=matter,
        situation=situation,
        answers=answers,
        supplied={given.material: given for given in draft.materials},
        kept=Kept(id=draft.id, tag=event.tag, expires_at=draft.expires_at, said=True),
        drafts=(),
        resumed=True,
        resume_at=draft.page,
        again=draft.again,
        own=draft.authority is None,
        mandate=rights.mandate_of(state, draft),
    )
    if draft.again:
        return state, ()
    return resumed(house, state, notice=draft.notice)


def _situation(house: House, draft: Draft) -> Answers:
    form = house.catalogue.situation_form(draft.matter) if house.catalogue.has_service(draft.matter) else None
    if form is None:
        return Answers()
    answers, _ = forms.from_draft(form, draft.answers)
    return Answers(single=answers.single)


def _matter(house: House, state: Session, draft: Draft, situation: Answers) -> Matter | None:
    """Return what the draft is for; with what is only explained, where its situation still chooses the same items."""
    if state.today is None:
        return None
    if draft.matter != BASKET and house.catalogue.has_service(draft.matter):
        matter = house.catalogue.matter(draft.matter, situation, state.today)
        if {item.id for item in matter.items} == set(draft.items):
            return matter
    return house.catalogue.merged(draft.matter, draft.items, state.today)


def resumed(house: House, state: Session, *, notice: str = "") -> Step:
    """Go on with what was taken up: past its notice, unless that is another one now or is about somebody else."""
    if state.matter is None:
        return state, ()
    if state.mandate is not None or notice != identifying.notice_version(state.matter):
        return replace(state, stage=Stage.NOTICE, advice=None), ()
    return identifying.fetch(house, state)


def resume_next(house: House, state: Session) -> Step:
    """Begin anew beside what was kept; or, once it is taken up and what changed was read, go on with it."""
    if state.busy:
        return state, ()
    if state.resumed:
        return resumed(house, state)
    items = () if state.matter is None else tuple(item.id for item in state.matter.items)
    name = "" if state.matter is None else state.matter.id
    same = next((each for each in state.drafts if each.matter == name and set(each.items) == set(items)), None)
    slot = None if same is None else Kept(id=same.id, tag=same.etag, expires_at=same.expires_at)
    return behalf.ask(house, replace(state, drafts=(), kept=slot))


def kept_next(house: House, state: Session) -> Step:
    """It is kept: forget the person here."""
    return finishing.goodbye(house, state)
