"""Paths about terminals themselves, and the guard in front of all others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Response, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg

from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import OPEN, FromHouse, described, is_open, problems
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.terminals import IN_SERVICE, REPORT_S, Known, asking, demand_service
from kiosk.contract import ASSERTION, Board, Enrolled, Enrolment, HealthAnswer, HealthReport, Service

if TYPE_CHECKING:
    from litestar.types import Guard

    from kiosk.backend.house import House
    from kiosk.backend.terminals import Gate

_ENROLMENT = Example(
    value={
        "code": "4821-773-059",
        "publicKey": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "proof": "bWFkZS11cA",
    }
)
_ENROLLED = {"terminal": "T-0001", "place": "示例市政务服务中心一楼"}
_REPORT = Example(
    value={
        "number": 1795435500000,
        "state": "idle",
        "version": "0.4.0",
        "catalogueVersion": "0123456789ab",
        "devices": [{"kind": "printer", "state": "degraded", "cause": "printer.paper-near-end"}],
        "paper": "near-end",
        "today": {"day": "2026-11-23", "sessions": 41, "cases": 52},
        "pages": [{"theme": "newborn", "page": "materials", "reached": 3, "left": 1}],
        "savings": [{"theme": "newborn", "filed": 2, "questions": 61, "materials": 14}],
    }
)
_NOTICE = {
    "words": {"zhHans": "周六上午停电检修", "zhHant": "週六上午停電檢修", "en": "No power on Saturday morning"},
    "until": "2026-11-28T12:00:00+08:00",
}
_QUEUE = {
    "name": {"zhHans": "社会保险", "zhHant": "社會保險", "en": "Social insurance"},
    "waiting": 4,
    "minutesMost": 15,
}
_HALL = {"zhHans": "示例市政务服务中心", "zhHant": "示例市政務服務中心", "en": "Shili Government Service Centre"}
_ANSWER = {
    "service": {"open": True, "words": None, "since": None},
    "nextS": REPORT_S,
    "door": None,
    "board": {"announcements": [_NOTICE], "halls": [{"name": _HALL, "queues": [_QUEUE]}]},
}
_SERVE = msgspec.json.encode(HealthAnswer(service=Service(open=True), next_s=REPORT_S))
"""What a report is answered with while there is nothing to tell: encoded once."""
_NOTHING = Board()
_HEADER = ASSERTION.lower()
_CONTRACT, _DESCRIPTION = "/v1/", "/v1/openapi"
"""Pages for people stand beside the contract, and what describes it is for everybody."""


def only_terminals(gate: Gate) -> Guard:
    """Return the guard of every path of the contract that is not declared open."""

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        path = connection.scope["path"]
        if is_open(handler) or not path.startswith(_CONTRACT) or path.startswith(_DESCRIPTION):
            return
        known = await gate.enter(connection.headers.get(_HEADER))
        # with a holder's token the question is when it was given; that is asked where the token is read
        if not _takes_token(handler) and not handler.opt.get(WHILE_OUT):
            demand_service(known)

    return guard


WHILE_OUT = "while_out"
"""Option of a handler: it also answers a terminal that is out of service."""


def _takes_token(handler: BaseRouteHandler) -> bool:
    return isinstance(handler, HTTPRouteHandler) and any("bearer" in each for each in handler.security or ())


@post(
    "/v1/terminals",
    guards=[takes_json],
    security=OPEN,
    tags=["terminals"],
    responses={201: described(Enrolled, _ENROLLED, "Known from now on"), **problems(400, 403, 413, 415)},
)
async def enrol(house: FromHouse, data: Annotated[Enrolment, BodyKwarg(examples=[_ENROLMENT])]) -> Enrolled:
    """Take a terminal in by the one-time code that an operator made for it."""
    answer = await house.database.write(lambda connection: house.fleet.take_in(connection, data))
    if isinstance(answer, RefusedRequestError):
        raise answer
    house.gate.known.forget(answer.terminal)
    return answer


@post(
    "/v1/terminals/self/health",
    status_code=202,
    guards=[takes_json],
    opt={WHILE_OUT: True},
    tags=["terminals"],
    responses={202: described(HealthAnswer, _ANSWER, "Heard; on the disk within seconds"), **problems(400, 413, 415)},
)
async def health(house: FromHouse, data: Annotated[HealthReport, BodyKwarg(examples=[_REPORT])]) -> Response[Any]:
    """Take a terminal's report of how it fares, and tell it whether it is to serve."""
    known = asking()
    house.reports.take(known.id, data)
    board = await house.boards.of(known)
    return Response(_answer(house, known, data.door, board), status_code=202, media_type="application/json")


def _answer(house: House, known: Known, door: int, board: Board) -> bytes:
    handed = house.fleet.door_secret(known, door)
    if known.standing == IN_SERVICE:
        if handed is None and board == _NOTHING:
            return _SERVE
        return msgspec.json.encode(HealthAnswer(service=Service(open=True), next_s=REPORT_S, door=handed, board=board))
    since = datetime.fromtimestamp(known.since, house.now().tzinfo)
    service = Service(open=False, words=known.words, since=since)
    return msgspec.json.encode(HealthAnswer(service=service, next_s=REPORT_S, door=handed, board=board))


HANDLERS: tuple[BaseRouteHandler, ...] = (enrol, health)
