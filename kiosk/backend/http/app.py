"""All paths as one ASGI application."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from litestar import Litestar, Response, Router
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from kiosk.backend.house import House
from kiosk.backend.http import (
    applications,
    benefits,
    cases,
    choosing,
    delivering,
    drafts,
    helping,
    mine,
    payments,
    people,
    service,
    serving,
    terminals,
    travelling,
)
from kiosk.backend.http.bodies import JSON_LIMIT_BYTES
from kiosk.backend.http.common import TERMINAL
from kiosk.backend.http.failures import answer, on_failure
from kiosk.backend.problems import Code, problem
from kiosk.backend.web import HANDLERS as PAGES
from kiosk.backend.web import failing
from kiosk.contract import ASSERTION


def _no_page(response: Response[Any]) -> Response[Any]:
    """Return a problem document for the page that Litestar shows instead of unknown paths beside its own."""
    return response if response.status_code != HTTPStatus.NOT_FOUND else answer(problem(Code.NOT_FOUND))


def make_app(house: House) -> Litestar:
    """Return the application over ``house``; whoever made ``house`` closes it."""
    return Litestar(
        [
            *people.HANDLERS,
            *mine.HANDLERS,
            *helping.HANDLERS,
            *choosing.HANDLERS,
            *delivering.HANDLERS,
            *drafts.HANDLERS,
            *applications.HANDLERS,
            *cases.HANDLERS,
            *payments.HANDLERS,
            *benefits.HANDLERS,
            *service.HANDLERS,
            *serving.HANDLERS,
            *terminals.HANDLERS,
            *travelling.HANDLERS,
            *PAGES,
        ],
        guards=[terminals.only_terminals(house.gate)],
        dependencies={"house": Provide(lambda: house, sync_to_thread=False)},
        exception_handlers={Exception: failing(on_failure)},
        request_max_body_size=JSON_LIMIT_BYTES,
        openapi_config=OpenAPIConfig(
            title="OneThing backend",
            version="1",
            description="The contract between kiosks and a city's backend. Semantics: kiosk/contract/README.md.",
            openapi_router=Router("/v1", route_handlers=[], after_request=_no_page, include_in_schema=False),
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            security=TERMINAL,
            components=Components(
                security_schemes={
                    "bearer": SecurityScheme(type="http", scheme="bearer", description="Assurance B"),
                    "terminal": SecurityScheme(
                        type="apiKey",
                        name=ASSERTION,
                        security_scheme_in="header",
                        description="A JWT that the terminal signs with its own Ed25519 key",
                    ),
                }
            ),
        ),
        logging_config=None,
        debug=False,
    )
