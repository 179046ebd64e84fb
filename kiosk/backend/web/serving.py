"""Pages about the queue, complaints and bad ratings; and the board in the hall, which anybody may look at."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from litestar.params import PathParameter
from sqlalchemy import Connection

from kiosk.backend.http.common import Asked, FromHouse, Name
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.service.calling import Desk
from kiosk.backend.service.complaints import Brought
from kiosk.backend.service.ratings import Followed
from kiosk.backend.web import audit
from kiosk.backend.web.common import Visit, posted, visit
from kiosk.backend.web.pages import Html, render, see_other
from kiosk.backend.web.staff import Role
from kiosk.contract import ComplaintKind, ComplaintState, FollowUpState, RatingAxis

Number = Annotated[int, PathParameter(ge=1, le=2**53)]

_KINDS = {
    ComplaintKind.CANNOT_GET_DONE: "办不成事",
    ComplaintKind.TOO_SLOW: "办得太慢",
    ComplaintKind.ATTITUDE: "服务态度",
    ComplaintKind.WRONG_DATA: "数据有误",
    ComplaintKind.TERMINAL: "终端故障或难用",
    ComplaintKind.SUGGESTION: "意见建议",
}
_STATES = {
    ComplaintState.OPEN: "待答复",
    ComplaintState.REOPENED: "未解决，主管重办",
    ComplaintState.ANSWERED: "已答复，等群众评价",
    ComplaintState.CLOSED: "已办结",
}
_AXES = {
    RatingAxis.EFFICIENCY: "办事效率",
    RatingAxis.GUIDE: "指南精确度",
    RatingAxis.CONVENIENCE: "便捷度",
    RatingAxis.PLATFORM: "平台操作性",
    RatingAxis.ATTITUDE: "服务态度",
}
_FOLLOWED = {FollowUpState.OPEN: "待回访", FollowUpState.CONTACTED: "已回访", FollowUpState.CLOSED: "已办结"}
_LEVELS = {1: "非常不满意", 2: "不满意"}
_WORDS: dict[str, Any] = {"kinds": _KINDS, "states": _STATES, "axes": _AXES, "followed": _FOLLOWED, "levels": _LEVELS}
_NOTHING = "请写清楚再提交。群众会原样看到这段话。"
_TOO_LATE = "刚才已经有人处理过了，现在是最新的情况。您写的内容没有保存，请核对后再决定。"


@get("/window/queue", include_in_schema=False)
async def queue(request: Asked, house: FromHouse) -> Html:
    """Show the counters of the halls, and to who sits at one how to call."""
    here = await visit(request, house, Role.CLERK)
    now = house.now()

    def look(connection: Connection) -> list[tuple[str, str, tuple[Desk, ...]]]:
        plans = house.queue.plans.values()
        return [(plan.id, plan.name.zh_hans, house.calling.desks(connection, plan.id, now)) for plan in plans]

    halls = await house.database.read(look)
    mine = next(
        (desk for _, _, desks in halls for desk in desks if desk.open and desk.staff == here.staff.number), None
    )
    names = {each.id: each.name.zh_hans for plan in house.queue.plans.values() for each in plan.services}
    said = request.query_params.get("said", "")
    return here.page("serving/queue.html", halls=halls, mine=mine, services=names, said=said)


@post("/window/queue/{act:str}", status_code=200, include_in_schema=False)
async def work(request: Asked, house: FromHouse, act: Name) -> Html:
    """Do what a clerk does at a counter: sit, next, again, done, leave."""
    here = await visit(request, house, Role.CLERK)
    form = await posted(request)
    hall, number, now = form.text("hall", 40), form.text("counter", 10), house.now()
    who = (hall, number, here.staff.number)
    calling = house.calling

    def write(connection: Connection) -> str:
        said = ""
        match act:
            case "sit":
                calling.sit(connection, *who, now)
            case "next":
                said = "" if calling.call_next(connection, *who, now) else "nobody"
            case "again":
                said = "" if calling.call_again(connection, *who, now) else "missed"
            case "done":
                calling.done(connection, *who, now)
            case "leave":
                calling.leave(connection, *who, now)
            case _:
                raise RefusedRequestError(Code.NOT_FOUND)
        audit.record(connection, here.act(f"queue-{act}", f"{hall}/{number}"), now)
        return said

    try:
        said = await house.database.write(write)
    except RefusedRequestError as refusal:
        if refusal.code is not Code.NOT_FOUND:
            raise
        said = "relieved"
    return see_other("/window/queue", said=said)


@get("/hall/{hall:str}", include_in_schema=False)
async def board(house: FromHouse, hall: Name) -> Html:
    """Show whom the hall calls, for a screen on its wall."""
    now = house.now()
    plan = house.queue.plans.get(hall)
    called = await house.database.read(lambda connection: house.calling.board(connection, hall, now))
    return render("serving/board.html", {"called": called, "plan": plan, "now": now})


@get("/window/complaints", include_in_schema=False)
async def complaints(request: Asked, house: FromHouse) -> Html:
    """List the complaints and the bad ratings of this clerk's departments, what is due first."""
    here = await visit(request, house, Role.CLERK, Role.SUPERVISOR)
    now, departments = house.now(), here.staff.departments

    def look(connection: Connection) -> tuple[tuple[Brought, ...], tuple[Followed, ...]]:
        return (
            house.complaints.brought(connection, departments, now),
            house.ratings.followed(connection, departments),
        )

    brought, followed = await house.database.read(look)
    return here.page("serving/complaints.html", brought=brought, ratings=followed, **_WORDS)


