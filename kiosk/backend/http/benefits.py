"""Paths about what comes to people by itself: reminders, what they want to be told, and what they are entitled to."""

from __future__ import annotations

from typing import Annotated, cast

from litestar import Response, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, QueryParameter

from kiosk.backend.benefits.sentences import PURPOSE
from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, Asked, FromHouse, Name, described, holder_of, key_of, problems
from kiosk.backend.http.payments import Key
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.contract import (
    Application,
    EntitlementAcceptance,
    Entitlements,
    NoticeChoiceRequest,
    ProblemError,
    Reminders,
)

Notice = Annotated[str, QueryParameter(max_length=80, description="Version of the notice the holder has seen")]

_WORDS = {"zh-Hans": "老年人高龄津贴申领", "zh-Hant": "老年人高齡津貼申領", "en": "Old-age allowance"}
_REMINDERS = {
    "reminders": [
        {
            "kind": "licence-expiring",
            "title": {"zh-Hans": "机动车驾驶证", "zh-Hant": "機動車駕駛證", "en": "Driving licence"},
            "says": {"zh-Hans": "到期", "zh-Hant": "到期", "en": "It runs out."},
            "next": "renew",
            "dueOn": "2026-12-20",
            "at": None,
            "application": "",
            "case": "",
            "item": "driving-licence-renewal",
            "about": "JSZ-0001",
        }
    ],
    "choices": [
        {
            "kind": "licence-expiring",
            "name": {"zh-Hans": "证照到期提醒", "zh-Hant": "證照到期提醒", "en": "Licences about to expire"},
            "wanted": True,
            "mayRefuse": True,
        }
    ],
}
_ENTITLEMENTS = {
    "entitlements": [
        {
            "policy": "old-age-allowance",
            "name": _WORDS,
            "summary": _WORDS,
            "department": "civil-affairs",
            "departmentName": {"zh-Hans": "民政局", "zh-Hant": "民政局", "en": "Civil Affairs"},
            "state": "entitled",
            "says": _WORDS,
            "basis": ["中华人民共和国老年人权益保障法 第三十三条"],
            "facts": [],
            "gives": {"zh-Hans": "每月 100.00元", "zh-Hant": "每月 100.00元", "en": "¥100.00 a month"},
            "amountFen": 10000,
            "pays": True,
            "item": "old-age-allowance",
            "conflicts": [],
            "application": "",
        }
    ],
    "accounts": [{"id": "social-security-card", "shown": "**** 0001", "bank": ""}],
    "unavailable": [],
    "consent": False,
}
_ACCEPTANCE = Example(
    value={
        "notice": "1",
        "session": "0f2c1a3b",
        "terminal": "T-0001",
        "language": "zh-Hans",
        "signedAt": "2026-11-23T10:00:00+08:00",
        "signature": [],
        "account": "social-security-card",
        "accountNumber": "",
    }
)
_CHOICE = Example(value={"wanted": False, "notice": ""})


@get(
    "/v1/reminders",
    security=BEARER,
    tags=["benefits"],
    responses={200: described(Reminders, _REMINDERS, "The most urgent first"), **problems(401)},
)
async def reminders(request: Asked, house: FromHouse) -> Response[Reminders]:
    """Return what waits for this person, and what they want to be told by message."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    found = await house.database.read(lambda connection: house.reminding.waiting(connection, holder.resident, now))
    return Response(found, headers={"Cache-Control": "no-store"})


@put(
    "/v1/notice-choices/{kind:str}",
    status_code=204,
    guards=[takes_json],
    security=BEARER,
    tags=["benefits"],
    responses=problems(400, 401, 413, 415, 422),
)
async def choose(
    request: Asked, house: FromHouse, kind: Name, data: Annotated[NoticeChoiceRequest, BodyKwarg(examples=[_CHOICE])]
) -> None:
    """Keep whether this person wants messages of a kind; for ``entitlement`` it is the consent to look for them."""
    resident = (await holder_of(request, house)).holder.resident
    now = house.now()
    await house.database.write(
        lambda connection: house.reminding.choose(connection, resident, kind, data.wanted, data.notice, now)
    )


@get(
    "/v1/entitlements",
    security=BEARER,
    tags=["benefits"],
    responses={200: described(Entitlements, _ENTITLEMENTS, "Surest and largest first"), **problems(400, 401)},
)
async def entitlements(request: Asked, house: FromHouse, notice: Notice = "") -> Response[Entitlements]:
    """Return what this person is entitled to (免申即享); what registers were asked for it stands in the ledger."""
    holder = (await holder_of(request, house)).holder
    found = await house.benefits.entitlements(holder, notice)
    return Response(found, headers={"Cache-Control": "no-store"})


@post(
    "/v1/entitlements/{policy:str}/acceptance",
    guards=[takes_json],
    security=BEARER,
    tags=["benefits"],
    responses=problems(400, 401, 404, 409, 413, 415, 422),
)
async def accept(
    request: Asked,
    house: FromHouse,
    policy: Name,
    data: Annotated[EntitlementAcceptance, BodyKwarg(examples=[_ACCEPTANCE])],
    idempotency_key: Key = None,
) -> Response[Application]:
    """Take an entitlement with one confirmation: an application, decided at once; once a period, sent how often."""
    key = key_of(idempotency_key)
    if data.signed_at.tzinfo is None:
        error = ProblemError(detail="A moment has a time zone", pointer=pointer("signedAt"))
        raise RefusedRequestError(Code.REQUEST_MALFORMED, errors=(error,))
    session = await house.session(request.headers.get("authorization"), signed_at=data.signed_at)
    holder = session.holder
    with house.in_progress(holder.resident, key):
        taken = await house.knowledge.written(
            holder,
            PURPOSE,
            data.notice,
            lambda connection: house.benefits.accept(connection, holder, key, policy, data, session.issued_at),
        )
    return Response(cast("Application", taken.body), status_code=taken.status, media_type="application/json")


HANDLERS: tuple[BaseRouteHandler, ...] = (reminders, choose, entitlements, accept)
