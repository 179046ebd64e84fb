"""Making the simulated city: who lives there, what is known of them, who acts for whom.

The city is made anew when what it is made from has changed: the catalogue, the files, the code's people or the day, for
examples are relative to it. Residents stay who they are; what citizens filed is not touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from kiosk.backend.registers.city import City, StaffMember
from kiosk.backend.registers.ordinary import Ordinary
from kiosk.backend.registers.people import Person
from kiosk.backend.storage import insert_if_new, insert_or_update, schema
from kiosk.catalogue import Catalogue

Row = dict[str, Any]

_MADE_FROM = "made-from"


def seed(
    connection: Connection, catalogue: Catalogue, people: Sequence[Person], city: City, today: date, made_from: str
) -> None:
    """Put the city into the database, unless it is there as ``made_from`` says.

    Args:
        connection: A transaction that writes.
        catalogue: Whose elements the registers are asked for.
        people: Who lives there.
        city: What is otherwise with them.
        today: The day that relative dates mean.
        made_from: Names everything the city is made from; when it is another than last time, the city is made anew.
    """
    table = schema.city
    last = connection.execute(select(table.c.value).where(table.c.name == _MADE_FROM)).scalar_one_or_none()
    if last == made_from:
        return
    ids = _residents(connection, people)
    by_key = {person.key: person for person in people}
    for old in (schema.register_entry, schema.licence, schema.mandate, schema.staff):
        connection.execute(delete(old))
    _knowledge(connection, Ordinary(catalogue, by_key, city, today), people, ids, today)
    _helpers(connection, city, by_key, ids, today)
    if last is None:
        _together(connection, city, today)
    made = {"name": _MADE_FROM, "value": made_from}
    insert_or_update(connection, table, made, key=("name",), changes={"value": made_from})


def _residents(connection: Connection, people: Sequence[Person]) -> dict[str, int]:
    """Put in who is not there yet, and what is new of who is; return everybody's id by number."""
    table = schema.resident
    ids = {row.number: row.id for row in connection.execute(select(table.c.number, table.c.id))}
    rows = [{"number": person.number, **_document(person)} for person in people if person.number not in ids]
    known = [{"of": ids[person.number], **_document(person)} for person in people if person.number in ids]
    if known:
        # a card that moves from one to another is nobody's in between
        nobodys = update(table).where(table.c.id == bindparam("of")).values(social_security_card=None)
        connection.execute(nobodys, [{"of": row["of"]} for row in known])
        connection.execute(update(table).where(table.c.id == bindparam("of")), known)
    if rows:
        connection.execute(insert(table), rows)
    return {row.number: row.id for row in connection.execute(select(table.c.number, table.c.id))}


def _document(person: Person) -> Row:
    """Return by what a person is found and reached."""
    return {
        "kind": person.kind,
        "name": person.name,
        "english_name": person.english_name,
        "phone": person.phone,
        "social_security_card": person.social_security_card,
        "household": person.household,
    }


def _knowledge(
    connection: Connection, ordinary: Ordinary, people: Sequence[Person], ids: dict[str, int], today: date
) -> None:
    entries: list[Row] = []
    licences: list[Row] = []
    for person in people:
        resident, known = ids[person.number], ordinary.known(person)
        entries.extend(
            {
                "register": entry.register,
                "resident": resident,
                "reference": entry.reference,
                "as_of": today,
                "facts": msgspec.json.encode(entry.facts).decode(),
            }
            for entry in known.entries
        )
        licences.extend(
            {
                "type": held.type,
                "number": held.number,
                "resident": resident,
                "issued_on": held.issued_on,
                "valid_until": held.valid_until,
                "revoked": False,
                "fields": msgspec.json.encode(held.fields).decode(),
            }
            for held in known.licences
        )
    if entries:
        connection.execute(insert(schema.register_entry), entries)
    if licences:
        connection.execute(insert(schema.licence), licences)


def _helpers(connection: Connection, city: City, people: dict[str, Person], ids: dict[str, int], today: date) -> None:
    """Put in the register of mandates and the members of staff."""
    mandates = []
    for each in city.mandates:
        principal = ids[people[each.principal].number]
        fields = connection.execute(
            select(schema.licence.c.fields).where(
                schema.licence.c.resident == principal, schema.licence.c.type == "business-licence"
            )
        ).scalar_one_or_none()
        company = msgspec.json.decode(fields)["name"] if fields is not None and each.kind == "enterprise" else ""
        mandates.append(
            {
                "reference": each.reference,
                "kind": each.kind,
                "agent": ids[people[each.agent].number],
                "principal": principal,
                "enterprise": company,
                "items": msgspec.json.encode(each.items).decode(),
                "valid_until": today + timedelta(days=each.days),
                "revoked": each.revoked,
            }
        )
    if mandates:
        connection.execute(insert(schema.mandate), mandates)
    if city.staff:
        connection.execute(insert(schema.staff), [_member(each) for each in city.staff])


def _member(each: StaffMember) -> Row:
    row = msgspec.structs.asdict(each)
    return row | {"roles": " ".join(each.roles), "departments": " ".join(each.departments)}


def _together(connection: Connection, city: City, today: date) -> None:
    """Put in what was filed together before, once: from then on the counts move by themselves."""
    for filed in city.filed_together:
        for first, second in combinations(sorted(filed.items), 2):
            values = {"first": first, "second": second, "day": today, "people": filed.people}
            insert_if_new(connection, schema.co_filing, values)
