"""Pages of the backend for people with a browser: staff at their desks, citizens at their phones."""

from kiosk.backend.web.failures import failing
from kiosk.backend.web.handlers import HANDLERS

__all__ = ["HANDLERS", "failing"]
