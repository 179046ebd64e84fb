"""Whether the examples are good answers, and whether applications made of them come out as declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import msgspec

from kiosk import forms
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.examples import Filing, filing, outcomes, value_of
from kiosk.catalogue.mistakes import Mistake, did_you_mean
from kiosk.catalogue.model import ItemExample, OneThing, Outcome, ThemeExample
from kiosk.catalogue.reading import Source
from kiosk.catalogue.records import Everything
from kiosk.forms import Answers, Element, Form, PageRef, Question, RuleKind
from kiosk.words import Language

TODAY: Final = date(2026, 3, 2)
"""The day examples are filed on here; a relative day means this one, so the check says the same tomorrow."""


class ExampleCheck:
    """Checks the examples of one catalogue."""

    def __init__(self, catalogue: Catalogue, found: Everything, language: Language) -> None:
        """Check ``catalogue``, whose records are ``found``; quote sentences in ``language``."""
        self._catalogue = catalogue
        self._found = found
        self._language = language

    def of_elements(self) -> Iterator[Mistake]:
        """Yield the examples of elements that are no answers, or that break a rule of their own element."""
        for element, source in self._found.elements:
            if element.computed is None:
                wrong = self._broken(element)
                if wrong is not None:
                    says = f"the example of {element.id} is not valid: {wrong}"
                    yield source.mistake(says, "Write a valid one.", "example")

    def _broken(self, element: Element) -> str | None:
        """Return what is wrong with the example of ``element``; conditions over other answers are not looked at."""
        value = value_of(element, element.example, TODAY)
        if value is None:
            return f"it is no answer of kind {element.kind}"
        rules = tuple(rule for rule in element.rules if rule.rule is not RuleKind.WHEN)
        alone = msgspec.structs.replace(element, rules=rules, fact=False, confirm=True)
        form = Form(version="", sections=(), pages=(Question(element=alone, section="", asked_by=()),))
        says = forms.check(form, PageRef(id=element.id), value, Answers(), TODAY, self._catalogue.divisions)
        return None if says is None else says.in_(self._language)

    def of_services(self) -> Iterator[Mistake]:
        """Yield the examples of items and one-things that cannot be filed or do not come out as they say."""
        for item, source in self._found.items:
            for index, example in enumerate(item.examples):
                yield from self._check(item.id, example, source, index)
        for theme, source in self._found.one_things:
            for index, story in enumerate(theme.examples):
                yield from self._check(theme.id, story, source, index)

    def _check(
        self, identity: str, example: ItemExample | ThemeExample, source: Source, index: int
    ) -> Iterator[Mistake]:
        place = ("examples", index)
        wrong = list(_check_given(self._catalogue, identity, example, source, index))
        if wrong:
            yield from wrong
            return
        filed = filing(self._catalogue, identity, example, TODAY)
        form = filed.matter.form
        errors = forms.validate(form, filed.answers, TODAY, self._catalogue.divisions, language=self._language)
        for error in errors:
            says = f"this example cannot be filed: {error.pointer.removeprefix('/answers/')}: {error.detail}"
            yield source.mistake(says, "Give an answer that is valid here.", *place, "given")
        if errors:
            return
        come_out = outcomes(self._catalogue, filed, TODAY)
        for item, (declared, where) in _declared(identity, example, filed).items():
            came = come_out.get(item)
            if came is None:
                says = f"the example expects {item} to be {declared}, but does not file it"
                yield source.mistake(says, "Correct given, or outcomes.", *place, *where)
            elif came is not declared:
                says = f"the example expects {item} to be {declared}, but it comes out as {came}"
                reason = self._reason(filed, item)
                yield source.mistake(says, f"The table says: {reason}" if reason else "Correct it.", *place, *where)

    def _reason(self, filed: Filing, item: str) -> str:
        table = self._catalogue.items[item].table
        if table is None:
            return ""
        matter = filed.matter
        entry = None if matter.per is None else PageRef(id="", repeat=matter.per, entry=0)
        decision = self._catalogue.decide(table, matter.form, filed.answers, TODAY, entry)
        return decision.reason.in_(self._language)


def _check_given(
    catalogue: Catalogue, identity: str, example: ItemExample | ThemeExample, source: Source, index: int
) -> Iterator[Mistake]:
    """Yield names that are not asked here, and values that are no answers."""
    service = catalogue.service(identity)
    chosen = [used.item for used in service.items] if isinstance(service, OneThing) else [identity]
    needs = [need for item in chosen for need in catalogue.items[item].needs]
    single = {need.element for need in needs if need.repeat is None}
    if isinstance(service, OneThing):
        single |= set(service.situation)
    inside: dict[str, set[str]] = {}
    for need in needs:
        if need.repeat is not None:
            inside.setdefault(need.repeat, set()).add(need.element)
    for name, value in example.given.items():
        place = ("examples", index, "given", name)
        if name in inside:
            entries = value if isinstance(value, tuple) else ()
            if not isinstance(value, tuple) or not all(isinstance(entry, Mapping) for entry in entries):
                yield source.mistake(f"{name} must be a list of entries", "Write [{…}, {…}].", *place)
                continue
            for number, entry in enumerate(entries):
                yield from _values(catalogue, entry, inside[name], source, (*place, number))
        else:
            yield from _values(catalogue, {name: value}, single | inside.keys(), source, place[:-1])


def _values(
    catalogue: Catalogue, given: Mapping[str, object], asked: set[str], source: Source, place: tuple[str | int, ...]
) -> Iterator[Mistake]:
    for name, value in given.items():
        element = catalogue.elements.get(name)
        if name not in asked or element is None:
            cure = did_you_mean(name, asked, "Give what this example's items need.")
            yield source.mistake(f"{name} is not asked here", cure, *place, name)
        elif value is not None and value_of(element, value, TODAY) is None:
            says = f"{name} is no answer of kind {element.kind}"
            yield source.mistake(says, "Write it as in the element's example.", *place, name)


def _declared(
    identity: str, example: ItemExample | ThemeExample, filed: Filing
) -> dict[str, tuple[Outcome, tuple[str | int, ...]]]:
    """Return what each item has to come to, with where the example says so."""
    if isinstance(example, ItemExample):
        return {identity: (example.outcome, ("outcome",))}
    declared: dict[str, tuple[Outcome, tuple[str | int, ...]]] = {
        item.id: (item.outcome, ()) for item in filed.matter.items
    }
    for item, outcome in example.outcomes.items():
        declared[item] = (outcome, ("outcomes", item))
    return declared
