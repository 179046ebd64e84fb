"""From the examples in the files to an application: what the registers know, and what the citizen answers.

Used by tests (each example is filed), by the seeds of the simulated city, and by the report. An example says only what
is special about it; everything else is the example of each element. What an element is known from counts as a fact
where an ordinary resident has it: on the card, in a register, on a licence that says who holds it (``held_by``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from kiosk import forms
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.model import Item, ItemExample, LicenceType, Material, Matter, Obtained, Outcome, ThemeExample
from kiosk.catalogue.tables import REFER
from kiosk.forms import Address, Answer, Answers, Element, Kind, PageRef, Question, Value
from kiosk.forms.rules import day


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """An example, ready to be filed."""

    matter: Matter
    facts: Mapping[str, Value]
    """What is known of the applicant, by source name: ``card.name``, ``register.population.phone``."""
    answers: Answers
    """The answers on the path, facts among them, each with its origin."""


def value_of(element: Element, example: object, today: date) -> Value | None:
    """Return the answer that ``example`` means as an answer to ``element``; ``None`` when it is none of its kind.

    Args:
        element: The element.
        example: As a file writes it: its own ``example``, or what an application's example gives for it.
        today: The day that ``today-30d`` means.
    """
    if element.kind is Kind.DATE and isinstance(example, str):
        try:
            return day(example, today)
        except ValueError:
            return None
    raw: Any = {"division": example.division, "detail": example.detail} if isinstance(example, Address) else example
    if raw is None:
        return None
    try:
        return forms.parse(element, raw)
    except (forms.NotAnAnswer, TypeError):
        return None


def is_held(name: str, licences: Mapping[str, LicenceType]) -> bool:
    """Say whether an ordinary resident has the source ``name``: the card, every register, the licences held."""
    origin, _, rest = name.partition(".")
    if origin != "licence":
        return True
    licence = licences.get(rest.partition(".")[0])
    return licence is not None and licence.held_by is not None


def facts_of(
    catalogue: Catalogue, given: Mapping[str, object], elements: Iterable[Element], today: date
) -> dict[str, Value]:
    """Return what is known of a resident, by source name.

    Args:
        catalogue: The catalogue.
        given: What the example says about elements; ``None``: not known.
        elements: The elements whose sources are wanted. Where two share a source, what is given counts, else the first.
        today: The day.
    """
    facts: dict[str, Value] = {}
    known = [element for element in elements if element.known_from]
    unknown = {name for one in known if one.id in given and given[one.id] is None for name in one.known_from}
    for element in sorted(known, key=lambda one: one.id not in given):
        value = value_of(element, given.get(element.id, element.example), today)
        for name in element.known_from:
            if value is not None and name not in unknown and is_held(name, catalogue.licences):
                facts.setdefault(name, value)
    return facts


def filing(catalogue: Catalogue, identity: str, example: ItemExample | ThemeExample, today: date) -> Filing:
    """Return an example of a one-thing or an item as facts and answers.

    Args:
        catalogue: The catalogue.
        identity: Id of the one-thing or the item.
        example: One of its examples.
        today: The day.

    Raises:
        KeyError: There is no such one-thing or item.
    """
    asked = catalogue.situation_form(identity)
    situation = Answers() if asked is None else _answers(asked, example.given, {}, today)
    matter = catalogue.matter(identity, situation, today)
    form = matter.form
    elements = [page.element for page in form.pages if isinstance(page, Question)]
    facts = facts_of(catalogue, example.given, elements, today)
    return Filing(matter=matter, facts=facts, answers=_answers(form, example.given, facts, today))


def _answers(form: forms.Form, given: Mapping[str, object], facts: Mapping[str, Value], today: date) -> Answers:
    single: dict[str, Answer] = {}
    repeats: dict[str, tuple[dict[str, Answer], ...]] = {}
    for page in form.pages:
        if isinstance(page, Question):
            answer = _answer(page, given, facts, today)
            if answer is not None:
                single[page.element.id] = answer
            continue
        listed = given.get(page.id)
        entries = listed if isinstance(listed, tuple) else ({},) * page.minimum
        repeats[page.id] = tuple(_entry(page.questions, entry, today) for entry in entries)
    return forms.counting(form, Answers(single=single, repeats=repeats), today)


def _entry(questions: Iterable[Question], entry: object, today: date) -> dict[str, Answer]:
    given = entry if isinstance(entry, Mapping) else {}
    answers = ((question.element.id, _answer(question, given, {}, today)) for question in questions)
    return {element: answer for element, answer in answers if answer is not None}


def _answer(question: Question, given: Mapping[str, object], facts: Mapping[str, Value], today: date) -> Answer | None:
    element = question.element
    if element.computed is not None:
        return None
    for name in element.known_from:
        if name in facts:
            return Answer(value=facts[name], origin=name)
    unknown = element.id in given and given[element.id] is None
    # what nobody but a register can say stays unknown; what has to be answered is answered by the citizen
    if element.fact or not element.confirm or (unknown and not question.required):
        return None
    value = value_of(element, element.example if unknown else given.get(element.id, element.example), today)
    return None if value is None else Answer(value=value)


def outcomes(catalogue: Catalogue, filed: Filing, today: date) -> dict[str, Outcome]:
    """Return what the tables make of each item: the outcome it declares, or a referral where any entry refers."""
    filed_items = {item.id: _outcome(catalogue, filed, item, today) for item in filed.matter.items}
    return filed_items | {item.id: item.outcome for item in filed.matter.guided}


def _outcome(catalogue: Catalogue, filed: Filing, item: Item, today: date) -> Outcome:
    if item.table is None:
        return item.outcome
    matter = filed.matter
    pages: list[PageRef | None] = [None]
    if matter.per is not None:
        count = len(forms.entries(matter.form, filed.answers, matter.per))
        pages = [PageRef(id="", repeat=matter.per, entry=index) for index in range(count)]
    decisions = [catalogue.decide(item.table, matter.form, filed.answers, today, page).decide for page in pages]
    return Outcome.REFERRED if REFER in decisions else item.outcome


def is_replaced(material: Material, licences: Mapping[str, LicenceType]) -> bool:
    """Say whether a licence, a register or a promise replaces ``material`` for an ordinary resident."""
    return any(
        way in (Obtained.REGISTER, Obtained.COMMITMENT)
        or (way is Obtained.LICENCE and is_held(f"licence.{material.licence}.", licences))
        for way in material.obtained
    )
