"""Keeps the connection to a printer, or calls it for each job; knows how it is, whether or not anybody uses it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final, TypeVar

from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, OutOfPaper
from drivers.printer.api import PrinterStatus
from drivers.printer.conversation import Conversation
from drivers.printer.profiles import Profile
from drivers.printer.status import condition
from drivers.printer.wires import Wire
from drivers.status import Condition, Identity

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

SLIP_WAITING_EVERY_S: Final = 0.3
"""How often a presenter is asked whether its slip was taken: no printer reports that."""

_REPORTED_TOO: Final = 6
"""A printer that reports by itself is asked so many times less often, in case it stopped reporting."""
_MOST_IDLE_HANG_UPS: Final = 3
"""After so many a printer is taken for one that hangs up whoever lies idle."""


class Holding:
    """The near end of a printer's wire. One job at a time; ``watch`` beside it.

    Args:
        wire: To the printer.
        profile: What the model can do.
        answer_s: Time allowed for an answer of the sensors.
        ask_every_s: How often a printer is asked that does not report by itself.
        heard: Called with every status that came, asked for or not.
        looked: Called after each look at a printer that nobody uses, with the connection.
    """

    def __init__(
        self,
        wire: Wire,
        profile: Profile,
        *,
        answer_s: float,
        ask_every_s: float,
        heard: Callable[[PrinterStatus], None],
        looked: Callable[[Conversation], Awaitable[None]],
    ) -> None:
        self.identity = Identity(
            maker=profile.maker, model=profile.model if profile.maker else "", connection=f"ESC/POS, {wire.place}"
        )
        self._wire = wire
        self._profile = profile
        self._answer_s = answer_s
        self._ask_every_s = ask_every_s
        self._heard = heard
        self._looked = looked
        self._turn = asyncio.Lock()
        self._held: Conversation | None = None
        self._talks: set[Conversation] = set()
        self._jobs: set[asyncio.Task[Any]] = set()
        self._keeper: asyncio.Task[None] | None = None
        self._closings = 0
        self._hold = profile.held
        self._hang_ups = 0
        self._status: PrinterStatus | None = None
        self._told: Condition | None = None
        self._in_order: bool | None = None
        """Whether it answers GS r; None: not tried since it was opened."""
        self._failure: DeviceError | None = DeviceGone("not open")
        self._news = asyncio.Event()

    @property
    def held(self) -> bool:
        """Whether the connection is kept between jobs."""
        return self._hold and self._keeper is not None

    async def open(self) -> PrinterStatus:
        """Connect, ask the sensors and begin to look after the printer."""
        return await self._job(self._open())

    async def close(self) -> None:
        """Hang up and cut off what runs. Safe at any time; raises nothing."""
        self._closings += 1
        self._fail(DeviceGone("closed"))
        # A cable that came and went looks as a printer that hangs up: whoever opens again tries holding again.
        self._hold, self._hang_ups = self._profile.held, 0
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.cancel()
            await asyncio.wait([keeper])
        self._held = None
        for talk in tuple(self._talks):
            await talk.end()
            self._talks.discard(talk)
        if self._jobs:
            await asyncio.wait(tuple(self._jobs))
        # A call that was given up while it was put through may still get through: it is let go of before the next.
        await self._wire.close()

    async def watch(self) -> Condition:
        """Wait for the next change; see ``Device.watch``."""
        while True:
            if self._failure is not None:
                raise self._failure.again()
            now = None if self._status is None else condition(self._status)
            if now is not None and now != self._told:
                self._told = now
                return now
            self._news.clear()
            await self._news.wait()

    async def use(self, do: Callable[[Conversation], Awaitable[_T]]) -> _T:
        """Do something over the connection, held or called for it, to its end: whether or not somebody waits for it."""
        return await self._job(self._use(do))

    async def in_order(self, talk: Conversation) -> bool:
        """Return whether the printer says when it has worked off what came before; tried out when not yet known."""
        if self._in_order is None:
            self._in_order = self._profile.in_order and await talk.tells_order()
            if self._profile.in_order and not self._in_order:
                _log.warning("%s does not answer GS r: how far a slip has come is not known", self._wire.place)
        return self._in_order

    async def ask(self, talk: Conversation) -> PrinterStatus:
        """Ask all sensors."""
        status = await talk.status()
        self._hear(status)
        return status

    # --- calling and hanging up -------------------------------------------------------------------------------------

    async def _open(self) -> PrinterStatus:
        async with self._turn:
            if self._held is None or self._held.lost.is_set():
                await self._drop(self._held)
                self._in_order = None
                status = await self._call_and_ask()
            else:
                status = await self._held.status()
            self._failure, self._told = None, None
            self._hear(status)
            if self._keeper is None:
                self._keeper = asyncio.create_task(self._keep(), name="printer keeper")
            return status

    async def _call_and_ask(self, *, absent: bool = True) -> PrinterStatus:
        """Connect, ask, and keep the connection if it is one to be held."""
        talk, identity = await self._call(absent=absent)
        try:
            status = await talk.status()
            await self._introduce(talk, identity, status)
        except BaseException:
            await self._drop(talk)
            raise
        if self._hold:
            self._held = talk
        else:
            await self._drop(talk)
        return status

    async def _call(self, *, absent: bool = True) -> tuple[Conversation, Identity]:
        """Connect. Raises what ``Wire.open`` does; without ``absent`` it was there, so that it is gone."""
        closings = self._closings
        talk = Conversation(self._wire, self._profile, answer_s=self._answer_s, heard=self._hear)
        self._talks.add(talk)
        try:
            identity = await talk.begin()
        except DeviceAbsent as error:
            await self._drop(talk)
            raise error if absent else DeviceGone(error.detail) from error
        except BaseException:
            await self._drop(talk)
            raise
        if closings != self._closings:
            await self._drop(talk)
            raise DeviceGone("closed while it was called")
        return talk, identity

    async def _drop(self, talk: Conversation | None) -> None:
        if talk is None:
            return
        if talk is self._held:
            self._held = None
        self._talks.discard(talk)
        await talk.end()

    async def _introduce(self, talk: Conversation, wired: Identity, status: PrinterStatus) -> None:
        """Ask who is there and for reports. A printer that stands still hears neither: it is asked again later."""
        known = self.identity
        told = Identity()
        if self._profile.identity and status.can_print and not known.serial:
            told = await talk.identify()
        self.identity = Identity(
            maker=told.maker or wired.maker or known.maker,
            model=told.model or wired.model or known.model,
            serial=told.serial or wired.serial or known.serial,
            firmware=told.firmware or wired.firmware or known.firmware,
            connection=wired.connection or known.connection,
        )
        if status.can_print:
            await self.in_order(talk)
        if self._hold and status.can_print:
            await talk.ask_for_reports()

    async def _use(self, do: Callable[[Conversation], Awaitable[_T]]) -> _T:
        async with self._turn, self._talking() as talk:
            return await do(talk)

    @asynccontextmanager
    async def _talking(self) -> AsyncIterator[Conversation]:
        """Give the held connection, or one for this job."""
        held = self._held
        if held is not None and not held.lost.is_set():
            try:
                yield held
            except DeviceError as error:
                if isinstance(error, (DeviceRefused, OutOfPaper)):
                    raise
                await self._drop(held)
                self._fail(error)
                raise
            return
        await self._drop(held)
        talk, _ = await self._call(absent=False)
        try:
            yield talk
        finally:
            if self.held and not talk.lost.is_set():
                self._held = talk
            else:
                await self._drop(talk)

    async def _job(self, work: Coroutine[Any, Any, _T]) -> _T:
        job = asyncio.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._job_done)
        return await asyncio.shield(job)

    def _job_done(self, job: asyncio.Task[Any]) -> None:
        self._jobs.discard(job)
        if not job.cancelled():
            job.exception()  # somebody who stopped waiting does not want to hear how it ended

    # --- looking after it -------------------------------------------------------------------------------------------

    async def _keep(self) -> None:
        """Look after the printer while nobody uses it, until it is lost or closed."""
        try:
            while True:
                await self._pause()
                async with self._turn:
                    await self._look()
        except DeviceError as error:
            self._keeper = None
            await self._drop(self._held)
            self._fail(error)

    async def _pause(self) -> None:
        """Wait until it is time to look again, or the connection ended."""
        held = self._held
        every_s = self._ask_every_s
        if held is not None and held.reports:
            every_s *= _REPORTED_TOO
        if self._status is not None and self._status.slip_waiting:
            every_s = min(every_s, SLIP_WAITING_EVERY_S)
        if held is None:
            await asyncio.sleep(every_s)
            return
        try:
            async with asyncio.timeout(every_s):
                await held.lost.wait()
        except TimeoutError:
            return

    async def _look(self) -> None:
        held = self._held
        if held is not None and held.lost.is_set():
            await self._drop(held)
            self._hang_ups += 1
            if self._hang_ups >= _MOST_IDLE_HANG_UPS and self._hold:
                _log.warning("%s hangs up when it lies idle: it is called for each job from now on", self._wire.place)
                self._hold = False
        talk = self._held
        if talk is None:
            status = await self._call_and_ask(absent=False)
            self._hear(status)
        else:
            status = await self.ask(talk)
            if not talk.reports and status.can_print and self._hold:
                await talk.ask_for_reports()
        if self._held is not None:
            await self._looked(self._held)

    def _hear(self, status: PrinterStatus) -> None:
        if status.slip_waiting is None and self._status is not None:
            status = replace(status, slip_waiting=self._status.slip_waiting)
        self._status = status
        self._heard(status)
        self._news.set()

    def _fail(self, error: DeviceError) -> None:
        if self._failure is None:
            self._failure = error
        self._news.set()
