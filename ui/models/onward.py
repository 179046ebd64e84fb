"""What happens next, page by page: one quiet sentence that every page says (接下来)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kiosk.session import finishing
from kiosk.session.having import Errand
from kiosk.session.state import Delivery, Receipt, Session, Stage

translate = QCoreApplication.translate


def onward(session: Session) -> str:
    """Return what comes after the page that is up; nothing where nothing does."""
    special = _special(session)
    return _usual(session.stage) if special is None else special


def _special(session: Session) -> str | None:
    """Return what comes after a page that leads elsewhere than usually."""
    matter, stage = session.matter, session.stage
    if stage is Stage.GUIDE and matter is not None and not matter.items:
        return translate("Onward", "接下来：拿好指南，到窗口去办。")
    if stage is Stage.VERIFY and session.errand is Errand.MINE:
        return translate("Onward", "接下来：看您的办件和证照。")
    if stage in (Stage.QUESTION, Stage.MATERIALS) and session.mending is not None:
        return translate("Onward", "接下来：核对改过的地方，再交上去。")
    if stage is Stage.QUESTION and matter is not None and not matter.materials:
        return translate("Onward", "接下来：答完了核对一遍，再提交。")
    if stage is Stage.REVIEW and (session.mending is not None or not finishing.needs_signature(session)):
        return translate("Onward", "接下来：交到各个部门，当场看结果。")
    if stage is Stage.OUTCOMES and any(each.delivery is Delivery.REJECTED for each in session.submissions):
        return translate("Onward", "接下来：改好标出来的地方，再提交一次。")
    if stage is Stage.OUTCOMES and any(each.delivery is Delivery.FAILED for each in session.submissions):
        return translate("Onward", "接下来：核对一遍，再提交。")
    if stage is Stage.RECEIPT and session.receipt is Receipt.PRINTING:
        return translate("Onward", "接下来：取走回执。")
    return None


def _usual(stage: Stage) -> str:  # noqa: C901  # a table: translations are found only as literals in a call
    match stage:
        case Stage.FIND | Stage.SITUATION:
            return translate("Onward", "接下来：看看怎么办、要带什么。")
        case Stage.BASKET:
            return translate("Onward", "接下来：几件事一起填，填一次就行。")
        case Stage.GUIDE:
            return translate("Onward", "接下来：看办理须知，再刷身份证。")
        case Stage.NOTICE:
            return translate("Onward", "接下来：刷身份证。")
        case Stage.DOCUMENT:
            return translate("Onward", "接下来：用手机验证码确认是您本人。")
        case Stage.VERIFY | Stage.BEHALF:
            return translate("Onward", "接下来：查出已有的信息，您不用再填。")
        case Stage.FETCH:
            return translate("Onward", "接下来：核对查到的信息。")
        case Stage.RESUME:
            return translate("Onward", "接下来：接着上次的填，或者重新开始。")
        case Stage.CONFIRM:
            return translate("Onward", "接下来：只问还缺的几个问题。")
        case Stage.TASKS:
            return translate("Onward", "接下来：一部分一部分填，填完核对。")
        case Stage.QUESTION:
            return translate("Onward", "接下来：答完了交材料，再核对提交。")
        case Stage.MATERIALS:
            return translate("Onward", "接下来：核对一遍，再提交。")
        case Stage.CAMERA | Stage.PROMISE:
            return translate("Onward", "接下来：回到材料，看还差哪几样。")
        case Stage.REVIEW:
            return translate("Onward", "接下来：签名，然后提交。")
        case Stage.CHANGE:
            return translate("Onward", "接下来：确认了才改，不确认就不变。")
        case Stage.SIGN:
            return translate("Onward", "接下来：交到各个部门，当场看结果。")
        case Stage.PAY:
            return translate("Onward", "接下来：收到钱，马上提交。")
        case Stage.OUTCOMES:
            return translate("Onward", "接下来：打印回执，上面有每件事的结果。")
        case Stage.RECEIPT:
            return translate("Onward", "接下来：说说这次办得怎么样。")
        case Stage.RATING:
            return translate("Onward", "接下来：收好证件和回执，就办完了。")
        case Stage.KEPT:
            return translate("Onward", "接下来：下次刷身份证，接着办。")
        case Stage.HELPER:
            return translate("Onward", "接下来：谁在帮您，每一页上都写着。")
        case _:
            return _beside(stage)


def _beside(stage: Stage) -> str:  # noqa: C901  # as above
    match stage:
        case Stage.MINE:
            return translate("Onward", "接下来：点开一件，看办到哪一步。")
        case Stage.CASE | Stage.USES:
            return translate("Onward", "接下来：看完了，按返回。")
        case Stage.WITHDRAW:
            return translate("Onward", "接下来：确认了才撤回。")
        case Stage.LICENCES:
            return translate("Onward", "接下来：点开一张，出示或者打印。")
        case Stage.SHEET:
            return translate("Onward", "接下来：打印一份，或者按返回。")
        case Stage.BENEFIT:
            return translate("Onward", "接下来：确认了，马上申请。")
        case Stage.NUMBER:
            return translate("Onward", "接下来：看这件事办到哪一步。")
        case Stage.HALLS:
            return translate("Onward", "接下来：取号，看怎么走。")
        case Stage.TICKET:
            return translate("Onward", "接下来：拿着号，到大厅等叫号。")
        case Stage.COMPLAIN:
            return translate("Onward", "接下来：交给负责的部门，给您一个编号。")
        case Stage.COMPLAINT:
            return translate("Onward", "接下来：拿编号随时来查。")
        case Stage.DELIVERY:
            return translate("Onward", "接下来：结果出来了，按您选的方式给您。")
        case _:
            return ""
