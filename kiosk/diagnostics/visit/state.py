"""What a technician's visit is like, all of it: the pages show nothing that is not in here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from drivers.status import State
from kiosk.diagnostics.audit import Action
from kiosk.diagnostics.bench import Progress, Question
from kiosk.diagnostics.drift import Drift
from kiosk.diagnostics.history import Entry
from kiosk.diagnostics.model import DeviceStatus, Report, TestResult
from kiosk.diagnostics.repairs import FOR, Kind, Repair
from kiosk.diagnostics.report import Signed
from kiosk.diagnostics.running import TestSpec
from kiosk.words import Language

LANGUAGES: Final = (Language.ZH_HANS, Language.EN)
"""Of technicians."""
NUMBER_DIGITS: Final = 8
"""Most digits of a staff number behind its prefix."""
CODE_DIGITS: Final = 8
ANSWER_DIGITS: Final = 6
"""Most digits of an answer to a test."""


class Place(StrEnum):
    """Where the technician is: one page each."""

    CLOSED = "closed"
    """Nobody is here; the citizen's pages are shown."""
    DOOR = "door"
    OVERVIEW = "overview"
    DEVICE = "device"
    """``about``: kind of device."""
    TESTS = "tests"
    """``about``: kind of device; empty: of all."""
    RUNNING = "running"
    RESULT = "result"
    """``about``: the test; empty: all that were run at once."""
    HISTORY = "history"
    """``about``: the test; empty: of all."""
    REPAIRS = "repairs"
    """``about``: kind of device; empty: of all."""
    REPAIR = "repair"
    REPORT = "report"
    TRAFFIC = "traffic"
    """``about``: kind of device."""
    AUDIT = "audit"
    LEAVE = "leave"
    """Asking whether to leave."""


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """A page, and what it is about."""

    place: Place
    about: str = ""


class Waiting(StrEnum):
    """What is waited for; the page shows that it is."""

    NOTHING = ""
    ENTRY = "entry"
    """Until no citizen is there, and who knocked may enter."""
    CODE = "code"
    """Until code or card is checked."""
    LOOK = "look"
    TESTS = "tests"
    REPAIR = "repair"
    REPORT = "report"
    PRINT = "print"
    SAVE = "save"
    READ = "read"
    """History or audit."""


class DoorField(StrEnum):
    """What the digits are typed into."""

    NUMBER = "number"
    CODE = "code"


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """The door."""

    field: DoorField = DoorField.NUMBER
    number: str = ""
    """Digits behind the prefix of staff numbers."""
    code: str = ""
    shut_until: datetime | None = None
    """Too many wrong codes: nobody gets in by one before that."""
    card: bool = False
    """A technician's card may be laid down instead."""


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """How one measure of a test went on this machine: for a plot."""

    measure: str
    unit: str = ""
    drift: Drift


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """Something that passed on a device's wire, without what is anybody's."""

    ms: float
    """Since the listening began."""
    to_device: bool = False
    length: int = 0
    """How many bytes passed."""
    data: str = ""
    """Hexadecimal, its beginning; empty: nobody may know."""
    gone: bool = False
    """The device left."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One visit of one technician, or nobody's."""

    path: tuple[Where, ...] = (Where(place=Place.CLOSED),)
    """The page that is shown, behind those it was opened from."""
    language: Language = Language.ZH_HANS
    prefix: str = ""
    """What staff numbers of technicians begin with."""
    operator: str = ""
    """Staff number of the technician; empty: nobody was let in."""
    admitted: str = ""
    """Staff number on a card that was laid down before the door was open."""
    door: Door = Door()
    waiting: Waiting = Waiting.NOTHING
    said: str = ""
    """Code of what is to be told on this page: a key of ``reasons`` in ``assets/i18n/diagnostics.yaml`` or of
    ``sentences.yaml``; empty: nothing."""
    idle_s: int = 0
    """Seconds until the visit ends because nobody touches anything; 0: no warning stands there."""
    ticket: int = 0
    """Number of what is under way; news that carry another one come too late."""

    # the terminal
    tests: tuple[TestSpec, ...] = ()
    """Those that there are here."""
    devices: tuple[DeviceStatus, ...] = ()
    """How they are now."""
    overview: Report | None = None
    """Verdict, reasons and newest results of this moment; unsigned."""
    stale: bool = False
    """Something changed while it was made."""

    # what was last opened
    batch: tuple[str, ...] = ()
    """Tests that are run, or were last."""
    progress: Progress | None = None
    """Of the test that runs."""
    results: tuple[TestResult, ...] = ()
    """Of the batch, as far as it came."""
    question: Question | None = None
    """What a test or a repair asks now."""
    typed: str = ""
    """Digits of the answer so far."""
    entries: tuple[Entry, ...] = ()
    """History, oldest first."""
    trends: tuple[Trend, ...] = ()
    repair: Repair | None = None
    signed: Signed | None = None
    printed: str = ""
    """How far the slip is proven to have come (``drivers.printer.api.Proof``); empty: it was not printed."""
    saved: tuple[str, ...] = ()
    """Files of the report, as they are named under the state folder."""
    heard: tuple[Heard, ...] = ()
    """Newest last."""
    listening: bool = False
    actions: tuple[Action, ...] = ()
    """The audit, oldest first."""
    broken_row: int | None = None
    """First row of the audit that was tampered with; None: none was."""

    @property
    def here(self) -> Where:
        """The page that is shown."""
        return self.path[-1]

    @property
    def place(self) -> Place:
        """Which page is shown."""
        return self.here.place

    @property
    def about(self) -> str:
        """What it is about."""
        return self.here.about

    @property
    def busy_with_hands(self) -> bool:
        """Whether a test or a repair goes on, during which nobody need touch the screen."""
        return self.waiting in (Waiting.TESTS, Waiting.REPAIR)

    def device(self, kind: str) -> DeviceStatus | None:
        """Return how a device is; None: there is none of that kind."""
        return next((each for each in self.devices if each.kind == kind), None)

    def of(self, kind: str) -> tuple[TestSpec, ...]:
        """Return the tests of a device; of everything for an empty kind."""
        return tuple(test for test in self.tests if kind in ("", test.device))

    def result(self, test: str) -> TestResult | None:
        """Return the newest result of a test that is known here."""
        newest = (*reversed(self.results), *(self.overview.results if self.overview is not None else ()))
        return next((each for each in newest if each.test == test), None)

    def mends(self, kind: str = "") -> tuple[tuple[Kind, str], ...]:
        """Return the repairs that can be made, each with its device; of every device for an empty kind."""
        there = [each.kind for each in self.devices if kind in ("", each.kind)]
        return tuple((repair, device) for device in there for repair in Kind if device in FOR[repair])


def releasable(status: DeviceStatus) -> bool:
    """Return whether a device may be tried at once: it does not work, and may have been left alone."""
    return status.state in (State.ABSENT, State.FAILED)
