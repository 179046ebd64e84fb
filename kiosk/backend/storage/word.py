"""Word from process to process: an application has news.

With PostgreSQL several processes serve one database, and the one that decides is seldom the one whose reader waits.
Word is sent after the commit (``NOTIFY`` inside it would make all commits wait for one another), so it can be lost with
the process. Nobody depends on it: who waits looks again by themselves, only later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

import psycopg

from kiosk.backend.storage.database import Database

log = logging.getLogger(__name__)

Line: TypeAlias = "psycopg.AsyncConnection[Any]"

_CHANNEL = "onething_news"
_AGAIN_S = 1.0
"""After a connection that was cut: the database may be starting anew."""


class Word:
    """Tells the other processes on a database, and is told by them; silent where there are none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unsaid: dict[int, None] = {}
        self._something = asyncio.Event()

    def say(self, application: int) -> None:
        """Tell everybody that ``application`` has news, soon; on the event loop."""
        if self._database.shared:
            self._unsaid[application] = None
            self._something.set()

    async def work(self, heard: Callable[[int], None]) -> None:
        """Carry word until cancelled; ``heard`` is called with each application, also with those said here."""
        if self._database.shared:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep(self._speak), name="word, speaking")
                group.create_task(self._keep(partial(_listen, heard)), name="word, listening")

    async def _keep(self, talk: Callable[[Line], Awaitable[None]]) -> None:
        """Talk over a connection of its own, and over another one when that breaks."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._database.address, autocommit=True) as line:
                    await talk(line)
            except psycopg.Error as failure:
                log.warning("no word between processes for the moment: %s", type(failure).__name__)
            await asyncio.sleep(_AGAIN_S)

    async def _speak(self, line: Line) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            said, self._unsaid = [str(each) for each in self._unsaid], {}
            await line.execute("SELECT pg_notify(%s, each) FROM unnest(%s::text[]) AS each", (_CHANNEL, said))


async def _listen(heard: Callable[[int], None], line: Line) -> None:
    await line.execute(f"LISTEN {_CHANNEL}")
    async for word in line.notifies():
        # anybody who may connect may say something here: it wakes a reader, and is believed nothing
        if word.payload.isdecimal():
            heard(int(word.payload))
