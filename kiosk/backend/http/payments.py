"""Paths about fees: what is due, an order with its code, what the provider tells, and paying by the simulated phone."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, HeaderParameter
from litestar.response import Stream

from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, OPEN, Asked, FromHouse, Name, described, holder_of, key_of, problems
from kiosk.backend.payments import SimulatedProvider
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.contract import (
    Fees,
    FeesRequest,
    Payment,
    PaymentRequest,
    SimulatedPaid,
    SimulatedPayment,
)

Key = Annotated[str | None, HeaderParameter(name="Idempotency-Key", description="A UUID")]

_LINE = {
    "item": "id-card-reissue",
    "name": {"zh-Hans": "居民身份证补领", "zh-Hant": "居民身份證補領", "en": "A new ID card for a lost one"},
    "departmentName": {"zh-Hans": "公安局", "zh-Hant": "公安局", "en": "Public Security"},
    "fullFen": 4000,
    "amountFen": 4000,
    "says": None,
    "basis": "",
}
_FEES = Example(value={"items": ["id-card-reissue"], "notice": "1"})
_REQUEST = Example(
    value={"items": ["id-card-reissue"], "notice": "1", "session": "0f2c1a3b", "terminal": "T-0001", "application": ""}
)
_PAYMENT = {
    "id": "P20261123000000000000000000000000",
    "state": "created",
    "lines": [_LINE],
    "amountFen": 4000,
    "qr": "onething-pay:AAAA",
    "payee": {"zh-Hans": "示例市", "zh-Hant": "示例市", "en": "Example City"},
    "createdAt": "2026-11-23T10:00:00+08:00",
    "expiresAt": "2026-11-23T10:05:00+08:00",
    "paidAt": None,
    "application": "",
    "receipt": None,
    "refunds": [],
}
_SCANNED = Example(value={"qr": "onething-pay:AAAA"})
_PAID = {"transaction": "SIM202611230000", "amountFen": 4000, "subject": "居民身份证补领"}


@post(
    "/v1/fees",
    status_code=200,
    guards=[takes_json],
    security=BEARER,
    tags=["payments"],
    responses={
        200: described(Fees, {"lines": [_LINE], "amountFen": 4000, "unavailable": []}, "What is due"),
        **problems(400, 401, 403, 413, 415, 422),
    },
)
async def fees(request: Asked, house: FromHouse, data: Annotated[FeesRequest, BodyKwarg(examples=[_FEES])]) -> Fees:
    """Return what this person pays for these items, less what the law lets them off."""
    return await house.payments.fees((await holder_of(request, house)).holder, data)


@post(
    "/v1/payments",
    guards=[takes_json],
    security=BEARER,
    tags=["payments"],
    responses={
        201: described(Payment, _PAYMENT, "The order; as it is now where there was one already"),
        **problems(400, 401, 403, 404, 413, 415, 422, 503),
    },
)
async def open_order(
    request: Asked,
    house: FromHouse,
    data: Annotated[PaymentRequest, BodyKwarg(examples=[_REQUEST])],
    idempotency_key: Key = None,
) -> Payment:
    """Make an order for the fees of these items; its code can be paid for five minutes."""
    key = key_of(idempotency_key)
    holder = (await holder_of(request, house)).holder
    # the terminal is not believed: where it stands is what its key says
    return await house.payments.open(holder, key, msgspec.structs.replace(data, terminal=holder.terminal))


@get(
    "/v1/payments/{payment:str}",
    security=BEARER,
    tags=["payments"],
    responses={200: described(Payment, _PAYMENT, "The order as it is"), **problems(401, 404)},
)
async def order(request: Asked, house: FromHouse, payment: Name) -> Payment:
    """Return an order, its receipt and what went back of it."""
    return await house.payments.get((await holder_of(request, house)).holder, payment)


@get(
    "/v1/payments/{payment:str}/events",
    security=BEARER,
    tags=["payments"],
    media_type="text/event-stream",
    responses=problems(401, 404),
)
async def follow(request: Asked, house: FromHouse, payment: Name) -> Stream:
    """Stream an order as it is and as it changes, then ``end`` when it is paid or over."""
    events = await house.payments.watch((await holder_of(request, house)).holder, payment)
    return Stream(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@delete("/v1/payments/{payment:str}", security=BEARER, tags=["payments"], responses=problems(401, 404, 409))
async def cancel(request: Asked, house: FromHouse, payment: Name) -> None:
    """Cancel an order that was not paid."""
    await house.payments.cancel((await holder_of(request, house)).holder, payment)


@post(
    "/v1/payment-notifications",
    status_code=204,
    security=OPEN,
    tags=["payments"],
    responses=problems(401, 413),
)
async def notified(request: Asked, house: FromHouse) -> None:
    """Take a payment provider's signed word; twice, late or out of order is all the same."""
    await house.payments.notified(dict(request.headers), await request.body())


@post(
    "/v1/simulated-phone/payments",
    guards=[takes_json],
    security=OPEN,
    tags=["simulated"],
    responses={
        201: described(SimulatedPaid, _PAID, "Paid; the backend is told in a moment"),
        **problems(400, 404, 409, 413, 415),
    },
)
async def pay(house: FromHouse, data: Annotated[SimulatedPayment, BodyKwarg(examples=[_SCANNED])]) -> SimulatedPaid:
    """Scan a code with the simulated phone and pay it; not there outside simulated profiles."""
    provider = house.provider
    if not house.settings.simulated or not isinstance(provider, SimulatedProvider):
        raise RefusedRequestError(Code.NOT_FOUND)
    paid = await house.database.write(lambda connection: provider.pay(connection, data.qr))
    house.upkeep.wake()
    return paid


HANDLERS: tuple[BaseRouteHandler, ...] = (fees, open_order, order, follow, cancel, notified, pay)
