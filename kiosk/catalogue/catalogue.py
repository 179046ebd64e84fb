"""The loaded catalogue: what can be done here, and every question about it answered from memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

import msgspec

from kiosk import forms
from kiosk.catalogue.divisions import Divisions
from kiosk.catalogue.lexicon import Lexicon
from kiosk.catalogue.merging import BASKET, Parts, merge, situation_form
from kiosk.catalogue.model import (
    Audience,
    Carries,
    City,
    Conflict,
    DecidedAt,
    Department,
    Division,
    Hit,
    Item,
    LicenceType,
    Material,
    Matter,
    OneThing,
    Reach,
    Register,
    RepeatDeclaration,
    RuledOut,
    Saving,
    Stage,
    Wanted,
)
from kiosk.catalogue.saving import saving
from kiosk.catalogue.search import Entry, Index, Words, entry
from kiosk.catalogue.tables import Decision, Table, decide
from kiosk.forms import Answers, Element, Form, PageRef, Section, conditions
from kiosk.words import Language


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """Everything read from a catalogue's folder, checked."""

    version: str
    """Short hash over all files; an application names it."""
    elements: Mapping[str, Element]
    items: Mapping[str, Item]
    one_things: Mapping[str, OneThing]
    materials: Mapping[str, Material]
    departments: Mapping[str, Department]
    divisions: Divisions
    licences: Mapping[str, LicenceType]
    registers: Mapping[str, Register]
    sections: tuple[Section, ...]
    repeats: Mapping[str, RepeatDeclaration]
    stages: Mapping[str, Stage]
    cities: Mapping[str, City]
    tables: Mapping[str, Table]
    lexicon: Lexicon
    entries: Callable[[], tuple[Entry, ...]] | None = None
    """What services are searched by, where it is stored."""


class Catalogue:
    """A catalogue, loaded and checked. It never changes: a new one is another object with another ``version``."""

    def __init__(self, contents: Contents) -> None:
        """Serve ``contents``; use ``load``."""
        self.version = contents.version
        self.elements = contents.elements
        self.items = contents.items
        self.one_things = contents.one_things
        self.materials = contents.materials
        self.departments = contents.departments
        self.divisions = contents.divisions
        self.licences = contents.licences
        self.registers = contents.registers
        self.sections = contents.sections
        self.repeats = contents.repeats
        self.stages = contents.stages
        self.cities = contents.cities
        self.tables = contents.tables
        self.lexicon = contents.lexicon
        self.contents = contents
        self._parts = Parts(
            version=contents.version,
            elements=contents.elements,
            items=contents.items,
            sections=contents.sections,
            repeats=contents.repeats,
            materials=contents.materials,
            departments=contents.departments,
            lexicon=contents.lexicon,
        )
        self._situations: dict[str, Form | None] = {}
        self._matters: dict[tuple[str, tuple[str, ...], date], Matter] = {}
        self._index: Index | None = None

    @property
    def types(self) -> conditions.Types:
        """Every name of every condition, outside of repeats."""
        return self.lexicon.outside

    def division(self, code: str) -> Division | None:
        """Return the division of that code."""
        return self.divisions.division(code)

    def division_name(self, code: str, language: Language) -> str:
        """Return the name from the widest division down to ``code``; the code itself when it is unknown."""
        names = self.divisions.names(code, language)
        return (", ".join(reversed(names)) if language is Language.EN else "".join(names)) or code

    def has_service(self, identity: str) -> bool:
        """Say whether there is a one-thing, or an item that is offered by itself, of that id."""
        return identity in self.one_things or (identity in self.items and self.items[identity].alone)

    def service(self, identity: str) -> OneThing | Item:
        """Return the one-thing or the item of that id.

        Raises:
            KeyError: There is neither.
        """
        return self.one_things[identity] if identity in self.one_things else self.items[identity]

    def services(self) -> tuple[OneThing | Item, ...]:
        """Return everything that can be chosen: one-things first, then items by themselves, those of persons first."""
        return _services(self.contents)

    def by_department(self, department: str) -> tuple[OneThing | Item, ...]:
        """Return the services that a department leads or decides."""
        return tuple(
            service
            for service in self.services()
            if (service.lead if isinstance(service, OneThing) else service.department) == department
        )

    def situation_form(self, identity: str) -> Form | None:
        """Return the form of the questions asked before the guide; ``None`` when there are none."""
        if identity not in self.one_things:
            return None
        if identity not in self._situations:
            self._situations[identity] = situation_form(self._parts, self.one_things[identity])
        return self._situations[identity]

    def matter(self, identity: str, situation: Answers, today: date) -> Matter:
        """Return what a citizen came for, as one form and one list of materials.

        Args:
            identity: A one-thing, whose items the situation chooses (an unknown condition keeps its item), or an item.
            situation: The answers to the situation questions.
            today: The day.

        Raises:
            KeyError: There is no such one-thing or item.
        """
        theme = self.one_things.get(identity)
        if theme is None:
            return self.merged(identity, (identity,), today)
        form = self.situation_form(identity)
        chosen = [
            used.item
            for used in theme.items
            if used.when is None or form is None or forms.holds(form, used.when, situation, today) is not False
        ]
        return self.merged(identity, chosen or [used.item for used in theme.items], today)

    def merged(self, identity: str, items: Collection[str], today: date) -> Matter:
        """Return the matter made of exactly these items, such as an application names them.

        Args:
            identity: The one-thing or the single item they belong to, or ``BASKET``: any items, put together freely.
            items: Ids of items, in any order; a basket keeps theirs.
            today: The day.

        Raises:
            KeyError: There is no such one-thing or item, or an item does not belong to it.
        """
        theme = self.one_things.get(identity)
        if identity == BASKET:
            belong = tuple(dict.fromkeys(item for item in items if item in self.items))
        else:
            belong = (identity,) if theme is None else tuple(used.item for used in theme.items)
        strange = set(items).difference(belong)
        if strange or not items:
            raise KeyError(identity, *sorted(strange))
        key = (identity, tuple(item for item in belong if item in items), today)
        # read once: a backend asks from several threads, and another may clear in between
        found = self._matters.get(key)
        if found is None:
            found = merge(self._parts, identity, theme, tuple(self.items[item] for item in key[1]), today)
            if len(self._matters) >= _MATTERS_KEPT:
                self._matters.clear()
            self._matters[key] = found
        return found

    def conflicts(self, items: Collection[str]) -> tuple[Conflict, ...]:
        """Return which of ``items`` cannot be applied for together, each pair once, in the order of ``items``."""
        found: dict[frozenset[str], Conflict] = {}
        for item in items:
            for other in self.items[item].conflicts if item in self.items else ():
                if other.item in items:
                    pair = frozenset((item, other.item))
                    found.setdefault(pair, Conflict(item=item, other=other.item, says=other.says))
        return tuple(found.values())

    def wanted_before(self, items: Collection[str]) -> tuple[Wanted, ...]:
        """Return what ``items`` want done before them or with them, and what is not among ``items``."""
        return tuple(
            Wanted(item=item, before=other.item, says=other.says)
            for item in items
            if item in self.items
            for other in self.items[item].after
            if other.item not in items
        )

    def deciding_cities(self, item: str) -> tuple[City, ...]:
        """Return the other cities that an item filed here can be decided in; none where this one always decides.

        What ends at a counter is not sent away: the counter is here.

        Raises:
            KeyError: There is no such item.
        """
        found = self.items[item]
        if found.decided_at is DecidedAt.HERE or found.carries is not Carries.FULL:
            return ()
        order = tuple(Reach)
        return tuple(city for city in self.cities.values() if order.index(city.reach) <= order.index(found.filed))

    def search(self, query: str, limit: int = 10) -> tuple[Hit, ...]:
        """Return the services that fit everyday words, pinyin or its initials, best first; see ``search``."""
        if self._index is None:
            stored = self.contents.entries
            self._index = Index(entries_of(self.contents, spelled=False) if stored is None else stored())
        found = self._index.search(query, limit)
        return tuple(
            Hit(id=identity, name=self.service(identity).name, summary=self.service(identity).summary, score=score)
            for identity, score in found
        )

    def saving(
        self, matter: Matter, answers: Answers, known: Collection[str], materials_replaced: Collection[str]
    ) -> Saving:
        """Return what the merge spares against filing the items one by one; see ``saving.saving``."""
        return saving(matter, answers, known, materials_replaced)

    def decide(self, table: str, form: Form, answers: Answers, today: date, entry: PageRef | None = None) -> Decision:
        """Return what the table of that id says about the answers that count.

        Args:
            table: Id of the table.
            form: The form answered.
            answers: The answers.
            today: The day.
            entry: Any page of the entry it is about, when every entry makes an application of its own.

        Raises:
            KeyError: There is no such table.
        """
        repeat, index = (None, None) if entry is None else (entry.repeat, entry.entry)
        values = forms.environment(form, answers, today, repeat=repeat, entry=index)
        return decide(self.tables[table], values, today)


