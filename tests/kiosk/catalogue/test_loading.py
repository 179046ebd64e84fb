"""A mistake in a catalogue is told with its file, its line and its cure; all of them at once."""

from __future__ import annotations

import argparse
import io
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue import CatalogueError, Mistake, command, load
from kiosk.catalogue.auditing import audit
from kiosk.catalogue.loading import read
from kiosk.words import Language

DATA = Path(__file__).parent / "data"
DELIVERED = Path(__file__).parents[3] / "assets" / "catalogue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "catalogue"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new, 1))


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(CatalogueError) as wrong:
        load(folder)
    return wrong.value.mistakes


def test_a_whole_catalogue_loads() -> None:
    catalogue = load(DATA)
    assert set(catalogue.items) == {"birth", "housing", "old-age"}
    assert catalogue.departments["health"].name.zh_hans == "测试卫健委"
    assert [division.code for division in catalogue.divisions] == ["000100"]
    assert catalogue.division_name("000101", Language.ZH_HANS) == "测试市东区"
    assert catalogue.division_name("000101", Language.EN) == "East District, Test City"
    assert catalogue.division_name("9", Language.EN) == "9"
    found = catalogue.division("000101")
    assert found is not None
    assert found.name.en == "East District"


def test_the_version_names_the_content(folder: Path) -> None:
    before = load(folder).version
    assert load(folder).version == before
    change(folder, "departments.yaml", "0000-1", "0000-3")
    assert load(folder).version != before


AGE = "items/civil-affairs/old-age.yaml"
HOUSING = "items/civil-affairs/housing.yaml"
BIRTH = "items/health/birth.yaml"
FAMILY = "one-things/family.yaml"
TABLE = "tables/old-age.yaml"
PERSON = "elements/person.yaml"
CHILD = "elements/child.yaml"
MATERIALS = "materials/core.yaml"

