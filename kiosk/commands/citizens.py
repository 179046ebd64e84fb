"""A citizen made from an example of the catalogue: who they are, what is known, what they say.

The example says what is special about somebody; everything else is the example of each element. Whoever is made has
exactly these facts in the registers of the simulated city (``exactly`` in its ``city.yaml``), and answers by hand what
the registers do not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec
from stdnum.cn import ric

from drivers.idreader.api import DocumentKind
from drivers.simulated.papers import Paper
from drivers.simulated.people import Person
from kiosk.catalogue import Catalogue, ItemExample, Matter, Obtained, OneThing
from kiosk.catalogue.examples import filing, value_of
from kiosk.forms import Address, Element, Form, Kind, Question, Value, to_json
from kiosk.words import Language, Text
from ui.pilot.journeys import Find, Given, Journey
from ui.pilot.typing import is_chinese

KEY: Final = "citizen"
"""Of whoever is made: one in a city."""
_AREA: Final = "000199"
"""Belongs to no place, and to nobody else of the simulated city."""
_BORN: Final = date(1985, 3, 15)
_ADDRESS: Final = "示例市城东区样本路12号3单元502室"
_PHONE: Final = "13800138199"
_TYPED_AT_MOST: Final = 8
"""Characters of a search that a person types at a terminal."""
_FOUND: Final = 30
_RARE: Final = re.compile("[\u3400-\u4dbf\U00020000-\U0003ffff]")
"""Characters of the extensions of Unicode."""
FEN: Final = 100


class Way(StrEnum):
    """How the citizen looks for the service."""

    SEARCH = "search"
    LIFE = "life"
    DEPARTMENT = "department"


class NoSuchExample(LookupError):
    """The catalogue offers no such service, or it has no such example; the message says which there are."""


class Citizen(msgspec.Struct, frozen=True, kw_only=True):
    """One example as a person of the simulated city who files it."""

    journey: Journey
    person: Person
    facts: Mapping[str, Any]
    """What registers and licences know, by source name, as JSON."""
    papers: tuple[Paper, ...]
    """A sheet for everything that may have to be photographed."""
    outcomes: Mapping[str, str]
    """What each item comes to that is filed."""
    guided: tuple[str, ...]
    """Items that are only explained: their guide is printed when nothing is filed."""


def citizen(
    catalogue: Catalogue,
    service: str,
    today: date,
    *,
    example: int = 0,
    way: Way = Way.SEARCH,
    language: Language = Language.ZH_HANS,
    elder: bool = False,
) -> Citizen:
    """Make somebody who does what an example says.

    Args:
        catalogue: The catalogue.
        service: Id of a one-thing, or of an item that is offered by itself.
        today: The day that relative dates mean.
        example: Which of its examples, from 0.
        way: How they look for it; where search finds it by no short words, by stage of life.
        language: Whose words they search by.
        elder: They ask for the elder mode (长辈版).

    Raises:
        NoSuchExample: There is no such service or example.
    """
    if not catalogue.has_service(service):
        raise NoSuchExample(f"{service} is no one-thing, and no item that is offered by itself")
    offered = catalogue.service(service)
    if not 0 <= example < len(offered.examples):
        raise NoSuchExample(f"{service} has the examples 0 to {len(offered.examples) - 1}")
    told = offered.examples[example]
    filed = filing(catalogue, service, told, today)
    facts = _numbered(catalogue, filed.facts)
    forms = [form for form in (catalogue.situation_form(service), filed.matter.form) if form is not None]
    person = _person(facts)
    own: Mapping[str, str]
    if isinstance(told, ItemExample):
        own = {item.id: told.outcome.value for item in filed.matter.items}
    else:
        own = {item.id: told.outcomes.get(item.id, item.outcome).value for item in filed.matter.items}
    papers = tuple(_papers(catalogue, filed.matter, person))
    journey = Journey(
        id=service,
        title=offered.name,
        service=service,
        find=_find(catalogue, service, way, language),
        document=KEY,
        answers=_answers(catalogue, forms, told.given, today),
        entries=_entries(catalogue, filed.matter.form, told.given, today),
        papers={paper.key.removeprefix(f"{KEY}-"): paper.key for paper in papers},
        elder=elder,
        takes_guide=True,
    )
    known = {name: to_json(value) for name, value in facts.items() if not name.startswith("card.")}
    return Citizen(
        journey=journey,
        person=person,
        facts=known,
        papers=papers,
        outcomes=own,
        guided=tuple(item.id for item in filed.matter.guided),
    )


# --- who they are ----------------------------------------------------------------------------------------------------


def _numbered(catalogue: Catalogue, facts: Mapping[str, Value]) -> dict[str, Value]:
    """Return the facts with a number of their own that agrees with birth and sex: no two people have one number."""
    born = facts.get("card.birth_date")
    odd = facts.get("card.sex") == "1"
    seventeen = f"{_AREA}{born if isinstance(born, date) else _BORN:%Y%m%d}{999 if odd else 998}"
    number = seventeen + str(ric.calc_check_digit(seventeen + "0"))
    same = {
        name
        for element in catalogue.elements.values()
        if "card.number" in element.known_from
        for name in element.known_from
    }
    return {**facts, **dict.fromkeys(same & facts.keys(), number), "card.number": number}


def _person(facts: Mapping[str, Value]) -> Person:
    born = facts.get("card.birth_date")
    return Person(
        key=KEY,
        kind=DocumentKind.RESIDENT_ID,
        name=str(facts.get("card.name", "示例人")),
        number=str(facts["card.number"]),
        sex=str(facts.get("card.sex", "2")),
        ethnicity=str(facts.get("card.ethnicity", "01")),
        birth_date=born if isinstance(born, date) else _BORN,
        address=str(facts.get("card.address", _ADDRESS)),
        issuer="示例市公安局城东分局",
        valid_from=date(2020, 1, 1),
        valid_until=date(2040, 1, 1),
        phone=str(facts.get("register.population.phone", _PHONE)),
        social_security_card="C19999991",
    )


def _papers(catalogue: Catalogue, matter: Matter, person: Person) -> Iterable[Paper]:
    """Yield a sheet for every material that may be photographed."""
    for need in matter.materials:
        material = need.material
        if Obtained.SCAN not in material.obtained:
            continue
        asked_by = catalogue.items[need.asked_by[0]].name.zh_hans if need.asked_by else ""
        yield Paper(
            key=f"{KEY}-{material.id}",
            title=material.name.zh_hans[:16],
            english="SPECIMEN",
            look="contract",
            number="样本 00000001",
            text=(f"材料：{material.name.zh_hans}", f"用于：{asked_by}", "本页由演示程序生成，内容均为虚构。"),
            rows=(("姓名", person.name), ("证件号码", person.number), ("日期", "{today-30d}")),
            seal="示例市样本专用章",
        )


# --- how they find it ------------------------------------------------------------------------------------------------


def _find(catalogue: Catalogue, service: str, way: Way, language: Language) -> Find:
    offered = catalogue.service(service)
    if way is Way.SEARCH:
        for words in sorted(_words(offered.everyday, offered.name, language), key=len):
            if any(hit.id == service for hit in catalogue.search(words, _FOUND)):
                return Find(search=words)
    if way is Way.DEPARTMENT:
        return Find(department=offered.lead if isinstance(offered, OneThing) else offered.department)
    return Find(life=offered.stage, audience=offered.audience.value)


def _words(everyday: Iterable[str], name: Text, language: Language) -> Iterable[str]:
    """Yield what can be typed in a moment: Latin letters in English, characters otherwise."""
    for words in (*everyday, name.in_(language)):
        if language is Language.EN:
            typed = words.isascii() and all(each.isalpha() or each == " " for each in words)
        else:
            typed = len(words) <= _TYPED_AT_MOST and all(map(is_chinese, words))
        if typed:
            yield words


# --- what they say ---------------------------------------------------------------------------------------------------


def _answers(catalogue: Catalogue, asked: Iterable[Form], given: Mapping[str, Any], today: date) -> dict[str, Given]:
    said = {}
    for form in asked:
        for page in form.pages:
            if isinstance(page, Question) and (answer := _said(catalogue, page, given, today)) is not None:
                said[page.element.id] = answer
    return said


def _entries(
    catalogue: Catalogue, form: Form, given: Mapping[str, Any], today: date
) -> dict[str, tuple[dict[str, Given], ...]]:
    """Return the entries of every repeat: as many as the example lists, or as few as there may be."""
    listed: dict[str, tuple[dict[str, Given], ...]] = {}
    for page in form.pages:
        if isinstance(page, Question):
            continue
        entries = given.get(page.id)
        wanted = entries if isinstance(entries, tuple) else ({},) * page.minimum
        listed[page.id] = tuple(
            {
                question.element.id: answer
                for question in page.questions
                if (answer := _said(catalogue, question, entry if isinstance(entry, Mapping) else {}, today))
                is not None
            }
            for entry in wanted
        )
    return listed


def _said(catalogue: Catalogue, question: Question, given: Mapping[str, Any], today: date) -> Given | None:
    """Return the answer in the citizen's words; None where there is none, or nobody asks."""
    element = question.element
    unknown = element.id in given and given[element.id] is None
    if element.computed is not None or element.fact or (unknown and not question.required):
        return None
    value = value_of(element, element.example if unknown else given.get(element.id, element.example), today)
    return None if value is None else _spoken(catalogue, element, value)


def _spoken(catalogue: Catalogue, element: Element, value: Value) -> Given:
    """Return a value as it is entered by touch."""
    match value:
        case Address():
            return {"division": "/".join(_chosen(catalogue, value.division)), "detail": typed(value.detail)}
        case bool():
            return value
        case str():
            return value.replace(":", "") if element.kind is Kind.TIME else typed(value)
        case int() if element.kind is Kind.AMOUNT:
            return f"{value // FEN}.{value % FEN:02d}".removesuffix(".00")
        case int():
            return value
        case date():
            return value.isoformat()
        case _:
            return list(value)


def typed(text: str) -> str:
    """Return a text as it can be typed: a rare character (生僻字) that no keyboard has as its Pinyin, as banks do."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(each)[0].upper() if _RARE.fullmatch(each) else each for each in text)


def _chosen(catalogue: Catalogue, division: str) -> Iterable[str]:
    """Yield the divisions that have to be touched on the way to one: where there is only one it is picked by itself."""
    level = tuple(catalogue.divisions)
    for each in catalogue.divisions.line(division):
        if len(level) > 1:
            yield each.code
        level = each.children
