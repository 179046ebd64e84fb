"""How results reach their owners, and the links that lead on to a phone."""

from kiosk.backend.delivery.deliveries import Deliveries
from kiosk.backend.delivery.links import Links
from kiosk.backend.delivery.points import read_points
from kiosk.backend.delivery.resuming import Resuming

__all__ = ["Deliveries", "Links", "Resuming", "read_points"]
