"""Runs the visits of technicians at one terminal: takes events, steps the machine, performs what it asks for.

Lives on the core thread, in the loop of the session's runner. Whatever a technician does is written into the audit
before it is done, and what came of it after; a disk that takes no more keeps nobody from repairing it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from drivers.errors import DeviceError
from drivers.traffic import Tap
from kiosk.diagnostics import filing, mending, wiretap
from kiosk.diagnostics.audit import Action, Audit
from kiosk.diagnostics.bench import Question, Technician
from kiosk.diagnostics.chain import ChainError
from kiosk.diagnostics.entrance import Outcome
from kiosk.diagnostics.inspection import TERMINAL, Inspection
from kiosk.diagnostics.model import DeviceStatus
from kiosk.diagnostics.visit import Place, Trend, Visit, effects, events, step
from kiosk.diagnostics.visit.lines import line

log = logging.getLogger(__name__)

ENTRIES: Final = 50
"""Of the history, the newest."""
ACTIONS: Final = 200
"""Of the audit, the newest."""
FAILED: Final = "visit.failed"
NO_RECORDS: Final = "visit.no-records"
NOT_SAVED: Final = "visit.not-saved"
NOT_PRINTED: Final = "visit.not-printed"
NO_WIRE: Final = "visit.no-wire"
_HEARD_S: Final = 0.3
"""How often the page of a wire is shown anew."""


class Door(Protocol):
    """Checks codes; ``Entrance`` is one. Its calls block."""

    def shut_until(self) -> datetime | None:
        """Return until when no code is taken; None: one is."""

    def check(self, technician: str, given: str) -> Outcome:
        """Check a code, and remember that it was tried."""


class Cards(Protocol):
    """Knows technicians by their cards; ``kiosk.diagnostics.carding`` has one."""

    async def next(self) -> str:
        """Wait until a technician's card is laid down, once the one before is gone; return the staff number.

        Raises:
            DeviceError: a card that is a technician's and does not count; its code says why.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class Clocks:
    """How long a visit waits, in seconds."""

    idle_s: float = 180.0
    door_s: float = 60.0
    """At the door, where somebody may stand who knocked for fun."""
    warning_s: int = 20
    """The countdown; part of the time before."""
    limit_s: float = 7200.0
    """However long a test takes."""


