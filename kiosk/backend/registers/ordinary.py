"""What registers and licences say of an ordinary resident: the example of every element that is known from them.

The stories of the simulated city come first (``stories.py``, ``city.yaml``): a register they tell of says of a person
what they tell, and nothing of whom they do not tell of. Everything else in the catalogue, whoever wrote it, is filled
with the elements' examples, so that a new service works in the simulated city without a line of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zlib import crc32

import msgspec

from kiosk.backend.registers.city import City
from kiosk.backend.registers.people import Person
from kiosk.backend.registers.stories import Entry, HeldLicence, entries_of, licences_of
from kiosk.catalogue import Catalogue, Holder, LicenceType
from kiosk.catalogue.examples import facts_of
from kiosk.forms import Kind, to_json
from kiosk.forms.rules import day

Facts = dict[str, Any]

ADULT_YEARS = 18
_ISSUED_ON = date(2020, 1, 1)
_RELATIVE = re.compile(r"today(?:[+-][0-9]{1,4}[dmy])?")
_VARIES = 5
"""One in so many facts of a made-up resident is not as usual."""
_BUSINESS = "business-licence"
_IDENTITY_CARD = "resident-id"


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of one person."""

    entries: tuple[Entry, ...]
    licences: tuple[HeldLicence, ...]


