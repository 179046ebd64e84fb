"""View models of the overview and of one device."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.diagnostics.model import DeviceStatus, Readiness, Report, Verdict
from kiosk.diagnostics.paper import about as about_words
from kiosk.diagnostics.visit import Visit, Waiting, events, releasable
from kiosk.diagnostics.words import Words
from ui.models.rows import Rows
from ui.models.technician.part import OF_READINESS, OF_STATE, OFF, Part, TechnicianDesk, capital, happened

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceRow:
    """One device of the terminal."""

    kind: str
    title: str
    tone: str
    stand: str
    since: str
    detail: str
    """What is wrong, or who it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasonRow:
    """Why the terminal is not more ready than it is."""

    about: str
    title: str
    says: str
    remedy: str
    decisive: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FactRow:
    """Something known of a device."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MishapRow:
    """One of the last errors of a device."""

    at: str
    says: str
    detail: str


@QmlElement
class OverviewModel(Part):
    """View model of the overview: what the terminal is fit for, why, and its devices."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._devices = Rows(DeviceRow, self)
        self._reasons = Rows(ReasonRow, self)
        self._report: Report | None = None
        self._visit = Visit()
        self._word = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        report = self._report = visit.overview
        self._word = "" if report is None else words.label(report.verdict.value)
        self._devices.show([self._device(each, words) for each in visit.devices])
        self._reasons.show(
            []
            if report is None
            else [
                ReasonRow(
                    about=reason.about,
                    title=capital(about_words(reason.about, words)),
                    says=happened(words, reason.code),
                    remedy=words.remedy(reason.code),
                    decisive=reason.decisive,
                )
                for reason in report.reasons
            ]
        )
        self.changed.emit()

    def _device(self, status: DeviceStatus, words: Words) -> DeviceRow:
        identity = status.identity
        who = " ".join(part for part in (identity.maker, identity.model) if part)
        return DeviceRow(
            kind=status.kind,
            title=capital(words.label(status.kind)),
            tone=OF_STATE[status.state],
            stand=capital(words.label(status.state.value)),
            since=self.desk.clock(status.since),
            detail=happened(words, status.cause) if status.cause else who,
        )

    @Property(QObject, constant=True)
    def devices(self) -> QObject:
        """``DeviceRow``s."""
        return self._devices

    @Property(QObject, constant=True)
    def reasons(self) -> QObject:
        """``ReasonRow``s, decisive ones first."""
        return self._reasons

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether there is a verdict."""
        return self._report is not None

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        """Whether the terminal is being looked at."""
        return self._visit.waiting is Waiting.LOOK

    @Property(str, notify=changed)
    def verdict(self) -> str:
        """What the terminal is fit for, in words."""
        return self._word

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Of the verdict."""
        return OFF if self._report is None else OF_READINESS[self._report.verdict]

    @Property(str, notify=changed)
    def says(self) -> str:
        """What the verdict means for citizens."""
        if self._report is None:
            return ""
        return {
            Readiness.READY: self.tr("各项正常，可以办理全部业务。"),
            Readiness.LIMITED: self.tr("可以办理，但有功能用不了。原因和处理办法见下。"),
            Readiness.NOT_READY: self.tr("现在不能办理业务。请先处理标为“决定性”的原因。"),
        }[self._report.verdict]

    @Property(str, notify=changed)
    def made(self) -> str:
        """When it was looked at."""
        return "" if self._report is None else self.desk.clock(self._report.made)

    @Property(str, notify=changed)
    def tally(self) -> str:
        """How the newest results of the tests are, counted."""
        results = () if self._report is None else self._report.results
        if not results:
            return self.tr("还没有测试结果")
        counted = [sum(result.verdict is verdict for result in results) for verdict in Verdict]
        return self.tr("最近的测试：通过 {good}，接近限值 {near}，不通过 {bad}").format(
            good=counted[0], near=counted[1], bad=counted[2]
        )

    @Slot(str)
    def open(self, about: str) -> None:
        """Show a device, or the newest result of a test."""
        if self._visit.device(about) is not None:
            self.post(events.DeviceChosen(device=about))
        elif self._visit.result(about) is not None:
            self.post(events.ResultChosen(test=about))
        else:
            self.post(events.TestsWanted(device=about if self._visit.of(about) else ""))

    @Slot()
    def runAll(self) -> None:  # noqa: N802  # as QML writes it
        """Run all tests that need no hand."""
        self.post(events.TestsWanted())
        self.post(events.AllChosen(hands=False))

    @Slot()
    def tests(self) -> None:
        """Show the tests."""
        self.post(events.TestsWanted())

    @Slot()
    def repairs(self) -> None:
        """Show the repairs."""
        self.post(events.RepairsWanted())

    @Slot()
    def report(self) -> None:
        """Make the readiness report."""
        self.post(events.ReportWanted())

    @Slot()
    def history(self) -> None:
        """Show what tests found before."""
        self.post(events.HistoryWanted())

    @Slot()
    def audit(self) -> None:
        """Show what technicians did here."""
        self.post(events.AuditWanted())


