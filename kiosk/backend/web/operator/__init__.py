"""The operator's pages: the fleet of terminals, what their screens tell, money, and the bureau's report."""

from kiosk.backend.web.operator.fleet import HANDLERS as FLEET
from kiosk.backend.web.operator.messages import HANDLERS as MESSAGES
from kiosk.backend.web.operator.money import HANDLERS as MONEY
from kiosk.backend.web.operator.reports import HANDLERS as REPORTS

HANDLERS = (*FLEET, *MESSAGES, *MONEY, *REPORTS)

__all__ = ["HANDLERS"]
