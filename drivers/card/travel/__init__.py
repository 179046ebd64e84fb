"""The chip of travel documents (ICAO 9303): 港澳居民来往内地通行证, 台湾居民来往大陆通行证, passports."""

from __future__ import annotations

from drivers.card.travel.document import TravelDocument, read_document
from drivers.card.travel.errors import KeyRefused
from drivers.card.travel.files import Face
from drivers.card.travel.mrz import Mrz, MrzError, MrzKey, parse_mrz
from drivers.card.travel.pace import CanKey
from drivers.card.travel.sod import Trust

__all__ = [
    "CanKey",
    "Face",
    "KeyRefused",
    "Mrz",
    "MrzError",
    "MrzKey",
    "TravelDocument",
    "Trust",
    "parse_mrz",
    "read_document",
]
