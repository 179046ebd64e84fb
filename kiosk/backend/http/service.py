"""Paths about the backend itself."""

from __future__ import annotations

from litestar import get
from litestar.handlers import BaseRouteHandler
from sqlalchemy import text

from kiosk.backend.http.common import OPEN, FromHouse, problems


@get("/v1/health", security=OPEN, tags=["service"], responses=problems(503))
async def health(house: FromHouse) -> dict[str, str]:
    """Answer when the database answers."""
    await house.database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
    return {"status": "ok", "catalogueVersion": house.catalogue.version}


HANDLERS: tuple[BaseRouteHandler, ...] = (health,)
