"""What comes to people by itself: entitlements (免申即享), reminders, and fees the law lets them off."""

from kiosk.backend.benefits.benefits import Benefits
from kiosk.backend.benefits.lookout import Lookout
from kiosk.backend.benefits.reliefs import FeeReliefs
from kiosk.backend.benefits.reminders import Reminding

__all__ = ["Benefits", "FeeReliefs", "Lookout", "Reminding"]
