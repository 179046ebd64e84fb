"""What everything here speaks of; without the libraries, which are only imported when somebody asks for a way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from kiosk.backend.transport import sentences
from kiosk.contract import Route, TravelHours
from kiosk.words import Text

HIGHWAYS, CITY_ROADS = 0, 1
"""Whose a segment is: 公路, of the transport bureau; 城市道路, of the urban management bureau."""
AUTHORITIES = ("transport", "city-management")
"""Departments of the catalogue, by those values."""
MEASURES = ("height_cm", "width_cm", "length_cm", "weight_kg", "axle_kg")
"""What is limited, and what a vehicle has of it."""
HEIGHT, WIDTH, LENGTH, WEIGHT, AXLE = range(5)


class Vehicle(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle with its load."""

    height_cm: int
    width_cm: int
    length_cm: int
    weight_kg: int
    axle_kg: int
    """On the axle that carries most."""


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """When of a day it travels; past midnight where it ends before it begins."""

    from_minute: int
    to_minute: int


HOURS: Mapping[TravelHours, Hours] = {
    TravelHours.DAY: Hours(from_minute=9 * 60, to_minute=16 * 60),
    TravelHours.NIGHT: Hours(from_minute=22 * 60, to_minute=5 * 60),
}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A way that is asked for."""

    origin: str
    destination: str
    """Ids of landmarks."""
    hours: TravelHours
    first_day: date
    last_day: date
    vehicle: Vehicle


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """What there is for a question."""

    route: Route | None
    other: Text | None = None
    """Hours of the day at which there would be a way, where there is none at those asked for."""


def hours_text(hours: TravelHours) -> Text:
    """Return when of a day it is, as people say it."""
    of_day = HOURS[hours]
    words = sentences.EVERY_DAY if of_day.to_minute > of_day.from_minute else sentences.OVER_NIGHT
    return words.filled(start=clock(of_day.from_minute), end=clock(of_day.to_minute))


def clock(minute: int) -> str:
    """Return a time of the day as digits."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
