"""What makes sense in a catalogue beyond its form: references, conditions, rules of elements, whole forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.lexicon import Lexicon
from kiosk.catalogue.mistakes import Mistake, did_you_mean
from kiosk.catalogue.model import (
    Carries,
    DecisionKind,
    Division,
    Item,
    Material,
    Obtained,
    OneThing,
    Outcome,
    Register,
    RepeatDeclaration,
    Service,
)
from kiosk.catalogue.reading import Source
from kiosk.catalogue.records import Everything, Records
from kiosk.catalogue.samples import can_hold
from kiosk.catalogue.table_checking import check_table
from kiosk.catalogue.tables import Table, titles_of
from kiosk.forms import Element, Kind, RuleKind, compiled, conditions, element_types
from kiosk.forms.conditions import BOOL, ConditionError, Type
from kiosk.forms.rules import day

_ELEMENT_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_CHECKED = (Kind.ID_NUMBER, Kind.CREDIT_CODE, Kind.BANK_CARD, Kind.PHONE)
_CARD_FIELDS = ("name", "number", "sex", "birth_date", "ethnicity", "address")
_NUMBER_RULES = (RuleKind.MAX_LENGTH, RuleKind.MIN_LENGTH, RuleKind.MINIMUM, RuleKind.MAXIMUM)
_OUTCOMES = {
    DecisionKind.INSTANT: (Outcome.APPROVED,),
    DecisionKind.COMMITMENT: (Outcome.APPROVED,),
    DecisionKind.INSPECTION: (Outcome.INSPECTION_BOOKED,),
    DecisionKind.STANDARD: (Outcome.ACCEPTED,),
    DecisionKind.ON_SITE: (Outcome.BOOKED, Outcome.GUIDED),
}
_ENDS = {
    Carries.FULL: (
        (DecisionKind.INSTANT, DecisionKind.COMMITMENT, DecisionKind.INSPECTION, DecisionKind.STANDARD),
        (Outcome.APPROVED, Outcome.INSPECTION_BOOKED, Outcome.ACCEPTED),
    ),
    Carries.PREFILL_AND_BOOK: ((DecisionKind.ON_SITE,), (Outcome.BOOKED,)),
    Carries.GUIDE: ((DecisionKind.ON_SITE,), (Outcome.GUIDED,)),
}
"""How an item is decided and ends, by how far the terminal carries it."""

APPOINTMENT = ("appointment.date", "appointment.half_day")
"""What every booked item has to ask."""

LISTS = (
    "national-2024-1",
    "national-2024-2",
    "national-2025-1",
    "national-2025-2",
    "national-2026-1",
    "local",
)
"""The lists a one-thing may be on."""


class Checks:
    """Checks the records of a catalogue against each other."""

    def __init__(self, read: Everything) -> None:
        """Take what was read."""
        self.mistakes: list[Mistake] = []
        self._icons = read.root.parent / "icons"
        self._departments = read.departments
        self._licences = read.licences
        self._registers = read.registers
        self._sections = read.sections
        self._repeats = read.repeats
        self._stages = read.stages
        self._groups = read.groups
        self._materials = read.materials
        self._divisions = read.divisions
        self._elements = read.elements
        self._items = read.items
        self._one_things = read.one_things
        self._tables = read.tables
        self._prefixes = {repeat.prefix: repeat for repeat in read.repeats.by_id.values()}
        self.lexicon = Lexicon(read.elements.by_id, read.repeats.by_id.values())
        self.types = self.lexicon.outside

    def run(self) -> dict[str, Table]:
        """Check everything; note what is wrong in ``mistakes`` and return the compiled tables."""
        self._check_divisions()
        self._check_shared()
        for material, source in self._materials:
            self._check_material(material, source)
        for element, source in self._elements:
            self._check_element(element, source)
        for item, source in self._items:
            self._check_item(item, source)
        for theme, source in self._one_things:
            self._check_theme(theme, source)
        return self._check_tables()

    def _inside(self, repeat: RepeatDeclaration) -> dict[str, Type]:
        return dict(self.lexicon.inside(repeat.prefix))

    def _note(self, mistake: Mistake) -> None:
        self.mistakes.append(mistake)

    def _known(self, records: Records[Any], word: str, source: Source, *place: str | int) -> bool:
        if word in records.by_id:
            return True
        cure = did_you_mean(word, records.by_id, f"Declare the {records.what}, or correct the name.")
        self._note(source.mistake(f"unknown {records.what} {word}", cure, *place))
        return False

    def _compile(
        self, when: str | None, types: dict[str, Type], source: Source, *place: str | int
    ) -> conditions.Condition | None:
        if when is None:
            return None
        try:
            return conditions.compile(when, types, expect=BOOL)
        except ConditionError as error:
            self._note(source.mistake(f"in “{when}”: {error.message}", error.cure, *place))
            return None

    def _check_when(self, when: str | None, types: dict[str, Type], source: Source, *place: str | int) -> None:
        """Compile a condition, and see that some answers make it true."""
        condition = self._compile(when, types, source, *place)
        if condition is not None and not can_hold(condition, self._elements.by_id.values(), self._repeats.by_id):
            says = f"“{when}” is never true, so nobody is ever asked"
            self._note(source.mistake(says, "Correct the condition, or delete what it stands for.", *place))

    def _check_divisions(self) -> None:
        seen: set[str] = set()

        def walk(division: Division, source: Source, *place: str | int) -> None:
            if division.code in seen:
                says = f"division {division.code} stands twice"
                self._note(source.mistake(says, "Correct one of the two codes.", *place, "code"))
            seen.add(division.code)
            for index, child in enumerate(division.children):
                walk(child, source, *place, "children", index)

        for division, source in self._divisions:
            walk(division, source)

    def _check_shared(self) -> None:
        """Check what everything else refers to: repeats, licences, registers, groups."""
        for repeat, source in self._repeats:
            self._known(self._sections, repeat.section, source, "section")
            if "{n}" not in repeat.one.zh_hans or "{n}" not in repeat.one.zh_hant or "{n}" not in repeat.one.en:
                self._note(
                    source.mistake(f"one of {repeat.id} has no {{n}}", "Write {n} where the number goes.", "one")
                )
            if not 0 <= repeat.minimum <= repeat.maximum:
                self._note(source.mistake("minimum is above maximum", "Exchange them.", "minimum"))
        for licence, source in self._licences:
            self._known(self._departments, licence.issuer, source, "issuer")
        for register, source in self._registers:
            if register.department is not None:
                self._known(self._departments, register.department, source, "department")
            self._check_hours(register, source)
        for group, source in self._groups:
            for index, need in enumerate(group.needs):
                self._known(self._elements, need.element, source, "needs", index, "element")

    def _check_hours(self, register: Register, source: Source) -> None:
        """Check when a register answers, and when it is announced not to."""
        if register.hours is not None and register.hours.closes <= register.hours.opens:
            self._note(source.mistake("a register closes before it opens", "Exchange them.", "hours"))
        for index, outage in enumerate(register.outages):
            if outage.begins.tzinfo is None or outage.ends.tzinfo is None:
                self._note(source.mistake("a moment without a time zone", "Add +08:00.", "outages", index))
            elif outage.ends <= outage.begins:
                self._note(source.mistake("an outage ends before it begins", "Exchange them.", "outages", index))

    def _check_material(self, material: Material, source: Source) -> None:
        if not material.obtained:
            self._note(source.mistake(f"{material.id} can be obtained in no way", "Name at least scan.", "obtained"))
        needed = {
            Obtained.LICENCE: ("licence", material.licence),
            Obtained.REGISTER: ("register", material.register),
            Obtained.COMMITMENT: ("promise", material.promise),
        }
        for way, (key, value) in needed.items():
            if way in material.obtained and value is None:
                says = f"{material.id} is obtained by {way}, but has no {key}"
                self._note(source.mistake(says, f"Add {key}: …", "obtained"))
            if way not in material.obtained and value is not None:
                says = f"{material.id} has a {key}, but is not obtained by {way}"
                self._note(source.mistake(says, f"Add {way} to obtained, or delete {key}.", key))
        if material.licence is not None:
            self._known(self._licences, material.licence, source, "licence")
        if material.register is not None:
            self._known(self._registers, material.register, source, "register")

    def _check_element(self, element: Element, source: Source) -> None:
        if not _ELEMENT_ID.fullmatch(element.id):
            says = f"{element.id} is no name for an element"
            self._note(source.mistake(says, "Write lower case with dots: person.birth_date."))
        prefix = element.id.partition(".")[0]
        if prefix not in self._prefixes:
            self._known(self._sections, prefix, source)
        self._check_choices(element, source)
        self._check_sentences(element, source)
        self._check_rules(element, source)
        for index, name in enumerate(element.known_from):
            self._check_known_from(name, source, "known_from", index)

    def _check_sentences(self, element: Element, source: Source) -> None:
        if element.fact and element.computed is not None:
            says = f"{element.id} cannot be a fact and computed"
            self._note(source.mistake(says, "Delete fact or computed.", "computed"))
        if element.fact and not element.known_from:
            says = f"{element.id} is a fact, but is known from nowhere"
            self._note(source.mistake(says, "Add known_from, or delete fact: true.", "fact"))
        if element.computed is None and element.example is None:
            says = f"{element.id} has no example"
            self._note(source.mistake(says, "Add example: an answer that is valid and visibly made up."))

    def _check_rules(self, element: Element, source: Source) -> None:
        repeat = self._prefixes.get(element.id.partition(".")[0])
        types = self.types if repeat is None else self._inside(repeat)
        if element.computed is not None:
            kind = element_types([element]).get(element.id)
            try:
                conditions.compile(
                    element.computed, types, expect=kind if isinstance(kind, conditions.Scalar) else None
                )
            except ConditionError as error:
                self._note(source.mistake(f"in “{element.computed}”: {error.message}", error.cure, "computed"))
        for index, rule in enumerate(element.rules):
            place = ("rules", index, "value")
            try:
                if rule.rule in _NUMBER_RULES and type(rule.value) is not int:
                    self._note(source.mistake(f"{rule.rule} needs a whole number", "Write value: 50.", *place))
                elif rule.rule is RuleKind.PATTERN:
                    re.compile(str(rule.value))
                elif rule.rule in (RuleKind.EARLIEST, RuleKind.LATEST):
                    day(str(rule.value), date(2024, 2, 29))
                elif rule.rule is RuleKind.WHEN:
                    self._compile(str(rule.value), types, source, *place)
            except re.error as error:
                cure = "Correct the regular expression."
                self._note(source.mistake(f"“{rule.value}” is no pattern: {error}", cure, *place))
            except ValueError:
                says = f"“{rule.value}” is no day"
                self._note(source.mistake(says, "Write 2026-01-31, today, today-6m, today+90d or today-1y.", *place))

    def _check_choices(self, element: Element, source: Source) -> None:
        values = [choice.value for choice in element.choices]
        if element.kind in (Kind.CHOICE, Kind.CHOICES):
            if not values:
                self._note(source.mistake(f"{element.id} has no choices", "Add choices.", "kind"))
        elif values:
            says = f"{element.id} has choices, but is of kind {element.kind}"
            self._note(source.mistake(says, "Write kind: choice, or delete the choices.", "choices"))
        for index, value in enumerate(values):
            if value in values[:index]:
                says = f"choice {value} stands twice"
                self._note(source.mistake(says, "Give it another value.", "choices", index, "value"))

    def _check_known_from(self, name: str, source: Source, *place: str | int) -> None:
        origin, _, rest = name.partition(".")
        record, _, field = rest.partition(".")
        if origin == "card":
            if rest not in _CARD_FIELDS:
                cure = did_you_mean(name, (f"card.{known}" for known in _CARD_FIELDS), "A card has no such field.")
                self._note(source.mistake(f"unknown field {name}", cure, *place))
        elif origin == "register":
            self._known(self._registers, record, source, *place)
        elif origin == "licence":
            if self._known(self._licences, record, source, *place):
                fields = self._licences.by_id[record].fields
                if field not in fields:
                    cure = did_you_mean(field, fields, f"It has: {', '.join(fields)}.")
                    self._note(source.mistake(f"licence {record} has no field {field}", cure, *place))
        elif origin == "service":
            if record not in tuple(Service):
                cure = did_you_mean(record, tuple(Service), f"There are: {', '.join(Service)}.")
                self._note(source.mistake(f"unknown service {record}", cure, *place))
        else:
            says = f"{name} is no place an element can be known from"
            self._note(source.mistake(says, "Begin with card., register., licence. or service.", *place))

    def _check_item(self, item: Item, source: Source) -> None:
        self._known(self._departments, item.department, source, "department")
        self._check_needs(item, source)
        for index, use in enumerate(item.materials):
            self._known(self._materials, use.material, source, "materials", index, "material")
            self._check_when(use.when, self.types, source, "materials", index, "when")
        if item.table is not None:
            self._known(self._tables, item.table, source, "table")
        if item.result.licence is not None:
            self._known(self._licences, item.result.licence, source, "result", "licence")
        self._known(self._stages, item.stage, source, "stage")
        for key, related in (("after", item.after), ("conflicts", item.conflicts)):
            for index, other in enumerate(related):
                self._known(self._items, other.item, source, key, index, "item")
        if not item.examples:
            self._note(source.mistake(f"{item.id} has no example", "Add examples: [{outcome: …}].", "examples"))
        self._check_decision(item, source)

    def _check_needs(self, item: Item, source: Source) -> None:
        seen: set[str] = set()
        for index, need in enumerate(item.needs):
            place = ("needs", index)
            if need.element in seen:
                self._note(source.mistake(f"{need.element} is needed twice", "Delete one of the two.", *place))
            seen.add(need.element)
            if not self._known(self._elements, need.element, source, *place, "element"):
                continue
            repeat = self._prefixes.get(need.element.partition(".")[0])
            if need.repeat != (None if repeat is None else repeat.id):
                cure = "Delete repeat." if repeat is None else f"Add repeat: {repeat.id}."
                says = f"{need.element} is asked {'once' if repeat is None else f'in the repeat {repeat.id}'}"
                self._note(source.mistake(says, cure, *place))
            types = self.types if repeat is None else self._inside(repeat)
            self._check_when(need.when, types, source, *place, "when")

    def _check_decision(self, item: Item, source: Source) -> None:
        if item.decision is DecisionKind.INSTANT and item.table is None:
            self._note(source.mistake(f"{item.id} is decided at once, but has no table", "Add table: …", "decision"))
        if item.decision is DecisionKind.COMMITMENT and item.promise is None:
            self._note(source.mistake(f"{item.id} is decided on a promise, but has none", "Add promise: …", "decision"))
        if item.outcome not in _OUTCOMES[item.decision]:
            says = f"an ordinary application decided by {item.decision} does not come to {item.outcome}"
            cure = f"Write outcome: {' or '.join(_OUTCOMES[item.decision])}."
            self._note(source.mistake(says, cure, "outcome"))
            return
        decisions, outcomes = _ENDS[item.carries]
        if item.decision not in decisions or item.outcome not in outcomes:
            says = f"what the terminal carries as {item.carries} is not decided by {item.decision} as {item.outcome}"
            cure = f"Write decision: {' or '.join(decisions)}, outcome: {' or '.join(outcomes)}."
            self._note(source.mistake(says, cure, "carries"))
        needed = {need.element for need in item.needs}
        if item.outcome is Outcome.BOOKED and not needed.issuperset(APPOINTMENT):
            says = f"{item.id} ends in an appointment, but asks for none"
            self._note(source.mistake(says, "Add the group appointment to needs.", "needs"))

    def _check_theme(self, theme: OneThing, source: Source) -> None:
        self._known(self._departments, theme.lead, source, "lead")
        self._known(self._stages, theme.stage, source, "stage")
        if theme.list not in LISTS:
            cure = did_you_mean(theme.list, LISTS, f"Lists are: {', '.join(LISTS)}.")
            self._note(source.mistake(f"there is no list {theme.list}", cure, "list"))
        for index, companion in enumerate(theme.companions):
            self._known(self._items, companion, source, "companions", index)
        if not theme.examples:
            self._note(source.mistake(f"{theme.id} has no example", "Add examples: [{given: …}].", "examples"))
        if theme.per is not None:
            self._known(self._repeats, theme.per, source, "per")
        if self._icons.is_dir() and not (self._icons / f"{theme.icon}.svg").is_file():
            cure = did_you_mean(theme.icon, (icon.stem for icon in self._icons.glob("*.svg")), "Add the icon.")
            self._note(source.mistake(f"there is no icon {theme.icon}", cure, "icon"))
        situation = []
        for index, element in enumerate(theme.situation):
            if self._known(self._elements, element, source, "situation", index):
                situation.append(self._elements.by_id[element])
        types = element_types(situation)
        for index, used in enumerate(theme.items):
            place = ("items", index)
            self._known(self._items, used.item, source, *place, "item")
            self._check_when(used.when, types, source, *place, "when")
        if not theme.items:
            self._note(source.mistake(f"{theme.id} has no items", "Name the items it merges.", "items"))

    def _check_tables(self) -> dict[str, Table]:
        titles = titles_of(self._elements.by_id, self._repeats.by_id)
        types = dict(self.types)
        for repeat in self._repeats.by_id.values():
            types |= self._inside(repeat)
        tables: dict[str, Table] = {}
        for table, source in self._tables:
            found, mistakes = check_table(table, source, types, titles, self._elements.by_id)
            self.mistakes += mistakes
            if found is not None:
                tables[table.id] = found
        used = {item.table for item in self._items.by_id.values()}
        for table, source in self._tables:
            if table.id not in used:
                self._note(
                    source.mistake(f"no item uses the table {table.id}", "Name it in an item, or delete it.", "id")
                )
        return tables


def whole(catalogue: Catalogue, one_things: Records[OneThing], items: Records[Item]) -> tuple[Mistake, ...]:
    """Return what is wrong with the forms that the catalogue merges: conditions that wait for each other in a ring."""
    today = date(2024, 2, 29)
    found: list[Mistake] = []
    merged: Iterable[tuple[str, Source, tuple[str, ...]]] = (
        *((theme.id, source, tuple(used.item for used in theme.items)) for theme, source in one_things),
        *((item.id, source, (item.id,)) for item, source in items),
    )
    for identity, source, chosen in merged:
        key = "needs" if identity in items.by_id else "items"
        try:
            form = compiled(catalogue.merged(identity, chosen, today).form)
        except ConditionError as error:
            # each condition is good by itself, but a computed answer rests on itself
            found.append(source.mistake(f"in “{error.source}”: {error.message}", error.cure, key))
            continue
        rings = [form.ring, *(step.ring for step in form.steps.values() if hasattr(step, "ring"))]
        for ring in rings:
            if ring:
                says = f"the conditions of {', '.join(ring)} wait for each other"
                found.append(source.mistake(says, "Let one of them be asked without the other.", key))
    return tuple(found)
