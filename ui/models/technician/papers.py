"""View models of what is handed out or looked through: the report, the wire of a device, the audit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.diagnostics.audit import Action
from kiosk.diagnostics.paper import about as about_words
from kiosk.diagnostics.repairs import Kind
from kiosk.diagnostics.report import Signed
from kiosk.diagnostics.visit import Heard, Visit, Waiting, events
from kiosk.diagnostics.words import Words
from ui.models.rows import Rows
from ui.models.technician.part import OF_READINESS, OFF, Part, TechnicianDesk, capital, happened
from ui.models.technician.terminal import FactRow

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1

_SHORT = 12
"""Characters of a digest that are shown: enough to compare by eye."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardRow:
    """Something that passed on a wire."""

    at: str
    to_device: bool
    length: str
    said: str
    """The bytes, or why they are not shown."""
    hidden: bool
    gone: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionRow:
    """Something a technician did."""

    at: str
    operator: str
    what: str
    about: str
    result: str


@QmlElement
class ReportModel(Part):
    """View model of the readiness report."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._facts = Rows(FactRow, self)
        self._files = Rows(FactRow, self)
        self._visit = Visit()
        self._signed: Signed | None = None
        self._verdict = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        signed = self._signed = visit.signed
        self._verdict = "" if signed is None else words.label(signed.verdict.value)
        if signed is None:
            self._facts.show([])
        else:
            statement, report = signed.statement, signed.statement.report
            self._facts.show(
                [
                    FactRow(label=capital(words.label("terminal")), value=report.terminal),
                    FactRow(label=capital(words.label("place")), value=report.place),
                    FactRow(label=capital(words.label("made")), value=self.desk.stamp(report.made)),
                    FactRow(label=capital(words.label("operator")), value=report.operator),
                    FactRow(label=self.tr("原因"), value=str(len(report.reasons))),
                    FactRow(label=self.tr("测试结果"), value=str(len(report.results))),
                    FactRow(label=self.tr("历史摘要"), value=statement.history[:_SHORT]),
                    FactRow(label=self.tr("审计摘要"), value=statement.audit[:_SHORT]),
                    FactRow(label=capital(words.label("signed-by")), value=signed.key),
                ]
            )
        self._files.show([FactRow(label=file.rpartition(".")[2].upper(), value=file) for file in visit.saved])
        self.changed.emit()

    @Property(QObject, constant=True)
    def facts(self) -> QObject:
        """``FactRow``s: what stands at its head."""
        return self._facts

    @Property(QObject, constant=True)
    def files(self) -> QObject:
        """``FactRow``s: where it was kept."""
        return self._files

    @Property(bool, notify=changed)
    def made(self) -> bool:
        """Whether there is a report."""
        return self._signed is not None

    @Property(bool, notify=changed)
    def making(self) -> bool:
        """Whether it is being made."""
        return self._visit.waiting is Waiting.REPORT

    @Property(bool, notify=changed)
    def printing(self) -> bool:
        """Whether the slip is being printed."""
        return self._visit.waiting is Waiting.PRINT

    @Property(bool, notify=changed)
    def saving(self) -> bool:
        """Whether it is being kept."""
        return self._visit.waiting is Waiting.SAVE

    @Property(bool, notify=changed)
    def saved(self) -> bool:
        """Whether it was kept."""
        return bool(self._visit.saved)

    @Property(str, notify=changed)
    def verdict(self) -> str:
        """What the terminal is fit for."""
        return self._verdict

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Of the verdict."""
        return OFF if self._signed is None else OF_READINESS[self._signed.verdict]

    @Property(str, notify=changed)
    def code(self) -> str:
        """What the QR code holds."""
        return "" if self._signed is None else self._signed.code

    @Property(str, notify=changed)
    def proof(self) -> str:
        """How far the slip is proven to have come; empty: it was not printed."""
        return {
            "": "",
            "spooled": self.tr("已排队，尚未送到打印机"),
            "sent": self.tr("已送出，打印机没有证实打完"),
            "drained": self.tr("打印机已证实打完"),
            "taken": self.tr("已打完并被取走"),
        }.get(self._visit.printed, self._visit.printed)

    @Property(bool, notify=changed)
    def proven(self) -> bool:
        """Whether the printer confirmed it."""
        return self._visit.printed in ("drained", "taken")

    @Slot()
    def printSlip(self) -> None:  # noqa: N802  # as QML writes it
        """Print it on a slip."""
        self.post(events.PrintWanted())

    @Slot()
    def save(self) -> None:
        """Keep it as files."""
        self.post(events.SaveWanted())

    @Slot()
    def again(self) -> None:
        """Make it once more."""
        self.post(events.Again())


