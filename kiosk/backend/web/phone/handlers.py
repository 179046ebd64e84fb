"""The handlers of the phone pages.

A link (``/m/<secret>``) asks whoever opens it to touch "start", and lets the first phone in that does: what looks at
addresses by itself (a chat's preview, a scanner's check) opens nothing. Progress and tickets need no link.
"""

from __future__ import annotations

import asyncio
import io
import re
from typing import Annotated, Any

import qrcode
import qrcode.image.svg
from litestar import Response, get, post
from litestar.datastructures import Cookie, UploadFile
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.params import PathParameter
from sqlalchemy import Connection

from kiosk.backend.applications.reading import read_application, status_of
from kiosk.backend.delivery.links import LinkOver, Opened
from kiosk.backend.delivery.photographs import TAKEN_BYTES, as_jpeg
from kiosk.backend.delivery.resuming import Lacking
from kiosk.backend.house import House
from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.web.common import FormRefused, is_from_here
from kiosk.backend.web.pages import Html, render, see_other
from kiosk.backend.web.phone.words import KINDS, STATES, TICKETS, Said
from kiosk.catalogue import Material
from kiosk.contract import CaseStatus, IssuedDocument, LinkKind, TicketState
from kiosk.forms import shown_date
from kiosk.words import Language

Secret = Annotated[str, PathParameter(min_length=20, max_length=64)]
Number = Annotated[str, PathParameter(max_length=60)]
_COOKIE = "phone"
_CASE = re.compile(r"[A-Za-z]{2}[0-9-]{8,40}", re.ASCII)
_FORM_OVERHEAD_BYTES = 64 * 1024


@get("/m/{secret:str}", include_in_schema=False)
async def show(request: Asked, house: FromHouse, secret: Secret) -> Html:
    """Show what a link is for; to the phone that has it, what it opened."""
    if not request.cookies.get(_COOKIE):
        return _door(request, secret)
    try:
        opened = await _enter(request, house, secret, first=False)
    except LinkOver:
        return _door(request, secret)
    return await _opened(house, opened, secret)


@post("/m/{secret:str}", status_code=200, include_in_schema=False)
async def start(request: Asked, house: FromHouse, secret: Secret) -> Html:
    """Let this phone in, when it is the first."""
    _from_here(request)
    try:
        await _enter(request, house, secret, first=True)
    except LinkOver:
        return _over(request)
    return _with_cookie(request, see_other(f"/m/{secret}"), request.state.phone_cookie)


@post(
    "/m/{secret:str}/photographs",
    status_code=200,
    include_in_schema=False,
    request_max_body_size=TAKEN_BYTES + _FORM_OVERHEAD_BYTES,
)
async def take(request: Asked, house: FromHouse, secret: Secret) -> Html:
    """Take a photograph of a material."""
    _from_here(request)
    try:
        opened = await _enter(request, house, secret, first=False)
    except LinkOver:
        return _over(request)
    if opened.kind is LinkKind.CLAIM:
        raise RefusedRequestError(Code.NOT_FOUND)
    try:
        form = await request.form()
    except HTTPException as error:
        wrong = "photo_large" if error.status_code == Code.REQUEST_TOO_LARGE.status else "photo_bad"
        return await _opened(house, opened, secret, wrong=wrong)
    # what a link was made for is what it takes; only of a kept form there may be several
    material = opened.about if opened.kind is LinkKind.UPLOAD else str(form.get("material", ""))
    file = form.get("photograph")
    content = await file.read(TAKEN_BYTES + 1) if isinstance(file, UploadFile) else b""
    if not content:
        return await _opened(house, opened, secret, wrong="photo_missing")
    try:
        await _keep(house, opened, material, await as_jpeg(content))
    except RefusedRequestError as refusal:
        if refusal.code not in _WRONG:
            raise
        return await _opened(house, opened, secret, wrong=_WRONG[refusal.code])
    return see_other(f"/m/{secret}")


@post("/m/{secret:str}/done", status_code=200, include_in_schema=False)
async def done(request: Asked, house: FromHouse, secret: Secret) -> Html:
    """Tell the terminal that the phone has finished."""
    _from_here(request)
    try:
        opened = await _enter(request, house, secret, first=False)
    except LinkOver:
        return _over(request)
    now = house.now()
    await house.database.write(lambda each: house.links.done(each, opened, now))
    return see_other(f"/m/{secret}")


