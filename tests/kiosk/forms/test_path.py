from __future__ import annotations

import random
import time
from datetime import date

from form_builders import FAMILY, TODAY, answers, element, form, ids, question, repeat

from kiosk import forms
from kiosk.forms import Address, Answer, Answers, Form, Kind, PageRef


def test_the_path_goes_through_an_entry_and_then_its_list_page() -> None:
    pages = forms.path(FAMILY, Answers(), TODAY)
    assert ids(pages) == [
        "person.married",
        "person.spouse",
        "house.address",
        "child.name[0]",
        "child.birth_date[0]",
        "child.school[0]",
        "children",
    ]


def test_what_is_false_is_off_the_path_and_what_is_unknown_stays_on() -> None:
    assert "person.spouse" in ids(forms.path(FAMILY, Answers(), TODAY))
    assert "person.spouse" in ids(forms.path(FAMILY, answers({"person.married": True}), TODAY))
    assert "person.spouse" not in ids(forms.path(FAMILY, answers({"person.married": False}), TODAY))


def test_a_question_inside_an_entry_sees_its_own_entry_and_everything_outside() -> None:
    old, young = date(2016, 1, 1), date(2026, 1, 1)
    given = answers({"person.married": True}, [{"child.birth_date": old}, {"child.birth_date": young}])
    pages = ids(forms.path(FAMILY, given, TODAY))
    assert "child.school[0]" in pages
    assert "child.school[1]" not in pages
    given = answers({"person.married": False}, [{"child.birth_date": old}])
    assert "child.school[0]" not in ids(forms.path(FAMILY, given, TODAY))


def test_how_many_entries_there_are_is_known_before_they_are_answered() -> None:
    assert "family.card" not in ids(forms.path(FAMILY, Answers(), TODAY))
    assert "family.card" in ids(forms.path(FAMILY, answers({}, [{}, {}]), TODAY))


def test_a_list_that_may_be_empty_and_was_never_opened_is_unknown() -> None:
    asked = form(repeat(question(element("child.name")), minimum=0), question(element("q.none"), "size(children) == 0"))
    values = forms.environment(asked, Answers(), TODAY)
    assert "children" not in values
    assert forms.environment(asked, answers({}, []), TODAY)["children"] == ()


def test_an_answer_off_the_path_counts_nowhere() -> None:
    asked = form(
        question(element("q.a", Kind.YES_NO)),
        question(element("q.b", Kind.YES_NO), "q.a"),
        question(element("q.c"), "q.a && q.b || !q.a"),
        question(element("q.d"), "q.b"),
    )
    kept = answers({"q.a": False, "q.b": False})
    assert ids(forms.path(asked, kept, TODAY)) == ["q.a", "q.c", "q.d"]  # q.b is unanswered again, so q.d is unknown
    assert set(forms.counting(asked, kept, TODAY).single) == {"q.a"}
    back = forms.with_answer(kept, PageRef(id="q.a"), Answer(value=True))
    assert ids(forms.path(asked, back, TODAY)) == ["q.a", "q.b"]


def test_a_condition_may_look_at_a_later_page() -> None:
    asked = form(
        question(element("q.first"), "q.last"),
        question(element("q.middle", Kind.YES_NO)),
        question(element("q.last", Kind.YES_NO), "q.middle"),
    )
    assert ids(forms.path(asked, answers({"q.middle": True, "q.last": False}), TODAY)) == ["q.middle", "q.last"]
    # q.last is off the path now: its kept answer decides nothing
    assert ids(forms.path(asked, answers({"q.middle": False, "q.last": False}), TODAY)) == ["q.first", "q.middle"]


def test_a_ring_of_conditions_neither_hangs_nor_crashes() -> None:
    asked = form(
        question(element("q.a", Kind.YES_NO), "!q.b"),
        question(element("q.b", Kind.YES_NO), "!q.a"),
    )
    assert forms.compiled(asked).ring == ("q.a", "q.b")
    for a in (True, False):
        for b in (True, False):
            assert forms.path(asked, answers({"q.a": a, "q.b": b}), TODAY)


def test_next_and_previous_follow_the_path_even_from_a_page_that_left_it() -> None:
    given = answers({"person.married": False})
    assert forms.next_page(FAMILY, given, TODAY, PageRef(id="person.spouse")) == PageRef(id="house.address")
    assert forms.previous_page(FAMILY, given, TODAY, PageRef(id="house.address")) == PageRef(id="person.married")
    assert forms.previous_page(FAMILY, given, TODAY, PageRef(id="person.married")) is None
    assert forms.next_page(FAMILY, given, TODAY, PageRef(id="children")) is None
    assert forms.next_page(FAMILY, given, TODAY, PageRef(id="nothing.here")) is None


