"""The pages of long forms, changed answers, forms kept for later, mandates and helpers: read, measured and touched."""

from __future__ import annotations

import pytest
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.forms import PageRef
from kiosk.session import events
from ui.gallery.modes import LAYOUTS

__all__ = ["catalogue", "make_stage"]
"""Fixtures, shared with the pages before the materials."""


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("aid", ["why", "source"])
def test_why_it_is_asked_is_one_touch_away_and_one_touch_back(make_stage: MakeStage, aid: str, layout: str) -> None:
    citizen = Citizen(make_stage, "question-helped", layout=layout)
    assert not citizen.sees("close-explained")
    citizen.tap(aid)
    assert citizen.sees("close-explained")
    assert citizen.faults() == []
    citizen.tap("close-explained")
    assert not citizen.sees("close-explained")
    assert citizen.posted == []


def test_the_reason_names_the_earlier_answer(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-yes-no")
    citizen.tap("why")
    assert citizen.reads("办这些要用")


@pytest.mark.parametrize(
    ("scene", "taps", "posted"),
    [
        ("tasks", ("section-self",), None),
        ("change", ("primary",), events.Next()),
        ("change", ("secondary",), events.ChangeDropped()),
        ("resume", ("resume-draft-of-restaurant",), events.DraftChosen(draft="draft-of-restaurant")),
        ("resume", ("primary",), events.Next()),
        ("resume-again", ("primary",), events.Next()),
        ("kept", ("primary",), events.Next()),
        ("kept", ("secondary",), events.Back()),
        ("behalf", ("act-own",), events.ActedFor()),
        ("behalf", ("act-WT-0001",), events.ActedFor(mandate="WT-0001")),
        ("notice", ("secondary",), events.BehalfWanted()),
        ("helper-code", tuple(f"key-{digit}" for digit in "123456"), events.HelperCodeEntered(code="123456")),
        ("confirm-helped", ("end-help",), events.HelperLeft()),
        ("question-helped", ("keep",), events.SaveWanted()),
        ("question-helped", ("to-list",), events.ListWanted()),
    ],
)
def test_a_touch_says_what_it_says(
    make_stage: MakeStage, scene: str, taps: tuple[str, ...], posted: events.Intent | None
) -> None:
    citizen = Citizen(make_stage, scene)
    if posted is None:
        first = next(name for name in citizen.hand.names() if name.startswith("section-"))
        taps, posted = (first,), events.SectionChosen(section=first.removeprefix("section-"))
    citizen.tap(*taps)
    assert citizen.posted == [posted]


def test_deleting_what_was_kept_asks_once_more(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "resume")
    citizen.tap("drop-draft-of-restaurant")
    assert citizen.posted == []
    assert citizen.reads("确定删除，找不回来")
    citizen.tap("drop-draft-of-restaurant")
    assert citizen.posted == [events.DraftDropped(draft="draft-of-restaurant")]


def test_a_mandate_for_something_else_cannot_be_chosen(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "behalf")
    card = citizen.hand.find("act-WT-0002")
    assert card is not None
    assert not card.enabled
    assert citizen.reads("这份委托不包括这次要办的事")


def test_names_of_principals_are_masked(make_stage: MakeStage) -> None:
    for scene in ("behalf", "notice-for-somebody", "review-for-somebody"):
        citizen = Citizen(make_stage, scene)
        assert citizen.reads("陈**")
        assert not citizen.reads("陈样本")


def test_a_change_of_the_situation_is_offered_on_the_review(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "review-restaurant")
    rows = [name for name in citizen.hand.names() if name.startswith("change-")]
    citizen.tap(rows[0])
    (wanted,) = citizen.posted
    assert isinstance(wanted, events.ChangeWanted)
    assert isinstance(wanted.page, PageRef)
