"""Rows of outcomes: what each department said, what it looked at, why, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from kiosk.contract import Case, CaseState, CheckState
from kiosk.session.state import UNSENT, Advice, Delivery, Session, Submission
from kiosk.words import Language
from ui.models.page import Desk
from ui.models.standing import FINISHED, moment, said_day, state_named, todo_said, told

translate = QCoreApplication.translate

UNDECIDED: Final = (CaseState.SUBMITTED, CaseState.ACCEPTED, CaseState.INSPECTION_BOOKED, CaseState.REFERRED)
"""Cases whose deadline still counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRow:
    """One item's outcome, or the title of an application."""

    header: bool
    key: str
    """Number of the case; empty: there is none, or it cannot be opened now."""
    title: str
    department: str
    stand: str
    """``kiosk.contract.CaseState``, or ``kiosk.session.state.Delivery`` while there is no case."""
    stand_text: str
    reason: str
    checks: str
    """What is looked at, a line each: ``kiosk.contract.CheckState``, a space, and what it is."""
    todo: str
    """What they can do next; empty: nothing."""
    action: str
    """What opening the case is good for."""
    detail: str
    """Deadline or visit, law, number and telephone; the number of the application."""


class OutcomeLines:
    """Makes the rows of a session.

    Args:
        desk: What is looked up.
        advice: Says what an advice means, in the language of the session.
    """

    def __init__(self, desk: Desk, advice: Callable[[Session, Advice | None], str]) -> None:
        self._desk = desk
        self._advice = advice
        self._timezone = ZoneInfo(desk.settings.city.timezone)

    def rows(self, session: Session, *, may_open: bool) -> list[OutcomeRow]:
        """Return the rows of every application of ``session``; ``may_open``: a case can be looked at now."""
        rows: list[OutcomeRow] = []
        several = len(session.submissions) > 1
        for count, submission in enumerate(session.submissions, 1):
            if several or submission.application is not None or submission.advice is not None:
                rows.append(self._header(session, submission, count if several else 0))
            cases = [self._row(session, case, may_open=may_open) for case in submission.cases]
            rows += cases or self._expected(session, submission)
        return rows

    def _header(self, session: Session, submission: Submission, count: int) -> OutcomeRow:
        number = "" if submission.application is None else submission.application.number
        detail = translate("OutcomesModel", "申请编号 {number}").format(number=number) if number else ""
        return OutcomeRow(
            header=True,
            key="",
            title=_title(session, submission, count),
            department="",
            stand=str(submission.delivery),
            stand_text=_delivery(submission.delivery),
            reason=self._met(session, submission),
            checks="",
            todo="",
            action="",
            detail=detail,
        )

    def _met(self, session: Session, submission: Submission) -> str:
        """Return what an application met on its way, and what to do about it."""
        if submission.delivery is Delivery.DELAYED:
            return translate(
                "OutcomesModel", "申请保存在这台机器里，网络恢复后自动提交，不用再填一遍。您可以放心离开。"
            )
        return self._advice(session, submission.advice)

    def _expected(self, session: Session, submission: Submission) -> list[OutcomeRow]:
        """Return the items of an application that is on its way: the outcomes will take their places."""
        if submission.delivery in UNSENT:
            return []
        language, items = session.language, self._desk.catalogue.items
        delayed = submission.delivery is Delivery.DELAYED
        stand = translate("OutcomesModel", "已保存") if delayed else _delivery(submission.delivery)
        return [
            OutcomeRow(
                header=False,
                key="",
                title=item.name.in_(language),
                department=self._desk.catalogue.departments[item.department].name.in_(language),
                stand=str(submission.delivery),
                stand_text=stand,
                reason="",
                checks="",
                todo="",
                action="",
                detail="",
            )
            for item in (items[name] for name in submission.items)
        ]

    def _row(self, session: Session, case: Case, *, may_open: bool) -> OutcomeRow:
        language = session.language
        reason = told(case.reason, session)
        lines: list[str] = []
        appointed: list[str] = []
        if case.appointment is not None:
            visit = case.appointment.astimezone(self._timezone)
            when = moment(visit, self._timezone, session)
            booked = case.state is CaseState.BOOKED
            words = (
                translate("OutcomesModel", "到窗口：{when}")
                if booked
                else translate("OutcomesModel", "上门核查：{when}")
            )
            if when not in reason:  # the department's words mostly say it: once is enough
                (appointed if booked else lines).append(words.format(when=when))
        elif case.due_on is not None and case.state in UNDECIDED:
            day = said_day(case.due_on, session)
            if day not in reason:
                lines.append(translate("OutcomesModel", "{day}前办好").format(day=day))
        if case.office is not None and case.office.in_(language) not in reason:
            place = case.office.in_(language)
            appointed.append(translate("OutcomesModel", "地点：{place}").format(place=place))
        bring = [name.in_(language) for name in case.bring]
        if not all(name in reason for name in bring):
            names = translate("OutcomesModel", "、").join(bring)
            appointed.append(translate("OutcomesModel", "请带上：{names}").format(names=names))
        appointed += _wanted(case, session)
        if case.basis and case.state in FINISHED:
            lines.append(translate("OutcomesModel", "依据：{basis}").format(basis=case.basis))
        number = translate("OutcomesModel", "办件编号 {number}").format(number=case.number)
        phone = case.contact or self._desk.settings.city.hotline
        contact = translate("OutcomesModel", "咨询电话 {contact}").format(contact=phone)
        lines.append(f"{number}  ·  {contact}")
        return OutcomeRow(
            header=False,
            key=case.number if may_open else "",
            title=case.item_name.in_(language),
            department=case.department_name.in_(language),
            stand=str(case.state),
            stand_text=state_named(case.state),
            reason="\n".join(part for part in (reason, *appointed) if part),
            checks="\n".join(_checks(case, language)),
            todo="\n".join(part for part in (_todo(case), *_remedies(case, session)) if part),
            action=_action(case) if may_open else "",
            detail="\n".join(lines),
        )


