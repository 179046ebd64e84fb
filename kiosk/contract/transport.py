"""大件运输: the way a heavy vehicle is allowed to take, and who still has to look at what of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.contract.messages import Label, Message
from kiosk.words import Text

_Centimetres = Annotated[int, msgspec.Meta(ge=1, le=20_000)]
_Kilograms = Annotated[int, msgspec.Meta(ge=1, le=2_000_000)]


class TravelHours(StrEnum):
    """When of a day a vehicle travels."""

    DAY = "day"
    NIGHT = "night"
    ANY = "any"
    """whichever has a way that is decided at once, by day first"""


class RouteRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/routes``: which way would it be? About no person; nothing of it is kept."""

    origin: Label
    """``transport.origin``"""
    destination: Label
    hours: TravelHours = TravelHours.ANY
    first_day: date
    height_cm: _Centimetres
    width_cm: _Centimetres
    length_cm: _Centimetres
    weight_kg: _Kilograms
    axle_kg: _Kilograms
    """Of the axle that carries most."""


class RouteStretch(Message, frozen=True, kw_only=True):
    """A road along the way, until another one begins."""

    road: Text
    authority: str
    """Department whose road it is."""
    length_m: int


class RouteDoubt(Message, frozen=True, kw_only=True):
    """A segment that its authority has to look at, because of one limit."""

    authority: str
    road: Text
    structure: str
    """``road``, ``bridge``, ``tunnel``, ``ramp``"""
    at_m: int
    """From the beginning of the way."""
    measure: str
    """``height_cm``, ``width_cm``, ``length_cm``, ``weight_kg``, ``axle_kg``"""
    limit: int | None
    """``None``: nobody knows it."""
    wanted: int
    """Of the vehicle."""


class RoutePart(Message, frozen=True, kw_only=True):
    """What of the way is one authority's to decide."""

    authority: str
    authority_name: Text
    length_m: int
    decided: bool
    """By rules, at once; else the authority looks at its doubts."""


class Route(Message, frozen=True, kw_only=True):
    """A way, in order, with what a permit says of it."""

    origin: Text
    destination: Text
    length_m: int
    minutes: int
    hours: TravelHours
    from_time: str
    """``09:00``; of every day, the next morning where ``until_time`` is earlier."""
    until_time: str
    first_day: date
    last_day: date
    stretches: tuple[RouteStretch, ...]
    parts: tuple[RoutePart, ...]
    doubts: tuple[RouteDoubt, ...] = ()
    conditions: tuple[Text, ...] = ()
    line: tuple[tuple[int, int], ...] = ()
    """To draw it: points in thousandths of the longer side of the picture, from its upper left corner."""


class RouteAnswer(Message, frozen=True, kw_only=True):
    """Answer to ``RouteRequest``."""

    route: Route | None = None
    says: Text
    """What was found in a sentence, or why nothing was and what to try."""
