"""Pages for citizens' phones: small, in three languages, without a script."""

from kiosk.backend.web.phone.handlers import HANDLERS

__all__ = ["HANDLERS"]
