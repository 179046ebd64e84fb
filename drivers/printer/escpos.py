"""Receipt printers that speak ESC/POS, over any wire.

While it is open the connection is held: the printer reports paper, cover, knife and faults by itself, and one that
cannot is asked at long intervals. A printer that does not take a held connection is called for each job.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, DeviceSilent, OutOfPaper
from drivers.printer.api import Printed, PrinterGone, PrinterSilent, PrinterStatus, Proof, Slip
from drivers.printer.commands import (
    FEED_AND_CUT,
    FEED_WITHOUT_KNIFE,
    INITIALISE,
    RECOVER_AND_FORGET,
    Piece,
    raster_pieces,
)
from drivers.printer.conversation import REPORT_CHANGES, Conversation
from drivers.printer.fonts import DEFAULT_FOLDER
from drivers.printer.job import Job, Stopped
from drivers.printer.profiles import GENERIC, Profile, Waiting
from drivers.printer.raster import SlipRaster, SlipTooWideError
from drivers.printer.status import condition, trouble
from drivers.printer.typesetting import text_pieces
from drivers.printer.wires import Wire
from drivers.status import Condition, Identity

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

_REPORTED_TOO: Final = 6
"""A printer that reports by itself is asked so many times less often, in case it stopped reporting."""
_SLIP_LEFT_EVERY_S: Final = 0.3
"""How often a presenter is asked whether its slip was taken: no printer reports that."""
_PRESENTED_S: Final = 3.0
"""How long a slip may take from the knife to the mouth."""
_MOST_IDLE_HANG_UPS: Final = 2
"""After so many a printer is taken for one that hangs up whoever lies idle."""


class Letters(StrEnum):
    """Who draws the letters."""

    RASTER = "raster"
    """We do: every character, dot for dot."""
    PRINTER = "printer"
    """The printer does, where it can; see ``drivers.printer.typesetting``."""


class EscposPrinter:
    """A ``ReceiptPrinter``.

    Args:
        wire: To the printer; see ``drivers.printer.wires``.
        profile: What the model can do.
        width_dots: Printable width; None: the profile's.
        letters: Who draws them.
        answer_s: Time allowed for an answer of the sensors.
        print_s: Time allowed for the paper to stand still: between two pieces, and for the last one and the cut.
        ask_every_s: How often a printer is asked that does not report by itself.
        left_s: How long a slip may wait in the presenter before it is pulled back; None: for ever.
        unfinished: A file that is there while a slip is on its way: what a crash left hanging out is cut off first.
        font_folder: Where Noto Sans CJK is.

    Raises:
        FontMissingError: it is not there.
        ValueError: no width is known, or it is no multiple of 8.
    """

    def __init__(
        self,
        wire: Wire,
        profile: Profile = GENERIC,
        *,
        width_dots: int | None = None,
        letters: Letters = Letters.RASTER,
        answer_s: float = 2.0,
        print_s: float = 10.0,
        ask_every_s: float = 10.0,
        left_s: float | None = None,
        unfinished: Path | None = None,
        font_folder: Path = DEFAULT_FOLDER,
    ) -> None:
        width = width_dots or profile.width_dots
        if width is None:
            raise ValueError(f"how wide {profile.name} prints is not known: set width_dots")
        self._wire = wire
        self._profile = profile
        self._letters = letters
        self._answer_s = answer_s
        self._print_s = print_s
        self._ask_every_s = ask_every_s
        self._left_s = left_s if profile.retract else None
        self._unfinished = unfinished
        self._half_printed = unfinished is not None and unfinished.exists()
        self._raster = SlipRaster(width, font_folder)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=f"printer {wire.place}")
        self._identity = Identity(
            maker=profile.maker, model=profile.model if profile.maker else "", connection=f"ESC/POS, {wire.place}"
        )
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
        self._failure: DeviceError | None = DeviceGone("not open")
        self._news = asyncio.Event()
        self._presented: bool | None = None
        """Since the last slip: None: nothing seen in the presenter yet; True: seen; False: pulled back."""
        self._left_since: float | None = None

    @property
    def identity(self) -> Identity:
        """Maker, model, firmware and serial number where the printer or its wire tells."""
        return self._identity

    @property
    def held(self) -> bool:
        """Whether the connection is kept between jobs: False for one that hangs up who lies idle, or was not opened."""
        return self._hold and self._keeper is not None

    async def open(self) -> PrinterStatus:
        """Connect and ask the sensors; see ``ReceiptPrinter``."""
        return await self._job(self._open())

    async def close(self) -> None:
        """Cut off a job that runs; see ``ReceiptPrinter``."""
        self._closings += 1
        self._fail(DeviceGone("closed"))
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

    async def watch(self) -> Condition:
        """Wait for the next change; see ``Device.watch``."""
        while True:
            if self._failure is not None:
                raise self._failure.with_traceback(None)
            now = None if self._status is None else condition(self._status)
            if now is not None and now != self._told:
                self._told = now
                return now
            self._news.clear()
            await self._news.wait()

    async def appears(self) -> None:
        """See ``Device.appears``."""
        await self._wire.appears()

    async def status(self) -> PrinterStatus:
        """Ask the sensors; see ``ReceiptPrinter``."""
        return await self._job(self._with_talk(self._ask))

    async def print_slip(self, slip: Slip) -> Printed:
        """Print and cut; see ``ReceiptPrinter``.

        A call that is cancelled prints to the end: half a slip helps nobody.

        Returns:
            ``DRAINED``: printed, cut, and no fault after. ``SENT``: the printer took all bytes, then stopped with a
            fault or did not say that it came to the end. ``SPOOLED``: it stopped before it had taken all. ``trace``
            says why. The next job cuts off what hangs out.

        Raises:
            OutOfPaper, DeviceRefused: nothing was printed. Codes of the latter: ``printer.cover-open``,
                ``printer.cutter``, ``printer.fault``, ``printer.offline``, ``printer.slip-too-wide``.
            PrinterGone, PrinterSilent: part of the slip may be printed.
            DeviceGone, DeviceSilent, DeviceGarbled: nothing was printed.
        """
        return await self._job(self._with_talk(lambda talk: self._print(talk, slip)))

    async def taken(self) -> None:
        """Wait until the slip was taken; see ``ReceiptPrinter``."""
        if self._profile.waiting is Waiting.NEVER:
            raise DeviceRefused(f"{self._profile.name} does not tell", code="printer.no-presenter")
        until = asyncio.get_running_loop().time() + _PRESENTED_S
        while True:
            waits = (await self.status()).slip_waiting
            if self._presented is False:
                raise DeviceRefused("nobody took the slip: it was pulled back", code="printer.slip-retracted")
            # The way from the knife to the mouth takes a moment: until it was seen there, "not there" says nothing.
            if not waits and (self._presented or asyncio.get_running_loop().time() >= until):
                return
            await asyncio.sleep(min(_SLIP_LEFT_EVERY_S, self._ask_every_s))

    async def retract(self) -> None:
        """Pull a slip that nobody took back into the machine.

        Raises:
            DeviceRefused: ``printer.no-presenter``: this printer cannot.
            DeviceGone, DeviceSilent: close and open afresh.
        """
        if not self._profile.retract:
            raise DeviceRefused(f"{self._profile.name} cannot pull a slip back", code="printer.no-presenter")
        await self._job(self._with_talk(self._pull_back))

    # --- the connection ---------------------------------------------------------------------------------------------

    async def _open(self) -> PrinterStatus:
        async with self._turn:
            if self._held is None or self._held.lost.is_set():
                await self._drop(self._held)
                talk, identity = await self._call()
                try:
                    status = await talk.status()
                    await self._introduce(talk, identity, status)
                except BaseException:
                    await self._drop(talk)
                    raise
                await self._keep_or_drop(talk)
            else:
                status = await self._held.status()
            self._failure, self._told = None, None
            self._hear(status)
            if self._keeper is None:
                self._keeper = asyncio.create_task(self._keep(), name="printer keeper")
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
        known = self._identity
        told = Identity()
        if self._profile.identity and status.can_print and not known.serial:
            told = await talk.identify()
        self._identity = Identity(
            maker=told.maker or wired.maker or known.maker,
            model=told.model or wired.model or known.model,
            serial=told.serial or wired.serial or known.serial,
            firmware=told.firmware or wired.firmware or known.firmware,
            connection=wired.connection or known.connection,
        )
        if self._hold and status.can_print:
            await talk.ask_for_reports()

    async def _keep_or_drop(self, talk: Conversation) -> None:
        if self._hold:
            self._held = talk
        else:
            await self._drop(talk)

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
            if self._keeper is not None and self._hold and not talk.lost.is_set():
                self._held = talk
            else:
                await self._drop(talk)

    async def _with_talk(self, do: Callable[[Conversation], Awaitable[_T]]) -> _T:
        async with self._turn, self._talking() as talk:
            return await do(talk)

    async def _job(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Do ``work`` to its end, whether or not somebody waits for it."""
        job = asyncio.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._job_done)
        return await asyncio.shield(job)

    def _job_done(self, job: asyncio.Task[Any]) -> None:
        self._jobs.discard(job)
        if not job.cancelled():
            job.exception()  # somebody who stopped waiting does not want to hear how it ended

    # --- how it is --------------------------------------------------------------------------------------------------

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
            every_s = min(every_s, _SLIP_LEFT_EVERY_S)
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
        talk = self._held
        if talk is None:
            talk, identity = await self._call(absent=False)
            self._hang_ups += held is not None  # it answers, so it was no pulled cable
            if self._hang_ups >= _MOST_IDLE_HANG_UPS and self._hold:
                _log.warning("%s hangs up when it lies idle: it is called for each job from now on", self._wire.place)
                self._hold = False
            try:
                status = await talk.status()
                await self._introduce(talk, identity, status)
            except BaseException:
                await self._drop(talk)
                raise
            await self._keep_or_drop(talk)
        else:
            status = await self._ask(talk)
            if not talk.reports and status.can_print and self._hold:
                await talk.ask_for_reports()
        self._hear(status)
        if self._held is not None and self._left_too_long:
            await self._pull_back(self._held)

    @property
    def _left_too_long(self) -> bool:
        if self._left_since is None or self._left_s is None:
            return False
        return asyncio.get_running_loop().time() - self._left_since >= self._left_s

    async def _ask(self, talk: Conversation) -> PrinterStatus:
        status = await talk.status()
        self._hear(status)
        return status

    def _hear(self, status: PrinterStatus) -> None:
        if status.slip_waiting is None and self._status is not None:
            status = replace(status, slip_waiting=self._status.slip_waiting)
        self._status = status
        if status.slip_waiting:
            if self._presented is None:
                self._presented = True
            if self._left_since is None:
                self._left_since = asyncio.get_running_loop().time()
        else:
            self._left_since = None
        self._news.set()

    def _fail(self, error: DeviceError) -> None:
        if self._failure is None:
            self._failure = error
        self._news.set()

    async def _pull_back(self, talk: Conversation) -> None:
        await talk.say(self._profile.retract)
        self._presented = False
        self._left_since = None
        _log.info("a slip that nobody took was pulled back")

    # --- a slip -----------------------------------------------------------------------------------------------------

    async def _print(self, talk: Conversation, slip: Slip) -> Printed:
        status = await self._ask(talk)
        _refuse(status)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._worker, self._raster.check, slip)
        except SlipTooWideError as error:
            raise DeviceRefused(str(error), code="printer.slip-too-wide") from error
        if status.slip_waiting and self._profile.retract:
            await self._pull_back(talk)  # it belongs to the citizen before
        self._presented = None
        job = Job(talk, in_order=self._profile.in_order, answer_s=self._answer_s, print_s=self._print_s)
        sent = False
        try:
            await self._begin(talk)
            await self._send_all(job, slip)
            sent = True
            await job.finish()
            return await self._conclude(talk, job)
        except Stopped as stop:
            return await self._stopped(talk, job, stop.code, Proof.SENT if sent else Proof.SPOOLED)
        except DeviceSilent as error:
            printed = Printed(proof=Proof.SPOOLED, dots=job.settle(), trace=error.code)
            raise PrinterSilent(error.detail, printed) from error
        except DeviceGone as error:
            printed = Printed(proof=Proof.SPOOLED, dots=job.settle(), trace=error.code)
            raise PrinterGone(error.detail, printed) from error

    async def _begin(self, talk: Conversation) -> None:
        start = INITIALISE
        if talk.reports:
            start += REPORT_CHANGES
        if self._half_printed:
            # What an interrupted job left hanging out belongs to another citizen: it never heads this slip.
            start += self._cut
        if self._unfinished is not None:
            await asyncio.to_thread(_touch, self._unfinished)
        self._half_printed = True
        await talk.say(start)

    async def _send_all(self, job: Job, slip: Slip) -> None:
        loop = asyncio.get_running_loop()
        pieces = self._pieces(slip)
        waiting: Piece | None = None
        while (piece := await loop.run_in_executor(self._worker, next, pieces, None)) is not None:
            if waiting is not None:
                await job.send(waiting)
            waiting = piece
        if waiting is not None:
            # The cut goes with the last piece: worked off means cut.
            await job.send(Piece(data=waiting.data + self._cut + self._profile.present, dots=waiting.dots))

    def _pieces(self, slip: Slip) -> Iterator[Piece]:
        if self._letters is Letters.PRINTER and self._profile.chinese:
            return text_pieces(slip, self._raster)
        return raster_pieces(self._raster.strips(slip), self._raster.width_dots)

    async def _conclude(self, talk: Conversation, job: Job) -> Printed:
        talk.forget()
        sound = await self._ask(talk)
        code = trouble(sound)
        if code:
            return await self._stopped(talk, job, code, Proof.SENT)
        await self._finished()
        return Printed(proof=Proof.DRAINED, dots=job.dots)

    async def _stopped(self, talk: Conversation, job: Job, code: str, proof: Proof) -> Printed:
        status = await self._ask(talk)
        job.settle()
        code = code or trouble(status) or "device.silent"
        _log.warning("a slip stopped on its way after %d rows: %s: %s", job.dots, code, status)
        if code == "printer.cutter":
            await talk.say(RECOVER_AND_FORGET)
        if self._profile.clear:
            # The rest would come out once there is paper again, in front of whoever stands there then.
            await talk.say(self._profile.clear)
        return Printed(proof=proof, dots=job.dots, trace=code)

    async def _finished(self) -> None:
        self._half_printed = False
        if self._unfinished is not None:
            await asyncio.to_thread(self._unfinished.unlink, missing_ok=True)

    @property
    def _cut(self) -> bytes:
        return FEED_AND_CUT if self._profile.knife else FEED_WITHOUT_KNIFE


def _touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def _refuse(status: PrinterStatus) -> None:
    """Raise what the caller of ``print_slip`` must know before anything is printed."""
    match trouble(status):
        case "":
            return
        case "printer.paper-out":
            raise OutOfPaper("the sensors say: paper end")
        case "printer.cover-open":
            raise DeviceRefused("the cover is open", code="printer.cover-open")
        case "printer.cutter":
            raise DeviceRefused("the cutter is stuck", code="printer.cutter")
        case "printer.fault":
            raise DeviceRefused("an error that does not go away by itself", code="printer.fault")
        case _:
            raise DeviceRefused("offline without a reason given", code="printer.offline")
