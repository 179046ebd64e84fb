"""Each way a case can come out has a page that says what was decided, why, by what law, and what can be done next."""

from __future__ import annotations

import pytest
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.session import events, own_events
from kiosk.session.preferences import Preferences
from ui.gallery.deciding import DECIDING

__all__ = ["catalogue", "make_stage"]

FIRST = "GAC-20260415-00007"


@pytest.mark.parametrize(
    ("language", "layout", "elder"),
    [("en", "portrait", True), ("zh-Hans", "landscape", False), ("en", "bank", True), ("zh-Hant", "portrait", False)],
)
def test_everything_decided_can_be_read_and_touched(
    make_stage: MakeStage, language: str, layout: str, *, elder: bool
) -> None:
    citizen = Citizen(
        make_stage, "decided-approved", language=language, layout=layout, preferences=Preferences(elder=elder)
    )
    found: list[str] = []
    for name in DECIDING:
        citizen.stage.show(name)
        found += [f"{name}: {fault}" for fault in citizen.faults()]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        ("decided-checking", ("各部门正在办理", "人口登记：户口所在地、婚姻状况", "婚姻登记：配偶姓名")),
        ("decided-approved", ("都办好了", "已核对：户口所在地、婚姻状况", "依据：《中华人民共和国母婴保健法》")),
        ("decided-partly", ("办好了一部分", "由工作人员审核", "等您处理")),
        ("decided-accepted", ("已经受理，正在办", "5月8日", "您不用做什么")),
        ("decided-inspection", ("约好时间了", "上门核查：", "请那时有人在场")),
        ("decided-referred", ("由工作人员接着办", "人口登记：户口所在地（由工作人员看）", "发短信告诉您")),
        ("decided-waiting", ("还差您一步", "出生医学记录：照片看不清", "请一次补齐")),
        ("decided-refused", ("这次没有办成", "行政复议", "行政诉讼", "最晚", "依据：《出生医学证明管理办法》第八条")),
    ],
)
def test_an_outcome_says_what_why_and_what_next(make_stage: MakeStage, scene: str, words: tuple[str, ...]) -> None:
    citizen = Citizen(make_stage, scene)
    assert citizen.reads("咨询电话 0000-12345", *words)


@pytest.mark.parametrize("scene", ["decided-waiting", "decided-refused", "decided-approved"])
def test_each_outcome_opens_its_case(make_stage: MakeStage, scene: str) -> None:
    citizen = Citizen(make_stage, scene)
    citizen.tap(f"outcome-{FIRST}-open")
    assert citizen.posted == [own_events.CaseChosen(number=FIRST)]


@pytest.mark.parametrize(
    ("scene", "intent"),
    [
        ("case-refused", events.ServiceChosen(service="old-age-allowance")),
        ("case-approved", own_events.RateWanted()),
        ("case-waiting", own_events.SupplementWanted()),
    ],
)
def test_the_next_thing_to_do_with_a_case_is_its_primary_action(
    make_stage: MakeStage, scene: str, intent: events.Intent
) -> None:
    citizen = Citizen(make_stage, scene)
    citizen.tap("primary")
    assert citizen.posted == [intent]


def test_whoever_waits_for_registers_sees_each_and_may_go_on(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "fetch")
    assert citizen.reads("人口登记信息", "正在查", "能代替纸质件的证照")
    citizen.tap("secondary")
    assert citizen.posted == [events.Next()]
    told = Citizen(make_stage, "fetch-told")
    assert told.reads("查到 4 项", "没有回音")
