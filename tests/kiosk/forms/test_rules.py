from __future__ import annotations

from datetime import date

import pytest
from form_builders import FAMILY, TODAY, answers, choices, element, form, question, rule
from hypothesis import given
from hypothesis import strategies as st

from kiosk import forms
from kiosk.forms import Address, Answers, Element, Kind, NotAnAnswer, PageRef, RuleKind, Value
from kiosk.forms.numbers import is_bank_card, is_credit_code, is_id_number, is_mobile
from kiosk.forms.rules import day
from kiosk.words import Language

CHECK = rule(RuleKind.CHECK, says="compare it")


def said(asked: Element, value: Value, divisions: set[str] | None = None) -> str | None:
    says = forms.check(form(question(asked)), PageRef(id=asked.id), value, Answers(), TODAY, divisions)
    return None if says is None else says.en


@pytest.mark.parametrize(
    "number",
    [
        "000101198503151221",  # an area nobody has
        "11010119900307803X",
        "810000199408230021",  # Hong Kong
        "830000199201300022",  # Taiwan
        "911124198108030024",  # foreign permanent resident since 2023
    ],
)
def test_identity_numbers_of_every_kind_of_resident_are_good(number: str) -> None:
    assert is_id_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "000101198503151222",  # check digit
        "000101198502301221",  # 30 February
        "00010119850315122",
        "11010119900307803x",
        "",
        "٠٠٠١٠١١٩٨٥٠٣١٥١٢٢١",
    ],
)
def test_wrong_identity_numbers_are_told(number: str) -> None:
    assert not is_id_number(number)


def test_changing_any_digit_of_an_identity_number_is_noticed() -> None:
    number = "000101198503151221"
    for place in range(17):
        for digit in "0123456789".replace(number[place], ""):
            assert not is_id_number(number[:place] + digit + number[place + 1 :])


def test_other_numbers_have_their_checks() -> None:
    assert is_credit_code("91110000600037341L")
    assert not is_credit_code("91110000600037342L")
    assert not is_credit_code("9111000060003734IL")
    assert is_bank_card("6222020000000000004") is is_bank_card("6222020000000000004")
    assert is_bank_card("4111111111111111")
    assert not is_bank_card("4111111111111112")
    assert not is_bank_card("0000000000000000")
    assert is_mobile("13800138012")
    assert not is_mobile("12800138012")
    assert not is_mobile("1380013801")


def test_the_first_rule_broken_speaks() -> None:
    asked = element("a.b", Kind.TEXT, rule(RuleKind.MIN_LENGTH, 2), rule(RuleKind.PATTERN, "[一-鿿]+"))
    assert said(asked, "王") == "min-length"
    assert said(asked, "ab") == "pattern"
    assert said(asked, "王示例") is None
    assert said(asked, "") == "say a.b"


