"""View models of a number for the counter (云叫号): the queues to choose from, and the ticket with the way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.contract import Hall, HallService, Ticket
from kiosk.session import beside_events, events
from kiosk.session.state import Receipt, Session
from ui.models.owned import OwnRow
from ui.models.page import Desk, PageModel
from ui.models.points import PointRow
from ui.models.rows import Rows
from ui.models.standing import moment

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

TICKET_PATH: Final = "/m/tickets/"
"""Of the page that follows a ticket on a phone, below the public address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StretchRow:
    """A stretch of a way on the plan, in parts of the plan's width."""

    from_x: float
    from_y: float
    length: float
    turned: float
    """Degrees clockwise from east, as the screen counts."""


def stretches(plan: tuple[tuple[int, int], ...]) -> tuple[tuple[StretchRow, ...], float]:
    """Return a way drawn into a frame as wide as 1, north up, and how high that frame is."""
    if len(plan) < 2:  # a stretch has two ends
        return (), 0.0
    west, east = min(x for x, _ in plan), max(x for x, _ in plan)
    south, north = min(y for _, y in plan), max(y for _, y in plan)
    side = max(east - west, north - south, 1)
    points = [((x - west + (side - east + west) / 2) / side, (north - y) / side) for x, y in plan]
    rows = tuple(
        StretchRow(from_x=x, from_y=y, length=hypot(to_x - x, to_y - y), turned=degrees(atan2(to_y - y, to_x - x)))
        for (x, y), (to_x, to_y) in pairwise(points)
    )
    return rows, (north - south) / side