@get("/m/{secret:str}/documents/{number:str}", include_in_schema=False)
async def document(request: Asked, house: FromHouse, secret: Secret, number: Number) -> Response[bytes]:
    """Return a document of a claim as a sealed PDF, or its QR as a picture (``<number>.svg``)."""
    bare = number.removesuffix(".svg")
    try:
        opened = await _enter(request, house, secret, first=False)
        found = next((each for each in await _documents(house, opened) if each.number == bare), None)
    except LinkOver:
        found = None
    if found is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    if number.endswith(".svg"):
        return Response(_qr(found.qr), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
    now = house.now()
    detail = await house.database.write(lambda each: house.licences.detail(each, opened.holder, bare, now))
    sheet = house.licences.sheet(detail, None if opened.language is Language.ZH_HANS else opened.language)
    sealer = house.sealers["pdf"]
    made = await asyncio.to_thread(sealer.seal, sheet, now)
    headers = {"Content-Disposition": f'attachment; filename="{bare}.{made.suffix}"', "Cache-Control": "no-store"}
    return Response(made.content, media_type=made.media_type, headers=headers)


@get("/m/progress", include_in_schema=False)
async def progress(request: Asked, house: FromHouse) -> Html:
    """Show what a case number alone shows (assurance A)."""
    number = request.query_params.get("number", "").strip().upper()[:60]
    found: CaseStatus | None = None
    if _CASE.fullmatch(number):
        found = await house.database.read(lambda each: _status(each, number))
    values = {"number": number, "found": found, "states": STATES, "action": "/m/progress"}
    return _page("phone/progress.html", _language(request), 404 if number and found is None else 200, **values)


@get("/m/tickets/{ticket:str}", include_in_schema=False)
async def ticket(request: Asked, house: FromHouse, ticket: Number) -> Html:
    """Show a queue ticket as it stands; the page looks again by itself."""
    return await _ticket(request, house, ticket)


@post("/m/tickets/{ticket:str}/{act:str}", status_code=200, include_in_schema=False)
async def act_on_ticket(request: Asked, house: FromHouse, ticket: Number, act: Number) -> Html:
    """Say that one is there, or give the ticket back."""
    _from_here(request)
    now = house.now()

    def write(connection: Connection) -> None:
        match act:
            case "arrival":
                house.queue.arrive(connection, ticket, now)
            case "return":
                house.queue.cancel(connection, ticket)
            case _:
                raise RefusedRequestError(Code.NOT_FOUND)

    try:
        await house.database.write(write)
    except RefusedRequestError as refusal:
        if refusal.code is not Code.TICKET_OVER:
            raise
        return await _ticket(request, house, ticket, too_early=act == "arrival")
    return see_other(f"/m/tickets/{ticket}", lang=_language(request).value)


HANDLERS: tuple[BaseRouteHandler, ...] = (show, start, take, done, document, progress, ticket, act_on_ticket)

_WRONG = {
    Code.ATTACHMENT_TYPE: "photo_bad",
    Code.REQUEST_TOO_LARGE: "photo_large",
    Code.LINK_FULL: "photo_full",
}


async def _enter(request: Asked, house: House, secret: str, *, first: bool) -> Opened:
    """Return what the link opens for this phone.

    Raises:
        LinkOver: nothing; without ``first`` also when no phone has it yet.
    """
    cookie, now = request.cookies.get(_COOKIE, "")[:100], house.now()
    if not first and not cookie:
        raise LinkOver
    opened, given = await house.database.write(
        lambda each: house.links.enter(each, secret, cookie, now, may_be_first=first)
    )
    request.state.phone_cookie = given
    return opened


async def _opened(house: House, opened: Opened, secret: str, wrong: str = "") -> Html:
    say = Said(opened.language)
    shared: dict[str, Any] = {
        "opened": opened,
        "path": f"/m/{secret}",
        "title": say.of(KINDS[opened.kind]),
        "wrong": say(wrong) if wrong else "",
        "until": f"{opened.expires_at:%H:%M}",
    }
    status = 422 if wrong else 200
    match opened.kind:
        case LinkKind.UPLOAD:
            material = house.catalogue.materials.get(opened.about)
            return _page("phone/upload.html", opened.language, status, materials=_named(material), **shared)
        case LinkKind.CLAIM:
            documents = await _documents(house, opened)
            return _page("phone/claim.html", opened.language, documents=documents, **shared)
        case LinkKind.RESUME:
            return await _resume(house, opened, status, shared)


async def _resume(house: House, opened: Opened, status: int, shared: dict[str, Any]) -> Html:
    try:
        found: Lacking = await house.database.read(lambda each: house.resuming.look(each, opened.holder, opened.about))
    except RefusedRequestError:
        return _page("phone/gone.html", opened.language, 410, **shared)
    answers = found.draft.answers
    count = len(answers.single) + sum(len(row) for rows in answers.repeats.values() for row in rows)
    kept_until = shown_date(found.draft.expires_at.date(), opened.language)
    values = {"draft": found.draft, "materials": found.materials, "answered": count, "kept_until": kept_until}
    return _page("phone/resume.html", opened.language, status, **values, **shared)


async def _keep(house: House, opened: Opened, material: str, content: bytes) -> None:
    kept = await house.attachments.store(opened.resident, content)
    now = house.now()

    def write(connection: Connection) -> None:
        house.links.took(connection, opened, kept.id, material, now)
        if opened.kind is LinkKind.RESUME:
            wanted = house.resuming.look(connection, opened.holder, opened.about).materials
            if material not in {each.id for each in wanted}:
                raise RefusedRequestError(Code.NOT_FOUND)
            house.resuming.put_in(connection, opened.holder, opened.about, material, kept.id)

    await house.database.write(write)


async def _documents(house: House, opened: Opened) -> tuple[IssuedDocument, ...]:
    if opened.kind is not LinkKind.CLAIM:
        return ()
    today = house.now().date()
    application = await house.database.read(lambda each: read_application(each, opened.about, opened.resident, today))
    return tuple(document for case in application.cases for document in case.documents)


def _status(connection: Connection, number: str) -> CaseStatus | None:
    try:
        return status_of(connection, number)
    except RefusedRequestError:
        return None


async def _ticket(request: Asked, house: House, identity: str, *, too_early: bool = False) -> Html:
    now, language = house.now(), _language(request)
    found = await house.database.read(lambda each: house.queue.read(each, identity, now))
    starts = found.starts_at
    time = "" if starts is None else f"{shown_date(starts.date(), language)} {starts:%H:%M}"
    alive = found.state in {TicketState.BOOKED, TicketState.WAITING, TicketState.CALLED}
    values = {"ticket": found, "states": TICKETS, "time": time, "too_early": too_early, "alive": alive}
    return _page("phone/ticket.html", language, 409 if too_early else 200, **values)


def _door(request: Asked, secret: str) -> Html:
    return _page("phone/door.html", _language(request), path=f"/m/{secret}")


def _over(request: Asked) -> Html:
    return _page("phone/over.html", _language(request), 410)


def _page(template: str, language: Language, status: int = 200, **values: Any) -> Html:
    say = Said(language)
    return render(template, {"say": say, "lang": language.value, **values}, status)


def _language(request: Asked) -> Language:
    """Return the language that the address names, else what the phone prefers."""
    asked = request.query_params.get("lang", "") or request.headers.get("accept-language", "")
    first = asked.partition(",")[0].partition(";")[0].strip().lower()
    if first.startswith("en"):
        return Language.EN
    return Language.ZH_HANT if re.match(r"zh-(hant|tw|hk|mo)", first) else Language.ZH_HANS


def _named(material: Material | None) -> tuple[Material, ...]:
    return () if material is None else (material,)


def _with_cookie(request: Asked, answer: Html, value: str) -> Html:
    secure = request.url.scheme == "https"
    answer.set_cookie(Cookie(key=_COOKIE, value=value, path="/m/", httponly=True, secure=secure, samesite="lax"))
    return answer


def _from_here(request: Asked) -> None:
    """Let no page of another site send a form.

    Raises:
        FormRefused: the browser says that it does not come from here.
    """
    if not is_from_here(request):
        raise FormRefused


def _qr(text: str) -> bytes:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image(image_factory=qrcode.image.svg.SvgPathImage).save(out)
    return out.getvalue()
