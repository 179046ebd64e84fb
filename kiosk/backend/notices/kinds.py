"""What kinds of messages there are, and which of them a person may do without."""

from __future__ import annotations

import msgspec

from kiosk.words import Text


class NoticeKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of message."""

    id: str
    name: Text
    may_refuse: bool
    """False: what the law wants told (行政许可法 第四十四条: a decision is served)."""
    asked_first: bool = False
    """Only with consent: nothing is looked up for it before."""


def _kind(identity: str, zh_hans: str, zh_hant: str, en: str, *, refuse: bool, asked: bool = False) -> NoticeKind:
    name = Text(zh_hans=zh_hans, zh_hant=zh_hant, en=en)
    return NoticeKind(id=identity, name=name, may_refuse=refuse, asked_first=asked)


LICENCE_EXPIRING = "licence-expiring"
DEFERRED_MATERIAL = "deferred-material"
MATERIAL_WANTED = "material-wanted"
PAYMENT_WANTED = "payment-wanted"
APPOINTMENT = "appointment"
RESULT_READY = "result-ready"
DRAFT_EXPIRING = "draft-expiring"
ENTITLEMENT = "entitlement"
DECISION = "decision"
OVERDUE = "overdue"
REFUND = "refund"

KINDS: dict[str, NoticeKind] = {
    kind.id: kind
    for kind in (
        _kind(DECISION, "办理结果", "辦理結果", "Decisions", refuse=False),
        _kind(MATERIAL_WANTED, "补正通知", "補正通知", "Material wanted", refuse=False),
        _kind(OVERDUE, "办理延期", "辦理延期", "Delays", refuse=False),
        _kind(REFUND, "退费", "退費", "Refunds", refuse=False),
        _kind(PAYMENT_WANTED, "待缴费提醒", "待繳費提醒", "Fees to pay", refuse=False),
        _kind(DEFERRED_MATERIAL, "容缺材料补交提醒", "容缺材料補交提醒", "Material to hand in later", refuse=True),
        _kind(APPOINTMENT, "预约提醒", "預約提醒", "Appointments", refuse=True),
        _kind(RESULT_READY, "结果待领提醒", "結果待領提醒", "Results to collect", refuse=True),
        _kind(LICENCE_EXPIRING, "证照到期提醒", "證照到期提醒", "Licences about to expire", refuse=True),
        _kind(DRAFT_EXPIRING, "未交表单提醒", "未交表單提醒", "Forms not handed in", refuse=True),
        _kind(ENTITLEMENT, "免申即享提醒", "免申即享提醒", "What you are entitled to", refuse=True, asked=True),
    )
}
"""By id. Others may be told as well (a complaint's answer): they cannot be refused."""
