"""All pages; each part adds its own."""

from __future__ import annotations

from litestar.handlers import BaseRouteHandler

from kiosk.backend.web import door, operator, pages, phone, serving, window

HANDLERS: tuple[BaseRouteHandler, ...] = (
    *pages.HANDLERS,
    *door.HANDLERS,
    *serving.HANDLERS,
    *phone.HANDLERS,
    *window.HANDLERS,
    *operator.HANDLERS,
)
