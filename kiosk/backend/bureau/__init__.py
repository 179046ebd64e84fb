"""What the bureau is told: sums of what was done, from which nobody can be found."""

from kiosk.backend.bureau.counting import EVERY_S, count
from kiosk.backend.bureau.counts import NO_THEME, Count, add

__all__ = ["EVERY_S", "NO_THEME", "Count", "add", "count"]
