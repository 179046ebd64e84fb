"""Reports every minute, and when a device changes; does what the answer says.

A report that was not answered is sent again as it was, with its number: the backend counts it once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from typing import Final, Protocol

from drivers.status import State
from kiosk.catalogue import Catalogue, Obtained
from kiosk.contract import (
    Board,
    DeviceReport,
    DeviceState,
    HealthAnswer,
    HealthReport,
    Paper,
    Service,
    TerminalState,
    Today,
)
from kiosk.contract.technicians import DoorSecret
from kiosk.devices.equipment import SESSION_NAMES
from kiosk.diagnostics.model import DeviceStatus
from kiosk.printing.press import PAPER_BY_CAUSE
from kiosk.reporting.tally import Spared, Tally, saw, wants_saving
from kiosk.session import gathering
from kiosk.session.events import Event, ServiceOrdered, TodayTold
from kiosk.session.state import Session, Stage
from kiosk.submission import BackendError, BackendRefused

log = logging.getLogger(__name__)

REPORT_S: Final = 60.0
SOONEST_S: Final = 2.0
"""A device that flaps does not make a report of each change."""
STALE_S: Final = 300.0
"""Queues that the backend told longer ago are no longer today's."""
PRINTER: Final = "printer"


class DoorSecrets(Protocol):
    """Keeps the secret for technicians' codes; ``kiosk.diagnostics.entrance.Entrance`` is one. Its calls block."""

    def version(self) -> int:
        """Return which one is here; 0: none."""

    def take(self, secret: DoorSecret) -> None:
        """Keep another. Raises ``OSError``: the one before still counts."""


class HealthDesk(Protocol):
    """Takes reports; ``BackendClient`` is one."""

    async def report_health(self, report: HealthReport) -> HealthAnswer:
        """Take a report. Raises ``BackendError``."""


