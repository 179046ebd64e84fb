"""Doing something with a case: a form, a second look at exactly what the applicant will read, then the act.

A clerk writes on a page that may have grown old meanwhile: another acted, or took the case over. Then nothing is done,
they are told what happened, and what they wrote is still there.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.applications.acts import Act, HandOver
from kiosk.backend.applications.states import AT_DEPARTMENT
from kiosk.backend.http.common import Asked, FromHouse, Name
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.web import audit
from kiosk.backend.web.common import Posted, posted
from kiosk.backend.web.pages import Html, see_other
from kiosk.backend.web.window import claims
from kiosk.backend.web.window.cases import Opened, opened
from kiosk.backend.web.window.deeds import DEEDS, Deed, is_offered
from kiosk.backend.web.window.fields import Given, values_of
from kiosk.backend.web.window.forms import About
from kiosk.backend.web.window.preview import preview
from kiosk.backend.web.window.reading import clerk_of
from kiosk.backend.web.window.work import STATES

CHECK, EDIT, DO = "check", "edit", "do"
"""What the button of a form asks for."""
_OURS = frozenset({"form_token", "go", "version"})
LETTER_SEEN = "已核对授权委托书原件"
_STATE = "按这件事现在的状态，不能这样办理。"
_LISTS = {"materials": "material", "answers": "answer"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Doing:
    """An act on its way."""

    found: Opened
    deed: Deed
    about: About
    version: int
    form: Posted | None = None

    @property
    def number(self) -> str:
        """The case."""
        return self.found.case.case.number


@get("/window/cases/{number:str}/acts/{act:str}", include_in_schema=False)
async def ask(request: Asked, house: FromHouse, number: Name, act: Name) -> Html:
    """Show the form of an act; the case is in this clerk's hands from now on, unless it is in another's."""
    found = await opened(request, house, number)
    doing = _doing(found, act, request.query_params.get("about", ""), found.case.case.version)
    if not is_offered(doing.deed, doing.about, found.here.staff) or _is_anothers(doing):
        return _stale(doing, 409)
    now, staff, case = house.now(), found.here.staff.number, doing.number
    await house.database.write(lambda connection: claims.take(connection, case, staff, now))
    return _form(doing)


@post("/window/cases/{number:str}/acts/{act:str}", status_code=200, include_in_schema=False)
async def take(request: Asked, house: FromHouse, number: Name, act: Name) -> Html:
    """Take a form: show what would come of it, let it be changed, or do it."""
    found = await opened(request, house, number)
    form = await posted(request)
    version = form.text("version", 10)
    seen = int(version) if version.isascii() and version.isdecimal() else 0
    doing = _doing(found, act, request.query_params.get("about", ""), seen, form)
    if seen != found.case.case.version or _is_anothers(doing):
        return _stale(doing, 409)
    if not is_offered(doing.deed, doing.about, found.here.staff):
        return _stale(doing, 409)
    step = form.text("go", 10)
    if step == EDIT:
        return _form(doing)
    given = Given(form)
    made = doing.deed.make(given, doing.about)
    if given.errors:
        return _form(doing, given.errors, 422)
    try:
        return await (_do(doing, made) if step == DO else _confirm(doing, made))
    except RefusedRequestError as refusal:
        return _refused(doing, refusal)


HANDLERS: tuple[BaseRouteHandler, ...] = (ask, take)


def _doing(found: Opened, act: str, subject: str, version: int, form: Posted | None = None) -> _Doing:
    deed = DEEDS.get(act)
    if deed is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    house = found.here.house
    kinds = {f"{each.obligation.kind.value}:{each.obligation.subject}" for each in found.case.owed}
    if subject and subject not in kinds:
        raise RefusedRequestError(Code.NOT_FOUND)
    about = About(view=found.case, catalogue=house.catalogue, today=house.now().date(), subject=subject)
    return _Doing(found=found, deed=deed, about=about, version=version, form=form)


def _is_anothers(doing: _Doing) -> bool:
    held = doing.found.case.claim
    return held is not None and held.staff != doing.found.here.staff.number


async def _confirm(doing: _Doing, made: Act) -> Html:
    here = doing.found.here
    shown = await preview(here.house, clerk_of(here.staff), doing.number, doing.version, made)
    return _page(doing, "window/confirm.html", preview=shown, handed_to=made.to if isinstance(made, HandOver) else "")


async def _do(doing: _Doing, made: Act) -> Html:
    here, deed, number = doing.found.here, doing.deed, doing.number
    house, now = here.house, here.house.now()
    detail = _detail(doing, made)

    def work(connection: Connection) -> int:
        acted = house.desk.apply(connection, clerk_of(here.staff), number, doing.version, made)
        audit.record(connection, here.act(f"case-{deed.id}", number, detail), now)
        after = house.desk.folder(connection, clerk_of(here.staff), number)
        if after.case.state not in AT_DEPARTMENT:
            claims.let_go(connection, number)
        return acted.application

    house.bell.ring(await house.database.write(work))
    return see_other(f"/window/cases/{number}", done=deed.id)


def _detail(doing: _Doing, made: Act) -> str:
    """Return what the audit says of an act that stands nowhere else."""
    if isinstance(made, HandOver):
        return made.to
    letter = doing.form is not None and "seen" in doing.form.all("letter")
    return LETTER_SEEN if letter else doing.about.subject


def _refused(doing: _Doing, refusal: RefusedRequestError) -> Html:
    """Return the page for an act that the desk did not take: every sentence where it belongs."""
    if refusal.code is Code.CASE_CHANGED:
        return _stale(doing, 409)
    if refusal.code is Code.CASE_STATE:
        told = refusal.detail if not refusal.detail.isascii() else _STATE
        return _form(doing, {"": told}, 409)
    if refusal.code is not Code.CASE_ACT:
        raise refusal
    names = {field.name for field in doing.deed.fields(doing.about)}
    errors: dict[str, str] = {}
    for error in refusal.errors:
        first, _, rest = error.pointer.strip("/").partition("/")
        name = f"{_LISTS[first]}-{rest}" if first in _LISTS and rest else _LISTS.get(first, first)
        errors[name if name in names or rest else ""] = error.detail
    return _form(doing, errors or {"": _STATE}, 422)


def _form(doing: _Doing, errors: dict[str, str] | None = None, status: int = 200) -> Html:
    fields = doing.deed.fields(doing.about)
    values = values_of(fields, doing.form)
    return _page(doing, "window/act.html", status, fields=fields, values=values, errors=errors or {})


def _stale(doing: _Doing, status: int) -> Html:
    can = is_offered(doing.deed, doing.about, doing.found.here.staff) and not _is_anothers(doing)
    return _page(doing, "window/stale.html", status, can_go_on=can, another=_is_anothers(doing))


def _page(doing: _Doing, template: str, status: int = 200, **values: object) -> Html:
    form = doing.form
    kept = {} if form is None else {name: given for name, given in form.fields.items() if name not in _OURS}
    labels = {field.name: field.label for field in doing.deed.fields(doing.about)}
    shared = {
        "view": doing.found.case,
        "case": doing.found.case.case,
        "deed": doing.deed,
        "action": doing.found.here.request.url.path,
        "subject": doing.about.subject,
        "owed": _owed(doing),
        "version": doing.found.case.case.version,
        "kept": kept,
        "written": {labels.get(name, "其他内容"): "、".join(each) for name, each in kept.items() if any(each)},
        "states": STATES,
    }
    return doing.found.here.page(template, status=status, **(shared | values))


def _owed(doing: _Doing) -> str:
    """Return the words of the obligation an act is about."""
    for each in doing.found.case.owed:
        if f"{each.obligation.kind.value}:{each.obligation.subject}" == doing.about.subject:
            return each.obligation.words.zh_hans
    return ""
