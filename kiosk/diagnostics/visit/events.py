"""What happens in a visit: what the technician wants (``Intent``), and what came of what was done."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kiosk.diagnostics.audit import Action
from kiosk.diagnostics.bench import Progress, Question
from kiosk.diagnostics.history import Entry
from kiosk.diagnostics.model import DeviceStatus, Report, TestResult
from kiosk.diagnostics.repairs import Kind, Repair
from kiosk.diagnostics.report import Signed
from kiosk.diagnostics.running import TestSpec
from kiosk.diagnostics.visit.state import DoorField, Heard, Trend
from kiosk.words import Language


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened."""


class Intent(Event, frozen=True, kw_only=True):
    """Somebody at the screen wants something; one that does not fit the page changes nothing."""


# --- everywhere -------------------------------------------------------------------------------------------------------


class Knocked(Intent, frozen=True, kw_only=True):
    """Somebody held the crest for three seconds, or pressed Ctrl+Alt+D: only when no citizen is there."""


class LanguageChosen(Intent, frozen=True, kw_only=True):
    """Chinese or English."""

    language: Language


class Back(Intent, frozen=True, kw_only=True):
    """To the page before; ends what goes on here."""


class Home(Intent, frozen=True, kw_only=True):
    """To the overview; ends what goes on here."""


class LeaveWanted(Intent, frozen=True, kw_only=True):
    """Ask whether to leave."""


class Left(Intent, frozen=True, kw_only=True):
    """Leave, at the page that asks."""


class Stayed(Intent, frozen=True, kw_only=True):
    """The answer to the warning that nobody touches anything; every other touch is one as well."""


class Again(Intent, frozen=True, kw_only=True):
    """Once more what this page is about: look, test, read, repair, make the report."""


# --- digits: at the door, and for the answer to a test ----------------------------------------------------------------


class DigitTyped(Intent, frozen=True, kw_only=True):
    """One digit."""

    digit: str


class Erased(Intent, frozen=True, kw_only=True):
    """The last digit was taken back."""


class FieldChosen(Intent, frozen=True, kw_only=True):
    """At the door: what is typed now."""

    field: DoorField


class Entered(Intent, frozen=True, kw_only=True):
    """That is all: from the number to the code, check the code, or give the answer."""


class ChoiceMade(Intent, frozen=True, kw_only=True):
    """The answer to a question with choices."""

    choice: str


# --- pages ------------------------------------------------------------------------------------------------------------


class DeviceChosen(Intent, frozen=True, kw_only=True):
    """Show a device."""

    device: str


class ReleaseWanted(Intent, frozen=True, kw_only=True):
    """Try the device of this page at once, also when it was left alone because it flapped."""


class TrafficWanted(Intent, frozen=True, kw_only=True):
    """Show what passes on the wire of the device of this page."""


class TestsWanted(Intent, frozen=True, kw_only=True):
    """Show the tests of a device; of all for an empty one."""

    __test__ = False  # its name begins like that of a test case

    device: str = ""


class TestChosen(Intent, frozen=True, kw_only=True):
    """Run one test."""

    __test__ = False  # its name begins like that of a test case

    test: str


class AllChosen(Intent, frozen=True, kw_only=True):
    """Run the tests of the page that lists them."""

    hands: bool
    """Those as well for which somebody has to do something."""


class Stopped(Intent, frozen=True, kw_only=True):
    """Stop the tests, or leave the repair."""


class ResultChosen(Intent, frozen=True, kw_only=True):
    """Show the newest result of a test."""

    test: str


class HistoryWanted(Intent, frozen=True, kw_only=True):
    """Show what a test found before; all tests for an empty one."""

    test: str = ""


class RepairsWanted(Intent, frozen=True, kw_only=True):
    """Show the repairs of a device; of all for an empty one."""

    device: str = ""


class RepairChosen(Intent, frozen=True, kw_only=True):
    """Begin a repair."""

    kind: Kind
    device: str


