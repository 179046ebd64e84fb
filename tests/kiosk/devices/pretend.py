"""A driver whose device is a few flags: what a supervisor makes of whatever a driver may do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from drivers.errors import DeviceAbsent, DeviceError, DeviceGone
from drivers.status import WELL, Condition, Identity
from kiosk.devices.policy import Limits
from kiosk.devices.supervised import Supervised
from kiosk.diagnostics.model import DeviceStatus

LIMIT_S = 30.0
QUICK = Limits(first_wait_s=0.002, longest_wait_s=0.02, early_tries=1000, flaps=1000)


class Pretended:
    """A device that is there or not, and does what a test says."""

    def __init__(self, *, there: bool = True) -> None:
        self.there_now = there
        self.calls: list[str] = []
        self.fails: Exception | None = None
        """What ``open`` raises."""
        self.hangs = False
        self.deaf = False
        """A hanging ``open`` does not hear that it is cancelled."""
        self.let_go = asyncio.Event()
        self.condition = WELL
        self.is_open = False
        self._changed = asyncio.Event()

    @property
    def identity(self) -> Identity:
        return Identity(maker="Pretence", serial="1")

    def change(self) -> None:
        """Wake whoever waits for something to change here."""
        self._changed.set()

    def called(self, verb: str) -> None:
        self.calls.append(verb)
        self.change()

    def pull(self) -> None:
        self.there_now = False
        self.change()

    def plug(self) -> None:
        self.there_now = True
        self.change()

    def becomes(self, condition: Condition) -> None:
        self.condition = condition
        self.change()

    async def comes_to(self, holds: Callable[[], bool]) -> None:
        """Wait until what was called, or what became of it, is so; for what nobody announces."""
        async with asyncio.timeout(LIMIT_S):
            await self.until(holds)

    async def until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self._changed.clear()
            await self._changed.wait()

    async def open(self) -> None:
        self.called("open")
        if self.deaf:
            while not self.let_go.is_set():
                try:
                    await self.let_go.wait()
                except asyncio.CancelledError:
                    self.called("deaf")
            self.deaf = False
            raise DeviceError("let go")
        if self.hangs:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.called("cancelled")
                raise
        if self.fails is not None:
            raise self.fails
        if not self.there_now:
            raise DeviceAbsent("nothing is plugged in")
        self.is_open = True
        self._told: Condition | None = None

    async def close(self) -> None:
        self.is_open = False
        self.called("close")

    async def watch(self) -> Condition:
        await self.until(lambda: not (self.there_now and self.is_open) or self.condition != self._told)
        if not (self.there_now and self.is_open):
            raise DeviceGone("pulled")
        self._told = self.condition
        return self.condition

    async def appears(self) -> None:
        await self.until(lambda: self.there_now)

    async def leaves(self) -> None:
        await self.until(lambda: not self.there_now)

    async def there(self) -> None:
        self.called("there")
        if not self.there_now:
            raise DeviceAbsent("nothing is plugged in")

    async def use(self) -> str:
        """Something to do with it."""
        if not self.is_open:
            raise DeviceGone("not open")
        return "used"


class Heard:
    """What was announced, to wait for."""

    def __init__(self) -> None:
        self.statuses: list[DeviceStatus] = []
        self._news = asyncio.Event()

    def __call__(self, status: DeviceStatus) -> None:
        self.statuses.append(status)
        self._news.set()

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(str(each.state), each.cause) for each in self.statuses]

    async def until(self, state: str, cause: str = "", *, times: int = 1) -> None:
        """Wait until this was announced so many times."""
        async with asyncio.timeout(LIMIT_S):
            while self.told.count((state, cause)) < times:
                self._news.clear()
                await self._news.wait()


def supervised(
    device: Pretended, heard: Heard, *, limits: Limits = QUICK, open_s: float = 0.05, rests: bool = False
) -> Supervised[Pretended]:
    return Supervised("idreader", device, heard, limits=limits, open_s=open_s, rests=rests)