SLIPS = [
    # form
    (AGE, "audience: person", "audince: person", "unknown key audince", "Did you mean audience?"),
    (AGE, "audience: person", "audience: persn", "audience cannot be persn", "Did you mean person?"),
    (AGE, "committed_days: 5", "committed_days: five", "must be a whole number", "digits"),
    (AGE, 'code: "000100000001"', "code: 000100000001", "code must be text", 'quotes: "000100000001"'),
    (AGE, "zh-Hant: 做一件事, ", "", "summary has no words in Traditional Chinese", "Add zh-Hant"),
    (AGE, "zh-Hant: 做一件事", "zh-Hant: ' '", "summary is empty in Traditional Chinese", "zh-Hant"),
    (AGE, "legal_basis: [测试法]", "legal_basis: 测试法", "must be a list", "[a, b]"),
    (AGE, "kind: apply", "kind: apply\nkind: apply", "kind stands here twice", "Delete"),
    (AGE, "guide: {", "guide: {{", "this is not YAML", "quotes"),
    (BIRTH, "alone: false", "alone: maybe", "must be true or false", "true or false"),
    # references
    (AGE, "department: civil-affairs", "department: health", "the path says civil-affairs", "Move the file"),
    (AGE, "element: house.kind", "element: house.kin", "unknown element house.kin", "Did you mean house.kind?"),
    (AGE, "material: form", "material: from", "unknown material from", "Did you mean form?"),
    (AGE, "table: old-age", "table: old-aeg", "unknown table old-aeg", "Did you mean old-age?"),
    (FAMILY, "lead: health", "lead: heath", "unknown department heath", "Did you mean health?"),
    (FAMILY, "item: birth", "item: brith", "unknown item brith", "Did you mean birth?"),
    (FAMILY, "per: children", "per: childs", "unknown repeat childs", "Did you mean children?"),
    (FAMILY, "situation.aid]", "situation.aide]", "unknown element situation.aide", "Did you mean situation.aid?"),
    (MATERIALS, "register: population", "register: popul", "unknown register popul", "Did you mean population?"),
    (MATERIALS, "register, scan", "register, licence, scan", "has no licence", "Add licence"),
    ("licences/core.yaml", "issuer: health", "issuer: wealth", "unknown department wealth", "Did you mean health?"),
    ("repeats.yaml", "第 {n} 个", "第几个", "has no {n}", "Write {n}"),
    ("divisions.yaml", '"000101"', '"000100"', "division 000100 stands twice", "Correct one"),
    # elements
    (PERSON, "card.name", "card.nam", "unknown field card.nam", "Did you mean card.name?"),
    (PERSON, "register.population", "register.populace", "unknown register populace", "Did you mean population?"),
    (PERSON, "card.name", "licence.card.x", "licence card has no field x", "person.name"),
    (PERSON, "card.name", "passport.name", "no place an element can be known from", "card."),
    (PERSON, "value: today", "value: tomorrow", "“tomorrow” is no day", "today-6m"),
    (PERSON, "value: 10", "value: ten", "needs a whole number", "50"),
    (PERSON, "rule: max-length, value: 10", "rule: pattern, value: '('", "is no pattern", "regular expression"),
    (
        PERSON,
        "rule: max-length, value: 10",
        "rule: when, value: person.nam",
        "unknown name",
        "Did you mean person.name?",
    ),
    (PERSON, "person.phone:", "phone.person:", "unknown section phone", ""),
    (PERSON, "value: rent", "value: own", "choice own stands twice", "another value"),
    (PERSON, "kind: choice", "kind: text", "has choices, but is of kind text", "kind: choice"),
    (PERSON, "mask: name", "fact: true\n  computed: person.spouse", "cannot be a fact and computed", "Delete fact"),
    (CHILD, "kind: integer", "kind: integer\n  fact: true", "is a fact, but is known from nowhere", "known_from"),
    (CHILD, "  example: 3200\n", "", "child.weight_g has no example", "visibly made up"),
    (CHILD, "  why: {zh-Hans: 因为要用, zh-Hant: 因为要用, en: 因为要用}\n", "", "child.name has no why", "Add why"),
    (
        PERSON,
        "rule: check, says: {zh-Hans: 请核对, zh-Hant: 请核对, en: 请核对}",
        "rule: pattern, value: x",
        "does not say",
        "says",
    ),
    (PERSON, "kind: phone", "kind: phone\n  computed: person.spouze", "unknown name person.spouze", "person.spouse"),
    ("sentences.yaml", "  instant: {", "  instantly: {", "no sentence for instant", "Add instant"),
    ("groups.yaml", "person.phone", "person.fone", "unknown element person.fone", "Did you mean person.phone?"),
    ("registers/core.yaml", "population: {", "population: {department: helth, ", "unknown department helth", "health"),
    (CHILD, "child.name:", "Child-Name:", "no name for an element", "lower case"),
    # conditions
    (HOUSING, 'when: house.kind == "rent"', "when: house.kin == 1", "unknown name house.kin", "house.kind"),
    (HOUSING, 'when: house.kind == "rent"', "when: house.kind == 1", "needs string", '"1"'),
    (HOUSING, 'when: house.kind == "rent"', 'when: house.kind == "lease"', "is never true", "Correct"),
    (FAMILY, 'situation.aid == "money"', 'situation.aid == "mony"', "is never true", "Correct"),
    (FAMILY, "when: situation.first", "when: person.married", "unknown name person.married", ""),
    (AGE, "stage: life", "stage: lief", "unknown stage lief", "Did you mean life?"),
    (
        AGE,
        "examples:",
        "after: [{item: birt, says: {zh-Hans: 先, zh-Hant: 先, en: First}}]\nexamples:",
        "unknown item birt",
        "birth",
    ),
    (AGE, "  - outcome: approved\n", "  - outcom: approved\n", "unknown key outcom", "Did you mean outcome?"),
    (
        AGE,
        "audience: person",
        "audience: person\ncarries: guide",
        "carries as guide is not decided by instant",
        "on-site",
    ),
    (
        HOUSING,
        "decision: standard\noutcome: accepted",
        "decision: on-site\ncarries: prefill-and-book\noutcome: booked",
        "asks for none",
        "appointment",
    ),
    (FAMILY, "list: local", "list: national-2024-9", "no list national-2024-9", "national-2024-"),
    (FAMILY, "per: children", "per: children\ncompanions: [bath]", "unknown item bath", "birth"),
    (AGE, "element: house.kind", "{element: house.kind, repeat: children}", "is asked once", "Delete repeat"),
    (AGE, "- element: person.name", "- element: person.name\n  - element: person.name", "needed twice", "Delete"),
    (AGE, "outcome: approved", "outcome: accepted", "does not come to accepted", "approved"),
    (AGE, "table: old-age\n", "", "decided at once, but has no table", "Add table"),
    # tables
    (TABLE, "< 80", "< 70", "no row covers age = 70", "Add a row"),
    (TABLE, "< 80", "< 90", "both match", "hit: FIRST"),
    (TABLE, "age(person.birth_date)", "age(person.birthdate)", "unknown name", "Did you mean person.birth_date?"),
    (TABLE, "type: int", "type: number", "cannot be of type number", "int"),
    (TABLE, ">= 80", "> = 80", "column age", ""),
    (TABLE, '"own"', '"owned"', "never matches", '"own"'),
    (TABLE, "decide: approve", "decide: refuse", "cannot decide refuse", "only a person refuses"),
    (TABLE, "age: 85", "aeg: 85", "unknown column aeg", "Did you mean age?"),
    (TABLE, "amount_fen: 20000}}\n", "amount_fen: 1}}\n", "but the table gives", "output"),
    (TABLE, "age: 85, house: own}, decide: approve", "age: 85, house: own}, decide: refer", "expects refer", "says"),
    (TABLE, 'when: [">= 80", \'"own"\']', 'when: [">= 80"]', "row 1 has 1 tests for 2 columns", "one test a column"),
    (TABLE, "id: old-age\n", "id: old-age\nhit: ANY\n", "hit cannot be ANY", "UNIQUE"),
    (
        TABLE,
        "    reason: {zh-Hans: 未满八十, zh-Hant: 未满八十, en: 未满八十}\n",
        "",
        "row 3 does not say why",
        "Add reason",
    ),
    (TABLE, "rules_out: true", "rules_out: perhaps", "must be true or false", ""),
]


