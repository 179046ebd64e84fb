"""View models of the repairs that can be made, and of one that is under way."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.diagnostics.repairs import STEPS, Kind
from kiosk.diagnostics.visit import Visit, Waiting, events
from kiosk.diagnostics.words import Words
from ui.models.rows import Rows
from ui.models.technician.part import OF_STATE, OFF, Part, TechnicianDesk, capital
from ui.models.technician.testing import Asking

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1

SIGNS = {Kind.ROLL: "receipt", Kind.LENS: "camera", Kind.CABLE: "plug-zap", Kind.REPLACE: "refresh-cw"}


@dataclass(frozen=True, kw_only=True, slots=True)
class RepairRow:
    """One repair that can be made."""

    kind: str
    device: str
    sign: str
    title: str
    what: str
    """What it is for."""
    about: str
    """The device and how it is."""
    tone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRow:
    """One step of a repair."""

    number: int
    text: str
    done: bool
    current: bool


@QmlElement
class RepairsModel(Part):
    """View model of the repairs that can be made."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(RepairRow, self)
        self._about = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._about = words.label(visit.about) if visit.about else ""
        rows: list[RepairRow] = []
        for kind, device in visit.mends(visit.about):
            status = visit.device(device)
            stand = "" if status is None else words.label(status.state.value)
            title, what = self._words(kind)
            rows.append(
                RepairRow(
                    kind=kind.value,
                    device=device,
                    sign=SIGNS[kind],
                    title=title,
                    what=what,
                    about=f"{capital(words.label(device))} · {stand}",
                    tone=OFF if status is None else OF_STATE[status.state],
                )
            )
        self._rows.show(rows)
        self.changed.emit()

    def _words(self, kind: Kind) -> tuple[str, str]:
        return {
            Kind.ROLL: (self.tr("换纸卷"), self.tr("纸将用尽或打印不清时。换好后打一张测试条。")),
            Kind.LENS: (self.tr("清洁镜头"), self.tr("画面发虚时。比较擦之前和之后的清晰度。")),
            Kind.CABLE: (self.tr("重新插拔"), self.tr("设备没有反应或时断时续时。确认回来的是同一台。")),
            Kind.REPLACE: (self.tr("更换并配对"), self.tr("设备坏了要换新时。按序列号与本机配对。")),
        }[kind]

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``RepairRow``s."""
        return self._rows

    @Property(str, notify=changed)
    def about(self) -> str:
        """Whose repairs; empty: all."""
        return self._about

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        """Whether there is nothing that can be repaired."""
        return not self._rows.rows()

    @Slot(str, str)
    def begin(self, kind: str, device: str) -> None:
        """Begin a repair."""
        self.post(events.RepairChosen(kind=Kind(kind), device=device))


@QmlElement
class RepairModel(Asking):
    """View model of a repair under way."""

    moved = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._steps = Rows(StepRow, self)
        self._visit = Visit()
        self._title = self._device = self._note = self._over = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        self.ask(visit, words)
        repair = visit.repair
        self._device = capital(words.label(visit.about))
        self._note = "" if repair is None or not repair.note else words.say(repair.note, {})
        self._title = "" if repair is None else self._name(repair.kind)
        self._over = words.say(repair.say, {}) if repair is not None and repair.done else ""
        self._steps.show(
            []
            if repair is None
            else [
                StepRow(
                    number=number + 1,
                    text=words.say(f"repair.{repair.kind}.{name}", {}),
                    done=number < repair.step,
                    current=number == repair.step,
                )
                for number, (name, _) in enumerate(STEPS[repair.kind])
            ]
        )
        self.changed.emit()
        self.moved.emit()

    def _name(self, kind: Kind) -> str:
        return {
            Kind.ROLL: self.tr("换纸卷"),
            Kind.LENS: self.tr("清洁镜头"),
            Kind.CABLE: self.tr("重新插拔"),
            Kind.REPLACE: self.tr("更换并配对"),
        }[kind]

    @Property(QObject, constant=True)
    def steps(self) -> QObject:
        """``StepRow``s."""
        return self._steps

    @Property(str, notify=moved)
    def title(self) -> str:
        """Which repair."""
        return self._title

    @Property(str, notify=moved)
    def device(self) -> str:
        """Of which device."""
        return self._device

    @Property(str, notify=moved)
    def note(self) -> str:
        """Why the step is not done although something was; empty: nothing to say."""
        return self._note

    @Property(str, notify=moved)
    def over(self) -> str:
        """What was achieved, once all is done; empty before."""
        return self._over

    @Property(bool, notify=moved)
    def going(self) -> bool:
        """Whether it waits for the device or the technician."""
        return self._visit.waiting is Waiting.REPAIR

    @Slot()
    def stop(self) -> None:
        """Leave it here."""
        self.post(events.Stopped())

    @Slot()
    def again(self) -> None:
        """From the beginning."""
        self.post(events.Again())

    @Slot()
    def back(self) -> None:
        """To where it was opened from."""
        self.post(events.Back())
