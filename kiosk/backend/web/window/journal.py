"""What staff did (操作记录), for who leads the hall: newest first, of one case or all; and is the chain whole?"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import msgspec
from litestar import get
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection, select

from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.storage import schema
from kiosk.backend.web import audit, door
from kiosk.backend.web.common import visit
from kiosk.backend.web.pages import Html
from kiosk.backend.web.staff import Role
from kiosk.backend.web.window import cases, deliveries, helping
from kiosk.backend.web.window.deeds import DEEDS

_ROWS = 50
ACTS = {
    door.CODE_SENT: "索要登录验证码",
    door.CODE_WRONG: "登录验证码不对",
    door.SIGNED_IN: "登录",
    door.SIGNED_OUT: "退出",
    cases.CLAIMED: "开始办理",
    cases.TAKEN_OVER: "接手办理",
    cases.LET_GO: "放回列表",
    helping.LEFT: "结束帮办",
    deliveries.POSTED: "寄出结果",
    deliveries.COLLECTED: "凭取件码取走",
} | {f"case-{deed.id}": deed.title for deed in DEEDS.values()}
"""Acts of other parts are shown by their own names."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row."""

    number: int
    at: datetime
    staff: str
    name: str
    act: str
    about: str
    detail: str
    address: str


@get("/window/journal", include_in_schema=False)
async def show(request: Asked, house: FromHouse) -> Html:
    """Show what was done."""
    here = await visit(request, house, Role.SUPERVISOR)
    query = request.query_params
    about = query.get("about", "").strip()[:80]
    before = query.get("before", "")
    under = int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None
    check = query.get("check") == "1"

    def read(connection: Connection) -> tuple[list[Entry], str, int | None]:
        rows = audit.newest(connection, _ROWS + 1, under, about)
        people = schema.staff.c
        numbers = {row.staff for row in rows}
        named = connection.execute(select(people.number, people.name).where(people.number.in_(numbers)))
        names = {row.number: row.name for row in named}
        entries = [
            Entry(
                number=row.id,
                at=datetime.fromtimestamp(row.at, house.now().tzinfo),
                staff=row.staff,
                name=names.get(row.staff, ""),
                act=ACTS.get(row.act, row.act),
                about=row.about,
                detail=row.detail,
                address=row.address,
            )
            for row in rows
        ]
        last = audit.newest(connection, 1)
        return entries, last[0].hash.hex() if last else "", audit.broken_at(connection) if check else None

    entries, newest, broken = await house.database.read(read)
    more = entries[_ROWS - 1].number if len(entries) > _ROWS else 0
    link = urlencode({name: value for name, value in {"about": about, "before": str(more)}.items() if value})
    return here.page(
        "window/journal.html",
        entries=entries[:_ROWS],
        older=f"/window/journal?{link}" if more else "",
        about=about,
        newest=newest,
        checked=check,
        broken=broken,
    )


HANDLERS: tuple[BaseRouteHandler, ...] = (show,)
