"""View model of the dock: the simulated devices and the simulated phone beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


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
        self._actions.show([row for row in self._menu if row.device == self._current])

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
