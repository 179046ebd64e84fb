"""A process that is begun before it is known what it will be told: it imports meanwhile.

Nothing but ``os`` and ``sys`` is imported here. The first page is what a start waits for, so the terminal is forked off
before its supervisor has imported anything, and loads what it needs while the supervisor reads settings and decides who
is reached where. Then it is told over a pipe; a pipe that is closed untold ends it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Told = dict[str, Any]
"""``arguments`` and ``environ``; empty when nothing will be told."""


class Begun:
    """A process that waits to be told; the side of who began it.

    Args:
        name: Which; in the arguments of its ``Command`` the word before what it is told.
        pid: Its number; it leads a process group of its own.
        told: Write end of the pipe on which it is told.
        output: Read end of its standard output and error.
        ready: Read end of the pipe on which it says that it is ready.
    """

    def __init__(self, name: str, pid: int, *, told: int, output: int, ready: int) -> None:
        self.name = name
        self.pid = pid
        self.output = output
        self.ready = ready
        self.started_s = time.monotonic()
        self._told = told
        self._taken = False

    def tell(self, argv: Sequence[str], environ: Mapping[str, str]) -> None:
        """Tell it what it would have been started with; from now on it is in the hands of who tells it.

        A process that has ended meanwhile is told nothing, which its end says for itself.
        """
        import json

        self._taken = True
        arguments = list(argv[argv.index(self.name) + 1 :])
        with os.fdopen(self._told, "w", encoding="utf-8") as pipe:
            try:
                json.dump({"arguments": arguments, "environ": dict(environ)}, pipe)
                pipe.flush()
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC), pipe.fileno())  # closing writes the rest

    def end(self) -> None:
        """End it, unless it was told: whoever was to tell it cannot go on."""
        if self._taken:
            return
        self._taken = True
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        for descriptor in (self._told, self.output, self.ready):
            os.close(descriptor)


def begin(name: str, serve: Callable[[int, int], int]) -> Begun:
    """Fork a process off that runs ``serve``, given where it is told and where it says that it is ready.

    Returns in the process that called; the other one leaves by ``SystemExit`` with the exit code of ``serve``. To be
    called before there is a second thread.

    Raises:
        OSError: No process or pipe can be had; there is none then.
    """
    pipes: list[int] = []
    try:
        for _ in range(3):
            pipes += os.pipe()
        told_read, told_write, output_read, output_write, ready_read, ready_write = pipes
        pid = os.fork()
    except OSError:
        for descriptor in pipes:
            os.close(descriptor)
        raise
    if pid == 0:
        os.setsid()  # Ctrl+C reaches the supervisor alone
        nothing = os.open(os.devnull, os.O_RDONLY)
        for standard, descriptor in enumerate((nothing, output_write, output_write)):
            os.dup2(descriptor, standard)
        _close_all_but(told_read, ready_write)
        sys.exit(serve(told_read, ready_write))
    for descriptor in (told_read, output_write, ready_write):
        os.close(descriptor)
    return Begun(name, pid, told=told_write, output=output_read, ready=ready_read)


def listen(name: str, told: int) -> Told:
    """Wait for what there is to do, in the process that was begun; empty when nobody will tell.

    From then on the kernel ends this process with the one that began it.
    """
    import json

    from kiosk.supervision.binding import be_called, die_with

    be_called(f"kiosk {name}")
    die_with(os.getppid())  # who went before this closed the pipe by going
    with os.fdopen(told, encoding="utf-8") as pipe:
        said = pipe.read()
    try:
        heard: Told = json.loads(said)
    except ValueError:  # it went while it told
        return {}
    return heard


def _close_all_but(*kept: int) -> None:
    low = 3
    for descriptor in sorted(kept):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))
