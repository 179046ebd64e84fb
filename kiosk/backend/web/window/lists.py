"""The front page of the window: the day in figures, the work list, finding a case by its number."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import get
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.web.common import visit
from kiosk.backend.web.pages import Html, see_other
from kiosk.backend.web.staff import Role
from kiosk.backend.web.window.work import STATES, Listed, Wish, Work, figures, listed, tidy_number
from kiosk.contract import CaseState

E = TypeVar("E", bound=StrEnum)

CLERKS = (Role.CLERK, Role.SUPERVISOR)
_PAGES_MOST = 100_000


class Pager(msgspec.Struct, frozen=True, kw_only=True):
    """Where the pages before and after this one are; empty: there is none."""

    page: int
    pages: int
    total: int
    previous: str
    next: str


@get("/window", include_in_schema=False)
async def front(request: Asked, house: FromHouse) -> Html:
    """Show the work list."""
    here = await visit(request, house, *CLERKS)
    now, wish = house.now(), wish_of(dict(request.query_params))

    def read(connection: Connection) -> tuple[dict[str, int], Listed]:
        counted = figures(connection, house.catalogue, here.staff, now)
        return counted, listed(connection, house.catalogue, here.staff, wish, now)

    counted, found = await house.database.read(read)
    if wish.number and found.total == 1 and found.lines[0].case.number == wish.number:
        return see_other(f"/window/cases/{wish.number}")
    names = here.staff.departments or tuple(house.catalogue.departments)
    return here.page(
        "window/front.html",
        figures=counted,
        listed=found,
        wish=wish,
        work=tuple(Work),
        works=[(each.value, each.says) for each in Work],
        states=STATES,
        state_words=[(state.value, says) for state, (says, _) in STATES.items()],
        departments=[(each, here.department_name(each)) for each in names],
        pager=pager(wish, found),
        link=_link,
    )


HANDLERS: tuple[BaseRouteHandler, ...] = (front,)


def wish_of(query: dict[str, str]) -> Wish:
    """Return what the address asks for; what it says that means nothing is left out."""
    page = query.get("page", "")
    return Wish(
        work=_member(Work, query.get("work", "")),
        department=query.get("department", "")[:60],
        state=_member(CaseState, query.get("state", "")),
        mine=query.get("mine") == "1",
        late=query.get("late") == "1",
        number=tidy_number(query.get("q", "")[:80]),
        page=min(int(page), _PAGES_MOST) if page.isdecimal() and page.isascii() and len(page) < 7 else 1,
    )


def pager(wish: Wish, found: Listed) -> Pager:
    """Return where the pages beside this one are."""
    return Pager(
        page=found.page,
        pages=found.pages,
        total=found.total,
        previous=_link(wish, page=found.page - 1) if found.page > 1 else "",
        next=_link(wish, page=found.page + 1) if found.page < found.pages else "",
    )


def _link(wish: Wish, **changes: object) -> str:
    query = wish.query(**changes)
    return "/window" + (f"?{urlencode(query)}" if query else "")


def _member(kind: type[E], text: str) -> E | None:
    return kind(text) if text in set(kind) else None
