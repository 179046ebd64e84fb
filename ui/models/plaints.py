"""How complaints are called and how they stand, in words and colours."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from kiosk import forms
from kiosk.contract import Complaint, ComplaintKind, ComplaintState
from kiosk.session.state import Session
from ui.models.owned import OwnRow

translate: Final = QCoreApplication.translate


def kind_named(kind: ComplaintKind) -> str:
    """Return what a complaint is about, in a few words."""
    match kind:
        case ComplaintKind.CANNOT_GET_DONE:
            return translate("Plaints", "办不成事")
        case ComplaintKind.TOO_SLOW:
            return translate("Plaints", "办得太慢")
        case ComplaintKind.ATTITUDE:
            return translate("Plaints", "服务态度")
        case ComplaintKind.WRONG_DATA:
            return translate("Plaints", "信息不对")
        case ComplaintKind.TERMINAL:
            return translate("Plaints", "机器坏了或难用")
        case ComplaintKind.SUGGESTION:
            return translate("Plaints", "意见建议")


def state_named(complaint: Complaint) -> str:
    """Return how far a complaint is, in a few words."""
    match complaint.state:
        case ComplaintState.OPEN:
            return translate("Plaints", "等部门答复")
        case ComplaintState.ANSWERED:
            return translate("Plaints", "已经答复，等您说解决了没有")
        case ComplaintState.REOPENED:
            return translate("Plaints", "没有解决，上级在催")
        case ComplaintState.CLOSED:
            return translate("Plaints", "已经办完")


def complaint_row(complaint: Complaint, session: Session) -> OwnRow:
    """Return a complaint as one of what is theirs."""
    day = forms.shown_date(complaint.received_at.date(), session.language)
    return OwnRow(
        kind="complaint",
        key=complaint.number,
        sign="pen-line",
        tone="caution" if complaint.may_judge or complaint.overdue else "quiet",
        title=kind_named(complaint.kind),
        stand=state_named(complaint),
        detail=f"{complaint.owner_name.in_(session.language)}  ·  {day}",
    )
