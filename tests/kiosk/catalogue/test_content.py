"""The catalogue that is delivered: whole, in three languages, and true to what each item promises."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

import drivers
from drivers.errors import DeviceError
from kiosk import forms
from kiosk.catalogue import Catalogue, DecisionKind, Holder, Outcome, load
from kiosk.catalogue.auditing import audit
from kiosk.catalogue.loading import read
from kiosk.catalogue.tables import APPROVE, REFER, decide_seen
from kiosk.forms import Element, Question
from kiosk.words import load_sentences

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "assets"

REACHES = {
    DecisionKind.INSTANT: {Outcome.APPROVED},
    DecisionKind.COMMITMENT: {Outcome.APPROVED},
    DecisionKind.INSPECTION: {Outcome.INSPECTION_BOOKED},
    DecisionKind.STANDARD: {Outcome.ACCEPTED},
    DecisionKind.ON_SITE: {Outcome.BOOKED, Outcome.GUIDED},
}
"""What an ordinary, complete application comes to. To a person any may go, but no item declares that."""

CALLED_WITH = re.compile(r"""\bcode\s*=\s*["']([a-z][a-z.-]*)["']""")
"""Codes of error classes, and codes given where an error or an advice is made."""

PROBLEM = re.compile(r"""\("([a-z][a-z.-]*)", [45][0-9]{2}, """)
"""Codes of the backend's problems, with their HTTP status."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ASSETS / "catalogue")


def texts(part: Any, where: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield everything written in several languages, with where it stands."""
    if isinstance(part, dict):
        if "zh-Hans" in part:
            yield where, part
        for key, inner in part.items():
            yield from texts(inner, f"{where} {key}")
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from texts(inner, f"{where} {index}")


def delivered_texts() -> list[tuple[str, Mapping[str, str]]]:
    files = [*sorted((ASSETS / "catalogue").rglob("*.yaml")), ASSETS / "i18n" / "sentences.yaml"]
    return [
        found
        for file in files
        for found in texts(yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader), f"{file.name}:")
    ]


def writable(text: str, encoding: str, besides: str = "") -> str:
    """Return the characters of ``text`` that ``encoding`` does not have."""
    return "".join(
        letter for letter in text if letter not in besides and letter.encode(encoding, errors="ignore") == b""
    )


def test_the_whole_check_finds_nothing() -> None:
    """Every example of every item and one-thing is run, nothing stands unused, no item is a copy of another."""
    assert [str(mistake) for mistake in audit(*read(ASSETS / "catalogue"))] == []


# ---- the words


def test_each_language_is_written_in_its_own_script() -> None:
    # Simplified forms are not in Big5, traditional ones not in GB 2312; two characters of ethnic groups are in neither
    wrong = [
        (where, language, strange)
        for where, text in delivered_texts()
        for language, encoding in (("zh-Hans", "gb2312"), ("zh-Hant", "big5"))
        if (strange := writable(text.get(language, ""), encoding, besides="傈仫"))
    ]
    assert wrong == []


