"""The core thread: asyncio, the session and its devices. The Qt thread never waits for it.

States come out as queued signals, intents go in through ``Runner.post`` and ``Visiting.post``; nothing else crosses the
border.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kiosk.contract import Application
from kiosk.session.events import Event
from kiosk.session.state import Session

if TYPE_CHECKING:
    # named, not used: imported on the core thread, while Qt loads the first page
    import asyncio
    from concurrent.futures import Future

    from kiosk.diagnostics.visit.events import Event as VisitEvent
    from kiosk.diagnostics.visiting import Visiting
    from kiosk.session.runner import Runner

log = logging.getLogger(__name__)

END_S = 5.0
"""How long the core may take to let go of its devices."""


class Core(QObject):
    """Runs a session runner on a thread of its own.

    Args:
        make: Builds the runner, on the core thread, given the callback for new states.
        parent: Owner.
    """

    stateChanged = Signal(object)  # noqa: N815  # Qt's way to name signals
    """A new ``Session``; arrives on the Qt thread."""
    visitChanged = Signal(object)  # noqa: N815  # as above
    """A new ``Visit`` of a technician; arrives on the Qt thread."""
    failed = Signal(str)
    """The core ended by itself, with the reason."""

    def __init__(self, make: Callable[[Callable[[Session], None]], Runner], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._visiting: Visiting | None = None
        self._runner: Runner | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Any] | None = None
        self._thread = threading.Thread(target=self._run, name="core", daemon=True)
        self._pending: list[Event] = []
        self._lock = threading.Lock()
        self._stopped = False

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def post(self, event: Event) -> None:
        """Hand an event to the session; one that comes before the core runs waits for it."""
        with self._lock:
            if self._runner is None:
                self._pending.append(event)
                return
            runner = self._runner
        runner.post(event)

    def take_visits(self, visiting: Visiting) -> None:
        """Know what runs the visits of technicians; on the core thread, before it runs."""
        self._visiting = visiting

    def post_visit(self, event: VisitEvent) -> None:
        """Hand an intent to the technician's visit; before visits are taken it is dropped."""
        visiting = self._visiting
        if visiting is not None:
            visiting.post(event)

    def stored_applications(self) -> Future[tuple[Application, ...]]:
        """Ask the backend for the applications of the session that is shown, from any thread, while the core runs."""
        loop, runner = self._loop, self._runner
        if loop is None or runner is None:
            raise RuntimeError("the core does not run yet")
        import asyncio

        return asyncio.run_coroutine_threadsafe(runner.stored_applications(), loop)

    def stop(self) -> None:
        """End the core and wait until its devices are let go of."""
        with self._lock:
            self._stopped = True
            loop, task = self._loop, self._task
        if loop is not None and task is not None:
            with contextlib.suppress(RuntimeError):  # it has just ended by itself
                loop.call_soon_threadsafe(task.cancel)
        if self._thread.is_alive():
            self._thread.join(END_S)

    def _run(self) -> None:
        import asyncio

        try:
            asyncio.run(self._main())
        except asyncio.CancelledError:
            log.info("the core has ended")
        except Exception as error:  # the last resort of a thread: whatever it was, the terminal must know
            log.exception("the core failed")
            self.failed.emit(str(error))

    async def _main(self) -> None:
        import asyncio

        with self._lock:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.current_task()
            if self._stopped:  # before there was anything to cancel
                return
        runner = self._make(self.stateChanged.emit)
        running = asyncio.create_task(runner.run())
        await asyncio.sleep(0)  # the runner takes events from its first turn on
        with self._lock:
            self._runner = runner
            waiting, self._pending = self._pending, []
            for event in waiting:  # before anything that is posted from now on
                runner.post(event)
        try:
            await running
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
