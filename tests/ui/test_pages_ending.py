"""The pages from the materials to goodbye: they load, fit, are found by name, and post what is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.contract import CaseState, RatingAxis
from kiosk.session import events
from kiosk.session.state import Stage as Where
from ui.models.finishing import can_sound

__all__ = ["catalogue", "make_stage"]


NAMED = {
    "materials": {"material-birth-record", "material-diagnosis", "defer-diagnosis", "primary", "back"},
    "materials-restaurant": {"material-food-safety-rules", "material-floor-plan", "primary"},
    "camera": {"primary", "back"},
    "camera-later": {"primary", "defer"},
    "camera-taken": {"primary", "secondary"},
    "promise": {"primary", "back"},
    "review": {"change-11", "primary", "back"},
    "sign": {"pad", "primary", "signature-undo", "signature-clear"},
    "outcomes": {"primary"},
    "outcomes-lost": {"primary", "back"},
    "receipt-printed": {"primary"},
    "receipt-failed": {"primary", "retry"},
    "rating": {"rating-1", "rating-2", "rating-3", "rating-4", "rating-5", "secondary"},
    "goodbye": {"primary"},
}


@pytest.mark.parametrize("scene", NAMED)
def test_what_is_touched_by_name_is_there(make_stage: MakeStage, scene: str) -> None:
    citizen = Citizen(make_stage, scene)
    assert not NAMED[scene] - set(citizen.hand.names())


def said(citizen: Citizen) -> str:
    return "\n".join(sight.text for sight in citizen.hand.below("page"))


@pytest.mark.parametrize(
    ("scene", "tap", "intent"),
    [
        ("materials", "primary", events.Next()),
        ("materials", "material-birth-record", events.MaterialChosen(material="birth-record")),
        ("materials", "defer-diagnosis", events.MaterialDeferred(material="diagnosis")),
        ("camera", "primary", events.PictureWanted()),
        ("camera-later", "defer", events.MaterialDeferred(material="diagnosis")),
        ("camera-taken", "primary", events.PictureKept()),
        ("camera-taken", "secondary", events.PictureRejected()),
        ("promise", "primary", events.Promised()),
        ("review", "primary", events.Next()),
        ("outcomes", "primary", events.Next()),
        ("receipt-printed", "primary", events.Next()),
        ("receipt-failed", "retry", events.Retry()),
        ("rating", "rating-5", events.Rated(level=5)),
        ("rating", "rating-3", events.Rated(level=3)),
        ("rating", "secondary", events.Next()),
        ("goodbye", "primary", events.Next()),
    ],
)
def test_a_touch_says_what_is_wanted(make_stage: MakeStage, scene: str, tap: str, intent: events.Intent) -> None:
    citizen = Citizen(make_stage, scene)
    citizen.tap(tap)
    assert citizen.posted == [intent]


def test_an_answer_is_changed_from_its_row(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "review")
    citizen.tap(next(name for name in citizen.hand.names() if name.startswith("change-")))
    (posted,) = citizen.posted
    assert isinstance(posted, events.ChangeWanted)
    citizen.stage.story.happens(posted)
    assert citizen.stage.story.session.stage is Where.QUESTION
    assert citizen.stage.story.session.page == posted.page


def test_the_review_says_what_will_go_to_a_person_and_lets_it_be_submitted(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "review-restaurant")
    assert "会由工作人员审核：户外招牌设置许可" in said(citizen)
    citizen.tap("primary")
    assert citizen.posted == [events.Next()]


def test_the_review_names_what_is_promised(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "review-restaurant")
    assert "提交即承诺" in said(citizen)
    assert "提交即承诺" not in said(Citizen(make_stage, "review"))


def draw(citizen: Citizen, *strokes: list[tuple[float, float]]) -> None:
    """Draw on the pad; x and y in widths of the pad."""
    pad = citizen.hand.find("pad")
    assert pad is not None
    citizen.hand.drag(
        [[QPointF(pad.x + x * pad.width, pad.y + y * pad.width) for x, y in stroke] for stroke in strokes]
    )
    citizen.stage.picture()


def test_a_signature_is_told_in_thousandths_of_the_width_of_the_pad(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "sign")
    draw(citizen, [(0.25, 0.2), (0.5, 0.2), (0.75, 0.4)], [(0.5, 0.1), (0.5, 0.5)])
    citizen.tap("primary")
    (signed,) = citizen.posted
    assert isinstance(signed, events.Signed)
    first, second = signed.strokes
    for (x, y, _), (wanted_x, wanted_y) in zip(
        (first.points[0], first.points[-1], second.points[0], second.points[-1]),
        ((250, 200), (750, 400), (500, 100), (500, 500)),
        strict=True,
    ):
        assert abs(x - wanted_x) <= 5
        assert abs(y - wanted_y) <= 5
    times = [t_ms for stroke in signed.strokes for _, _, t_ms in stroke.points]
    assert times == sorted(times)


def test_strokes_are_taken_back_one_by_one_or_all(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "sign")
    draw(citizen, [(0.2, 0.2), (0.4, 0.2)], [(0.5, 0.1), (0.5, 0.5)])
    citizen.tap("signature-undo", "primary")
    (signed,) = citizen.posted
    assert isinstance(signed, events.Signed)
    assert len(signed.strokes) == 1
    citizen.posted.clear()
    citizen.tap("signature-clear", "primary")
    assert citizen.posted == [events.Signed(strokes=())]
    citizen.follows()
    assert citizen.stage.story.session.stage is Where.SIGN
    assert citizen.stage.story.session.advice is not None
    assert citizen.reads("还没有看到您的签名")


def test_whoever_cannot_write_on_glass_confirms(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "sign")
    citizen.tap("secondary")
    assert citizen.sees("promise")
    assert not citizen.sees("pad")
    citizen.tap("primary")
    assert citizen.posted == [events.Signed(confirmed=True)]


def test_a_signature_is_forgotten_with_its_page(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "sign")
    draw(citizen, [(0.2, 0.2), (0.4, 0.2)])
    citizen.stage.show("sign")
    citizen.posted.clear()
    draw(citizen, [(0.5, 0.1), (0.5, 0.5)])
    citizen.tap("primary")
    (signed,) = citizen.posted
    assert isinstance(signed, events.Signed)
    assert len(signed.strokes) == 1


def test_outcomes_are_counted_and_each_says_what_happened(make_stage: MakeStage) -> None:
    words = said(Citizen(make_stage, "outcomes"))
    assert "3 项已办好，1 项已受理，1 项已预约上门，1 项由工作人员审核，1 项不予批准" in words
    for sentence in ("已办好", "已受理", "由工作人员审核", "不予批准", "上门核查：4月22日（星期三）上午 9:30"):
        assert sentence in words


def test_outcomes_arrive_one_by_one(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "outcomes-arriving")
    assert "3 项还在审核" in said(citizen)
    session = citizen.stage.story.session
    application = session.submissions[0].application
    assert application is not None
    case = next(case for case in application.cases if case.state is CaseState.SUBMITTED)
    decided = replace(case, state=CaseState.APPROVED)
    citizen.stage.story.happens(events.CaseDecided(application=application.number, case=decided))
    citizen.stage.update(citizen.stage.story.session)
    assert "2 项还在审核" in said(citizen)


def test_a_kept_application_says_that_it_goes_by_itself(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "outcomes-delayed")
    assert "网络恢复后自动提交" in said(citizen)
    citizen.tap("primary")
    assert citizen.posted == [events.Next()]


@pytest.mark.parametrize(("scene", "text"), [("outcomes-rejected", "回去修改内容"), ("outcomes-lost", "回去重新提交")])
def test_what_was_not_sent_says_what_to_do(make_stage: MakeStage, scene: str, text: str) -> None:
    citizen = Citizen(make_stage, scene)
    assert citizen.value("primary", "text") == text


def test_a_bad_level_asks_why_before_it_counts(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "rating")
    citizen.tap("rating-2")
    assert citizen.posted == []
    assert citizen.reads("一个工作日内会有人给您打电话")
    citizen.tap("axis-efficiency", "axis-attitude", "axis-platform", "axis-efficiency", "primary")
    assert citizen.posted == [events.Rated(level=2, axes=(RatingAxis.ATTITUDE, RatingAxis.PLATFORM))]


def test_a_receipt_that_did_not_print_is_on_the_screen(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "receipt-failed")
    assert str(citizen.value("receipt-code", "payload")).endswith("20260415-000120-7")
    assert "20260415-000120-7" in said(citizen)


def test_nobody_leaves_while_the_card_lies_there(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "goodbye-card")
    assert "请取走身份证" in said(citizen)
    assert not citizen.sees("primary")
    story = citizen.stage.story
    (source,) = story.session.document_on
    story.happens(events.DocumentRemoved(source=source))
    citizen.stage.update(story.session)
    assert citizen.sees("primary")
    assert "请取走身份证" not in said(citizen)


def test_there_is_no_bell_without_a_sound_server(tmp_path: Path) -> None:
    assert not can_sound({})
    assert not can_sound({"XDG_RUNTIME_DIR": str(tmp_path)})
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()
    assert can_sound({"XDG_RUNTIME_DIR": str(tmp_path)})
    assert can_sound({"PULSE_SERVER": "tcp:localhost"})
