"""What a loadable catalogue may still have wrong is told by the check, and does not keep it from being loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.catalogue import Mistake
from kiosk.catalogue.auditing import audit, checked
from kiosk.catalogue.loading import read
from kiosk.catalogue.mistakes import CatalogueError

DATA = Path(__file__).parent / "data"

AGE = "items/civil-affairs/old-age.yaml"
HOUSING = "items/civil-affairs/housing.yaml"
BIRTH = "items/health/birth.yaml"
FAMILY = "one-things/family.yaml"
TABLE = "tables/old-age.yaml"
PERSON = "elements/person.yaml"
CHILD = "elements/child.yaml"
MATERIALS = "materials/core.yaml"
RULES = "recommendations.yaml"
LICENCES = "licences/core.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "catalogue"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text() if path.exists() else ""
    assert old in content
    path.parent.mkdir(exist_ok=True)
    path.write_text(content.replace(old, new, 1) if old else content + new)


def found(folder: Path, *, unused: bool = True) -> list[Mistake]:
    return audit(*read(folder), unused=unused)


WORDS = "{zh-Hans: 字, zh-Hant: 字, en: Words}"

SLIPS = [
    # nobody uses it
    (
        PERSON,
        "",
        f"\nperson.alias: {{kind: text, title: {WORDS}, question: {WORDS}, why: {WORDS}, source: t, example: 甲}}\n",
        "nothing uses the element person.alias",
        "needs of an item",
    ),
    (
        "materials/more.yaml",
        "",
        f"photo: {{name: {WORDS}, obtained: [scan]}}\n",
        "uses the material photo",
        "materials",
    ),
    (BIRTH, ", licence: card", "", "nothing uses the licence type card", "delete"),
    ("registers/more.yaml", "", f"moon: {{name: {WORDS}}}\n", "nothing uses the register moon", "known_from"),
    ("sections.yaml", "", f"- {{id: moon, title: {WORDS}}}\n", "nothing uses the section moon", "elements of it"),
    # told apart
    (BIRTH, "000100000003", "000100000001", "the code 000100000001 is that of old-age too", "its own guide"),
    (
        CHILD,
        "kind: integer",
        "kind: integer\n  known_from: [card.name]",
        "card.name is of kind text here, but of kind integer for child.weight_g",
        "one kind",
    ),
    (AGE, "fields: [姓名, ", "fields: [姓名, 姓名, ", "姓名 stands twice in the guide's fields", "Delete"),
    (
        CHILD,
        'en: "child.weight_g的问题?"',
        "en: child.weight_g的问题",
        "the question of child.weight_g is none",
        "End it",
    ),
    (MATERIALS, "obtained: [register, scan]", "obtained: [register]", "household cannot be handed in", "Add scan"),
    (
        LICENCES,
        "person.name:",
        "person.phone:",
        "person.phone stands on the licence card, but birth",
        "Add person.phone",
    ),
    # cannot work
    (AGE, "  - element: person.birth_date\n", "", "looks at person.birth_date, which old-age does not need", "Add"),
    (
        TABLE,
        "  - {given: {age: null, house: own}, decide: refer}\n  - {given: {age: 70, house: null}, decide: refer}\n",
        "",
        "no example shows what is decided: refer",
        "Add one",
    ),
    (AGE, "examples:", f"conflicts: [{{item: old-age, says: {WORDS}}}]\nexamples:", "old-age names itself", "another"),
    (AGE, "examples:", "special_steps: [{step: test, days: 0}]\nexamples:", "takes no days", "days: 5"),
    (FAMILY, "per: children", "per: children\ncompanions: [housing]", "housing is an item of family already", "Delete"),
    (FAMILY, "situation.aid]", "situation.aid, situation.dog]", "situation.dog decides nothing", "Use it in when"),
    (
        HOUSING,
        '{element: house.address, when: house.kind == "rent"}',
        '{element: house.address, when: house.kind == "rent" && person.spouse == "x"}',
        "nobody ever reaches house.address",
        "questions it names",
    ),
    (
        RULES,
        "",
        f"- {{items: [housing], near: school, within_m: 9, offer: [brith], because: {WORDS}}}\n",
        "unknown item brith",
        "Did you mean birth?",
    ),
    (
        RULES,
        "",
        f"- {{one_things: [famly], near: school, within_m: 9, offer: [birth], because: {WORDS}}}\n",
        "unknown one-thing famly",
        "Did you mean family?",
    ),
    (RULES, "", f"- {{near: school, within_m: far, offer: [birth], because: {WORDS}}}\n", "a whole number", "digits"),
    # examples
    (CHILD, "example: 3200", 'example: "heavy"', "child.weight_g is not valid: it is no answer of kind", "Write"),
    (CHILD, "example: today-30d", "example: today-2y", "child.birth_date is not valid: 超过六个月", "Write"),
    (PERSON, '"13800138000"', '"12800138000"', "person.phone is not valid: 请核对", "Write"),
    (AGE, '"1980-01-01"}, outcome: referred', '"1930-01-01"}, outcome: referred', "comes out as approved", "年满八十"),
    (
        AGE,
        "  - outcome: approved",
        "  - {given: {house.kind: tent}, outcome: approved}",
        "no answer of kind choice",
        "",
    ),
    (
        AGE,
        "  - outcome: approved",
        "  - {given: {house.size: 3}, outcome: approved}",
        "house.size is not asked here",
        "",
    ),
    (
        BIRTH,
        "  - outcome: referred",
        "  - {given: {children: 2}, outcome: referred}",
        "must be a list of entries",
        "{…}",
    ),
    (
        BIRTH,
        "  - outcome: referred",
        "  - {given: {children: [{child.birth_date: today-9m}]}, outcome: referred}",
        "this example cannot be filed: repeats/children/0/child.birth_date/value: 超过六个月",
        "valid here",
    ),
    (
        FAMILY,
        "  - given: {}",
        "  - {given: {situation.first: false}, outcomes: {birth: approved}}",
        "does not file it",
        "",
    ),
]

ELSEWHERE = {
    "nothing uses the licence type card": LICENCES,
    "person.phone stands on the licence card, but birth": BIRTH,
    "card.name is of kind text here, but of kind integer for child.weight_g": PERSON,
}
"""Slips that are told in another file than the one they were made in."""


@pytest.mark.parametrize(("file", "old", "new", "says", "cure"), SLIPS)
def test_what_is_wrong_is_told_in_its_file_with_its_cure(
    folder: Path, file: str, old: str, new: str, says: str, cure: str
) -> None:
    if "situation.dog" in new:
        words = f"title: {WORDS}, question: {WORDS}, why: {WORDS}"
        change(folder, PERSON, "", f"\nsituation.dog: {{kind: yes-no, {words}, source: t, example: true}}\n")
    change(folder, file, old, new)
    mistakes = found(folder)
    fitting = [one for one in mistakes if says in one.says and cure in one.cure]
    assert fitting, "\n".join(map(str, mistakes))
    assert fitting[0].file == ELSEWHERE.get(says, file)
    assert fitting[0].line > 0


def test_a_whole_catalogue_has_none_of_these() -> None:
    assert found(DATA) == []
    assert set(checked(DATA).items) == {"birth", "housing", "old-age"}


def test_a_draft_may_hold_what_nothing_uses_yet(folder: Path) -> None:
    change(folder, "registers/more.yaml", "", f"moon: {{name: {WORDS}}}\n")
    assert found(folder, unused=False) == []
    with pytest.raises(CatalogueError):
        checked(folder)


def copied(folder: Path, name: str) -> None:
    content = (folder / HOUSING).read_text()
    content = content.replace("id: housing", f"id: {name}").replace("000100000002", "000100000007")
    (folder / "items" / "civil-affairs" / f"{name}.yaml").write_text(content)


def test_items_that_are_copies_are_told_with_what_they_copy(folder: Path) -> None:
    copied(folder, "lodging")
    (mistake,) = found(folder)
    assert mistake.file == "items/civil-affairs/lodging.yaml"
    assert mistake.says == "lodging asks and looks at exactly what housing does"


def test_items_that_are_nearly_copies_are_told_by_what_they_differ(folder: Path) -> None:
    copied(folder, "lodging")
    change(folder, "items/civil-affairs/lodging.yaml", "  - applicant\n", "  - person.name\n")
    (mistake,) = found(folder)
    assert mistake.says == "lodging differs from housing only by person.phone"
    change(folder, "items/civil-affairs/lodging.yaml", ", {material: form}", "")
    assert found(folder) == []


def test_a_computed_answer_that_rests_on_itself_only_in_a_basket_is_told(folder: Path) -> None:
    """One item asks for the spouse by what is computed, another one computes it from the spouse."""
    words = f"title: {WORDS}, source: t"
    change(folder, PERSON, "", f"\nperson.alone: {{kind: yes-no, {words}, computed: 'person.spouse == \"\"'}}\n")
    change(folder, AGE, "{element: person.spouse, when: person.married}", "person.alone")
    change(folder, AGE, "  - element: house.kind", "  - person.spouse\n  - element: house.kind")
    change(folder, FAMILY, "  - {item: old-age, when: 'situation.aid == \"money\"'}\n", "")
    assert not any("computed" in one.says for one in found(folder))
    change(folder, BIRTH, "  - child.name\n", "  - child.name\n  - {element: person.spouse, when: person.alone}\n")
    change(folder, AGE, "  - person.spouse\n", "  - {element: person.spouse, when: person.birth_date < today()}\n")
    (mistake,) = [one for one in found(folder) if "computed from itself" in one.says]
    assert mistake.file == PERSON
    assert mistake.line > 0
