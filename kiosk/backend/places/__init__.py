"""Where things are in the simulated city."""

from kiosk.backend.places.city_map import CityMap, Place, Street, read_map

__all__ = ["CityMap", "Place", "Street", "read_map"]
