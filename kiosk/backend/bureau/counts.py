"""Sums that only grow: by day and by month, of everything, of a theme, of a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.backend.storage import schema

NO_THEME: Final = "-"
"""Before anything was chosen."""
DAY: Final = "day"
MONTH: Final = "month"
ALL: Final = "all"
THEME: Final = "theme"
TERMINAL: Final = "terminal"


class Row(NamedTuple):
    """The key of a sum."""

    kind: str
    grain: str
    scope: str
    starts_on: date
    subject: str
    detail: str


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """So many of something on a day."""

    kind: str
    day: date
    theme: str = ""
    """Empty: it is counted in the sum of all themes alone."""
    terminal: str = ""
    detail: str = ""
    """What of it: a page, a state, an hour, a level."""
    value: int = 1


def rows_of(counts: Iterable[Count]) -> dict[Row, int]:
    """Return what each row grows by: a count stands in the sum of all, of its theme and of its terminal.

    A terminal has no details: of one terminal they would be few, and few could point at a person.
    """
    rows: dict[Row, int] = defaultdict(int)
    for count in counts:
        if count.value == 0:
            continue
        for grain, starts_on in ((DAY, count.day), (MONTH, count.day.replace(day=1))):
            rows[Row(count.kind, grain, ALL, starts_on, "", count.detail)] += count.value
            if count.theme:
                rows[Row(count.kind, grain, THEME, starts_on, count.theme, count.detail)] += count.value
            if count.terminal:
                rows[Row(count.kind, grain, TERMINAL, starts_on, count.terminal, "")] += count.value
    return rows


def add(connection: Connection, counts: Iterable[Count]) -> None:
    """Let the sums grow; in a transaction that writes."""
    rows = rows_of(counts)
    if not rows:
        return
    # in one order: of two transactions that meet one waits, and neither waits for the other
    values: list[dict[str, Any]] = [{**row._asdict(), "value": rows[row]} for row in sorted(rows)]
    table = schema.bureau_count
    inserted = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    grown = inserted.on_conflict_do_update(
        index_elements=list(Row._fields), set_={"value": table.c.value + inserted.excluded.value}
    )
    connection.execute(grown, values)
