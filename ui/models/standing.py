"""How a case stands, in a few words and in colours: the same on outcomes, in what is mine, and under a number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kiosk import saying
from kiosk.contract import Case, CaseState
from kiosk.session.state import Session
from kiosk.words import Text

translate = QCoreApplication.translate

FINISHED: Final = (CaseState.APPROVED, CaseState.REFUSED, CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN)
"""Nothing more is decided; something may still have to be handed in."""

SIGNS: Final = {
    CaseState.SUBMITTED: "hourglass",
    CaseState.APPROVED: "check",
    CaseState.ACCEPTED: "file-check",
    CaseState.INSPECTION_BOOKED: "calendar-check",
    CaseState.BOOKED: "calendar-check",
    CaseState.REFERRED: "user-check",
    CaseState.REFUSED: "x",
    CaseState.WAITING: "paperclip",
    CaseState.NOT_ACCEPTED: "x",
    CaseState.WITHDRAWN: "undo-2",
}
"""Icons by state."""

TONES: Final = {
    CaseState.APPROVED: "positive",
    CaseState.REFERRED: "caution",
    CaseState.WAITING: "caution",
    CaseState.REFUSED: "critical",
    CaseState.NOT_ACCEPTED: "critical",
    CaseState.WITHDRAWN: "quiet",
}
"""Colours by meaning; a state that is not here has the city's."""


def state_named(state: CaseState) -> str:  # noqa: C901  # a row per state
    """Return how a case stands, in a few words."""
    match state:
        case CaseState.SUBMITTED:
            return translate("Standing", "正在审核")
        case CaseState.APPROVED:
            return translate("Standing", "已办好")
        case CaseState.ACCEPTED:
            return translate("Standing", "已受理")
        case CaseState.INSPECTION_BOOKED:
            return translate("Standing", "已预约上门核查")
        case CaseState.BOOKED:
            return translate("Standing", "已预约到窗口办")
        case CaseState.REFERRED:
            return translate("Standing", "由工作人员审核")
        case CaseState.REFUSED:
            return translate("Standing", "不予批准")
        case CaseState.WAITING:
            return translate("Standing", "等您处理")
        case CaseState.NOT_ACCEPTED:
            return translate("Standing", "不予受理")
        case CaseState.WITHDRAWN:
            return translate("Standing", "已撤回")


def todo_said(case: Case) -> str:
    """Return what its holder can do next; empty: nothing."""
    if case.waits_for:
        return translate("CaseModel", "下面列出的，请一次补齐。不知道怎么准备，请打咨询电话。")
    match case.state:
        case CaseState.ACCEPTED:
            return translate("CaseModel", "您不用做什么。办好了会发短信告诉您，也可以再来这里查。")
        case CaseState.INSPECTION_BOOKED:
            return translate("CaseModel", "请那时有人在场。时间不合适，请打咨询电话改。")
        case CaseState.BOOKED:
            return translate("CaseModel", "请按时到窗口。来不了，请打咨询电话改时间。")
        case CaseState.REFERRED:
            return translate("CaseModel", "您不用做什么。工作人员看过会发短信告诉您，也可以再来这里查。")
        case CaseState.REFUSED:
            return translate(
                "CaseModel",
                "不同意这个决定，可以请上一级机关再审一次，也可以请法院来判，办法在下面。情况变了，还可以重新申请。",
            )
        case CaseState.NOT_ACCEPTED:
            return translate("CaseModel", "请按原因改好以后重新申请，或到对应的部门办。不同意的，下面有办法。")
        case CaseState.WITHDRAWN:
            return translate("CaseModel", "还要办的话，重新申请就行，以前填的不受影响。")
        case _:
            return ""


def moment(at: datetime, zone: ZoneInfo, session: Session) -> str:
    """Return a day and a time as they are said."""
    return saying.moment(at.astimezone(zone), session.today, session.language)


def said_day(day: date, session: Session) -> str:
    """Return a day as it concerns somebody now: 明天（4月16日）."""
    return saying.near_day(day, session.today, session.language)


def told(text: Text, session: Session) -> str:
    """Return what a department says, its days as they concern somebody now."""
    return saying.nearer(text.in_(session.language), session.today, session.language)