def _wanted(case: Case, session: Session) -> list[str]:
    """Return what it waits for from them, a line each."""
    said = []
    for each in case.waits_for:
        day = said_day(each.due_on, session)
        until = translate("OutcomesModel", "{what}：{says}{day}前交。")
        said.append(until.format(what=each.name.in_(session.language), says=told(each.says, session), day=day))
    return said


def _remedies(case: Case, session: Session) -> list[str]:
    """Return what can be done against it, a line each, with the last day."""
    said = []
    for each in case.remedies:
        words = told(each.says, session)
        day = "" if each.until is None else said_day(each.until, session)
        until = translate("OutcomesModel", "{remedy}最晚 {day}。").format(remedy=words, day=day)
        said.append(until if day and day not in words else words)
    return said


def _checks(case: Case, language: Language) -> list[str]:
    """Return what is looked at, what comes from one source in one line."""
    if case.state in (CaseState.WITHDRAWN, CaseState.REFUSED, CaseState.NOT_ACCEPTED):
        return []  # a person decided: what rules looked at before is not why
    if case.checks and all(check.state is CheckState.PASSED for check in case.checks):
        names = list(dict.fromkeys(check.name.in_(language) for check in case.checks))
        listed = translate("OutcomesModel", "、").join(names)
        return [f"{CheckState.PASSED} " + translate("OutcomesModel", "已核对：{names}").format(names=listed)]
    lines: dict[tuple[CheckState, str], list[str]] = {}
    for check in case.checks:
        source = "" if check.source is None else check.source.in_(language)
        lines.setdefault((check.state, source), []).append(check.name.in_(language))
    said = []
    for (state, source), names in lines.items():
        listed = translate("OutcomesModel", "、").join(names)
        of = translate("OutcomesModel", "{source}：{names}").format(source=source, names=listed) if source else listed
        said.append(f"{state} {of}")
    return said


def _todo(case: Case) -> str:
    """Return what they can do next; what is wanted stands above it here."""
    if case.waits_for:
        return translate("OutcomesModel", "请一次补齐上面这些。不知道怎么准备，请打咨询电话。")
    return todo_said(case)


def _action(case: Case) -> str:
    """Return what opening it is good for."""
    match case.state:
        case CaseState.SUBMITTED | CaseState.WITHDRAWN:
            return ""
        case CaseState.WAITING:
            return translate("OutcomesModel", "现在补齐")
        case CaseState.REFUSED | CaseState.NOT_ACCEPTED:
            return translate("OutcomesModel", "看决定书和申诉办法")
        case CaseState.APPROVED:
            return translate("OutcomesModel", "看证照、选领取方式")
        case CaseState.BOOKED | CaseState.INSPECTION_BOOKED:
            return translate("OutcomesModel", "看预约的详情")
        case _:
            return translate("OutcomesModel", "看详情、更正或撤回")


def _title(session: Session, submission: Submission, count: int) -> str:
    """Return what tells one application from the others: what it is for, or which child of several."""
    if len({each.matter for each in session.submissions}) > 1 and submission.application is not None:
        return submission.application.matter_name.in_(session.language)
    return translate("OutcomesModel", "第 {n} 份申请").format(n=count) if count else ""


def _delivery(delivery: Delivery) -> str:
    """Return how far an application has come; of a delayed one its sentence says it all."""
    match delivery:
        case Delivery.STORING | Delivery.SENDING:
            return translate("OutcomesModel", "正在提交")
        case Delivery.DELAYED:
            return ""
        case Delivery.ANSWERED:
            return translate("OutcomesModel", "已提交")
        case Delivery.REJECTED:
            return translate("OutcomesModel", "需要修改")
        case Delivery.FAILED:
            return translate("OutcomesModel", "没有提交")
