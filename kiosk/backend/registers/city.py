"""``city.yaml``: what is otherwise with the people of the simulated city, who acts for whom, and who helps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec


class StaffMember(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member of staff, such as may stand beside a citizen (帮办代办员)."""

    number: str
    name: str
    department: str
    phone: str
    roles: tuple[str, ...] = ("helper",)
    """``kiosk.backend.web.staff.Role``: ``helper``, ``clerk``, ``operator``, ``supervisor``."""
    departments: tuple[str, ...] = ()
    """Those whose cases a clerk works on; none: the comprehensive window (综窗), all of them."""


class SeededMandate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of the register of mandates."""

    reference: str
    kind: str
    """``person`` or ``enterprise``"""
    agent: str
    """Key of a person."""
    principal: str
    """Key of a person; for a company its legal representative."""
    items: tuple[str, ...] = ()
    """Empty: all of that audience."""
    days: int = 365
    """Valid as long from the day the city is made; negative: it has run out."""
    revoked: bool = False


class FiledTogether(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people of the city did before the terminal came: so many filed these items together."""

    items: tuple[str, ...]
    people: int


class City(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file; everything may be left out."""

    registers: Mapping[str, Mapping[str, Mapping[str, Any] | None]] = msgspec.field(default_factory=dict)
    """By person's key and register: fields that are otherwise; ``null``: the field, or the register, knows nothing."""
    everybody: Mapping[str, Mapping[str, Any] | None] = msgspec.field(default_factory=dict)
    """By register what is otherwise with all of whom ``registers`` and the stories do not say it: nobody of an ordinary
    city is a veteran, has just scrapped a car and buried a relative."""
    licences: Mapping[str, Mapping[str, Mapping[str, Any] | None]] = msgspec.field(default_factory=dict)
    """The same for licences: ``null`` for one that the person does not hold."""
    exactly: Mapping[str, Mapping[str, Any]] = msgspec.field(default_factory=dict)
    """By person's key what is known of them and nothing else, by source name: ``register.population.phone``. Such a
    person has an entry in every register and every licence that is held by somebody, be it an empty one."""
    mandates: tuple[SeededMandate, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    filed_together: tuple[FiledTogether, ...] = ()


def read_city(path: Path) -> City:
    """Return the file at ``path``; an empty city when there is none.

    Raises:
        OSError: it cannot be read.
        msgspec.ValidationError: it is no city file; the message names the place.
    """
    return msgspec.yaml.decode(path.read_bytes(), type=City) if path.exists() else City()
