"""Prints slips one after the other, tells the truth about each, and knows whether there is paper for the next.

A slip is written into the journal before the printer hears of it, and what became of it after. So its number exists
once, whatever happens between: a copy of a slip that may be on paper already has the same number and says that it is
a copy, and a slip of which nothing came out is printed again as if it were the first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

import msgspec

from drivers.errors import DeviceAbsent, DeviceError, DeviceRefused, OutOfPaper
from drivers.printer.api import Paper, Printed, PrinterGone, PrinterSilent, Proof, Slip
from kiosk.printing.journal import Attempt, Journal, JournalFailed
from kiosk.printing.roll import Roll

log = logging.getLogger(__name__)

RECEIPT: Final = "receipt"
"""The kind of slip that a service must be able to give."""
DOTS_PER_MM: Final = 203 / 25.4
SPARE_MM: Final = 40.0
"""Beyond the longest receipt: the next one may be a little longer."""
FIRST_MM: Final = 300.0
"""A receipt as long as this is counted on until one was printed."""

LOW: Final = "printer.paper-low"
UNWRITTEN: Final = "printer.journal"
PAPER_BY_CAUSE: Final = {"": Paper.OK, "printer.paper-near-end": Paper.NEAR_END, "printer.paper-out": Paper.OUT}
"""What the cause of a printer's condition says of the roll; other causes say nothing of it."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a slip."""

    number: str
    """Of the slip; empty when it got none."""
    proof: Proof | None
    """How far it came; None: nothing, or nobody knows what, came out."""
    code: str = ""
    """Why not all of it came out; empty: it did, or nothing says otherwise."""

    @property
    def proven(self) -> bool:
        """Whether the printer confirmed it."""
        return self.proof in (Proof.DRAINED, Proof.TAKEN)


