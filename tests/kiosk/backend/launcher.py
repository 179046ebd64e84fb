"""A backend's process, quickly and often: everything is imported and opened once, each process is a fork of that.

Told on its standard input, a line of JSON each: serve, perhaps killing yourself with SIGKILL at a commit, and being
started again then; or (null) stop. What is killed is the real thing: nothing in the product knows of this file.
"""

from __future__ import annotations

import asyncio
import json
import os
import selectors
import signal
import socket
import sys
import threading
import time
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from backend.city import START, catalogue, settings_for
from kiosk.backend import serve_on


def clock(begun_s: float) -> datetime:
    """Return the moment: the tests' Monday, going on as time goes on."""
    return START + timedelta(seconds=time.monotonic() - begun_s)


def kill_at(commit: int, *, after: bool) -> None:
    """Let this process kill itself before or after its ``commit``-th commit of a transaction that changed something."""
    counted, of_thread = count(1), threading.local()

    @event.listens_for(Engine, "begin")
    def _begun(_connection: Connection) -> None:
        of_thread.changed = False

    @event.listens_for(Engine, "after_cursor_execute")
    def _executed(_connection: Connection, cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            of_thread.changed = of_thread.changed or cursor.rowcount != 0

    def counting(original: Any) -> Any:
        def do_commit(self: Any, dbapi_connection: Any) -> None:
            this = of_thread.changed and next(counted) == commit
            if this and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            original(self, dbapi_connection)
            if this:
                os.kill(os.getpid(), signal.SIGKILL)

        return do_commit

    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.do_commit = counting(dialect.do_commit)  # type: ignore[method-assign]  # of this process only


def serve(told: dict[str, Any], listening: int, begun_s: float) -> None:
    """Be a backend until killed."""
    if told["commit"]:
        kill_at(told["commit"], after=told["after"])
    changes = {"clock": lambda: clock(begun_s), "lease_s": 0.1, "database_url": told["database_url"]}
    settings = settings_for(Path(told["data_dir"]), **changes)

    async def run() -> None:
        given = socket.socket(fileno=os.dup(listening))
        await serve_on(settings, given, stop=asyncio.Event(), catalogue=catalogue())

    asyncio.run(run())


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


class Keeper:
    """Keeps a backend running: forks it, and forks it again when it dies, then without a word about killing itself."""

    def __init__(self, listening: int, begun_s: float) -> None:
        self._listening = listening
        self._begun_s = begun_s
        self._told: dict[str, Any] = {}
        self._pid = 0
        self._deaths = 0

    def start(self, told: dict[str, Any]) -> None:
        self._told, self._deaths = told, 0
        self._fork()

    def stop(self) -> int:
        """Kill it; return how often it had died before."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        self._pid = 0
        return self._deaths

    def look(self) -> None:
        """Fork it again if it is dead."""
        while self._pid and os.waitpid(self._pid, os.WNOHANG)[0]:
            self._deaths += 1
            self._told["commit"] = 0
            self._fork()

    def _fork(self) -> None:
        self._pid = os.fork()
        if self._pid == 0:
            try:
                signal.set_wakeup_fd(-1)
                serve(self._told, self._listening, self._begun_s)
            finally:
                os._exit(1)


def main() -> None:
    keeper = Keeper(int(sys.argv[1]), float(sys.argv[2]))
    catalogue()
    woken, waking = socket.socketpair()
    waking.setblocking(False)
    signal.set_wakeup_fd(waking.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if woken.fileno() in ready:
                woken.recv(1024)
                keeper.look()
            if 0 in ready:
                lines = os.read(0, 65536)
                if not lines:
                    keeper.stop()
                    return
                for told in map(json.loads, lines.splitlines()):
                    if told is None:
                        say(str(keeper.stop()))
                    else:
                        keeper.start(told)


if __name__ == "__main__":
    main()
