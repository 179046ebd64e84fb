"""What holds of every form, however its conditions look at each other, and of every set of answers."""

from __future__ import annotations

import itertools

from form_builders import NAMES, TODAY, answered_forms, values
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import forms
from kiosk.forms import Answer, Answers, Form, PageRef

Sample = tuple[Form, Answers]


@given(answered_forms())
def test_answers_off_the_path_never_change_the_path(sample: Sample) -> None:
    form, answers = sample
    counting = forms.counting(form, answers, TODAY)
    assert forms.path(form, counting, TODAY) == forms.path(form, answers, TODAY)
    assert forms.environment(form, counting, TODAY) == forms.environment(form, answers, TODAY)


@given(answered_forms())
def test_counting_twice_is_counting_once(sample: Sample) -> None:
    form, answers = sample
    once = forms.counting(form, answers, TODAY)
    assert forms.counting(form, once, TODAY) == once


@given(answered_forms(), st.sampled_from(NAMES), st.data())
def test_changing_an_answer_off_the_path_changes_nothing(sample: Sample, name: str, data: st.DataObject) -> None:
    form, answers = sample
    before = forms.path(form, answers, TODAY)
    page = PageRef(id=name)
    element = forms.element_of(form, page)
    assert element is not None
    changed = forms.with_answer(answers, page, Answer(value=data.draw(values(element.kind))))
    after = forms.path(form, changed, TODAY)
    if page not in before:
        assert after == before


@given(answered_forms())
def test_forward_then_back_returns(sample: Sample) -> None:
    form, answers = sample
    pages = forms.path(form, answers, TODAY)
    assert len(set(pages)) == len(pages)
    for page, following in itertools.pairwise(pages):
        assert forms.next_page(form, answers, TODAY, page) == following
        assert forms.previous_page(form, answers, TODAY, following) == page
    if pages:
        assert forms.next_page(form, answers, TODAY, pages[-1]) is None


@given(answered_forms())
def test_the_first_open_page_may_be_visited_and_nothing_behind_it(sample: Sample) -> None:
    form, answers = sample
    pages = forms.path(form, answers, TODAY)
    opened = forms.first_open(form, answers, TODAY)
    places = pages if opened is None else pages[: pages.index(opened) + 1]
    assert [page for page in pages if forms.may_visit(form, answers, TODAY, page)] == list(places)


@settings(deadline=None)
@given(answered_forms(), st.data())
def test_answering_what_is_open_always_comes_to_an_end_that_validates(sample: Sample, data: st.DataObject) -> None:
    form, answers = sample
    for _ in range(60):
        page = forms.first_open(form, answers, TODAY)
        if page is None:
            break
        element = forms.element_of(form, page)
        assert element is not None
        answers = forms.with_answer(answers, page, Answer(value=data.draw(values(element.kind))))
    assert forms.first_open(form, answers, TODAY) is None
    assert forms.validate(form, answers, TODAY) == ()
    wire = forms.to_wire(forms.counting(form, answers, TODAY))
    assert forms.counting(form, forms.from_wire(form, wire), TODAY) == forms.counting(form, answers, TODAY)


anything = st.one_of(st.text(), st.booleans(), st.integers(), st.dates(), st.just(()), st.tuples(st.text()))


@given(answered_forms(), st.dictionaries(st.sampled_from(NAMES), anything), st.dates())
def test_no_value_of_any_kind_crashes_the_path(sample: Sample, strange: dict[str, object], today: object) -> None:
    form, answers = sample
    for name, value in strange.items():
        answers = forms.with_answer(answers, PageRef(id=name), Answer(value=value))  # type: ignore[arg-type]  # strange on purpose
    forms.counting(form, answers, TODAY)
    forms.validate(form, answers, TODAY)
    forms.first_open(form, answers, today)  # type: ignore[arg-type]  # hypothesis says object
