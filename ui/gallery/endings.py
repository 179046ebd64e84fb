"""Sessions from the materials to goodbye, to look at; ``scenes.py`` has those before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from msgspec.structs import replace

from kiosk import forms
from kiosk.catalogue.model import Obtained
from kiosk.contract import Application, Attachment, Case, CaseState, Fact, MaterialFound, Stroke, WireAnswers
from kiosk.forms.model import Element, Kind
from kiosk.session import events, gathering
from kiosk.session.state import DocumentSource, Stage, Submission
from kiosk.words import Text
from ui.gallery.choosing import OFFERS
from ui.gallery.scenes import KNOWN_OF_ZHAO, MORNING, Scene, Story

Given = Mapping[str, events.Raw]

SIGNATURE: Final = (Stroke(points=tuple((100 + step * 20, 200, step * 10) for step in range(12))),)
MOST_PAGES: Final = 80
"""No scene has a longer way than this."""

CHILD: Final[Given] = {
    "child.name": "钱样样",
    "child.sex": "2",
    "child.birth_date": "2026-04-05",
    "child.birth_time": "0806",
    "child.gestation_weeks": "37",
    "child.weight_g": "2650",
    "child.health": "good",
    "child.hospital": "示例市妇幼保健院",
}
NEWBORN: Final[Given] = {
    "has_birth_certificate": False,
    "family.role": "mother",
    "family.hukou_with": "applicant",
}
RESTAURANT: Final[Given] = {
    "has_business_licence": True,
    "area_m2": "360",
    "fire_route": "commitment",
    "enterprise.credit_code": "91000000MA0000012X",
    "shop.name": "样本小馆",
    "shop.address": {"division": "000102003000", "detail": "试验大道8号"},
    "shop.opening_date": "2026-05-15",
    "food.categories": ("hot", "drinks"),
    "food.staff": "8",
    "food.safety_officer": "李模拟",
    "fire.manager": "李模拟",
    "fire.exits": "1",
    "fire.equipment": ("extinguishers", "lights"),
    "signboard.text": "样本小馆",
    "signboard.place": "door",
    "signboard.width_cm": "300",
    "signboard.height_cm": "80",
    "signboard.street": "unsure",
    "visit.date": "2026-04-22",
    "visit.half_day": "morning",
}
KNOWN_OF_LI: Final[dict[str, Any]] = {
    "register.population.phone": "13800138055",
}

REASONS: Final[Mapping[CaseState, Text]] = {
    CaseState.SUBMITTED: Text(zh_hans="", zh_hant="", en=""),
    CaseState.APPROVED: Text(
        zh_hans="符合条件，已经办好。", zh_hant="符合條件，已經辦好。", en="All conditions are met; it is done."
    ),
    CaseState.ACCEPTED: Text(
        zh_hans="材料齐全，工作人员会在承诺时间内办结。",
        zh_hant="材料齊全，工作人員會在承諾時間內辦結。",
        en="The papers are complete; the department will decide within the promised time.",
    ),
    CaseState.REFERRED: Text(
        zh_hans="父母一方的户口信息没有查到，要由工作人员核对。",
        zh_hant="父母一方的戶口資料沒有查到，要由工作人員核對。",
        en="The household record of one parent was not found; an officer has to look at it.",
    ),
    CaseState.INSPECTION_BOOKED: Text(
        zh_hans="预审通过，请在约好的时间等工作人员上门。",
        zh_hant="預審通過，請在約好的時間等工作人員上門。",
        en="The first check is passed; please be there when the inspectors come.",
    ),
    CaseState.BOOKED: Text(
        zh_hans="都替您填好了，请按约好的时间到窗口。",
        zh_hant="都替您填好了，請按約好的時間到窗口。",
        en="Everything is filled in; please come to the counter at the time booked.",
    ),
    CaseState.REFUSED: Text(
        zh_hans="现场与图纸不一致。", zh_hant="現場與圖紙不一致。", en="The place does not match the plan."
    ),
}
STATES: Final = (
    CaseState.APPROVED,
    CaseState.APPROVED,
    CaseState.ACCEPTED,
    CaseState.REFERRED,
    CaseState.INSPECTION_BOOKED,
    CaseState.APPROVED,
    CaseState.REFUSED,
)
VISIT: Final = datetime(2026, 4, 22, 1, 30, tzinfo=UTC)


def fills_in(story: Story, given: Given, children: int = 0) -> Story:
    """Answer every question up to the materials; what is not given is answered by its first choice, or left open."""
    for _ in range(MOST_PAGES):
        session = story.session
        page = session.page
        if session.stage is Stage.TASKS:
            story.happens(events.Next())
            continue
        if session.stage is not Stage.QUESTION or page is None:
            return story
        if page.id == "children" and page.entry is None:
            have = len(session.answers.repeats.get("children", ()))
            story.happens(events.EntryAdded(repeat="children") if have < children else events.Next())
            continue
        raw = CHILD.get(page.id, given.get(page.id))
        if raw is None and session.matter is not None:
            question = forms.question_of(session.matter.form, page)
            raw = None if question is None or not question.required else _any(question.element)
        story.happens(events.Skipped(page=page) if raw is None else events.Answered(page=page, raw=raw))
        if story.session == session:
            raise LookupError(f"no way on from {page}: {session.advice}")
    raise LookupError("a way without an end")


def _any(element: Element) -> events.Raw:
    """Return an answer to a question that no scene is about."""
    match element.kind:
        case Kind.CHOICE:
            return element.choices[0].value
        case Kind.CHOICES:
            return (element.choices[0].value,)
        case Kind.YES_NO:
            return True
        case Kind.DATE:
            return "2026-04-10"
        case Kind.PHONE:
            return "13800138024"
        case Kind.ID_NUMBER:
            return "000102199311303113"
        case Kind.ADDRESS:
            return {"division": "000102003000", "detail": "虚构街66号2栋1803室"}
        case Kind.INTEGER:
            return "20"
        case _:
            return "示例文字"


def newborn(story: Story, children: int = 1) -> Story:
    """Come to the materials of a child that is born."""
    story.is_verified("newborn", **{key: value for key, value in NEWBORN.items() if "." not in key})
    story.happens(_known(KNOWN_OF_ZHAO, "marriage-certificate"), events.Next())
    return fills_in(story, NEWBORN, children)


def restaurant(story: Story) -> Story:
    """Come to the materials of a restaurant, whose sign will go to a person."""
    story.is_verified("restaurant", **{key: value for key, value in RESTAURANT.items() if "." not in key})
    story.happens(_known(KNOWN_OF_LI, "business-licence"), events.Next())
    return fills_in(story, RESTAURANT)


def _known(facts: Mapping[str, Any], licence: str) -> events.KnownArrived:
    source = Text(zh_hans="登记", zh_hant="登記", en="register")
    found = MaterialFound(
        material=licence,
        obtained=Obtained.LICENCE,
        reference="0000",
        title=Text(zh_hans="电子证照", zh_hant="電子證照", en="electronic licence"),
    )
    return events.KnownArrived(
        facts=tuple(Fact(name=name, value=value, as_of=MORNING.date(), source=source) for name, value in facts.items()),
        unavailable=(),
        found=(found,),
    )


def _gives(story: Story) -> Story:
    """Give every material: promised, put off, or photographed."""
    for need in gathering.missing(story.session):
        story.happens(events.MaterialChosen(material=need.material.id))
        if story.session.stage is Stage.PROMISE:
            story.happens(events.Promised())
        elif need.deferrable:
            story.happens(events.MaterialDeferred(material=need.material.id))
        else:
            _photographs(story)
    return story


def _photographs(story: Story) -> Story:
    material = story.session.material
    return _shoots(story).happens(
        events.PictureKept(),
        events.AttachmentStored(material=material, attachment=Attachment(id="picture", sha256="0" * 64, bytes=1)),
    )


def _shoots(story: Story, *, sharp: bool = True) -> Story:
    return story.happens(events.PictureWanted(), events.PictureTaken(reference="picture", sharp=sharp))


def _opens_camera(story: Story, material: str = "") -> Story:
    wanted = next(
        need.material.id
        for need in gathering.missing(story.session)
        if gathering.way(story.session, need) is Obtained.SCAN and (not material or need.material.id == material)
    )
    return story.happens(events.MaterialChosen(material=wanted))


def reviews(story: Story) -> Story:
    """Come to the review with every material given."""
    return _gives(story).happens(events.Next())


def _submits(story: Story) -> Story:
    return reviews(story).happens(events.Next(), events.Signed(strokes=SIGNATURE))


def _application(story: Story, submission: Submission, states: tuple[CaseState, ...]) -> Application:
    matter = story.session.matter
    if matter is None:
        raise LookupError("nothing was chosen")
    entry = submission.entry or 0
    cases = []
    for place, item in enumerate(matter.items):
        state = states[place % len(states)]
        department = story.catalogue.departments[item.department]
        cases.append(
            Case(
                number=f"GAC-20260415-{entry:02}{place:02}7",
                item=item.id,
                item_name=item.name,
                department=item.department,
                department_name=department.name,
                state=state,
                reason=REASONS[state],
                due_on=None if state is CaseState.APPROVED else date(2026, 4, 22),
                appointment=VISIT if state in (CaseState.INSPECTION_BOOKED, CaseState.BOOKED) else None,
                office=department.office if state is CaseState.BOOKED else None,
                bring=tuple(need.material.name for need in matter.materials[:3]) if state is CaseState.BOOKED else (),
                contact="0000-12345",
            )
        )
    return Application(
        number=f"20260415-00012{entry}-7",
        matter=matter.id,
        matter_name=matter.name,
        session=story.session.id,
        entry=submission.entry,
        received_at=MORNING,
        catalogue_version="1",
        cases=tuple(cases),
        answers=WireAnswers(single={}),
        materials=(),
    )


def _is_answered(story: Story, states: tuple[CaseState, ...] = STATES) -> Story:
    for submission in story.session.submissions:
        story.happens(
            events.ApplicationStored(key=submission.key),
            events.ApplicationAnswered(key=submission.key, application=_application(story, submission, states)),
        )
    return story


def _prints(story: Story) -> Story:
    return _is_answered(_submits(newborn(story))).happens(events.Next())


def _rates(story: Story) -> Story:
    return _prints(story).happens(events.ReceiptPrinted(proven=True), events.Next())


def _delayed(story: Story) -> Story:
    _submits(newborn(story))
    key = story.session.submissions[0].key
    return story.happens(
        events.ApplicationStored(key=key), events.ApplicationDelayed(key=key, code="backend.unreachable")
    )


def _rejected(story: Story) -> Story:
    _submits(newborn(story))
    key = story.session.submissions[0].key
    return story.happens(
        events.ApplicationStored(key=key), events.ApplicationRejected(key=key, code="application.invalid")
    )


def _lost(story: Story) -> Story:
    _submits(newborn(story))
    return story.happens(events.ApplicationLost(key=story.session.submissions[0].key, code="disk.full"))


def _left(story: Story, source: DocumentSource) -> Story:
    _rates(story)
    story.session = replace(story.session, document_on=frozenset({source}))
    return story.happens(events.Rated(level=5))


ARRIVING: Final = (CaseState.APPROVED, CaseState.SUBMITTED, CaseState.APPROVED, CaseState.SUBMITTED)

ENDINGS: Final[dict[str, Scene]] = {
    "materials": Scene(page="MaterialsPage", story=newborn),
    "materials-restaurant": Scene(page="MaterialsPage", story=restaurant),
    "materials-given": Scene(page="MaterialsPage", story=lambda story: _gives(newborn(story))),
    "camera": Scene(page="CameraPage", story=lambda story: _opens_camera(newborn(story))),
    "camera-later": Scene(page="CameraPage", story=lambda story: _opens_camera(newborn(story), "diagnosis")),
    "camera-taken": Scene(page="CameraPage", story=lambda story: _shoots(_opens_camera(newborn(story)))),
    "camera-blurred": Scene(page="CameraPage", story=lambda story: _shoots(_opens_camera(newborn(story)), sharp=False)),
    "camera-absent": Scene(
        page="CameraPage",
        story=lambda story: _opens_camera(newborn(story), "diagnosis").happens(
            events.DeviceChanged(device="camera", health="absent"), events.PictureFailed(code="device.gone")
        ),
    ),
    "camera-absent-needed": Scene(
        page="CameraPage",
        story=lambda story: _opens_camera(newborn(story)).happens(
            events.DeviceChanged(device="camera", health="failed"), events.PictureFailed(code="device.gone")
        ),
    ),
    "promise": Scene(
        page="PromisePage",
        story=lambda story: restaurant(story).happens(events.MaterialChosen(material="food-safety-rules")),
    ),
    "review": Scene(page="ReviewPage", story=lambda story: reviews(newborn(story))),
    "review-twins": Scene(page="ReviewPage", story=lambda story: reviews(newborn(story, children=2))),
    "review-restaurant": Scene(page="ReviewPage", story=lambda story: reviews(restaurant(story))),
    "sign": Scene(page="SignPage", story=lambda story: reviews(newborn(story)).happens(events.Next())),
    "sign-empty": Scene(
        page="SignPage",
        story=lambda story: reviews(newborn(story)).happens(events.Next(), events.Signed(strokes=())),
    ),
    "outcomes-sending": Scene(page="OutcomesPage", story=lambda story: _submits(newborn(story))),
    "outcomes-arriving": Scene(
        page="OutcomesPage", story=lambda story: _is_answered(_submits(newborn(story)), ARRIVING)
    ),
    "outcomes": Scene(page="OutcomesPage", story=lambda story: _is_answered(_submits(newborn(story)))),
    "outcomes-booked": Scene(
        page="OutcomesPage", story=lambda story: _is_answered(_submits(newborn(story)), (CaseState.BOOKED,))
    ),
    "outcomes-offered": Scene(
        page="OutcomesPage",
        story=lambda story: _is_answered(_submits(newborn(story)), (CaseState.APPROVED,)).is_offered(OFFERS),
    ),
    "outcomes-twins": Scene(
        page="OutcomesPage", story=lambda story: _is_answered(_submits(newborn(story, children=2)))
    ),
    "outcomes-delayed": Scene(page="OutcomesPage", story=_delayed),
    "outcomes-rejected": Scene(page="OutcomesPage", story=_rejected),
    "outcomes-lost": Scene(page="OutcomesPage", story=_lost),
    "receipt-printing": Scene(page="ReceiptPage", story=_prints),
    "receipt-printed": Scene(
        page="ReceiptPage", story=lambda story: _prints(story).happens(events.ReceiptPrinted(proven=True))
    ),
    "receipt-unproven": Scene(
        page="ReceiptPage", story=lambda story: _prints(story).happens(events.ReceiptPrinted(proven=False))
    ),
    "receipt-failed": Scene(
        page="ReceiptPage", story=lambda story: _prints(story).happens(events.ReceiptFailed(code="printer.paper-out"))
    ),
    "receipt-jammed": Scene(
        page="ReceiptPage", story=lambda story: _prints(story).happens(events.ReceiptFailed(code="printer.cutter"))
    ),
    "rating": Scene(page="RatingPage", story=_rates),
    "goodbye": Scene(page="GoodbyePage", story=lambda story: _rates(story).happens(events.Rated(level=5))),
    "goodbye-card": Scene(
        page="GoodbyePage",
        story=lambda story: _left(story, DocumentSource.ID_READER),
    ),
    "goodbye-slot": Scene(
        page="GoodbyePage",
        story=lambda story: _left(story, DocumentSource.CARD_READER),
    ),
}
