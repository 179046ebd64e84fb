"""Guides, the basket and long lists: they load, fit, are found by name, and post what is touched."""

from __future__ import annotations

import random

import pytest
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.catalogue import Audience
from kiosk.session import events
from kiosk.session.state import Browse
from kiosk.session.state import Stage as Where
from ui.gallery.choosing import CONFLICTING, GUIDED, OFFERS, TOGETHER, WANTING
from ui.models.finding import FindModel

__all__ = ["catalogue", "make_stage"]


@pytest.mark.parametrize(
    ("scene", "tap", "intent"),
    [
        ("find", "audience-enterprise", events.Browsed(browse=Browse.THEMES, audience=Audience.ENTERPRISE)),
        ("find", "life-birth", events.Browsed(browse=Browse.THEMES, life="birth")),
        ("find", "join-old-age-allowance", events.BasketFilled(items=("old-age-allowance",))),
        ("find-life", "join-old-age-allowance", events.BasketTaken(item="old-age-allowance")),
        ("find-life", "all", events.Back()),
        ("find-many", "basket", events.BasketOpened()),
        ("guide", "primary", events.Next()),
        ("guide", "join-birth-registration", events.BasketFilled(items=("birth-registration",))),
        ("guide-chosen", "join-birth-registration", events.BasketTaken(item="birth-registration")),
        ("guide-item", "secondary", events.BasketFilled(items=("insurance-certificate",))),
        (
            "guide-offered",
            f"offer-{OFFERS[0].item}",
            events.BasketFilled(items=("old-age-allowance", OFFERS[0].item)),
        ),
        ("guide-only", "primary", events.Next()),
        ("basket", f"remove-{TOGETHER[1]}", events.BasketTaken(item=TOGETHER[1])),
        ("basket", "secondary", events.Browsed(browse=Browse.THEMES)),
        ("basket", "primary", events.Next()),
        ("basket-removed", "put-back", events.BasketPutBack()),
        ("basket-conflict", f"drop-{CONFLICTING[1]}", events.BasketTaken(item=CONFLICTING[1])),
        ("basket-offered", f"offer-{OFFERS[1].item}", events.BasketFilled(items=(OFFERS[1].item,))),
        ("basket-guided", "print-guide", events.GuideWanted()),
        ("outcomes-offered", f"offer-{OFFERS[0].item}", events.ServiceChosen(service=OFFERS[0].item)),
    ],
)
def test_a_touch_says_what_is_wanted(make_stage: MakeStage, scene: str, tap: str, intent: events.Intent) -> None:
    citizen = Citizen(make_stage, scene)
    citizen.tap(tap)
    assert citizen.posted == [intent]


def test_what_is_wanted_before_is_added_by_one_touch(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "basket-wanting")
    before = citizen.stage.story.catalogue.items[WANTING].after[0].item
    citizen.tap(f"add-{before}")
    citizen.follows()
    assert before in citizen.stage.story.session.basket
    assert not citizen.sees(f"add-{before}")


def test_what_does_not_go_together_is_named_and_gone_once_one_is_removed(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "basket-conflict")
    assert citizen.reads("这两件不能一起办", "由工作人员决定")
    citizen.tap(f"drop-{CONFLICTING[0]}")
    citizen.follows()
    assert not citizen.reads("这两件不能一起办")


def test_the_basket_stands_in_the_corner_only_while_something_is_in_it(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "find")
    assert not citizen.sees("basket")
    citizen.tap("join-old-age-allowance")
    citizen.follows()
    assert citizen.sees("basket")
    assert citizen.value("basket", "count") == 1


def test_what_was_offered_and_taken_says_so(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "guide-offered")
    citizen.tap(f"offer-{OFFERS[0].item}")
    citizen.follows()
    taken = citizen.hand.find(f"offer-{OFFERS[0].item}")
    assert taken is not None
    assert not taken.enabled
    assert taken.text == "已加入"


def test_of_a_long_list_only_what_is_seen_is_made_and_the_rest_comes_by_the_button(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "find-many")
    listed = len(citizen.stage.story.session.hits)
    assert listed > 20

    def made() -> set[str]:
        return {name for name in citizen.hand.names() if name.startswith("service-")}

    first = made()
    assert len(first) < listed / 2
    for _ in range(30):
        button = citizen.hand.find("page-down")
        assert button is not None
        if not button.enabled:
            break
        citizen.hand.touch(button.middle)
        citizen.hand.rest()
    last = f"service-{citizen.stage.story.session.hits[-1].id}"
    one_things_first = [
        hit.id for hit in citizen.stage.story.session.hits if hit.id in citizen.stage.story.catalogue.items
    ]
    assert made() - first
    assert {last, f"service-{one_things_first[-1]}"} & made()


def test_lists_that_follow_each_other_in_any_order_break_nothing(make_stage: MakeStage) -> None:
    """Changing the parts of a list while it stood once walked into a row that was gone, and ended the process."""
    citizen = Citizen(make_stage, "find")
    catalogue, chance = citizen.stage.story.catalogue, random.Random(7)  # no secret: a run to repeat
    ways = [
        *(events.Browsed(browse=Browse.THEMES, life=life) for life in catalogue.stages),
        *(events.Browsed(browse=Browse.DEPARTMENTS, department=name) for name in catalogue.departments),
        *(events.Browsed(browse=Browse.THEMES, audience=audience) for audience in Audience),
        *(events.Searched(query=query) for query in ("许可", "开店", "证明", "", "没有的东西")),
        *(events.BasketFilled(items=(item,)) for item in TOGETHER),
        *(events.BasketTaken(item=item) for item in TOGETHER),
    ]
    for _ in range(150):
        button = citizen.hand.find(chance.choice(("page-down", "page-up")))
        if button is not None and button.enabled:
            citizen.hand.touch(button.middle)
        citizen.stage.story.happens(chance.choice(ways))
        citizen.stage.update(citizen.stage.story.session)
        if chance.random() < 0.5:
            citizen.stage.picture()
    assert not citizen.faults()


def test_another_list_begins_at_its_top_also_while_the_one_before_still_moves(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "find-many")
    button = citizen.hand.find("page-down")
    assert button is not None
    citizen.hand.touch(button.middle)
    citizen.posted[:] = [events.Browsed(browse=Browse.SEARCH)]
    citizen.follows()
    citizen.hand.rest()
    citizen.stage.picture()
    field = citizen.hand.find("field")
    assert field is not None
    assert field.seen


def test_who_comes_back_from_a_guide_finds_the_list_where_it_was(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "find-many")
    citizen.tap("page-down")
    citizen.hand.rest()
    citizen.tap("page-down")
    citizen.hand.rest()
    find = citizen.stage.findChild(FindModel)
    assert isinstance(find, FindModel)
    assert find.property("place") > 0
    citizen.posted[:] = [events.Browsed(browse=Browse.THEMES, life="birth")]
    citizen.follows()
    assert find.property("place") == -1, "another list begins at its top"


def test_a_guide_that_was_printed_ends_and_one_that_was_not_says_to_photograph_it(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "guide-printed")
    assert citizen.reads("请从出纸口取走")
    citizen.tap("primary")
    citizen.follows()
    assert citizen.stage.story.session.stage is Where.ATTRACT
    assert Citizen(make_stage, "guide-not-printed").reads("请用手机拍下这一页")


def test_a_guide_says_where_to_go(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "guide-only")
    items = citizen.stage.story.catalogue.items
    office = citizen.stage.story.catalogue.departments[items[GUIDED].department].office
    assert citizen.reads(office.zh_hans)