class Press:
    """The one place a terminal prints at. Lives on the core thread.

    Args:
        journal: Keeps numbers and lengths.
        print_slip: Prints one slip; the printer's, or that of what keeps it open.
        stamp: Puts the number, and the mark of a copy, on a slip.
        clock: Time of the terminal.
        changed: Called when it changed whether a receipt can be given, with the code why not; empty: it can.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        print_slip: Callable[[Slip], Awaitable[Printed]],
        stamp: Callable[[Slip, Attempt], Slip],
        clock: Callable[[], datetime],
        changed: Callable[[str], None],
    ) -> None:
        self._journal = journal
        self._print_slip = print_slip
        self._stamp = stamp
        self._clock = clock
        self._changed = changed
        self._turn = asyncio.Lock()
        self._roll: Roll | None = None
        self._need_mm = FIRST_MM
        self._cause = ""
        self._unwritten = False
        self._shortage: str | None = None

    @property
    def left_mm(self) -> float | None:
        """How much paper is left, rather too little than too much; None before anything is known."""
        return None if self._roll is None else self._roll.left_mm

    @property
    def receipts_left(self) -> int | None:
        """How many receipts the paper is good for; None before anything is known."""
        return None if self._roll is None else int(self._roll.left_mm / self._need_mm)

    async def sensed(self, usable: bool, cause: str) -> None:
        """Take notice of the printer's condition.

        Args:
            usable: Whether it prints.
            cause: Code of what is wrong; empty: nothing.
        """
        self._cause = "" if usable else cause
        paper = PAPER_BY_CAUSE.get(cause)
        async with self._turn:
            await self._with_roll(lambda roll: roll if paper is None else roll.sensed(paper))
        self._tell()

    async def change_roll(self, length_mm: float | None = None) -> None:
        """A technician put a new roll in.

        Args:
            length_mm: As its label says; None: as the last one's.
        """
        async with self._turn:
            await self._with_roll(lambda roll: roll.changed(length_mm))
        self._tell()

    async def try_again(self) -> None:
        """See whether the journal can be written again, if it could not: the disk was full for a while, say."""
        if not self._unwritten:
            return
        async with self._turn:
            self._unwritten = False
            roll = await self._look_up()
            try:
                if roll is not None:
                    await asyncio.to_thread(self._journal.keep_roll, roll)
            except JournalFailed:
                self._unwritten = True
        self._tell()

    async def print(self, kind: str, compose: Callable[[], Slip], number: str = "") -> Outcome:
        """Print one slip to its end.

        Args:
            kind: ``receipt``, ``guide``, ``sheet``, ``ticket``, ``test``.
            compose: Lays it out; runs on a worker thread.
            number: Of an earlier outcome, to print the same slip again.
        """
        async with self._turn:
            roll = await self._look_up()
            held_mm = self._need_mm
            held = None if roll is None else roll.fed(held_mm)
            try:
                attempt = await asyncio.to_thread(self._journal.begin, kind, self._clock(), number, held)
            except JournalFailed as error:
                log.error("a slip cannot be numbered: %s", error)  # noqa: TRY400  # the cause is in the message
                self._unwritten = True
                self._tell()
                return Outcome(number=number, proof=None, code=UNWRITTEN)
            self._unwritten, self._roll = False, held
            outcome = await self._attempt(kind, attempt, compose, held_mm)
        self._tell()
        return outcome

    async def _attempt(self, kind: str, attempt: Attempt, compose: Callable[[], Slip], held_mm: float) -> Outcome:
        proof: Proof | None = None
        dots: int | None = None
        trace = "press.stopped"
        try:
            slip = await self._laid_out(compose, attempt)
            printed = await self._print_slip(slip)
            proof, dots, trace = printed.proof, printed.dots, printed.trace
        except DeviceError as error:
            log.warning("slip %s, copy %d: %s: %s", attempt.number, attempt.copy, error.code, error.detail)
            trace = error.code
            if isinstance(error, (PrinterGone, PrinterSilent)):
                dots = error.printed.dots
            elif isinstance(error, (OutOfPaper, DeviceRefused, DeviceAbsent)):
                dots = 0  # these promise that nothing was printed
        finally:
            if dots is not None:
                fed_mm = dots / DOTS_PER_MM
                self._roll = None if self._roll is None else self._roll.corrected(fed_mm - held_mm)
                if kind == RECEIPT:
                    self._need_mm = max(self._need_mm, fed_mm + SPARE_MM)
            await self._end(attempt, proof, dots, trace)
        return Outcome(number=attempt.number, proof=proof, code=trace)

    async def _laid_out(self, compose: Callable[[], Slip], attempt: Attempt) -> Slip:
        try:
            return await asyncio.to_thread(lambda: self._stamp(compose(), attempt))
        except Exception as error:
            log.exception("slip %s is not laid out", attempt.number)
            raise DeviceRefused("a slip that cannot be laid out", code=DeviceError.code) from error

    async def _end(self, attempt: Attempt, proof: Proof | None, dots: int | None, trace: str) -> None:
        try:
            await asyncio.to_thread(self._journal.end, attempt, self._clock(), proof, dots, trace, self._roll)
        except JournalFailed as error:
            log.error("what became of a slip is not kept: %s", error)  # noqa: TRY400  # the cause is in the message
            self._unwritten = True

    async def _with_roll(self, change: Callable[[Roll], Roll]) -> None:
        """Change what is known of the roll, and keep it."""
        before = await self._look_up()
        if before is None:
            return
        after = change(before)
        if after == before:
            return
        self._roll = after
        try:
            await asyncio.to_thread(self._journal.keep_roll, after)
        except JournalFailed as error:
            log.error("the roll is not kept: %s", error)  # noqa: TRY400  # the cause is in the message

    async def _look_up(self) -> Roll | None:
        if self._roll is None:
            try:
                self._roll = await asyncio.to_thread(self._journal.roll)
                longest = await asyncio.to_thread(self._journal.longest_dots, RECEIPT)
            except JournalFailed as error:
                log.error("the journal of slips: %s", error)  # noqa: TRY400  # the cause is in the message
                self._unwritten = True
                return None
            if longest:
                self._need_mm = longest / DOTS_PER_MM + SPARE_MM
        return self._roll

    def _tell(self) -> None:
        if self._cause:
            shortage = self._cause
        elif self._unwritten:
            shortage = UNWRITTEN
        elif self._roll is not None and self._roll.left_mm < self._need_mm:
            shortage = LOW
        else:
            shortage = ""
        if shortage != self._shortage:
            self._shortage = shortage
            self._changed(shortage)
