"""One process of the kiosk: started, listened to, ended. It never outlives the supervisor."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True)  # loaded here: nothing may be loaded between fork and exec
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


class Child:
    """One life of a ``Command``.

    Args:
        command: What to run.
        tell: Called with each line it writes to its standard output and error.
    """

    def __init__(self, command: Command, tell: Callable[[str], None]) -> None:
        self.command = command
        self.ready = asyncio.Event()
        self.ready_after_s: float | None = None
        self.last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self._tell = tell
        self._process: asyncio.subprocess.Process | None = None
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
        self._started_s = time.monotonic()
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
                preexec_fn=_die_with(os.getpid()),
                limit=_LONGEST_LINE,
            )
        except BaseException:
            os.close(ready_read)
            raise
        finally:
            os.close(ready_write)
        self._process = process
        listening = [asyncio.create_task(self._listen(process)), asyncio.create_task(self._await_ready(ready_read))]
        try:
            return await process.wait()
        finally:
            await self._end(process)
            for task in listening:
                # what it wrote last is worth a moment; a grandchild that holds the pipe open is not worth a second
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(task, 0.5)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        stream = process.stdout
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

    async def _end(self, process: asyncio.subprocess.Process) -> None:
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


def _die_with(parent: int) -> Callable[[], None]:
    """Return what a child does between fork and exec: be killed by the kernel the moment ``parent`` is gone."""

    def bind() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before the line above
            os._exit(1)

    return bind