@QmlElement
class HallsModel(PageModel):
    """View model of the page where a number is asked for."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._zone = ZoneInfo(desk.settings.city.timezone)
        self._halls = Rows(PointRow, self)
        self._services = Rows(OwnRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        halls = self._told()
        self._halls.show([self._hall_row(session, hall) for hall in halls])
        several = len(halls) > 1
        self._services.show(
            [self._service_row(session, hall, each, named=several) for hall in halls for each in hall.services]
        )
        self.changed.emit()

    def _told(self) -> tuple[Hall, ...]:
        queue = self._session.queue
        return () if queue is None or queue.halls is None else queue.halls

    def _hall_row(self, session: Session, hall: Hall) -> PointRow:
        language = session.language
        lines = [hall.address.in_(language), hall.hours.in_(language)]
        if not hall.open:
            when = "" if hall.opens_at is None else moment(hall.opens_at, self._zone, session)
            lines.insert(0, self.tr("现在没有开门，{when} 开门").format(when=when) if when else self.tr("现在没有开门"))
        return PointRow(
            sign="landmark" if hall.open else "clock",
            what=hall.name.in_(language),
            more="\n".join(lines),
            pressing=not hall.open,
        )

    def _service_row(self, session: Session, hall: Hall, each: HallService, *, named: bool) -> OwnRow:
        language = session.language
        if each.open:
            waiting = self.tr("{n} 人在等").format(n=each.waiting) if each.waiting else self.tr("现在没有人等")
            wait = self.tr("大约等 {least}–{most} 分钟").format(least=each.minutes_least, most=each.minutes_most)
            stand = self.tr("{waiting}，{wait}").format(waiting=waiting, wait=wait)
        else:
            stand = self.tr("现在不叫号")
        return OwnRow(
            kind="queue" if each.open else "",
            key=f"{hall.id}/{each.id}",
            sign="ticket",
            tone="accent" if each.open else "quiet",
            title=each.name.in_(language),
            stand=stand,
            detail=hall.name.in_(language) if named else "",
        )

    @Property(QObject, constant=True)
    def halls(self) -> QObject:
        """``PointRow``s: the halls, and when they open."""
        return self._halls

    @Property(QObject, constant=True)
    def services(self) -> QObject:
        """``OwnRow``s: what people queue for."""
        return self._services

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        """Whether the queues are being asked for."""
        return self._session.busy == "halls"

    @Property(bool, notify=changed)
    def taking(self) -> bool:
        """Whether a number is being taken."""
        return self._session.busy == "ticket"

    @Property(bool, notify=changed)
    def told(self) -> bool:
        """Whether the queues are known."""
        queue = self._session.queue
        return queue is not None and queue.halls is not None

    @Property(bool, notify=changed)
    def closed(self) -> bool:
        """Whether nobody is called anywhere now."""
        halls = self._told()
        return bool(halls) and not any(each.open for hall in halls for each in hall.services)

    @Slot(str)
    def take(self, key: str) -> None:
        """Take a number: ``hall/service``."""
        hall, _, service = key.partition("/")
        self.post(beside_events.TicketWanted(hall=hall, service=service))

    @Slot()
    def retry(self) -> None:
        """Ask again how long the queues are."""
        self.post(events.Retry())


@QmlElement
class TicketModel(PageModel):
    """View model of the page with the number."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._way = Rows(PointRow, self)
        self._plan = Rows(StretchRow, self)
        self._plan_height = 0.0

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        ticket = self._ticket()
        self._way.show([] if ticket is None else list(self._turns(session, ticket)))
        rows, self._plan_height = stretches(() if ticket is None else ticket.plan)
        self._plan.show(rows)
        self.changed.emit()

    def _turns(self, session: Session, ticket: Ticket) -> Iterable[PointRow]:
        last = len(ticket.way)
        for place, turn in enumerate(ticket.way, 1):
            sign = "map-pin" if place == last else "signpost"
            yield PointRow(sign=sign, what=turn.in_(session.language), more="", pressing=False)

    def _ticket(self) -> Ticket | None:
        return None if self._session.queue is None else self._session.queue.ticket

    @Property(str, notify=changed)
    def label(self) -> str:
        """The number that is called."""
        ticket = self._ticket()
        return "" if ticket is None else ticket.label

    @Property(str, notify=changed)
    def service(self) -> str:
        """What it is for, and where."""
        ticket, language = self._ticket(), self._session.language
        return "" if ticket is None else f"{ticket.service_name.in_(language)}  ·  {ticket.hall_name.in_(language)}"

    @Property(str, notify=changed)
    def ahead(self) -> str:
        """How many are called before."""
        ticket = self._ticket()
        if ticket is None:
            return ""
        return self.tr("前面还有 {n} 人").format(n=ticket.ahead) if ticket.ahead else self.tr("下一个就叫您")

    @Property(str, notify=changed)
    def minutes(self) -> str:
        """How long it will take."""
        ticket = self._ticket()
        if ticket is None:
            return ""
        return self.tr("大约等 {least}–{most} 分钟").format(least=ticket.minutes_least, most=ticket.minutes_most)

    @Property(str, notify=changed)
    def counter(self) -> str:
        """Where it will most likely be called."""
        ticket = self._ticket()
        return self.tr("多半在 {n} 号窗口").format(n=ticket.counter) if ticket is not None and ticket.counter else ""

    @Property(QObject, constant=True)
    def way(self) -> QObject:
        """``PointRow``s: the way there, a turn each."""
        return self._way

    @Property(QObject, constant=True)
    def plan(self) -> QObject:
        """``StretchRow``s: the same way, drawn."""
        return self._plan

    @Property(float, notify=changed)
    def planHeight(self) -> float:  # noqa: N802  # as QML writes it
        """Height of the drawing when it is as wide as 1."""
        return self._plan_height

    @Property(str, notify=changed)
    def code(self) -> str:
        """What a phone opens to follow it; empty where phones do not reach the backend."""
        ticket, public = self._ticket(), self.desk.settings.backend.public_url
        return "" if ticket is None or not public else f"{public.rstrip('/')}{TICKET_PATH}{ticket.id}"

    @Property(str, notify=changed)
    def paper(self) -> str:
        """How far the slip has come: a ``kiosk.session.state.Receipt``."""
        return str(self._session.beside_paper)

    @Property(bool, notify=changed)
    def unprinted(self) -> bool:
        """Whether the number is on the screen alone."""
        return self._session.beside_paper is Receipt.FAILED

    @Slot()
    def retry(self) -> None:
        """Try the printer again."""
        self.post(events.Retry())

    @Slot()
    def more(self) -> None:
        """Something else besides."""
        self.post(events.Back())

    @Slot()
    def next(self) -> None:
        """I have it."""
        self.post(events.Next())
