"""Every service of the delivered catalogue can be done to its end, alone and put together with others."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import SESSION, Story, catalogue, example_of

from kiosk import forms
from kiosk.catalogue import BASKET
from kiosk.forms import Form
from kiosk.session import basket, effects, events
from kiosk.session.state import Receipt, Stage

MOST_PAGES = 300


def walked(story: Story) -> Story:
    """Answer every question with its element's own example, and do what every other page asks for."""
    for _ in range(MOST_PAGES):
        state = story.state
        if state.stage in (Stage.OUTCOMES, Stage.ATTRACT):
            return story
        if state.stage in (Stage.GUIDE, Stage.BASKET) and state.guide_paper is Receipt.PRINTING:
            story.happens(events.GuidePrinted(proven=True))
            continue
        if state.stage not in (Stage.SITUATION, Stage.QUESTION):
            story.forward()
            continue
        element = forms.element_of(_form(story), story.page())
        raw = None if element is None else example_of(element)
        story.happens(events.Next() if raw is None else events.Answered(page=story.page(), raw=raw))
        assert story.state != state, f"no way on from {state.page}: {story.state.advice}"
    raise AssertionError(f"never came to an end; stands at {story.state.stage} {story.state.page}")


def _form(story: Story) -> Form:
    state = story.state
    form = state.matter.form if state.matter is not None else catalogue().situation_form(state.service)
    assert form is not None
    return form


@pytest.mark.parametrize("service", [service.id for service in catalogue().services()])
def test_it_ends_submitted_or_with_its_guide_on_paper(service: str) -> None:
    story = Story().happens(events.Touched(session=SESSION), events.ServiceChosen(service=service))
    walked(story)
    submitted, printed = story.of(effects.Submit), story.of(effects.PrintGuide)
    assert submitted or printed
    assert story.state.stage is (Stage.OUTCOMES if submitted else Stage.ATTRACT)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_put_together_comes_to_an_end(data: st.DataObject) -> None:
    every = sorted(catalogue().items)
    items = tuple(data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=6, unique=True), "items"))
    story = Story().fills(*items)
    if catalogue().conflicts(items):
        story.happens(events.Next())
        assert story.state.stage is Stage.BASKET
        assert story.state.told_conflicts
    walked(story)
    filed = tuple(item for item in items if catalogue().items[item].outcome != "guided")
    assert {sent.request.items for sent in story.of(effects.Submit)} == ({filed} if filed else set())
    assert all(sent.request.matter == BASKET for sent in story.of(effects.Submit))
    assert len(items) <= basket.MOST
