"""Paths about applications: submit, follow, read, rate; and what a number alone shows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, cast

import msgspec
from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, HeaderParameter
from litestar.response import Stream

from kiosk.backend.applications import stream
from kiosk.backend.applications.reading import find_application, read_application, status_of
from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, OPEN, Asked, FromHouse, Name, holder_of, key_of, problems
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.contract import (
    Application,
    ApplicationRequest,
    CaseStatus,
    IssuerKey,
    ProblemError,
)

_APPLICATION = Example(
    value={
        "matter": "basket",
        "items": ["insurance-certificate"],
        "catalogueVersion": "0123456789ab",
        "answers": {
            "single": {
                "person.name": {"value": "赵测试", "origin": "register.population.name"},
                "certificate.months": {"value": "12", "origin": "citizen"},
            },
            "repeats": {},
        },
        "entry": None,
        "session": "0f2c1a3b",
        "terminal": "T-0001",
        "materials": [{"material": "applicant-id", "obtained": "licence", "reference": "DZ-0001", "deferred": False}],
        "notice": "1",
        "signature": [{"points": [[100, 200, 0], [300, 220, 40]]}],
        "language": "zh-Hans",
        "signedAt": "2026-11-23T10:00:00+08:00",
        "authority": {
            "principal": {"kind": "resident-id", "number": "000102199508092428", "name": "赵测试"},
            "items": ["insurance-certificate"],
            "validUntil": "2027-06-30",
            "mandate": "WT-0001",
            "letter": "",
        },
    }
)
_LAST_EVENT = 2**62


@post(
    "/v1/applications",
    guards=[takes_json],
    security=BEARER,
    tags=["applications"],
    responses=problems(400, 401, 409, 413, 415, 422),
)
async def submit(
    request: Asked,
    house: FromHouse,
    data: Annotated[ApplicationRequest, BodyKwarg(examples=[_APPLICATION])],
    idempotency_key: Annotated[str | None, HeaderParameter(name="Idempotency-Key", description="A UUID")] = None,
) -> Response[Application]:
    """Take an application, once and only once; items that rules or a promise decide are decided in the answer."""
    key = key_of(idempotency_key)
    session = await house.session(request.headers.get("authorization"), signed_at=signed_at(data))
    holder = session.holder
    # the terminal is not believed: where it stands is what its key says
    data = msgspec.structs.replace(data, terminal=holder.terminal)
    if house.deciders.needed(data.items):
        await asyncio.to_thread(house.deciders.prepare, data, house.now().date())
    if data.payment:
        await house.payments.look_again(data.payment)
    with house.in_progress(holder.resident, key):
        taken = await house.knowledge.written(
            holder,
            data.matter,
            data.notice,
            lambda connection: house.submissions.take(connection, holder, key, data, session.issued_at),
        )
    house.departments.wake(taken.departments)
    if data.decided_in:
        house.crossings.wake()
    # the stored bytes: a repeated request gets the same answer to the letter
    return Response(cast("Application", taken.body), status_code=taken.status, media_type="application/json")


@get("/v1/applications/{number:str}", security=BEARER, tags=["applications"], responses=problems(401, 404))
async def application(request: Asked, house: FromHouse, number: Name) -> Application:
    """Return an application of the verified person as it is stored, with its cases as they are now."""
    holder = (await holder_of(request, house)).holder
    today = house.now().date()
    return await house.database.read(lambda connection: read_application(connection, number, holder.resident, today))


@get(
    "/v1/applications/{number:str}/outcomes",
    security=BEARER,
    tags=["applications"],
    media_type="text/event-stream",
    responses=problems(400, 401, 404),
)
async def follow(
    request: Asked,
    house: FromHouse,
    number: Name,
    last_event_id: Annotated[str | None, HeaderParameter(name="Last-Event-ID")] = None,
) -> Stream:
    """Stream the outcome of each case as it is made, from the beginning or after ``Last-Event-ID``, then ``end``."""
    session = await house.session(request.headers.get("authorization"), follows=True)
    resident, today = session.holder.resident, house.now().date()
    identity = await house.database.read(lambda connection: find_application(connection, number, resident, today))
    after = int(last_event_id) if last_event_id and last_event_id.isdecimal() and len(last_event_id) < 19 else 0
    events = stream.outcomes(house.database, house.bell, identity, number, min(after, _LAST_EVENT))
    return Stream(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@get("/v1/status/{number:str}", tags=["applications"], responses=problems(404))
async def status(house: FromHouse, number: Name) -> CaseStatus:
    """Return what a case number alone shows (assurance A): where it is, never whose it is."""
    return await house.database.read(lambda connection: status_of(connection, number))


@get("/v1/issuers", security=OPEN, tags=["service"])
async def issuers(house: FromHouse) -> Sequence[IssuerKey]:
    """Return the public keys by which anybody can check a signed document without a network."""
    return house.signer.issuers()


HANDLERS: tuple[BaseRouteHandler, ...] = (submit, application, follow, status, issuers)


def signed_at(data: ApplicationRequest) -> datetime:
    """Return when it was signed.

    Raises:
        RefusedRequestError: ``REQUEST_MALFORMED``: the moment has no time zone.
    """
    if data.signed_at.tzinfo is None:
        error = ProblemError(detail="A moment has a time zone", pointer=pointer("signedAt"))
        raise RefusedRequestError(Code.REQUEST_MALFORMED, errors=(error,))
    return data.signed_at
