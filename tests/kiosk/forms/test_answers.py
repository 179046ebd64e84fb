"""Editing, the wire, and how answers read."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from form_builders import FAMILY, TODAY, answers, choices, element, text
from hypothesis import given
from hypothesis import strategies as st

from kiosk import forms
from kiosk.contract import WireAnswer, WireAnswers
from kiosk.forms import Address, Answer, Answers, InvalidAnswers, Kind, Mask, PageRef, Value
from kiosk.words import Language

NAME = PageRef(id="child.name", repeat="children", entry=1)


def test_answers_change_without_changing_the_old_ones() -> None:
    old = answers({"person.married": True})
    new = forms.with_answer(old, NAME, Answer(value="赵二"))
    assert old.repeats == {}
    assert new.repeats["children"] == ({}, {"child.name": Answer(value="赵二")})
    assert forms.without_answer(new, NAME).repeats["children"] == ({}, {})
    assert forms.without_answer(old, NAME) == old
    assert forms.without_answer(new, PageRef(id="person.married")).single == {}


def test_entries_are_added_up_to_the_most_and_removed_from_the_middle() -> None:
    grown = forms.with_entry_added(FAMILY, Answers(), "children")
    assert len(grown.repeats["children"]) == 2  # the first was there, empty
    full = forms.with_entry_added(FAMILY, forms.with_entry_added(FAMILY, grown, "children"), "children")
    assert len(full.repeats["children"]) == 3
    named = answers({}, [{"child.name": "一"}, {"child.name": "二"}, {"child.name": "三"}])
    left = forms.with_entry_removed(named, "children", 1)
    assert [row["child.name"].value for row in left.repeats["children"]] == ["一", "三"]
    assert forms.with_entry_removed(named, "children", 7) is named
    assert forms.with_entry_added(FAMILY, named, "nobody") is named


def test_the_wire_carries_every_kind_and_brings_it_back() -> None:
    given = answers(
        {"person.married": True, "person.spouse": "钱", "house.address": Address(division="000101", detail="1号")},
        [{"child.name": "赵一", "child.birth_date": date(2026, 1, 5)}],
    )
    sent = msgspec.json.encode(forms.to_wire(given))
    assert b'"2026-01-05"' in sent
    assert forms.from_wire(FAMILY, msgspec.json.decode(sent, type=WireAnswers)) == given


def wire(single: dict[str, Any] | None = None, children: list[dict[str, Any]] | None = None) -> WireAnswers:
    def row(given: dict[str, Any]) -> dict[str, WireAnswer]:
        return {name: WireAnswer(value=value, origin="citizen") for name, value in given.items()}

    return WireAnswers(single=row(single or {}), repeats={"children": tuple(map(row, children))} if children else {})


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (wire({"person.married": "yes"}), "/answers/single/person.married/value"),
        (wire({"person.name": "x"}), "/answers/single/person.name"),
        (wire({"a/b~c": "x"}), "/answers/single/a~1b~0c"),
        (wire({}, [{}, {"child.birth_date": "2026-02-30"}]), "/answers/repeats/children/1/child.birth_date/value"),
        (wire({}, [{}, {}, {}, {}]), "/answers/repeats/children"),
        (wire({"house.address": {"division": "000101"}}), "/answers/single/house.address/value"),
        (wire({"house.address": {"division": 1, "detail": []}}), "/answers/single/house.address/value"),
        (WireAnswers(single={}, repeats={"cats": ()}), "/answers/repeats/cats"),
        (
            WireAnswers(single={"person.spouse": WireAnswer(value="钱", origin="register.made.up")}),
            "/answers/single/person.spouse/origin",
        ),
    ],
)
def test_what_the_form_cannot_take_is_refused_with_its_place(sent: WireAnswers, pointer: str) -> None:
    with pytest.raises(InvalidAnswers) as wrong:
        forms.from_wire(FAMILY, sent)
    assert [error.pointer for error in wrong.value.errors] == [pointer]


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(["person.married", "person.spouse", "house.address", "child.name", "child.birth_date", "x"])
sent_rows = st.dictionaries(
    names, st.builds(WireAnswer, value=json, origin=st.sampled_from(["citizen", "card.name"])), max_size=4
)


@given(st.builds(WireAnswers, single=sent_rows, repeats=st.dictionaries(st.just("children"), st.tuples(sent_rows))))
def test_from_wire_takes_good_answers_or_refuses_whatever_comes(sent: WireAnswers) -> None:
    try:
        taken = forms.from_wire(FAMILY, sent)
    except InvalidAnswers:
        return
    forms.validate(FAMILY, taken, TODAY, {"000101"})
    assert forms.from_wire(FAMILY, forms.to_wire(taken)) == taken


@given(st.binary())
def test_bytes_that_are_no_answers_are_refused(sent: bytes) -> None:
    try:
        decoded = msgspec.json.decode(sent, type=WireAnswers)
        forms.from_wire(FAMILY, decoded)
    except (msgspec.DecodeError, InvalidAnswers, UnicodeDecodeError):
        return


def test_validation_names_everything_wrong_on_the_path_and_nothing_off_it() -> None:
    given = answers(
        {"person.married": False, "person.spouse": "\n", "house.address": Address(division="9", detail="1号")},
        [{"child.name": "太长的名字"}],
    )
    errors = forms.validate(FAMILY, given, TODAY, {"000101"}, language=Language.EN)
    assert {error.pointer: error.detail for error in errors} == {
        "/answers/single/house.address/value": "say house.address",
        "/answers/repeats/children/0/child.name/value": "short",
        "/answers/repeats/children/0/child.birth_date/value": "say child.birth_date",
    }


class Places:
    def __contains__(self, code: object, /) -> bool:
        return code == "000101"

    def names(self, code: str, language: Language) -> tuple[str, ...]:
        return (("Test City", "East") if language is Language.EN else ("测试市", "东区")) if code in self else ()


@pytest.mark.parametrize(
    ("asked", "value", "chinese", "english"),
    [
        (element("a.b", Kind.DATE), date(2026, 3, 15), "2026年3月15日", "15 March 2026"),
        (element("a.b", Kind.AMOUNT), 123450, "1,234.50 元", "1,234.50 yuan"),
        (element("a.b", Kind.AMOUNT), -5, "-0.05 元", "-0.05 yuan"),
        (element("a.b", Kind.INTEGER, unit=text("m")), 12, "12 m", "12 m"),
        (element("a.b", Kind.YES_NO), True, "是", "Yes"),
        (element("a.b", Kind.CHOICE, **choices("x")), "x", "X", "X"),
        (element("a.b", Kind.CHOICES, **choices("x", "y")), ("x", "y"), "X、Y", "X, Y"),
        (
            element("a.b", Kind.ADDRESS),
            Address(division="000101", detail="1号"),
            "测试市东区1号",
            "1号, East, Test City",
        ),
        (element("a.b", Kind.ADDRESS), Address(division="9", detail="1号"), "1号", "1号"),
    ],
)
def test_an_answer_reads_as_people_write_it(asked: forms.Element, value: Value, chinese: str, english: str) -> None:
    assert forms.shown(asked, value, Language.ZH_HANS, Places()) == chinese
    assert forms.shown(asked, value, Language.EN, Places()) == english


@pytest.mark.parametrize(
    ("value", "mask", "seen"),
    [
        ("王示例", Mask.NAME, "王**"),
        ("王", Mask.NAME, "*"),
        ("", Mask.NAME, ""),
        ("000101198503151221", Mask.NUMBER, "0001**********1221"),
        ("13800138012", Mask.PHONE, "138****8012"),
        ("12345678", Mask.NUMBER, "12****78"),
        ("123", Mask.PHONE, "***"),
        ("王示例", Mask.NONE, "王示例"),
    ],
)
def test_masks(value: str, mask: Mask, seen: str) -> None:
    assert forms.masked(value, mask) == seen


@given(st.text(), st.sampled_from([Mask.NAME, Mask.NUMBER, Mask.PHONE]))
def test_a_mask_keeps_the_length_and_hides_a_third_or_more(value: str, mask: Mask) -> None:
    seen = forms.masked(value, mask)
    assert len(seen) == len(value)
    shown = sum(1 for before, after in zip(value, seen, strict=True) if before == after != "*")
    assert shown <= max(1, len(value) * 2 // 3)
