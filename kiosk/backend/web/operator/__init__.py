"""The operator's pages: the fleet of terminals, and the bureau's report."""

from kiosk.backend.web.operator.fleet import HANDLERS as FLEET
from kiosk.backend.web.operator.reports import HANDLERS as REPORTS

HANDLERS = (*FLEET, *REPORTS)

__all__ = ["HANDLERS"]