@QmlElement
class TrafficModel(Part):
    """View model of what passes on the wire of a device."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(HeardRow, self)
        self._visit = Visit()
        self._device = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        self._device = capital(words.label(visit.about))
        self._rows.show([self._row(each) for each in reversed(visit.heard)])
        self.changed.emit()

    def _row(self, heard: Heard) -> HeardRow:
        hidden = not heard.data and not heard.gone and heard.length > 0
        return HeardRow(
            at=f"{heard.ms:,.1f}",
            to_device=heard.to_device,
            length="" if heard.gone else self.tr("{n} 字节").format(n=f"{heard.length:,}"),
            said=self.tr("设备已离开")
            if heard.gone
            else self.tr("内容已隐去：可能是个人信息")
            if hidden
            else _cut(heard),
            hidden=hidden,
            gone=heard.gone,
        )

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``HeardRow``s, newest first."""
        return self._rows

    @Property(str, notify=changed)
    def device(self) -> str:
        """Whose wire."""
        return self._device

    @Property(bool, notify=changed)
    def listening(self) -> bool:
        """Whether more is heard."""
        return self._visit.listening

    @Property(bool, notify=changed)
    def silent(self) -> bool:
        """Whether nothing was heard."""
        return not self._visit.heard

    @Slot()
    def again(self) -> None:
        """Listen once more."""
        self.post(events.Again())


def _cut(heard: Heard) -> str:
    """Return the bytes, with a sign that they go on where not all are shown."""
    shown = (len(heard.data) + 1) // 3
    return heard.data + (" …" if shown < heard.length else "")


@QmlElement
class AuditModel(Part):
    """View model of what technicians did here."""

    changed = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(ActionRow, self)
        self._visit = Visit()

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._visit = visit
        self._rows.show([self._row(each, words) for each in reversed(visit.actions)])
        self.changed.emit()

    def _row(self, action: Action, words: Words) -> ActionRow:
        who = {"console": self.tr("命令行"), "terminal": self.tr("终端自己")}.get(action.operator, action.operator)
        key = f"audit.{'paired' if action.what.startswith('paired.') else action.what}"
        what = words.label(key)
        return ActionRow(
            at=self.desk.stamp(action.at),
            operator=who,
            what=action.what if what == key else what,
            about=self._about(action.about, words),
            result=self._result(action, words),
        )

    def _about(self, about: str, words: Words) -> str:
        kind, _, device = about.partition(".")
        if kind in set(Kind):
            return f"{words.label(device)}, {self._repair(Kind(kind))}"
        return about_words(about, words) if about else ""

    def _repair(self, kind: Kind) -> str:
        return {
            Kind.ROLL: self.tr("换纸卷"),
            Kind.LENS: self.tr("清洁镜头"),
            Kind.CABLE: self.tr("重新插拔"),
            Kind.REPLACE: self.tr("更换并配对"),
        }[kind]

    def _result(self, action: Action, words: Words) -> str:
        result = action.result
        step = result.removeprefix("left-at-")
        if step != result:
            return self.tr("在第 {n} 步中止").format(n=int(step) + 1 if step.isdecimal() else step)
        if action.what.startswith("paired.") or not result:
            return result
        said = {
            "code": self.tr("凭开门码"),
            "card": self.tr("凭运维卡"),
            "admitted": self.tr("通过"),
            "left": self.tr("自己离开"),
            "idle": self.tr("无人操作"),
            "limit": self.tr("到了最长时间"),
            "broken": self.tr("程序出错"),
            "done": self.tr("已完成"),
            "failed": self.tr("没有成功"),
            "stopped": self.tr("中途停止"),
            "over": self.tr("已结束"),
            "sent": self.tr("已送出，打印机没有证实打完"),
            "drained": self.tr("打印机已证实打完"),
            "taken": self.tr("已打完并被取走"),
            "zh-Hans": "中文",
            "en": "English",
        }.get(result)
        if said is not None:
            return said
        label = words.label(result)
        return happened(words, result) if label == result else label

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``ActionRow``s, newest first."""
        return self._rows

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        """Whether it is being read."""
        return self._visit.waiting is Waiting.READ

    @Property(bool, notify=changed)
    def whole(self) -> bool:
        """Whether nothing in it was changed."""
        return self._visit.broken_row is None

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        """Whether nobody did anything yet, as far as was read."""
        return not self._visit.actions

    @Property(str, notify=changed)
    def chain(self) -> str:
        """What the chain of hashes says."""
        row = self._visit.broken_row
        if row is None:
            return self.tr("记录完整：从第一条起没有一条被改动过。")
        return self.tr("从第 {n} 条起被改动过。请保留原文件，联系安全管理员。").format(n=row)

    @Slot()
    def again(self) -> None:
        """Read it once more."""
        self.post(events.Again())
