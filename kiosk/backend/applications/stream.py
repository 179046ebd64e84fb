"""Outcomes as they are made (server-sent events): replayed from the beginning, or from where a reader was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.storage import Database, schema
from kiosk.contract import CaseState

QUIET_S = 10.0
"""A stream says at least a comment this often, so that a reader knows it is alive."""

_END = "end"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a stream; without a name it is a comment."""

    name: str = ""
    data: str = ""
    id: str = ""

    def encoded(self) -> bytes:
        """Return the event on the wire (HTML living standard §9.2.5); our data is JSON on one line."""
        if not self.name:
            return b": still here\n\n"
        number = f"id: {self.id}\n" if self.id else ""
        return f"{number}event: {self.name}\ndata: {self.data}\n\n".encode()


class Bell:
    """Wakes those who wait for an outcome of an application."""

    def __init__(self, beyond: Callable[[int], None] = lambda _: None) -> None:
        """Make a bell; ``beyond`` is told of each application that is rung for, for other processes to hear."""
        self._waiting: dict[int, set[asyncio.Event]] = {}
        self._beyond = beyond
        self.closing = False

    def ring(self, application: int) -> None:
        """Wake those who wait for ``application``, here and in other processes."""
        self.ring_here(application)
        self._beyond(application)

    def ring_here(self, application: int) -> None:
        """Wake those who wait for ``application`` in this process."""
        for event in self._waiting.get(application, ()):
            event.set()

    def close(self) -> None:
        """Wake everybody: the process ends, readers connect again elsewhere."""
        self.closing = True
        for application in list(self._waiting):
            self.ring_here(application)

    def listen(self, application: int) -> asyncio.Event:
        """Return an event that is set by ``ring``."""
        event = asyncio.Event()
        self._waiting.setdefault(application, set()).add(event)
        return event

    def leave(self, application: int, event: asyncio.Event) -> None:
        """Forget an event of ``listen``."""
        waiting = self._waiting.get(application, set())
        waiting.discard(event)
        if not waiting:
            self._waiting.pop(application, None)


async def outcomes(database: Database, bell: Bell, application: int, number: str, after: int) -> AsyncIterator[bytes]:
    """Yield the outcomes of an application after event ``after``, then ``end`` when all are there.

    Another process on the same database may be the one that decides, and its word may be lost with it: the database is
    looked at again whenever the stream would otherwise only say that it is alive.
    """
    rung = bell.listen(application)
    try:
        last = after
        while True:
            rung.clear()
            events, all_known = await database.read(partial(_news, application=application, after=last))
            for identity, content in events:
                last = identity
                yield Event(name="case", data=content, id=str(identity)).encoded()
            if all_known:
                yield Event(name=_END, data=msgspec.json.encode({"application": number}).decode()).encoded()
                return
            if bell.closing:
                return
            try:
                async with asyncio.timeout(QUIET_S):
                    await rung.wait()
            except TimeoutError:
                yield Event().encoded()
    finally:
        bell.leave(application, rung)


def _news(connection: Connection, application: int, after: int) -> tuple[list[tuple[int, str]], bool]:
    event, case = schema.case_event.c, schema.case.c
    query = select(event.id, event.content).where(event.application == application, event.id > after)
    news = [(row.id, row.content) for row in connection.execute(query.order_by(event.id))]
    waiting = select(case.id).where(case.application == application, case.state == CaseState.SUBMITTED.value).limit(1)
    return news, connection.execute(waiting).first() is None
