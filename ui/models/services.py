"""Words about services: what each is, how it ends, what it takes. The same on every page that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject

from kiosk.catalogue.model import DecisionKind, Item, ItemKind, OneThing, Outcome, StepKind
from kiosk.contract import Offer, WhyKind
from kiosk.session.state import Session
from kiosk.words import Language
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

ITEM_SIGN = "file-text"
"""Icon of an item; a one-thing brings its own."""
REASONS = 2
"""Reasons named for an offer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceRow:
    """A one-thing, or an item."""

    service: str
    sign: str
    """Name of an icon."""
    title: str
    summary: str
    detail: str
    """How many departments, how it ends."""
    group: str
    """Title of the part of the list it stands in."""
    addable: bool
    """An item may go into the basket as it is; of a one-thing the situation is asked first."""
    added: bool
    """It is in the basket."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferRow:
    """Something worth doing too."""

    item: str
    title: str
    department: str
    reason: str
    more: str
    """What it asks in addition."""
    added: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GuidedRow:
    """An item that is done at a counter: where, when, with what."""

    title: str
    where: str
    hours: str
    phone: str
    bring: str
    """One a line."""


class ServiceModel(PageModel):
    """Base of the pages that speak of services."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._offers = Rows(OfferRow, self)

    @Property(QObject, constant=True)
    def offers(self) -> QObject:
        """``OfferRow``s: what is worth doing too; none when the backend is slow or away."""
        return self._offers

    def service_row(self, session: Session, service: OneThing | Item) -> ServiceRow:
        """Return how a service stands in a list."""
        language = session.language
        whole = isinstance(service, OneThing)
        return ServiceRow(
            service=service.id,
            sign=service.icon if isinstance(service, OneThing) else ITEM_SIGN,
            title=service.name.in_(language),
            summary=service.summary.in_(language),
            detail=self.detail(service),
            group=self.tr("一件事，一次办") if whole else self.tr("单个事项"),
            addable=not whole,
            added=service.id in session.basket,
        )

    def detail(self, service: OneThing | Item) -> str:
        """Return how many things and departments a one-thing joins, or how an item ends."""
        if isinstance(service, Item):
            return self.ends(service)
        items = [self.desk.catalogue.items[part.item] for part in service.items]
        at_once = sum(item.decision in (DecisionKind.INSTANT, DecisionKind.COMMITMENT) for item in items)
        words = self.tr("{items} 个事项 · {departments} 个部门").format(
            items=len(items), departments=len({item.department for item in items})
        )
        if at_once == len(items):
            return words + self.tr(" · 全部当场办好")
        return words + (self.tr(" · {n} 项当场办好").format(n=at_once) if at_once else "")

    def ends(self, item: Item) -> str:
        """Return how an item ends, in plain words."""
        if item.outcome is Outcome.GUIDED:
            return self.tr("告诉您去哪办、带什么")
        match item.decision:
            case DecisionKind.INSTANT if item.kind is ItemKind.QUERY_AND_PRINT:
                return self.tr("当场打印")
            case DecisionKind.INSTANT:
                return self.tr("当场办好")
            case DecisionKind.COMMITMENT:
                return self.tr("承诺后当场办好")
            case DecisionKind.INSPECTION:
                return self.tr("预约上门看")
            case DecisionKind.ON_SITE:
                return self.tr("在这里填好，预约到窗口办")
            case DecisionKind.STANDARD:
                return self.tr("工作人员审核，{n} 个工作日内").format(n=item.committed_days)

    def steps(self, item: Item) -> str:
        """Return the steps whose days are not counted in the promise; nothing for an item without."""
        parts = [
            self.tr("{step} {n} 个工作日").format(step=self.step(each.step), n=each.days) for each in item.special_steps
        ]
        return self.tr("另需：{steps}").format(steps=self.tr("，").join(parts)) if parts else ""

    def step(self, kind: StepKind) -> str:  # a row per step
        """Return a step that stops the clock (行政许可法 第四十五条)."""
        match kind:
            case StepKind.TEST:
                return self.tr("检测")
            case StepKind.INSPECTION:
                return self.tr("到现场看")
            case StepKind.HEARING:
                return self.tr("开会听意见")
            case StepKind.EXPERT_REVIEW:
                return self.tr("专家评审")
            case StepKind.PUBLICATION:
                return self.tr("公开让大家看")
            case StepKind.TENDER:
                return self.tr("招标、拍卖")
            case StepKind.EXAMINATION:
                return self.tr("考试")
            case StepKind.QUARANTINE:
                return self.tr("检疫")

    def time_of(self, items: Sequence[Item]) -> str:
        """Return how long the slowest of ``items`` takes, steps that stop the clock included."""
        longest = max((item.committed_days for item in items), default=0)
        steps = max((sum(step.days for step in item.special_steps) for item in items), default=0)
        if longest == steps == 0:
            booked = any(item.decision in (DecisionKind.INSPECTION, DecisionKind.ON_SITE) for item in items)
            return self.tr("按预约的时间") if booked else self.tr("当场出结果")
        words = self.tr("最长 {n} 个工作日").format(n=longest) if longest else self.tr("当场收下开始办")
        return words + (self.tr("，另加特别的步骤 {n} 个工作日").format(n=steps) if steps else "")

    def fee_of(self, items: Sequence[Item]) -> str:
        """Return what ``items`` cost together."""
        fee = sum(item.fee_fen for item in items)
        return (
            self.tr("不收费") if fee == 0 else self.tr("{yuan} 元").format(yuan=f"{fee / 100:.2f}".removesuffix(".00"))
        )

    def guided_row(self, session: Session, item: Item) -> GuidedRow:
        """Return where to go for an item that is done at a counter, and what to bring."""
        language = session.language
        department = self.desk.catalogue.departments[item.department]
        names = [self.desk.catalogue.materials[used.material].name.in_(language) for used in item.materials]
        return GuidedRow(
            title=item.name.in_(language),
            where=f"{department.name.in_(language)}{self._comma(language)}{department.office.in_(language)}",
            hours=self.says(session, department.hours),
            phone=department.phone,
            bring="\n".join(names),
        )

    def _comma(self, language: Language) -> str:
        return ", " if language is Language.EN else "，"

    def show_offers(self, session: Session) -> None:
        """Show what is worth doing too."""
        self._offers.show([self._offer_row(session, offer) for offer in session.offers])

    def _offer_row(self, session: Session, offer: Offer) -> OfferRow:
        language = session.language
        reasons = offer.reasons[:REASONS]
        more = self.tr("不用多答问题")
        if offer.more_elements:
            more = self.tr("只多答 {n} 个问题").format(n=offer.more_elements)
        told = any(reason.kind is WhyKind.SHARED for reason in reasons) or not offer.shared_elements
        return OfferRow(
            item=offer.item,
            title=offer.name.in_(language),
            department=offer.department_name.in_(language),
            reason="\n".join(reason.says.in_(language) for reason in reasons),
            more="" if told else more,
            added=offer.item in session.basket,
        )