Make = Callable[[str, Technician], Inspection]
"""Makes an inspection for a technician."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Surroundings:
    """What a visit stands on."""

    make: Make
    statuses: Callable[[], tuple[DeviceStatus, ...]]
    release: Callable[[str], None]
    """Tries a device at once."""
    hold: Callable[[bool], Awaitable[bool]]
    """Keeps citizens away, or lets them come again; tells whether they are kept away."""
    door: Door
    cards: Cards | None = None
    audit: Audit
    now: Callable[[], datetime]
    prefix: str = ""
    """Of the staff numbers of technicians."""
    clocks: Clocks = field(default_factory=Clocks)


class Visiting:
    """The visits of one terminal, one at a time.

    Args:
        around: What they stand on.
        changed: Called with every new state, on the core thread.
    """

    def __init__(self, around: Surroundings, changed: Callable[[Visit], None]) -> None:
        self._around = around
        self._changed = changed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: asyncio.Queue[events.Event] = asyncio.Queue()
        self._touched = asyncio.Event()
        self._attract = True
        """The page that invites is shown: a card may be laid down."""
        self._lent = False
        """Somebody else uses the devices: no card is waited for, as a reader does one thing at a time."""
        self._watching: asyncio.Task[None] | None = None
        self._ticket = 0
        """Of what is under way."""
        self._inspection: Inspection | None = None
        self._answers: asyncio.Queue[str] = asyncio.Queue(1)
        self._work: asyncio.Task[None] | None = None
        self._clock: asyncio.Task[None] | None = None
        self._opening: asyncio.Task[None] | None = None
        self.visit = Visit(prefix=around.prefix)

    def post(self, event: events.Event) -> None:
        """Take an event from any thread; while nobody runs this, it is dropped."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._queue.put_nowait, event)

    def saw(self, *, attract: bool) -> None:
        """Take notice that the session's state has changed; on the core thread.

        Args:
            attract: Whether the page that invites is shown.
        """
        self._attract = attract
        self._mind_the_cards()
        if self._inspection is not None:
            self._queue.put_nowait(events.DevicesChanged(devices=self._around.statuses()))

    def lend(self, lent: bool) -> None:
        """Let go of the card reader, or wait for cards again; on the core thread."""
        self._lent = lent
        self._mind_the_cards()

    async def run(self) -> None:
        """Run until cancelled; whatever goes on then ends."""
        self._loop = asyncio.get_running_loop()
        self._changed(self.visit)
        self._mind_the_cards()
        try:
            while True:
                await self._take(await self._queue.get())
        finally:
            self._loop = None
            for task in (self._work, self._clock, self._opening, self._watching):
                await _ended(task)

    async def _take(self, event: events.Event) -> None:
        if isinstance(event, events.Intent):
            self._touched.set()
        before = self.visit
        self.visit, wanted = step(before, event)
        for effect in wanted:
            try:
                await self._perform(effect)
            except Exception:  # the last resort: the way out of a visit is never lost, and citizens are served again
                log.exception("%s failed", type(effect).__name__)
                self._queue.put_nowait(events.Broken())
        if before.busy_with_hands and not self.visit.busy_with_hands:
            self._touched.set()
        await self._mind_the_clock()
        self._mind_the_cards()
        if self.visit is not before:
            log.debug("%s: %s → %s", type(event).__name__, before.place, self.visit.place)
            self._changed(self.visit)

    # --- what is asked for ----------------------------------------------------------------------------------------

    async def _perform(self, effect: effects.Effect) -> None:  # noqa: C901  # a table with a row each
        around = self._around
        await self._write(effect)
        match effect:
            case effects.Hold():
                await self._hold()
            case effects.Release():
                await _ended(self._opening)
                await around.hold(False)
            case effects.CheckCode():
                await self._check(effect)
            case effects.Enter():
                self._inspection = around.make(effect.operator, self)
                self._queue.put_nowait(events.Begun(tests=self._inspection.tests(), devices=around.statuses()))
            case effects.Leave():
                self._inspection = None
            case effects.Drop():
                await _ended(self._work)
            case effects.Reply():
                if not self._answers.full():
                    self._answers.put_nowait(effect.answer)
            case effects.ReleaseDevice():
                around.release(effect.device)
                self._queue.put_nowait(events.DevicesChanged(devices=around.statuses()))
            case effects.Work():
                await _ended(self._work)
                self._ticket = effect.ticket
                self._work = asyncio.create_task(self._do(effect))

    async def _hold(self) -> None:
        around = self._around
        if not await around.hold(True):
            self._queue.put_nowait(events.Occupied())
            return
        until = await asyncio.to_thread(around.door.shut_until)
        self._queue.put_nowait(events.Held(shut_until=until, card=around.cards is not None))
        await self._open_at(until)

    async def _check(self, effect: effects.CheckCode) -> None:
        outcome = await asyncio.to_thread(self._around.door.check, effect.number, effect.code)
        await self._note(effect.number, "code", "", outcome.code or "admitted")
        if outcome.code:
            self._queue.put_nowait(events.Refused(code=outcome.code, shut_until=outcome.shut_until))
            await self._open_at(outcome.shut_until)
        else:
            self._queue.put_nowait(events.Admitted(operator=effect.number))

    async def _open_at(self, until: datetime | None) -> None:
        async def opening(seconds: float) -> None:
            await asyncio.sleep(seconds)
            self._queue.put_nowait(events.DoorOpened())

        await _ended(self._opening)
        if until is not None:
            left_s = (until - self._around.now()).total_seconds()
            self._opening = asyncio.create_task(opening(max(0.0, left_s)))

    async def _do(self, work: effects.Work) -> None:
        """Do what takes a while, and tell how it went, whatever happens: no page waits for ever."""
        inspection = self._inspection
        if inspection is None:
            self._queue.put_nowait(events.NotDone(ticket=work.ticket, code=FAILED))
            return
        try:
            await self._done(work, inspection)
        except ChainError as error:
            log.warning("the records cannot be read: %s", error)
            self._queue.put_nowait(events.NotDone(ticket=work.ticket, code=NO_RECORDS))
        except DeviceError as error:
            self._queue.put_nowait(events.NotDone(ticket=work.ticket, code=error.code))
        except Exception:  # the last resort of a page that waits
            log.exception("%s failed", type(work).__name__)
            self._queue.put_nowait(events.NotDone(ticket=work.ticket, code=FAILED))

    async def _done(self, work: effects.Work, inspection: Inspection) -> None:  # a table with a row each
        ticket, tell = work.ticket, self._queue.put_nowait
        match work:
            case effects.Look():
                tell(events.Looked(ticket=ticket, report=await inspection.look()))
            case effects.RunTests():
                await self._test(work, inspection)
            case effects.Mend():
                self._forget_answers()
                await mending.mend(
                    inspection, work.kind, work.device, lambda each: tell(events.Mended(ticket=ticket, repair=each))
                )
                tell(events.MendOver(ticket=ticket))
                tell(events.DevicesChanged(devices=self._around.statuses()))
            case effects.MakeReport():
                tell(events.ReportMade(ticket=ticket, signed=await inspection.report()))
            case effects.PrintReport():
                words = await asyncio.to_thread(filing.words_in, work.language)
                printed = await inspection.print_report(work.signed, words)
                tell(
                    events.NotDone(ticket=ticket, code=NOT_PRINTED)
                    if printed is None
                    else events.ReportPrinted(ticket=ticket, proof=printed.proof)
                )
            case effects.SaveReport():
                await self._save(work, inspection)
            case effects.ReadHistory():
                await self._read(work, inspection)
            case effects.ReadAudit():
                actions, broken = await asyncio.to_thread(_audit, self._around.audit)
                tell(events.AuditRead(ticket=ticket, actions=actions, broken_row=broken))
            case effects.Listen():
                await self._listen(work, inspection)

    async def _test(self, work: effects.RunTests, inspection: Inspection) -> None:
        ticket, tell = work.ticket, self._queue.put_nowait
        for test in work.tests:
            self._forget_answers()
            result = await inspection.run(test, lambda each: tell(events.Advanced(ticket=ticket, progress=each)))
            tell(events.Found(ticket=ticket, result=result))
            tell(events.DevicesChanged(devices=self._around.statuses()))
        tell(events.TestsOver(ticket=ticket))

    async def _save(self, work: effects.SaveReport, inspection: Inspection) -> None:
        try:
            files = await asyncio.to_thread(filing.keep, inspection.bench.state_dir, work.signed)
        except OSError as error:
            log.warning("the report is not kept: %s", error)
            await self._note(inspection.operator, "report.saved", "", "failed")
            self._queue.put_nowait(events.NotDone(ticket=work.ticket, code=NOT_SAVED))
            return
        await self._note(inspection.operator, "report.saved", "", "done")
        self._queue.put_nowait(events.ReportSaved(ticket=work.ticket, files=files))

    async def _read(self, work: effects.ReadHistory, inspection: Inspection) -> None:
        entries = await inspection.entries(work.test, last=ENTRIES)
        trends: list[Trend] = []
        if work.test:
            units = {measure.name: measure.unit for entry in entries for measure in entry.result.measures}
            for name, unit in units.items():
                trends.append(Trend(measure=name, unit=unit, drift=await inspection.drift(work.test, name)))
        self._queue.put_nowait(events.HistoryRead(ticket=work.ticket, entries=entries, trends=tuple(trends)))

    async def _listen(self, work: effects.Listen, inspection: Inspection) -> None:
        settings = inspection.bench.settings
        tap = wiretap.listen(settings, work.device)
        if tap is None:
            self._queue.put_nowait(events.NotDone(ticket=work.ticket, code=NO_WIRE))
            return
        try:
            await self._show(tap, work.ticket)
        finally:
            wiretap.end(settings, work.device)
            await asyncio.shield(self._note(inspection.operator, "traffic", work.device, "over"))

    async def _show(self, tap: Tap, ticket: int) -> None:
        """Tell what passed, as often as an eye can follow, and only when something did."""
        told = None
        while tap.listening:
            now = wiretap.heard(tap)
            if now != told:
                told = now
                self._queue.put_nowait(events.TrafficHeard(ticket=ticket, heard=now, listening=True))
            await asyncio.sleep(_HEARD_S)
        self._queue.put_nowait(events.TrafficHeard(ticket=ticket, heard=wiretap.heard(tap), listening=False))

    # --- the technician, as a test or a repair asks -----------------------------------------------------------------

    async def answer(self, question: Question) -> str:
        """See ``Technician.answer``."""
        self._forget_answers()
        self._queue.put_nowait(events.Asked(ticket=self._ticket, question=question))
        return await self._answers.get()

    def _forget_answers(self) -> None:
        while not self._answers.empty():
            self._answers.get_nowait()

    # --- records --------------------------------------------------------------------------------------------------

    async def _write(self, effect: effects.Effect) -> None:
        """Write down what is about to be done."""
        words = line(effect)
        if words is not None:
            operator = self._inspection.operator if self._inspection is not None else words.operator or TERMINAL
            await self._note(operator, words.what, words.about, words.result)

    async def _note(self, operator: str, what: str, about: str = "", result: str = "") -> None:
        action = Action(at=self._around.now(), operator=operator, what=what, about=about, result=result)
        try:
            await asyncio.to_thread(self._around.audit.add, action)
        except ChainError as error:
            log.warning("an action of %s is not in the audit: %s", operator, error)

    # --- clocks and cards -------------------------------------------------------------------------------------------

    async def _mind_the_clock(self) -> None:
        inside = self.visit.place is not Place.CLOSED
        if inside and self._clock is None:
            self._clock = asyncio.create_task(self._watch_the_clock())
        elif not inside and self._clock is not None:
            await _ended(self._clock)
            self._clock = None

    async def _watch_the_clock(self) -> None:
        clocks = self._around.clocks
        try:
            async with asyncio.timeout(clocks.limit_s):
                while True:
                    await self._nobody_touches(clocks)
                    self._queue.put_nowait(events.IdleOver())
        except TimeoutError:
            self._queue.put_nowait(events.LimitOver())

    async def _nobody_touches(self, clocks: Clocks) -> None:
        """Return once nobody touched anything for long, warned before."""
        while True:
            self._touched.clear()
            patience_s = clocks.door_s if self.visit.place is Place.DOOR else clocks.idle_s
            if await self._touch_within(max(0.0, patience_s - clocks.warning_s)) or self.visit.busy_with_hands:
                continue
            for remaining_s in range(clocks.warning_s, 0, -1):
                self._queue.put_nowait(events.IdleWarned(remaining_s=remaining_s))
                if await self._touch_within(1.0):
                    break
            else:
                return

    async def _touch_within(self, limit_s: float) -> bool:
        try:
            async with asyncio.timeout(limit_s):
                await self._touched.wait()
        except TimeoutError:
            return False
        return True

    def _mind_the_cards(self) -> None:
        """Look for technicians' cards whenever one opens the door, and at no other time."""
        cards = self._around.cards
        open_to_cards = self._attract and not self._lent and not self.visit.operator
        wanted = cards is not None and self._loop is not None and open_to_cards
        if self._watching is not None and self._watching.done():
            self._watching = None
        if wanted and cards is not None and self._watching is None:
            self._watching = asyncio.create_task(self._watch(cards))
            self._watching.add_done_callback(self._watch_ended)
        elif not wanted and self._watching is not None:
            self._watching.cancel()

    def _watch_ended(self, watch: asyncio.Task[None]) -> None:
        if watch.cancelled():  # cards may be wanted again since it was
            self._mind_the_cards()

    async def _watch(self, cards: Cards) -> None:
        while True:
            try:
                number = await cards.next()
            except DeviceError as error:
                await self._note(TERMINAL, "card", "", error.code)
                self._queue.put_nowait(events.CardRefused(code=error.code))
            else:
                self._queue.put_nowait(events.CardProven(operator=number))


def _audit(audit: Audit) -> tuple[tuple[Action, ...], int | None]:
    return audit.actions(last=ACTIONS), audit.verify()


async def _ended(task: asyncio.Task[None] | None) -> None:
    """End a task, and wait until it has."""
    if task is not None and task is not asyncio.current_task():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
