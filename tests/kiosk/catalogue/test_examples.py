"""Examples become applications: what is known, what the citizen answers, and what comes of it."""

from __future__ import annotations

import argparse
import json
import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kiosk import forms
from kiosk.catalogue import Catalogue, Outcome, command, load
from kiosk.catalogue.examples import facts_of, filing, is_replaced, outcomes, value_of
from kiosk.catalogue.model import ItemExample, ThemeExample
from kiosk.catalogue.report import report, table
from kiosk.forms import Address, Answer
from kiosk.words import Language

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 15)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(DATA)


def test_an_example_means_an_answer_of_its_elements_kind(catalogue: Catalogue) -> None:
    elements = catalogue.elements
    assert value_of(elements["child.birth_date"], "today-30d", TODAY) == date(2026, 2, 13)
    assert value_of(elements["person.birth_date"], "1940-01-01", TODAY) == date(1940, 1, 1)
    assert value_of(elements["house.address"], {"division": "000101", "detail": "一号"}, TODAY) == Address(
        division="000101", detail="一号"
    )
    assert value_of(elements["house.address"], elements["house.address"].example, TODAY) is not None
    assert value_of(elements["house.kind"], "tent", TODAY) is None
    assert value_of(elements["person.birth_date"], "tomorrow", TODAY) is None
    assert value_of(elements["person.married"], None, TODAY) is None
    assert value_of(elements["child.weight_g"], ({},), TODAY) is None


def test_what_an_element_is_known_from_is_a_fact_and_the_answer_comes_from_there(catalogue: Catalogue) -> None:
    filed = filing(catalogue, "old-age", catalogue.items["old-age"].examples[0], TODAY)
    assert filed.facts == {"card.name": "样本", "register.population.name": "样本"}
    assert filed.answers.single["person.name"] == Answer(value="样本", origin="card.name")
    assert filed.answers.single["house.kind"] == Answer(value="own")
    assert forms.validate(filed.matter.form, filed.answers, TODAY, catalogue.divisions) == ()
    assert outcomes(catalogue, filed, TODAY) == {"old-age": Outcome.APPROVED}


def test_what_an_example_gives_is_known_and_what_it_does_not_know_the_citizen_answers(catalogue: Catalogue) -> None:
    given = ItemExample(given={"person.name": "样名"}, outcome=Outcome.APPROVED)
    assert filing(catalogue, "old-age", given, TODAY).facts["card.name"] == "样名"
    unknown = ItemExample(given={"person.name": None}, outcome=Outcome.APPROVED)
    filed = filing(catalogue, "old-age", unknown, TODAY)
    assert filed.facts == {}
    assert filed.answers.single["person.name"] == Answer(value="样本")


def test_answers_off_the_path_are_left_out(catalogue: Catalogue) -> None:
    own = ItemExample(given={"house.kind": "own"}, outcome=Outcome.ACCEPTED)
    assert "house.address" not in filing(catalogue, "housing", own, TODAY).answers.single
    rented = filing(catalogue, "housing", catalogue.items["housing"].examples[0], TODAY)
    assert "house.address" in rented.answers.single


def test_entries_of_a_repeat_are_those_given_or_the_fewest(catalogue: Catalogue) -> None:
    plain = filing(catalogue, "family", catalogue.one_things["family"].examples[0], TODAY)
    (child,) = plain.answers.repeats["children"]
    assert child["child.weight_g"] == Answer(value=3200)
    twins = ThemeExample(given={"children": ({"child.name": "样一"}, {"child.name": "样二"})})
    filed = filing(catalogue, "family", twins, TODAY)
    assert [entry["child.name"].value for entry in filed.answers.repeats["children"]] == ["样一", "样二"]
    late = ThemeExample(given={"children": ({}, {"child.birth_date": "today-9m"})})
    assert outcomes(catalogue, filing(catalogue, "family", late, TODAY), TODAY)["birth"] is Outcome.REFERRED


def test_the_situation_of_an_example_chooses_its_items(catalogue: Catalogue) -> None:
    story = ThemeExample(given={"situation.first": False, "situation.aid": "care"})
    assert [item.id for item in filing(catalogue, "family", story, TODAY).matter.items] == ["housing"]


def test_elements_that_share_a_source_agree_and_what_is_given_counts(catalogue: Catalogue) -> None:
    one = catalogue.elements["person.name"]
    other = msgspec.structs.replace(one, id="person.alias", example="别名")
    assert facts_of(catalogue, {}, [one, other], TODAY)["card.name"] == "样本"
    assert facts_of(catalogue, {"person.alias": "别名"}, [one, other], TODAY)["card.name"] == "别名"


def test_only_licences_that_somebody_holds_replace_a_material(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "catalogue"))
    path = folder / "materials" / "core.yaml"
    words = "{zh-Hans: 证, zh-Hant: 證, en: Card}"
    path.write_text(path.read_text() + f"\ncard: {{name: {words}, obtained: [licence, scan], licence: card}}\n")
    unheld = load(folder)
    assert not is_replaced(unheld.materials["card"], unheld.licences)
    licences = folder / "licences" / "core.yaml"
    licences.write_text(licences.read_text().replace("issuer: health", "issuer: health, held_by: person"))
    held = load(folder)
    assert is_replaced(held.materials["card"], held.licences)
    assert is_replaced(catalogue.materials["household"], catalogue.licences)
    assert is_replaced(catalogue.materials["promise"], catalogue.licences)
    assert not is_replaced(catalogue.materials["form"], catalogue.licences)


def test_the_report_counts_by_the_guides_and_sums_up(catalogue: Catalogue) -> None:
    found = report(catalogue, TODAY)
    (line,) = found.lines
    assert (line.id, line.items, line.guided) == ("family", 3, 0)
    assert (line.saving.fields_before, line.saving.materials_before) == (28, 9)
    # of 2 + 6 + 2 + 3 questions on the path, the name is on the card
    assert line.saving.fields_known == 1
    assert line.saving.materials_asked == 0
    assert line.saving.materials_replaced == 3
    assert line.saving.materials_shared == 2
    assert line.materials_less == 1.0
    assert found.total == line.saving
    assert "成家一件事" in table(found, Language.ZH_HANS)
    assert "total" in table(found, Language.EN)


def test_the_command_writes_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["report", str(DATA), "--language", "en"])) == 0
    assert capsys.readouterr().out.startswith("one-thing")
    assert command.run(parser.parse_args(["report", str(DATA), "--json"])) == 0
    assert json.loads(capsys.readouterr().out)["lines"][0]["id"] == "family"


def test_the_worst_one_thing_comes_first(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "catalogue"))
    content = (folder / "one-things" / "family.yaml").read_text()
    second = content.replace("id: family", "id: home").replace("  - {item: birth, when: situation.first}\n", "")
    (folder / "one-things" / "home.yaml").write_text(second)
    lines = report(load(folder), TODAY).lines
    shares = [line.fields_less for line in lines]
    assert len(lines) == 2
    assert shares == sorted(shares, key=lambda share: share or 0)
