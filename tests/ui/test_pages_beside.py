"""The pages beside a matter: read, measured and touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.contract import ComplaintKind, Verdict, Way
from kiosk.session import beside_events, events
from ui.gallery.beside import COMPLAINT
from ui.models.queueing import stretches

__all__ = ["catalogue", "make_stage"]
"""Fixtures, shared with the pages before the materials."""


@pytest.mark.parametrize(
    ("scene", "taps", "posted"),
    [
        ("find", ("queue",), beside_events.QueueWanted()),
        ("mine", ("queue",), beside_events.QueueWanted()),
        (
            "halls",
            ("own-queue-centre/insurance",),
            beside_events.TicketWanted(hall="centre", service="insurance"),
        ),
        ("halls-closed", ("primary",), events.Retry()),
        ("halls-failed", ("primary",), events.Retry()),
        ("ticket-printed", ("primary",), events.Next()),
        ("ticket-printed", ("secondary",), events.Back()),
        ("ticket-unprinted", ("retry",), events.Retry()),
        ("mine", ("complain",), beside_events.ComplainWanted()),
        ("case-overdue", ("complain",), beside_events.ComplainWanted()),
        (
            "mine-complaints",
            (f"own-complaint-{COMPLAINT.number}",),
            beside_events.ComplaintChosen(number=COMPLAINT.number),
        ),
        (
            "complain-case",
            ("kind-too-slow", "primary"),
            beside_events.ComplaintMade(kind=ComplaintKind.TOO_SLOW),
        ),
        ("complain", ("secondary",), events.Back()),
        ("case-delivery", ("delivery",), beside_events.DeliveryWanted()),
        (
            "delivery",
            ("way-collection-point", "point-centre", "primary"),
            beside_events.DeliveryChosen(way=Way.COLLECTION_POINT, point="centre"),
        ),
        ("delivery", ("way-slip", "primary"), beside_events.DeliveryChosen(way=Way.SLIP)),
        ("complaint-taken", ("primary",), events.Next()),
        ("complaint-unprinted", ("retry",), events.Retry()),
        ("complaint-answered", ("verdict-unsolved",), beside_events.Judged(verdict=Verdict.UNSOLVED)),
    ],
)
def test_a_touch_says_what_it_says(
    make_stage: MakeStage, scene: str, taps: tuple[str, ...], posted: events.Intent
) -> None:
    citizen = Citizen(make_stage, scene)
    citizen.tap(*taps)
    assert citizen.posted == [posted]


def test_the_first_touch_may_be_for_a_number(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "attract")
    citizen.tap("attract-queue")
    assert [type(each) for each in citizen.posted] == [events.Touched, beside_events.QueueWanted]


def test_a_closed_hall_says_when_it_opens(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "halls-closed")
    assert citizen.reads("现在没有开门，明天（4月16日）上午 9:30 开门", "现在不叫号")


def test_a_number_says_how_many_how_long_where_and_the_way(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "ticket-printed")
    assert citizen.reads("A023", "前面还有 7 人", "大约等 25–40 分钟", "2 号窗口", "向左转")
    assert citizen.sees("plan")
    assert not citizen.sees("code"), "no phone reaches a backend without a public address"
    assert Citizen(make_stage, "ticket-unprinted").reads("屏幕上的一样有效", "A023")


def test_who_is_not_verified_is_asked_for_words_and_a_phone(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "complain")
    assert citizen.reads("请先选一类")
    citizen.tap("kind-terminal")
    citizen.write("words-input", "屏幕点不动")
    assert citizen.reads("请留一个能找到您的电话")
    assert citizen.value("primary", "enabled") is False, "nobody could be called back"
    citizen.tap(*(f"key-{digit}" for digit in "0000000"), "primary")
    wanted = beside_events.ComplaintMade(kind=ComplaintKind.TERMINAL, words="屏幕点不动", phone="0000000")
    assert citizen.posted == [wanted]


def test_a_complaint_says_its_number_its_code_who_has_it_and_until_when(make_stage: MakeStage) -> None:
    taken = Citizen(make_stage, "complaint-taken")
    assert taken.reads(COMPLAINT.number, "查询码 482913", "示例市民政局", "4月20日（星期一）前答复")
    assert not taken.sees("verdict-solved")
    assert not Citizen(make_stage, "complaint-open").reads("查询码")
    assert Citizen(make_stage, "complaint-answered").reads("经办人已经更换")


def test_a_case_says_how_its_result_comes_and_what_opens_the_locker(make_stage: MakeStage) -> None:
    ready = Citizen(make_stage, "case-delivery")
    assert ready.reads("到领取点自己取", "湖滨区便民柜", "取件码 738204", "保管到 2026年5月15日")
    posted = Citizen(make_stage, "case-posted")
    assert posted.reads("已经寄出", "邮件号 EX000000001CN")
    assert not posted.sees("delivery")


def test_the_post_is_told_where_to(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "delivery")
    citizen.tap("way-mail", "division-000102", "division-000102003000")
    citizen.write("detail-input", "样本路1号")
    citizen.tap(*(f"key-{digit}" for digit in "0000000"), "primary")
    wanted = beside_events.DeliveryChosen(way=Way.MAIL, division="000102003000", detail="样本路1号", phone="0000000")
    assert citizen.posted == [wanted]


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), max_size=8))
def test_a_way_is_drawn_inside_its_frame(plan: list[tuple[int, int]]) -> None:
    rows, height = stretches(tuple(plan))
    assert len(rows) == max(0, len(plan) - 1)
    assert 0 <= height <= 1
    assert all(0 <= row.from_x <= 1 and 0 <= row.from_y <= height + 1e-9 for row in rows)


def test_north_is_up_and_a_turn_to_the_left_goes_left() -> None:
    (up, left), _ = stretches(((0, 0), (0, 10), (-5, 10)))
    assert (round(up.turned), round(abs(left.turned))) == (-90, 180)
