"""Several processes that serve one backend: one socket, one database, each kept running by itself."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import socket
from collections.abc import Callable

from kiosk.commands.console import OK, USAGE, Wrong, tell
from kiosk.settings import Settings
from kiosk.supervision import Hopeless, Supervisor, house

log = logging.getLogger(__name__)


def serve(given: argparse.Namespace, settings: Settings, count: int, ready: Callable[[str], None]) -> int:
    """Serve with ``count`` processes until Ctrl+C or SIGTERM.

    Args:
        given: Of ``kiosk backend``.
        settings: As each of them reads them again.
        count: How many.
        ready: Called with the base URL once all of them answer.

    Raises:
        Wrong: There is no database for several; the address is taken; or a process does not start.
    """
    if not settings.backend.database:
        raise Wrong("several processes need a PostgreSQL database: backend.database in the settings", USAGE)
    try:
        listening = socket.socket(fileno=given.fd) if given.fd is not None else socket.create_server(_address(given))
    except OSError as error:
        raise Wrong(f"the backend cannot serve: {error}") from error
    with listening:
        told = ("--settings", str(given.settings.resolve())) if given.settings else ()
        if given.wiring:
            told = (*told, "--wiring", str(given.wiring))
        commands = house.backends(count, told, listening, os.environ)
        up: set[str] = set()

        def on_ready(name: str, _after_s: float) -> None:
            if len(up) < count:
                up.add(name)
                if len(up) == count:
                    host, port = listening.getsockname()[:2]
                    ready(f"http://{host}:{port}")

        try:
            asyncio.run(Supervisor(commands, tell=lambda name, line: tell(f"{name}: {line}"), on_ready=on_ready).run())
        except Hopeless as hopeless:
            raise Wrong("\n".join((str(hopeless), *hopeless.last_lines))) from hopeless
    return OK


def _address(given: argparse.Namespace) -> tuple[str, int]:
    return given.host, given.port
