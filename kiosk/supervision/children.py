"""One process of the kiosk: started, listened to, ended. It never outlives the supervisor."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final, Protocol

import msgspec

from kiosk.supervision.begun import Begun
from kiosk.supervision.binding import die_with

_LAST_LINES: Final = 20
_LONGEST_LINE: Final = 64 * 1024


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A process to keep running."""

    name: str
    argv: tuple[str, ...]
    environ: Mapping[str, str]
    pass_fds: tuple[int, ...] = ()
    ready_option: str | None = "--ready-fd"
    """Option that takes the descriptor of a pipe; the process writes a line there once it is ready. None: being started
    is being ready."""
    stop_s: float = 5.0
    """How long it may take to end when asked to."""
    after: str | None = None
    """Name of another that must be ready first; None starts it at once."""
    rank: int = 0
    """Higher ranks are ended first; equal ranks together."""


class _Running(Protocol):
    """A process that was started, or begun ahead: what a ``Child`` needs of it."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    async def wait(self) -> int: ...


class Child:
    """One life of a ``Command``.

    Args:
        command: What to run.
        tell: Called with each line it writes to its standard output and error.
        begun: The process that waits for this command; None to start one.
    """

    def __init__(self, command: Command, tell: Callable[[str], None], begun: Begun | None = None) -> None:
        self.command = command
        self._begun = begun
        self.ready = asyncio.Event()
        self.ready_after_s: float | None = None
        self.last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._tell = tell
        self._process: _Running | None = None
        self._started_s = 0.0

    def kill(self) -> None:
        """Kill it and what it started, at once."""
        if self._process is not None and self._process.returncode is None:
            _signal_group(self._process.pid, signal.SIGKILL)

    @property
    def pid(self) -> int | None:
        """Its number; None before it was started."""
        return self._process.pid if self._process else None

    @property
    def lived_s(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._started_s

    async def run(self) -> int:
        """Start it and wait for its end; return its exit code, negative for a signal.

        Cancelling ends it: asked first, killed after ``stop_s``, with every process it started in its group.

        Raises:
            OSError: It could not be started.
        """
        self._started_s = self._begun.started_s if self._begun else time.monotonic()
        process, output, ready_read = await (self._adopt(self._begun) if self._begun else self._start())
        self._process = process
        listening = [asyncio.create_task(self._listen(output)), asyncio.create_task(self._await_ready(ready_read))]
        try:
            return await process.wait()
        finally:
            await self._end(process)
            for task in listening:
                # what it wrote last is worth a moment; a grandchild that holds the pipe open is not worth a second
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(task, 0.5)

    async def _start(self) -> tuple[_Running, asyncio.StreamReader | None, int]:
        """Start the process; return it, what it writes and where it says that it is ready."""
        ready_read, ready_write = os.pipe()
        argv = list(self.command.argv)
        if self.command.ready_option:
            argv += [self.command.ready_option, str(ready_write)]
        try:
            process = await asyncio.create_subprocess_exec(
                *argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                env=dict(self.command.environ),
                pass_fds=(*self.command.pass_fds, ready_write),
                start_new_session=True,  # Ctrl+C reaches the supervisor alone, which ends its children in order
                preexec_fn=functools.partial(die_with, os.getpid()),
                limit=_LONGEST_LINE,
            )
        except BaseException:
            os.close(ready_read)
            raise
        finally:
            os.close(ready_write)
        return process, process.stdout, ready_read

    async def _adopt(self, begun: Begun) -> tuple[_Running, asyncio.StreamReader | None, int]:
        """Tell the process that waits; return as ``_start``."""
        output = asyncio.StreamReader(limit=_LONGEST_LINE)
        process = _Adopted(begun.pid)
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(output), os.fdopen(begun.output, "rb", buffering=0)
        )
        begun.tell(self.command.argv, self.command.environ)
        return process, output, begun.ready

    async def _listen(self, stream: asyncio.StreamReader | None) -> None:
        while stream is not None:
            try:
                line = await stream.readline()
            except ValueError:  # longer than any line should be: readline dropped it
                continue
            if not line:
                return
            text = line.decode("utf-8", "replace").rstrip()
            self.last_lines.append(text)
            self._tell(text)

    async def _await_ready(self, descriptor: int) -> None:
        if self.command.ready_option is None:
            os.close(descriptor)
            self._is_ready()
            return
        loop = asyncio.get_running_loop()
        line = asyncio.StreamReader()
        transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(line), os.fdopen(descriptor, "rb", buffering=0)
        )
        try:
            # The whole line: an X server writes its end by itself and fails when nobody reads that any more.
            if (await line.readline()).endswith(b"\n"):
                self._is_ready()
        finally:
            transport.close()

    def _is_ready(self) -> None:
        self.ready_after_s = self.lived_s
        self.ready.set()

    async def _end(self, process: _Running) -> None:
        """Ask it to end, then make it, with whatever it left behind in its group; raises nothing."""
        try:
            if process.returncode is None:
                _signal_group(process.pid, signal.SIGTERM)
                await asyncio.wait_for(process.wait(), self.command.stop_s)
        except TimeoutError:
            self._tell(f"did not end within {self.command.stop_s:g} s and was killed")
        finally:
            _signal_group(process.pid, signal.SIGKILL)
        await process.wait()


def _signal_group(leader: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)


class _Adopted:
    """A process this one forked off before there was a loop; its end is noticed by its descriptor.

    Args:
        pid: Its number; nobody else waits for its end.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._descriptor = os.pidfd_open(pid)
        asyncio.get_running_loop().add_reader(self._descriptor, self._ended)

    @property
    def returncode(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._code.result() if self._code.done() else None

    async def wait(self) -> int:
        """Wait for its end; return its exit code."""
        return await asyncio.shield(self._code)

    def _ended(self) -> None:
        asyncio.get_running_loop().remove_reader(self._descriptor)
        os.close(self._descriptor)
        _, status = os.waitpid(self.pid, 0)
        self._code.set_result(os.waitstatus_to_exitcode(status))