@QmlElement
class DeviceModel(Part):
    """View model of one device."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._identity = Rows(FactRow, self)
        self._counters = Rows(FactRow, self)
        self._mishaps = Rows(MishapRow, self)
        self._status: DeviceStatus | None = None
        self._title = self._stand = self._cause = self._remedy = ""
        self._tested = self._mended = False

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        status = self._status = visit.device(visit.about)
        self._tested = bool(visit.of(visit.about))
        self._mended = bool(visit.mends(visit.about))
        self._title = capital(words.label(visit.about))
        self._stand = "" if status is None else capital(words.label(status.state.value))
        self._cause = happened(words, status.cause) if status is not None and status.cause else ""
        self._remedy = words.remedy(status.cause) if status is not None and status.cause else ""
        self._show_rows(status, words)
        self.changed.emit()

    def _show_rows(self, status: DeviceStatus | None, words: Words) -> None:
        if status is None:
            for rows in (self._identity, self._counters, self._mishaps):
                rows.show([])
            return
        who, counted = status.identity, status.counters
        named = (
            (self.tr("厂商"), who.maker),
            (self.tr("型号"), who.model),
            (self.tr("序列号"), who.serial),
            (self.tr("固件"), who.firmware),
            (self.tr("连接"), who.connection),
        )
        self._identity.show([FactRow(label=label, value=value or self.tr("设备未报告")) for label, value in named])
        self._counters.show(
            [
                FactRow(label=self.tr("打开"), value=f"{counted.opened:,}"),
                FactRow(label=self.tr("断开"), value=f"{counted.lost:,}"),
                FactRow(label=self.tr("成功"), value=f"{counted.done:,}"),
                FactRow(label=self.tr("失败"), value=f"{counted.failed:,}"),
            ]
        )
        self._mishaps.show(
            [
                MishapRow(
                    at=self.desk.clock(each.at),
                    says=happened(words, each.code),
                    detail=f"{each.code}  {each.detail}".rstrip(),
                )
                for each in status.mishaps
            ]
        )

    @Property(QObject, constant=True)
    def identity(self) -> QObject:
        """``FactRow``s: who it is."""
        return self._identity

    @Property(QObject, constant=True)
    def counters(self) -> QObject:
        """``FactRow``s: what it did since the terminal began."""
        return self._counters

    @Property(QObject, constant=True)
    def mishaps(self) -> QObject:
        """``MishapRow``s, newest first."""
        return self._mishaps

    @Property(bool, notify=changed)
    def flawless(self) -> bool:
        """Whether there were no errors."""
        return not self._mishaps.rows()

    @Property(str, notify=changed)
    def title(self) -> str:
        """What it is called."""
        return self._title

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Of its state."""
        return OFF if self._status is None else OF_STATE[self._status.state]

    @Property(str, notify=changed)
    def stand(self) -> str:
        """Its state, in words."""
        return self._stand

    @Property(str, notify=changed)
    def since(self) -> str:
        """Since when."""
        return "" if self._status is None else self.desk.stamp(self._status.since)

    @Property(str, notify=changed)
    def cause(self) -> str:
        """What is wrong; empty: nothing."""
        return self._cause

    @Property(str, notify=changed)
    def remedy(self) -> str:
        """What to do about it."""
        return self._remedy

    @Property(bool, notify=changed)
    def tested(self) -> bool:
        """Whether there are tests of it."""
        return self._tested

    @Property(bool, notify=changed)
    def mended(self) -> bool:
        """Whether there are repairs of it."""
        return self._mended

    @Property(bool, notify=changed)
    def releasable(self) -> bool:
        """Whether it may be tried at once."""
        return self._status is not None and releasable(self._status)

    @Slot()
    def tests(self) -> None:
        """Show its tests."""
        self.post(events.TestsWanted(device="" if self._status is None else self._status.kind))

    @Slot()
    def repairs(self) -> None:
        """Show its repairs."""
        self.post(events.RepairsWanted(device="" if self._status is None else self._status.kind))

    @Slot()
    def traffic(self) -> None:
        """Show what passes on its wire."""
        self.post(events.TrafficWanted())

    @Slot()
    def release(self) -> None:
        """Try it at once."""
        self.post(events.ReleaseWanted())
