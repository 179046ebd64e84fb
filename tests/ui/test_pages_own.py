"""The pages of what is somebody's own, of a number looked up, and of paying: read, measured and touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.session import events, own_events
from kiosk.words import Language
from ui.gallery.owning import BENEFIT, CASE, DOCUMENT, IDENTITY, NUMBER, PAID_ITEM
from ui.models.money import DIGITS, in_words
from ui.models.sheets import discreet

__all__ = ["catalogue", "make_stage"]
"""Fixtures, shared with the pages before the materials."""


@pytest.mark.parametrize(
    ("scene", "taps", "posted"),
    [
        ("find", ("mine",), own_events.MineWanted()),
        ("find", ("numbered",), own_events.NumberWanted()),
        ("mine", (f"own-case-{CASE}",), own_events.CaseChosen(number=CASE)),
        ("mine", (f"own-service-{PAID_ITEM}",), events.ServiceChosen(service=PAID_ITEM)),
        (
            "mine",
            ("own-pay-OT20260412-000200-1-01",),
            own_events.PayWanted(application="OT20260412-000200-1", items=(PAID_ITEM,)),
        ),
        ("mine", (f"own-benefit-{BENEFIT.policy}",), own_events.BenefitChosen(policy=BENEFIT.policy)),
        ("mine", ("licences",), own_events.LicencesWanted()),
        ("mine", ("uses",), own_events.UsesWanted()),
        ("mine", ("primary",), events.Next()),
        ("mine-failed", ("primary",), events.Retry()),
        ("mine-untold", ("retry",), events.Retry()),
        ("case-waiting", ("primary",), own_events.SupplementWanted()),
        ("case-waiting", ("withdraw",), own_events.WithdrawWanted()),
        ("case-waiting", (f"paper-{DOCUMENT.number}",), own_events.DocumentWanted(number=DOCUMENT.number)),
        ("case-running", ("correct",), own_events.CorrectWanted()),
        ("case-refused", ("rate",), own_events.RateWanted()),
        ("withdraw", ("primary",), events.Next()),
        ("withdraw", ("secondary",), events.Back()),
        ("supplement-review", ("primary",), events.Next()),
        ("licences", (f"own-licence-{IDENTITY.number}",), own_events.LicenceChosen(number=IDENTITY.number)),
        ("sheet", ("primary",), own_events.PrintWanted()),
        ("sheet", ("secondary",), events.ServiceChosen(service=PAID_ITEM)),
        ("uses", ("older",), own_events.UsesWanted()),
        ("benefit", ("primary",), events.Next()),
        ("benefit", ("account-other-card",), own_events.AccountChosen(account="other-card")),
        ("number", (*(f"key-{digit}" for digit in "202604100001234"), "primary"), None),
        ("number", ("secondary",), own_events.MineWanted()),
        ("pay-expired", ("primary",), events.Next()),
        ("pay-unwatched", ("primary",), events.Retry()),
    ],
)
def test_a_touch_says_what_it_says(
    make_stage: MakeStage, scene: str, taps: tuple[str, ...], posted: events.Intent | None
) -> None:
    citizen = Citizen(make_stage, scene)
    citizen.tap(*taps)
    assert citizen.posted == [own_events.NumberEntered(number="202604100001234") if posted is None else posted]


def test_what_waits_for_them_is_told_once(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "mine")
    assert citizen.hand.names().count(f"own-case-{CASE}") == 1


def test_what_they_may_take_does_not_push_away_what_runs(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "mine")
    shown = [name for name in citizen.hand.names() if name.startswith("own-benefit-")]
    assert len(shown) == 3
    citizen.tap("all-benefits")
    shown = [name for name in citizen.hand.names() if name.startswith("own-benefit-")]
    assert len(shown) == 5
    assert citizen.posted == []


def test_what_is_not_told_is_never_taken_for_nothing(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "mine-untold")
    assert citizen.reads("证照、提醒现在没有查到，不等于没有")
    assert not citizen.sees("empty")
    assert Citizen(make_stage, "mine-empty").sees("empty")


def test_a_case_says_why_what_to_do_whom_to_call_and_what_can_be_done_against_it(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "case-refused")
    assert citizen.reads("年龄没有达到 80 周岁", "行政复议", "行政诉讼", "0100-0000000", "老年人权益保障法")
    assert not citizen.sees("withdraw")
    assert Citizen(make_stage, "case-running").reads("这几天不算在办理时间里", "最晚 4月27日（星期一）结束")
    assert Citizen(make_stage, "case-overdue").reads("上级已经在催")
    assert Citizen(make_stage, "case-withdrawn").reads("已经撤回")


def test_words_of_offices_are_explained_on_the_page_they_stand_on(make_stage: MakeStage) -> None:
    refused = Citizen(make_stage, "case-refused")
    assert refused.reads("可以在 60 天内请上一级机关再审一次，不收费", "可以在六个月内请法院来判")
    assert not Citizen(make_stage, "case-running").reads("请上一级机关再审一次")
    assert Citizen(make_stage, "outcomes").reads("部门收下了您的申请，开始办理，会按时给结果")


def test_withdrawing_says_first_what_happens(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "withdraw")
    assert citizen.reads("还没有撤回", "会取消，让给别人", "原路退回")


def test_only_what_was_asked_for_is_handed_in(make_stage: MakeStage) -> None:
    asked = Citizen(make_stage, "supplement-question")
    assert asked.reads("请补上门牌号和房间号")
    review = Citizen(make_stage, "supplement-review")
    assert review.reads("现在的住址", "本人银行卡")
    assert not review.reads("手机号码")
    corrected = Citizen(make_stage, "correct-review")
    assert corrected.reads("现在的住址", "手机号码")


def test_numbers_of_people_are_masked_on_the_screen(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "sheet")
    assert citizen.reads("0001**********2428")
    assert not citizen.reads("000102199508092428")
    assert discreet("13800138024") == "138****8024"
    assert discreet(NUMBER) == NUMBER


def test_uses_stand_by_day_in_plain_sentences(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "uses")
    assert citizen.reads(
        "今天（4月15日）",
        "您自己，看您能直接领什么",
        "窗口工作人员 ZH-0007，在窗口处理“高龄津贴”",
        "联系电话、户籍地址",
    )


def test_many_sources_of_one_use_unfold(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "uses")
    assert citizen.reads("还查了 2 处")
    assert not citizen.reads("市场主体登记信息")
    citizen.tap("unfold")
    assert citizen.reads("市场主体登记信息")


def test_what_one_is_entitled_to_is_told_in_a_line_before_something_else_is_done(make_stage: MakeStage) -> None:
    assert Citizen(make_stage, "notice-entitled").reads("您另外可以直接领：高龄津贴")
    assert not Citizen(make_stage, "notice").sees("entitled")


def test_what_was_paid_and_what_came_back_stand_in_the_case(make_stage: MakeStage) -> None:
    assert Citizen(make_stage, "case-paid").reads("已付 24 元", "已退 24 元", "您撤回了申请")


def test_a_number_that_was_found_stands_alone_until_another_is_wanted(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "number-found")
    assert not citizen.sees("key-1")
    citizen.tap("primary")
    assert citizen.sees("key-1")
    assert citizen.posted == []


def test_paying_says_how_much_for_what_to_whom_and_how_long(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "pay")
    assert citizen.reads("24 元", "贰拾肆元整", "低保家庭减半", "示例市财政局非税收入专户", "还剩 4:07")
    assert not citizen.sees("primary")
    assert not Citizen(make_stage, "pay-expired").sees("code")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (10, "壹角整"),
        (107, "壹元零柒分"),
        (2000, "贰拾元整"),
        (100100, "壹仟零壹元整"),
        (10000500, "壹拾万零伍元整"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (1409502, "壹万肆仟零玖拾伍元零贰分"),
    ],
)
def test_amounts_are_written_as_on_a_cheque(fen: int, words: str) -> None:
    assert in_words(fen, Language.ZH_HANS) == words


@given(st.integers(0, 10**12))
def test_an_amount_in_words_reads_back_to_itself(fen: int) -> None:
    words = in_words(fen, Language.ZH_HANS)
    assert _read(words) == fen
    assert "零零" not in words
    assert in_words(fen, Language.EN)


def _read(words: str) -> int:
    digits = DIGITS[Language.ZH_HANS]
    whole, _, rest = words.rpartition("元") if "元" in words else ("", "", words)
    yuan = part = digit = 0
    for sign in whole:
        if sign in digits:
            digit = digits.index(sign)
        elif sign in "拾佰仟":
            part += digit * 10 ** ("拾佰仟".index(sign) + 1)
            digit = 0
        else:
            yuan += (part + digit) * {"万": 10**4, "亿": 10**8}[sign]
            part = digit = 0
    fen = 0
    for sign, unit in (("角", 10), ("分", 1)):
        before, found, after = rest.partition(sign)
        if found:
            fen += digits.index(before[-1]) * unit
            rest = after
    return (yuan + part + digit) * 100 + fen
