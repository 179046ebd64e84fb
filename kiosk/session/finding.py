"""From the first touch to the notice: find a service, say the situation, read the guide."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from kiosk import forms
from kiosk.forms import Answer, Answers
from kiosk.session import answering, identifying
from kiosk.session.events import Answered, Browsed, CodeScanned, Searched, ServiceChosen, Touched
from kiosk.session.house import House, Step
from kiosk.session.state import Advice, Browse, Session, Stage

GUIDE_CODE = "onething:guide/"
"""What the QR of a printed guide says, before the id of the service (一事一码)."""

QUERY_LIMIT = 60
"""Characters of a query; more is a slip of the finger."""


def touched(_: House, state: Session, event: Touched) -> Step:
    """Start a session with the services on the screen."""
    if state.stage is not Stage.ATTRACT or event.at is None:
        return state, ()
    return replace(state, stage=Stage.FIND, id=event.session, today=event.at.date()), ()


def browsed(_: House, state: Session, event: Browsed) -> Step:
    """Show services another way."""
    if state.stage is not Stage.FIND:
        return state, ()
    return replace(state, browse=event.browse, department=event.department, query="", hits=(), advice=None), ()


def searched(house: House, state: Session, event: Searched) -> Step:
    """Search in everyday words; an empty query shows all again."""
    if state.stage is not Stage.FIND:
        return state, ()
    query = event.query[:QUERY_LIMIT]
    hits = house.catalogue.search(query) if query.strip() else ()
    return replace(state, browse=Browse.SEARCH, query=query, hits=tuple(hits), advice=None), ()


def code_scanned(house: House, state: Session, event: CodeScanned) -> Step:
    """Open the guide whose QR was held to the scanner."""
    if state.stage is not Stage.FIND:
        return state, ()
    if not event.text.startswith(GUIDE_CODE):
        return replace(state, advice=Advice(code="code.foreign")), ()
    service = event.text.removeprefix(GUIDE_CODE)
    if not house.catalogue.has_service(service):
        return replace(state, advice=Advice(code="code.unknown")), ()
    return _open(house, state, service)


def service_chosen(house: House, state: Session, event: ServiceChosen) -> Step:
    """Open a service from the list."""
    if state.stage is not Stage.FIND or not house.catalogue.has_service(event.service):
        return state, ()
    return _open(house, state, event.service)


def _open(house: House, state: Session, service: str) -> Step:
    """Start with the situation questions of ``service``, or with its guide."""
    state = replace(
        state,
        service=service,
        situation=Answers(),
        matter=None,
        facts=(),
        unavailable=(),
        known={},
        disputed=frozenset(),
        confirmed=False,
        answers=Answers(),
        page=None,
        from_review=False,
        found=(),
        supplied={},
        advice=None,
    )
    form = house.catalogue.situation_form(service)
    if form is not None:
        pages = forms.path(form, state.situation, today_of(state))
        if pages:
            return replace(state, stage=Stage.SITUATION, page=pages[0]), ()
    return _guide(house, state)


def situation_answered(house: House, state: Session, event: Answered) -> Step:
    """Take an answer to a situation question and go to the next, or to the guide."""
    form = house.catalogue.situation_form(state.service)
    if form is None or event.page != state.page:
        return state, ()
    today = today_of(state)
    value, says = answering.taken(house, form, state.situation, today, event.page, event.raw)
    if value is None:
        return replace(state, advice=Advice(text=says)), ()
    situation = forms.with_answer(state.situation, event.page, Answer(value=value))
    following = forms.next_page(form, situation, today, event.page)
    state = replace(state, situation=situation, advice=None)
    if following is not None:
        return replace(state, page=following), ()
    return _guide(house, state)


def situation_back(house: House, state: Session) -> Session:
    """Return the session one situation question earlier, or at the list of services."""
    form = house.catalogue.situation_form(state.service)
    before = None
    if form is not None and state.page is not None:
        before = forms.previous_page(form, state.situation, today_of(state), state.page)
    if before is not None:
        return replace(state, page=before)
    return replace(state, stage=Stage.FIND, page=None)


def guide_back(house: House, state: Session) -> Session:
    """Return the session at the last situation question, or at the list of services."""
    form = house.catalogue.situation_form(state.service)
    if form is not None:
        pages = forms.path(form, state.situation, today_of(state))
        if pages:
            return replace(state, stage=Stage.SITUATION, page=pages[-1], matter=None)
    return replace(state, stage=Stage.FIND, page=None, matter=None)


def _guide(house: House, state: Session) -> Step:
    """Merge what the situation asks for and show its guide."""
    today = today_of(state)
    matter = house.catalogue.matter(state.service, state.situation, today)
    answers = replace(Answers(), single=dict(state.situation.single))
    return replace(state, stage=Stage.GUIDE, matter=matter, answers=answers, page=None), ()


def guide_next(_: House, state: Session) -> Step:
    """From the guide to the notice."""
    return replace(state, stage=Stage.NOTICE, advice=None), ()


def notice_next(house: House, state: Session) -> Step:
    """From the notice, which is now accepted, to the document; a person already verified goes straight on."""
    if state.verified and state.holder is not None:
        return identifying.fetch(house, state)
    return replace(state, stage=Stage.DOCUMENT, holder=None, verification=None, assurance=None, advice=None), ()


def today_of(state: Session) -> date:
    """Return the day the session started on; a session without one has not started."""
    if state.today is None:
        message = "a session that looks at dates was started by a touch"
        raise AssertionError(message)
    return state.today
