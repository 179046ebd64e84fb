"""What departments decided, to look at: each of the ways a case can come out, and what was looked at for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from kiosk.contract import Awaited, Case, CaseState, Check, CheckState
from kiosk.words import Text
from ui.gallery.endings import ENDINGS, VISIT
from ui.gallery.owning import REMEDIES
from ui.gallery.scenes import MORNING, Scene, Story

DUE: Final = date(2026, 5, 8)
CONDITIONS: Final = Text(zh_hans="办理条件", zh_hant="辦理條件", en="the conditions")


def _t(zh_hans: str, zh_hant: str, en: str) -> Text:
    return Text(zh_hans=zh_hans, zh_hant=zh_hant, en=en)


POPULATION: Final = _t("人口登记", "人口登記", "Population register")
MARRIAGE: Final = _t("婚姻登记", "婚姻登記", "Marriage register")
LOOKED_AT: Final = (
    Check(name=_t("户口所在地", "戶口所在地", "Place of household registration"), source=POPULATION),
    Check(name=_t("婚姻状况", "婚姻狀況", "Marital status"), source=POPULATION),
    Check(name=_t("配偶姓名", "配偶姓名", "Name of the spouse"), source=MARRIAGE),
    Check(name=_t("出生医学记录", "出生醫學記錄", "Hospital birth record")),
)


def _checks(state: CheckState, last: CheckState | None = None) -> tuple[Check, ...]:
    conditions = () if state is CheckState.OPEN else (Check(name=CONDITIONS, state=last or state),)
    return (*(replace(check, state=state) for check in LOOKED_AT), *conditions)


def _approved(case: Case) -> Case:
    reason = _t("符合条件，已经办好。", "符合條件，已經辦好。", "All conditions are met; it is done.")
    checks = _checks(CheckState.PASSED)
    return _bare(case, CaseState.APPROVED, reason, checks=checks, basis="《中华人民共和国母婴保健法》第二十三条")


def _accepted(case: Case) -> Case:
    reason = _t(
        "材料齐全，2026年5月8日前办好。",
        "材料齊全，2026年5月8日前辦好。",
        "The papers are complete; done by 8 May 2026.",
    )
    return _bare(case, CaseState.ACCEPTED, reason, due_on=DUE, checks=_checks(CheckState.PASSED, CheckState.PERSON))


def _inspected(case: Case) -> Case:
    reason = _t(
        "预审通过，请在约好的时间等工作人员上门。",
        "預審通過，請在約好的時間等工作人員上門。",
        "The first check is passed; please be there when the inspectors come.",
    )
    checks = _checks(CheckState.PASSED)
    return _bare(case, CaseState.INSPECTION_BOOKED, reason, due_on=DUE, appointment=VISIT, checks=checks)


def _referred(case: Case) -> Case:
    reason = _t(
        "父母一方的户口信息没有查到，要由工作人员核对。",
        "父母一方的戶口資料沒有查到，要由工作人員核對。",
        "The household record of one parent was not found; an officer has to look at it.",
    )
    first, *others = _checks(CheckState.PASSED, CheckState.PERSON)
    checks = (replace(first, state=CheckState.PERSON), *others)
    return _bare(case, CaseState.REFERRED, reason, due_on=DUE, checks=checks)


def _waiting(case: Case) -> Case:
    reason = _t("材料还差一样。", "材料還差一樣。", "One paper is missing.")
    awaited = Awaited(
        kind="material",
        subject="birth-record",
        name=_t("出生医学记录", "出生醫學記錄", "Hospital birth record"),
        says=_t(
            "照片看不清，请重新拍一张", "照片看不清，請重新拍一張", "the picture is blurred, please take another one"
        ),
        due_on=MORNING.date() + timedelta(days=7),
    )
    return _bare(case, CaseState.WAITING, reason, waits_for=(awaited,))


def _refused(case: Case) -> Case:
    reason = _t(
        "孩子不在本市出生，不能在这里签发。",
        "孩子不在本市出生，不能在這裡簽發。",
        "The child was not born in this city, so it cannot be issued here.",
    )
    basis = "《出生医学证明管理办法》第八条"
    return _bare(case, CaseState.REFUSED, reason, basis=basis, remedies=REMEDIES)


def _checked(case: Case) -> Case:
    return _bare(case, CaseState.SUBMITTED, _t("", "", ""), checks=_checks(CheckState.OPEN))


def _bare(case: Case, state: CaseState, reason: Text, **more: object) -> Case:
    kept = Case(
        number=case.number,
        item=case.item,
        item_name=case.item_name,
        department=case.department,
        department_name=case.department_name,
        state=state,
        reason=reason,
        contact=case.contact,
    )
    return replace(kept, **more)


def _decides(story: Story, *outcomes: Callable[[Case], Case], cases: int = 3) -> Story:
    """Come to the outcomes, each of the first ``cases`` as the next of ``outcomes`` makes it."""
    ENDINGS["outcomes"].story(story)
    (submission,) = story.session.submissions
    if submission.application is None:
        raise LookupError("nothing was answered")
    made = tuple(
        outcomes[place % len(outcomes)](case) for place, case in enumerate(submission.application.cases[:cases])
    )
    application = replace(submission.application, cases=made)
    story.session = replace(story.session, submissions=(replace(submission, application=application),))
    return story


def _scene(*outcomes: Callable[[Case], Case], cases: int = 3) -> Scene:
    return Scene(page="OutcomesPage", story=lambda story: _decides(story, *outcomes, cases=cases))


DECIDING: Final[dict[str, Scene]] = {
    "decided-checking": _scene(_approved, _checked, _checked),
    "decided-approved": _scene(_approved),
    "decided-partly": _scene(_approved, _referred, _waiting),
    "decided-accepted": _scene(_accepted, cases=1),
    "decided-inspection": _scene(_inspected, cases=1),
    "decided-referred": _scene(_referred, cases=1),
    "decided-waiting": _scene(_waiting, cases=1),
    "decided-refused": _scene(_refused, cases=1),
}
