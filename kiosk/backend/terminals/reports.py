"""Health reports on their way to the database: heard at once, written together.

A report is answered before it is on the disk. What waits is written in one transaction, at the latest half a second
later; a process that dies loses that, and the next report of each terminal a minute later says the same again, except
for its counts. When more wait than are written the backend says that it cannot take any, and terminals keep theirs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import DataError

from kiosk.backend.bureau import NO_THEME, Count, add
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.backend.terminals.known import OUT_OF_SERVICE
from kiosk.backend.terminals.ranks import GONE, NEVER_SEEN, OUT, SILENT, rank_of
from kiosk.contract import HealthReport

log = logging.getLogger(__name__)

REPORT_S: Final = 60
"""A terminal reports at least this often."""
SILENT_S: Final = 200
"""Three reports missed, and some: it is not heard of any more."""
GATHER_S: Final = 0.5
GATHER: Final = 500
"""Reports that are not waited beyond for more."""
WAITING: Final = 10_000
"""Reports that may wait to be written: more than ten seconds' worth of 45,000 terminals."""
_AT_ONCE: Final = 400
"""Rows asked for in one statement."""


_OFTEN: Final = ("state", "last_seen", "report", "today", "sessions", "cases", "door")
"""What every report changes: no index has it, so a report that says nothing new touches one page."""
_SELDOM: Final = ("rank", "version", "catalogue", "paper", "devices")


class Heard(msgspec.Struct, frozen=True):
    """A report, and when it was heard."""

    terminal: str
    at: float
    day: date
    report: HealthReport


