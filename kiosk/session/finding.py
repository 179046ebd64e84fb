"""From the first touch to the notice: find a service, say the situation, read the guide."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from kiosk import forms
from kiosk.forms import Answer, Answers
from kiosk.session import answering, finishing, guiding, tracing
from kiosk.session.events import Answered, Browsed, CodeScanned, GuideWanted, Searched, ServiceChosen, Touched
from kiosk.session.having import Errand
from kiosk.session.house import House, Step
from kiosk.session.parts import Signature
from kiosk.session.state import Advice, Browse, Receipt, Session, Stage

GUIDE_CODE = "onething:guide/"
"""What the QR of a printed guide says, before the id of the service (一事一码)."""

QUERY_LIMIT = 60
"""Characters of a query; more is a slip of the finger."""

OWN = (Stage.MINE, Stage.CASE, Stage.LICENCES, Stage.SHEET, Stage.BENEFIT)
"""Pages of what is somebody's own from which a service is opened."""

HITS = 30
"""Services found at most; who has to look further searches with better words."""


def touched(_: House, state: Session, event: Touched) -> Step:
    """Start a session with the services on the screen."""
    if state.stage is not Stage.ATTRACT or event.at is None or state.maintained:
        return state, ()
    if state.closed is not None or state.dimmed:
        return state, ()
    return replace(state, stage=Stage.FIND, id=event.session, today=event.at.date()), ()


def browsed(_: House, state: Session, event: Browsed) -> Step:
    """Show services another way, or those of one department or one stage of a life."""
    if state.stage not in (Stage.FIND, Stage.BASKET):
        return state, ()
    state = replace(
        state,
        stage=Stage.FIND,
        taken_out=None,
        offers=(),
        browse=event.browse,
        audience=event.audience or state.audience,
        department=event.department,
        life=event.life,
        query="",
        hits=(),
        advice=None,
    )
    return state, ()


def searched(house: House, state: Session, event: Searched) -> Step:
    """Search in everyday words; an empty query shows all again."""
    if state.stage is not Stage.FIND:
        return state, ()
    query = event.query[:QUERY_LIMIT]
    hits = house.catalogue.search(query, HITS) if query.strip() else ()
    return replace(state, browse=Browse.SEARCH, query=query, hits=tuple(hits), advice=None), ()


def code_scanned(house: House, state: Session, event: CodeScanned) -> Step:
    """Open the guide whose QR was held to the scanner."""
    if state.stage is Stage.NUMBER and not state.busy and event.text.startswith(tracing.CASE_CODE):
        return tracing.scanned(state, event.text)
    if state.stage is not Stage.FIND:
        return state, ()
    if event.text.startswith(tracing.CASE_CODE):
        return tracing.scanned(state, event.text)
    if not event.text.startswith(GUIDE_CODE):
        return replace(state, advice=Advice(code="code.foreign")), ()
    service = event.text.removeprefix(GUIDE_CODE)
    if not house.catalogue.has_service(service):
        return replace(state, advice=Advice(code="code.unknown")), ()
    return _open(house, state, service)


def service_chosen(house: House, state: Session, event: ServiceChosen) -> Step:
    """Open a service from the list, or one that was suggested; after everything was answered also from there."""
    if not house.catalogue.has_service(event.service) or state.busy:
        return state, ()
    if state.stage in OWN:
        return opened_from_mine(house, state, event.service)
    opens = state.stage in (Stage.FIND, Stage.BASKET, Stage.GUIDE) or finished(state)
    return _open(house, state, event.service) if opens else (state, ())


def opened_from_mine(house: House, state: Session, service: str) -> Step:
    """Open a service as the person who was looking at what is theirs."""
    if not house.catalogue.has_service(service):
        return state, ()
    if state.mine is not None:
        state = replace(state, drafts=state.mine.drafts, mandates=state.mine.mandates)
    return _open(house, replace(state, errand=Errand.SERVICE), service)


