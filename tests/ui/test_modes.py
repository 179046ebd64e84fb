"""How somebody wants to be shown and told things, on the real screen; and a touch counts once, where it was made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject
from test_over_pages import Shown, shown

from kiosk.session import events
from kiosk.session.preferences import Pace, Preferences, chosen
from kiosk.session.state import Idle, Stage
from kiosk.settings import Layout
from kiosk.words import Language
from ui.gallery.every import EVERY
from ui.gallery.scenes import Story
from ui.models.onward import onward
from ui.models.shell import STEPS
from ui.theme.look import Look

__all__ = ["shown"]

MORE = Preferences(elder=True, low_reach=True)


def prefers(screen: Shown) -> Preferences:
    """Return what was asked for last, and show it as the session would."""
    asked = [each for each in screen.posted if isinstance(each, events.Preferred)][-1]
    after = chosen(screen.session.preferences, asked.preferences)
    screen.session = replace(screen.session, preferences=after)
    screen.show(screen.session)
    return after


def test_each_touch_on_see_and_hear_counts_at_once(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.tap("see-hear")
    for name, wanted in (
        ("prefer-contrast", Preferences(high_contrast=True)),
        ("prefer-reach", Preferences(high_contrast=True, low_reach=True)),
        ("prefer-speech", Preferences(high_contrast=True, low_reach=True, spoken=True)),
        ("volume-louder", Preferences(high_contrast=True, low_reach=True, spoken=True, volume=4)),
        ("pace-slow", Preferences(high_contrast=True, low_reach=True, spoken=True, volume=4, pace=Pace.SLOW)),
    ):
        screen.tap(name)
        assert prefers(screen) == wanted, name
    screen.tap("close-see-hear")
    assert not screen.sees("prefer-contrast")


def test_in_high_contrast_nothing_moves(shown: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Look] = []
    monkeypatch.setattr("ui.screen.apply_look", lambda _engine, look: looks.append(look))
    screen = shown()
    screen.show(replace(screen.session, preferences=Preferences(high_contrast=True)))
    assert [look.reduced_motion for look in looks] == [False, True]


def test_one_touch_makes_it_the_elder_mode_and_one_ends_it(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.tap("elder")
    assert prefers(screen) == Preferences(elder=True, spoken=True)
    screen.tap("elder")
    assert prefers(screen) == Preferences()


@pytest.mark.parametrize("layout", list(Layout))
def test_what_lies_over_a_page_is_in_the_lower_half_too(shown: Callable[..., Shown], layout: Layout) -> None:
    screen = shown(layout=layout, language=Language.EN)
    screen.session = replace(screen.session, preferences=MORE)
    screen.show(screen.session)
    half = layout.size_px[1] / 2
    for opener, names in (
        ("see-hear", ("prefer-elder", "prefer-reach", "volume-lower", "pace-quick", "close-see-hear")),
        ("language", ("language-zh-Hans", "close-languages")),
        ("help", ("close-help",)),
    ):
        screen.tap(opener)
        for name in names:
            item = screen.hand.find(name)
            if item is None:  # further down: its own button brings it up
                assert screen.sees("page-down"), name
            else:
                assert item.y >= half - 1, (opener, name)
        screen.tap(names[-1])
    for session in (replace(screen.session, idle=Idle(remaining_s=9)), replace(screen.session, leaving=True)):
        screen.show(session)
        stay = screen.hand.find("stay")
        assert stay is not None
        assert stay.y >= half - 1


def test_every_page_says_what_comes_next(shown: Callable[..., Shown]) -> None:
    screen = shown()
    silent = {Stage.ATTRACT, Stage.GOODBYE}
    stories = [scene.story(Story(screen.catalogue, Language.ZH_HANS)).session for scene in EVERY.values()]
    assert {session.stage for session in stories} == set(Stage)
    for session in stories:
        assert bool(onward(session)) is (session.stage not in silent), session.stage
    assert max(STEPS.values()) == 5, "第 n 步，共 6 步"


def test_the_second_tap_of_a_double_tap_is_none_of_the_page_it_led_to(shown: Callable[..., Shown]) -> None:
    screen = shown()
    window: QObject = screen.window
    window.setProperty("secondTap", 600_000)
    screen.tap("primary")
    assert len(screen.said()) == 1
    there = screen.hand.find("primary")
    screen.show(EVERY["review"].story(Story(screen.catalogue, Language.ZH_HANS)).session)
    assert there is not None
    screen.hand.touch(there.middle)
    assert len(screen.said()) == 1, "the first touch led here"
    screen.tap("home")
    assert isinstance(screen.said()[-1], events.Home), "elsewhere a touch counts at once"


def test_a_touch_while_a_page_comes_in_counts(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.screen.show(EVERY["review"].story(Story(screen.catalogue, Language.ZH_HANS)).session)
    screen.look()  # one frame: the page is still on its way
    page = screen.hand.find("primary")
    assert page is not None
    screen.hand.touch(page.middle)
    assert isinstance(screen.said()[-1], events.Next)
