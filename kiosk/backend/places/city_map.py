"""The map of the simulated city: streets with house numbers, and places of several kinds, on a grid in metres.

An address is found by its division, the name of a street in it and a house number; what is not found is nowhere, and
nothing is near it. A city puts its own geocoder behind ``locate`` and ``nearest``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.catalogue.recommending import Near
from kiosk.words import Text

_HOUSE = re.compile(r"\s*([0-9]{1,4})")
"""The house number after the name of the street."""

Point = tuple[float, float]
"""East and north in metres."""


class Street(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A street, straight, with its house numbers in a row."""

    name: str
    division: str
    start: Point
    """Of house number 0."""
    step: Point
    """From one number to the next."""


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that speaks for or against doing things nearby."""

    kind: str
    name: Text
    at: Point


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    streets: tuple[Street, ...] = ()
    places: tuple[Place, ...] = ()


class CityMap:
    """Where streets and places are."""

    def __init__(self, streets: tuple[Street, ...] = (), places: tuple[Place, ...] = ()) -> None:
        self._streets = streets
        self._places = places

    def locate(self, address: Mapping[str, str]) -> Point | None:
        """Return where ``{division, detail}`` is; ``None`` when the map does not say."""
        detail = address.get("detail", "")
        for street in self._streets:
            found = detail.find(street.name)
            if street.division != address.get("division") or found < 0:
                continue
            house = _HOUSE.match(detail, found + len(street.name))
            if house is None:
                return None
            number = int(house[1])
            return street.start[0] + number * street.step[0], street.start[1] + number * street.step[1]
        return None

    def nearest(self, point: Point) -> dict[str, Near]:
        """Return the nearest place of each kind."""
        found: dict[str, Near] = {}
        for place in self._places:
            metres = round(math.dist(point, place.at))
            if place.kind not in found or metres < found[place.kind].metres:
                found[place.kind] = Near(metres=metres, name=place.name)
        return found


def read_map(path: Path) -> CityMap:
    """Return the map at ``path``; an empty one when there is none.

    Raises:
        OSError: it cannot be read.
        msgspec.ValidationError: it is no map; the message names the place.
    """
    if not path.exists():
        return CityMap()
    file = msgspec.yaml.decode(path.read_bytes(), type=_File)
    return CityMap(file.streets, file.places)