def test_numbers_and_days_have_bounds() -> None:
    asked = element("a.b", Kind.INTEGER, rule(RuleKind.MINIMUM, 1), rule(RuleKind.MAXIMUM, 9))
    assert [said(asked, value) for value in (0, 1, 9, 10)] == ["minimum", None, None, "maximum"]
    born = element("a.b", Kind.DATE, rule(RuleKind.LATEST, "today"), rule(RuleKind.EARLIEST, "today-6m"))
    days = (date(2026, 4, 1), TODAY, date(2025, 9, 30), date(2025, 9, 29))
    assert [said(born, value) for value in days] == ["latest", None, None, "earliest"]


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("today", "2026-03-31"),
        ("today-1m", "2026-02-28"),
        ("today+6m", "2026-09-30"),
        ("today-1y", "2025-03-31"),
        ("today+90d", "2026-06-29"),
        ("2026-01-31", "2026-01-31"),
        ("today-9999y", "0001-01-01"),
        ("today+9999y", "9999-12-31"),
    ],
)
def test_relative_days(source: str, meant: str) -> None:
    assert day(source, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize("source", ["tomorrow", "today-6", "today-6w", "2026-02-30", ""])
def test_what_is_no_day_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        day(source, TODAY)


def test_a_rule_may_compare_with_other_answers() -> None:
    later = rule(RuleKind.WHEN, "a.to >= a.from", "not before it starts")
    asked = form(question(element("a.from", Kind.DATE)), question(element("a.to", Kind.DATE, later)))
    begun = answers({"a.from": date(2026, 1, 1), "a.to": date(2026, 1, 1)})
    says = forms.check(asked, PageRef(id="a.to"), date(2025, 1, 1), begun, TODAY)
    assert says is not None
    assert says.en == "not before it starts"
    assert forms.check(asked, PageRef(id="a.to"), date(2026, 1, 2), begun, TODAY) is None
    assert forms.check(asked, PageRef(id="a.to"), date(2025, 1, 1), Answers(), TODAY) is None


def test_the_check_of_a_kind_holds_even_without_its_own_sentence() -> None:
    assert said(element("a.b", Kind.PHONE, CHECK), "12") == "compare it"
    assert said(element("a.b", Kind.PHONE), "12") == "say a.b"


def test_a_division_must_be_known_and_a_detail_given() -> None:
    asked = element("a.b", Kind.ADDRESS, CHECK)
    assert said(asked, Address(division="000101", detail="1号"), {"000101"}) is None
    assert said(asked, Address(division="9", detail="1号"), {"000101"}) == "compare it"
    assert said(asked, Address(division="000101", detail=" "), {"000101"}) == "say a.b"


def test_values_of_another_kind_are_refused_not_compared() -> None:
    assert said(element("a.b", Kind.DATE, CHECK), "2026-01-01") == "compare it"
    assert said(element("a.b", Kind.INTEGER, CHECK), value=True) == "compare it"
    assert said(element("a.b", Kind.CHOICE, CHECK, **choices("x")), "y") == "compare it"
    assert said(element("a.b", Kind.TEXT, CHECK), "two\nlines") == "compare it"


def test_rare_characters_of_names_are_good() -> None:
    assert said(element("a.b"), "王\U0002ebf0\U00031350") is None  # younger than Python 3.11's tables


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.TEXT, "  王  示例\u3000", "王 示例"),
        (Kind.YES_NO, "yes", True),
        (Kind.YES_NO, False, False),
        (Kind.DATE, "2026-3-5", date(2026, 3, 5)),
        (Kind.DATE, "2026年3月5日", date(2026, 3, 5)),
        (Kind.DATE, "20260305", date(2026, 3, 5)),
        (Kind.DATE, date(2026, 3, 5), date(2026, 3, 5)),
        (Kind.TIME, "0806", "08:06"),
        (Kind.TIME, "8：06", "08:06"),
        (Kind.INTEGER, " １２ ", 12),
        (Kind.INTEGER, 12, 12),
        (Kind.AMOUNT, "1,234.5", 123450),
        (Kind.AMOUNT, "12元", 1200),
        (Kind.AMOUNT, 1200, 1200),
        (Kind.PHONE, "+86 138-0013-8012", "13800138012"),
        (Kind.ID_NUMBER, "000101 19850315 122x", "00010119850315122X"),
        (Kind.CREDIT_CODE, "91110000600037341l", "91110000600037341L"),
        (Kind.BANK_CARD, "4111 1111 1111 1111", "4111111111111111"),
        (Kind.CHOICE, "b", "b"),
        (Kind.CHOICES, ["b", "a", "b"], ("a", "b")),
        (Kind.ADDRESS, {"division": "000101", "detail": " 1号 "}, Address(division="000101", detail="1号")),
    ],
)
def test_what_a_screen_gives_becomes_a_value(kind: Kind, raw: forms.Raw, value: Value) -> None:
    more = choices("a", "b") if kind in (Kind.CHOICE, Kind.CHOICES) else {}
    assert forms.parse(element("a.b", kind, **more), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "says"),
    [
        (Kind.TEXT, " \u3000 ", "say a.b"),
        (Kind.CHOICES, [], "say a.b"),
        (Kind.ADDRESS, {"division": "", "detail": ""}, "say a.b"),
        (Kind.ADDRESS, {"division": "000101", "detail": ""}, "compare it"),
        (Kind.DATE, "2026-02-30", "compare it"),
        (Kind.DATE, "15/03/2026", "compare it"),
        (Kind.TIME, "2460", "compare it"),
        (Kind.TIME, "08060", "compare it"),
        (Kind.INTEGER, "1.5", "compare it"),
        (Kind.INTEGER, True, "compare it"),
        (Kind.AMOUNT, "1.234", "compare it"),
        (Kind.YES_NO, "maybe", "compare it"),
        (Kind.CHOICE, "c", "compare it"),
        (Kind.CHOICES, ["a", "c"], "compare it"),
        (Kind.TEXT, 5, "compare it"),
    ],
)
def test_what_is_no_answer_has_the_elements_sentence(kind: Kind, raw: forms.Raw, says: str) -> None:
    more = choices("a", "b") if kind in (Kind.CHOICE, Kind.CHOICES) else {}
    with pytest.raises(NotAnAnswer) as wrong:
        forms.parse(element("a.b", kind, CHECK, **more), raw)
    assert wrong.value.says.en == says
    assert str(wrong.value) == f"a.b: {says}"  # what was typed is personal and stays out


raws = st.one_of(
    st.text(),
    st.booleans(),
    st.integers(),
    st.dates(),
    st.lists(st.text()),
    st.dictionaries(st.sampled_from(["division", "detail", "x"]), st.one_of(st.text(), st.integers())),
)


@given(st.sampled_from(list(Kind)), raws)
def test_parse_gives_a_value_or_says_why_not_whatever_comes(kind: Kind, raw: forms.Raw) -> None:
    asked = element("a.b", kind, **(choices("a", "b") if kind in (Kind.CHOICE, Kind.CHOICES) else {}))
    try:
        value = forms.parse(asked, raw)
    except NotAnAnswer:
        return
    assert forms.from_json(asked, forms.to_json(value)) == value
    forms.check(form(question(asked)), PageRef(id="a.b"), value, Answers(), TODAY, {"000101"})
    for language in Language:
        assert isinstance(forms.shown(asked, value, language), str)


def test_a_list_page_has_no_rules() -> None:
    assert forms.check(FAMILY, PageRef(id="children"), "x", Answers(), TODAY) is None
