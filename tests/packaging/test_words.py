"""The screen speaks with one voice: the check passes, and each of its rules finds what it is there for."""

from __future__ import annotations

import importlib
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.glossary import Use, explained, load_glossary
from kiosk.words import Language

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "packaging/checks"))
    return importlib.import_module("words")


def mistakes(checks: ModuleType, words: str, part: str = "sentence", english: str = "") -> list[str]:
    voice = checks.load_voice()
    said = checks.Said(path=ROOT / "x.qml", line=1, words=words, english=english, part=part, context="XPage")
    return [
        *checks.words_chinese.mistakes(said, voice),
        *checks.words_english.mistakes(said, voice),
        *checks.jargon(said, frozenset()),
    ]


def test_the_screen_speaks_with_one_voice() -> None:
    run = subprocess.run([ROOT / "packaging/checks/words"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("请你再试一次。", "您 everywhere"),
        ("办好了！", "exclamation"),
        ("输入有误", "what to do next"),
        ("有效期到 2026-04-15。", "2026年4月15日"),
        ("请拨打 01066668888。", "group the digits"),
        ("一共 24元。", "24 元"),
        ("好了,继续。", "full-width"),
        ("还有3份材料。", "one space"),
        ("请点「修改」。", "“ ”"),
        ("请稍候...", "ellipsis"),
        ("这一件事 已经好了。", "no space"),
        ("字" * 41, "at most 40"),
        ("按容缺办理。", "先受理，材料后补"),
        ("可以申请行政复议。", "must not stand alone"),
    ],
)
def test_each_rule_of_chinese_finds_its_mistake_and_says_the_cure(checks: ModuleType, words: str, found: str) -> None:
    told = mistakes(checks, words)
    assert any(found in line for line in told), told


@pytest.mark.parametrize(
    "words",
    [
        "请输入出生日期，例如 2026-04-15",
        "2026年4月15日（星期三）前交",
        "一共 24 元，还有 3 份。",
        "请拨打 010 6666 8888。",
        "可以申请行政复议，也就是请上一级机关再审一次。",
        "写全称，例如 示例市样品公司",
    ],
)
def test_what_is_said_well_is_left_alone(checks: ModuleType, words: str) -> None:
    assert mistakes(checks, words) == []


@pytest.mark.parametrize("label", ["打印回执", "补交材料", "返回", "填好了，继续", "再打印一张", "看全部部门"])
def test_a_button_that_says_what_it_does_to_what_is_good(checks: ModuleType, label: str) -> None:
    assert mistakes(checks, label, "button") == []


@pytest.mark.parametrize(
    "label", ["提交", "移走", "回执", "现在补交", "打印回执。", "请您在这里打印办事回执和电子证照"]
)
def test_a_button_without_verb_or_noun_or_too_long_is_found(checks: ModuleType, label: str) -> None:
    assert mistakes(checks, label, "button")


@pytest.mark.parametrize(
    ("english", "part", "found"),
    [
        ("Print The Receipt", "button", "sentence case"),
        ("Print the receipt.", "button", "full stop"),
        ("Done!", "sentence", "exclamation"),
        ('Touch "Add".', "sentence", "“ ”"),
        ("The city's number", "sentence", "’"),
        ("Please wait. Please do not go.", "sentence", "one “please”"),
        ("Choose a color", "sentence", "colour"),
        ("word " * 26, "sentence", "at most 25"),
        (
            "Notwithstanding all administrative considerations, authorisation necessitates considerable verification",
            "sentence",
            "grade",
        ),
        ("The mandate ends today", "sentence", "permission to act"),
    ],
)
def test_each_rule_of_english_finds_its_mistake(checks: ModuleType, english: str, part: str, found: str) -> None:
    told = mistakes(checks, "打印回执", part, english)
    assert any(found in line for line in told), told


def test_the_part_a_string_plays_is_told_by_where_it_stands(checks: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "XPage.qml"
    page.write_text(
        "Page {\n"
        '    title: odd ? qsTr("甲") : qsTr("乙") // qsTr("注")\n'
        "    primaryText: {\n"
        '        if (odd) { return qsTr("丙"); }\n'
        "    }\n"
        '    ActionButton { objectName: "a"; }\n'
        "    ActionButton {\n"
        '        text: qsTr("丁")\n'
        "    }\n"
        "    Words {\n"
        '        text: qsTr("戊 \\"己\\"")\n'
        "    }\n"
        "}\n",
        encoding="utf-8",
    )
    said = list(checks.words_said.from_qml(page, {("XPage", "丁"): "Four"}))
    assert [(each.words, each.part, each.line) for each in said] == [
        ("甲", "title", 2),
        ("乙", "title", 2),
        ("丙", "button", 4),
        ("丁", "button", 8),
        ('戊 "己"', "sentence", 11),
    ]
    assert said[3].english == "Four"
    assert [each.looked_through for each in said] == [True, True, False, False, False]


TERMS = load_glossary()


def test_a_word_is_explained_in_the_language_it_is_said_in() -> None:
    for each in TERMS:
        for language in Language:
            for form in each.forms.in_(language):
                told = explained(TERMS, [f"… {form} …"], language)
                wanted = each.means.in_(language)
                assert any(wanted in line for line in told) == (each.use is Use.EXPLAINED), (form, language)


def test_a_word_that_stands_with_its_plain_words_is_not_explained_again() -> None:
    assert explained(TERMS, ["可以申请行政复议，请上一级机关再审一次"], Language.ZH_HANS) == []
    assert explained(TERMS, ["行政复议", "行政复议"], Language.ZH_HANS) == [
        "行政复议：不同意部门的决定，可以在 60 天内请上一级机关再审一次，不收费。"
    ]


def test_no_sentence_of_the_glossary_needs_another() -> None:
    for each in TERMS:
        others = [other for other in TERMS if other is not each]
        said = each.means.zh_hans
        assert not any(other.use is not Use.KNOWN and other.stands_in(said) for other in others), said


@given(st.lists(st.text(max_size=20), max_size=4))
def test_whatever_a_page_says_it_is_told_each_sentence_once(said: list[str]) -> None:
    told = explained(TERMS, said, Language.ZH_HANS)
    assert len(told) == len(set(told))
