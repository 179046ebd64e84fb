"""All paths as one ASGI application."""

from __future__ import annotations

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from kiosk.backend.house import House
from kiosk.backend.http import applications, people, service
from kiosk.backend.http.bodies import JSON_LIMIT_BYTES
from kiosk.backend.http.failures import on_failure


def make_app(house: House) -> Litestar:
    """Return the application over ``house``; whoever made ``house`` closes it."""
    return Litestar(
        [*people.HANDLERS, *applications.HANDLERS, *service.HANDLERS],
        dependencies={"house": Provide(lambda: house, sync_to_thread=False)},
        exception_handlers={Exception: on_failure},
        request_max_body_size=JSON_LIMIT_BYTES,
        openapi_config=OpenAPIConfig(
            title="OneThing backend",
            version="1",
            description="The contract between kiosks and a city's backend. Semantics: kiosk/contract/README.md.",
            path="/v1",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            components=Components(
                security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer", description="Assurance B")}
            ),
        ),
        logging_config=None,
        debug=False,
    )