def test_every_text_has_the_same_placeholders_in_every_language() -> None:
    def placeholders(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    wrong = [where for where, text in delivered_texts() if len({frozenset(placeholders(t)) for t in text.values()}) > 1]
    assert wrong == []


def asked(catalogue: Catalogue) -> list[Element]:
    """Return the elements that are asked: not facts, and nothing computed."""
    return [one for one in catalogue.elements.values() if not one.fact and one.computed is None]


def test_a_rule_says_what_to_enter_and_never_only_that_it_is_wrong(catalogue: Catalogue) -> None:
    empty = re.compile(r"有误|有誤|错误|錯誤|非法|不合法|\b(invalid|wrong|illegal|incorrect)\b", re.IGNORECASE)
    wrong = [
        (element.id, rule.rule.value)
        for element in catalogue.elements.values()
        for rule in element.rules
        if empty.search(f"{rule.says.zh_hans} {rule.says.zh_hant} {rule.says.en}")
    ]
    assert wrong == []


def test_every_element_says_what_to_do_when_it_is_left_empty(catalogue: Catalogue) -> None:
    without = [
        element.id
        for element in asked(catalogue)
        if forms.RuleKind.REQUIRED not in {rule.rule for rule in element.rules}
    ]
    assert without == []


# ---- items and tables


def test_every_item_declares_an_outcome_its_way_of_deciding_reaches(catalogue: Catalogue) -> None:
    wrong = [item.id for item in catalogue.items.values() if item.outcome not in REACHES[item.decision]]
    assert wrong == []


def test_what_is_decided_at_once_has_a_table_and_what_is_promised_has_its_promise(catalogue: Catalogue) -> None:
    wrong = [
        item.id
        for item in catalogue.items.values()
        if (item.decision is DecisionKind.INSTANT and item.table is None)
        or (item.decision is DecisionKind.COMMITMENT) != (item.promise is not None)
    ]
    assert wrong == []


def test_nobody_promises_the_same_thing_twice(catalogue: Catalogue) -> None:
    promised = [item.promise for item in catalogue.items.values()]
    promised += [material.promise for material in catalogue.materials.values()]
    words = [promise.zh_hans for promise in promised if promise is not None]
    assert len(words) == len(set(words))


def test_every_table_shows_by_examples_that_it_approves_and_that_each_unknown_column_refers(
    catalogue: Catalogue,
) -> None:
    for table in catalogue.tables.values():
        approved = [example.given for example in table.table.examples if example.decide == APPROVE]
        assert approved, table.id
        for given in approved:
            for index, column in enumerate(table.table.inputs):
                decision = decide_seen(table, {**given, column.name: None})
                # a row that takes any value of a column approves without knowing it
                any_value = decision.row is not None and table.table.rules[decision.row].when[index] == "-"
                assert decision.decide == REFER or any_value, (table.id, column.name)


def test_a_fact_that_decides_alone_cannot_be_typed_in(catalogue: Catalogue) -> None:
    """What only a register can say is never asked for confirmation, so a citizen cannot give it to themselves."""
    for element in ("insurance.months_pension", "insurance.months_medical", "allowance.receiving", "enterprise.status"):
        assert not catalogue.elements[element].confirm


def test_every_one_thing_has_an_icon(catalogue: Catalogue) -> None:
    missing = [
        theme.icon for theme in catalogue.one_things.values() if not (ASSETS / "icons" / f"{theme.icon}.svg").is_file()
    ]
    assert missing == []


# ---- where facts come from


def test_every_register_of_enterprises_and_persons_says_whose_it_is(catalogue: Catalogue) -> None:
    assert {register.holder for register in catalogue.registers.values()} == set(Holder)


# ---- sentences


def codes() -> set[str]:
    """Return every code an error or an advice may carry."""
    for module in pkgutil.walk_packages(drivers.__path__, "drivers."):
        importlib.import_module(module.name)
    found = {DeviceError.code}
    waiting = [DeviceError]
    while waiting:
        below = waiting.pop().__subclasses__()
        found |= {error.code for error in below}
        waiting += below
    for folder in ("drivers", "kiosk"):
        for file in (ROOT / folder).rglob("*.py"):
            # those of diagnostics are for technicians: tests/kiosk/diagnostics looks for their words
            if "diagnostics" not in file.parts:
                found |= set(CALLED_WITH.findall(file.read_text(encoding="utf-8")))
    problems = PROBLEM.findall((ROOT / "kiosk" / "backend" / "problems.py").read_text(encoding="utf-8"))
    assert problems
    found |= set(problems)
    return found


def test_every_code_has_a_sentence() -> None:
    assert codes() - set(load_sentences(ASSETS / "i18n" / "sentences.yaml")) == set()


def test_no_sentence_names_an_error_and_leaves_the_citizen_there() -> None:
    sentences = load_sentences(ASSETS / "i18n" / "sentences.yaml")
    informing = {"printer.paper-near-end", "camera.dark"}
    without = [
        code
        for code, sentence in sentences.items()
        if code not in informing and not re.search("请|可以|会自动", sentence.citizen.zh_hans)
    ]
    assert without == []


# ---- finding


def test_everyday_words_find_their_service(catalogue: Catalogue) -> None:
    lost = [
        (service.id, word)
        for service in catalogue.services()
        for word in service.everyday
        if service.id not in [hit.id for hit in catalogue.search(word)[:3]]
    ]
    assert lost == []


def test_no_situation_question_is_personal(catalogue: Catalogue) -> None:
    for theme in catalogue.one_things.values():
        form = catalogue.situation_form(theme.id)
        for page in () if form is None else form.pages:
            assert isinstance(page, Question)
            assert page.element.known_from == ()
            assert page.element.mask is forms.Mask.NONE
