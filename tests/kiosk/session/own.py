"""What is somebody's own, as the backend tells it, for stories and laws; each personal word is a planted secret."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from msgspec.structs import replace
from stories import COMPLAINT, MANDATES, NAME, NOW, TODAY, UNTIL, Story, application, case, draft, summary

from kiosk.contract import (
    Account,
    Application,
    ApplicationPage,
    ApplicationSummary,
    Awaited,
    CaseAction,
    CaseBrief,
    CaseDetail,
    CaseState,
    CaseStatus,
    Entitlement,
    EntitlementFact,
    Entitlements,
    EntitlementState,
    FeeLine,
    IssuedDocument,
    LedgerEntry,
    LedgerPage,
    LicenceDetail,
    LicenceState,
    Looked,
    LookerKind,
    NextStep,
    Payment,
    PaymentState,
    Reminder,
)
from kiosk.forms import to_wire
from kiosk.session import gathering
from kiosk.session.having import Mine
from kiosk.session.state import Stage
from kiosk.words import Text

SECRET = Text(zh_hans="赵种子的事", zh_hant="赵种子的事", en="赵种子")
NUMBER = "OT20261122-000007-1"
CASE = f"{NUMBER}-01"
MATTER = "old-age-allowance"
FEE_ITEM = "id-card-renewal"

DOCUMENT = IssuedDocument(
    number="secret-document",
    type="acceptance",
    title=NAME,
    fields=((NAME, "赵种子"),),
    issued_on=TODAY,
    valid_until=None,
    issuer=NAME,
    qr="secret-qr",
)
LICENCE = LicenceDetail(
    number="secret-licence",
    printed_number="secret-licence",
    type="id-card",
    title=NAME,
    issuer=NAME,
    issued_on=TODAY,
    state=LicenceState.VALID,
    says=NAME,
    issued_here=False,
    fields=((NAME, "赵种子"),),
    qr="secret-qr",
)
BENEFITS = tuple(
    Entitlement(
        policy=f"policy-{state}",
        name=NAME,
        summary=NAME,
        department="civil-affairs",
        department_name=NAME,
        state=state,
        says=SECRET,
        basis=(),
        facts=(EntitlementFact(title=NAME, shown=SECRET),),
        gives=NAME,
        amount_fen=10000,
        pays=True,
        item=MATTER,
    )
    for state in EntitlementState
)
REMINDERS = (Reminder(kind="entitlement", title=SECRET, says=SECRET, next=NextStep.TAKE),)
ENTRIES = tuple(
    LedgerEntry(
        id=f"secret-use-{place}",
        at=NOW - timedelta(days=place),
        looked=list(Looked)[place],
        by=LookerKind.SELF,
        who=SECRET,
        matter=MATTER,
        matter_name=NAME,
        sources=(),
        notice="1",
    )
    for place in range(3)
)
PUT_RIGHT = "secret-put-right"
AWAITED = (
    Awaited(kind="answer", subject="person.phone", name=NAME, says=SECRET, due_on=TODAY),
    Awaited(kind="material", subject="bank-card-proof", name=NAME, says=SECRET, due_on=TODAY),
    Awaited(kind="put-right", subject=PUT_RIGHT, name=NAME, says=SECRET, due_on=TODAY),
)


@cache
def filed(matter: str = MATTER) -> Application:
    """Return an application as it was filed, under the catalogue of today, with an answer to every question."""
    session = Story().opens(matter).identifies().knows().until(Stage.REVIEW).state
    assert session.matter is not None
    cases = tuple(
        replace(case(f"{NUMBER}-{place:02d}", CaseState.WAITING), item=item.id)
        for place, item in enumerate(session.matter.items, 1)
    )
    made = application("secret-filed", None, CaseState.WAITING)
    materials = tuple(gathering.supplied(session).values())
    made = replace(made, number=NUMBER, matter=matter, cases=cases, materials=materials)
    return replace(made, answers=to_wire(session.answers))


def detail(
    state: CaseState = CaseState.WAITING, awaited: tuple[Awaited, ...] = AWAITED, *actions: CaseAction
) -> CaseDetail:
    """Return a case on which everything is allowed, or only ``actions``."""
    return CaseDetail(
        application=NUMBER,
        matter=MATTER,
        matter_name=NAME,
        case=replace(case(CASE, state), item=MATTER, reason=SECRET, waits_for=awaited),
        timeline=(),
        documents=(DOCUMENT,),
        actions=actions or tuple(CaseAction),
    )


BRIEF = CaseBrief(
    number=CASE,
    item=MATTER,
    item_name=NAME,
    department_name=NAME,
    state=CaseState.WAITING,
    reason=SECRET,
    waits=2,
    version=1,
    actions=tuple(CaseAction),
)
SUMMARY = ApplicationSummary(
    number=NUMBER,
    matter=MATTER,
    matter_name=NAME,
    received_at=NOW,
    applicant="赵种子",
    finished=False,
    cases=(BRIEF,),
)
STATUS = CaseStatus(number=CASE, item_name=NAME, department_name=NAME, state=CaseState.ACCEPTED, due_on=TODAY)


@cache
def mine() -> Mine:
    """Return something of everything."""
    return Mine(
        cases=ApplicationPage(applications=(SUMMARY,), waiting=2),
        licences=(LICENCE,),
        entitlements=Entitlements(
            entitlements=BENEFITS, accounts=(Account(id="social-security-card", shown="secret-account"),)
        ),
        drafts=(summary(draft()),),
        mandates=MANDATES,
        complaints=(COMPLAINT,),
    )


def uses(*, last: bool = False) -> LedgerPage:
    """Return a page of who used their data."""
    return LedgerPage(entries=ENTRIES, next="" if last else "more")


def payment(state: PaymentState = PaymentState.CREATED, order: str = "secret-order") -> Payment:
    """Return an order for one item."""
    return Payment(
        id=order,
        state=state,
        lines=(FeeLine(item=FEE_ITEM, name=NAME, department_name=NAME, full_fen=2000, amount_fen=2000),),
        amount_fen=2000,
        qr="secret-pay",
        payee=NAME,
        created_at=NOW,
        expires_at=UNTIL,
    )
