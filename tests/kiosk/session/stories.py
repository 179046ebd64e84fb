"""Sessions played as data: a machine over the real catalogue, a citizen who answers, a world that tells good news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue import Catalogue, Outcome, load
from kiosk.catalogue.examples import value_of
from kiosk.contract import (
    Application,
    AskAgain,
    Assistance,
    Attachment,
    Case,
    CaseDetail,
    CaseState,
    CollectionPoint,
    Complaint,
    ComplaintKind,
    ComplaintState,
    DeliveryState,
    DocumentRef,
    Draft,
    DraftSummary,
    Fact,
    Hall,
    HallService,
    Mandate,
    PaymentState,
    Stroke,
    Ticket,
    TicketState,
    Verification,
    Way,
    WireAnswer,
    WireAnswers,
)
from kiosk.contract import Delivery as Delivered
from kiosk.forms import Address, Element, Kind, PageRef, RuleKind
from kiosk.forms.rules import day
from kiosk.session import beside_events, effects, events, machine, own_events
from kiosk.session.having import Mine
from kiosk.session.house import House
from kiosk.session.state import Delivery, DocumentSource, Holder, Receipt, Session, Stage
from kiosk.words import Text

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
SESSION = "8c5a7b1e-0000-4000-8000-000000000001"
MATTERS = ("insurance-certificate", "old-age-allowance", "newborn", "restaurant", "id-card-renewal")
INK = (Stroke(points=tuple((5 * place, 5 * place, place) for place in range(20))),)
SECRETS = (
    "陈种子",
    "secret-wide",
    "secret-draft",
    "secret-helper",
    "赵种子",
    "000102199508092428",
    "13800138024",
    "示例秘密路",
    "secret-verification",
    "secret-attachment",
    "secret-licence",
    "secret-document",
    "secret-use",
    "secret-account",
    "secret-pay",
    "secret-order",
    "secret-code",
)
"""Planted in everything a person brings; none may be found after the session."""
HOLDER = Holder(
    source=DocumentSource.ID_READER,
    kind="resident-id",
    number="000102199508092428",
    name="赵种子",
    sex="2",
    birth_date=date(1995, 8, 9),
    ethnicity="01",
    address="示例秘密路66号",
    valid_until=date(2041, 9, 10),
)
VERIFICATION = Verification(id="secret-verification", phone="138****8024", digits=6, expires_at=NOW, attempts_left=3)
UNTIL = datetime(2026, 12, 23, 2, 0, tzinfo=UTC)
PRINCIPAL = DocumentRef(kind="resident-id", number="000101194102181114", name="陈种子")
MANDATES = (
    Mandate(reference="secret-wide", kind="person", principal=PRINCIPAL, items=(), valid_until=UNTIL.date()),
    Mandate(
        reference="secret-narrow",
        kind="person",
        principal=PRINCIPAL,
        items=("old-age-allowance",),
        valid_until=UNTIL.date(),
    ),
    Mandate(
        reference="secret-company",
        kind="enterprise",
        principal=PRINCIPAL,
        enterprise="种子公司",
        items=(),
        valid_until=UNTIL.date(),
    ),
)
NAME = Text(zh_hans="示例", zh_hant="示例", en="Example")


@cache
def catalogue() -> Catalogue:
    return load(ROOT / "assets" / "catalogue")


@cache
def house() -> House:
    return House(catalogue=catalogue(), terminal="T-TEST")


HELPER = Assistance(staff="secret-helper", name="员种子", department_name=NAME)


@cache
def draft(matter: str = "old-age-allowance", *, again: bool = False, mandate: str = "") -> Draft:
    """Return a form that was kept for later: of the catalogue of today, or of an older one."""
    del mandate
    made = catalogue().matter(matter, forms.Answers(), TODAY)
    return Draft(
        id=f"secret-draft-{matter}",
        matter=matter,
        matter_name=NAME,
        items=tuple(item.id for item in made.items),
        catalogue_version=made.form.version,
        saved_version="older" if again else made.form.version,
        answers=WireAnswers(single={"person.phone": WireAnswer(value="13800138024", origin="citizen")}),
        materials=(),
        page="",
        notice="" if again else f"{matter}@{made.form.version}",
        saved_at=NOW,
        expires_at=UNTIL,
        again=(AskAgain(pointer="/answers/single/shop.name", name=NAME, says=NAME),) if again else (),
    )


def summary(kept: Draft) -> DraftSummary:
    return DraftSummary(
        id=kept.id,
        matter=kept.matter,
        matter_name=NAME,
        items=kept.items,
        item_names=(),
        answered=1,
        saved_at=NOW,
        expires_at=UNTIL,
        older=bool(kept.again),
        etag="1",
    )


TOGETHER = ("old-age-allowance", "insurance-certificate", "food-permit-simple")
"""What somebody does together."""


@cache
def conflicting() -> tuple[str, str]:
    """Return two items that cannot be applied for together."""
    item = next(item for item in catalogue().items.values() if item.conflicts)
    return item.id, item.conflicts[0].item


@cache
def wanting() -> tuple[str, str]:
    """Return an item that wants another one before it, and that one."""
    item = next(item for item in catalogue().items.values() if item.after)
    return item.id, item.after[0].item


@cache
def guide_only() -> str:
    """Return an item that is never filed here."""
    return next(item.id for item in catalogue().items.values() if item.alone and item.outcome is Outcome.GUIDED)


HALL = Hall(
    id="centre",
    name=NAME,
    address=NAME,
    hours=NAME,
    open=True,
    services=tuple(
        HallService(
            id=name, name=NAME, letter="A", departments=(), waiting=3, open=called, minutes_least=5, minutes_most=9
        )
        for name, called in (("general", True), ("shut", False))
    ),
)
TICKET = Ticket(
    id="sample-ticket",
    label="A023",
    hall=HALL.id,
    hall_name=NAME,
    service="general",
    service_name=NAME,
    state=TicketState.WAITING,
    issued_at=NOW,
)

COMPLAINT = Complaint(
    number="TS20261123-000001-5",
    kind=ComplaintKind.TOO_SLOW,
    state=ComplaintState.ANSWERED,
    words="赵种子",
    owner_name=NAME,
    contact="12345",
    received_at=NOW,
    due_on=TODAY,
    answer="赵种子",
    may_judge=True,
    code="secret-code",
)

DELIVERY = Delivered(
    case="OT20261122-000007-1-01",
    ways=(Way.SLIP, Way.MAIL, Way.COLLECTION_POINT),
    way=Way.SLIP,
    state=DeliveryState.CHOSEN,
    points=(CollectionPoint(id="hubin", name=NAME, address=NAME, hours=NAME, locker=True),),
)


SITUATIONS: Mapping[str, Any] = {
    "situation.has_birth_certificate": False,
    "situation.maternity_insured": True,
    "situation.social_card": True,
    "situation.has_business_licence": True,
    "situation.hot_food": True,
    "situation.area_m2": "420",
    "situation.fire_route": "commitment",
    "situation.signboard": True,
}


def good_raw(element: Element, variant: int = 0) -> Any:  # noqa: C901  # a row per kind
    """Return an answer that the rules of ``element`` allow."""
    if element.id in SITUATIONS:
        return SITUATIONS[element.id]
    if element.id == "person.number":
        return HOLDER.number
    if any(rule.rule in (RuleKind.PATTERN, RuleKind.WHEN) for rule in element.rules) and "time" not in element.id:
        return example_of(element)
    match element.kind:
        case Kind.YES_NO:
            return variant % 2 == 0
        case Kind.CHOICE:
            return element.choices[variant % len(element.choices)].value
        case Kind.CHOICES:
            return (element.choices[variant % len(element.choices)].value,)
        case Kind.DATE:
            return _date(element).isoformat()
        case Kind.INTEGER | Kind.AMOUNT:
            low = next((int(rule.value or 0) for rule in element.rules if rule.rule is RuleKind.MINIMUM), 1)
            return str(low if element.kind is Kind.INTEGER else low // 100 + 1)
        case Kind.ADDRESS:
            return {"division": "000102002000", "detail": "示例秘密路1号"}
        case Kind.PHONE:
            return "13800138024"
        case Kind.ID_NUMBER:
            return "000102199311303113" if "other" in element.id else "000102199508092428"
        case Kind.CREDIT_CODE:
            return "91000102MA0000001U"
        case Kind.BANK_CARD:
            return "6200000000000000000"
        case _:
            return "08:30" if "time" in element.id else "赵种子"


def example_of(element: Element) -> Any:
    """Return the element's own example, as a screen gives it: an amount in yuan."""
    value = value_of(element, element.example, TODAY)
    match value:
        case Address():
            return {"division": value.division, "detail": value.detail}
        case date():
            return value.isoformat()
        case bool() | tuple():
            return value
        case int() if element.kind is Kind.AMOUNT:
            return f"{value // 100}.{value % 100:02}"
        case _:
            return str(value)


