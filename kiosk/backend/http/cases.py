"""Paths about what happens to an application after it was filed: mine, one case, withdraw, supplement, correct."""

from __future__ import annotations

from typing import Annotated, cast

import msgspec
from litestar import Response, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, HeaderParameter, QueryParameter
from sqlalchemy import Connection

from kiosk.backend.applications.life import Life
from kiosk.backend.applications.mine import PAGE_MOST, detail, own_case, page
from kiosk.backend.applications.withdrawal import withdraw
from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, Asked, FromHouse, Name, described, holder_of, key_of, problems
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.contract import (
    Application,
    ApplicationPage,
    CaseDetail,
    CorrectionRequest,
    ProblemError,
    SupplementRequest,
    WithdrawalRequest,
)

_WORDS = {"zh-Hans": "参保证明", "zh-Hant": "參保證明", "en": "Certificate of insurance"}
_SAYS = {
    "zh-Hans": "由工作人员审核后答复您。",
    "zh-Hant": "由工作人員審核後答覆您。",
    "en": "A member of staff reviews it.",
}
_DEPARTMENT = {"zh-Hans": "人社局", "zh-Hant": "人社局", "en": "Human Resources"}
_NUMBER = "OT20261123-000001-7"
_CASE_NUMBER = f"{_NUMBER}-01"
_WAITS = {
    "kind": "material",
    "subject": "applicant-id",
    "name": {"zh-Hans": "身份证", "zh-Hant": "身份證", "en": "Identity card"},
    "says": {"zh-Hans": "照片看不清。", "zh-Hant": "照片看不清。", "en": "The picture cannot be read."},
    "dueOn": "2026-12-07",
    "missed": False,
}
_CASE = {
    "number": _CASE_NUMBER,
    "item": "insurance-certificate",
    "itemName": _WORDS,
    "department": "human-resources",
    "departmentName": _DEPARTMENT,
    "state": "waiting",
    "reason": _SAYS,
    "dueOn": "2026-11-30",
    "contact": "12333",
    "version": 3,
    "waitsFor": [_WAITS],
}
_BRIEF = {
    "number": _CASE_NUMBER,
    "item": "insurance-certificate",
    "itemName": _WORDS,
    "departmentName": _DEPARTMENT,
    "state": "waiting",
    "reason": _SAYS,
    "dueOn": "2026-11-30",
    "waits": 1,
    "waitsUntil": "2026-12-07",
    "version": 3,
    "actions": ["withdraw", "correct", "supplement"],
}
_PAGE = {
    "applications": [
        {
            "number": _NUMBER,
            "matter": "insurance-certificate",
            "matterName": _WORDS,
            "receivedAt": "2026-11-23T10:00:00+08:00",
            "applicant": "赵测试",
            "finished": False,
            "cases": [_BRIEF],
            "actions": ["correct", "rate"],
        }
    ],
    "before": "",
    "waiting": 1,
}
_DETAIL = {
    "application": _NUMBER,
    "matter": "insurance-certificate",
    "matterName": _WORDS,
    "case": _CASE,
    "timeline": [
        {
            "at": "2026-11-23T10:00:00+08:00",
            "what": "submitted",
            "who": "applicant",
            "departmentName": _DEPARTMENT,
            "says": _SAYS,
        }
    ],
    "obligations": [],
    "documents": [],
    "actions": ["withdraw", "correct", "supplement"],
}
_WITHDRAWAL = Example(value={"reason": "不办了", "terminal": "T-0001"})
_SUPPLEMENT = Example(
    value={
        "materials": [{"material": "applicant-id", "obtained": "scan", "reference": "0f1e2d", "deferred": False}],
        "answers": None,
        "language": "zh-Hans",
        "terminal": "T-0001",
    }
)
_CORRECTION = Example(
    value={
        "revision": 1,
        "answers": {"single": {"certificate.months": {"value": "24", "origin": "citizen"}}, "repeats": {}},
        "materials": [],
        "catalogueVersion": "0123456789ab",
        "signature": [{"points": [[100, 200, 0], [300, 220, 40]]}],
        "signedAt": "2026-11-23T10:00:00+08:00",
        "language": "zh-Hans",
        "terminal": "T-0001",
        "session": "0f2c1a3b",
    }
)

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="The version of the case that is meant")]
Before = Annotated[str, QueryParameter(max_length=40, description="Number of the last application of the page before")]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_MOST)]
_NEVER_KEPT = {"Cache-Control": "no-store"}


@get(
    "/v1/applications",
    security=BEARER,
    tags=["cases"],
    responses={200: described(ApplicationPage, _PAGE, "Newest first"), **problems(400, 401, 404)},
)
async def applications(
    request: Asked, house: FromHouse, before: Before = "", limit: Limit = 20
) -> Response[ApplicationPage]:
    """Return what the verified person has filed, newest first, with what waits for them and what they can do."""
    resident = (await holder_of(request, house)).holder.resident
    now = house.now()
    found = await house.database.read(lambda connection: page(connection, resident, before, limit, now))
    return Response(found, headers=_NEVER_KEPT)