def finished(state: Session) -> bool:
    """Return whether every application of the session was answered: then something more may be done in it."""
    return state.stage is Stage.OUTCOMES and finishing.answered(state)


def cleared(state: Session, service: str) -> Session:
    """Return the session with ``service`` chosen and nothing said about it yet."""
    return replace(
        state,
        service=service,
        situation=Answers(),
        matter=None,
        facts=(),
        unavailable=(),
        known=Answers(),
        disputed=frozenset(),
        confirmed=False,
        answers=Answers(),
        walked=None,
        page=None,
        listed=False,
        passed=frozenset(),
        from_review=False,
        foreseen=None,
        kept=None,
        resumed=False,
        resume_at="",
        again=(),
        mandate=None,
        own=False,
        behalf=False,
        found=(),
        supplied={},
        case=None,
        mending=None,
        signature=Signature(),
        guide_paper=Receipt.NONE,
        offers=(),
        advice=None,
    )


def _open(house: House, state: Session, service: str) -> Step:
    """Start with the situation questions of ``service``, or with its guide."""
    state = cleared(state, service)
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
    return _to_the_services(state)


def guide_back(house: House, state: Session) -> Session:
    """Return the session at the last situation question, or at the list of services."""
    form = house.catalogue.situation_form(state.service)
    if form is not None:
        pages = forms.path(form, state.situation, today_of(state))
        if pages:
            return replace(state, stage=Stage.SITUATION, page=pages[-1], matter=None, offers=())
    return _to_the_services(state)


def _to_the_services(state: Session) -> Session:
    """Return the session at the list it chose from: of services, or of outcomes with what was suggested there."""
    if state.mine is not None and not finishing.answered(state):
        return replace(state, stage=Stage.MINE, errand=Errand.MINE, page=None, matter=None, offers=(), drafts=())
    stage = Stage.OUTCOMES if finishing.answered(state) else Stage.FIND
    return replace(state, stage=stage, page=None, matter=None, offers=())


def find_back(house: House, state: Session) -> Step:
    """From a list to what it was opened from; from there out, after a question when a basket would be lost."""
    if state.life or state.department or state.query:
        return replace(state, life="", department="", query="", hits=()), ()
    if state.basket:
        return replace(state, leaving=True), ()
    return finishing.over(house, state)


def _guide(house: House, state: Session) -> Step:
    """Merge what the situation asks for and show its guide."""
    today = today_of(state)
    matter = house.catalogue.matter(state.service, state.situation, today)
    answers = replace(Answers(), single=dict(state.situation.single))
    state = replace(state, stage=Stage.GUIDE, matter=matter, answers=answers, page=None)
    return guiding.recommend(state, guiding.looked_at(state))


def guide_next(house: House, state: Session) -> Step:
    """From the guide to the notice; a guide of what is never filed is printed instead, and then it is done."""
    if state.matter is None or state.matter.items:
        return replace(state, stage=Stage.NOTICE, offers=(), advice=None), ()
    return paper_next(house, state)


def paper_next(house: House, state: Session) -> Step:
    """Print the guide; once that was tried, go where something else may be done, or end."""
    if state.guide_paper is Receipt.NONE:
        return guiding.guide_wanted(house, state, GuideWanted())
    if state.guide_paper is Receipt.PRINTING:
        return state, ()
    if finishing.answered(state) or (state.basket and state.stage is not Stage.BASKET):
        return replace(_to_the_services(state), guide_paper=Receipt.NONE, advice=None), ()
    return finishing.over(house, state)


def notice_next(house: House, state: Session) -> Step:
    """From the notice, which is now accepted, to the document; who is verified already is let in by ``keeping``."""
    del house
    state = replace(state, stage=Stage.DOCUMENT, reading=None, advice=None)
    return replace(state, holder=None, verification=None, assurance=None), ()


def today_of(state: Session) -> date:
    """Return the day the session started on; a session without one has not started."""
    if state.today is None:
        message = "a session that looks at dates was started by a touch"
        raise AssertionError(message)
    return state.today
