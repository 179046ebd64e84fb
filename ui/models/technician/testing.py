"""View models of the list of tests and of tests that run."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.diagnostics.bench import Question
from kiosk.diagnostics.running import TestSpec
from kiosk.diagnostics.visit import Visit, events
from kiosk.diagnostics.words import Words
from ui.models.rows import Rows
from ui.models.technician.door import edit
from ui.models.technician.part import BUSY, OF_VERDICT, OFF, Part, TechnicianDesk, capital

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class TestRow:
    """One test that can be run."""

    __test__ = False  # its name begins like that of a test case

    test: str
    device: str
    """In words; empty on the page of one device."""
    title: str
    takes: str
    hand: bool
    tone: str
    stand: str
    """Its newest result in words, and when; empty: it was never run."""
    found: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceRow:
    """One answer to a question."""

    choice: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StageRow:
    """One test of a batch that runs."""

    title: str
    tone: str
    stand: str


@QmlElement
class TestsModel(Part):
    """View model of the tests of the terminal or of a device."""

    __test__ = False  # its name begins like that of a test case

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(TestRow, self)
        self._about = ""
        self._specs: tuple[TestSpec, ...] = ()

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._about = words.label(visit.about) if visit.about else ""
        self._specs = visit.of(visit.about)
        rows: list[TestRow] = []
        for spec in self._specs:
            result = visit.result(spec.id)
            rows.append(
                TestRow(
                    test=spec.id,
                    device="" if visit.about else capital(words.label(spec.device)),
                    title=words.test(spec.id),
                    takes=self._lasting(spec.seconds),
                    hand=spec.interactive,
                    tone=OFF if result is None else OF_VERDICT[result.verdict],
                    stand=""
                    if result is None
                    else f"{words.label(result.verdict.value)} · {self.desk.clock(result.began)}",
                    found=result is not None,
                )
            )
        self._rows.show(rows)
        self.changed.emit()

    def _lasting(self, seconds: float) -> str:
        if seconds >= 90:  # from here on minutes say enough
            return self.tr("约 {n} 分钟").format(n=round(seconds / 60))
        return self.tr("约 {n} 秒").format(n=max(1, round(seconds)))

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``TestRow``s."""
        return self._rows

    @Property(str, notify=changed)
    def about(self) -> str:
        """Whose tests; empty: all."""
        return self._about

    @Property(bool, notify=changed)
    def some(self) -> bool:
        """Whether some need no hand, but not all."""
        return any(spec.interactive for spec in self._specs) and not all(spec.interactive for spec in self._specs)

    @Property(str, notify=changed)
    def handsOff(self) -> str:  # noqa: N802  # as QML writes it
        """How many need no hand, and how long they take."""
        return self._counted([spec for spec in self._specs if not spec.interactive])

    @Property(str, notify=changed)
    def everything(self) -> str:
        """How many there are, and how long they take."""
        return self._counted(list(self._specs))

    def _counted(self, specs: list[TestSpec]) -> str:
        return self.tr("{n} 项，{lasting}").format(
            n=len(specs), lasting=self._lasting(sum(spec.seconds for spec in specs))
        )

    @Slot(str)
    def run(self, test: str) -> None:
        """Run a test."""
        self.post(events.TestChosen(test=test))

    @Slot(str)
    def open(self, test: str) -> None:
        """Show its newest result."""
        self.post(events.ResultChosen(test=test))

    @Slot(bool)
    def runAll(self, hands: bool) -> None:  # noqa: N802  # Qt hands over a plain bool; as QML writes it
        """Run all of the page, with those that need a hand or without."""
        self.post(events.AllChosen(hands=hands))


class Asking(Part):
    """What a page has on which a test or a repair asks something."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._choices = Rows(ChoiceRow, self)
        self._question: Question | None = None
        self._asks = self._typed = ""

    def ask(self, visit: Visit, words: Words) -> None:
        """Show the question of ``visit``, if there is one."""
        question = self._question = visit.question
        self._typed = visit.typed
        self._asks = "" if question is None else words.say(question.say, question.values)
        self._choices.show(
            []
            if question is None or question.digits
            else [ChoiceRow(choice=choice, title=words.say(choice, question.values)) for choice in question.choices]
        )

    @Property(str, notify=changed)
    def asks(self) -> str:
        """The question; empty: none."""
        return self._asks

    @Property(bool, notify=changed)
    def digits(self) -> bool:
        """Whether its answer is a number."""
        return self._question is not None and self._question.digits

    @Property(str, notify=changed)
    def typed(self) -> str:
        """The answer so far."""
        return self._typed

    @Property(QObject, constant=True)
    def choices(self) -> QObject:
        """``ChoiceRow``s."""
        return self._choices

    @Slot(str)
    def edit(self, value: str) -> None:
        """Digits were typed or taken back."""
        edit(self, self._typed, value)

    @Slot()
    def answer(self) -> None:
        """The number is the answer."""
        self.post(events.Entered())

    @Slot(str)
    def choose(self, choice: str) -> None:
        """This is the answer."""
        self.post(events.ChoiceMade(choice=choice))


@QmlElement
class RunningModel(Asking):
    """View model of tests that run."""

    moved = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(StageRow, self)
        self._visit = Visit()
        self._title = self._device = self._say = self._hint = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        self.ask(visit, words)
        test = self._test()
        spec = next((each for each in visit.tests if each.id == test), None)
        self._title = words.test(test) if test else ""
        self._device = "" if spec is None else capital(words.label(spec.device))
        progress = visit.progress
        self._say = "" if progress is None else words.say(progress.say, progress.values) if progress.say else ""
        self._hint = "" if spec is None else self.tr("一般 {n} 秒").format(n=max(1, round(spec.seconds)))
        done = {result.test: result for result in visit.results}
        self._rows.show(
            [
                StageRow(
                    title=words.test(each),
                    tone=OF_VERDICT[done[each].verdict] if each in done else BUSY if each == test else OFF,
                    stand=words.label(done[each].verdict.value)
                    if each in done
                    else self.tr("正在测")
                    if each == test
                    else self.tr("等待"),
                )
                for each in visit.batch
            ]
        )
        self.changed.emit()
        self.moved.emit()

    def _test(self) -> str:
        """Return the test that runs: the one that reports, or the first without a result."""
        visit = self._visit
        if visit.progress is not None:
            return visit.progress.test
        return visit.batch[len(visit.results)] if len(visit.results) < len(visit.batch) else ""

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``StageRow``s."""
        return self._rows

    @Property(str, notify=moved)
    def title(self) -> str:
        """The test that runs."""
        return self._title

    @Property(str, notify=moved)
    def device(self) -> str:
        """What it is about."""
        return self._device

    @Property(str, notify=moved)
    def say(self) -> str:
        """What is to be done now; empty: nothing."""
        return self._say

    @Property(str, notify=moved)
    def hint(self) -> str:
        """How long it takes, about."""
        return self._hint

    @Property(float, notify=moved)
    def share(self) -> float:
        """How far the test came, 0 to 1."""
        progress = self._visit.progress
        return 0.0 if progress is None else max(0.0, min(1.0, progress.share))

    @Property(int, notify=moved)
    def number(self) -> int:
        """Which of the batch it is, from 1."""
        return min(len(self._visit.results) + 1, len(self._visit.batch))

    @Property(int, notify=moved)
    def of(self) -> int:
        """How many there are in the batch."""
        return len(self._visit.batch)

    @Slot()
    def stop(self) -> None:
        """Stop here."""
        self.post(events.Stopped())
