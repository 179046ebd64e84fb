"""The page of one case, its photographs and documents, and who has it in hand."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection, select

from kiosk.backend.applications import sentences
from kiosk.backend.applications.states import OPEN
from kiosk.backend.http.common import Asked, FromHouse, Name
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers.ledger import CASE_PARTS, seen
from kiosk.backend.storage import schema
from kiosk.backend.transport import sentences as road_words
from kiosk.backend.web import audit
from kiosk.backend.web.common import Visit, posted, visit
from kiosk.backend.web.pages import HEADERS, Html, see_other
from kiosk.backend.web.window import claims
from kiosk.backend.web.window.deeds import DEEDS, offers
from kiosk.backend.web.window.lists import CLERKS
from kiosk.backend.web.window.reading import CaseView, Looking, attachments_of, find, view
from kiosk.backend.web.window.reasoning import reasoning
from kiosk.backend.web.window.work import STATES, tidy_number
from kiosk.catalogue import Catalogue
from kiosk.contract import Case, IssuedDocument, ObligationKind, ObligationState

CUT = "…"
"""What a notice ends in where its words were cut."""
CLAIMED, TAKEN_OVER, LET_GO = "claimed", "claim-taken-over", "claim-let-go"
DONE = {
    "claimed": "这件事现在由您办理，别的窗口能看到。",
    "let-go": "已放回列表，别的窗口可以接着办。",
} | {deed.id: deed.done for deed in DEEDS.values()}
"""What is said on the page after something was done."""
KINDS = {
    ObligationKind.MATERIAL: "容缺材料",
    ObligationKind.PROMISE: "告知承诺，事后核查",
    ObligationKind.PUT_RIGHT: "整改",
}
OWED = {
    ObligationState.OPEN: ("还没有做", "caution"),
    ObligationState.HANDED_IN: ("已交，待核对", "accent"),
    ObligationState.MET: ("已做到", "positive"),
    ObligationState.MISSED: ("过了日期", "critical"),
    ObligationState.BROKEN: ("没有做到", "critical"),
    ObligationState.RELEASED: ("不用再做", ""),
}
MEASURES = {name: words.zh_hans for name, words in road_words.MEASURES.items()}
STEP_NAMES = {step: name.zh_hans for step, name in sentences.STEPS.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A case that was opened, and written down as looked at."""

    here: Visit
    looking: Looking
    case: CaseView


async def opened(request: Asked, house: FromHouse, number: str) -> Opened:
    """Return the case of ``number`` for who is at this browser; the ledger names them from now on.

    Raises:
        SignInNeeded: nobody is signed in.
        NotAllowed: they are no clerk.
        RefusedRequestError: ``NOT_FOUND``: there is none, or it is not theirs to see.
    """
    here = await visit(request, house, *CLERKS)
    now, staff = house.now(), here.staff
    looking = await house.database.read(
        lambda connection: find(connection, house.catalogue, staff, tidy_number(number), now.date())
    )
    row = looking.row

    def write(connection: Connection) -> None:
        for resident, names in _looks(looking).items():
            seen(
                connection,
                resident,
                staff.number,
                row.number,
                department=staff.department,
                matter=row.item,
                now=now,
                names=names,
                notice=looking.request.notice,
            )

    await house.database.write(write)

    def read(connection: Connection) -> CaseView:
        # asked with the ledger written, as everybody else does
        told = house.knowledge.ask(looking.pulls, now)
        return view(connection, house, staff, looking, told, now)

    return Opened(here=here, looking=looking, case=await house.database.read(read))


@get("/window/cases/{number:str}", include_in_schema=False)
async def show(request: Asked, house: FromHouse, number: Name) -> Html:
    """Show a case."""
    found = await opened(request, house, number)
    return case_page(found, done=DONE.get(request.query_params.get("done", ""), ""))


def case_page(found: Opened, *, done: str = "", status: int = 200) -> Html:
    """Return the page of a case."""
    here, case = found.here, found.case
    held = case.claim
    others = held is not None and held.staff != here.staff.number
    offered = () if others else offers(case, here.staff)
    of_case = [offer for offer in offered if not offer.subject]
    return here.page(
        "window/case.html",
        status=status,
        view=case,
        case=case.case,
        reasoning=reasoning(here.house.catalogue, case.item, case.review),
        states=STATES,
        route=case.route,
        measures=MEASURES,
        amount=_amount,
        open=case.case.state in OPEN,
        acts=offered,
        main_acts=[offer for offer in of_case if offer.first],
        more_acts=[offer for offer in of_case if not offer.first],
        kinds=KINDS,
        owed_states=OWED,
        step_names=STEP_NAMES,
        done=done,
        mine=held is not None and held.staff == here.staff.number,
        others=others,
    )


