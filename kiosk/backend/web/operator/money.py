"""What nobody else looks after: money that two books say differently, refunds and messages that do not get through."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.notices import KINDS
from kiosk.backend.payments import differences, end_difference
from kiosk.backend.payments.settling import (
    AMOUNT,
    NOT_THEIRS,
    REFUND_NOT_OURS,
    REFUND_NOT_THEIRS,
    REFUND_STUCK,
    UNKNOWN_ORDER,
    days,
)
from kiosk.backend.payments.upkeep import try_again
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.web import audit
from kiosk.backend.web.common import Visit, posted, visit
from kiosk.backend.web.pages import Html, see_other
from kiosk.backend.web.staff import Role

_PATH = "/operator/money"
_REMARK_CHARS = 200
_KINDS = {
    UNKNOWN_ORDER: "对方收了款，我方没有这张订单",
    AMOUNT: "两边金额不同",
    NOT_THEIRS: "我方记了收款，对方没有",
    REFUND_NOT_THEIRS: "我方记了退款，对方没有",
    REFUND_NOT_OURS: "对方退了款，我方没有或金额不同",
    REFUND_STUCK: "退款没有成功，需要人工处理",
}


@get(_PATH, include_in_schema=False)
async def money(request: Asked, house: FromHouse) -> Html:
    """Show what differs, and which messages nobody got."""
    here = await visit(request, house, Role.OPERATOR, Role.SUPERVISOR)
    return await _page(here)


@post(_PATH, status_code=200, include_in_schema=False)
async def act(request: Asked, house: FromHouse) -> Html:
    """End a difference with a remark, or try a refund or a message again."""
    here = await visit(request, house, Role.OPERATOR, Role.SUPERVISOR)
    form = await posted(request)
    what, which = form.text("act", 20), form.text("id", 64)
    # a field of its own on every row: each label belongs to one
    remark = form.text(f"remark-{which}", _REMARK_CHARS)
    if what == "end" and not remark:
        return await _page(here, wrong=which, status=422)
    now = house.now()

    def write(connection: Connection) -> bool:
        match what:
            case "end" if which.isdecimal() and len(which) < 19:
                done = end_difference(connection, int(which), here.staff.number, remark, now)
            case "refund":
                done = try_again(connection, which, now)
            case "message" if which.isdecimal() and len(which) < 19:
                done = house.notices.send_again(connection, int(which))
            case _:
                raise RefusedRequestError(Code.REQUEST_MALFORMED)
        if done:
            audit.record(connection, here.act(f"money-{what}", which, remark), now)
        return done

    done = await house.database.write(write)
    house.upkeep.wake()
    return see_other(_PATH, done=what if done else "late")


HANDLERS: tuple[BaseRouteHandler, ...] = (money, act)


async def _page(here: Visit, *, wrong: str = "", status: int = 200) -> Html:
    house, now = here.house, here.house.now()

    def look(connection: Connection) -> dict[str, Any]:
        return {
            "differences": differences(connection, now),
            "days": days(connection),
            "lost": house.notices.given_up(connection),
        }

    found = await house.database.read(look)
    names = {kind.id: kind.name.zh_hans for kind in KINDS.values()}
    done = here.request.query_params.get("done", "")
    return here.page(
        "operator/money.html", status, kinds=_KINDS, names=names, wrong=wrong, done=done, stuck=REFUND_STUCK, **found
    )
