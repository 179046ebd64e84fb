"""Journeys as data: who the citizen is, what they came for, what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.words import Text

Given = str | bool | int | list[str] | dict[str, str]
"""An answer as a person would say it: a choice's value, yes or no, digits, a date, a text, a division and a detail."""


class JourneyError(ValueError):
    """A journey's file cannot be used; names file and cure."""


class Find(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a service is found: exactly one way."""

    tap: bool = False
    """on the list of services"""
    search: str = ""
    """by everyday words"""
    department: str = ""
    """under a department"""
    life: str = ""
    """under a stage of a person's life, or with ``audience`` of an enterprise's"""
    audience: str = "person"
    scan: bool = False
    """by the QR of its guide"""


class Deed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something done with what is one's own: exactly one."""

    supplement: str = ""
    """Hand in what the case of this item waits for."""
    withdraw: str = ""
    """Take the case of this item back."""
    licence: str = ""
    """Look at the first licence of this type, and print it."""
    uses: bool = False
    """Look at who used my data."""
    papers: Mapping[str, str] = {}
    """What is put under the camera, by material id."""


class Journey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One scripted citizen."""

    id: str
    title: Text
    service: str
    """Id of an item or one-thing; ``basket`` for what is put together."""
    find: Find = Find()
    together: Mapping[str, Find] = {}
    """What is put into the basket, by item, and how each is found."""
    document: str
    """Key of the person whose document is laid down."""
    reader: str = "idreader"
    """``idreader`` or ``card``"""
    answers: Mapping[str, Given] = {}
    """By element id; situation questions too."""
    entries: Mapping[str, tuple[Mapping[str, Given], ...]] = {}
    """By repeat id, one mapping an entry."""
    disputed: tuple[str, ...] = ()
    """Elements of known facts that the citizen says are wrong."""
    papers: Mapping[str, str] = {}
    """What is put under the camera, by material id; ``later`` defers it."""
    rating: int = 5
    takes_guide: bool = False
    """Prints where to go for what is done at a counter, beside what is filed."""
    elder: bool = False
    """Asks for the elder mode (长辈版) first of all."""
    by_ear: bool = False
    """Sees nothing of the screen: headphones and five keys."""
    afterwards: tuple[Deed, ...] = ()
    """What they do when they come again, with what is theirs, one after the other."""


def load_journeys(folder: Path) -> dict[str, Journey]:
    """Load every journey of a folder, by id.

    Raises:
        JourneyError: a file is wrong.
    """
    journeys: dict[str, Journey] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            journey = msgspec.yaml.decode(file.read_bytes(), type=Journey)
        except msgspec.MsgspecError as error:
            raise JourneyError(f"{file}: {error}") from error
        journeys[journey.id] = journey
    return journeys
