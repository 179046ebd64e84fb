"""What a clerk can do with a case, and when it is offered.

The rules for what may follow what stand in ``applications/states.py``, and ``Desk`` holds every act to them; here only
what cannot succeed is not offered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from kiosk.backend.applications.acts import Act
from kiosk.backend.web.staff import Role, Staff
from kiosk.backend.web.window import forms
from kiosk.backend.web.window.fields import Field, Given
from kiosk.backend.web.window.forms import About
from kiosk.backend.web.window.reading import CaseView
from kiosk.backend.web.window.work import COLLECTED, HANDED_OVER
from kiosk.contract import ObligationKind, ObligationState

_ALIVE = frozenset({ObligationState.OPEN, ObligationState.MISSED})


def _anybody(_view: CaseView, _staff: Staff) -> bool:
    return True


def _of_supervisors(_view: CaseView, staff: Staff) -> bool:
    return staff.may(Role.SUPERVISOR)


def _is_still_here(view: CaseView, _staff: Staff) -> bool:
    return bool(view.case.documents) and not any(line.what == HANDED_OVER for line in view.timeline)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One thing that can be done."""

    id: str
    act: str
    """Name of the act, as ``Folder.may`` says it."""
    title: str
    """On the button that leads to its form."""
    what: str
    """What happens then, in a sentence."""
    done: str
    """What the clerk reads afterwards."""
    look: str
    """Empty for the one thing to do, ``quiet``, ``grave``"""
    first: bool
    """Offered at once, not under "more"."""
    fields: Callable[[About], tuple[Field, ...]]
    make: Callable[[Given, About], Act]
    fits: Callable[[CaseView, Staff], bool] = _anybody


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A deed that can be done with this case now."""

    title: str
    href: str
    look: str
    first: bool
    subject: str = ""


def offers(view: CaseView, staff: Staff) -> tuple[Offer, ...]:
    """Return what can be done with a case now."""
    found = [
        Offer(title=deed.title, href=_href(view, deed), look=_look(deed, view), first=deed.first)
        for deed in DEEDS.values()
        if deed.id not in _ABOUT_OBLIGATIONS and deed.act in view.folder.may and deed.fits(view, staff)
    ]
    for owed in view.owed:
        each = owed.obligation
        subject = f"{each.kind.value}:{each.subject}"
        if each.state is ObligationState.HANDED_IN:
            deed = DEEDS["check-handed-in"]
        elif each.kind is ObligationKind.PROMISE and each.state in _ALIVE:
            deed = DEEDS["check-promise"]
        else:
            continue
        if deed.act in view.folder.may:
            href = _href(view, deed, subject)
            found.append(Offer(title=deed.title, href=href, look="quiet", first=True, subject=subject))
    return tuple(found)


def _look(deed: Deed, view: CaseView) -> str:
    """Return how a button looks: handing over is the thing to do only where somebody comes for the result."""
    comes = view.item is not None and COLLECTED in view.item.result.delivery
    return "quiet" if deed.act == "HandOver" and not comes else deed.look


def is_offered(deed: Deed, about: About, staff: Staff) -> bool:
    """Return whether ``deed`` can be done with this case now."""
    href = _href(about.view, deed, about.subject)
    return any(offer.href == href for offer in offers(about.view, staff))


def _href(view: CaseView, deed: Deed, subject: str = "") -> str:
    query = f"?{urlencode({'about': subject})}" if subject else ""
    return f"/window/cases/{view.case.number}/acts/{deed.id}{query}"


_ABOUT_OBLIGATIONS = frozenset({"check-handed-in", "check-promise"})

DEEDS = {
    deed.id: deed
    for deed in (
        Deed(
            id="record-visit",
            title="登记现场核查",
            what="现场核查的结果会马上告诉申请人；通过的当场办结。",
            done="已登记现场核查的结果，申请人会收到短信。",
            look="",
            first=True,
            act="RecordVisit",
            fields=forms.visit_fields,
            make=forms.record_visit,
        ),
        Deed(
            id="approve",
            title="准予",
            what="发出决定书和证照，申请人马上能看到。",
            done="已准予，决定书已发出，申请人会收到短信。",
            look="",
            first=True,
            act="Approve",
            fields=forms.approve_fields,
            make=forms.approve,
        ),
        Deed(
            id="end-step",
            title="特殊环节完成",
            what="停着的表接着走，期限按实际用的天数重新算。",
            done="已登记，期限接着计算。",
            look="quiet",
            first=True,
            act="EndStep",
            fields=forms.end_fields,
            make=forms.end_step,
        ),
        Deed(
            id="hand-over",
            title="出件",
            what="把结果交给来人，记下是谁取走的。",
            done="已出件。",
            look="",
            first=True,
            act="HandOver",
            fits=_is_still_here,
            fields=forms.hand_over_fields,
            make=forms.hand_over,
        ),
        Deed(
            id="ask",
            title="要求补正",
            what="发一次性补正告知书，停表等申请人。",
            done="已发一次性补正告知书，等申请人补正。",
            look="quiet",
            first=True,
            act="Ask",
            fields=forms.ask_fields,
            make=forms.ask,
        ),
        Deed(
            id="refuse",
            title="不予许可",
            what="发不予许可决定书，写明理由、依据和救济途径。发出以后不能收回。",
            done="已发不予许可决定书，申请人会收到短信。",
            look="grave",
            first=True,
            act="Refuse",
            fields=forms.refuse_fields,
            make=forms.refuse,
        ),
        Deed(
            id="accept",
            title="受理",
            what="发受理通知书，在承诺的期限内办结。",
            done="已受理，受理通知书已发出。",
            look="quiet",
            first=False,
            act="Accept",
            fields=forms.accept_fields,
            make=forms.accept,
        ),
        Deed(
            id="not-accept",
            title="不予受理",
            what="发不予受理通知书，写明理由、依据和救济途径。发出以后不能收回。",
            done="已发不予受理通知书，申请人会收到短信。",
            look="quiet",
            first=False,
            act="NotAccept",
            fields=forms.not_accept_fields,
            make=forms.not_accept,
        ),
        Deed(
            id="begin-step",
            title="开始特殊环节",
            what="检测、听证、专家评审等用的时间不计入期限，从今天起停表。",
            done="已开始，表停了。申请人会看到最迟哪天完成。",
            look="quiet",
            first=False,
            act="BeginStep",
            fields=forms.step_fields,
            make=forms.begin_step,
        ),
        Deed(
            id="book-visit",
            title="约上门时间",
            what="约一次现场核查，或者改约。",
            done="已约好，申请人会收到短信。",
            look="quiet",
            first=False,
            act="BookVisit",
            fields=forms.book_fields,
            make=forms.book,
        ),
        Deed(
            id="extend",
            title="延长期限",
            what="经主管批准延长一次，理由告诉申请人。",
            done="已延长，申请人会看到新的日期和理由。",
            look="quiet",
            first=False,
            act="Extend",
            fits=_of_supervisors,
            fields=forms.extend_fields,
            make=forms.extend,
        ),
        Deed(
            id="revoke",
            title="撤销",
            what="收回已经作出的许可，写明理由、依据和救济途径。",
            done="已撤销，申请人会收到短信。",
            look="quiet",
            first=False,
            act="Revoke",
            fits=_of_supervisors,
            fields=forms.revoke_fields,
            make=forms.revoke,
        ),
        Deed(
            id="check-handed-in",
            title="核对补交",
            what="核对申请人后来补交的内容。",
            done="已登记核对结果。",
            look="quiet",
            first=True,
            act="CheckHandedIn",
            fields=forms.handed_in_fields,
            make=forms.check_handed_in,
        ),
        Deed(
            id="check-promise",
            title="登记核查",
            what="事后核查申请人的承诺。",
            done="已登记核查结果。",
            look="quiet",
            first=True,
            act="CheckPromise",
            fields=forms.promise_fields,
            make=forms.check_promise,
        ),
    )
}
"""By id, in the order they are offered."""