@post("/window/cases/{number:str}/claim", status_code=200, include_in_schema=False)
async def claim(request: Asked, house: FromHouse, number: Name) -> Html:
    """Take a case in hand, or let it go."""
    here = await visit(request, house, *CLERKS)
    form = await posted(request)
    now, staff = house.now(), here.staff
    leave = form.text("do") == "let-go"

    def write(connection: Connection) -> str:
        found = find(connection, house.catalogue, staff, tidy_number(number), now.date()).row.number
        if leave:
            if claims.let_go(connection, found, staff.number):
                audit.record(connection, here.act(LET_GO, found), now)
            return str(found)
        before = claims.take(connection, found, staff.number, now)
        act = here.act(CLAIMED, found) if before is None else here.act(TAKEN_OVER, found, before.staff)
        audit.record(connection, act, now)
        return str(found)

    found = await house.database.write(write)
    return see_other(f"/window/cases/{found}", done="let-go" if leave else "claimed")


@get("/window/cases/{number:str}/photographs/{attachment:str}", include_in_schema=False)
async def photograph(request: Asked, house: FromHouse, number: Name, attachment: Name) -> Response[bytes]:
    """Show a photograph that was handed in for a case: a picture and nothing else, whatever is in it."""
    found = await opened(request, house, number)
    if attachment not in attachments_of(found.case):
        raise RefusedRequestError(Code.NOT_FOUND)
    table = schema.attachment.c
    query = select(table.sha256).where(table.id == attachment)
    digest = await house.database.read(lambda connection: connection.execute(query).scalar_one_or_none())
    content = None if digest is None else await house.attachments.read(digest)
    if content is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    headers = {**HEADERS, "Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "inline"}
    return Response(content, media_type="image/jpeg", headers=headers)


@get("/window/cases/{number:str}/documents/{document:str}", include_in_schema=False)
async def paper(request: Asked, house: FromHouse, number: Name, document: Name) -> Html:
    """Show a document of a case as it is printed."""
    found = await opened(request, house, number)
    for each in found.case.documents:
        if each.number == document:
            whole = in_full(house.catalogue, found.case.case, each)
            code = f"{request.url.path}/code.svg"
            return found.here.page("window/document.html", document=whole, case=found.case.case, code=code)
    raise RefusedRequestError(Code.NOT_FOUND)


@get("/window/cases/{number:str}/documents/{document:str}/code.svg", include_in_schema=False)
async def code(request: Asked, house: FromHouse, number: Name, document: Name) -> Response[str]:
    """Show the code of a document, by which anybody can check it without a network."""
    # what draws it takes a tenth of a second to import: no start of the backend waits for it
    from kiosk.backend.licences.typesetting import code_svg

    found = await opened(request, house, number)
    for each in found.case.documents:
        if each.number == document:
            return Response(code_svg(each.qr), media_type="image/svg+xml", headers=dict(HEADERS))
    raise RefusedRequestError(Code.NOT_FOUND)


HANDLERS: tuple[BaseRouteHandler, ...] = (show, claim, photograph, paper, code)


def in_full(catalogue: Catalogue, case: Case, document: IssuedDocument) -> IssuedDocument:
    """Return a document with the words that were cut to fit the code on a slip, as the case says them in full."""
    kind = catalogue.licences.get(document.type)
    if kind is None:
        return document
    names = {label.zh_hans: name for name, label in kind.fields.items()}
    whole = {
        "reason": case.reason.zh_hans,
        "basis": case.basis,
        "remedies": "\n".join(remedy.says.zh_hans for remedy in case.remedies),
        "wanted": case.reason.zh_hans,
    }
    fields = tuple(
        (label, whole.get(names.get(label.zh_hans, ""), "") or value if value.endswith(CUT) else value)
        for label, value in document.fields
    )
    return msgspec.structs.replace(document, fields=fields)


def _amount(measure: str, value: int | None) -> str:
    """Return a limit or a size of a vehicle as people say it."""
    if value is None:
        return "不清楚"
    return f"{value / 100:g} 米" if measure.endswith("_cm") else f"{value / 1000:g} 吨"


def _looks(looking: Looking) -> dict[int, tuple[str, ...]]:
    """Return whose data is shown, and what of it."""
    looks: dict[int, tuple[str, ...]] = {looking.row.resident: CASE_PARTS}
    for pull in looking.pulls:
        resident = pull.holder.resident
        looks[resident] = (*looks.get(resident, ()), *pull.names)
    return looks
