"""Paths about what comes after a matter and beside it: ratings, complaints, the queue of a hall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from litestar import delete, get, post, put
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg, HeaderParameter, QueryParameter
from sqlalchemy import Connection

from kiosk.backend.house import House
from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, Asked, FromHouse, Name, holder_of, key_of, problems
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.terminals import asking
from kiosk.contract import (
    Complaint,
    ComplaintRequest,
    Hall,
    Rating,
    RatingRequest,
    Slot,
    Ticket,
    TicketRequest,
    VerdictRequest,
)

_RATING = Example(value={"level": 2, "reasons": [], "axes": ["efficiency"], "words": "等了很久"})
_COMPLAINT = Example(
    value={
        "kind": "cannot-get-done",
        "words": "跑了三次没有办成",
        "about": "food-permit",
        "phone": "00000000000",
        "terminal": "T-0001",
        "session": "0f2c1a3b",
        "language": "zh-Hans",
    }
)
_VERDICT = Example(value={"verdict": "solved", "words": ""})
_TICKET = Example(
    value={"hall": "centre", "service": "general", "startsAt": None, "session": "0f2c1a3b", "terminal": "T-0001"}
)
_OPEN_OR_BEARER = [{"bearer": list[str]()}, {}]
"""The path is open; what it gives depends on whether somebody is verified."""

ComplaintCode = Annotated[
    str | None, HeaderParameter(name="Complaint-Code", description="Opens a complaint together with its number")
]
Key = Annotated[str | None, HeaderParameter(name="Idempotency-Key", description="A UUID")]


@put(
    "/v1/applications/{number:str}/rating",
    status_code=204,
    guards=[takes_json],
    security=BEARER,
    tags=["service"],
    responses=problems(400, 401, 404, 413, 415, 422),
)
async def rate(
    request: Asked, house: FromHouse, number: Name, data: Annotated[RatingRequest, BodyKwarg(examples=[_RATING])]
) -> None:
    """Rate an application, 5 非常满意 to 1 非常不满意; a second rating replaces the first, a bad one is followed up."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    await house.database.write(lambda connection: house.ratings.give(connection, number, holder.resident, data, now))


@get("/v1/applications/{number:str}/rating", security=BEARER, tags=["service"], responses=problems(401, 404))
async def rating(request: Asked, house: FromHouse, number: Name) -> Rating:
    """Return the rating that counts, and what became of a bad one."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    return await house.database.read(lambda connection: house.ratings.read(connection, number, holder.resident, now))


@post(
    "/v1/complaints",
    guards=[takes_json],
    security=_OPEN_OR_BEARER,
    tags=["service"],
    responses=problems(400, 401, 413, 415, 422),
)
async def complain(
    request: Asked,
    house: FromHouse,
    data: Annotated[ComplaintRequest, BodyKwarg(examples=[_COMPLAINT])],
    idempotency_key: Key = None,
) -> Complaint:
    """Take a complaint (有诉即办, 办不成事): of a verified person, or of anybody with a phone to call back."""
    key = key_of(idempotency_key)
    resident = await _resident(request, house)
    # the terminal is not believed: where it stands is what its key says
    said, now = msgspec.structs.replace(data, terminal=asking().id), house.now()
    return await house.database.write(lambda connection: house.complaints.take(connection, key, said, resident, now))


@get("/v1/complaints", security=BEARER, tags=["service"], responses=problems(401))
async def complaints(request: Asked, house: FromHouse) -> Sequence[Complaint]:
    """Return the complaints of the verified person, newest first."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    return await house.database.read(lambda connection: house.complaints.mine(connection, holder.resident, now))


@get("/v1/complaints/{number:str}", security=_OPEN_OR_BEARER, tags=["service"], responses=problems(401, 403, 429))
async def complaint(request: Asked, house: FromHouse, number: Name, complaint_code: ComplaintCode = None) -> Complaint:
    """Return a complaint to the person, or to who has its code."""
    return await _opened(request, house, number, complaint_code)


