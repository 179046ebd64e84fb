"""The people of the simulated city, as the simulated documents and cards know them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from drivers.idreader.api import DocumentKind


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the file; what a kind of document lacks is empty."""

    key: str
    note: str = ""
    kind: DocumentKind
    name: str
    english_name: str = ""
    number: str
    sex: str
    ethnicity: str = ""
    nationality: str = ""
    birth_date: date
    address: str = ""
    issuer: str = ""
    valid_from: date
    valid_until: date | None
    """None: 长期, without end."""
    pass_number: str = ""
    phone: str = ""
    social_security_card: str | None = None
    """Its card number (卡号); None: has no card."""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    people: tuple[Person, ...]


def load_people(path: Path) -> dict[str, Person]:
    """Return the people of the YAML file at ``path`` by key, in the order of the file.

    Raises:
        ValueError: the file is not what it should be; names file, entry and field.
    """
    try:
        file = msgspec.yaml.decode(path.read_bytes(), type=_File)
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    people = {person.key: person for person in file.people}
    if len(people) != len(file.people):
        keys = [person.key for person in file.people]
        raise ValueError(f"{path}: the key {next(key for key in keys if keys.count(key) > 1)} is there twice")
    return people
