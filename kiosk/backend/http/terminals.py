"""Paths about terminals themselves, and the guard in front of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from litestar import post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg

from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import OPEN, FromHouse, described, is_open, problems
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.terminals import demand_service
from kiosk.contract import ASSERTION, Enrolled, Enrolment

if TYPE_CHECKING:
    from litestar.types import Guard

    from kiosk.backend.terminals import Gate

_ENROLMENT = Example(
    value={
        "code": "4821-773-059",
        "publicKey": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "proof": "bWFkZS11cA",
    }
)
_ENROLLED = {"terminal": "T-0001", "place": "示例市政务服务中心一楼"}
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


HANDLERS: tuple[BaseRouteHandler, ...] = (enrol,)
