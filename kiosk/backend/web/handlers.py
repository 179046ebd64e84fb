"""All pages; each part adds its own."""

from __future__ import annotations

from litestar.handlers import BaseRouteHandler

from kiosk.backend.web import door, pages, serving, window

HANDLERS: tuple[BaseRouteHandler, ...] = (*pages.HANDLERS, *door.HANDLERS, *serving.HANDLERS, *window.HANDLERS)
