"""All pages of the window."""

from __future__ import annotations

from litestar.handlers import BaseRouteHandler

from kiosk.backend.web.window import acting, cases, deliveries, helping, journal, lists

HANDLERS: tuple[BaseRouteHandler, ...] = (
    *lists.HANDLERS,
    *cases.HANDLERS,
    *acting.HANDLERS,
    *deliveries.HANDLERS,
    *helping.HANDLERS,
    *journal.HANDLERS,
)
