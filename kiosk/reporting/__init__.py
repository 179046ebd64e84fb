"""How a terminal fares, told to its backend; and what that says in return."""

from kiosk.reporting.reporter import Reporter
from kiosk.reporting.tally import Tally, saw

__all__ = ["Reporter", "Tally", "saw"]
