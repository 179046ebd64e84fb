"""Sessions of people who do something beside a matter: a number for the counter, a complaint."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from kiosk.contract import (
    CollectionPoint,
    Complaint,
    ComplaintKind,
    ComplaintState,
    ComplaintStep,
    Delivery,
    DeliveryState,
    Hall,
    HallService,
    Ticket,
    TicketState,
    Way,
)
from kiosk.session import beside_events, events, own_events
from kiosk.session.having import Mine
from kiosk.words import Text
from ui.gallery.owning import CASE, CIVIL, MINE, OVERDUE, RUNNING
from ui.gallery.scenes import MORNING, Scene, Story


def _t(zh_hans: str, zh_hant: str, en: str) -> Text:
    return Text(zh_hans=zh_hans, zh_hant=zh_hant, en=en)


CENTRE: Final = _t("示例市政务服务中心", "示例市政務服務中心", "Sample City Service Centre")
GENERAL: Final = _t("综合受理", "綜合受理", "General counter")
_NAMES: Final = (
    ("general", GENERAL, 7, 25, 40),
    (
        "insurance",
        _t("社保医保公积金", "社保醫保公積金", "Social security, health care, housing fund"),
        0,
        0,
        5,
    ),
    (
        "residence",
        _t("户籍身份证出入境", "戶籍身份證出入境", "Residence, identity cards, exit and entry"),
        3,
        10,
        20,
    ),
    ("help", _t("办不成事与帮办", "辦不成事與幫辦", "When nothing worked: help and complaints"), 1, 5, 15),
)
OPEN_HALL: Final = Hall(
    id="centre",
    name=CENTRE,
    address=_t("示例市城东区样本路1号", "示例市城東區樣本路1號", "1 Yangben Road, Chengdong District"),
    hours=_t(
        "工作日 9:00–12:00，13:30–17:00",
        "工作日 9:00–12:00，13:30–17:00",
        "Working days 9:00–12:00 and 13:30–17:00",
    ),
    open=True,
    services=tuple(
        HallService(
            id=name,
            name=title,
            letter="A",
            departments=(),
            waiting=waiting,
            open=True,
            minutes_least=least,
            minutes_most=most,
        )
        for name, title, waiting, least, most in _NAMES
    ),
)
SHUT_HALL: Final = replace(
    OPEN_HALL,
    open=False,
    opens_at=MORNING + timedelta(hours=16),
    services=tuple(replace(each, open=False, waiting=0) for each in OPEN_HALL.services),
)
TICKET: Final = Ticket(
    id="sample-ticket",
    label="A023",
    hall="centre",
    hall_name=CENTRE,
    service="general",
    service_name=GENERAL,
    state=TicketState.WAITING,
    ahead=7,
    minutes_least=25,
    minutes_most=40,
    counter="2",
    way=(
        _t(
            "从自助终端向大厅里面直走约 20 米。",
            "從自助終端向大廳裡面直走約 20 公尺。",
            "From the terminals walk straight into the hall for about 20 metres.",
        ),
        _t(
            "向左转，2号窗口在您的左手边。",
            "向左轉，2號窗口在您的左手邊。",
            "Turn left; counter 2 is on your left.",
        ),
    ),
    plan=((40, 20), (40, 220), (10, 244)),
    issued_at=MORNING,
)


def _asks(story: Story, hall: Hall | None = OPEN_HALL) -> Story:
    """Come to the queues, once they are told."""
    story.starts().happens(beside_events.QueueWanted())
    return story if hall is None else story.happens(beside_events.HallsFound(halls=(hall,)))


def _takes(story: Story, *news: events.Event) -> Story:
    _asks(story).happens(beside_events.TicketWanted(hall="centre", service="general"))
    return story.happens(beside_events.TicketTaken(ticket=TICKET), *news)


def comes(story: Story, mine: Mine = MINE) -> Story:
    """Look at what is theirs."""
    story.starts().happens(own_events.MineWanted())
    story.reads_a_card().happens(events.CodeEntered(code="123456"), events.CodeAccepted())
    return story.happens(own_events.MineFound(mine=mine))


COMPLAINT: Final = Complaint(
    number="TS20260415-000012-3",
    kind=ComplaintKind.TOO_SLOW,
    state=ComplaintState.OPEN,
    words="说好十个工作日，已经等了三个星期，电话也没人接。",
    about=CASE,
    owner_name=CIVIL,
    contact="0100-0000000",
    received_at=MORNING,
    due_on=MORNING.date() + timedelta(days=5),
    steps=(ComplaintStep(at=MORNING, says=_t("收到了投诉。", "收到了投訴。", "The complaint was taken.")),),
)
ANSWERED: Final = replace(
    COMPLAINT,
    state=ComplaintState.ANSWERED,
    answer="经办人已经更换，今天下午办结，结果会短信告诉您。耽误了您的时间，很抱歉。",
    answered_at=MORNING + timedelta(days=2),
    may_judge=True,
)


def _complains(story: Story) -> Story:
    return story.starts().happens(beside_events.ComplainWanted())


def _complained(story: Story, *news: events.Event) -> Story:
    """Complain without saying who they are."""
    made = beside_events.ComplaintMade(kind=ComplaintKind.TOO_SLOW, words=COMPLAINT.words, phone="00000000000")
    _complains(story).happens(made)
    taken = beside_events.ComplaintTaken(complaint=replace(COMPLAINT, code="482913"))
    return story.happens(taken, *news)


def _looks(story: Story, complaint: Complaint) -> Story:
    """Look at a complaint of theirs."""
    comes(story, replace(MINE, complaints=(complaint,)))
    return story.happens(beside_events.ComplaintChosen(number=complaint.number))


def _of_a_case(story: Story) -> Story:
    """Complain about the case that is open."""
    comes(story).happens(own_events.CaseChosen(number=CASE), own_events.CaseFound(detail=OVERDUE, tag="1"))
    return story.happens(beside_events.ComplainWanted())


POINTS: Final = tuple(
    CollectionPoint(
        id=name,
        name=title,
        address=_t("示例市湖滨区样本路2号", "示例市湖濱區樣本路2號", "2 Yangben Road, Hubin District"),
        hours=hours,
        locker=locker,
    )
    for name, title, hours, locker in (
        ("hubin", _t("湖滨区便民柜", "湖濱區便民櫃", "Hubin locker"), _t("全天", "全天", "Day and night"), True),
        ("centre", CENTRE, _t("工作日 9:00–17:00", "工作日 9:00–17:00", "Working days 9:00–17:00"), False),
    )
)
DELIVERY: Final = Delivery(
    case=CASE,
    ways=(Way.COLLECTION_POINT, Way.MAIL, Way.SLIP),
    way=Way.COLLECTION_POINT,
    state=DeliveryState.CHOSEN,
    point=POINTS[0],
    points=POINTS,
)


def _delivered(story: Story, delivery: Delivery) -> Story:
    """Open a case whose result is brought to somebody."""
    comes(story).happens(own_events.CaseChosen(number=CASE))
    found = own_events.CaseFound(detail=RUNNING, tag="1", delivery=delivery, delivery_tag="1")
    return story.happens(found)


BESIDE: Final[dict[str, Scene]] = {
    "halls": Scene(page="HallsPage", story=_asks),
    "halls-looking": Scene(page="HallsPage", story=lambda story: _asks(story, None)),
    "halls-closed": Scene(page="HallsPage", story=lambda story: _asks(story, SHUT_HALL)),
    "halls-failed": Scene(
        page="HallsPage",
        story=lambda story: _asks(story, None).happens(
            events.BackendFailed(request="halls", code="backend.unreachable")
        ),
    ),
    "ticket": Scene(page="TicketPage", story=_takes),
    "ticket-printed": Scene(
        page="TicketPage",
        story=lambda story: _takes(story, beside_events.BesidePrinted(of=TICKET.id, proven=True)),
    ),
    "ticket-unprinted": Scene(
        page="TicketPage",
        story=lambda story: _takes(story, beside_events.BesideFailed(of=TICKET.id, code="printer.paper-out")),
    ),
    "complain": Scene(page="ComplainPage", story=_complains),
    "complain-case": Scene(page="ComplainPage", story=_of_a_case),
    "complaint-taken": Scene(
        page="ComplaintPage",
        story=lambda story: _complained(story, beside_events.BesidePrinted(of=COMPLAINT.number, proven=True)),
    ),
    "complaint-unprinted": Scene(
        page="ComplaintPage",
        story=lambda story: _complained(
            story, beside_events.BesideFailed(of=COMPLAINT.number, code="printer.paper-out")
        ),
    ),
    "complaint-open": Scene(page="ComplaintPage", story=lambda story: _looks(story, COMPLAINT)),
    "complaint-answered": Scene(page="ComplaintPage", story=lambda story: _looks(story, ANSWERED)),
    "mine-complaints": Scene(
        page="MinePage", story=lambda story: comes(story, replace(MINE, complaints=(ANSWERED, COMPLAINT)))
    ),
    "delivery": Scene(
        page="DeliveryPage",
        story=lambda story: _delivered(story, DELIVERY).happens(beside_events.DeliveryWanted()),
    ),
    "case-delivery": Scene(
        page="CasePage",
        story=lambda story: _delivered(
            story,
            replace(DELIVERY, state=DeliveryState.READY, code="738204", keep_until=MORNING.date() + timedelta(days=30)),
        ),
    ),
    "case-posted": Scene(
        page="CasePage",
        story=lambda story: _delivered(
            story,
            replace(DELIVERY, way=Way.MAIL, state=DeliveryState.POSTED, tracking="EX000000001CN", may_change=False),
        ),
    ),
}