@get(
    "/v1/cases/{case:str}",
    security=BEARER,
    tags=["cases"],
    responses={200: described(CaseDetail, _DETAIL, "With its version as ETag"), **problems(401, 404)},
)
async def case(request: Asked, house: FromHouse, case: Name) -> Response[CaseDetail]:
    """Return a case with its timeline, deadlines, obligations and documents."""
    resident = (await holder_of(request, house)).holder.resident

    def look(connection: Connection) -> CaseDetail:
        return detail(own_case(connection, house.catalogue, case, resident, house.now()))

    return _answer(await house.database.read(look))


@post(
    "/v1/cases/{case:str}/withdrawal",
    status_code=200,
    guards=[takes_json],
    security=BEARER,
    tags=["cases"],
    responses={
        200: described(CaseDetail, _DETAIL, "Withdrawn"),
        **problems(400, 401, 404, 409, 412, 413, 415, 422, 428),
    },
)
async def withdrawal(
    request: Asked,
    house: FromHouse,
    case: Name,
    data: Annotated[WithdrawalRequest, BodyKwarg(examples=[_WITHDRAWAL])],
    if_match: IfMatch = None,
) -> Response[CaseDetail]:
    """Withdraw a case that is not decided. What was booked is free again, what was paid goes back."""
    holder = (await holder_of(request, house)).holder
    meant = versions(if_match)

    def write(connection: Connection) -> tuple[int, CaseDetail]:
        return _seen(withdraw(house.office, connection, holder, case, meant, data))

    application, found = await house.database.write(write)
    house.bell.ring(application)
    return _answer(found)


@put(
    "/v1/cases/{case:str}/supplement",
    guards=[takes_json],
    security=BEARER,
    tags=["cases"],
    responses={
        200: described(CaseDetail, _DETAIL, "Handed in"),
        **problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428),
    },
)
async def supplement(
    request: Asked,
    house: FromHouse,
    case: Name,
    data: Annotated[SupplementRequest, BodyKwarg(examples=[_SUPPLEMENT])],
    if_match: IfMatch = None,
) -> Response[CaseDetail]:
    """Hand in what a case waits for: what was asked for, was to be handed in later, or to be put right."""
    holder = (await holder_of(request, house)).holder
    meant = versions(if_match)

    def write(connection: Connection) -> tuple[int, CaseDetail]:
        return _seen(house.supplements.take(connection, holder, case, meant, data))

    application, found = await house.database.write(write)
    house.bell.ring(application)
    return _answer(found)


@post(
    "/v1/applications/{number:str}/corrections",
    status_code=200,
    guards=[takes_json],
    security=BEARER,
    tags=["cases"],
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422),
)
async def correction(
    request: Asked,
    house: FromHouse,
    number: Name,
    data: Annotated[CorrectionRequest, BodyKwarg(examples=[_CORRECTION])],
    idempotency_key: Annotated[str | None, HeaderParameter(name="Idempotency-Key", description="A UUID")] = None,
) -> Response[Application]:
    """Correct answers of what is not decided yet; it is looked at anew, and earlier revisions are kept."""
    key = key_of(idempotency_key)
    if data.signed_at.tzinfo is None:
        error = ProblemError(detail="A moment has a time zone", pointer=pointer("signedAt"))
        raise RefusedRequestError(Code.REQUEST_MALFORMED, errors=(error,))
    session = await holder_of(request, house)
    holder = session.holder
    # the terminal is not believed: where it stands is what its key says
    said = msgspec.structs.replace(data, terminal=holder.terminal)
    with house.in_progress(holder.actor, key):
        application, taken = await house.database.write(
            lambda connection: house.corrections.take(connection, holder, key, number, said, session.issued_at)
        )
    house.bell.ring(application)
    return Response(cast("Application", taken.body), status_code=taken.status, media_type="application/json")


HANDLERS: tuple[BaseRouteHandler, ...] = (applications, case, withdrawal, supplement, correction)


def versions(if_match: str | None) -> frozenset[int]:
    """Return the versions of a case that ``If-Match`` means; none: any that there is (``*``).

    Raises:
        RefusedRequestError: ``CASE_UNCONDITIONAL``: there is no such header; ``CASE_CHANGED``: it names no version that
            there could be.
    """
    if if_match is None:
        raise RefusedRequestError(Code.CASE_UNCONDITIONAL)
    if if_match.strip() == "*":
        return frozenset()
    tags = (tag.strip().strip('"') for tag in if_match.split(","))
    found = frozenset(int(tag) for tag in tags if tag.isascii() and tag.isdecimal() and len(tag) < 10)
    if not found:
        raise RefusedRequestError(Code.CASE_CHANGED)
    return found


def _seen(life: Life) -> tuple[int, CaseDetail]:
    return life.application, detail(life)


def _answer(found: CaseDetail) -> Response[CaseDetail]:
    return Response(found, headers={"ETag": f'"{found.case.version}"', **_NEVER_KEPT})
