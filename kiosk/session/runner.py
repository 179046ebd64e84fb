"""Runs the sessions of one terminal: takes events, steps the machine, performs what it asks for.

Lives on the core thread, in one asyncio loop. The screen posts intents from its own thread and is told every new state.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from msgspec.structs import replace

from kiosk.contract import Application
from kiosk.devices.equipment import Equipment
from kiosk.printing import Press
from kiosk.session import beside_effects, effects, events, own_effects
from kiosk.session.effects import Activity, Slot, activities
from kiosk.session.house import House
from kiosk.session.machine import step
from kiosk.session.state import Session, Stage, fresh
from kiosk.session.world import Outside, World

log = logging.getLogger(__name__)


class Scope:
    """Whose news it is. When it is over, what is still told in its name is dropped."""

    __slots__ = ("over",)

    def __init__(self) -> None:
        self.over = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Clocks:
    """How long a session waits for a person, in seconds."""

    idle_s: float
    """Without a touch, until the warning."""
    warning_s: int
    """The countdown of the warning."""
    session_limit_s: float
    """From first touch to the end, whatever happens."""
    goodbye_s: float
    """How long the goodbye page stands once the document is taken."""


def grace_s(state: Session, clocks: Clocks) -> float:
    """Return how much later the warning comes: once more as long while somebody looks at their phone to pay."""
    paying = state.stage is Stage.PAY and state.bill is not None and state.bill.open
    return clocks.idle_s * state.preferences.patience if paying else 0.0


class Runner:
    """One terminal's sessions, one after the other.

    Args:
        house: What the machine looks things up in.
        outside: Devices, backend, disk.
        clocks: How long to wait for a person.
        timezone: Of the terminal; "today" is a day here.
        changed: Called with every new state, on the core thread.
        beside: Goes on for as long as the runner runs, whoever stands there.
    """

    def __init__(
        self,
        *,
        house: House,
        outside: Outside,
        clocks: Clocks,
        timezone: tzinfo,
        changed: Callable[[Session], None],
        beside: Callable[[], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        self._house = house
        self._clocks = clocks
        self._timezone = timezone
        self._changed = changed
        self._beside = beside
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: asyncio.Queue[tuple[Scope | None, events.Event]] = asyncio.Queue()
        self._visit = Scope()
        self._requests = Scope()
        self._world = World(outside, self._post_now)
        self._slots: dict[Slot, tuple[Activity, asyncio.Task[None]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._couriers: set[asyncio.Task[None]] = set()
        self._touched = asyncio.Event()
        self._turn = asyncio.Lock()
        self.state = fresh(Session(), language=house.language)

    def post(self, event: events.Event) -> None:
        """Take an event from any thread. After the runner has ended it is dropped."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._queue.put_nowait, (None, event))

    def _post_now(self, event: events.Event) -> None:
        """Take what devices and clocks tell: it is true whoever stands there, so it is never dropped."""
        self._queue.put_nowait((None, event))

    def _post_for(self, scope: Scope) -> Callable[[events.Event], None]:
        return lambda event: self._queue.put_nowait((scope, event))

    async def run(self) -> None:
        """Run until cancelled; then every device is let go of."""
        self._loop = asyncio.get_running_loop()
        self._spawn(self.equipment.keep(), self._couriers)
        self._spawn(self._world.clear_outbox(), self._couriers)
        if self._beside is not None:
            self._spawn(self._beside(), self._couriers)
        self._changed(self.state)
        try:
            while True:
                scope, event = await self._queue.get()
                if scope is None or not scope.over:
                    await self._take(event)
        finally:
            self._loop = None
            tasks = [*self._tasks, *self._couriers, *(task for _, task in self._slots.values())]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._world.close()

    @property
    def press(self) -> Press:
        """Where this terminal prints."""
        return self._world.press

    @property
    def equipment(self) -> Equipment:
        """The devices and how they are; in the runner's loop."""
        return self._world.equipment

    async def stored_applications(self) -> tuple[Application, ...]:
        """Return what was submitted in this session as the backend stored it; in the runner's loop.

        Raises:
            BackendError: it does not tell.
        """
        numbers = [each.application.number for each in self.state.submissions if each.application is not None]
        return tuple([await self._world.stored(number) for number in numbers])

    async def maintain(self, on: bool) -> bool:
        """Keep citizens away while a technician is here, or let them come again; in the runner's loop.

        Returns:
            Whether they are kept away; not while a citizen is there already.
        """
        await self._take(events.MaintenanceOrdered(on=on))
        return self.state.maintained

    async def _take(self, event: events.Event) -> None:
        async with self._turn:
            await self._step(event)

    async def _step(self, event: events.Event) -> None:
        if isinstance(event, events.Intent):
            event = replace(event, at=datetime.now(self._timezone))
            self._touched.set()
        before = self.state
        self.state, wanted = step(self._house, before, event)
        for effect in wanted:
            await self._start(effect)
        await self._reconcile()
        if self.state is not before:
            log.debug("%s: %s → %s", type(event).__name__, before.stage, self.state.stage)
            self._changed(self.state)

    async def _start(self, effect: effects.Effect) -> None:
        match effect:
            case effects.Wipe():
                await self._wipe()
            case effects.Abandon():
                await self._abandon()
            case effects.Submit():
                self._spawn(self._submit(effect, self._world.token, self._visit), self._couriers)
            case (
                effects.PrintReceipt() | effects.PrintGuide() | own_effects.PrintSheet() | beside_effects.PrintBeside()
            ):
                self._spawn(self._world.perform(effect, self._post_for(self._visit)), self._couriers)
            case effects.KeepDraft() if effect.lasting:
                self._spawn(self._world.keep_unasked(effect, self._world.token), self._couriers)
            case own_effects.CancelOrder():
                self._spawn(self._world.belongings.cancel(effect, self._world.token), self._couriers)
            case effects.SendRating():
                self._spawn(self._world.rate(effect, self._world.token), self._couriers)
            case _:
                self._spawn(self._world.perform(effect, self._post_for(self._requests)), self._tasks)

    def _spawn(self, work: Coroutine[Any, Any, None], into: set[asyncio.Task[None]]) -> None:
        task = asyncio.create_task(work)
        into.add(task)
        task.add_done_callback(lambda done: self._ended(done, into))

    def _ended(self, task: asyncio.Task[None], among: set[asyncio.Task[None]]) -> None:
        among.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a task of the session failed", exc_info=task.exception())

    async def _submit(self, effect: effects.Submit, token: str, visit: Scope) -> None:
        """Store and deliver; goes on after the citizen has left, but then tells nobody."""
        post = self._post_for(visit)
        parcel = await self._world.store(effect, token, post)
        if parcel is not None:
            await self._world.deliver(parcel, post, lambda: not visit.over)

    async def _wipe(self) -> None:
        """End everything of this citizen; late news of it is dropped. Submitting and printing go on to their end."""
        self._visit.over = True
        self._visit = Scope()
        await self._abandon()
        await self._stop(Slot.CAMERA)  # before anything is forgotten: a picture on its way would be kept
        self._world.forget()

    async def _abandon(self) -> None:
        """End the requests under way; late news of them is dropped."""
        self._requests.over = True
        self._requests = Scope()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _reconcile(self) -> None:
        """Start and stop activities so that exactly those go on that the state wants."""
        wanted = activities(self.state)
        for slot, (activity, _) in tuple(self._slots.items()):
            if wanted.get(slot) is not activity:
                await self._stop(slot)
        for slot, activity in wanted.items():
            if slot not in self._slots:
                task = asyncio.create_task(self._go_on(slot, activity))
                task.add_done_callback(lambda done: self._ended(done, set()))
                self._slots[slot] = (activity, task)

    async def _go_on(self, slot: Slot, activity: Activity) -> None:
        """Do what a slot is wanted for, until cancelled."""
        bill = self.state.bill
        if slot is Slot.CLOCK:
            await self._clock(activity)
        elif slot is Slot.TILL and bill is not None and bill.payment is not None:
            await self._world.belongings.await_payment(bill.payment, self._world.token, self._post_now)
        else:
            await self._world.attending.go_on(slot, activity)

    async def _stop(self, slot: Slot) -> None:
        """End what goes on in a slot, if anything does, and wait until it has ended."""
        if slot in self._slots:
            _, task = self._slots.pop(slot)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _clock(self, activity: Activity) -> None:
        if activity is Activity.GOODBYE:
            await asyncio.sleep(self._clocks.goodbye_s * self.state.preferences.patience)
            self._post_now(events.GoodbyeOver())
            return
        if activity is Activity.FORGOTTEN:
            await asyncio.sleep(self._clocks.idle_s)
            self._post_now(events.GoodbyeOver(forgotten=True))
            return
        try:
            async with asyncio.timeout(self._clocks.session_limit_s) as limit:
                await self._idle(limit)
        except TimeoutError:
            self._post_now(events.IdleOver())

    async def _idle(self, limit: asyncio.Timeout) -> None:
        """Warn, count down and end the session when nobody touches the screen; every touch starts afresh.

        Args:
            limit: Of the whole session; later for who needs more time, and not taken back from who had it.
        """
        began, most = asyncio.get_running_loop().time(), 1
        while True:
            self._touched.clear()
            patience = self.state.preferences.patience
            most = max(most, patience)
            limit.reschedule(began + self._clocks.session_limit_s * most)
            if await self._touch_within(self._clocks.idle_s * patience):
                continue
            if await self._touch_within(grace_s(self.state, self._clocks)):
                continue
            for remaining_s in range(self._clocks.warning_s * patience, 0, -1):
                self._post_now(events.IdleWarned(remaining_s=remaining_s))
                if await self._touch_within(1.0):
                    break
            else:
                self._post_now(events.IdleOver())
                return

    async def _touch_within(self, limit_s: float) -> bool:
        try:
            async with asyncio.timeout(limit_s):
                await self._touched.wait()
        except TimeoutError:
            return False
        return True
