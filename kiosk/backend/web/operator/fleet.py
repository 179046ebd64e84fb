"""The fleet: which terminal needs somebody, and what an operator does about it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.http.common import Asked, FromHouse, Name
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.terminals import DoorCode, NoDoor, NoSuchTechnician, NoSuchTerminal, WrongTerminal, looking
from kiosk.backend.terminals.fleet import EnrolmentCode
from kiosk.backend.web import audit
from kiosk.backend.web.common import Visit, posted, visit
from kiosk.backend.web.operator import wording
from kiosk.backend.web.pages import Html, see_other
from kiosk.backend.web.staff import Role

_REASON_CHARS = 300
_WORDS: dict[str, Any] = {
    "ranks": wording.RANKS,
    "papers": wording.PAPER,
    "device": wording.device,
    "happened": wording.happened,
}


@get("/operator", include_in_schema=False)
async def fleet(request: Asked, house: FromHouse) -> Html:
    """List the terminals, the worst first."""
    here = await visit(request, house, Role.OPERATOR)
    wish, now = _wish(request), house.now()

    def look(connection: Connection) -> tuple[looking.Lines, dict[int, int], tuple[str, ...]]:
        return (
            looking.listed(connection, wish, now),
            dict(looking.figures(connection)),
            tuple(looking.versions(connection)),
        )

    lines, figures, versions = await house.database.read(look)
    return here.page(
        "operator/fleet.html",
        wish=wish,
        listed=lines,
        figures=figures,
        all=sum(figures.values()),
        versions=versions,
        following=_following(wish, lines.after),
        found_most=looking.FOUND,
        **_WORDS,
    )


@get("/operator/terminals/{terminal:str}", include_in_schema=False)
async def terminal_page(request: Asked, house: FromHouse, terminal: Name) -> Html:
    """Show one terminal: how it fares, what happened, what can be done."""
    here = await visit(request, house, Role.OPERATOR)
    return await _terminal(here, terminal)


@post("/operator/terminals/{terminal:str}", status_code=200, include_in_schema=False)
async def act_on(request: Asked, house: FromHouse, terminal: Name) -> Html:
    """Put a terminal out of service or back, or let go of it."""
    here = await visit(request, house, Role.OPERATOR)
    form = await posted(request)
    act, reason, why = form.text("act", 20), form.text("reason", _REASON_CHARS), form.text("why", 20)
    if not reason:
        return await _terminal(here, terminal, act=act, why=why, error="请写明原因，会记入操作记录。", status=422)
    staff, now = here.staff.number, house.now()

    def write(connection: Connection) -> None:
        match act:
            case "out" if why in wording.CLOSED:
                house.fleet.put_out(connection, terminal, wording.CLOSED[why][1], reason, staff=staff)
            case "in":
                house.fleet.put_in(connection, terminal, reason, staff=staff)
            case "revoke":
                house.fleet.revoke(connection, terminal, reason, staff=staff)
            case _:
                raise RefusedRequestError(Code.REQUEST_MALFORMED)
        audit.record(connection, here.act(f"terminal-{act}", terminal, reason), now)

    try:
        await house.database.write(write)
    except NoSuchTerminal as error:
        raise RefusedRequestError(Code.NOT_FOUND) from error
    house.gate.known.forget(terminal)
    return see_other(f"/operator/terminals/{terminal}", done=act)


@post("/operator/terminals/{terminal:str}/door", status_code=200, include_in_schema=False)
async def door_code(request: Asked, house: FromHouse, terminal: Name) -> Html:
    """Make the code by which a technician gets into the diagnostics mode of a terminal, and show it once."""
    here = await visit(request, house, Role.OPERATOR)
    technician = (await posted(request)).text("technician", 40).upper()
    now = house.now()

    def write(connection: Connection) -> DoorCode:
        code = house.fleet.door_code(connection, terminal, technician, staff=here.staff.number)
        audit.record(connection, here.act("terminal-door-code", terminal, technician), now)
        return code

    try:
        code = await house.database.write(write)
    except NoSuchTechnician:
        wrong = "没有这位运维人员。请核对编号，例如 YJ-0001。"
    except NoDoor:
        wrong = "这台终端还没有取得密钥。请等它联网报到一分钟后再试，或让运维人员使用运维卡。"
    else:
        return here.page("operator/door.html", code=code)
    return await _terminal(here, terminal, act="door", technician=technician, error=wrong, status=422)


@get("/operator/enrol", include_in_schema=False)
async def enrol_page(request: Asked, house: FromHouse) -> Html:
    """Ask which terminal comes in."""
    here = await visit(request, house, Role.OPERATOR)
    return _enrol(here, terminal=request.query_params.get("terminal", ""))


@post("/operator/enrol", status_code=200, include_in_schema=False)
async def enrol(request: Asked, house: FromHouse) -> Html:
    """Make a one-time code, and show it once."""
    here = await visit(request, house, Role.OPERATOR)
    form = await posted(request)
    terminal, place, now = form.text("terminal", 80), form.text("place", 200), house.now()

    def write(connection: Connection) -> EnrolmentCode:
        code = house.fleet.offer(connection, terminal, place, staff=here.staff.number)
        audit.record(connection, here.act("terminal-code", terminal, place), now)
        return code

    try:
        code = await house.database.write(write)
    except WrongTerminal:
        wrong = "编号用字母、数字、点、横线，最多 40 个；地点最多 120 个字。"
        return _enrol(here, terminal=terminal, place=place, error=wrong, status=422)
    return here.page("operator/code.html", code=code, place=place)


HANDLERS: tuple[BaseRouteHandler, ...] = (fleet, terminal_page, act_on, door_code, enrol_page, enrol)


def _wish(request: Asked) -> looking.Wish:
    asked = request.query_params
    rank, after = asked.get("rank", ""), re.fullmatch(r"(\d{1,3})\.([A-Za-z0-9._-]{1,40})", asked.get("after", ""))
    return looking.Wish(
        rank=int(rank) if rank.isdecimal() and len(rank) < 4 else None,
        version=asked.get("version", "")[:80],
        query=asked.get("q", "").strip()[:60],
        after=(int(after[1]), after[2]) if after else None,
    )


def _following(wish: looking.Wish, after: tuple[int, str] | None) -> str:
    """Return the address of the next page; nothing when there is none."""
    if after is None or wish.query:
        return ""
    rank = "" if wish.rank is None else str(wish.rank)
    asked = {"rank": rank, "version": wish.version, "after": "{}.{}".format(*after)}
    return "/operator?" + urlencode({name: value for name, value in asked.items() if value})


def _enrol(here: Visit, *, terminal: str = "", place: str = "", error: str = "", status: int = 200) -> Html:
    return here.page("operator/enrol.html", status, terminal=terminal, place=place, error=error)


async def _terminal(
    here: Visit,
    terminal: str,
    *,
    act: str = "",
    why: str = "",
    technician: str = "",
    error: str = "",
    status: int = 200,
) -> Html:
    house, now, before = here.house, here.house.now(), here.request.query_params.get("before", "")
    older = int(before) if before.isdecimal() and len(before) < 19 else None
    try:
        found = await house.database.read(lambda connection: looking.one(connection, terminal, now, before=older))
    except NoSuchTerminal as error_:
        raise RefusedRequestError(Code.NOT_FOUND) from error_
    closed = [(name, said, words.zh_hans) for name, (said, words) in wording.CLOSED.items()]
    return here.page(
        "operator/terminal.html",
        status,
        found=found,
        closed=closed,
        act=act,
        why=why,
        technician=technician,
        error=error,
        done=here.request.query_params.get("done", ""),
        **_WORDS,
    )
