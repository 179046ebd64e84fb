"""The service that README.zh-CN.md teaches to write, extracted as it stands there, written, checked and decided."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from kiosk.catalogue import Catalogue, decide
from kiosk.catalogue.auditing import audit
from kiosk.catalogue.examples import filing
from kiosk.catalogue.loading import read
from kiosk.catalogue.model import Outcome
from kiosk.catalogue.tables import decide_seen
from kiosk.catalogue.traditional import write_traditional
from kiosk.forms import Answer, Answers

CATALOGUE = Path(__file__).parents[3] / "assets" / "catalogue"
README = (CATALOGUE / "README.zh-CN.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml\n# ([\w/-]+\.yaml)\n(.*?)```", README, re.DOTALL))
TODAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the delivered catalogue with what the page teaches beside it."""
    root = Path(shutil.copytree(CATALOGUE, tmp_path_factory.mktemp("first") / "catalogue"))
    for name, text in FILES.items():
        assert not (root / name).exists(), f"{name}: teach with something that is not delivered"
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    write_traditional(root)
    return root


@pytest.fixture(scope="module")
def catalogue(folder: Path) -> Catalogue:
    loaded, found = read(folder)
    wrong = [mistake for mistake in audit(loaded, found) if mistake.file in FILES]
    assert wrong == []
    return loaded


def test_the_page_teaches_every_kind_of_file() -> None:
    assert {name.partition("/")[0] for name in FILES} == {"elements", "materials", "items", "tables", "one-things"}
    assert len(FILES) == 6


def test_every_command_of_the_page_is_one() -> None:
    from kiosk import __main__ as command_line

    parser = command_line._parser("catalogue")
    for line in re.findall(r"^kiosk (catalogue [^#\n]+)", README, re.MULTILINE):
        assert parser.parse_args(line.split()).command


def test_a_dog_takes_two_items_and_asks_the_name_once(catalogue: Catalogue) -> None:
    dog = catalogue.matter("adopt-a-pet", Answers(single={"situation.adopts": Answer(value="dog")}), TODAY)
    cat = catalogue.matter("adopt-a-pet", Answers(single={"situation.adopts": Answer(value="cat")}), TODAY)
    assert [item.id for item in dog.items] == ["animal-adoption", "adopted-dog-registration"]
    assert [item.id for item in cat.items] == ["animal-adoption"]
    asked = [page.element.id for page in dog.form.pages if hasattr(page, "element")]
    assert asked.count("person.name") == 1
    assert len(dog.materials) == 1


def test_its_examples_are_decided_as_the_page_says(catalogue: Catalogue) -> None:
    table = catalogue.tables["animal-adoption"]
    said = yaml.safe_load(FILES["tables/animal-adoption.yaml"])["examples"]
    assert [decide_seen(table, example["given"]).decide for example in said] == [one["decide"] for one in said]
    item = catalogue.items["animal-adoption"]
    for example in item.examples:
        filed = filing(catalogue, item.id, example, TODAY)
        decision = catalogue.decide("animal-adoption", filed.matter.form, filed.answers, TODAY)
        assert decision.decide == ("approve" if example.outcome is Outcome.APPROVED else "refer")
    assert decide(table, {}, TODAY).decide == "refer"


def test_it_is_found_in_everyday_words(catalogue: Catalogue) -> None:
    assert "adopt-a-pet" in [hit.id for hit in catalogue.search("想养一只流浪猫", limit=3)]