@pytest.mark.parametrize(("file", "old", "new", "says", "cure"), SLIPS)
def test_a_slip_is_told_in_its_file_with_its_cure(
    folder: Path, file: str, old: str, new: str, says: str, cure: str
) -> None:
    change(folder, file, old, new)
    line = (folder / file).read_text().split("\n")
    found = mistakes(folder)
    fitting = [one for one in found if says in one.says and cure in one.cure]
    assert fitting, "\n".join(map(str, found))
    assert fitting[0].file == file
    assert 0 < fitting[0].line <= len(line)


def test_the_line_is_the_line_of_the_slip(folder: Path) -> None:
    change(folder, AGE, "element: house.kind", "element: house.kin")
    lines = (folder / AGE).read_text().split("\n")
    (mistake,) = mistakes(folder)
    assert "house.kin" in lines[mistake.line - 1]


def test_all_mistakes_are_told_together(folder: Path) -> None:
    change(folder, AGE, "element: house.kind", "element: house.kin")
    change(folder, HOUSING, "material: household", "material: houshold")
    change(folder, FAMILY, "lead: health", "lead: heath")
    assert {mistake.file for mistake in mistakes(folder)} == {AGE, HOUSING, FAMILY}


def test_files_that_nothing_reads_and_files_that_are_missing_are_told(folder: Path) -> None:
    shutil.copy(folder / AGE, folder / "items" / "stray.yaml")
    (folder / "sections.yaml").unlink()
    found = {mistake.file: mistake.says for mistake in mistakes(folder)}
    assert "no part of the catalogue is read from here" in found["items/stray.yaml"]
    assert found["sections.yaml"] == "the file is missing"


def test_the_same_id_in_two_files_is_told(folder: Path) -> None:
    content = (folder / "elements" / "child.yaml").read_text()
    (folder / "elements" / "more.yaml").write_text(content)
    assert any("child.name stands twice, also in elements/child.yaml" in one.says for one in mistakes(folder))


def test_questions_that_wait_for_each_other_are_told(folder: Path) -> None:
    change(folder, HOUSING, "  - element: person.married", "  - {element: person.married, when: house.kind == 'own'}")
    change(folder, HOUSING, "- element: house.kind", "- {element: house.kind, when: person.married}")
    assert any("wait for each other" in mistake.says for mistake in mistakes(folder))


def test_a_computed_answer_that_rests_on_itself_is_told(folder: Path) -> None:
    change(
        folder, PERSON, "person.married:\n  kind: yes-no", "person.married:\n  kind: yes-no\n  computed: person.alone"
    )
    words = "{zh-Hans: 字, zh-Hant: 字, en: Words}"
    with (folder / PERSON).open("a") as elements:
        elements.write(f"\nperson.alone: {{kind: yes-no, title: {words}, source: t, computed: '!person.married'}}\n")
    change(folder, HOUSING, "  - element: person.married", "  - person.married\n  - person.alone")
    assert HOUSING in {mistake.file for mistake in mistakes(folder)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80) | st.text("{}[]:-#&*!|>'\"%@` \nabzh", max_size=60).map(str.encode))
def test_no_bytes_in_a_file_crash_the_load(folder: Path, content: bytes) -> None:
    (folder / AGE).write_bytes(content)
    assert mistakes(folder)


def test_the_command_says_mistakes_by_line_and_ends_with_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["check", str(folder)])) == 0
    assert "3 items" in capsys.readouterr().out
    change(folder, AGE, "audience: person", "audince: person")
    out = io.StringIO()
    assert command.check(folder, out) == 1
    assert "catalogue/items/civil-affairs/old-age.yaml:8: unknown key audince. Did you mean audience?" in out.getvalue()
    assert out.getvalue().endswith("2 mistakes\n")


def test_the_delivered_catalogue_is_read_and_checked_in_full_within_ten_seconds() -> None:
    """Ten seconds are for somebody who waits for the command; the terminal loads the compiled catalogue."""
    began = time.process_time()
    audit(*read(DELIVERED))
    assert time.process_time() - began < 10
