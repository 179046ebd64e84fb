"""What comes after a matter and beside it: ratings that are followed up, complaints, the queue of a hall."""

from kiosk.backend.service.calling import Calling
from kiosk.backend.service.complaints import Complaints
from kiosk.backend.service.halls import HallPlan, read_halls
from kiosk.backend.service.queue import Queue
from kiosk.backend.service.ratings import Ratings

__all__ = ["Calling", "Complaints", "HallPlan", "Queue", "Ratings", "read_halls"]