def _date(element: Element) -> date:
    early = late = None
    for rule in element.rules:
        if rule.rule is RuleKind.EARLIEST:
            early = day(str(rule.value), TODAY)
        if rule.rule is RuleKind.LATEST:
            late = day(str(rule.value), TODAY)
    return early or late or TODAY


def case(number: str, state: CaseState, decided_at: datetime | None = None) -> Case:
    return Case(
        number=number,
        item="birth-registration",
        item_name=NAME,
        department="public-security",
        department_name=NAME,
        state=state,
        reason=NAME,
        decided_at=decided_at,
    )


def application(key: str, entry: int | None, *states: CaseState) -> Application:
    number = f"A-{key[:8]}"
    return Application(
        number=number,
        matter="newborn",
        matter_name=NAME,
        session=SESSION,
        entry=entry,
        received_at=NOW,
        catalogue_version="1",
        cases=tuple(case(f"{number}-{place}", state) for place, state in enumerate(states)),
        answers=WireAnswers(single={}),
        materials=(),
    )


@dataclass
class Story:
    """A session as it goes on, and every effect it had."""

    state: Session = field(default_factory=Session)
    wanted: list[effects.Effect] = field(default_factory=list)
    last: events.Event | None = None

    def happens(self, *what: events.Event) -> Story:
        for event in what:
            if isinstance(event, events.Intent):
                event = _at(event)  # stamped as the runner does
            self.last = event
            self.state, more = machine.step(house(), self.state, event)
            self.wanted += more
        return self

    def of(self, kind: type[effects.Effect]) -> list[Any]:
        return [effect for effect in self.wanted if isinstance(effect, kind)]

    def opens(self, service: str, situation: Mapping[str, Any] | None = None) -> Story:
        """From the attract page to the notice."""
        self.happens(events.Touched(session=SESSION), events.ServiceChosen(service=service))
        while self.state.stage is Stage.SITUATION:
            page = self.page()
            form = catalogue().situation_form(service)
            assert form is not None
            element = forms.element_of(form, page)
            assert element is not None
            self.happens(events.Answered(page=page, raw=(situation or {}).get(element.id, good_raw(element))))
        assert self.state.stage is Stage.GUIDE
        return self.happens(events.Next())

    def fills(self, *items: str) -> Story:
        """From the attract page to the basket with ``items`` in it."""
        self.happens(events.Touched(session=SESSION), events.BasketFilled(items=items), events.BasketOpened())
        assert self.state.stage is Stage.BASKET
        return self

    def identifies(self, holder: Holder = HOLDER, found: events.OpenFound | None = None) -> Story:
        self.happens(events.Next(), events.DocumentRead(holder=holder), events.CodeSent(verification=VERIFICATION))
        return self.happens(events.CodeEntered(code="123456"), events.CodeAccepted(), found or events.OpenFound())

    def comes_for_their_own(self, mine: Mine, holder: Holder = HOLDER) -> Story:
        """From the attract page to what is theirs."""
        self.happens(events.Touched(session=SESSION), own_events.MineWanted(), events.DocumentRead(holder=holder))
        self.happens(events.CodeSent(verification=VERIFICATION), events.CodeEntered(code="123456"))
        return self.happens(events.CodeAccepted(), own_events.MineFound(mine=mine))

    def knows(self, **facts: Any) -> Story:
        listed = tuple(
            Fact(name=name.replace("__", "."), value=value, as_of=TODAY, source=NAME) for name, value in facts.items()
        )
        self.happens(events.KnownArrived(facts=listed, unavailable=(), found=()))
        return self.happens(events.Next()) if self.state.stage is Stage.CONFIRM else self

    def at(self, stage: Stage) -> bool:
        return self.state.stage is stage

    def page(self) -> PageRef:
        assert self.state.page is not None
        return self.state.page

    def forward(self, variant: int = 0) -> Story:
        """Do what the page asks for, and have the world answer well."""
        self.happens(*way_forward(self.state, variant))
        return self

    def until(self, *stages: Stage, variant: int = 0, limit: int = 400) -> Story:
        for _ in range(limit):
            if self.state.stage in stages:
                return self
            self.forward(variant)
        raise AssertionError(f"never came to {stages}; stands at {self.state.stage} {self.state.page}")


