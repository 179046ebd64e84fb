"""What every page of staff begins with: who asks, may they, and is this form really theirs."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from litestar.datastructures import Cookie

from kiosk.backend.house import House
from kiosk.backend.http.common import Asked
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.web.audit import Act
from kiosk.backend.web.navigation import SECTIONS
from kiosk.backend.web.pages import Html, render
from kiosk.backend.web.staff import Role, Staff, StaffSessions

FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
"""Hidden field of every form."""
_FORM_TYPE = "application/x-www-form-urlencoded"
_FIELDS_MOST = 500
_FIELD_CHARS = 20_000
_COOKIE = "staff"
_COOKIE_SECURE = "__Host-staff"
"""The browser itself makes sure that this one came over https, from this host, for every path."""
_THEN = re.compile(r"/(?:window|operator|staff)(?:/[\w./~-]*)?(?:\?[\w.&=%+~-]*)?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class SignInNeeded(Exception):
    """Nobody is signed in at this browser; ``kept`` is what a form held that could not be taken."""

    def __init__(self, then: str, kept: Mapping[str, str] | None = None) -> None:
        super().__init__("sign-in needed")
        self.then = then
        self.kept = dict(kept or {})


class NotAllowed(Exception):
    """They are signed in, and this is not for them."""


class FormRefused(Exception):
    """A form that no page of ours made: without its token, or from another site."""


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it came."""

    fields: Mapping[str, tuple[str, ...]]

    def text(self, name: str, most: int = 4000) -> str:
        """Return a field without the blanks around it, at most so long; empty when it is not there."""
        given = self.fields.get(name, ())
        return _CONTROL.sub("", given[0]).replace("\r\n", "\n").strip()[:most] if given else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field: of check boxes."""
        return self.fields.get(name, ())

    def written(self) -> dict[str, str]:
        """Return what a person typed or chose, without our own hidden fields."""
        return {
            name: value
            for name, values in self.fields.items()
            if name != FORM_TOKEN and (value := "、".join(each for each in values if each.strip()))
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One request of a member of staff."""

    request: Asked
    house: House
    staff: Staff
    cookie: str

    def page(self, template: str, /, status: int = 200, **values: Any) -> Html:
        """Return the page that ``template`` makes of ``values``, in the layout of staff."""
        shared = {
            "staff": self.staff,
            "city": self.house.settings.city,
            "sections": [section for section in SECTIONS if self.staff.may(*section.roles)],
            "current": _section(self.request.url.path),
            "form_token": form_token(self.cookie),
            "now": self.house.now(),
            "department_name": self.department_name,
        }
        return render(template, shared | values, status)

    def act(self, act: str, about: str = "", detail: str = "") -> Act:
        """Return the row of the audit that says they did it."""
        return Act(staff=self.staff.number, act=act, about=about, detail=detail, address=address_of(self.request))

    def department_name(self, department: str) -> str:
        """Return the name of a department, or its id where the catalogue has lost it."""
        found = self.house.catalogue.departments.get(department)
        return department if found is None else found.name.zh_hans


async def visit(request: Asked, house: House, *roles: Role) -> Visit:
    """Return who is at this browser, when they have one of ``roles``; nothing is done before.

    Raises:
        SignInNeeded: nobody is, or they were away for too long. The sign-in page is shown, and then this one.
        NotAllowed: they have none of the roles.
    """
    cookie = cookie_of(request)
    sessions = StaffSessions(house.settings)
    found = await house.database.read(lambda connection: sessions.find(connection, cookie)) if cookie else None
    if found is None:
        raise SignInNeeded(_here(request), await _kept(request))
    staff, tell = found
    if tell:
        await house.database.write(lambda connection: sessions.seen(connection, cookie))
    if roles and not staff.may(*roles):
        raise NotAllowed
    return Visit(request=request, house=house, staff=staff, cookie=cookie)


async def posted(request: Asked) -> Posted:
    """Return the form that was sent.

    Raises:
        FormRefused: it has no token of this browser's session, or comes from another site.
        RefusedRequestError: ``REQUEST_MEDIA_TYPE`` or ``REQUEST_MALFORMED``: no browser sends this.
    """
    if not is_from_here(request):
        raise FormRefused
    form = await _form(request)
    cookie = cookie_of(request)
    if not cookie or not hmac.compare_digest(form.text(FORM_TOKEN).encode(), form_token(cookie).encode()):
        raise FormRefused
    return form


def form_token(cookie: str) -> str:
    """Return the token of the forms of one browser; whoever cannot read its cookie cannot make it."""
    return hmac.digest(cookie.encode(), b"form", "sha256").hex()


def new_cookie() -> str:
    """Return a cookie that is nobody's yet: for the forms of the sign-in page."""
    return secrets.token_urlsafe(32)


def cookie_of(request: Asked) -> str:
    """Return this browser's cookie, or nothing."""
    value = request.cookies.get(_cookie_name(request), "")
    return value if len(value) <= 100 and value.isascii() else ""


def set_cookie(request: Asked, answer: Html, value: str) -> Html:
    """Let the browser keep ``value`` until it is closed; an empty one makes it forget."""
    answer.set_cookie(
        Cookie(
            key=_cookie_name(request),
            value=value,
            path="/",
            httponly=True,
            secure=_is_https(request),
            samesite="strict",
            max_age=None if value else 0,
        )
    )
    return answer


def address_of(request: Asked) -> str:
    """Return where the request comes from."""
    return request.client.host if request.client else ""


def safe_then(then: str) -> str:
    """Return where to go after signing in: a page of staff, or nothing."""
    return then if _THEN.fullmatch(then) and "//" not in then and ".." not in then else ""


def _section(path: str) -> str:
    """Return the path of the section that ``path`` belongs to."""
    inside = (each.path for each in SECTIONS if path == each.path or path.startswith(each.path + "/"))
    return max(inside, key=len, default="")


def _here(request: Asked) -> str:
    if request.method != "GET":
        return safe_then(request.url.path)
    return safe_then(request.url.path + (f"?{request.url.query}" if request.url.query else ""))


async def _kept(request: Asked) -> dict[str, str]:
    """Return what was written in a form whose session is over: it is shown, so that nobody writes it twice."""
    if request.method != "POST" or not is_from_here(request):
        return {}
    try:
        return (await _form(request)).written()
    except RefusedRequestError:
        return {}


async def _form(request: Asked) -> Posted:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise RefusedRequestError(Code.REQUEST_MEDIA_TYPE)
    return parse_form(await request.body())


def parse_form(body: bytes) -> Posted:
    """Return the fields of a form (application/x-www-form-urlencoded, WHATWG URL, section 5.1).

    Raises:
        RefusedRequestError: ``REQUEST_MALFORMED``: too many fields, a field too long, or no UTF-8.
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_FIELDS_MOST
        )
    except ValueError as error:
        raise RefusedRequestError(Code.REQUEST_MALFORMED) from error
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if len(value) > _FIELD_CHARS:
            raise RefusedRequestError(Code.REQUEST_MALFORMED)
        fields[name] = (*fields.get(name, ()), value)
    return Posted(fields=fields)


def is_from_here(request: Asked) -> bool:
    """Return whether the browser says that the form stood on a page of ours; old ones say nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host", "")


def _cookie_name(request: Asked) -> str:
    return _COOKIE_SECURE if _is_https(request) else _COOKIE


def _is_https(request: Asked) -> bool:
    return bool(request.url.scheme == "https")