class ReportWanted(Intent, frozen=True, kw_only=True):
    """Make the readiness report and show it."""


class PrintWanted(Intent, frozen=True, kw_only=True):
    """Print the report on the slip."""


class SaveWanted(Intent, frozen=True, kw_only=True):
    """Keep the report as PDF and JSON."""


class AuditWanted(Intent, frozen=True, kw_only=True):
    """Show what technicians did here."""


# --- what came of it --------------------------------------------------------------------------------------------------


class Held(Event, frozen=True, kw_only=True):
    """No citizen is there, and none can begin."""

    shut_until: datetime | None = None
    card: bool = False
    """Technicians' cards are read here."""


class Occupied(Event, frozen=True, kw_only=True):
    """A citizen is there: nobody gets in."""


class DoorOpened(Event, frozen=True, kw_only=True):
    """The time is over for which the door was shut."""


class Refused(Event, frozen=True, kw_only=True):
    """A code does not let anybody in."""

    code: str
    shut_until: datetime | None = None


class CardRefused(Event, frozen=True, kw_only=True):
    """A technician's card was laid down, and does not count."""

    code: str


class Admitted(Event, frozen=True, kw_only=True):
    """The code was right."""

    operator: str


class CardProven(Event, frozen=True, kw_only=True):
    """A technician's card was laid down, and counts."""

    operator: str


class Begun(Event, frozen=True, kw_only=True):
    """The technician is in."""

    tests: tuple[TestSpec, ...]
    devices: tuple[DeviceStatus, ...]


class DevicesChanged(Event, frozen=True, kw_only=True):
    """How the devices are now."""

    devices: tuple[DeviceStatus, ...]


class IdleWarned(Event, frozen=True, kw_only=True):
    """Nobody touched anything for long."""

    remaining_s: int


class IdleOver(Event, frozen=True, kw_only=True):
    """Nobody answered the warning."""


class LimitOver(Event, frozen=True, kw_only=True):
    """The visit lasted as long as any may."""


class Broken(Event, frozen=True, kw_only=True):
    """Something failed that never should: the visit ends, and citizens are served again."""


class News(Event, frozen=True, kw_only=True):
    """What came of something that was under way."""

    ticket: int
    """Of that; news with another ticket than the visit's come too late."""


class Looked(News, frozen=True, kw_only=True):
    """How the terminal is."""

    report: Report


class Advanced(News, frozen=True, kw_only=True):
    """How far a test came."""

    progress: Progress


class Asked(News, frozen=True, kw_only=True):
    """A test or a repair asks something."""

    question: Question


class Found(News, frozen=True, kw_only=True):
    """What a test found."""

    result: TestResult


class TestsOver(News, frozen=True, kw_only=True):
    """All of the batch were run."""

    __test__ = False  # its name begins like that of a test case


class Mended(News, frozen=True, kw_only=True):
    """How far a repair came."""

    repair: Repair


class MendOver(News, frozen=True, kw_only=True):
    """It ended: done, or left by the technician."""


class ReportMade(News, frozen=True, kw_only=True):
    """The report, signed."""

    signed: Signed


class ReportPrinted(News, frozen=True, kw_only=True):
    """The slip was printed."""

    proof: str


class ReportSaved(News, frozen=True, kw_only=True):
    """The report was kept."""

    files: tuple[str, ...]


class HistoryRead(News, frozen=True, kw_only=True):
    """What a test found before."""

    entries: tuple[Entry, ...]
    trends: tuple[Trend, ...]


class AuditRead(News, frozen=True, kw_only=True):
    """What technicians did."""

    actions: tuple[Action, ...]
    broken_row: int | None


class TrafficHeard(News, frozen=True, kw_only=True):
    """What passed on the wire lately."""

    heard: tuple[Heard, ...]
    listening: bool
    """Whether more is heard."""


class NotDone(News, frozen=True, kw_only=True):
    """It could not be done."""

    code: str
    """Key of ``reasons`` in ``assets/i18n/diagnostics.yaml`` or of ``sentences.yaml``."""
