"""What operators look at: the fleet, the worst first, in pages that cost the same wherever they are.

A page begins after the last row of the one before (keyset), so the database reads as many rows as it shows, of 45,000
as of 45.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, func, or_, select, tuple_

from kiosk.backend.storage import schema
from kiosk.backend.terminals.fleet import NoSuchTerminal
from kiosk.backend.terminals.known import known_of
from kiosk.contract import DeviceReport, DeviceState
from kiosk.words import Text

PAGE: Final = 50
FOUND: Final = 200
"""More are not listed of a search: it says so, and asks for more letters."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One terminal in the list."""

    id: str
    place: str
    rank: int
    standing: str
    version: str
    catalogue: str
    paper: str
    devices: tuple[DeviceReport, ...]
    last_seen: datetime | None
    sessions: int
    """Today."""
    cases: int
    """Today."""

    @property
    def troubled(self) -> tuple[DeviceReport, ...]:
        """The devices that are not as they should be."""
        return tuple(each for each in self.devices if each.state not in (DeviceState.READY, DeviceState.STARTING))


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Which terminals somebody wants to see."""

    rank: int | None = None
    version: str = ""
    query: str = ""
    """Part of an id or of a place."""
    after: tuple[int, str] | None = None
    """Rank and id of the last line of the page before."""


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the list."""

    lines: tuple[Line, ...]
    after: tuple[int, str] | None
    """Where the next one begins; None: this is the last."""


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a terminal's history."""

    id: int
    at: datetime
    kind: str
    content: str
    staff: str


class Terminal(msgspec.Struct, frozen=True, kw_only=True):
    """One terminal, with its newest history."""

    line: Line
    words: Text | None
    since: datetime
    enrolled_at: datetime
    history: tuple[Occurrence, ...]
    earlier: int | None
    """Where older history begins; None: there is none."""


def listed(connection: Connection, wish: Wish, now: datetime) -> Lines:
    """Return a page of the fleet, the worst first."""
    statement = page_statement(connection, wish)
    most = FOUND if wish.query else PAGE
    rows = connection.execute(statement.limit(most + 1)).all()
    lines = tuple(_line(row, now) for row in rows[:most])
    return Lines(lines=lines, after=(lines[-1].rank, lines[-1].id) if len(rows) > most else None)


def page_statement(connection: Connection, wish: Wish) -> Select[Any]:
    """Return what is asked of the database; its plan is tested."""
    health, terminal = schema.terminal_health, schema.terminal
    statement = _lines().order_by(health.c.rank, health.c.terminal)
    if wish.rank is not None:
        statement = statement.where(health.c.rank == wish.rank)
    if wish.version:
        statement = statement.where(health.c.version == wish.version)
    if wish.query:
        # what is in the middle of a name no index finds: ids and places are read, all of them, and nothing else is
        found = select(terminal.c.id).where(
            or_(
                terminal.c.id.contains(wish.query, autoescape=True),
                terminal.c.place.contains(wish.query, autoescape=True),
            )
        )
        matching = connection.execute(found.limit(FOUND + 1)).scalars().all()
        statement = statement.where(health.c.terminal.in_(matching))
    if wish.after is not None:
        statement = statement.where(tuple_(health.c.rank, health.c.terminal) > tuple_(*wish.after))
    return statement


def figures(connection: Connection) -> Mapping[int, int]:
    """Return how many terminals there are of each rank."""
    rank = schema.terminal_health.c.rank
    return {row.rank: row.many for row in connection.execute(select(rank, func.count().label("many")).group_by(rank))}


def versions(connection: Connection) -> Sequence[str]:
    """Return the versions that run, each found by one step in the index."""
    version, found = schema.terminal_health.c.version, [""]
    while True:
        following = connection.execute(select(func.min(version)).where(version > found[-1])).scalar_one()
        if following is None:
            return found[1:]
        found.append(following)


def one(connection: Connection, terminal: str, now: datetime, *, before: int | None = None) -> Terminal:
    """Return a terminal with its newest history, or the history before a line of it.

    Raises:
        NoSuchTerminal: there is none of this id.
    """
    row = connection.execute(_lines().where(schema.terminal_health.c.terminal == terminal)).one_or_none()
    if row is None:
        raise NoSuchTerminal(terminal)
    known = known_of(row)
    event = schema.terminal_event
    events = select(event).where(event.c.terminal == terminal).order_by(event.c.id.desc()).limit(PAGE + 1)
    if before is not None:
        events = events.where(event.c.id < before)
    found = connection.execute(events).all()
    zone = now.tzinfo
    history = tuple(
        Occurrence(id=each.id, at=_moment(each.at, zone), kind=each.kind, content=each.content, staff=each.staff)
        for each in found[:PAGE]
    )
    return Terminal(
        line=_line(row, now),
        words=known.words,
        since=_moment(known.since, zone),
        enrolled_at=_moment(row.enrolled_at, zone),
        history=history,
        earlier=history[-1].id if len(found) > PAGE else None,
    )


def _lines() -> Select[Any]:
    health, terminal = schema.terminal_health, schema.terminal
    return select(health, terminal).join(terminal, terminal.c.id == health.c.terminal)


def _line(row: Any, now: datetime) -> Line:
    today: date | None = row.today
    current = today == now.date()
    return Line(
        id=row.terminal,
        place=row.place,
        rank=row.rank,
        standing=row.standing,
        version=row.version,
        catalogue=row.catalogue,
        paper=row.paper,
        devices=msgspec.json.decode(row.devices, type=tuple[DeviceReport, ...]),
        last_seen=_moment(row.last_seen, now.tzinfo) if row.last_seen else None,
        sessions=row.sessions if current else 0,
        cases=row.cases if current else 0,
    )


def _moment(seconds: float, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(seconds, zone)
