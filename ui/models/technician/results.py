"""View models of results: of one test, of a batch, and of what was found before."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.diagnostics.model import TestResult, Verdict
from kiosk.diagnostics.visit import Trend, Visit, Waiting, events
from kiosk.diagnostics.words import Words
from ui.models.rows import Rows
from ui.models.technician.measuring import MeasureRow, figure, headline, row
from ui.models.technician.part import OF_VERDICT, OFF, Part, TechnicianDesk, capital, happened
from ui.models.technician.plotting import PlotModel

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultRow:
    """One result in a list."""

    test: str
    title: str
    about: str
    """Device, or who had it run."""
    tone: str
    verdict: str
    said: str
    """Why, or the measure that decided."""
    when: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendRow:
    """One measure whose past can be plotted."""

    measure: str
    title: str
    tone: str
    chosen: bool


def said(result: TestResult, words: Words) -> str:
    """Return the one thing to say of a result."""
    if result.reason:
        return happened(words, result.reason)
    return headline(result.measures, words)


class Plotted(Part):
    """What a page has that plots one of several measures."""

    plotted = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._plot = PlotModel(desk.zone, self)
        self._wanted = ""
        self._last: tuple[Visit, Words] | None = None

    def draw(self, visit: Visit, words: Words) -> Trend | None:
        """Plot the measure that was chosen, or the first; return it."""
        self._last = visit, words
        trends = visit.trends
        trend = next((each for each in trends if each.measure == self._wanted), trends[0] if trends else None)
        self._plot.show(trend, words)
        self.plotted.emit()
        return trend

    @Property(QObject, constant=True)
    def plot(self) -> QObject:
        """``PlotModel``."""
        return self._plot

    @Slot(str)
    def choose(self, measure: str) -> None:
        """Plot this measure."""
        self._wanted = measure
        if self._last is not None:
            self.show(*self._last)


@QmlElement
class ResultModel(Plotted):
    """View model of a result, or of all that were run at once."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._measures = Rows(MeasureRow, self)
        self._results = Rows(ResultRow, self)
        self._visit = Visit()
        self._result: TestResult | None = None
        self._title = self._device = self._verdict = self._why = self._remedy = self._tone = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        result = self._result = visit.result(visit.about) if visit.about else None
        trend = self.draw(visit, words)
        if result is None:
            self._batch(visit, words)
        else:
            self._single(result, trend, words)
        self.changed.emit()

    def _single(self, result: TestResult, trend: Trend | None, words: Words) -> None:
        self._title = words.test(result.test)
        self._device = capital(words.label(result.device))
        self._verdict = capital(words.label(result.verdict.value))
        self._tone = OF_VERDICT[result.verdict]
        reason = result.reason or ("test.failed" if result.verdict is Verdict.FAIL else "")
        self._why = happened(words, reason) if reason else ""
        self._remedy = words.remedy(reason) if reason else ""
        plotted = {each.measure for each in self._visit.trends if each.drift.points}
        self._measures.show(
            [
                row(
                    measure,
                    words,
                    yes=self.tr("是"),
                    no=self.tr("否"),
                    chosen=trend is not None and trend.measure == measure.name and len(plotted) > 1,
                    plotted=measure.name in plotted,
                )
                for measure in result.measures
            ]
        )
        self._results.show([])

    def _batch(self, visit: Visit, words: Words) -> None:
        counted = {verdict: sum(each.verdict is verdict for each in visit.results) for verdict in Verdict}
        worst = next((each for each in (Verdict.FAIL, Verdict.WARN, Verdict.PASS) if counted[each]), Verdict.SKIPPED)
        self._title = self.tr("{done} 项测试的结果").format(done=len(visit.results))
        self._device = ""
        self._tone = OF_VERDICT[worst]
        named = {
            Verdict.PASS: self.tr("通过 {n}"),
            Verdict.WARN: self.tr("接近限值 {n}"),
            Verdict.FAIL: self.tr("不通过 {n}"),
            Verdict.SKIPPED: self.tr("未测 {n}"),
        }
        self._verdict = " · ".join(named[verdict].format(n=count) for verdict, count in counted.items() if count)
        stopped = len(visit.batch) - len(visit.results)
        self._why = self.tr("还有 {n} 项没有测：中途停止了。").format(n=stopped) if stopped > 0 else ""
        self._remedy = ""
        order = {Verdict.FAIL: 0, Verdict.WARN: 1, Verdict.PASS: 2, Verdict.SKIPPED: 3}
        self._results.show(
            [
                ResultRow(
                    test=each.test,
                    title=words.test(each.test),
                    about=words.label(each.device),
                    tone=OF_VERDICT[each.verdict],
                    verdict=words.label(each.verdict.value),
                    said=said(each, words),
                    when=self.desk.clock(each.began),
                )
                for each in sorted(visit.results, key=lambda result: order[result.verdict])
            ]
        )
        self._measures.show([])

    @Property(bool, notify=changed)
    def single(self) -> bool:
        """Whether it is the result of one test."""
        return self._result is not None

    @Property(QObject, constant=True)
    def measures(self) -> QObject:
        """``MeasureRow``s of one test."""
        return self._measures

    @Property(QObject, constant=True)
    def results(self) -> QObject:
        """``ResultRow``s of a batch, the worst first."""
        return self._results

    @Property(str, notify=changed)
    def title(self) -> str:
        """The test, or how many."""
        return self._title

    @Property(str, notify=changed)
    def device(self) -> str:
        """What it is about."""
        return self._device

    @Property(str, notify=changed)
    def verdict(self) -> str:
        """The verdict, in words."""
        return self._verdict

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Of the verdict."""
        return self._tone or OFF

    @Property(str, notify=changed)
    def why(self) -> str:
        """Why it failed or was not done; empty: nothing to say."""
        return self._why

    @Property(str, notify=changed)
    def remedy(self) -> str:
        """What to do about it."""
        return self._remedy

    @Property(str, notify=changed)
    def detail(self) -> str:
        """What the test says besides."""
        return "" if self._result is None else self._result.detail

    @Property(str, notify=changed)
    def when(self) -> str:
        """When it began, how long it took."""
        if self._result is None:
            return ""
        return self.tr("{when}，用时 {took} 秒").format(
            when=self.desk.stamp(self._result.began), took=figure(self._result.took_s)
        )

    @Property(str, notify=changed)
    def identity(self) -> str:
        """The device that was tested."""
        who = None if self._result is None else self._result.identity
        return "" if who is None else "  ".join(part for part in (who.maker, who.model, who.serial) if part)

    @Property(bool, notify=changed)
    def bare(self) -> bool:
        """Whether nothing was measured."""
        return self._result is not None and not self._result.measures

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        """Whether its past is being read."""
        return self._visit.waiting is Waiting.READ

    @Slot(str)
    def open(self, test: str) -> None:
        """Show the result of one test of the batch."""
        self.post(events.ResultChosen(test=test))

    @Slot()
    def again(self) -> None:
        """Run it once more."""
        self.post(events.Again())

    @Slot()
    def history(self) -> None:
        """Show what it found before."""
        self.post(events.HistoryWanted(test=self._visit.about))

    @Slot()
    def repairs(self) -> None:
        """Show the repairs of its device."""
        device = "" if self._result is None else self._result.device
        self.post(events.RepairsWanted(device=device if self._visit.mends(device) else ""))

    @Property(bool, notify=changed)
    def mended(self) -> bool:
        """Whether there are repairs of its device."""
        return self._result is not None and bool(self._visit.mends(self._result.device))


@QmlElement
class HistoryModel(Plotted):
    """View model of what tests found before."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._entries = Rows(ResultRow, self)
        self._trends = Rows(TrendRow, self)
        self._visit = Visit()
        self._title = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        self._title = words.test(visit.about) if visit.about else ""
        chosen = self.draw(visit, words)
        tones = {"steady": "good", "unknown": "off"}
        self._trends.show(
            [
                TrendRow(
                    measure=each.measure,
                    title=capital(words.measure(each.measure)),
                    tone=tones.get(each.drift.direction.value, "near"),
                    chosen=each is chosen,
                )
                for each in visit.trends
            ]
        )
        self._entries.show(
            [
                ResultRow(
                    test=entry.result.test,
                    title=words.test(entry.result.test),
                    about=self._who(entry.operator),
                    tone=OF_VERDICT[entry.result.verdict],
                    verdict=words.label(entry.result.verdict.value),
                    said=said(entry.result, words),
                    when=self.desk.stamp(entry.result.began),
                )
                for entry in reversed(visit.entries)
            ]
        )
        self.changed.emit()

    def _who(self, operator: str) -> str:
        return {"console": self.tr("命令行"), "terminal": self.tr("终端自己")}.get(operator, operator)

    @Property(QObject, constant=True)
    def entries(self) -> QObject:
        """``ResultRow``s, newest first."""
        return self._entries

    @Property(QObject, constant=True)
    def trends(self) -> QObject:
        """``TrendRow``s."""
        return self._trends

    @Property(str, notify=changed)
    def title(self) -> str:
        """Whose past; empty: of all tests."""
        return self._title

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        """Whether nothing is known."""
        return not self._visit.entries

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        """Whether it is being read."""
        return self._visit.waiting is Waiting.READ

    @Property(bool, notify=changed)
    def several(self) -> bool:
        """Whether there is a choice of measures."""
        return len(self._visit.trends) > 1

    @Slot(str)
    def open(self, test: str) -> None:
        """Show the past of one test."""
        if not self._visit.about:
            self.post(events.HistoryWanted(test=test))

    @Slot()
    def again(self) -> None:
        """Read it once more."""
        self.post(events.Again())