def _at(event: events.Intent) -> events.Intent:
    return replace(event, at=NOW)


def way_forward(state: Session, variant: int = 0) -> tuple[events.Event, ...]:  # noqa: C901  # a row per page
    """Return what a citizen who goes on does next on this page, with the good news that follows."""
    if state.leaving:
        return (events.Stay(),)
    if state.busy == "keep":
        return (events.DraftKept(identity="secret-draft", tag="1"),)
    match state.stage:
        case Stage.ATTRACT:
            return (events.Touched(session=SESSION),)
        case Stage.FIND:
            return (events.ServiceChosen(service=MATTERS[variant % len(MATTERS)]),)
        case Stage.GUIDE | Stage.BASKET if state.guide_paper is Receipt.PRINTING:
            return (events.GuidePrinted(proven=True),)
        case Stage.SITUATION | Stage.QUESTION:
            return (_answer(state, variant),)
        case Stage.DOCUMENT:
            lifted = tuple(events.DocumentRemoved(source=source) for source in state.document_on)
            return (*lifted, events.DocumentRead(holder=HOLDER))
        case Stage.VERIFY:
            if state.busy == "check":
                return (events.CodeAccepted(),)
            if state.busy == "code":
                return (events.CodeSent(verification=VERIFICATION),)
            return (events.CodeEntered(code="123456"),) if state.verification else (events.CodeWanted(),)
        case Stage.FETCH if state.busy == "open":
            return (events.OpenFound(),)
        case Stage.RESUME if state.busy:
            return (events.BackendFailed(request="draft", code="backend.slow"),)
        case Stage.BEHALF:
            return (events.ActedFor(),)
        case Stage.HELPER:
            return (events.Back(),)
        case Stage.FETCH:
            known = events.KnownArrived(facts=(), unavailable=("all",), found=())
            return (known,) if state.busy else (events.Next(),)
        case Stage.CAMERA:
            if state.busy == "shot":
                return (events.PictureTaken(reference="picture-1"),)
            if state.busy == "picture":
                kept = Attachment(id="secret-attachment", sha256="0", bytes=1)
                return (events.AttachmentStored(material=state.material, attachment=kept),)
            return (events.PictureWanted(),) if state.picture is None else (events.PictureKept(),)
        case Stage.PROMISE:
            return (events.Promised(),)
        case Stage.PAY if state.busy:
            return (own_events.OrderMade(),)
        case Stage.SIGN if not state.busy:
            return (events.Signed(strokes=INK),)
        case Stage.OUTCOMES:
            return _delivered(state)
        case Stage.RECEIPT if state.receipt == "printing":
            return (events.ReceiptPrinted(proven=True),)
        case Stage.RATING:
            return (events.Rated(level=5),)
        case Stage.HALLS if state.busy:
            if state.busy == "halls":
                return (beside_events.HallsFound(halls=(HALL,)),)
            return (beside_events.TicketTaken(ticket=TICKET),)
        case Stage.HALLS:
            told = state.queue is not None and state.queue.halls is not None
            return (beside_events.TicketWanted(hall=HALL.id, service="general") if told else events.Retry(),)
        case Stage.DELIVERY if state.busy:
            return (beside_events.DeliveryKept(delivery=DELIVERY, tag="2"),)
        case Stage.DELIVERY:
            return (events.Back(),)
        case Stage.COMPLAIN if state.busy:
            return (beside_events.ComplaintTaken(complaint=COMPLAINT),)
        case Stage.COMPLAIN:
            made = beside_events.ComplaintMade(kind=ComplaintKind.TOO_SLOW, words="赵种子", phone="13800138024")
            return (made,)
        case Stage.COMPLAINT if state.busy:
            return (beside_events.ComplaintJudged(complaint=COMPLAINT),)
        case Stage.COMPLAINT if state.beside_paper is Receipt.PRINTING:
            return (beside_events.BesidePrinted(of=COMPLAINT.number, proven=True),)
        case Stage.TICKET if state.beside_paper is Receipt.PRINTING:
            return (beside_events.BesidePrinted(of=TICKET.id, proven=True),)
        case Stage.MINE | Stage.CASE | Stage.LICENCES | Stage.USES | Stage.BENEFIT | Stage.PAY if state.busy:
            return (events.BackendFailed(request=state.busy, code="backend.slow"),)
        case Stage.MINE if state.mine is None:
            return (events.Back(),)
        case Stage.CASE | Stage.WITHDRAW | Stage.LICENCES | Stage.SHEET | Stage.USES | Stage.BENEFIT | Stage.NUMBER:
            return (events.Back(),)
        case Stage.PAY if state.bill is not None and state.bill.payment is not None and state.bill.open:
            return (own_events.PaymentTold(payment=replace(state.bill.payment, state=PaymentState.PAID)),)
        case Stage.REVIEW | Stage.SIGN if state.busy:
            done = CaseDetail(
                application="A", matter="", matter_name=NAME, case=case("A-01", CaseState.APPROVED), timeline=()
            )
            return (own_events.CaseFound(detail=done, tag="2", done="supplement"),)
        case Stage.GOODBYE:
            lifted = tuple(events.DocumentRemoved(source=source) for source in state.document_on)
            return (*lifted, events.GoodbyeOver())
        case _:
            return (events.Next(),)


def _answer(state: Session, variant: int) -> events.Event:
    page = state.page
    assert page is not None
    form = state.matter.form if state.stage is Stage.QUESTION and state.matter else None
    form = form or catalogue().situation_form(state.service)
    assert form is not None
    element = forms.element_of(form, page)
    return events.Next() if element is None else events.Answered(page=page, raw=good_raw(element, variant))


def _delivered(state: Session) -> tuple[events.Event, ...]:
    for submission in state.submissions:
        if submission.delivery is Delivery.STORING:
            return (events.ApplicationStored(key=submission.key),)
        if submission.delivery in (Delivery.SENDING, Delivery.DELAYED):
            made = application(submission.key, submission.entry, CaseState.APPROVED, CaseState.SUBMITTED)
            return (events.ApplicationAnswered(key=submission.key, application=made),)
        for open_case in submission.cases:
            if open_case.state is CaseState.SUBMITTED and submission.application:
                decided = case(open_case.number, CaseState.ACCEPTED, NOW)
                return (events.CaseDecided(application=submission.application.number, case=decided),)
    return (events.Next(),)
