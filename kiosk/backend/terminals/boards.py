"""What every terminal is told of today: the operators' messages and the queues of the halls, read once for all."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kiosk.backend.service import Queue
from kiosk.backend.storage import Database
from kiosk.backend.terminals.known import Known
from kiosk.backend.terminals.messages import Message, Messages, announced
from kiosk.contract import Board, HallToday, Waiting

LOOK_S: Final = 5.0
"""What is told is no older; terminals ask every minute."""


class Boards:
    """The boards of all terminals that report to this process: a report costs no query of its own.

    Args:
        database: Where messages and tickets are.
        messages: Reads the former.
        queue: Reads the latter.
        clock: Present moment, with a time zone.
    """

    def __init__(self, database: Database, messages: Messages, queue: Queue, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._messages = messages
        self._queue = queue
        self._clock = clock
        self._holding: tuple[Message, ...] = ()
        self._halls: tuple[HallToday, ...] = ()
        self._looked_s: float | None = None

    async def of(self, terminal: Known) -> Board:
        """Return what ``terminal`` tells, not older than ``LOOK_S``."""
        now_s = time.monotonic()
        if self._looked_s is None or now_s - self._looked_s >= LOOK_S:
            before, self._looked_s = self._looked_s, now_s  # only one of many at once goes and looks
            try:
                self._holding, self._halls = await self._database.read(self._look)
            except BaseException:
                self._looked_s = before
                raise
        now = self._clock()
        held = (each for each in self._holding if each.starts_at <= now < each.ends_at)
        return Board(announcements=announced(held, terminal), halls=self._halls)

    def forget(self) -> None:
        """Read anew for the next report: something was changed here."""
        self._looked_s = None

    def _look(self, connection: Connection) -> tuple[tuple[Message, ...], tuple[HallToday, ...]]:
        halls = self._queue.halls(connection, self._clock())
        today = tuple(
            HallToday(
                name=hall.name,
                queues=tuple(
                    Waiting(name=each.name, waiting=each.waiting, minutes_most=each.minutes_most)
                    for each in hall.services
                    if each.open
                ),
            )
            for hall in halls
            if hall.open
        )
        return self._messages.holding(connection), today
