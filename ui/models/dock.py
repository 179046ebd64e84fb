"""View model of the dock: the simulated devices and the simulated phone beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

FAULT = "fault"
"""Deed of a row that makes something go wrong, or well again; its value is the kind."""
FAULTY = "faulty"
"""Deed of a row that says what is wrong now."""
WELL = "none"
BRIEF_S = "3"


@dataclass(frozen=True, kw_only=True, slots=True)
class DockRow:
    """Something that can be done with a simulated device now."""

    device: str
    title: str
    """Name of the device, on its first row only."""
    deed: str
    """What a hand does; ``action`` is a final property of Qt's buttons."""
    argument: str
    value: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DockDeviceRow:
    """A simulated device."""

    device: str
    title: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRow:
    """A message on the simulated phone."""

    to: str
    text: str
    time: str


@QmlElement
class DockModel(QObject):
    """Shows what can be done with the simulated devices, and does it.

    Args:
        act: Hands an action to the devices: device, action, arguments; never blocks.
        parent: Owner.
        pay: Pays a code with the simulated phone; never blocks.
    """

    changed = Signal()
    menuArrived = Signal(object)  # noqa: N815  # Qt's way to name signals
    """``Sequence[DockRow]``, from any thread."""
    messagesArrived = Signal(object)  # noqa: N815
    """``Sequence[MessageRow]``, from any thread."""

    def __init__(
        self,
        act: Callable[[str, str, Mapping[str, str]], None],
        parent: QObject | None = None,
        *,
        pay: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._act = act
        self._pay = pay
        self._code = ""
        self._menu: Sequence[DockRow] = ()
        self._current = ""
        self._devices = Rows(DockDeviceRow, self)
        self._actions = Rows(DockRow, self)
        self._faults = Rows(DockRow, self)
        self._faulty = ""
        self._faults_open = False
        self._briefly = False
        self._messages = Rows(MessageRow, self)
        self._open = False
        self.menuArrived.connect(self._show_menu)
        self.messagesArrived.connect(self._show_messages)

    def _show_menu(self, rows: Sequence[DockRow]) -> None:
        self._menu = tuple(rows)
        if all(row.device != self._current for row in self._menu):
            self._current = self._menu[0].device if self._menu else ""
        self._devices.show(
            [
                DockDeviceRow(device=row.device, title=row.title, current=row.device == self._current)
                for row in self._menu
                if row.title
            ]
        )
        mine = [row for row in self._menu if row.device == self._current]
        self._actions.show([row for row in mine if row.deed not in (FAULT, FAULTY)])
        self._faults.show([row for row in mine if row.deed == FAULT])
        self._faulty = next((row.label for row in mine if row.deed == FAULTY), "")
        self.changed.emit()

    def _show_messages(self, rows: Sequence[MessageRow]) -> None:
        self._messages.show(rows)
        self.changed.emit()

    @Property(QObject, constant=True)
    def devices(self) -> QObject:
        """``DockDeviceRow``s."""
        return self._devices

    @Property(QObject, constant=True)
    def actions(self) -> QObject:
        """``DockRow``s of the current device."""
        return self._actions

    @Property(QObject, constant=True)
    def faults(self) -> QObject:
        """``DockRow``s: what can go wrong with the current device, and that it gets well again."""
        return self._faults

    @Property(str, notify=changed)
    def faulty(self) -> str:
        """What is wrong with the current device, in words; empty: nothing."""
        return self._faulty

    @Property(bool, notify=changed)
    def canFail(self) -> bool:  # noqa: N802  # Qt's way to name properties
        """Whether anything can be made to go wrong with the current device."""
        return bool(self._faults.rows())

    @Property(bool, notify=changed)
    def faultsOpen(self) -> bool:  # noqa: N802  # Qt's way to name properties
        """Whether the faults are unfolded."""
        return self._faults_open

    @Property(bool, notify=changed)
    def briefly(self) -> bool:
        """Whether a fault is to last three seconds only, rather than until somebody ends it."""
        return self._briefly

    @Slot()
    def toggleFaults(self) -> None:  # noqa: N802  # Qt's way to name slots
        """Unfold or fold the faults."""
        self._faults_open = not self._faults_open
        self.changed.emit()

    @Slot()
    def toggleBriefly(self) -> None:  # noqa: N802  # Qt's way to name slots
        """Let the next faults last three seconds, or until somebody ends them."""
        self._briefly = not self._briefly
        self.changed.emit()

    @Slot(str, str)
    def fail(self, device: str, kind: str) -> None:
        """Let a device have a fault, or be well again."""
        brief = {"for_s": BRIEF_S} if self._briefly and kind != WELL else {}
        self._act(device, FAULT, {"kind": kind, **brief})

    @Property(QObject, constant=True)
    def messages(self) -> QObject:
        """``MessageRow``s, newest first."""
        return self._messages

    @Property(str, notify=changed)
    def newest(self) -> str:
        """The newest message on the phone."""
        rows = self._messages.rows()
        return rows[0].text if rows else ""

    def offer(self, code: str) -> None:
        """Let the simulated phone see this payment code on the screen; empty for none."""
        if code != self._code:
            self._code = code
            self.changed.emit()

    @Property(bool, notify=changed)
    def payable(self) -> bool:
        """Whether a payment code is on the screen."""
        return bool(self._code)

    @Slot()
    def pay(self) -> None:
        """Scan the code on the screen with the simulated phone, and pay it."""
        if self._code:
            self._pay(self._code)

    @Property(bool, notify=changed)
    def open(self) -> bool:
        """Whether the dock is unfolded."""
        return self._open

    @Slot()
    def toggle(self) -> None:
        """Unfold or fold the dock."""
        self._open = not self._open
        self.changed.emit()

    @Slot(str)
    def show(self, device: str) -> None:
        """Show what can be done with this device."""
        self._current = device
        self._show_menu(self._menu)

    @Slot(str, str, str, str)
    def act(self, device: str, action: str, argument: str, value: str) -> None:
        """Do something with a device."""
        self._act(device, action, {argument: value} if argument else {})
