"""Filling an empty database with the simulated city."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from kiosk.backend.registers.people import Person
from kiosk.backend.registers.stories import entries_of, licences_of
from kiosk.backend.storage import schema

Row = dict[str, Any]


def seed(connection: Connection, people: Sequence[Person], today: date) -> None:
    """Put ``people`` and what is known of them into the database, if nobody is there yet."""
    if connection.execute(select(schema.resident.c.id).limit(1)).first():
        return
    by_key = {person.key: person for person in people}
    residents: list[Row] = []
    entries: list[Row] = []
    licences: list[Row] = []
    for number, person in enumerate(people, 1):
        residents.append(
            {
                "id": number,
                "kind": person.kind,
                "number": person.number,
                "name": person.name,
                "english_name": person.english_name,
                "phone": person.phone,
                "social_security_card": person.social_security_card,
                "household": person.household,
            }
        )
        entries.extend(
            {
                "register": entry.register,
                "resident": number,
                "reference": entry.reference,
                "as_of": today,
                "facts": msgspec.json.encode(entry.facts).decode(),
            }
            for entry in entries_of(person, by_key)
        )
        licences.extend(
            {
                "type": held.type,
                "number": held.number,
                "resident": number,
                "issued_on": held.issued_on,
                "valid_until": held.valid_until,
                "revoked": False,
                "fields": msgspec.json.encode(held.fields).decode(),
            }
            for held in licences_of(person, by_key)
        )
    connection.execute(insert(schema.resident), residents)
    connection.execute(insert(schema.register_entry), entries)
    connection.execute(insert(schema.licence), licences)
