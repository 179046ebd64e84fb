"""A document on the reader, a code to the registered phone, then what is known about the person."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec.structs import replace

from kiosk.catalogue.model import Assurance, Matter, Obtained
from kiosk.contract import DocumentRef
from kiosk.forms import Question, Repeat
from kiosk.forms.numbers import is_id_number
from kiosk.session import answering, knowing, rights
from kiosk.session.effects import CheckCode, FetchKnown, LookUp, SendCode, Wipe
from kiosk.session.events import (
    BackendFailed,
    CodeAccepted,
    CodeEntered,
    CodeRefused,
    CodeSent,
    CodeWanted,
    DocumentFailed,
    DocumentRead,
    DocumentRemoved,
    DocumentSeen,
    IdentityTyped,
    KnownArrived,
    RegistersTold,
    TypingWanted,
)
from kiosk.session.having import Errand
from kiosk.session.house import House, Step
from kiosk.session.own_effects import LookAtMine
from kiosk.session.state import Advice, DocumentSource, Holder, Prompt, Session, Stage

_NOT_ASKED = ("card.", "service.")
"""What the card has said, and what the backend only finds out when it takes the application."""

MINE_NOTICE = "mine@1"
"""Version of what is said before everything that is theirs is looked at: whose data is read, and what for."""

_OF_CARDS: Final = {"media.unreadable": "card.unreadable", "media.removed": "card.removed", "media.wrong": "card.wrong"}
"""What is said of a card in the slot in place of a document on the plate: it is put in, not laid down."""

MOST_LETTERS: Final = 50
"""Of a name that is typed; the backend takes no more."""

TOKEN_OVER = ("token.missing", "token.invalid")
"""The backend does not know the person any more: a verification has run out."""


def document_read(house: House, state: Session, event: DocumentRead) -> Step:
    """Take the document, unless it has expired or nobody asked for one."""
    state = replace(state, document_on=state.document_on | {event.holder.source}, reading=None)
    asked = _assurance(state)
    if state.stage is not Stage.DOCUMENT or asked is None or state.today is None or state.holder is not None:
        return state, ()
    until = event.holder.valid_until
    if until is not None and until < state.today:
        return replace(state, advice=Advice(code="document.expired", critical=True)), ()
    state = replace(state, holder=event.holder, prompt=Prompt.READ, assurance=Assurance.A, advice=None)
    if asked is Assurance.A:
        return fetch(house, state)
    return _send(replace(state, stage=Stage.VERIFY, verification=None), event.holder)


def _assurance(state: Session) -> Assurance | None:
    """Return how sure we have to be of who stands there; ``None``: nobody asked for a document."""
    if state.errand is Errand.MINE:
        return Assurance.B
    return None if state.matter is None else state.matter.assurance


def document_seen(_: House, state: Session, event: DocumentSeen) -> Step:
    """Say that it is being read and must stay there."""
    if state.stage is not Stage.DOCUMENT or state.holder is not None:
        return state, ()
    if event.present:
        return replace(state, reading=event.source, advice=None), ()
    return (replace(state, reading=None), ()) if state.reading is event.source else (state, ())


def document_failed(_: House, state: Session, event: DocumentFailed) -> Step:
    """Say why the document could not be read."""
    state = replace(state, reading=None)
    if event.lies:
        state = replace(state, document_on=state.document_on | {event.source})
    if state.stage is not Stage.DOCUMENT or state.holder is not None:
        return state, ()
    code = _OF_CARDS.get(event.code, event.code) if event.source is DocumentSource.CARD_READER else event.code
    return replace(state, advice=Advice(code=code)), ()


def document_removed(_: House, state: Session, event: DocumentRemoved) -> Step:
    """Note that the reader is free again."""
    return replace(state, document_on=state.document_on - {event.source}), ()


def typing_wanted(_: House, state: Session, event: TypingWanted) -> Step:
    """Ask for name and number in place of a document."""
    del event
    if state.stage is not Stage.DOCUMENT or state.holder is not None:
        return state, ()
    return replace(state, prompt=Prompt.TYPING, advice=None), ()


def identity_typed(_: House, state: Session, event: IdentityTyped) -> Step:
    """Have a code sent to the phone that is registered for this person: what was typed proves nothing by itself.

    It is never assurance A, which is a document that is there; the code makes it B, as it does after a document.
    """
    if state.stage is not Stage.DOCUMENT or state.prompt is not Prompt.TYPING or state.holder is not None:
        return state, ()
    name, number = event.name.strip()[:MOST_LETTERS], event.number.strip().upper()
    if not name:
        return replace(state, advice=Advice(code="identity.no-name")), ()
    if not is_id_number(number):
        return replace(state, advice=Advice(code="identity.number")), ()
    holder = Holder(
        source=DocumentSource.TYPED,
        kind="resident-id",
        number=number,
        name=name,
        # GB 11643: eight digits of the day of birth, and an odd number for a man
        sex="1" if int(number[16]) % 2 else "2",
        birth_date=date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
    )
    return _send(replace(state, holder=holder, stage=Stage.VERIFY, assurance=None), holder)


def typing_left(state: Session) -> Session:
    """Return the session that asks for a document again."""
    return replace(state, prompt=Prompt.WAITING)


def code_wanted(_: House, state: Session, event: CodeWanted) -> Step:
    """Send a code, unless one is being sent."""
    del event
    if state.stage is not Stage.VERIFY or state.busy or state.holder is None:
        return state, ()
    return _send(state, state.holder)


def _send(state: Session, holder: Holder) -> Step:
    document = DocumentRef(kind=holder.kind, number=holder.number, name=holder.name)
    return replace(state, busy="code", advice=None, verification=None), (SendCode(document=document),)


def code_sent(_: House, state: Session, event: CodeSent) -> Step:
    """Ask for the code."""
    if state.stage is not Stage.VERIFY or state.busy != "code":
        return state, ()
    return replace(state, verification=event.verification, busy="", advice=None), ()


def code_entered(_: House, state: Session, event: CodeEntered) -> Step:
    """Check the code, unless one is being checked."""
    if state.stage is not Stage.VERIFY or state.busy or state.verification is None:
        return state, ()
    return replace(state, busy="check", advice=None), (CheckCode(verification=state.verification.id, code=event.code),)


def verify_back(state: Session) -> Step:
    """Back to the document, and forget whose it was; from a verification that only ran out, back to the review."""
    if state.confirmed:
        return replace(state, stage=Stage.REVIEW, verification=None, busy=""), ()
    typed = state.holder is not None and state.holder.source is DocumentSource.TYPED
    prompt = Prompt.TYPING if typed else Prompt.WAITING
    state = replace(state, reading=None)
    state = replace(state, stage=Stage.DOCUMENT, prompt=prompt, holder=None, verification=None, assurance=None, busy="")
    # whoever comes next is another person: with rights, forms, company and belongings of their own
    state = replace(state, drafts=(), kept=None, mandates=(), mandate=None, own=False, helper=None)
    return replace(state, mine=None, reminders=(), uses=None, sheet=None, benefit="", account="", bill=None), (Wipe(),)


def verify_again(state: Session, advice: Advice | None) -> Step:
    """Ask for a new code, because the verification ran out; every answer stays."""
    if state.holder is None:
        return state, ()
    there = None if state.holder.source is DocumentSource.TYPED else Assurance.A
    state = replace(state, stage=Stage.VERIFY, assurance=there, page=None, from_review=True)
    state, effects = _send(state, state.holder) if state.holder else (state, ())
    return replace(state, advice=advice), effects


def code_accepted(house: House, state: Session, event: CodeAccepted) -> Step:
    """The person is verified: look up what they left unfinished; after one that only ran out, go on."""
    del event
    if state.stage is not Stage.VERIFY or state.busy != "check":
        return state, ()
    state = replace(state, assurance=Assurance.B, verification=None)
    if state.confirmed:
        return fetch(house, state)
    if state.errand is Errand.MINE:
        return replace(state, stage=Stage.MINE, busy="mine", advice=None), (LookAtMine(notice=MINE_NOTICE),)
    return replace(state, stage=Stage.FETCH, page=None, busy="open", advice=None), (LookUp(),)


def code_refused(_: House, state: Session, event: CodeRefused) -> Step:
    """Say what was wrong; without attempts left a new code is needed."""
    if state.stage is not Stage.VERIFY or state.busy != "check":
        return state, ()
    verification = state.verification
    if verification is not None:
        verification = replace(verification, attempts_left=event.attempts_left) if event.attempts_left > 0 else None
    return replace(state, busy="", verification=verification, advice=Advice(code=event.code)), ()


def fetch(house: House, state: Session) -> Step:
    """Ask what registers and licences know of the person, for this matter and nothing else."""
    matter = state.matter
    if matter is None:
        return state, ()
    names = asked_of_registers(matter)
    materials = tuple(
        need.material.id
        for need in matter.materials
        if {Obtained.LICENCE, Obtained.REGISTER} & set(need.material.obtained)
    )
    state = replace(state, stage=Stage.FETCH, page=None, advice=None, registers_told=False)
    if not state.verified or not (names or materials):
        return known_arrived(house, state, KnownArrived(facts=(), unavailable=(), found=()))
    effect = FetchKnown(
        purpose=matter.id,
        items=tuple(item.id for item in matter.items),
        notice=notice_version(matter),
        names=tuple(sorted(names)),
        materials=materials,
        authority=rights.authority(state),
    )
    return replace(state, busy="known"), (effect,)


def asked_of_registers(matter: Matter) -> frozenset[str]:
    """Return what registers and licences are asked for this form, for the entries of its lists as well."""
    elements = []
    for page in matter.form.pages:
        inside: tuple[Question, ...] = page.questions if isinstance(page, Repeat) else (page,)
        elements += [question.element for question in inside]
    return frozenset(name for element in elements for name in element.known_from if not name.startswith(_NOT_ASKED))


def known_arrived(house: House, state: Session, event: KnownArrived) -> Step:
    """Show what is known for confirmation, or go straight to the questions."""
    if state.stage is not Stage.FETCH or state.matter is None or state.busy == "open":
        return state, ()
    known = knowing.candidates(state.matter, rights.printed(state), event.facts)
    seen = knowing.places(state.known) if state.from_review else frozenset()
    state = replace(
        state,
        busy="",
        facts=event.facts,
        unavailable=event.unavailable,
        found=event.found,
        known=known,
        disputed=state.disputed & knowing.places(known),
    )
    if any(each.page not in seen for each in knowing.to_confirm(state)):
        return replace(state, stage=Stage.CONFIRM), ()
    return answering.confirmed(house, state)


def registers_told(_: House, state: Session, event: RegistersTold) -> Step:
    """Say what the registers told, while licences are still looked for."""
    if state.stage is not Stage.FETCH or state.busy != "known":
        return state, ()
    return replace(state, facts=event.facts, unavailable=event.unavailable, registers_told=True), ()


def without_known(house: House, state: Session) -> Step:
    """Go on although somebody does not answer, or not soon enough: what is not known is asked."""
    if state.registers_told:
        return known_arrived(house, state, KnownArrived(facts=state.facts, unavailable=state.unavailable, found=()))
    return known_arrived(house, state, KnownArrived(facts=(), unavailable=("all",), found=()))


def backend_failed(_: House, state: Session, event: BackendFailed) -> Step:
    """Say that a request did not succeed; the page offers to try again."""
    if not state.busy or state.busy != event.request:
        return state, ()
    if event.code in TOKEN_OVER and state.verified:
        return verify_again(replace(state, busy="", material="", picture=None, foreseen=None), Advice(code=event.code))
    return replace(state, busy="", advice=Advice(code=event.code)), ()


def notice_version(matter: Matter) -> str:
    """Return what names the notice a citizen has seen: the matter, at the version of the catalogue."""
    return f"{matter.id}@{matter.form.version}"
