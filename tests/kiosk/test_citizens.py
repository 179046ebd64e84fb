"""Citizens made from the examples of the catalogue: each can say everything that may be asked of them, by touch."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from stdnum.cn import ric

from kiosk import forms
from kiosk.backend.registers.people import DIVISIONS
from kiosk.catalogue import Catalogue, Obtained, load
from kiosk.catalogue.examples import filing
from kiosk.commands.citizens import Citizen, NoSuchExample, Way, citizen, typed
from kiosk.forms import Address, Element, Kind, Question, Repeat, Value
from kiosk.forms.rules import day
from kiosk.settings.model import ASSETS
from kiosk.words import Language
from ui.pilot.journeys import Given

TODAY = date(2026, 11, 22)


@cache
def catalogue() -> Catalogue:
    return load(ASSETS / "catalogue")


def everybody() -> list[tuple[str, int, Citizen]]:
    return [
        (service.id, number, citizen(catalogue(), service.id, TODAY, example=number))
        for service in catalogue().services()
        for number in range(len(service.examples))
    ]


def understood(element: Element, given: Given) -> Value:
    """Return what the screen takes ``given`` for."""
    if element.kind is Kind.DATE:
        return day(str(given), TODAY)
    if element.kind is Kind.TIME:
        return f"{str(given)[:2]}:{str(given)[2:]}"
    if isinstance(given, dict):
        return Address(division=given["division"].rpartition("/")[2], detail=given["detail"])
    return forms.parse(element, tuple(given) if isinstance(given, list) else given)


def test_what_they_say_is_what_the_example_says() -> None:
    for service, number, made in everybody():
        offered = catalogue().service(service)
        filed = filing(catalogue(), service, offered.examples[number], TODAY)
        asked = {page.element.id: page.element for page in filed.matter.form.pages if isinstance(page, Question)}
        for name, answer in filed.answers.single.items():
            if answer.origin != "citizen" or asked[name].computed is not None:
                continue
            said = understood(asked[name], made.journey.answers[name])
            if isinstance(answer.value, Address) and isinstance(said, Address):
                assert answer.value.division.startswith(said.division[:6]), (service, name)
                said = Address(division=answer.value.division, detail=said.detail)
            spoken = typed(answer.value) if isinstance(answer.value, str) else answer.value
            assert said == spoken, (service, number, name)
        for repeat, entries in filed.answers.repeats.items():
            questions = next(page for page in filed.matter.form.pages if isinstance(page, Repeat) and page.id == repeat)
            assert len(made.journey.entries[repeat]) == len(entries)
            for entry, told in zip(entries, made.journey.entries[repeat], strict=True):
                missing = {question.element.id for question in questions.questions} & entry.keys() - told.keys()
                assert not {name for name in missing if entry[name].origin == "citizen"}, (service, repeat)


def test_there_is_a_sheet_for_whatever_may_be_photographed() -> None:
    for service, number, made in everybody():
        filed = filing(catalogue(), service, catalogue().service(service).examples[number], TODAY)
        wanted = {need.material.id for need in filed.matter.materials if Obtained.SCAN in need.material.obtained}
        assert wanted == made.journey.papers.keys()
        assert set(made.journey.papers.values()) == {paper.key for paper in made.papers}


def test_their_number_is_their_own_and_agrees_with_birth_and_sex() -> None:
    for service, _, made in everybody():
        number = made.person.number
        assert ric.is_valid("110101" + number[6:17] + str(ric.calc_check_digit("110101" + number[6:]))), service
        assert number[6:14] == f"{made.person.birth_date:%Y%m%d}"
        assert int(number[16]) % 2 == int(made.person.sex) % 2
        assert made.person.phone == made.facts.get("register.population.phone", made.person.phone)
    assert not number.startswith(tuple(each[:6] for each in DIVISIONS.values()))


def test_what_they_search_for_finds_it_in_every_language() -> None:
    for language in Language:
        for theme in catalogue().one_things:
            find = citizen(catalogue(), theme, TODAY, way=Way.SEARCH, language=language).journey.find
            if find.search:
                assert theme in [hit.id for hit in catalogue().search(find.search, 30)]
                assert find.search.isascii() == (language is Language.EN)
            else:
                assert find.life == catalogue().one_things[theme].stage


def test_a_character_that_no_keyboard_has_is_typed_as_its_pinyin() -> None:
    assert typed("刘䶮例 12号") == "刘YAN例 12号"


def test_a_day_may_be_any() -> None:
    later = citizen(catalogue(), "newborn", TODAY + timedelta(days=400))
    assert later.journey.entries["children"][0]["child.birth_date"] > "2027"  # type: ignore[operator]  # a day as text


def test_who_asks_for_what_is_not_there_is_told_what_there_is() -> None:
    with pytest.raises(NoSuchExample, match="no one-thing"):
        citizen(catalogue(), "no-such", TODAY)
    with pytest.raises(NoSuchExample, match="0 to"):
        citizen(catalogue(), "newborn", TODAY, example=99)