@get("/window/complaints/{number:str}", include_in_schema=False)
async def complaint(request: Asked, house: FromHouse, number: Name) -> Html:
    """Show one complaint and the ways to answer it."""
    here = await visit(request, house, Role.CLERK, Role.SUPERVISOR)
    return await _complaint(here, number)


@post("/window/complaints/{number:str}", status_code=200, include_in_schema=False)
async def answer(request: Asked, house: FromHouse, number: Name) -> Html:
    """Answer a complaint, or hand it on."""
    here = await visit(request, house, Role.CLERK, Role.SUPERVISOR)
    form = await posted(request)
    words, department, now = form.text("answer", 1000), form.text("department", 60), house.now()

    def write(connection: Connection) -> None:
        one = house.complaints.one(connection, number, here.staff.departments, now)
        if one.by_supervisor and not here.staff.may(Role.SUPERVISOR):
            raise RefusedRequestError(Code.NOT_FOUND)
        if form.text("act") == "hand-on":
            house.complaints.hand_on(connection, number, here.staff.number, department, now)
        else:
            house.complaints.answer(connection, number, here.staff.number, words, now)
        audit.record(connection, here.act(f"complaint-{form.text('act', 20) or 'answer'}", number, department), now)

    try:
        await house.database.write(write)
    except RefusedRequestError as refusal:
        wrong = refusal.code is Code.COMPLAINT_INVALID
        return await _complaint(here, number, words, _NOTHING if wrong else _TOO_LATE, 422 if wrong else 409)
    return see_other("/window/complaints")


@get("/window/complaints/ratings/{application:int}", include_in_schema=False)
async def rating(request: Asked, house: FromHouse, application: Number) -> Html:
    """Show one bad rating and the ways to follow it up."""
    here = await visit(request, house, Role.CLERK, Role.SUPERVISOR)
    return await _rating(here, application)


@post("/window/complaints/ratings/{application:int}", status_code=200, include_in_schema=False)
async def follow_up(request: Asked, house: FromHouse, application: Number) -> Html:
    """Note a call, or say what was done."""
    here = await visit(request, house, Role.CLERK, Role.SUPERVISOR)
    form = await posted(request)
    act, words, now = form.text("act", 20), form.text("words", 1000), house.now()
    found = await _followed(here, application)

    def write(connection: Connection) -> None:
        if act == "contacted":
            house.ratings.contacted(connection, application, here.staff.number, words, now)
        else:
            house.ratings.close(connection, application, here.staff.number, words, now)
        audit.record(connection, here.act(f"rating-{act}", found.number), now)

    try:
        await house.database.write(write)
    except RefusedRequestError as refusal:
        wrong = refusal.code is Code.REQUEST_MALFORMED
        return await _rating(here, application, words, _NOTHING if wrong else _TOO_LATE, 422 if wrong else 409)
    return see_other("/window/complaints")


HANDLERS: tuple[BaseRouteHandler, ...] = (queue, work, board, complaints, complaint, answer, rating, follow_up)


async def _complaint(here: Visit, number: str, words: str = "", error: str = "", status: int = 200) -> Html:
    house, departments, now = here.house, here.staff.departments, here.house.now()
    found = await house.database.read(lambda each: house.complaints.one(each, number, departments, now))
    waits = found.complaint.state in {ComplaintState.OPEN, ComplaintState.REOPENED}
    may = waits and (not found.by_supervisor or here.staff.may(Role.SUPERVISOR))
    others = [(each.id, each.name.zh_hans) for each in house.catalogue.departments.values()]
    item = house.catalogue.items.get(found.complaint.about)
    values: dict[str, Any] = {
        "found": found,
        "may": may,
        "waits": waits,
        "words": words,
        "error": error,
        "departments": others,
        "about": found.complaint.about if item is None else item.name.zh_hans,
    }
    return here.page("serving/complaint.html", status, **values, **_WORDS)


async def _followed(here: Visit, application: int) -> Followed:
    house, departments = here.house, here.staff.departments
    every = await house.database.read(lambda each: house.ratings.followed(each, departments))
    found = next((each for each in every if each.application == application), None)
    if found is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    return found


async def _rating(here: Visit, application: int, words: str = "", error: str = "", status: int = 200) -> Html:
    found = await _followed(here, application)
    return here.page("serving/rating.html", status, found=found, words=words, error=error, **_WORDS)