_MATTERS_KEPT = 64
"""Merged matters kept; a terminal needs a handful, a backend as many as there are combinations in use."""


def preview(matter: Matter, answers: Answers, today: date, catalogue: Catalogue) -> tuple[RuledOut, ...]:
    """Return which items the known facts already rule out, to be told before submitting. The citizen may go on.

    Args:
        matter: The matter.
        answers: The answers so far.
        today: The day.
        catalogue: The catalogue the matter is from.
    """
    pages: list[PageRef | None] = [None]
    if matter.per is not None:
        count = len(forms.entries(matter.form, answers, matter.per))
        pages = [PageRef(id="", repeat=matter.per, entry=index) for index in range(count)]
    found = []
    for item in matter.items:
        if item.table is None:
            continue
        for page in pages:
            decision = catalogue.decide(item.table, matter.form, answers, today, page)
            if decision.rules_out:
                entry = None if page is None else page.entry
                found.append(RuledOut(item=item.id, reason=decision.reason, entry=entry))
    return tuple(found)


def entries_of(contents: Contents, *, spelled: bool = True) -> tuple[Entry, ...]:
    """Return what the services of ``contents`` are searched by, in the order of ``Catalogue.services``."""
    return tuple(entry(_words(service), spelled=spelled) for service in _services(contents))


def _services(contents: Contents) -> tuple[OneThing | Item, ...]:
    alone = (item for item in contents.items.values() if item.alone)
    return (*contents.one_things.values(), *sorted(alone, key=lambda item: item.audience is not Audience.PERSON))


def _words(service: OneThing | Item) -> Words:
    return Words(
        id=service.id,
        names=(service.name.zh_hans, service.name.zh_hant, service.name.en),
        everyday=service.everyday,
        summary=(service.summary.zh_hans, service.summary.zh_hant, service.summary.en),
        lift=1.15 if isinstance(service, OneThing) else 1.0,
    )
