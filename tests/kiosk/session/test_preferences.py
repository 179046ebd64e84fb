"""What somebody chose holds for them alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stories import HOLDER, Story, catalogue

from kiosk.session import events
from kiosk.session.effects import Activity, Slot, activities
from kiosk.session.house import House
from kiosk.session.machine import step
from kiosk.session.preferences import LOUDEST, PATIENCE, Pace, Preferences, chosen, plugged, unplugged
from kiosk.session.runner import Clocks, grace_s
from kiosk.session.state import DocumentSource, Session, Stage
from kiosk.words import Language

ANY = st.builds(
    Preferences,
    elder=st.booleans(),
    high_contrast=st.booleans(),
    low_reach=st.booleans(),
    spoken=st.booleans(),
    volume=st.integers(-2, 9),
    pace=st.sampled_from(Pace),
    guided=st.booleans(),
)
CLOCKS = Clocks(idle_s=90, warning_s=20, session_limit_s=1800, goodbye_s=5)


@given(ANY, ANY)
def test_a_choice_is_what_was_chosen_and_speech_as_it_must_be(before: Preferences, wanted: Preferences) -> None:
    before = chosen(Preferences(), before)
    after = chosen(before, wanted)
    assert replace(after, spoken=False, volume=0) == replace(wanted, spoken=False, volume=0)
    assert 0 <= after.volume <= LOUDEST
    assert after.spoken or not after.guided
    assert not (after.spoken and not before.spoken and after.volume == 0)
    assert chosen(after, after) == after


@given(ANY)
def test_the_elder_mode_speaks_until_it_is_told_not_to(before: Preferences) -> None:
    silent = chosen(Preferences(), replace(before, elder=False, spoken=False, guided=False))
    elder = chosen(silent, replace(silent, elder=True))
    assert elder.spoken
    hushed = chosen(elder, replace(elder, spoken=False))
    assert not hushed.spoken
    assert not chosen(hushed, replace(hushed, low_reach=not hushed.low_reach)).spoken, "it is turned on once"
    assert not chosen(elder, replace(elder, elder=False)).spoken


@given(ANY)
def test_headphones_guide_and_pulled_out_nothing_private_is_said(before: Preferences) -> None:
    guided = plugged(chosen(Preferences(), before))
    assert guided.guided
    assert guided.spoken
    assert not unplugged(guided).guided
    assert unplugged(guided).spoken, "prompts are for everybody to hear"


def test_who_needs_more_time_has_twice_as_much() -> None:
    assert Preferences().patience == Preferences(high_contrast=True, low_reach=True, spoken=True).patience == 1
    assert Preferences(elder=True).patience == Preferences(guided=True).patience == PATIENCE
    story = Story().opens("newborn")
    assert grace_s(story.state, CLOCKS) == 0


def preferred(story: Story) -> Story:
    return story.happens(
        events.Preferred(preferences=Preferences(elder=True, high_contrast=True, volume=5)),
        events.HeadphonesChanged(plugged=True),
    )


def test_they_hold_on_every_page_and_at_the_start_over() -> None:
    story = preferred(Story().opens("newborn"))
    story.happens(events.Home())
    assert story.at(Stage.FIND)
    assert story.state.preferences == Preferences(elder=True, high_contrast=True, spoken=True, volume=5, guided=True)


def test_goodbye_is_said_their_way_and_the_next_one_has_chosen_nothing() -> None:
    story = preferred(Story().opens("newborn").happens(events.Next(), events.Next()))
    story.happens(events.DocumentRead(holder=HOLDER), events.Home(), events.Leave())
    assert story.at(Stage.GOODBYE)
    assert story.state.preferences.elder
    story.happens(events.DocumentRemoved(source=DocumentSource.ID_READER), events.GoodbyeOver())
    assert story.at(Stage.ATTRACT)
    assert story.state.preferences == Preferences()


def test_a_time_out_forgets_them() -> None:
    story = preferred(Story().opens("newborn")).happens(events.IdleOver())
    assert story.at(Stage.ATTRACT)
    assert story.state.preferences == Preferences()


def test_chosen_before_anything_began_and_left_they_are_forgotten_after_a_while() -> None:
    house = House(catalogue=catalogue(), terminal="T", language=Language.ZH_HANS)
    rest = Session()
    assert Slot.CLOCK not in activities(rest), "a terminal at rest waits for nothing"
    state, _ = step(house, rest, events.Preferred(preferences=Preferences(elder=True)))
    assert activities(state)[Slot.CLOCK] is Activity.FORGOTTEN
    state, _ = step(house, state, events.LanguageChosen(language=Language.EN))
    assert step(house, state, events.GoodbyeOver())[0] == state
    assert step(house, state, events.GoodbyeOver(forgotten=True))[0] == rest


def test_headphones_pulled_out_before_anything_began_are_somebody_going_away() -> None:
    house = House(catalogue=catalogue(), terminal="T")
    state, _ = step(house, Session(), events.HeadphonesChanged(plugged=True))
    assert state.preferences.guided
    assert step(house, state, events.HeadphonesChanged(plugged=False))[0] == Session()
