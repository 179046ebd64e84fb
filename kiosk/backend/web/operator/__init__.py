"""The operator's pages: the fleet of terminals, and the bureau's report."""

from kiosk.backend.web.operator.fleet import HANDLERS as FLEET

HANDLERS = FLEET

__all__ = ["HANDLERS"]