@put(
    "/v1/complaints/{number:str}/verdict",
    guards=[takes_json],
    security=_OPEN_OR_BEARER,
    tags=["service"],
    responses=problems(400, 401, 403, 409, 413, 415, 429),
)
async def judge(
    request: Asked,
    house: FromHouse,
    number: Name,
    data: Annotated[VerdictRequest, BodyKwarg(examples=[_VERDICT])],
    complaint_code: ComplaintCode = None,
) -> Complaint:
    """Say whether the answer solves it; what it does not solve goes to a supervisor, once."""
    await _opened(request, house, number, complaint_code)
    now = house.now()
    return await house.database.write(lambda connection: house.complaints.judge(connection, number, data, now))


@get("/v1/halls", tags=["service"], responses=problems())
async def halls(house: FromHouse) -> Sequence[Hall]:
    """Return the service halls with their queues as they are now."""
    now = house.now()
    return await house.database.read(lambda connection: house.queue.halls(connection, now))


@get("/v1/halls/{hall:str}/slots", tags=["service"], responses=problems(400, 404))
async def slots(
    house: FromHouse, hall: Name, service: Annotated[str, QueryParameter(description="What for", max_length=64)]
) -> Sequence[Slot]:
    """Return the times that can be booked."""
    now = house.now()
    return await house.database.read(lambda connection: house.queue.slots(connection, hall, service, now))


@post(
    "/v1/tickets",
    guards=[takes_json],
    security=_OPEN_OR_BEARER,
    tags=["service"],
    responses=problems(400, 401, 404, 409, 413, 415),
)
async def take_ticket(
    request: Asked, house: FromHouse, data: Annotated[TicketRequest, BodyKwarg(examples=[_TICKET])]
) -> Ticket:
    """Give a queue ticket for now, or to a verified person for a booked time."""
    resident = await _resident(request, house)
    wanted, now = msgspec.structs.replace(data, terminal=asking().id), house.now()
    return await house.database.write(lambda connection: house.queue.take(connection, wanted, resident, now))


@get("/v1/tickets", security=BEARER, tags=["service"], responses=problems(401))
async def tickets(request: Asked, house: FromHouse) -> Sequence[Ticket]:
    """Return what the verified person has booked, the next first."""
    holder = (await holder_of(request, house)).holder
    now = house.now()
    return await house.database.read(lambda connection: house.queue.mine(connection, holder.resident, now))


@get("/v1/tickets/{ticket:str}", tags=["service"], responses=problems(404))
async def read_ticket(house: FromHouse, ticket: Name) -> Ticket:
    """Return a ticket as it stands: how many are before, how long it will take, where to go."""
    now = house.now()
    return await house.database.read(lambda connection: house.queue.read(connection, ticket, now))


@post("/v1/tickets/{ticket:str}/arrival", status_code=200, tags=["service"], responses=problems(404, 409))
async def arrive(house: FromHouse, ticket: Name) -> Ticket:
    """Say that who has booked is there, or that who missed the call is back."""
    now = house.now()
    return await house.database.write(lambda connection: house.queue.arrive(connection, ticket, now))


@delete("/v1/tickets/{ticket:str}", tags=["service"], responses=problems(404, 409))
async def cancel(house: FromHouse, ticket: Name) -> None:
    """Give a ticket back."""
    await house.database.write(lambda connection: house.queue.cancel(connection, ticket))


HANDLERS: tuple[BaseRouteHandler, ...] = (
    rate,
    rating,
    complain,
    complaints,
    complaint,
    judge,
    halls,
    slots,
    take_ticket,
    tickets,
    read_ticket,
    arrive,
    cancel,
)


async def _resident(request: Asked, house: House) -> int | None:
    """Return who is verified, if somebody is; a token that is no longer good is refused, not passed over."""
    if request.headers.get("authorization") is None:
        return None
    return (await holder_of(request, house)).holder.resident


async def _opened(request: Asked, house: House, number: str, code: str | None) -> Complaint:
    resident = await _resident(request, house)
    now = house.now()

    def look(connection: Connection) -> Complaint:
        return house.complaints.open_with(connection, number, resident=resident, code=code or "", now=now)

    try:
        return await house.database.read(look)
    except RefusedRequestError as error:
        if error.code is Code.COMPLAINT_CODE:
            # in a transaction of its own, which the refusal does not undo
            await house.database.write(lambda connection: house.complaints.count_wrong(connection, number, now))
        raise
