"""The backend as a process: a socket in, problem documents and decisions out."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn

from kiosk.backend.house import House, build
from kiosk.backend.http import make_app
from kiosk.backend.settings import BackendSettings
from kiosk.catalogue import Catalogue

log = logging.getLogger(__name__)

_FINISH_S = 5
_QUEUE = 2048
"""Connections that wait to be taken, by whichever process is free."""


def serve(
    settings: BackendSettings,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    fd: int | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way and return.

    Args:
        settings: What the backend is told.
        host: Address to listen on, unless ``fd`` is given.
        port: Port; 0 takes a free one, ``ready`` tells which.
        fd: A listening socket that the caller has opened and handed down.
        ready: Called with the base URL once requests are answered.

    Raises:
        OSError: the address is taken, or the data directory cannot be used.
        kiosk.catalogue.CatalogueError: the catalogue has mistakes.
    """
    listening = socket.socket(fileno=fd) if fd is not None else socket.create_server((host, port))
    with listening:
        asyncio.run(_serve_until_signal(settings, listening, ready))


async def _serve_until_signal(
    settings: BackendSettings, listening: socket.socket, ready: Callable[[str], None] | None
) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await serve_on(settings, listening, ready=ready, stop=stop)


async def serve_on(
    settings: BackendSettings,
    listening: socket.socket,
    *,
    ready: Callable[[str], None] | None = None,
    stop: asyncio.Event,
    catalogue: Catalogue | None = None,
) -> None:
    """Serve on an open socket until ``stop``, then finish what is under way. Raises as ``serve``.

    Args:
        settings: What the backend is told.
        listening: The socket.
        ready: Called with the base URL once requests are answered.
        stop: Ends it.
        catalogue: What stands in ``settings.catalogue_dir``, where somebody has opened it already.
    """
    # asyncio sets this only where the socket names its protocol, and socket.create_server does not: without it every
    # answer waits 40 ms for the acknowledgement of its own headers. Connections inherit it from the listening socket.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    house = await asyncio.to_thread(build, settings, catalogue)
    house.telemetry.watch(house)
    try:
        await _Server(house, listening, ready).serve_until(stop)
    finally:
        await asyncio.to_thread(house.close)


class _Server(uvicorn.Server):
    """Uvicorn, with word when it answers."""

    def __init__(self, house: House, listening: socket.socket, ready: Callable[[str], None] | None) -> None:
        super().__init__(
            uvicorn.Config(
                house.telemetry.requests(make_app(house)),
                loop="none",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_FINISH_S,
                timeout_keep_alive=75,
                backlog=1,
            )
        )
        self._house = house
        self._listening = listening
        self._ready = ready

    async def serve_until(self, stop: asyncio.Event) -> None:
        """Serve, with the departments at work, until ``stop``."""
        tasks = [
            asyncio.create_task(self._house.departments.work(), name="departments"),
            asyncio.create_task(self._house.clockwork.work(), name="clockwork"),
            asyncio.create_task(self._house.crossings.work(), name="crossings"),
            asyncio.create_task(self._house.notices.work(), name="notices"),
            asyncio.create_task(self._house.upkeep.work(), name="payments"),
            asyncio.create_task(self._house.lookout.work(), name="entitlements"),
            asyncio.create_task(self._house.reports.work(), name="reports"),
            asyncio.create_task(self._house.word.work(self._house.bell.ring_here), name="word"),
            asyncio.create_task(self._watch(stop), name="stop"),
        ]
        for task in tasks:
            task.add_done_callback(_tell)
        try:
            await self.serve(sockets=[self._listening])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # readers of outcomes would keep their connections for as long as they like
        self._house.bell.close()
        self._house.payments.watchers.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave signals to ``serve``: uvicorn would raise them again at the end and tear the process off its close."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # asyncio takes as many connections at a time as the queue is long, and leaves none to the other processes: it
        # was given a queue of one, and the queue is made longer behind its back
        self._listening.listen(_QUEUE)
        if self.started and self._ready:
            host, port = self._listening.getsockname()[:2]
            self._ready(f"http://{host}:{port}")

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.should_exit = True


def _tell(task: asyncio.Task[None]) -> None:
    """Log what ended a task that works in the background: nobody else would ever miss it."""
    if not task.cancelled() and (failure := task.exception()) is not None:
        log.error("%s has stopped: %s", task.get_name(), type(failure).__name__)
