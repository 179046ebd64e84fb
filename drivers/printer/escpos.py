"""Receipt printers that speak ESC/POS, over any wire.

While it is open the connection is held: the printer reports paper, cover, knife and faults by itself, and one that
cannot is asked at long intervals. A printer that does not take a held connection is called for each job.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import Final

from drivers.errors import DeviceGone, DeviceRefused, DeviceSilent, OutOfPaper
from drivers.printer.api import Printed, PrinterGone, PrinterSilent, PrinterStatus, Proof, Slip
from drivers.printer.commands import (
    FEED_AND_CUT,
    FEED_WITHOUT_KNIFE,
    INITIALISE,
    RECOVER_AND_FORGET,
    Piece,
    largest_piece_bytes,
    raster_pieces,
)
from drivers.printer.conversation import REPORT_CHANGES, Conversation
from drivers.printer.fonts import DEFAULT_FOLDER
from drivers.printer.holding import SLIP_WAITING_EVERY_S, Holding
from drivers.printer.job import Job, Stopped
from drivers.printer.profiles import GENERIC, Profile, Waiting
from drivers.printer.raster import SlipRaster, SlipTooWideError
from drivers.printer.status import trouble
from drivers.printer.typesetting import text_pieces
from drivers.printer.wires import Wire
from drivers.status import Condition, Identity

_log = logging.getLogger(__name__)

_PRESENTED_S: Final = 3.0
"""How long a slip may take from the knife to the mouth."""


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
        self._line = Holding(
            wire, profile, answer_s=answer_s, ask_every_s=ask_every_s, heard=self._hear, looked=self._tidy
        )
        self._presented: bool | None = None
        """Since the last slip: None: nothing seen in the presenter yet; True: seen; False: pulled back."""
        self._left_since: float | None = None

    @property
    def identity(self) -> Identity:
        """Maker, model, firmware and serial number where the printer or its wire tells."""
        return self._line.identity

    @property
    def held(self) -> bool:
        """Whether the connection is kept between jobs: False for one that hangs up who lies idle, or was not opened."""
        return self._line.held

    async def open(self) -> PrinterStatus:
        """Connect and ask the sensors; see ``ReceiptPrinter``."""
        return await self._line.open()

    async def close(self) -> None:
        """Cut off a job that runs; see ``ReceiptPrinter``."""
        await self._line.close()

    async def watch(self) -> Condition:
        """Wait for the next change; see ``Device.watch``."""
        return await self._line.watch()

    async def appears(self) -> None:
        """See ``Device.appears``."""
        await self._wire.appears()

    async def status(self) -> PrinterStatus:
        """Ask the sensors; see ``ReceiptPrinter``."""
        return await self._line.use(self._line.ask)

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
        return await self._line.use(lambda talk: self._print(talk, slip))

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
            await asyncio.sleep(min(SLIP_WAITING_EVERY_S, self._ask_every_s))

    async def retract(self) -> None:
        """Pull a slip that nobody took back into the machine.

        Raises:
            DeviceRefused: ``printer.no-presenter``: this printer cannot.
            DeviceGone, DeviceSilent: close and open afresh.
        """
        if not self._profile.retract:
            raise DeviceRefused(f"{self._profile.name} cannot pull a slip back", code="printer.no-presenter")
        await self._line.use(self._pull_back)

    # --- the presenter ----------------------------------------------------------------------------------------------

    def _hear(self, status: PrinterStatus) -> None:
        if not status.slip_waiting:
            self._left_since = None
            return
        if self._presented is None:
            self._presented = True
        if self._left_since is None:
            self._left_since = asyncio.get_running_loop().time()

    async def _tidy(self, talk: Conversation) -> None:
        """Pull back what was left too long: it is somebody's, and whoever comes next could take it."""
        since, limit_s = self._left_since, self._left_s
        if since is not None and limit_s is not None and asyncio.get_running_loop().time() - since >= limit_s:
            await self._pull_back(talk)

    async def _pull_back(self, talk: Conversation) -> None:
        await talk.say(self._profile.retract)
        self._presented = False
        self._left_since = None
        _log.info("a slip that nobody took was pulled back")

    # --- a slip -----------------------------------------------------------------------------------------------------

    async def _print(self, talk: Conversation, slip: Slip) -> Printed:
        status = await self._line.ask(talk)
        _refuse(status)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._worker, self._raster.check, slip)
        except SlipTooWideError as error:
            raise DeviceRefused(str(error), code="printer.slip-too-wide") from error
        if status.slip_waiting and self._profile.retract:
            await self._pull_back(talk)  # it belongs to the citizen before
        self._presented = None
        in_order = await self._line.in_order(talk)
        job = Job(talk, in_order=in_order, answer_s=self._answer_s, print_s=self._print_s)
        sent = False
        try:
            await self._begin(talk)
            await self._send_all(job, slip)
            sent = True
            await job.finish()
            return await self._conclude(talk, job, in_order=in_order)
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
            # What an interrupted job left hanging out belongs to another citizen: it never heads this slip. A piece cut
            # off in mid-command still waits for its dots: it gets white ones, and beyond them NUL is nothing.
            start = bytes(largest_piece_bytes(self._raster.width_dots)) + start + self._cut
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

    async def _conclude(self, talk: Conversation, job: Job, *, in_order: bool) -> Printed:
        talk.forget()
        if not in_order and self._profile.waiting is not Waiting.DLE_EOT_20:
            # Paper may still move, and there are printers that say nothing while it does.
            await talk.wait_until_it_answers(self._print_s)
        sound = await self._line.ask(talk)
        code = trouble(sound)
        if code:
            return await self._stopped(talk, job, code, Proof.SENT)
        await self._finished()
        return Printed(proof=Proof.DRAINED, dots=job.dots)

    async def _stopped(self, talk: Conversation, job: Job, code: str, proof: Proof) -> Printed:
        status = await self._line.ask(talk)
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
