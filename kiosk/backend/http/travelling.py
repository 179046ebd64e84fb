"""Paths about the ways of heavy vehicles (大件运输): which there would be, and which one a case was decided by."""

from __future__ import annotations

import asyncio
from typing import Annotated

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg
from sqlalchemy import Connection, select

from kiosk.backend.applications.reading import find_application
from kiosk.backend.http.bodies import takes_json
from kiosk.backend.http.common import BEARER, Asked, FromHouse, Name, holder_of, problems
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.backend.transport import kept_route
from kiosk.contract import Route, RouteAnswer, RouteRequest

_REQUEST = Example(
    value={
        "origin": "port",
        "destination": "border-east",
        "hours": "any",
        "firstDay": "2026-12-03",
        "heightCm": 410,
        "widthCm": 300,
        "lengthCm": 1900,
        "weightKg": 48000,
        "axleKg": 9000,
    }
)


@post(
    "/v1/routes",
    status_code=200,
    guards=[takes_json],
    security=BEARER,
    tags=["transport"],
    responses=problems(400, 401, 413, 415, 422),
)
async def plan(
    request: Asked, house: FromHouse, data: Annotated[RouteRequest, BodyKwarg(examples=[_REQUEST])]
) -> RouteAnswer:
    """Return the way a vehicle would be allowed to take, or what to try instead. Nothing of it is kept."""
    await holder_of(request, house)
    # on a thread of its own: half a second the first time, a tenth later, and nobody else waits for it
    return await asyncio.to_thread(house.routes.answer, data, house.now().date())


@get("/v1/cases/{case:str}/route", security=BEARER, tags=["transport"], responses=problems(401, 404))
async def route(request: Asked, house: FromHouse, case: Name) -> Route:
    """Return the way in full that a case of the verified person was decided by."""
    holder = (await holder_of(request, house)).holder
    today = house.now().date()

    def look(connection: Connection) -> Route:
        query = (
            select(schema.application.c.number)
            .join(schema.case, schema.case.c.application == schema.application.c.id)
            .where(schema.case.c.number == case)
        )
        number = connection.execute(query).scalar_one_or_none()
        if number is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        find_application(connection, number, holder.resident, today)
        found = kept_route(connection, case)
        if found is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        return found

    return await house.database.read(look)


HANDLERS: tuple[BaseRouteHandler, ...] = (plan, route)
