"""A walk that goes on from an earlier one says what a whole walk says, whatever changed in between."""

from __future__ import annotations

import pytest
from form_builders import (
    REGISTER,
    TODAY,
    answered_forms,
    answers,
    computed,
    edited,
    element,
    fact,
    form,
    given_answers,
    ids,
    question,
    repeat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import forms
from kiosk.forms import Answer, Answers, Form, Kind, PageRef, Walk
from kiosk.forms.conditions import ConditionError

Sample = tuple[Form, Answers]


def same(one: Walk, other: Walk) -> None:
    assert one.pages == other.pages
    assert one.values == other.values
    assert one.rows == other.rows
    assert one.outcomes == other.outcomes


@settings(max_examples=150, deadline=None)
@given(answered_forms(), st.data())
def test_any_sequence_of_changes_gives_what_a_whole_walk_gives(sample: Sample, data: st.DataObject) -> None:
    asked, given_ = sample
    walked = forms.walk(asked, given_, TODAY)
    for _ in range(data.draw(st.integers(2, 8))):
        given_ = data.draw(edited(asked, given_))
        walked = forms.walk(asked, given_, TODAY, walked)
        whole = forms.walk(asked, given_, TODAY)
        same(walked, whole)
        assert forms.counting(asked, given_, TODAY, walked=walked) == forms.counting(asked, given_, TODAY)


@settings(max_examples=40, deadline=None)
@given(answered_forms(), answered_forms(), st.data())
def test_an_earlier_walk_of_anything_only_saves_time(one: Sample, other: Sample, data: st.DataObject) -> None:
    strange = forms.walk(*other, TODAY)
    same(forms.walk(*one, TODAY, strange), forms.walk(*one, TODAY))
    elsewhere = data.draw(given_answers(one[0]))
    same(forms.walk(*one, TODAY, forms.walk(one[0], elsewhere, TODAY)), forms.walk(*one, TODAY))
    later = TODAY.replace(year=TODAY.year + 20)
    same(forms.walk(*one, later, forms.walk(*one, TODAY)), forms.walk(*one, later))


FACTS = form(
    question(fact("person.insured", Kind.YES_NO)),
    question(element("person.married", Kind.YES_NO), "person.insured"),
    question(element("person.spouse"), "person.married"),
    question(computed("family.size", "size(children) + (person.married ? 2 : 1)")),
    question(element("family.card"), "family.size >= 4"),
    repeat(
        question(element("child.birth_date", Kind.DATE)),
        question(fact("child.registered", Kind.YES_NO)),
        question(computed("child.age", "age(child.birth_date)")),
        question(element("child.school"), "child.age >= 6 && child.registered"),
        maximum=3,
    ),
)


def known(value: bool) -> Answer:
    return Answer(value=value, origin=REGISTER)


def test_a_fact_is_never_asked_and_counts_once_a_register_said_it() -> None:
    unknown = answers({})
    assert "person.insured" not in ids(forms.path(FACTS, unknown, TODAY))
    assert forms.holds(FACTS, "person.insured", unknown, TODAY) is None
    said = forms.with_answer(unknown, PageRef(id="person.insured"), known(False))
    assert "person.insured" not in ids(forms.path(FACTS, said, TODAY))
    assert forms.holds(FACTS, "person.insured", said, TODAY) is False
    assert "person.married" not in ids(forms.path(FACTS, said, TODAY))
    assert forms.counting(FACTS, said, TODAY).single["person.insured"] == known(False)


def test_a_citizen_cannot_say_a_fact() -> None:
    claimed = answers({"person.insured": True})
    assert forms.holds(FACTS, "person.insured", claimed, TODAY) is None
    assert "person.insured" not in forms.counting(FACTS, claimed, TODAY).single
    with pytest.raises(forms.InvalidAnswers, match=r"/answers/single/person\.insured/origin"):
        forms.from_wire(FACTS, forms.to_wire(claimed))


def test_a_computed_answer_follows_and_is_asked_of_nobody() -> None:
    given_ = answers({"person.married": True}, [{"child.birth_date": TODAY.replace(year=2016)}, {}])
    counting = forms.counting(FACTS, given_, TODAY)
    assert counting.single["family.size"] == Answer(value=4, origin=forms.COMPUTED)
    assert counting.repeats["children"][0]["child.age"] == Answer(value=10, origin=forms.COMPUTED)
    assert "child.age" not in counting.repeats["children"][1]
    pages = ids(forms.path(FACTS, given_, TODAY))
    assert "family.card" in pages
    assert not {"family.size", "child.age[0]", "child.registered[0]"} & set(pages)
    lines = {(line.page.id, line.page.entry): line for line in forms.said(FACTS, given_, TODAY)}
    assert lines["family.size", None].answer == counting.single["family.size"]
    assert not lines["family.size", None].is_page
    assert lines["person.spouse", None].answer is None
    assert ("child.age", 1) not in lines


def test_what_a_wire_claims_to_be_computed_is_computed_anew() -> None:
    given_ = answers({"person.married": True, "family.size": 9}, [{}, {}])
    read = forms.from_wire(FACTS, forms.to_wire(given_))
    assert "family.size" not in read.single
    assert forms.counting(FACTS, read, TODAY).single["family.size"].value == 4
    assert forms.holds(FACTS, "family.size == 4", given_, TODAY)


@pytest.mark.parametrize(
    ("pages", "ring"),
    [
        ((question(computed("a.a", "a.a + 1")),), "a.a → a.a"),
        ((question(computed("a.a", "b.b + 1")), question(computed("b.b", "a.a + 1"))), "a.a → b.b → a.a"),
        (
            (question(computed("a.a", "b.b + 1")), question(element("b.b", Kind.INTEGER), "a.a > 3")),
            "a.a → b.b → a.a",
        ),
        ((repeat(question(computed("child.a", "child.a + 1"))),), "child.a → child.a"),
        (
            (
                question(computed("a.a", "children.exists(c, c.a > 1) ? 1 : 2")),
                repeat(question(computed("child.a", "a.a + 1"))),
            ),
            "a.a → children → a.a",
        ),
    ],
)
def test_what_is_computed_from_itself_does_not_compile(pages: tuple[forms.Question, ...], ring: str) -> None:
    with pytest.raises(ConditionError, match=ring):
        forms.compiled(form(*pages))


def test_an_expression_has_the_type_of_its_element() -> None:
    with pytest.raises(ConditionError, match="type bool, but int is needed"):
        forms.compiled(form(question(computed("a.a", "1 == 1"))))
    with pytest.raises(ConditionError, match="no expression gives"):
        forms.compiled(form(question(computed("a.a", '"x"', Kind.CHOICES))))


def test_a_computed_choice_is_one_of_the_choices_or_unknown() -> None:
    asked = form(question(element("a.a", Kind.CHOICE, computed='"z"')))
    assert forms.counting(asked, answers({}), TODAY).single == {}


def test_a_long_chain_of_conditions_compiles_from_its_end() -> None:
    pages = [question(element(f"q.n{index}", Kind.YES_NO), f"q.n{index + 1}") for index in range(2000)]
    asked = form(*pages, question(element("q.n2000", Kind.YES_NO)))
    assert len(forms.path(asked, answers({"q.n2000": False}), TODAY)) == 2000
