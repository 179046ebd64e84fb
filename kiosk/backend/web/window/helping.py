"""The citizens a member of staff stands beside at terminals (帮办代办), under their own name, and leaving one.

A helper joins at the terminal, beside the citizen, with their own code; nobody joins from a desk. Leaving can be
forgotten there: then it is done here.
"""

from __future__ import annotations

from litestar import get, post
from litestar.handlers import BaseRouteHandler
from sqlalchemy import Connection

from kiosk.backend.http.common import Asked, FromHouse
from kiosk.backend.web import audit
from kiosk.backend.web.common import posted, visit
from kiosk.backend.web.pages import Html, see_other
from kiosk.backend.web.staff import Role

LEFT = "helping-ended"


@get("/window/helping", include_in_schema=False)
async def show(request: Asked, house: FromHouse) -> Html:
    """Show whom they stand beside."""
    here = await visit(request, house, Role.HELPER)
    number = here.staff.number
    found = await house.database.read(lambda connection: house.verifier.helping(connection, number))
    return here.page("window/helping.html", sessions=found, done=request.query_params.get("done") == "left")


@post("/window/helping", status_code=200, include_in_schema=False)
async def leave(request: Asked, house: FromHouse) -> Html:
    """Leave one of them: nothing that is filed from now on names the helper."""
    here = await visit(request, house, Role.HELPER)
    form = await posted(request)
    session, now = form.text("session", 40), house.now()

    def write(connection: Connection) -> None:
        if house.verifier.stop_helping(connection, here.staff.number, session):
            audit.record(connection, here.act(LEFT, session), now)

    await house.database.write(write)
    return see_other("/window/helping", done="left")


HANDLERS: tuple[BaseRouteHandler, ...] = (show, leave)