class Ordinary:
    """Fills in what the stories leave out."""

    def __init__(self, catalogue: Catalogue, people: Mapping[str, Person], city: City, today: date) -> None:
        self._catalogue = catalogue
        self._people = people
        self._city = city
        self._today = today
        self._told = {
            key: (tuple(entries_of(person, people)), tuple(licences_of(person, people)))
            for key, person in people.items()
        }
        self._fields: dict[str, set[str]] = {}
        for entries, licences in self._told.values():
            for entry in entries:
                self._fields.setdefault(f"register.{entry.register}", set()).update(entry.facts)
            for held in licences:
                self._fields.setdefault(f"licence.{held.type}", set()).update(held.fields)
        values = facts_of(catalogue, {}, catalogue.elements.values(), today)
        self._examples: dict[str, Facts] = {}
        for name, value in values.items():
            source, _, field = name.rpartition(".")
            self._examples.setdefault(source, {})[field] = to_json(value)
        self._same = [each.known_from for each in catalogue.elements.values() if len(each.known_from) > 1]
        self._kinds = {name: element for element in catalogue.elements.values() for name in element.known_from}

    def known(self, person: Person) -> Known:
        """Return what registers and the licence library say of ``person``."""
        if (exactly := self._city.exactly.get(person.key)) is not None:
            return self._exactly(person, exactly)
        entries, licences = self._told[person.key]
        if self._today.year - person.birth_date.year < ADULT_YEARS:
            return Known(entries=entries, licences=licences)
        held = {each.type for each in licences}
        own = {name: value for name, value in self._own(person, entries, licences).items() if value is not None}
        has_business = _BUSINESS in held
        return Known(
            entries=tuple(self._entries(person, {each.register: each for each in entries}, own, has_business)),
            licences=tuple(self._licences(person, {each.type: each for each in licences}, own, has_business)),
        )

    def _exactly(self, person: Person, facts: Mapping[str, Any]) -> Known:
        """Return what the city file says of ``person``; nothing is filled in."""

        def under(source: str) -> Facts:
            return {name.removeprefix(source): value for name, value in facts.items() if name.startswith(source)}

        number = f"DZ{person.number[-10:]}"
        return Known(
            entries=tuple(
                Entry(register=name, reference=f"DJ-{person.number[-8:]}", facts=under(f"register.{name}."))
                for name in self._catalogue.registers
            ),
            licences=tuple(
                HeldLicence(
                    type=name, number=number, issued_on=_ISSUED_ON, valid_until=None, fields=under(f"licence.{name}.")
                )
                for name, licence in self._catalogue.licences.items()
                if licence.held_by is not None
            ),
        )

    def _own(self, person: Person, entries: Iterable[Entry], licences: Iterable[HeldLicence]) -> Facts:
        """Return what is this person's own, by source name; sources of one element say the same."""
        own: Facts = {
            "card.name": person.name,
            "card.number": person.number,
            "card.sex": person.sex,
            "card.birth_date": person.birth_date.isoformat(),
            "card.ethnicity": person.ethnicity or None,
            "card.address": person.address or None,
        }
        for entry in entries:
            own |= {f"register.{entry.register}.{field}": value for field, value in entry.facts.items()}
        for held in licences:
            own |= {f"licence.{held.type}.{field}": value for field, value in held.fields.items()}
        for names in self._same:
            told = next((own[name] for name in names if own.get(name) is not None), None)
            if told is not None:
                own |= {name: told for name in names if name not in own}
        return own

    def _entries(self, person: Person, told: Mapping[str, Entry], own: Facts, has_business: bool) -> Iterable[Entry]:
        otherwise = self._city.registers.get(person.key, {})
        for register in self._catalogue.registers.values():
            source = f"register.{register.id}"
            entry = told.get(register.id)
            changes = self._changes(register.id, otherwise, is_told=entry is not None)
            if changes is None:
                continue
            if entry is None:
                belongs = has_business or register.holder is not Holder.ENTERPRISE
                is_silent = source in self._fields or not belongs or self._is_silent(person, source)
                if register.id not in otherwise and is_silent:
                    continue
                entry = Entry(register=register.id, reference=f"DJ-{person.number[-8:]}", facts={})
            facts = self._filled(person, source, entry.facts, own) | self._dated(changes)
            known = {field: value for field, value in facts.items() if value is not None}
            yield Entry(register=register.id, reference=entry.reference, facts=known)

    def _changes(
        self, register: str, otherwise: Mapping[str, Mapping[str, Any] | None], *, is_told: bool
    ) -> Mapping[str, Any] | None:
        """Return what is otherwise with a person in a register; ``None``: it knows nothing of them."""
        own = otherwise.get(register, {})
        usual = self._city.everybody.get(register, {})
        if own is None or (usual is None and not own and not is_told):
            return None
        return {**(usual or {}), **own}

    def _licences(
        self, person: Person, told: Mapping[str, HeldLicence], own: Facts, has_business: bool
    ) -> Iterable[HeldLicence]:
        otherwise = self._city.licences.get(person.key, {})
        for kind in self._catalogue.licences.values():
            source = f"licence.{kind.id}"
            changes = otherwise.get(kind.id, {})
            if changes is None:
                continue
            held = told.get(kind.id)
            if held is None:
                belongs = kind.held_by is Holder.PERSON or (kind.held_by is Holder.ENTERPRISE and has_business)
                is_silent = source in self._fields or not belongs or self._is_silent(person, source)
                if kind.id not in otherwise and is_silent:
                    continue
                held = self._made(person, kind, own)
            filled = self._filled(person, source, held.fields, own) | self._dated(changes)
            known = {field: value for field, value in filled.items() if value is not None}
            # what city.yaml says of a licence may be its days; the example of an element is nobody's own day
            dated = self._dated(changes)
            issued_on, until = dated.get("issued_on"), dated.get("valid_until")
            for name in ("issued_on", "valid_until"):
                if name not in kind.fields and f"{source}.{name}" not in self._kinds:
                    known.pop(name, None)
            yield msgspec.structs.replace(
                held,
                issued_on=_day(issued_on) or held.issued_on,
                valid_until=_day(until) or held.valid_until,
                fields=known,
            )

    def _made(self, person: Person, kind: LicenceType, own: Facts) -> HeldLicence:
        """Return a licence with what follows from who holds it."""
        company = {name: own.get(f"licence.{_BUSINESS}.{name}") for name in ("name", "credit_code", "address")}
        holder = company["name"] if kind.held_by is Holder.ENTERPRISE else None
        number = f"DZ{person.number[-10:]}"
        fields: Facts = {
            "name": holder or person.name,
            "id_number": person.number,
            "household": person.name,
            "number": number,
            "permit": number,
            "unit": company["name"] or person.name,
            "credit_code": company["credit_code"],
            "representative": person.name,
        }
        fields = {field: value for field, value in fields.items() if field in kind.fields}
        if kind.id == _IDENTITY_CARD:
            # the same days as on the card that lies on the reader
            until = person.valid_until
            fields["valid_until"] = None if until is None else until.isoformat()
            begins = person.valid_from or _ISSUED_ON
            return HeldLicence(type=kind.id, number=number, issued_on=begins, valid_until=until, fields=fields)
        return HeldLicence(type=kind.id, number=number, issued_on=_ISSUED_ON, valid_until=None, fields=fields)

    def _filled(self, person: Person, source: str, told: Mapping[str, Any], own: Facts) -> Facts:
        """Return ``told`` with the examples of what no story tells of anybody."""
        facts: Facts = {}
        for field, example in self._examples.get(source, {}).items():
            name = f"{source}.{field}"
            if field not in self._fields.get(source, ()):
                facts[field] = own[name] if name in own else self._varied(person, name, example)
        return facts | dict(told)

    def _is_silent(self, person: Person, source: str) -> bool:
        """Return whether a register knows nothing of this made-up resident, as happens."""
        return person.key.startswith("generated") and _chance(person, source) % (_VARIES * 2) == 0

    def _varied(self, person: Person, name: str, example: Any) -> Any:
        """Return the example, or of some made-up residents something else that the element may be."""
        chance = _chance(person, name)
        if not person.key.startswith("generated") or chance % _VARIES:
            return example
        element = self._kinds[name]
        if element.kind is Kind.YES_NO:
            return not example
        others = [choice.value for choice in element.choices if choice.value != example]
        return others[chance // _VARIES % len(others)] if element.kind is Kind.CHOICE and others else example

    def _dated(self, changes: Mapping[str, Any]) -> Facts:
        return {
            field: day(value, self._today).isoformat()
            if isinstance(value, str) and _RELATIVE.fullmatch(value)
            else value
            for field, value in changes.items()
        }


def _chance(person: Person, source: str) -> int:
    """Return the same number for the same person and source on every machine."""
    return crc32(f"{person.number} {source}".encode())


def _day(written: object) -> date | None:
    """Return the day that stands on a licence."""
    return date.fromisoformat(written) if isinstance(written, str) and written else None
