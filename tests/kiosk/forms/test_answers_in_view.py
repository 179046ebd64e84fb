"""What a page can say of its question, what a change would do, how far each section has come, what is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from form_builders import (
    TODAY,
    answered_forms,
    answers,
    choices,
    computed,
    edited,
    element,
    every_page,
    fact,
    form,
    ids,
    question,
    repeat,
    rule,
    text,
    values,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import forms
from kiosk.contract import WireAnswers
from kiosk.forms import Answer, Answers, Form, Kind, PageRef, Question, RuleKind, Section, TaskState

Sample = tuple[Form, Answers]
MARRIED = PageRef(id="person.married")

HOME = form(
    question(element("person.married", Kind.YES_NO)),
    question(element("person.spouse"), "person.married"),
    question(element("house.address", Kind.ADDRESS)),
    question(element("house.permit"), 'house.address.division == "000101" && person.married'),
    repeat(
        question(element("child.name", known_from=("register.family.child_name",))),
        question(element("child.birth_date", Kind.DATE, known_from=("register.family.child_born",))),
        question(computed("child.age", "age(child.birth_date)")),
        question(element("child.school"), "child.age >= 6 || person.married && size(children) > 1"),
        question(fact("child.insured", Kind.YES_NO)),
        minimum=0,
        maximum=3,
    ),
    question(computed("family.size", "size(children) + (person.married ? 2 : 1)")),
    question(element("family.card", Kind.TEXT, rule(RuleKind.WHEN, "family.size > 2")), "family.size >= 2"),
)


def of_entry(name: str, entry: int = 0) -> PageRef:
    return PageRef(id=name, repeat="children", entry=entry)


def grounds_of(about: forms.About | None) -> list[tuple[str, list[str]]]:
    assert about is not None
    return [(reason.text, [ground.title.en for ground in reason.grounds]) for reason in about.reasons]


def test_a_page_names_the_answers_that_put_it_on_the_path() -> None:
    given_ = answers({"person.married": True})
    about = forms.about(HOME, given_, TODAY, PageRef(id="person.spouse"))
    assert grounds_of(about) == [("person.married", ["person.married"])]
    assert about is not None
    assert about.reasons[0].grounds[0].answer == Answer(value=True)
    assert about.reasons[0].holds
    assert about.asked_by == ("item",)
    always = forms.about(HOME, given_, TODAY, MARRIED)
    assert always is not None
    assert always.reasons == ()
    assert always.answer == Answer(value=True)


def test_a_page_asked_to_be_safe_names_what_is_open() -> None:
    about = forms.about(HOME, answers({}), TODAY, PageRef(id="house.permit"))
    assert about is not None
    assert {reason.holds for reason in about.reasons} == {None}
    assert [title for _, titles in grounds_of(about) for title in titles] == ["house.address", "person.married"]


def test_inside_an_entry_the_reasons_are_those_of_the_entry() -> None:
    rows: list[dict[str, Any]] = [{"child.birth_date": date(2010, 1, 1)}, {"child.birth_date": date(2025, 1, 1)}]
    given_ = answers({"person.married": True}, rows)
    elder = forms.about(HOME, given_, TODAY, of_entry("child.school"))
    assert grounds_of(elder) == [("child.age >= 6", ["child.age"])]
    younger = forms.about(HOME, given_, TODAY, of_entry("child.school", 1))
    assert grounds_of(younger) == [("person.married", ["person.married"]), ("size(children) > 1", ["children"])]
    age = forms.about(HOME, given_, TODAY, of_entry("child.age"))
    assert age is not None
    assert age.answer == Answer(value=16, origin=forms.COMPUTED)
    assert [ground.page for ground in age.computed_from] == [of_entry("child.birth_date")]


def test_a_list_page_has_its_reasons_and_a_strange_page_none() -> None:
    listed = forms.about(HOME, answers({}), TODAY, PageRef(id="children"))
    assert listed is not None
    assert listed.asked_by == ("item",)
    assert forms.about(HOME, answers({}), TODAY, PageRef(id="elsewhere")) is None


@settings(deadline=None)
@given(answered_forms())
def test_every_page_can_say_why_and_rests_on_pages_of_the_form(sample: Sample) -> None:
    asked, given_ = sample
    walked = forms.walk(asked, given_, TODAY)
    for page in walked.pages:
        about = forms.about(asked, given_, TODAY, page, walked=walked)
        assert about is not None
        assert about.answer == walked.counting(page)
        for reason in about.reasons:
            assert reason.grounds
            for ground in reason.grounds:
                assert forms.element_of(asked, ground.page) == ground.element
                assert ground.answer == walked.counting(ground.page)


def test_a_change_says_what_it_would_do_before_it_is_made() -> None:
    given_ = answers({"person.married": True, "person.spouse": "a", "family.card": "b"}, [{}])
    watched = {"stroller": "size(children) > 0", "marriage-certificate": "person.married"}
    found = forms.consequences(HOME, given_, MARRIED, False, TODAY, watched)
    assert ids(found.dropped) == ["person.spouse"]
    assert ids(found.recomputed) == ["family.size"]
    assert ids(found.broken) == ["family.card"]
    assert [(change.id, change.before, change.after) for change in found.changes] == [
        ("marriage-certificate", True, False)
    ]
    assert found.any
    back = forms.consequences(HOME, found.answers, MARRIED, True, TODAY, walked=found.walked)
    assert ids(back.returned) == ["person.spouse"]
    assert back.answers == given_
    assert not forms.consequences(HOME, given_, MARRIED, True, TODAY, watched).any


@settings(deadline=None)
@given(answered_forms(), st.data())
def test_consequences_are_what_then_happens(sample: Sample, data: st.DataObject) -> None:
    asked, given_ = sample
    page = data.draw(st.sampled_from(every_page(asked)))
    changed_element = forms.element_of(asked, page)
    assert changed_element is not None
    value = data.draw(st.none() | values(changed_element.kind))
    before = forms.path(asked, given_, TODAY)
    found = forms.consequences(asked, given_, page, value, TODAY)
    after = forms.path(asked, found.answers, TODAY)
    counted = forms.counting(asked, given_, TODAY)
    assert set(found.dropped) == {p for p in before if forms.answer_of(counted, p) is not None and p not in after}
    new = {p for p in after if p not in before and p != page and forms.repeat_of(asked, p) is None}
    assert set(found.asked) | set(found.returned) == new
    assert forms.consequences(asked, given_, page, value, TODAY, walked=found.walked) == found


def sectioned(*questions: tuple[str, Question]) -> Form:
    pages = tuple(msgspec.structs.replace(each, section=section) for section, each in questions)
    names = dict.fromkeys(section for section, _ in questions)
    return Form(version="v", sections=tuple(Section(id=name, title=text(name)) for name in names), pages=pages)


SECTIONS = sectioned(
    ("person", question(element("person.married", Kind.YES_NO))),
    ("person", question(element("person.phone"), required=False)),
    ("house", question(element("house.size", Kind.INTEGER))),
    ("house", question(element("house.rooms", Kind.INTEGER))),
    ("spouse", question(element("spouse.name"), "person.married")),
    ("spouse", question(element("spouse.phone"), 'person.married && spouse.name != ""')),
    ("known", question(fact("known.age", Kind.INTEGER))),
)


def states(given_: Answers) -> dict[str, TaskState]:
    return {task.section.id: task.state for task in forms.tasks(SECTIONS, given_, TODAY)}


def test_sections_say_how_far_they_have_come() -> None:
    assert states(answers({})) == {"person": "new", "house": "new", "spouse": "waiting"}
    waiting = forms.tasks(SECTIONS, answers({}), TODAY)[2]
    assert waiting.waits_for == (MARRIED,)
    assert states(answers({"house.size": 3})) == {"person": "new", "house": "started", "spouse": "waiting"}
    assert states(answers({"person.married": False})) == {"person": "done", "house": "new"}
    married = forms.tasks(SECTIONS, answers({"person.married": True, "house.size": 3}), TODAY)
    assert [task.state for task in married] == ["done", "started", "new"]
    assert [(task.answered, task.questions, task.first.id) for task in married] == [
        (1, 2, "person.married"),
        (1, 2, "house.rooms"),
        (0, 2, "spouse.name"),
    ]


def test_with_a_task_list_only_the_own_section_stands_in_the_way() -> None:
    rooms = PageRef(id="house.rooms")
    given_ = answers({"house.size": 3})
    assert not forms.may_visit(SECTIONS, given_, TODAY, rooms)
    assert forms.may_visit(SECTIONS, given_, TODAY, rooms, by_section=True)
    assert not forms.may_visit(SECTIONS, answers({}), TODAY, rooms, by_section=True)


@given(answered_forms())
def test_everything_done_is_no_page_open(sample: Sample) -> None:
    asked, given_ = sample
    listed = forms.tasks(asked, given_, TODAY)
    assert all(task.state is TaskState.DONE for task in listed) == (forms.first_open(asked, given_, TODAY) is None)
    assert tuple(page for task in listed for page in task.pages) == forms.path(asked, given_, TODAY)


REGISTER = {"register.family.child_name": ["甲", "乙", None], "register.family.child_born": ["2015-03-01", None, "x"]}


def test_a_register_fills_the_entries_of_a_list() -> None:
    known = forms.known_answers(HOME, REGISTER)
    first, second, third = known.repeats["children"]
    assert first["child.name"] == Answer(value="甲", origin="register.family.child_name")
    assert first["child.birth_date"].value == date(2015, 3, 1)
    assert second.keys() == {"child.name"}
    assert third == {}
    filled = forms.with_known(HOME, answers({"person.married": True}), known)
    assert filled.repeats == known.repeats
    assert "child.school[0]" in ids(forms.path(HOME, filled, TODAY))


def test_a_list_the_citizen_changed_stays_and_takes_only_what_is_open() -> None:
    known = forms.known_answers(HOME, REGISTER)
    mine = answers({}, [{"child.name": "丙"}, {"child.name": "甲"}])
    filled = forms.with_known(HOME, mine, known).repeats["children"]
    assert [entry["child.name"].value for entry in filled] == ["丙", "甲"]
    assert "child.birth_date" not in filled[0]
    assert filled[1]["child.birth_date"].origin == "register.family.child_born"
    assert forms.with_known(HOME, Answers(repeats={"children": ()}), known).repeats["children"] == ()


def test_a_disputed_value_is_not_taken() -> None:
    known = forms.known_answers(HOME, REGISTER)
    filled = forms.with_known(HOME, answers({}), known, {of_entry("child.birth_date")})
    assert filled.repeats["children"][0].keys() == {"child.name"}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(REGISTER, anything)))
def test_no_value_of_a_register_crashes_prefilling(facts: dict[str, object]) -> None:
    known = forms.known_answers(HOME, facts)
    forms.from_wire(HOME, forms.to_wire(forms.with_known(HOME, Answers(), known)))


@settings(deadline=None)
@given(answered_forms(), st.data())
def test_every_draft_is_saved_and_loaded_as_it_was(sample: Sample, data: st.DataObject) -> None:
    asked, given_ = sample
    draft = data.draw(edited(asked, forms.counting(asked, given_, TODAY)))
    saved = msgspec.json.encode(forms.to_wire(draft))
    loaded, left_out = forms.from_draft(asked, msgspec.json.decode(saved, type=WireAnswers))
    assert forms.path(asked, loaded, TODAY) == forms.path(asked, draft, TODAY)
    assert forms.counting(asked, loaded, TODAY) == forms.counting(asked, draft, TODAY)
    assert loaded.repeats.keys() == draft.repeats.keys()
    claimed = [pointer for pointer in left_out if not pointer.endswith("/origin")]
    assert claimed == [], "only a fact that a citizen claims is left out"


def test_a_draft_older_than_its_form_keeps_what_still_fits() -> None:
    old = form(question(element("a.a")), question(element("a.b", Kind.CHOICE, **choices("x", "y"))))
    new = form(question(element("a.b", Kind.CHOICE, **choices("y"))), question(element("a.c")))
    wire = forms.to_wire(answers({"a.a": "1", "a.b": "x"}))
    assert forms.from_wire(old, wire).single
    loaded, left_out = forms.from_draft(new, wire)
    assert loaded.single == {}
    assert left_out == ("/single/a.a", "/single/a.b/value")
