"""Keeps the processes of the kiosk running, and ends all of them in order."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Iterable
from typing import Final

from kiosk.supervision.begun import Begun
from kiosk.supervision.children import Child, Command
from kiosk.supervision.restarts import GiveUp, Restarts

_log = logging.getLogger(__name__)
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Hopeless(Exception):
    """A process ended again and again without ever having been ready; everything was ended.

    Args:
        name: Which.
        last_lines: What it wrote last.
    """

    def __init__(self, name: str, last_lines: Iterable[str]) -> None:
        self.name = name
        self.last_lines = tuple(last_lines)
        super().__init__(f"{name} does not start")


class Supervisor:
    """Runs commands side by side, each anew when it ends, until a signal or one that cannot be run.

    Args:
        commands: What to run.
        tell: Called with (name, line) for each line a process writes.
        on_ready: Called with (name, seconds since its start) each time a process is ready.
        begun: A process that waits to be told its command; its first life. It is told or ended.
    """

    def __init__(
        self,
        commands: Iterable[Command],
        *,
        tell: Callable[[str, str], None],
        on_ready: Callable[[str, float], None],
        begun: Begun | None = None,
    ) -> None:
        self._commands = tuple(commands)
        self._tell = tell
        self._on_ready = on_ready
        self._begun = begun
        self._stop = asyncio.Event()
        self._keepers: dict[asyncio.Task[None], Command] = {}
        self._children: dict[str, Child] = {}
        self._ready = {command.name: asyncio.Event() for command in self._commands}

    @property
    def pids(self) -> dict[str, int]:
        """The processes that run now, by name."""
        return {name: child.pid for name, child in self._children.items() if child.pid is not None}

    def stop(self) -> None:
        """Ask ``run`` to end everything and return."""
        self._stop.set()

    async def run(self, *, signals: bool = True) -> None:
        """Start all commands at once and keep them running until ``stop`` or a signal; then end them by rank.

        Args:
            signals: Take SIGINT, SIGTERM and SIGHUP as ``stop``; the second one kills.

        Raises:
            Hopeless: A command was never ready and kept ending. Nothing runs any more.
        """
        loop = asyncio.get_running_loop()
        if signals:
            for number in _SIGNALS:
                loop.add_signal_handler(number, self._on_signal, number)
        stopping = asyncio.create_task(self._stop.wait())
        try:
            for command in self._commands:
                self._keepers[asyncio.create_task(self._keep(command), name=command.name)] = command
            done, _ = await asyncio.wait({stopping, *self._keepers}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await self._end_all()
            if self._begun is not None:
                self._begun.end()
            if signals:
                for number in _SIGNALS:
                    loop.remove_signal_handler(number)
        for task in done - {stopping}:
            task.result()  # only an error ends a keeper

    async def _keep(self, command: Command) -> None:
        memory = Restarts()
        while True:
            if command.after is not None:
                await self._ready[command.after].wait()
            child = Child(command, lambda line: self._tell(command.name, line), self._waiting(command))
            self._children[command.name] = child
            announcing = asyncio.create_task(self._announce(child))
            try:
                code = await child.run()
            except OSError as error:
                raise Hopeless(command.name, [str(error)]) from error
            finally:
                announcing.cancel()
                self._ready[command.name].clear()
                self._children.pop(command.name, None)
            ready = child.ready.is_set()
            memory, verdict = memory.after_end(lived_s=child.lived_s, ready=ready, code=code)
            if isinstance(verdict, GiveUp):
                _log.debug("%s ended %d times and was never ready", command.name, verdict.ends)
                raise Hopeless(command.name, child.last_lines)
            if verdict.pause_s:
                how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
                _log.warning("%s ended %s; starting it again in %.1f s", command.name, how, verdict.pause_s)
            await asyncio.sleep(verdict.pause_s)

    def _waiting(self, command: Command) -> Begun | None:
        """Return the process that waits for ``command``, once."""
        if self._begun is None or self._begun.name != command.name:
            return None
        begun, self._begun = self._begun, None
        return begun

    async def _announce(self, child: Child) -> None:
        await child.ready.wait()
        self._ready[child.command.name].set()
        after_s = child.ready_after_s or 0.0
        _log.info("%s is ready after %.2f s", child.command.name, after_s)
        self._on_ready(child.command.name, after_s)

    async def _end_all(self) -> None:
        begun = time.monotonic()
        for rank in sorted({command.rank for command in self._keepers.values()}, reverse=True):
            tasks = [task for task, command in self._keepers.items() if command.rank == rank]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        _log.info("everything ended within %.2f s", time.monotonic() - begun)

    def _on_signal(self, number: signal.Signals) -> None:
        if self._stop.is_set():
            for child in self._children.values():
                child.kill()
        self._stop.set()
        _log.info("%s: ending", number.name)
