"""Sessions that choose: guides, the basket, what is offered; ``scenes.py`` has those after."""

from __future__ import annotations

from typing import Final

from kiosk.contract import Offer, OfferReason, WhyKind
from kiosk.session import events
from kiosk.words import Text
from ui.gallery.scenes import Scene, Story

TOGETHER = ("old-age-allowance", "insurance-certificate", "food-permit")
"""What somebody does together."""

OFFERS = (
    Offer(
        item="signboard-permit",
        name=Text(zh_hans="户外招牌设置许可", zh_hant="戶外招牌設置許可", en="Permit for an outdoor sign"),
        summary=Text(zh_hans="招牌", zh_hant="招牌", en="Sign"),
        department_name=Text(
            zh_hans="示例市城市管理局", zh_hant="示例市城市管理局", en="Sample City Urban Management Bureau"
        ),
        reasons=(
            OfferReason(
                kind=WhyKind.FILED_TOGETHER,
                says=Text(
                    zh_hans="办这件事的人，十个里有七个也办了它",
                    zh_hant="辦這件事的人，十個裡有七個也辦了它",
                    en="Seven in ten who did this did that too",
                ),
            ),
        ),
        shared_elements=6,
        more_elements=4,
    ),
    Offer(
        item="business-licence-check",
        name=Text(zh_hans="营业执照信息核验", zh_hant="營業執照資訊核驗", en="Check of a business licence"),
        summary=Text(zh_hans="核验", zh_hant="核驗", en="Check"),
        department_name=Text(
            zh_hans="示例市市场监督管理局", zh_hant="示例市市場監督管理局", en="Sample City Market Regulation Bureau"
        ),
        reasons=(
            OfferReason(
                kind=WhyKind.SHARED,
                says=Text(
                    zh_hans="要填的您都已经填了",
                    zh_hant="要填的您都已經填了",
                    en="Everything it asks is answered already",
                ),
            ),
        ),
        shared_elements=3,
    ),
)
CONFLICTING: Final = ("outdoor-advertisement-permit", "signboard-permit")
"""Two items that cannot be applied for together."""
WANTING: Final = "film-road-occupation"
"""An item that wants another one done before it."""
GUIDED: Final = "death-certificate-guide"
"""An item that is only explained."""


def _found(story: Story) -> Story:
    """Look through what a search found, one of it in the basket."""
    return story.starts().happens(events.Searched(query="许可"), events.BasketFilled(items=("signboard-permit",)))


def _printed(story: Story) -> Story:
    return story.opens(GUIDED).happens(events.GuideWanted(), events.GuidePrinted(proven=True))


def _not_printed(story: Story) -> Story:
    return story.opens(GUIDED).happens(events.GuideWanted(), events.GuideFailed(code="printer.paper-out"))


CHOOSING: Final[dict[str, Scene]] = {
    "find-many": Scene(page="FindPage", story=_found),
    "basket": Scene(page="BasketPage", story=lambda story: story.starts().fills(*TOGETHER)),
    "basket-empty": Scene(
        page="BasketPage",
        story=lambda story: story.starts().fills(TOGETHER[0]).happens(events.BasketTaken(item=TOGETHER[0])),
    ),
    "basket-removed": Scene(
        page="BasketPage",
        story=lambda story: story.starts().fills(*TOGETHER).happens(events.BasketTaken(item=TOGETHER[1])),
    ),
    "basket-offered": Scene(
        page="BasketPage", story=lambda story: story.starts().fills(*TOGETHER[:2]).is_offered(OFFERS)
    ),
    "basket-conflict": Scene(
        page="BasketPage", story=lambda story: story.starts().fills(*CONFLICTING).happens(events.Next())
    ),
    "basket-wanting": Scene(page="BasketPage", story=lambda story: story.starts().fills(WANTING, TOGETHER[0])),
    "basket-guided": Scene(page="BasketPage", story=lambda story: story.starts().fills(GUIDED, TOGETHER[0])),
    "basket-guided-only": Scene(page="BasketPage", story=lambda story: story.starts().fills(GUIDED)),
    "guide": Scene(page="GuidePage", story=lambda story: story.opens("newborn")),
    "guide-chosen": Scene(
        page="GuidePage",
        story=lambda story: story.opens("newborn").happens(
            events.BasketFilled(items=("birth-registration", "newborn-medical-insurance"))
        ),
    ),
    "guide-item": Scene(page="GuidePage", story=lambda story: story.opens("insurance-certificate")),
    "guide-offered": Scene(page="GuidePage", story=lambda story: story.opens("old-age-allowance").is_offered(OFFERS)),
    "guide-only": Scene(page="GuidePage", story=lambda story: story.opens(GUIDED)),
    "guide-unprintable": Scene(
        page="GuidePage",
        story=lambda story: story.happens(events.PaperChanged(code="printer.paper-low")).opens("newborn"),
    ),
    "guide-printed": Scene(page="GuidePage", story=_printed),
    "guide-not-printed": Scene(page="GuidePage", story=_not_printed),
}