def test_a_page_may_be_visited_when_everything_required_before_it_is_answered_and_good() -> None:
    spouse, address = PageRef(id="person.spouse"), PageRef(id="house.address")
    assert forms.may_visit(FAMILY, Answers(), TODAY, PageRef(id="person.married"))
    assert not forms.may_visit(FAMILY, Answers(), TODAY, spouse)
    given = answers({"person.married": True, "person.spouse": "钱仿真"})
    assert forms.may_visit(FAMILY, given, TODAY, address)
    assert not forms.may_visit(FAMILY, answers({"person.married": False}), TODAY, spouse)
    known = {"000101"}
    placed = forms.with_answer(given, address, Answer(value=Address(division="999999", detail="1号")))
    name = PageRef(id="child.name", repeat="children", entry=0)
    assert not forms.may_visit(FAMILY, placed, TODAY, name, known)
    assert forms.may_visit(FAMILY, placed, TODAY, name)


def test_first_open_skips_what_need_not_be_answered() -> None:
    given = answers(
        {"person.married": False, "house.address": Address(division="000101", detail="1号")},
        [{"child.name": "赵一", "child.birth_date": date(2026, 1, 5)}],
    )
    assert forms.first_open(FAMILY, given, TODAY) is None
    bad = forms.with_answer(given, PageRef(id="child.name", repeat="children", entry=0), Answer(value="太长的名字"))
    assert forms.first_open(FAMILY, bad, TODAY) == PageRef(id="child.name", repeat="children", entry=0)


def test_entries_are_padded_to_the_fewest_and_cut_at_the_most() -> None:
    assert forms.entries(FAMILY, Answers(), "children") == ({},)
    assert len(forms.entries(FAMILY, answers({}, [{}] * 9), "children")) == 3
    assert forms.entries(FAMILY, Answers(), "nobody") == ()


def test_holds_is_three_valued_and_looks_from_inside_an_entry() -> None:
    given = answers({}, [{"child.name": "赵一"}])
    assert forms.holds(FAMILY, "person.married", given, TODAY) is None
    assert forms.holds(FAMILY, 'child.name == "赵一"', given, TODAY, repeat="children", entry=0) is True
    assert forms.holds(FAMILY, 'children.exists(c, c.name == "赵二")', given, TODAY) is False


def test_what_conditions_mention_but_the_form_does_not_ask_is_unknown() -> None:
    asked = form(question(element("q.a"), "q.b"), mentioned=(question(element("q.b", Kind.YES_NO)),))
    assert ids(forms.path(asked, answers({"q.b": False}), TODAY)) == ["q.a"]


def test_pages_tell_what_they_are() -> None:
    entry = PageRef(id="child.school", repeat="children", entry=0)
    listed = PageRef(id="children")
    assert forms.is_required(FAMILY, PageRef(id="person.married"))
    assert not forms.is_required(FAMILY, entry)
    assert not forms.is_required(FAMILY, listed)
    found = forms.repeat_of(FAMILY, listed)
    assert found is not None
    assert found.id == "children"
    assert forms.repeat_of(FAMILY, entry) is None
    assert forms.element_of(FAMILY, listed) is None
    assert forms.answer_of(answers({}, [{"child.school": "一小"}]), entry) == Answer(value="一小")


def long_form() -> Form:
    pages = [question(element("q.n0", Kind.INTEGER))]
    pages += [
        question(element(f"q.n{index}", Kind.INTEGER), f"q.n{index - 1} > 0 || q.n0 == {index}")
        for index in range(1, 60)
    ]
    return form(*pages)


def test_a_path_of_sixty_questions_takes_well_under_a_millisecond() -> None:
    asked = long_form()
    given = answers({f"q.n{index}": index % 7 for index in random.Random(1).sample(range(60), 40)})
    forms.path(asked, given, TODAY)
    took_ms = []
    for _ in range(50):
        began = time.perf_counter()
        forms.path(asked, given, TODAY)
        took_ms.append((time.perf_counter() - began) * 1000)
    assert min(took_ms) < 1


def test_a_fact_that_only_a_register_says_is_never_asked() -> None:
    """It is on the path when a register said it; unsaid, or said by a citizen, it is unknown."""
    months = element("person.months", Kind.INTEGER, known_from=("register.insurance.months",), confirm=False)
    asked = form(question(months), question(element("person.note"), when="person.months > 12"))

    def said(origin: str, value: int = 3) -> Answers:
        return Answers(single={"person.months": Answer(value=value, origin=origin)})

    assert ids(forms.path(asked, said("register.insurance.months"), TODAY)) == ["person.months"]
    for nobody in (Answers(), said("citizen"), said("register.other.months")):
        assert ids(forms.path(asked, nobody, TODAY)) == ["person.note"], "an unknown condition leaves its page on"
        assert forms.counting(asked, nobody, TODAY).single == {}
        assert (
            forms.validate(asked, forms.with_answer(nobody, PageRef(id="person.note"), Answer(value="x")), TODAY) == ()
        )
