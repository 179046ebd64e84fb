"""A technician's visit as a pure machine: ``step(visit, event)`` returns the visit after it and what is to be done."""

from kiosk.diagnostics.visit.machine import fresh, step
from kiosk.diagnostics.visit.state import Door, DoorField, Heard, Place, Trend, Visit, Waiting, Where, releasable

__all__ = [
    "Door",
    "DoorField",
    "Heard",
    "Place",
    "Trend",
    "Visit",
    "Waiting",
    "Where",
    "fresh",
    "releasable",
    "step",
]
