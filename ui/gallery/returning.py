"""Sessions to look at that do not go straight on: a changed answer, a form kept, for somebody else, helped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kiosk.contract import (
    AskAgain,
    Assistance,
    DocumentRef,
    Draft,
    DraftSummary,
    Mandate,
    Verification,
    WireAnswer,
    WireAnswers,
)
from kiosk.forms import PageRef
from kiosk.session import events
from kiosk.words import Text
from ui.gallery.endings import fills_in, newborn, restaurant, reviews
from ui.gallery.scenes import KNOWN_OF_ZHAO, MORNING, Scene, Story

UNTIL: Final = MORNING + timedelta(days=30)


def _changes(story: Story, element: str, raw: events.Raw) -> Story:
    page = PageRef(id=element)
    return story.happens(events.ChangeWanted(page=page), events.Answered(page=page, raw=raw))


def _enters(
    story: Story, service: str, *, drafts: tuple[DraftSummary, ...] = (), mandates: tuple[Mandate, ...] = ()
) -> Story:
    """Be verified, and be told what was left unfinished and for whom one may act."""
    situation = {"area_m2": "120"} if service == "restaurant" else {}
    return story.is_sent_a_code(service, **situation).happens(
        events.CodeEntered(code="123456"),
        events.CodeAccepted(),
        events.OpenFound(drafts=drafts, mandates=mandates),
    )


def _draft(story: Story, matter: str, items: tuple[str, ...], *, older: bool = False) -> DraftSummary:
    return DraftSummary(
        id=f"draft-of-{matter}",
        matter=matter,
        matter_name=story.catalogue.service(matter).name,
        items=items,
        item_names=(),
        answered=9,
        saved_at=MORNING - timedelta(days=3),
        expires_at=UNTIL,
        older=older,
        etag="1",
    )


def _left(story: Story, *, several: bool = False) -> Story:
    first = _draft(story, "restaurant", ("food-permit",), older=True)
    drafts = (first, _draft(story, "old-age-allowance", ("old-age-allowance",))) if several else (first,)
    return _enters(story, "restaurant", drafts=drafts)


def _takes_up(story: Story) -> Story:
    """Take up what was kept under an older catalogue."""
    _left(story).happens(events.DraftChosen(draft="draft-of-restaurant"))
    elements = story.catalogue.elements
    says = Text(
        zh_hans="选项有变化，请重新选。",
        zh_hant="選項有變化，請重新選。",
        en="The choices are others now; please choose again.",
    )
    again = tuple(
        AskAgain(pointer=f"/answers/single/{name}", name=elements[name].title, says=says)
        for name in ("food.categories", "shop.opening_date")
    )
    draft = Draft(
        id="draft-of-restaurant",
        matter="restaurant",
        matter_name=story.catalogue.service("restaurant").name,
        items=("food-permit",),
        catalogue_version="2",
        saved_version="1",
        answers=WireAnswers(single={"shop.name": WireAnswer(value="样本小馆", origin="citizen")}),
        materials=(),
        page="",
        notice="",
        saved_at=MORNING - timedelta(days=3),
        expires_at=UNTIL,
        again=again,
    )
    return story.happens(events.DraftOpened(draft=draft, tag="1"))


def _keeps(story: Story) -> Story:
    story.is_known("newborn", KNOWN_OF_ZHAO).happens(events.Next(), events.Next(), events.SaveWanted())
    return story.happens(events.DraftKept(identity="draft-of-newborn", tag="1", expires_at=UNTIL))


MANDATES: Final = (
    Mandate(
        reference="WT-0001",
        kind="person",
        principal=DocumentRef(kind="resident-id", number="000101194102181114", name="陈样本"),
        items=(),
        valid_until=date(2027, 4, 15),
    ),
    Mandate(
        reference="WT-0002",
        kind="enterprise",
        principal=DocumentRef(kind="resident-id", number="000102198012055514", name="李模拟"),
        enterprise="示例小馆餐饮管理有限公司",
        items=(),
        valid_until=date(2026, 10, 12),
    ),
    Mandate(
        reference="WT-0003",
        kind="person",
        principal=DocumentRef(kind="resident-id", number="000102199311303113", name="钱仿真"),
        items=("old-age-allowance", "insurance-certificate"),
        valid_until=date(2026, 5, 15),
    ),
)


def _acts(story: Story) -> Story:
    return _enters(story, "old-age-allowance", mandates=MANDATES)


def _acts_for_chen(story: Story) -> Story:
    return _acts(story).happens(events.ActedFor(mandate="WT-0001"))


def _reviews_for_chen(story: Story) -> Story:
    _acts_for_chen(story).happens(events.Next(), events.KnownArrived(facts=(), unavailable=(), found=()))
    story.happens(events.Next())
    return reviews(fills_in(story, {"person.bank_card": "6200000000000000000"}))


HELPER: Final = Assistance(
    staff="BB-0001",
    name="帮办员样例",
    department_name=Text(zh_hans="民政局", zh_hant="民政局", en="Civil Affairs"),
)


def _is_helped(story: Story, *, code: bool = True) -> Story:
    story.is_known("newborn", KNOWN_OF_ZHAO).happens(events.HelperWanted())
    if not code:
        return story
    verification = Verification(id="assistance", phone="138****8201", digits=6, expires_at=MORNING, attempts_left=3)
    return story.happens(events.HelperNumbered(staff="BB-0001"), events.HelperCodeSent(verification=verification))


def _has_help(story: Story) -> Story:
    return _is_helped(story).happens(events.HelperCodeEntered(code="123456"), events.HelperArrived(assistance=HELPER))


RETURNING: Final[dict[str, Scene]] = {
    "change": Scene(
        page="ChangePage",
        story=lambda story: _changes(reviews(restaurant(story)), "situation.area_m2", "120"),
    ),
    "change-newborn": Scene(
        page="ChangePage",
        story=lambda story: _changes(reviews(newborn(story)), "situation.has_birth_certificate", True),
    ),
    "resume": Scene(page="ResumePage", story=_left),
    "resume-several": Scene(page="ResumePage", story=lambda story: _left(story, several=True)),
    "resume-again": Scene(page="ResumePage", story=_takes_up),
    "kept": Scene(page="KeptPage", story=_keeps),
    "behalf": Scene(page="BehalfPage", story=_acts),
    "behalf-none": Scene(
        page="BehalfPage",
        story=lambda story: (
            story.opens("newborn")
            .happens(events.Next(), events.BehalfWanted(), events.Next())
            .reads_a_card()
            .happens(events.CodeEntered(code="123456"), events.CodeAccepted(), events.OpenFound())
        ),
    ),
    "notice-behalf": Scene(
        page="NoticePage",
        story=lambda story: story.opens("newborn").happens(events.Next(), events.BehalfWanted()),
    ),
    "notice-for-somebody": Scene(page="NoticePage", story=_acts_for_chen),
    "review-for-somebody": Scene(page="ReviewPage", story=_reviews_for_chen),
    "helper": Scene(page="HelperPage", story=lambda story: _is_helped(story, code=False)),
    "helper-unknown": Scene(
        page="HelperPage",
        story=lambda story: _is_helped(story, code=False).happens(
            events.HelperNumbered(staff="BB-9999"),
            events.BackendFailed(request="staff", code="verification.no-phone"),
        ),
    ),
    "helper-code": Scene(page="HelperPage", story=_is_helped),
    "confirm-helped": Scene(page="ConfirmPage", story=_has_help),
    "question-helped": Scene(
        page="QuestionPage", story=lambda story: _has_help(story).happens(events.Next(), events.Next())
    ),
}
