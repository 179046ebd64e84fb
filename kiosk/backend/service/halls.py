"""The service halls of a city as data: what people queue for, the counters, the way to each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import msgspec

from kiosk.backend.workdays import workdays
from kiosk.words import Text

Point = tuple[int, int]
"""East and north in decimetres from the south-west corner of the hall."""


class Hours(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time of day when a hall is open."""

    opens: time
    closes: time


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something people queue for."""

    id: str
    name: Text
    letter: str
    departments: tuple[str, ...]
    items: tuple[str, ...] = ()
    minutes: int
    """What one takes, until the hall knows better."""
    slot_people: int = 2
    """People who may book one slot."""


class Counter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A counter (窗口), what it does and how one gets there from the terminals."""

    number: str
    services: tuple[str, ...]
    way: tuple[Text, ...]
    plan: tuple[Point, ...]


class HallPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service hall (政务服务大厅)."""

    id: str
    name: Text
    address: Text
    hours_said: Text
    hours: tuple[Hours, ...]
    slot_minutes: int = 30
    book_days: int = 5
    """Working days ahead that can be booked."""
    services: tuple[Service, ...]
    counters: tuple[Counter, ...]

    def service(self, identity: str) -> Service | None:
        """Return a service of the hall."""
        return next((each for each in self.services if each.id == identity), None)

    def counter(self, number: str) -> Counter | None:
        """Return a counter of the hall."""
        return next((each for each in self.counters if each.number == number), None)

    def is_open(self, at: datetime) -> bool:
        """Return whether tickets are given at ``at``."""
        if not workdays().is_working(at.date()):
            return False
        return any(each.opens <= at.time() < each.closes for each in self.hours)

    def opens_at(self, now: datetime) -> datetime | None:
        """Return when it opens next, while it is closed; ``None`` while it is open."""
        if self.is_open(now):
            return None
        day = now.date()
        while True:
            if workdays().is_working(day):
                later = [moment for each in self.hours if (moment := _at(day, each.opens, now)) > now]
                if later:
                    return min(later)
            day += timedelta(days=1)

    def slots(self, now: datetime) -> tuple[datetime, ...]:
        """Return the times that can be booked: from the next half hour on, on the next working days."""
        found: list[datetime] = []
        day, days = now.date(), 0
        while days <= self.book_days:
            if workdays().is_working(day):
                days += 1
                found.extend(moment for moment in self._of(day, now) if moment > now)
            day += timedelta(days=1)
        return tuple(found)

    def _of(self, day: date, now: datetime) -> list[datetime]:
        moments: list[datetime] = []
        for each in self.hours:
            moment, end = _at(day, each.opens, now), _at(day, each.closes, now)
            while moment + timedelta(minutes=self.slot_minutes) <= end:
                moments.append(moment)
                moment += timedelta(minutes=self.slot_minutes)
        return moments


class HallsInvalid(ValueError):
    """The file of the halls is not consistent; the message says where and what to do."""


def read_halls(path: Path) -> tuple[HallPlan, ...]:
    """Return the halls of the city; none where there is no file.

    Raises:
        OSError: the file cannot be read.
        msgspec.ValidationError: it has another shape; the message names the place.
        HallsInvalid: a counter does what the hall does not, or a service has no counter or no letter of its own.
    """
    if not path.exists():
        return ()
    halls = msgspec.yaml.decode(path.read_bytes(), type=tuple[HallPlan, ...])
    for hall in halls:
        _check(hall, path)
    return halls


def _check(hall: HallPlan, path: Path) -> None:
    services = {each.id for each in hall.services}
    done = {name for counter in hall.counters for name in counter.services}
    if done - services:
        raise HallsInvalid(f"{path}: {hall.id}: counters do {sorted(done - services)}; name a service of the hall")
    if services - done:
        raise HallsInvalid(f"{path}: {hall.id}: no counter does {sorted(services - done)}; add it to one")
    letters = [each.letter for each in hall.services]
    if len(set(letters)) < len(letters) or not all(letter.isascii() and letter.isupper() for letter in letters):
        raise HallsInvalid(f"{path}: {hall.id}: each service needs a capital letter of its own")
    if not hall.hours or any(each.opens >= each.closes for each in hall.hours):
        raise HallsInvalid(f"{path}: {hall.id}: hours must open before they close")


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, now.tzinfo)
