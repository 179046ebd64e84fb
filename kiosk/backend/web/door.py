"""Signing in and out: a number, then a code to the phone that the staff register has for it.

Whether a number exists is told to nobody: the page after it is the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.verification import DIGITS, Outgoing
from kiosk.backend.web import audit
from kiosk.backend.web.audit import Act
from kiosk.backend.web.common import (
    address_of,
    cookie_of,
    form_token,
    new_cookie,
    posted,
    safe_then,
    set_cookie,
    visit,
)
from kiosk.backend.web.navigation import SECTIONS
from kiosk.backend.web.pages import Html, render, see_other
from kiosk.backend.web.staff import StaffSessions

_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
_CODE = re.compile(rf"\d{{{DIGITS}}}", re.ASCII)
_IDENTITY = re.compile(r"[\w-]{1,40}", re.ASCII)
_HOUR_S = 3600
_HALL = 6
"""A hall's desks may share one address: as many times the codes of one person may be sent to it."""

CODE_SENT, CODE_WRONG, SIGNED_IN, SIGNED_OUT = "code-sent", "code-wrong", "signed-in", "signed-out"
_WAIT = "这个工号索要验证码的次数太多了。请过 {minutes} 分钟再试。"
_NOT_SENT = "短信没有发出去。请再试一次；还是不行，请联系运维人员。"
_SPENT = "这个验证码已经失效。请重新获取。"


def sign_in_page(
    cookie: str,
    *,
    then: str = "",
    kept: Mapping[str, str] | None = None,
    number: str = "",
    error: str = "",
    status: int = 200,
) -> Html:
    """Return the page that asks for a number; ``kept`` is what was written and could not be taken."""
    values = {
        "form_token": form_token(cookie),
        "then": then,
        "kept": dict(kept or {}),
        "number": number,
        "error": error,
        "over": status == 401,
    }
    return render("staff/sign-in.html", values, status)


@get("/staff", include_in_schema=False)
async def home(request: Asked, house: FromHouse) -> Html:
    """Lead to the first part that this member of staff may open."""
    here = await visit(request, house)
    path = next((section.path for section in SECTIONS if here.staff.may(*section.roles)), None)
    return here.page("staff/nothing.html") if path is None else see_other(path)


@get("/staff/sign-in", include_in_schema=False)
async def ask_number(request: Asked) -> Html:
    """Show the sign-in page."""
    cookie = cookie_of(request) or new_cookie()
    return set_cookie(request, sign_in_page(cookie, then=safe_then(request.query_params.get("then", ""))), cookie)


@post("/staff/sign-in", status_code=200, include_in_schema=False)
async def send_code(request: Asked, house: FromHouse) -> Html:
    """Send a code to the phone of the number, and ask for it."""
    form = await posted(request)
    cookie, then = cookie_of(request), safe_then(form.text("then"))
    number = form.text("number", 60).upper()
    if not _NUMBER.fullmatch(number):
        error = "请输入工号，例如 ZC-0001。工号由字母、数字和短横线组成。"
        return sign_in_page(cookie, then=then, number=number, error=error, status=422)
    address, now = address_of(request), house.now()

    def write(connection: Connection) -> Outgoing:
        sent = audit.count_since(connection, CODE_SENT, address, now.timestamp() - _HOUR_S)
        if sent >= _HALL * house.settings.codes_an_hour:
            raise RefusedRequestError(Code.VERIFICATION_TOO_MANY, retry_s=_HOUR_S)
        outgoing = house.verifier.prepare_staff(connection, number)
        # what is nobody's number may be anything that somebody typed there: it is counted, and not kept
        audit.record(connection, Act(staff=number if outgoing.phone else "", act=CODE_SENT, address=address), now)
        return outgoing

    try:
        outgoing = await house.database.write(write)
        await house.verifier.send(outgoing)
    except RefusedRequestError as refusal:
        if refusal.code is not Code.VERIFICATION_NO_PHONE:
            too_many = refusal.code is Code.VERIFICATION_TOO_MANY
            error = _WAIT.format(minutes=refusal.retry_s // 60 + 1) if too_many else _NOT_SENT
            return sign_in_page(cookie, then=then, number=number, error=error, status=refusal.code.status)
    return see_other("/staff/code", id=outgoing.verification.id, then=then)


@get("/staff/code", include_in_schema=False)
async def ask_code(request: Asked) -> Html:
    """Ask for the code."""
    cookie = cookie_of(request)
    identity = request.query_params.get("id", "")
    if not cookie or not _IDENTITY.fullmatch(identity):
        return see_other("/staff/sign-in")
    return _code_page(cookie, identity, safe_then(request.query_params.get("then", "")))


@post("/staff/code", status_code=200, include_in_schema=False)
async def check_code(request: Asked, house: FromHouse) -> Html:
    """Sign in when the code is right."""
    form = await posted(request)
    cookie, then, identity = cookie_of(request), safe_then(form.text("then")), form.text("id", 40)
    code = form.text("code", 20).replace(" ", "")
    if not _CODE.fullmatch(code):
        return _code_page(cookie, identity, then, f"请输入短信里的 {DIGITS} 位数字。", 422)
    now, sessions = house.now(), StaffSessions(house.settings)

    def write(connection: Connection) -> str | RefusedRequestError:
        number, refusal = house.verifier.check_staff(connection, identity, code)
        made = sessions.open(connection, number) if refusal is None else ""
        act = SIGNED_IN if refusal is None else CODE_WRONG
        if number:
            audit.record(connection, Act(staff=number, act=act, address=address_of(request)), now)
        return made if refusal is None else refusal

    answer = await house.database.write(write)
    if isinstance(answer, RefusedRequestError):
        if answer.code is Code.VERIFICATION_WRONG_CODE:
            left = answer.errors[0].detail
            return _code_page(cookie, identity, then, f"验证码不对，还可以试 {left} 次。请核对短信后重新输入。", 422)
        return sign_in_page(cookie, then=then, error=_SPENT, status=410)
    return set_cookie(request, see_other(then or "/staff"), answer)


@post("/staff/sign-out", status_code=200, include_in_schema=False)
async def sign_out(request: Asked, house: FromHouse) -> Html:
    """End the session."""
    here = await visit(request, house)
    await posted(request)
    now = house.now()

    def write(connection: Connection) -> None:
        StaffSessions(house.settings).close(connection, here.cookie)
        audit.record(connection, here.act(SIGNED_OUT), now)

    await house.database.write(write)
    return set_cookie(request, see_other("/staff/sign-in"), "")


HANDLERS: tuple[BaseRouteHandler, ...] = (home, ask_number, send_code, ask_code, check_code, sign_out)


def _code_page(cookie: str, identity: str, then: str, error: str = "", status: int = 200) -> Html:
    values = {"form_token": form_token(cookie), "then": then, "id": identity, "error": error, "digits": DIGITS}
    return render("staff/code.html", values, status)
