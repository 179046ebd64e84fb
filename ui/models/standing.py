"""How a case stands, in a few words and in colours: the same on outcomes, in what is mine, and under a number."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kiosk import forms
from kiosk.contract import CaseState
from kiosk.session.state import Session

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


def moment(at: datetime, zone: ZoneInfo, session: Session) -> str:
    """Return a day and a time as they are said."""
    local = at.astimezone(zone)
    return f"{forms.shown_date(local.date(), session.language)} {local:%H:%M}"
