"""Paths about those who act for somebody else, and those who stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from litestar import delete, get, post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg

from kiosk.backend import mandates
from kiosk.backend.house import bearer
from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, Asked, FromHouse, Name, described, holder_of, problems
from kiosk.backend.problems import RefusedRequestError
from kiosk.contract import Assistance, AssistanceRequest, CodeCheck, Mandate, Verification

_MANDATE = {
    "reference": "WT-0001",
    "kind": "person",
    "principal": {"kind": "resident-id", "number": "000102199508092428", "name": "赵测试"},
    "enterprise": "",
    "items": ["newborn-social-card"],
    "validUntil": "2027-12-31",
}
_HELPER = Example(value={"staff": "BB-0001"})
_CODE = Example(value={"code": "000000"})
_SENT = {
    "id": "dGhpcyBpcyBub3QgYSByZWFs",
    "phone": "138****8100",
    "digits": 6,
    "expiresAt": "2026-11-23T10:05:00+08:00",
    "attemptsLeft": 3,
}
_ASSISTANCE = {
    "staff": "BB-0001",
    "name": "帮办员样例",
    "departmentName": {"zh-Hans": "民政局", "zh-Hant": "民政局", "en": "Civil Affairs"},
}


@get(
    "/v1/mandates",
    security=BEARER,
    tags=["agents"],
    responses={200: described(list[Mandate], [_MANDATE], "For whom they may act"), **problems(401)},
)
async def mandates_of(request: Asked, house: FromHouse) -> Sequence[Mandate]:
    """Return for whom the verified person may act (代理人/经办人), for which items, until when."""
    holder = (await holder_of(request, house)).holder
    today = house.now().date()
    return await house.database.read(lambda connection: mandates.mandates(connection, holder.resident, today))


@post(
    "/v1/assistance",
    guards=[takes_json],
    security=BEARER,
    tags=["agents"],
    responses={
        201: described(Verification, _SENT, "A code is on its way"),
        **problems(400, 401, 413, 415, 422, 429, 503),
    },
)
async def assist(
    request: Asked, house: FromHouse, data: Annotated[AssistanceRequest, BodyKwarg(examples=[_HELPER])]
) -> Verification:
    """Send a code to the member of staff (帮办代办员) who stands beside the verified person."""
    holder = (await holder_of(request, house)).holder
    outgoing = await house.database.write(lambda connection: house.verifier.prepare_helper(connection, holder, data))
    return await house.verifier.send(outgoing)


@post(
    "/v1/assistance/{assistance:str}/check",
    status_code=200,
    guards=[takes_json],
    security=BEARER,
    tags=["agents"],
    responses={
        200: described(Assistance, _ASSISTANCE, "The session names the helper"),
        **problems(400, 401, 404, 410, 413, 415, 422),
    },
)
async def check_helper(
    request: Asked,
    house: FromHouse,
    assistance: Name,
    data: Annotated[CodeCheck, BodyKwarg(examples=[_CODE])],
) -> Assistance:
    """Let this session's ledger entries and applications name the helper; no token is given to them."""
    authorization = request.headers.get("authorization")
    holder = (await house.session(authorization)).holder
    token = bearer(authorization)
    answer = await house.database.write(
        lambda connection: house.verifier.check_helper(connection, holder, token, assistance, data)
    )
    if isinstance(answer, RefusedRequestError):
        raise answer
    return answer


@delete("/v1/assistance", security=BEARER, tags=["agents"], responses=problems(401))
async def end_assistance(request: Asked, house: FromHouse) -> None:
    """Let this session name no helper from now on: they have left."""
    authorization = request.headers.get("authorization")
    await house.session(authorization)
    token = bearer(authorization)
    await house.database.write(lambda connection: house.verifier.end_assistance(connection, token))


HANDLERS: tuple[BaseRouteHandler, ...] = (mandates_of, assist, check_helper, end_assistance)