class Reports:
    """Takes reports in, and writes them."""

    def __init__(self, settings: BackendSettings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._waiting: list[Heard] = []
        self._some = asyncio.Event()
        self._many = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many are not written yet."""
        return len(self._waiting)

    def take(self, terminal: str, report: HealthReport) -> None:
        """Keep a report to be written.

        Raises:
            RefusedRequestError: ``UNAVAILABLE``: too many wait; this one is not kept.
        """
        if len(self._waiting) >= WAITING:
            raise RefusedRequestError(Code.UNAVAILABLE, retry_s=REPORT_S)
        now = self._settings.clock()
        self._waiting.append(Heard(terminal, now.timestamp(), now.date(), report))
        self._some.set()
        if len(self._waiting) >= GATHER:
            self._many.set()

    async def work(self) -> None:
        """Write what comes in, until cancelled; then what still waits."""
        try:
            while True:
                await self._some.wait()
                try:
                    async with asyncio.timeout(GATHER_S):
                        await self._many.wait()
                except TimeoutError:
                    pass
                await self.flush()
        finally:
            heard = self._taken()
            if heard:
                self._database.write_now(lambda connection: write(connection, heard))

    async def flush(self) -> None:
        """Write what waits; what cannot be written waits on."""
        heard = self._taken()
        if not heard:
            return
        try:
            await self._write(heard)
        except Exception as error:  # noqa: BLE001  # a full disk passes; terminals are not turned away for it
            log.error("%d health reports wait on: %s", len(heard), type(error).__name__)  # noqa: TRY400  # the message may hold values
            self._waiting[:0] = heard[-(WAITING - len(self._waiting)) :]
            self._some.set()

    async def _write(self, heard: Sequence[Heard]) -> None:
        """Write reports together; one that no database takes is left out, or all others would wait for it for ever."""
        try:
            await self._database.write(lambda connection: write(connection, heard))
        except DataError:
            if len(heard) == 1:
                log.error("a health report of %s cannot be written", heard[0].terminal)  # noqa: TRY400  # the message holds values
                return
            half = len(heard) // 2
            await self._write(heard[:half])
            await self._write(heard[half:])

    def _taken(self) -> list[Heard]:
        heard, self._waiting = self._waiting, []
        self._some.clear()
        self._many.clear()
        return heard


def write(connection: Connection, heard: Sequence[Heard]) -> None:
    """Write reports in the order they came: the newest of each terminal, what has changed, and counts.

    A report that is not newer than the one that is there has come before, and changes nothing.
    """
    now = _Now(connection, {each.terminal for each in heard})
    counts: list[Count] = []
    for each in heard:
        if now.take(each):
            counts += _counts(each)
    now.store(connection)
    add(connection, counts)


class _Now:
    """The rows of some terminals as they become, report by report."""

    def __init__(self, connection: Connection, terminals: Iterable[str]) -> None:
        table, identity = schema.terminal_health, schema.terminal
        joined = select(table, identity.c.standing).join(identity, identity.c.id == table.c.terminal)
        self._rows: dict[str, dict[str, Any]] = {}
        for some in _in_parts(sorted(terminals)):
            for row in connection.execute(joined.where(table.c.terminal.in_(some))):
                self._rows[row.terminal] = dict(row._mapping)
        self._heard: set[str] = set()
        self._changed: set[str] = set()
        self._events: list[dict[str, Any]] = []

    def take(self, heard: Heard) -> bool:
        """Let a report change the row of its terminal; return whether it is news."""
        row, report = self._rows.get(heard.terminal), heard.report
        if row is None or report.number <= row["report"]:
            return False
        out = row["standing"] == OUT_OF_SERVICE
        new = {
            "rank": OUT if out else rank_of(report.state, report.devices, report.paper),
            "state": str(report.state),
            "version": report.version,
            "catalogue": report.catalogue_version,
            "paper": str(report.paper),
            "devices": msgspec.json.encode(report.devices).decode(),
            "last_seen": heard.at,
            "report": report.number,
            "today": report.today.day if report.today else None,
            "sessions": report.today.sessions if report.today else 0,
            "cases": report.today.cases if report.today else 0,
            "door": report.door,
        }
        self._events += [
            {"terminal": heard.terminal, "at": heard.at, "kind": kind, "content": content, "staff": ""}
            for kind, content in _changes(row, new)
        ]
        if any(row[name] != new[name] for name in _SELDOM):
            self._changed.add(heard.terminal)
        row.update(new)
        self._heard.add(heard.terminal)
        return True

    def store(self, connection: Connection) -> None:
        """Write what was heard of each, and of those that changed what is indexed or long."""
        table = schema.terminal_health
        for terminals, names in ((self._heard, _OFTEN), (self._changed, _SELDOM)):
            if terminals:
                connection.execute(
                    update(table)
                    .where(table.c.terminal == bindparam("which"))
                    .values({name: bindparam(name) for name in names}),
                    [
                        {"which": terminal, **{name: self._rows[terminal][name] for name in names}}
                        for terminal in sorted(terminals)
                    ],
                )
        if self._events:
            connection.execute(insert(schema.terminal_event), self._events)


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is worth a line in the history: not that somebody used it, and not the minute."""
    if old["rank"] in (SILENT, NEVER_SEEN):
        yield "heard", ""
    for name in ("version", "catalogue", "paper"):
        if old[name] != new[name]:
            yield name, str(new[name])
    if old["devices"] != new["devices"]:
        yield "devices", str(new["devices"])


def _counts(heard: Heard) -> Iterator[Count]:
    day, terminal = heard.day, heard.terminal
    for page in heard.report.pages:
        about: dict[str, Any] = {"day": day, "theme": page.theme or NO_THEME, "detail": page.page}
        # pages that were reached, all added up, say nothing of a terminal
        yield Count(kind="reached", **about, value=page.reached)
        yield Count(kind="left", **about, terminal=terminal, value=page.left)
    for saved in heard.report.savings:
        theme = saved.theme or NO_THEME
        for kind, value in (
            ("saved-for", saved.filed),
            ("saved-questions", saved.questions),
            ("saved-materials", saved.materials),
        ):
            yield Count(kind=kind, day=day, theme=theme, terminal=terminal, value=value)


def _in_parts(terminals: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield them in parts that one statement may name."""
    for at in range(0, len(terminals), _AT_ONCE):
        yield terminals[at : at + _AT_ONCE]


def find_silent(connection: Connection, now: datetime) -> tuple[int, ...]:
    """Rank those that are not heard of any more; a sweep. Reads every row, which is quicker than an index to keep.

    Returns:
        Nothing: no application has news by it.
    """
    table, moment = schema.terminal_health, now.timestamp()
    gone = table.c.last_seen < moment - SILENT_S
    heard_of = table.c.rank.not_in((SILENT, NEVER_SEEN, OUT, GONE))
    rows = connection.execute(select(table.c.terminal).where(gone, heard_of)).scalars().all()
    if rows:
        for some in _in_parts(rows):
            connection.execute(update(table).where(table.c.terminal.in_(some)).values(rank=SILENT))
        connection.execute(
            insert(schema.terminal_event),
            [{"terminal": each, "at": moment, "kind": "silent", "content": "", "staff": ""} for each in rows],
        )
    return ()
