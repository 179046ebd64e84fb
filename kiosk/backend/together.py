"""What others filed together: counts of pairs of items by day, of nobody in particular.

It is the second, moving database beside the catalogue: it follows what people do. A pair of items counts each person
once within the window, days outside the window are deleted, and what fewer than ``together_least`` people did is never
told: what few did could point at them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import combinations

from sqlalchemy import Connection, bindparam, delete, func, or_, select

from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import insert_or_update, schema

_APPLICATION, _CASE = schema.application.c, schema.case.c
_OF = select(_APPLICATION.resident, _APPLICATION.session).where(_APPLICATION.id == bindparam("identity"))
_FILED = (
    select(_APPLICATION.id, _APPLICATION.session, _CASE.item)
    .join(schema.case, _CASE.application == _APPLICATION.id)
    .where(_APPLICATION.resident == bindparam("whose"), _APPLICATION.received_at >= bindparam("since"))
)
_OLD = delete(schema.co_filing).where(schema.co_filing.c.day < bindparam("first_day"))


class Together:
    """The counts."""

    def __init__(self, settings: BackendSettings) -> None:
        self._settings = settings

    def count(self, connection: Connection, application: int, now: datetime) -> None:
        """Count an application that was just written: its items, and those of its session filed before, in pairs.

        Whether this person is already in the count of a pair is seen from their applications, which are there anyway;
        nothing about a person is kept for it.
        """
        row = connection.execute(_OF, {"identity": application}).one()
        today = now.date()
        # from its first midnight, as the days are counted: an application of that morning is still in the count
        since = datetime.combine(self._first_day(today), time.min, now.tzinfo).timestamp()
        together: set[str] = set()
        before: dict[str, set[str]] = {}
        for filed in connection.execute(_FILED, {"whose": row.resident, "since": since}):
            if filed.session == row.session:
                together.add(filed.item)
            if filed.id != application:
                before.setdefault(filed.session, set()).add(filed.item)
        known = {pair for items in before.values() for pair in combinations(sorted(items), 2)}
        counts = schema.co_filing
        for first, second in combinations(sorted(together), 2):
            if (first, second) not in known:
                insert_or_update(
                    connection,
                    counts,
                    {"first": first, "second": second, "day": today, "people": 1},
                    key=("first", "second", "day"),
                    changes={"people": counts.c.people + 1},
                )
        connection.execute(_OLD, {"first_day": self._first_day(today)})

    def beside(self, connection: Connection, items: Iterable[str], today: date) -> dict[str, int]:
        """Return how many people filed another item beside one of ``items``, by that item; few are left out.

        Of several of ``items`` the largest count is taken: the same people may stand behind each.
        """
        chosen = set(items)
        table = schema.co_filing.c
        people = func.sum(table.people)
        query = (
            select(table.first, table.second, people)
            .where(table.day >= self._first_day(today), or_(table.first.in_(chosen), table.second.in_(chosen)))
            .group_by(table.first, table.second)
            .having(people >= self._settings.together_least)
        )
        found: dict[str, int] = {}
        for first, second, count in connection.execute(query):
            for one, other in ((first, second), (second, first)):
                if one in chosen and other not in chosen:
                    found[other] = max(found.get(other, 0), int(count))
        return found

    def _first_day(self, today: date) -> date:
        return today - timedelta(days=self._settings.together_days)