class Reporter:
    """Tells the backend how this terminal fares. Lives on the core thread.

    Args:
        desk: Takes the reports.
        post: Takes what the backend says for the session.
        devices: Tells how the devices are.
        catalogue: For its version, and for what a matter spares.
        version: Of the kiosk.
        timezone: Of the terminal; "today" is a day here.
        door: Keeps the secret for technicians' codes; None: nobody gets in by a code here.
        every_s: Between reports, when nothing changes.
        clock: Seconds since 1970.
    """

    def __init__(
        self,
        *,
        desk: HealthDesk,
        post: Callable[[Event], None],
        devices: Callable[[], Iterable[DeviceStatus]],
        catalogue: Catalogue,
        version: str,
        timezone: tzinfo,
        door: DoorSecrets | None = None,
        every_s: float = REPORT_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._desk = desk
        self._post = post
        self._statuses = devices
        self._catalogue = catalogue
        self._version = version
        self._timezone = timezone
        self._door = door
        self._has = 0
        """Number of the secret for technicians' codes."""
        self._every_s = every_s
        self._clock = clock
        self._tally = Tally()
        self._session = Session()
        self._changed = asyncio.Event()
        self._number = 0
        self._unanswered: HealthReport | None = None
        self._service = Service(open=True)
        self._board = Board()
        """What the backend told last,"""
        self._board_s = 0.0
        """when,"""
        self._told = Board()
        """and what of it still holds: told to the session."""
        self._paper = Paper.UNKNOWN
        self._day: date | None = None
        self._today = (0, 0)
        """Sessions and cases of the day that were reported already."""

    def saw(self, session: Session) -> None:
        """Take notice of a new state of the session."""
        spared = self._spared(session) if wants_saving(self._tally, session) else None
        self._tally = saw(self._tally, session, spared)
        if _news(session) != _news(self._session):
            self._changed.set()
        self._session = session

    async def work(self) -> None:
        """Report until cancelled."""
        while True:
            self._changed.clear()
            await self.report()
            # nobody is woken more often than this, whatever flaps
            await asyncio.sleep(SOONEST_S)
            try:
                async with asyncio.timeout(max(0.0, self._every_s - SOONEST_S)):
                    await self._changed.wait()
            except TimeoutError:
                pass

    async def report(self) -> None:
        """Report once; what was not answered comes first, as it was."""
        self._tell()
        if self._door is not None:
            self._has = await asyncio.to_thread(self._door.version)
        for _both in range(2):
            first = self._unanswered is None
            report = self._unanswered or self._made()
            self._unanswered = report
            try:
                answer = await self._desk.report_health(report)
            except BackendRefused as refusal:
                log.warning("a health report was refused: %s", refusal.code)
                if refusal.code.startswith("request."):
                    # it will never be taken: its counts are lost, the next one's are not
                    self._unanswered = None
                return
            except BackendError as error:
                log.info("a health report waits: %s", error.code)
                return
            self._unanswered = None
            self._obey(answer.service)
            self._board, self._board_s = answer.board, self._clock()
            self._tell()
            await self._keep(answer.door)
            if first:
                return

    def _made(self) -> HealthReport:
        """Return the next report; what it counts is counted from nought again."""
        now = self._clock()
        day = datetime.fromtimestamp(now, self._timezone).date()
        if day != self._day:
            self._day, self._today = day, (0, 0)
        tally, self._tally = self._tally, self._tally.without_counts()
        self._today = (self._today[0] + tally.sessions, self._today[1] + tally.cases)
        self._number = max(self._number + 1, int(now * 1000))
        devices = tuple(self._devices())
        return HealthReport(
            number=self._number,
            state=self._state(),
            version=self._version,
            catalogue_version=self._catalogue.version,
            devices=devices,
            paper=self._paper,
            today=Today(day=day, sessions=self._today[0], cases=self._today[1]),
            pages=tally.pages()[:400],
            savings=tally.savings()[:100],
            door=self._has,
        )

    def _state(self) -> TerminalState:
        if self._session.maintained:
            return TerminalState.MAINTENANCE
        if self._session.stage is not Stage.ATTRACT:
            return TerminalState.IN_USE
        if self._service.open and not self._session.dimmed:
            return TerminalState.IDLE
        return TerminalState.OUT_OF_SERVICE

    def _devices(self) -> list[DeviceReport]:
        """Return how each device is; what there is of paper is told by the printer's."""
        told = []
        self._paper = Paper.UNKNOWN
        for status in self._statuses():
            kind = SESSION_NAMES.get(status.kind, status.kind)
            told.append(DeviceReport(kind=kind, state=DeviceState(status.state), cause=status.cause))
            if kind == PRINTER and status.state is not State.STARTING and status.cause in PAPER_BY_CAUSE:
                self._paper = Paper(PAPER_BY_CAUSE[status.cause])
        return sorted(told, key=lambda each: each.kind)

    async def _keep(self, secret: DoorSecret | None) -> None:
        """Keep the secret that was handed out, and say so soon: codes are made from what the backend heard of."""
        if secret is None or self._door is None:
            return
        try:
            await asyncio.to_thread(self._door.take, secret)
        except OSError as error:
            log.warning("the secret for technicians' codes cannot be kept: %s", error)
            return
        self._changed.set()

    def _obey(self, service: Service) -> None:
        if service == self._service:
            return
        self._service = service
        self._post(ServiceOrdered(closed=None if service.open else service.words))

    def _tell(self) -> None:
        """Tell the session what holds of the board; what is over is over also while nobody answers."""
        now = self._clock()
        board = Board(
            announcements=tuple(each for each in self._board.announcements if each.until.timestamp() > now),
            halls=self._board.halls if now - self._board_s < STALE_S else (),
        )
        if board != self._told:
            self._told = board
            self._post(TodayTold(board=board))

    def _spared(self, session: Session) -> Spared | None:
        """Return what the matter spared, worked out as the review page shows it."""
        if session.matter is None:
            return None
        replaced = [each.material for each in gathering.supplied(session).values() if each.obtained != Obtained.SCAN]
        known = [element for element, answer in session.answers.single.items() if answer.origin != "citizen"]
        saving = self._catalogue.saving(session.matter, session.answers, known=known, materials_replaced=replaced)
        return Spared(
            max(0, saving.fields_before - saving.fields_asked), max(0, saving.materials_before - saving.materials_asked)
        )


def _news(session: Session) -> tuple[object, ...]:
    """Return what is reported at once when it changes."""
    return session.devices, session.causes, session.maintained
