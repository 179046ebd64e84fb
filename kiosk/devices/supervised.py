"""Keeps one device in use: opens it, watches it, notices when it is lost, opens it again. For every kind the same.

When to try is decided by ``policy``; here is what waits, calls the driver and counts. Whatever a driver does (hangs in
``open``, raises what it must not, never ends when it is cancelled), its own supervisor goes on and no other is held up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from typing import Any, Final, Generic, Protocol, TypeVar, cast

from drivers import status as contract
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceSilent
from drivers.status import WELL, Condition, Identity, State
from kiosk.devices import policy
from kiosk.devices.late import Late
from kiosk.devices.policy import Limits, Phase
from kiosk.diagnostics.model import Counters, DeviceStatus, Mishap

log = logging.getLogger(__name__)

OPEN_S: Final = 5.0
"""Opening may take so long."""
GRACE_S: Final = 1.0
"""What was cancelled may take so long to end; after that nobody waits for it."""
MISHAPS: Final = 10
SOON_S: Final = 3.0
"""So long after it was lost somebody who wants a device now waits for it."""


class Resting(contract.Device, Protocol):
    """What the driver of a device that rests has beside the others."""

    async def there(self) -> None:
        """Find out whether there is anything to open, without opening it. Raises ``DeviceError``."""

    async def leaves(self) -> None:
        """Wait until a device that is closed is no longer there; for ever where the wire has no such event."""


Device = TypeVar("Device", bound=contract.Device)
Result = TypeVar("Result")


class Supervised(Generic[Device]):
    """One device and its health.

    Args:
        kind: Of the device, as in the settings.
        device: The driver, not opened.
        announce: Called when state or cause has changed, on the event loop.
        limits: How patient to be.
        open_s: How long opening may take.
        rests: It is open only while it is ``wanted``, like a camera, which films nobody who does not look at its
            picture; in between its presence is watched. The driver must be ``Resting``.
    """

    def __init__(
        self,
        kind: str,
        device: Device,
        announce: Callable[[DeviceStatus], None],
        *,
        limits: Limits | None = None,
        open_s: float = OPEN_S,
        rests: bool = False,
    ) -> None:
        self.kind = kind
        self.device = device
        self._announce = announce
        self._limits = limits or Limits()
        self._open_s = open_s
        self._rests = rests
        self._health = policy.begin(_now_s(), self._limits)
        self._since = datetime.now(UTC)
        self._identity = Identity()
        self._counters = Counters()
        self._mishaps: deque[Mishap] = deque(maxlen=MISHAPS)
        self._is_open = False
        self._wanted = 0
        self._ready = asyncio.Event()
        self._tried = asyncio.Event()
        self._stirred = asyncio.Event()
        """Something changed that whoever waits here must look at: lost, released, wanted, no longer wanted."""
        self._stuck: set[asyncio.Task[Any]] = set()
        """Calls that were cancelled and did not end."""
        self._heard: list[asyncio.Future[DeviceStatus]] = []
        """Those who wait for its next change."""

    # --- for whoever uses the device ----------------------------------------------------------------------------

    async def ready(self) -> Device:
        """Wait until the device is open and works, and return it."""
        await self._ready.wait()
        return self.device

    async def soon(self, limit_s: float = SOON_S) -> Device:
        """Return the device when it is open, whatever its condition, or comes back at once: for who cannot wait.

        Raises:
            DeviceError: it was not open ``limit_s`` after it was lost; the code is the cause.
        """
        left_s = limit_s if self._health.state is State.STARTING else limit_s - (_now_s() - self._health.since_s)
        if not self._is_open and left_s > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await self._ready.wait()
        if not self._is_open:
            raise DeviceAbsent(f"{self.kind} is {self._health.state}", code=self._health.cause or "device.absent")
        return self.device

    @property
    def usable(self) -> bool:
        """Whether the device works, as far as anybody knows; one that rests is opened when it is wanted."""
        return self._health.state.usable

    @property
    def is_open(self) -> bool:
        """Whether the device is open now, whatever its condition."""
        return self._is_open

    @contextlib.contextmanager
    def wanted(self) -> Iterator[None]:
        """Keep a device that rests open inside; to one that does not rest it makes no difference."""
        self._wanted += 1
        self._stirred.set()
        try:
            yield
        finally:
            self._wanted -= 1
            self._stirred.set()

    def lost(self, error: Exception) -> DeviceError:
        """Note that the device failed in use; it is closed and opened afresh. Told more than once it counts once.

        Args:
            error: What its driver raised, and be it what it must not.

        Returns:
            What that means for the device.
        """
        known = self._known(error)
        if self._health.phase is Phase.IN_USE:
            self._counters = _one_more(self._counters, "lost")
            self._note(known, again=True)
            self._happened(policy.Lost(known.code))
        return known

    def succeeded(self) -> None:
        """Count something that was done: a read, a scan, a picture, a slip."""
        self._counters = _one_more(self._counters, "done")

    def failed(self, error: DeviceError) -> None:
        """Count something that was not done although the device is well."""
        self._counters = _one_more(self._counters, "failed")
        self._note(error, again=True)

    # --- for whoever looks after the device ---------------------------------------------------------------------

    def status(self) -> DeviceStatus:
        """Return how the device is."""
        return DeviceStatus(
            kind=self.kind,
            state=self._health.state,
            cause=self._health.cause,
            since=self._since,
            identity=self._identity,
            counters=self._counters,
            mishaps=tuple(self._mishaps),
        )

    def changed(self) -> asyncio.Future[DeviceStatus]:
        """Return what comes of the next change of state or cause from this call on, to be awaited now or later."""
        waiting: asyncio.Future[DeviceStatus] = asyncio.get_running_loop().create_future()
        self._heard = [each for each in self._heard if not each.done()] + [waiting]
        return waiting

    async def tried(self) -> DeviceStatus:
        """Wait until the device was tried for the first time, and return how it is then."""
        await self._tried.wait()
        return self.status()

    def release(self) -> None:
        """Try now, also when it was left alone; a technician has seen to it. One that is in use stays so."""
        self._happened(policy.Released())
        self._stirred.set()

    # --- the work -----------------------------------------------------------------------------------------------

    async def keep(self) -> None:
        """Keep the device in use until cancelled, then let go of it."""
        try:
            while True:
                await self._until_due()
                if await self._open():
                    await self._while_in_use()
                await self._close()
        finally:
            self._set_open(now=False)
            await self._close()

    async def _until_due(self) -> None:
        """Wait until it shall be tried: its time has come, it may have appeared, or somebody released it."""
        appears: asyncio.Task[None] | None = None
        if self._health.phase is Phase.WAITING and self._health.state is State.ABSENT:
            appears = asyncio.create_task(self._appears())
        try:
            while True:
                self._stirred.clear()
                self._happened(policy.Due())
                if self._health.phase is Phase.OPENING:
                    return
                wait_s = max(0.0, self._health.due_s - _now_s())
                await self._until_stirred(appears, limit_s=wait_s)
                if appears is not None and appears.done():
                    appears = None
                    self._happened(policy.Appeared())
        finally:
            if appears is not None:
                await self._end(appears)

    async def _appears(self) -> None:
        try:
            await _asked(self.device.appears())
        except Exception:  # a driver that cannot tell is tried by the clock
            log.exception("%s cannot tell whether it appears", self.kind)
            await asyncio.get_running_loop().create_future()

    async def _open(self) -> bool:
        """Open it; return whether it is in use."""
        try:
            if isinstance(self.device, Late):
                await self.device.made()  # importing takes as long as it takes
            condition = await (self._seen() if self._rests and not self._wanted else self._opened())
        except Exception as error:  # noqa: BLE001 - whatever a driver dies of, its device is tried again
            known = self._known(error)
            self._note(known)
            self._happened(policy.OpenFailed(known.code))
        else:
            self._happened(policy.Opened(condition))
        self._tried.set()
        return self._health.phase is Phase.IN_USE

    async def _seen(self) -> Condition:
        await self._bounded(_asked(cast("Resting", self.device).there()), self._open_s, "tell whether it is there")
        return WELL

    async def _opened(self) -> Condition:
        if self._stuck:
            await asyncio.wait(self._stuck)  # opening it twice at once would be worse than waiting
        condition = await self._bounded(self._opening(), self._open_s, "open")
        self._identity = self.device.identity
        self._counters = _one_more(self._counters, "opened")
        self._set_open(now=True)
        return condition

    async def _opening(self) -> Condition:
        await _asked(self.device.open())
        return await _asked(self.device.watch())

    async def _while_in_use(self) -> None:
        """Return when it is lost."""
        while self._health.phase is Phase.IN_USE:
            if not self._rests or self._wanted:
                await self._while_open()
            else:
                await self._while_resting()

    async def _while_open(self) -> None:
        """Watch it until it is lost, or nobody wants it open any more."""
        if not self._is_open:
            try:
                self._happened(policy.Changed(await self._opened()))
            except Exception as error:  # noqa: BLE001 - as in _open
                self.lost(error)
                return
        watching = asyncio.create_task(self._watch())
        try:
            while self._health.phase is Phase.IN_USE and (not self._rests or self._wanted):
                await self._until_stirred(watching)
                if watching.done():  # however it ended: nobody watches any more
                    self.lost(DeviceError(f"{self.kind} is not watched any more"))
        finally:
            await self._end(watching)

    async def _while_resting(self) -> None:
        """Let it rest until it is wanted, or left."""
        if self._is_open:
            self._set_open(now=False)
            await self._close()
        left = asyncio.create_task(self._leaves())
        try:
            while self._health.phase is Phase.IN_USE and not self._wanted:
                await self._until_stirred(left)
                if left.done():
                    self.lost(DeviceGone(f"{self.kind} left while it rested"))
        finally:
            await self._end(left)

    async def _watch(self) -> None:
        """Tell every change of its condition; return when it is lost."""
        last: Condition | None = None
        try:
            while True:
                condition = await _asked(self.device.watch())
                if condition == last:
                    # a driver that tells the same again and again must not spin
                    await asyncio.sleep(self._limits.first_wait_s)
                last = condition
                self._happened(policy.Changed(condition))
        except Exception as error:  # noqa: BLE001 - as in _open
            self.lost(error)

    async def _leaves(self) -> None:
        """Return when a device that rests has left."""
        try:
            await _asked(cast("Resting", self.device).leaves())
        except Exception as error:  # noqa: BLE001 - as in _open
            self.lost(error)

    async def _close(self) -> None:
        try:
            await self._bounded(_asked(self.device.close()), self._open_s, "close")
        except Exception:  # a device that is gone need not close; it is opened afresh all the same
            log.exception("%s did not close", self.kind)

    # --- what they share ----------------------------------------------------------------------------------------

    async def _until_stirred(self, task: asyncio.Task[None] | None, limit_s: float | None = None) -> None:
        """Wait until something changed, until ``task`` is done, or for ``limit_s``."""
        stirred = asyncio.create_task(self._stirred.wait())
        try:
            await asyncio.wait({stirred, task} if task else {stirred}, timeout=limit_s, return_when="FIRST_COMPLETED")
        finally:
            stirred.cancel()
        self._stirred.clear()

    async def _bounded(self, work: Coroutine[Any, Any, Result], limit_s: float, what: str) -> Result:
        """Do ``work`` within its limit; what hangs is cancelled.

        Raises:
            DeviceSilent: it hung.
            Exception: what the driver raised.
        """
        task = asyncio.create_task(work)
        try:
            done, _ = await asyncio.wait({task}, timeout=limit_s)
        except asyncio.CancelledError:
            await self._end(task)
            raise
        if not done:
            await self._end(task)
            raise DeviceSilent(f"{self.kind} did not {what} within {limit_s:g} s")
        if task.cancelled():
            raise DeviceError(f"{self.kind} cancelled itself while it was to {what}")
        return task.result()

    async def _end(self, task: asyncio.Task[Any]) -> None:
        """Cancel ``task`` and wait until it has ended, not for ever."""
        task.cancel()
        done, _ = await asyncio.wait({task}, timeout=GRACE_S)
        if not done:
            log.error("a call to %s does not end when it is cancelled", self.kind)
            self._stuck.add(task)
            task.add_done_callback(self._unstuck)
        elif not task.cancelled():
            task.exception()  # it is noted that somebody has seen it

    def _unstuck(self, task: asyncio.Task[Any]) -> None:
        self._stuck.discard(task)
        if not task.cancelled():
            task.exception()  # as in _end

    def _known(self, error: Exception) -> DeviceError:
        if isinstance(error, DeviceError):
            return error
        if not self._mishaps or self._mishaps[0].detail != repr(error):
            log.error("the driver of %s failed", self.kind, exc_info=error)
        return DeviceError(repr(error))

    def _note(self, error: DeviceError, *, again: bool = False) -> None:
        """Keep what went wrong; the same reason for not opening, try after try, is one mishap."""
        newest = self._mishaps[0] if self._mishaps else None
        if again or newest is None or (newest.code, newest.detail) != (error.code, error.detail):
            self._mishaps.appendleft(Mishap(at=datetime.now(UTC), code=error.code, detail=error.detail))

    def _set_open(self, *, now: bool) -> None:
        self._is_open = now
        self._settle()

    def _happened(self, event: policy.Event) -> None:
        before = self._health
        self._health = policy.step(before, event, _now_s(), self._limits)
        if self._health.phase is not before.phase:
            self._is_open = self._is_open and self._health.phase is Phase.IN_USE
            self._stirred.set()
        self._settle()
        if self._health.state is not before.state:
            self._since = datetime.now(UTC)
        if self._health.told != before.told:
            state, cause = self._health.told
            log.info("%s is %s%s", self.kind, state, f": {cause}" if cause else "")
            status = self.status()
            self._announce(status)
            for each in self._heard:
                if not each.done():
                    each.set_result(status)

    def _settle(self) -> None:
        if self._is_open and self.usable:
            self._ready.set()
        else:
            self._ready.clear()


async def _asked(work: Coroutine[Any, Any, Result]) -> Result:
    """Return what a driver does when it is asked to.

    Raises:
        Exception: what it raised. What is no ``Exception`` (a group with a cancellation in it, a panic of a library
            that is not written in Python) is one from here on: it would end the supervisors of all devices.
    """
    try:
        return await work
    except (Exception, asyncio.CancelledError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise DeviceError(repr(error)) from error


def _now_s() -> float:
    """Return the time of the event loop: when to try goes by the clock that the waits go by, whoever drives it."""
    try:
        return asyncio.get_running_loop().time()
    except RuntimeError:  # made before its loop runs
        return time.monotonic()


def _one_more(counters: Counters, name: str) -> Counters:
    values = {each: cast("int", getattr(counters, each)) for each in counters.__struct_fields__}
    return Counters(**{**values, name: values[name] + 1})
