"""What a file may leave out stands there once it is loaded."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kiosk import forms
from kiosk.catalogue import Catalogue, CatalogueError, load
from kiosk.forms import Answers, PageRef, RuleKind

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 15)

ELEMENTS = """
job.title:
  {kind: text, title: &t {zh-Hans: 职务, zh-Hant: 職務, en: Post}, question: *t, why: *t, source: t, example: 样员}
job.pay:
  {kind: amount, title: *t, question: *t, why: *t, source: t, example: 1250,
   rules: [{rule: minimum, value: 100}]}
job.since:
  {kind: date, title: *t, question: *t, why: *t, source: t, example: today-1y, rules: [{rule: latest, value: today-6m}]}
job.starts: {kind: date, title: *t, question: *t, why: *t, source: t, example: today+10d}
job.phone: {kind: phone, title: *t, question: *t, why: *t, source: t, example: "13800138000"}
job.place:
  {kind: address, title: *t, question: *t, why: *t, source: t, example: {division: "000101", detail: 样路1号}}
job.known: {kind: yes-no, title: *t, source: t, example: true, fact: true, known_from: [register.population.job]}
job.senior: {kind: yes-no, title: *t, source: t, computed: job.pay > 100000}
"""
ITEM = """
code: "000100000009"
name: {zh-Hans: 上岗登记, zh-Hant: 上崗登記, en: Post}
everyday: [上岗]
summary: {zh-Hans: 登记, zh-Hant: 登記, en: Register}
kind: apply
stage: life
audience: person
decision: standard
outcome: accepted
statutory_days: 20
committed_days: 5
legal_basis: [测试法]
needs:
  - applicant
  - person.name
  - {element: whole-job, when: person.married}
  - {element: job.title, required: false}
  - child.name
guide: {fields: [职务], materials: []}
result: {name: {zh-Hans: 结果, zh-Hant: 結果, en: Result}}
examples: [{outcome: accepted}]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("defaults") / "catalogue"))
    (folder / "elements" / "job.yaml").write_text(ELEMENTS)
    (folder / "items" / "health" / "post.yaml").write_text(ITEM)
    with (folder / "sections.yaml").open("a") as sections:
        sections.write("- {id: job, title: {zh-Hans: 工作, zh-Hant: 工作, en: Job}}\n")
    with (folder / "groups.yaml").open("a") as groups:
        groups.write("whole-job: [job.title, {element: job.pay, when: person.phone != ''}, job.known]\n")
    return folder


@pytest.fixture(scope="module")
def catalogue(folder: Path) -> Catalogue:
    return load(folder)


def says(catalogue: Catalogue, element: str, rule: RuleKind) -> str:
    (found,) = [one.says.zh_hans for one in catalogue.elements[element].rules if one.rule is rule]
    return found


def test_sentences_are_those_of_the_kind_with_the_elements_own_words(catalogue: Catalogue) -> None:
    assert says(catalogue, "job.title", RuleKind.REQUIRED) == "请输入职务，例如 样员"
    assert says(catalogue, "job.title", RuleKind.MAX_LENGTH) == "请控制在 100 个字以内，例如 样员"
    assert says(catalogue, "job.pay", RuleKind.MINIMUM) == "请输入 1 元或更多，例如 12.50"
    assert says(catalogue, "job.since", RuleKind.LATEST) == "请输入不晚于 6 个月前的日期"
    assert says(catalogue, "job.since", RuleKind.REQUIRED) == "请输入职务，例如 2025-01-31"
    assert "例如" not in says(catalogue, "job.starts", RuleKind.REQUIRED)
    assert says(catalogue, "job.phone", RuleKind.CHECK) == "请输入 1 开头的 11 位手机号码，例如 13800138000"
    assert says(catalogue, "job.place", RuleKind.CHECK) == "请选到街道，再写门牌号，例如 东区样路1号"


def test_a_missing_answer_is_told_before_a_wrong_one(catalogue: Catalogue) -> None:
    assert [rule.rule for rule in catalogue.elements["job.phone"].rules] == [RuleKind.REQUIRED, RuleKind.CHECK]


def test_what_is_never_asked_has_its_title_for_a_heading_and_no_rules(catalogue: Catalogue) -> None:
    for element in (catalogue.elements["job.known"], catalogue.elements["job.senior"]):
        assert element.question == element.title
        assert element.why.zh_hans
        assert element.rules == ()
    assert not catalogue.elements["job.known"].confirm


def test_a_group_stands_for_its_elements_and_what_the_item_says_itself_counts_more(catalogue: Catalogue) -> None:
    needs = {need.element: need for need in catalogue.items["post"].needs}
    assert list(needs) == ["person.phone", "person.name", "job.pay", "job.known", "job.title", "child.name"]
    assert needs["job.pay"].when == "(person.married) && (person.phone != '')"
    assert needs["job.known"].when == "person.married"
    assert not needs["job.title"].required


def test_an_element_of_a_repeat_is_asked_in_it_without_saying_so(catalogue: Catalogue) -> None:
    assert [need.repeat for need in catalogue.items["post"].needs][-1] == "children"
    form = catalogue.matter("post", Answers(), TODAY).form
    assert PageRef(id="child.name", repeat="children", entry=0) in forms.path(form, Answers(), TODAY)


def test_an_approving_row_without_a_reason_says_what_its_way_of_deciding_says(catalogue: Catalogue) -> None:
    assert catalogue.tables["birth"].table.rules[1].reason.zh_hans == "您符合条件，已经批准。"
    assert catalogue.tables["birth"].table.inputs[0].type == "bool"


def test_a_mistake_behind_a_group_is_told_where_it_stands(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "catalogue"))
    path = copy / "items" / "health" / "post.yaml"
    path.write_text(path.read_text().replace("job.title, required", "job.titel, required"))
    with pytest.raises(CatalogueError) as wrong:
        load(copy)
    (mistake,) = wrong.value.mistakes
    assert "job.titel" in path.read_text().split("\n")[mistake.line - 1]
