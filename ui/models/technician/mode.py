"""View model of the diagnostics mode as a whole: which page, who is there, what to tell, the way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.diagnostics import words as diagnostics_words
from kiosk.diagnostics.visit import Place, Visit, Waiting, events
from kiosk.diagnostics.words import Words
from kiosk.words import Language, Sentence
from ui.models.technician.door import DoorModel
from ui.models.technician.papers import AuditModel, ReportModel, TrafficModel
from ui.models.technician.part import Part, TechnicianDesk, happened
from ui.models.technician.repairing import RepairModel, RepairsModel
from ui.models.technician.results import HistoryModel, ResultModel
from ui.models.technician.terminal import DeviceModel, OverviewModel
from ui.models.technician.testing import RunningModel, TestsModel

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1

TICK_MS: Final = 1000


@QmlElement
class TechnicianModel(QObject):
    """View model of what stands around a technician's pages; owns those of the pages.

    Args:
        desk: What to look things up in.
        sentences: Of the codes of devices and backend.
        idle_total_s: How long the warning stands that nobody touches anything.
        parent: Owner.
    """

    changed = Signal()
    ticked = Signal()

    def __init__(
        self, desk: TechnicianDesk, sentences: Mapping[str, Sentence], idle_total_s: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sentences = sentences
        self._idle_total_s = idle_total_s
        self._spoken: dict[Language, Words] = {}
        self._visit = Visit()
        self._said = self._remedy = ""
        self._door = DoorModel(desk, self)
        self._overview = OverviewModel(desk, self)
        self._device = DeviceModel(desk, self)
        self._tests = TestsModel(desk, self)
        self._running = RunningModel(desk, self)
        self._result = ResultModel(desk, self)
        self._history = HistoryModel(desk, self)
        self._repairs = RepairsModel(desk, self)
        self._repair = RepairModel(desk, self)
        self._report = ReportModel(desk, self)
        self._traffic = TrafficModel(desk, self)
        self._audit = AuditModel(desk, self)
        self._parts: dict[Place, Part] = {
            Place.DOOR: self._door,
            Place.OVERVIEW: self._overview,
            Place.DEVICE: self._device,
            Place.TESTS: self._tests,
            Place.RUNNING: self._running,
            Place.RESULT: self._result,
            Place.HISTORY: self._history,
            Place.REPAIRS: self._repairs,
            Place.REPAIR: self._repair,
            Place.REPORT: self._report,
            Place.TRAFFIC: self._traffic,
            Place.AUDIT: self._audit,
        }
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def show(self, visit: Visit) -> None:
        """Show ``visit``: the page first, then what stands around it."""
        words = self._words(visit.language)
        part = self._parts.get(visit.place)
        if part is not None:
            part.show(visit, words)
        self._visit = visit
        self._said = happened(words, visit.said) if visit.said else ""
        self._remedy = words.remedy(visit.said) if visit.said else ""
        self.changed.emit()
        self.ticked.emit()

    def _words(self, language: Language) -> Words:
        if language not in self._spoken:
            self._spoken[language] = diagnostics_words.load(language, self._sentences)
        return self._spoken[language]

    def _tick(self) -> None:
        self._door.tick()
        self.ticked.emit()

    # --- where, who, what to tell -----------------------------------------------------------------------------------

    @Property(str, notify=changed)
    def place(self) -> str:
        """The page that is up."""
        return str(self._visit.place)

    @Property(str, notify=changed)
    def key(self) -> str:
        """The page and what it is about: another one is another page."""
        return f"{self._visit.place}/{self._visit.about}"

    @Property(str, notify=changed)
    def operator(self) -> str:
        """Staff number of who is there; empty at the door."""
        return self._visit.operator

    @Property(str, constant=True)
    def terminal(self) -> str:
        """Id of the terminal."""
        return self._desk.settings.terminal.id

    @Property(str, notify=changed)
    def address(self) -> str:
        """Where it stands."""
        return self._desk.settings.terminal.place.in_(self._visit.language)

    @Property(str, notify=ticked)
    def time(self) -> str:
        """Time of day."""
        return f"{self._desk.now().astimezone(self._desk.zone):%H:%M}"

    @Property(str, notify=changed)
    def said(self) -> str:
        """What is to be told on this page; empty: nothing."""
        return self._said

    @Property(str, notify=changed)
    def remedy(self) -> str:
        """What to do about it."""
        return self._remedy

    @Property(bool, notify=changed)
    def hands(self) -> bool:
        """Whether a test or a repair goes on: the page has its own way to stop it."""
        return self._visit.busy_with_hands

    @Property(bool, notify=changed)
    def waiting(self) -> bool:
        """Whether something is waited for."""
        return self._visit.waiting is not Waiting.NOTHING

    @Property(int, notify=changed)
    def idleRemaining(self) -> int:  # noqa: N802  # as QML writes it
        """Seconds until the visit ends by itself; 0: no warning."""
        return self._visit.idle_s

    @Property(int, constant=True)
    def idleTotal(self) -> int:  # noqa: N802
        """Seconds the warning stands."""
        return self._idle_total_s

    # --- the pages --------------------------------------------------------------------------------------------------

    @Property(QObject, constant=True)
    def door(self) -> QObject:
        """``DoorModel``."""
        return self._door

    @Property(QObject, constant=True)
    def overview(self) -> QObject:
        """``OverviewModel``."""
        return self._overview

    @Property(QObject, constant=True)
    def device(self) -> QObject:
        """``DeviceModel``."""
        return self._device

    @Property(QObject, constant=True)
    def tests(self) -> QObject:
        """``TestsModel``."""
        return self._tests

    @Property(QObject, constant=True)
    def running(self) -> QObject:
        """``RunningModel``."""
        return self._running

    @Property(QObject, constant=True)
    def result(self) -> QObject:
        """``ResultModel``."""
        return self._result

    @Property(QObject, constant=True)
    def history(self) -> QObject:
        """``HistoryModel``."""
        return self._history

    @Property(QObject, constant=True)
    def repairs(self) -> QObject:
        """``RepairsModel``."""
        return self._repairs

    @Property(QObject, constant=True)
    def repair(self) -> QObject:
        """``RepairModel``."""
        return self._repair

    @Property(QObject, constant=True)
    def report(self) -> QObject:
        """``ReportModel``."""
        return self._report

    @Property(QObject, constant=True)
    def traffic(self) -> QObject:
        """``TrafficModel``."""
        return self._traffic

    @Property(QObject, constant=True)
    def audit(self) -> QObject:
        """``AuditModel``."""
        return self._audit

    # --- intents ----------------------------------------------------------------------------------------------------

    @Slot()
    def back(self) -> None:
        """To the page before."""
        self._desk.post(events.Back())

    @Slot()
    def home(self) -> None:
        """To the overview."""
        self._desk.post(events.Home())

    @Slot()
    def leave(self) -> None:
        """Ask whether to leave."""
        self._desk.post(events.LeaveWanted())

    @Slot()
    def left(self) -> None:
        """Leave."""
        self._desk.post(events.Left())

    @Slot()
    def attend(self) -> None:
        """A finger is on the screen, wherever."""
        self._desk.post(events.Stayed())

    @Slot()
    def switchLanguage(self) -> None:  # noqa: N802
        """Speak the other language."""
        other = Language.ZH_HANS if self._visit.language is Language.EN else Language.EN
        self._desk.post(events.LanguageChosen(language=other))
