"""View model of the page that invites: what can be done here, what is told today, and what the night looks like."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.session import beside_events, events, own_events
from kiosk.session.state import LOW_BATTERY, Advice, Session
from ui.models.finding import featured
from ui.models.page import Desk
from ui.models.rows import Rows
from ui.models.services import ServiceModel, ServiceRow

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

TURN_MS: Final = 7000
"""How long a line stands: twice as long as reading it takes."""
NIGHT_TURN_MS: Final = 60_000
AWAKE: Final = timedelta(minutes=2)
"""The screen stays bright after a touch that began nothing."""
ROUND: Final = ((0, 0), (1, 1), (2, 0), (1, -1), (0, -2), (-1, -1), (-2, 0), (-1, 1), (0, 2))
"""Where the page stands, minute by minute, in steps: no edge stays where it was."""
NIGHT_PLACES: Final = 29
"""A prime: places down the screen, taken in leaps so that neighbours are not lit one after the other."""
NIGHT_LEAP: Final = 11
_NIGHT_ACROSS: Final = 5


@QmlElement
class AttractModel(ServiceModel):
    """View model of the page that invites."""

    changed = Signal()
    turned = Signal()
    """The lines that take turns, and where the page stands."""
    nightChanged = Signal(bool)  # noqa: N815  # as QML writes it

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._services = Rows(ServiceRow, self)
        self._hours = ""
        self._place = ""
        self._closed = ""
        self._news: tuple[str, ...] = ()
        self._queues: tuple[str, ...] = ()
        self._turn = 0
        self._minute = 0
        self._night = False
        self._awake_until: datetime | None = None

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self._services.show([self.service_row(session, service) for service in featured(self.desk)])
        self._hours = self.desk.settings.city.service_hours.in_(session.language)
        self._place = self.desk.settings.terminal.place.in_(session.language)
        self._closed = self._why_closed(session)
        self._news = tuple(each.words.in_(session.language) for each in session.board.announcements)
        self._queues = self._waiting(session)
        self._look_at_clock()
        self.changed.emit()
        self.turned.emit()

    def _why_closed(self, session: Session) -> str:
        if session.dimmed == LOW_BATTERY or session.closed is None:
            return self.advice(session, Advice(code=session.dimmed)) if session.dimmed else ""
        return session.closed.in_(session.language)

    def _waiting(self, session: Session) -> tuple[str, ...]:
        """Return a line for each queue with somebody in it, the longest first; one for all when nobody waits."""
        queues = [queue for hall in session.board.halls for queue in hall.queues]
        if not queues:
            return ()
        longest = sorted((each for each in queues if each.waiting), key=lambda each: -each.waiting)
        if not longest:
            return (self.tr("窗口现在不用等"),)
        line = self.tr("{queue}：{count} 人在等，约 {minutes} 分钟")
        return tuple(
            line.format(queue=each.name.in_(session.language), count=each.waiting, minutes=each.minutes_most)
            for each in longest
        )

    @Slot()
    def turn(self) -> None:
        """Show the next lines; asked every ``turnMs``."""
        self._turn += 1
        self._look_at_clock()
        self.turned.emit()

    @Slot()
    def wake(self) -> None:
        """A finger is on the screen: it is bright at once, whatever comes of it."""
        if self.desk.now is not None:
            self._awake_until = self.desk.now() + AWAKE
        self._be_night(on=False)

    def _look_at_clock(self) -> None:
        if self.desk.now is None:
            return
        now = self.desk.now()
        self._minute = int(now.timestamp()) // 60
        awake = self._awake_until is not None and now < self._awake_until
        self._be_night(on=self.desk.settings.attract.is_night(now.time()) and not awake)

    def _be_night(self, *, on: bool) -> None:
        if on != self._night:
            self._night = on
            self.nightChanged.emit(on)

    @Property(bool, notify=nightChanged)
    def night(self) -> bool:
        """Whether the screen is dimmed."""
        return self._night

    @Property(int, notify=nightChanged)
    def turnMs(self) -> int:  # noqa: N802  # as QML writes it
        """How long a line stands; 0: for ever."""
        if self.desk.now is None:
            return 0
        return NIGHT_TURN_MS if self._night else TURN_MS

    @Property(bool, constant=True)
    def moving(self) -> bool:
        """Whether lines come and go by moving."""
        return self.desk.settings.attract.motion

    @Property(int, notify=turned)
    def stepAcross(self) -> int:  # noqa: N802
        """Where the page stands this minute, -2 … 2."""
        return ROUND[self._minute % len(ROUND)][0]

    @Property(int, notify=turned)
    def stepDown(self) -> int:  # noqa: N802
        """Likewise."""
        return ROUND[self._minute % len(ROUND)][1]

    @Property(bool, notify=turned)
    def inverted(self) -> bool:
        """Whether the invitation has the colours the other way round: every other hour."""
        return self._minute // 60 % 2 == 1

    @Property(float, notify=turned)
    def nightDown(self) -> float:  # noqa: N802
        """Where the words of the night stand: 0 at the top, 1 at the bottom."""
        return self._minute * NIGHT_LEAP % NIGHT_PLACES / (NIGHT_PLACES - 1)

    @Property(float, notify=turned)
    def nightAcross(self) -> float:  # noqa: N802
        """Likewise, 0 at the left."""
        return self._minute * 2 % _NIGHT_ACROSS / (_NIGHT_ACROSS - 1)

    @Property(str, notify=turned)
    def news(self) -> str:
        """What an operator tells; empty for nothing. Several take turns."""
        return self._news[self._turn % len(self._news)] if self._news else ""

    @Property(str, notify=turned)
    def waiting(self) -> str:
        """How many wait at the counters now; empty where nobody knows. Several queues take turns."""
        return self._queues[self._turn % len(self._queues)] if self._queues else ""

    def _spot(self) -> ServiceRow | None:
        rows = self._services.rows()
        turn = self._turn % (len(rows) + 1)
        found: ServiceRow | None = rows[turn - 1] if turn else None
        return found

    @Property(str, notify=turned)
    def spotWords(self) -> str:  # noqa: N802
        """A service of the page and what it saves: they take turns, and every turn begins with none."""
        spot = self._spot()
        if spot is None:
            return ""
        words = self.tr("{service}：{detail}") if spot.detail else "{service}"
        return words.format(service=spot.title, detail=spot.detail)

    @Property(str, notify=turned)
    def spotService(self) -> str:  # noqa: N802
        """Its id."""
        spot = self._spot()
        return "" if spot is None else spot.service

    @Property(int, notify=turned)
    def pointer(self) -> int:
        """Which step of a visit is pointed at, 1 … 3."""
        return self._turn % 3 + 1

    @Property(str, notify=changed)
    def closed(self) -> str:
        """What is said while the terminal is out of service; empty: it serves."""
        return self._closed

    @Property(QObject, constant=True)
    def services(self) -> QObject:
        """``ServiceRow``s."""
        return self._services

    @Property(str, notify=changed)
    def hours(self) -> str:
        """Service hours."""
        return self._hours

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where the terminal stands."""
        return self._place

    @Slot()
    def start(self) -> None:
        """The first touch."""
        self.post(events.Touched(session=str(uuid4())))

    @Slot()
    def openQueue(self) -> None:  # noqa: N802
        """The first touch was on a number for the counter."""
        self.start()
        self.post(beside_events.QueueWanted())

    @Slot()
    def openMine(self) -> None:  # noqa: N802
        """The first touch was on what is mine."""
        self.start()
        self.post(own_events.MineWanted())

    @Slot(str)
    def open(self, service: str) -> None:
        """The first touch was on a service."""
        self.start()
        self.post(events.ServiceChosen(service=service))
