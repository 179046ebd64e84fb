"""What the screens tell everybody who passes by, in three languages, where and until when."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.terminals.messages import CHARS, CHARS_EN, Scope, WrongMessage
from kiosk.backend.web import audit
from kiosk.backend.web.common import Posted, Visit, posted, visit
from kiosk.backend.web.pages import Html, see_other
from kiosk.backend.web.staff import Role
from kiosk.words import Text

_PATH = "/operator/messages"
_SCOPES = (
    (Scope.ALL.value, "所有终端"),
    (Scope.PLACE.value, "地点含有这些字的终端"),
    (Scope.TERMINAL.value, "一台终端"),
)
_FIELDS = {"zh-hans": 400, "zh-hant": 400, "en": 400, "scope": 10, "subject": 120, "from": 20, "until": 20}
"""What the form has, and how much of it is read: more than may be, so that nobody's words are cut off unseen."""


@get(_PATH, include_in_schema=False)
async def messages(request: Asked, house: FromHouse) -> Html:
    """Show what is told, was told and will be, and a form for more."""
    here = await visit(request, house, Role.OPERATOR)
    start = here.house.now()
    blank = {
        "scope": Scope.ALL.value,
        "subject": request.query_params.get("terminal", "")[:40],
        "from": f"{start:%Y-%m-%dT%H:%M}",
        "until": f"{start + timedelta(days=1):%Y-%m-%dT%H:%M}",
    }
    if blank["subject"]:
        blank["scope"] = Scope.TERMINAL.value
    return await _page(here, blank)


@post(_PATH, status_code=200, include_in_schema=False)
async def act(request: Asked, house: FromHouse) -> Html:
    """Tell something, or take it back."""
    here = await visit(request, house, Role.OPERATOR)
    form = await posted(request)
    match form.text("act", 20):
        case "withdraw":
            done = await _withdraw(here, form.text("id", 18))
        case "tell":
            written = {name: " ".join(form.text(name, most).split()) for name, most in _FIELDS.items()}
            try:
                await _tell(here, form, written)
            except WrongMessage as error:
                return await _page(here, written, wrong=error.field, why=str(error), status=422)
            done = "tell"
        case _:
            raise RefusedRequestError(Code.REQUEST_MALFORMED)
    house.boards.forget()
    return see_other(_PATH, done=done)


HANDLERS: tuple[BaseRouteHandler, ...] = (messages, act)


async def _tell(here: Visit, form: Posted, written: dict[str, str]) -> None:
    house = here.house
    now = house.now()
    if written["scope"] not in {name for name, _ in _SCOPES}:
        raise RefusedRequestError(Code.REQUEST_MALFORMED)
    words = Text(zh_hans=written["zh-hans"], zh_hant=written["zh-hant"], en=written["en"])
    starts_at, ends_at = _moment(form, "from", now.tzinfo), _moment(form, "until", now.tzinfo)

    def write(connection: Connection) -> None:
        house.messages.write(
            connection,
            words,
            Scope(written["scope"]),
            written["subject"],
            starts_at=starts_at,
            ends_at=ends_at,
            staff=here.staff.number,
        )
        audit.record(connection, here.act("message-tell", written["subject"], words.zh_hans), now)

    await house.database.write(write)


async def _withdraw(here: Visit, which: str) -> str:
    if not which.isdecimal():
        raise RefusedRequestError(Code.REQUEST_MALFORMED)
    now = here.house.now()

    def write(connection: Connection) -> bool:
        held = here.house.messages.withdraw(connection, int(which), staff=here.staff.number)
        if held:
            audit.record(connection, here.act("message-withdraw", which), now)
        return held

    return "withdraw" if await here.house.database.write(write) else "late"


def _moment(form: Posted, field: str, zone: tzinfo | None) -> datetime:
    try:
        return datetime.fromisoformat(form.text(field, 20)).replace(tzinfo=zone)
    except ValueError as error:
        raise WrongMessage(field, "请选择日期和时间。") from error


async def _page(here: Visit, form: dict[str, str], *, wrong: str = "", why: str = "", status: int = 200) -> Html:
    told = await here.house.database.read(here.house.messages.listed)
    return here.page(
        "operator/messages.html",
        status,
        told=told,
        form=form,
        wrong={wrong: why},
        scopes=_SCOPES,
        chars=CHARS,
        chars_en=CHARS_EN,
        done=here.request.query_params.get("done", ""),
    )
