"""Results on their way out (出件): parcels to be posted, and what is collected with the code that was sent."""

from __future__ import annotations

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.house import House
from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.web import audit
from kiosk.backend.web.common import Visit, posted, visit
from kiosk.backend.web.pages import Html, see_other
from kiosk.backend.web.window.lists import CLERKS
from kiosk.backend.web.window.work import tidy_number
from kiosk.catalogue import Catalogue
from kiosk.contract import Way
from kiosk.words import Language

POSTED, COLLECTED = "delivery-posted", "delivery-collected"
_DONE = {"posted": "已记下运单号，申请人会收到短信。", "collected": "取件码正确，已交给来人。"}
_WRONG = {
    "posted": "请照运单输入运单号，6 到 40 位字母和数字。",
    "collected": "取件码不对。请来人再看一遍短信里的 6 位数字。",
}
_GONE = "这一件已经寄出或取走，或者申请人改了取件方式。下面是最新的情况。"


@get("/window/deliveries", include_in_schema=False)
async def show(request: Asked, house: FromHouse) -> Html:
    """Show what is to be posted or handed over."""
    here = await visit(request, house, *CLERKS)
    return await _page(here, house, done=_DONE.get(request.query_params.get("done", ""), ""))


@post("/window/deliveries", status_code=200, include_in_schema=False)
async def finish(request: Asked, house: FromHouse) -> Html:
    """Note that a parcel was posted, or that somebody came with the code."""
    here = await visit(request, house, *CLERKS)
    form = await posted(request)
    now, number, said = house.now(), tidy_number(form.text("case", 60)), form.text("said", 60)
    is_parcel = form.text("do", 10) == "posted"

    def write(connection: Connection) -> None:
        theirs = {each.case for each in house.deliveries.listed(connection, here.staff.departments)}
        if number not in theirs:
            raise RefusedRequestError(Code.NOT_FOUND)
        if is_parcel:
            house.deliveries.posted(connection, number, said, now)
        else:
            house.deliveries.collected(connection, number, said, now)
        # the code opens nothing any more, the parcel's number stands with the delivery
        audit.record(connection, here.act(POSTED if is_parcel else COLLECTED, number), now)

    done = "posted" if is_parcel else "collected"
    try:
        await house.database.write(write)
    except RefusedRequestError as refusal:
        if refusal.code is Code.NOT_FOUND:
            return await _page(here, house, error=_GONE, status=409)
        return await _page(here, house, wrong=number, said=said, error=_WRONG[done], status=422)
    return see_other("/window/deliveries", done=done)


HANDLERS: tuple[BaseRouteHandler, ...] = (show, finish)


async def _page(
    here: Visit, house: House, *, done: str = "", wrong: str = "", said: str = "", error: str = "", status: int = 200
) -> Html:
    departments = here.staff.departments
    found = await house.database.read(lambda connection: house.deliveries.listed(connection, departments))
    return here.page(
        "window/deliveries.html",
        status=status,
        parcels=[each for each in found if each.way is Way.MAIL],
        collected=[each for each in found if each.way is not Way.MAIL],
        address=lambda division: _address(house.catalogue, division),
        done=done,
        wrong=wrong,
        said=said,
        error=error,
    )


def _address(catalogue: Catalogue, division: str) -> str:
    return catalogue.division_name(division, Language.ZH_HANS)
