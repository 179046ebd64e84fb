"""Connects the dock beside the screen to the simulated devices and the simulated phone."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject

from ui.models.dock import FAULT, FAULTY, WELL, DockModel, DockRow, MessageRow

if TYPE_CHECKING:
    import asyncio  # named, not used: imported on the thread of the dock, which begins after the first page

log = logging.getLogger(__name__)

LOOK_AGAIN_S: Final = 1.0
"""Between looks at the phone, and at devices that are not there yet."""

DEVICES: Final = {
    "idreader": "身份证阅读器 ID reader",
    "card": "社保卡读卡器 Card reader",
    "scanner": "扫码器 Scanner",
    "camera": "高拍仪 Document camera",
    "printer": "凭条打印机 Receipt printer",
    "headphones": "耳机 Headphones",
}
ACTIONS: Final = {
    "insert": "放上",
    "remove": "拿走",
    "tap": "贴证件或卡",
    "lift": "拿开",
    "show": "出示",
    "hide": "收起",
    "put": "放纸",
    "slip": "放凭条",
    "clear": "拿走纸",
    "tear": "撕下凭条",
    "paper-out": "没纸了",
    "paper-near-end": "纸快用完",
    "paper-ok": "装好纸",
    "cover-open": "打开盖子",
    "cover-closed": "关上盖子",
    "cutter-jam": "切刀卡住",
    "cutter-ok": "切刀修好",
    "freeze": "画面卡住",
    "thaw": "画面恢复",
    "headphones-in": "插上耳机",
    "headphones-out": "拔下耳机",
    "unplug": "拔线",
    "plug": "插上",
}
FAULTS: Final = {
    "none": "恢复正常",
    "mute": "不应答",
    "slow": "应答慢",
    "garbled": "应答有错码",
    "half": "应答只有一半",
    "stuck": "反复同一应答",
    "flapping": "接触不良",
    "wrong-version": "型号不符",
    "unreadable": "证件读不出",
    "self-test": "自检不通过",
    "not-authorised": "未授权",
    "wrong-type": "认错卡种",
    "upside-down": "卡插反了",
    "refuse": "卡拒绝应答",
    "endless": "扫码没有结尾",
    "babbling": "扫码乱发数据",
    "frozen": "画面定住",
    "dropped": "漏报插拔",
}
"""In few words; a fault that is not here shows under its own name. A pulled cable has a button of its own."""
SHOWN: Final = "onething:guide/"
"""What the scanner is shown from the dock: the QR of a guide, one for each service."""


class Control(Protocol):
    """Reaches the simulated devices; ``drivers.simulated.ControlClient`` is one."""

    async def do(self, device: str, action: str, **arguments: str) -> dict[str, str]:
        """Do what a hand does. Raises ``RuntimeError`` when it did not happen."""

    async def menu(self) -> dict[str, list[dict[str, Any]]]:
        """Return what can be done with each device now. Raises ``RuntimeError`` when nobody is there."""

    def watch(self) -> AsyncGenerator[dict[str, dict[str, str]], None]:
        """Yield the states at once and after every change. Raises ``RuntimeError`` when nobody is there."""


@dataclass(kw_only=True)
class Dock:
    """Keeps one dock model up to date from a thread of its own.

    Args:
        connect: Makes what reaches the simulated devices; called on the thread of the dock.
        backend: Address of the backend, whose simulated phone is shown.
    """

    connect: Callable[[], Control]
    backend: str
    _services: Mapping[str, str] = field(default_factory=dict, init=False)
    _model: DockModel | None = field(default=None, init=False)
    _control: Control | None = field(default=None, init=False)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, init=False)

    def model(self, services: Mapping[str, str], parent: QObject) -> DockModel:
        """Make the model, still empty.

        Args:
            services: Names of the services by id, for the guide codes held to the scanner.
            parent: Owner.
        """
        self._services = services
        self._model = DockModel(self._act, parent, pay=self._pay)
        return self._model

    def start(self) -> None:
        """Begin to keep the model up to date."""
        model = self._model
        if model is not None:
            threading.Thread(target=self._serve, args=(model,), name="dock", daemon=True).start()

    def _serve(self, model: DockModel) -> None:
        import asyncio

        asyncio.run(self._run(model, self.connect()))

    def _act(self, device: str, action: str, arguments: Mapping[str, str]) -> None:
        if self._loop is not None and self._control is not None:
            import asyncio

            asyncio.run_coroutine_threadsafe(self._do(self._control, device, action, arguments), self._loop)

    def _pay(self, code: str) -> None:
        if self._loop is not None:
            import asyncio

            asyncio.run_coroutine_threadsafe(self._paid(code), self._loop)

    async def _paid(self, code: str) -> None:
        from kiosk.submission import BackendClient, BackendError

        try:
            async with BackendClient(self.backend) as client:
                await client.pay_simulated(code)
        except BackendError as error:
            log.warning("the simulated phone could not pay: %s", error.code)

    async def _do(self, control: Control, device: str, action: str, arguments: Mapping[str, str]) -> None:
        try:
            await control.do(device, action, **arguments)
        except RuntimeError as error:
            log.warning("the dock could not do it: %s", error)

    async def _run(self, model: DockModel, control: Control) -> None:
        import asyncio

        self._control, self._loop = control, asyncio.get_running_loop()
        await asyncio.gather(self._devices(control, model.menuArrived.emit), self._phone(model.messagesArrived.emit))

    async def _devices(self, control: Control, tell: Callable[[list[DockRow]], None]) -> None:
        import asyncio

        while True:
            with contextlib.suppress(RuntimeError):
                async with contextlib.aclosing(control.watch()) as changes:
                    async for states in changes:
                        tell(self._rows(await control.menu(), states))
            await asyncio.sleep(LOOK_AGAIN_S)

    def _rows(self, menu: Mapping[str, list[dict[str, Any]]], states: Mapping[str, Mapping[str, str]]) -> list[DockRow]:
        rows: list[DockRow] = []
        for device, entries in menu.items():
            title = DEVICES.get(device, device)
            for entry in entries:
                for row in self._entry_rows(device, title, entry):
                    rows.append(row)
                    title = "" if row.title else title
            fault = states.get(device, {}).get("fault", WELL)
            if fault != WELL:
                rows.append(_fault_row(device, title, FAULTY, fault))
        return rows

    def _entry_rows(self, device: str, title: str, entry: Mapping[str, Any]) -> list[DockRow]:
        action, argument = str(entry["action"]), str(entry.get("argument", ""))
        if action == FAULT:
            kinds = [str(choice["value"]) for choice in entry.get("choices", ())]
            return [_fault_row(device, "", FAULT, kind) for kind in kinds if kind != "unplugged"]
        if action not in ACTIONS:
            return []
        choices = [(str(choice["value"]), str(choice.get("title", ""))) for choice in entry.get("choices", ())]
        if action == "show" and not choices:
            choices = [(f"{SHOWN}{service}", name) for service, name in self._services.items()]
        elif argument and not choices:
            return []
        return [
            DockRow(
                device=device,
                title=title if index == 0 else "",
                deed=action,
                argument=argument if value else "",
                value=value,
                label=f"{ACTIONS[action]} {name or value}".strip(),
            )
            for index, (value, name) in enumerate(choices or [("", "")])
        ]

    async def _phone(self, tell: Callable[[list[MessageRow]], None]) -> None:
        import asyncio

        from kiosk.submission import BackendClient, BackendError

        async with BackendClient(self.backend) as client:
            while True:
                with contextlib.suppress(BackendError):
                    messages = await client.phone_messages()
                    tell(
                        [
                            MessageRow(to=message.to, text=message.text, time=f"{message.sent_at:%H:%M:%S}")
                            for message in messages[:5]
                        ]
                    )
                await asyncio.sleep(LOOK_AGAIN_S)


def _fault_row(device: str, title: str, deed: str, kind: str) -> DockRow:
    return DockRow(device=device, title=title, deed=deed, argument="kind", value=kind, label=FAULTS.get(kind, kind))
