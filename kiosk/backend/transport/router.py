"""The router: which way a vehicle may go, and what on it somebody has to look at first.

Every segment is judged for the vehicle before a way is looked for, all at once and in whole numbers:

    OPEN     every limit is known and kept, and it is never closed while the vehicle may travel
    REVIEW   unknown, or exceeded by so little that its authority may reinforce, widen or escort: theirs to say
    SHUT     exceeded by more, too low, or closed at some time

A way of open segments is always taken before one with a segment to review, however much shorter that would be: it is
decided at once. Otherwise the way with the fewest segments to review, and of those the fastest. It takes Dijkstra's
algorithm (rustworkx) over the segments' times; the README says what else was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise

import msgspec
import numpy as np
import rustworkx
from numpy.typing import NDArray

from kiosk.backend.transport.network import UNKNOWN, Closure, Network
from kiosk.backend.transport.terms import AXLE, HEIGHT, LENGTH, MEASURES, WEIGHT, WIDTH, Hours, Vehicle

DAY = 1440
_MARGIN_PERCENT = {HEIGHT: 0, WIDTH: 10, LENGTH: 10, WEIGHT: 10, AXLE: 10}
"""By how much a limit may be exceeded for its authority to be asked at all; nothing makes a tunnel higher."""
_REVIEW_S = 1e7
"""What a segment to review costs beside its time: more than any way there is (four months)."""


class Verdict(IntEnum):
    """What a segment is for a vehicle."""

    OPEN = 0
    REVIEW = 1
    SHUT = 2


class Trip(msgspec.Struct, frozen=True, kw_only=True):
    """From where to where, on which days and at which hours."""

    origin: int
    destination: int
    """Junctions."""
    first_day: date
    last_day: date
    hours: Hours


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A way through the network."""

    junctions: tuple[int, ...]
    segments: tuple[int, ...]
    review: tuple[int, ...]
    """Those of its segments that somebody has to look at."""
    seconds: float


class Router:
    """A network, ready to be asked."""

    def __init__(self, network: Network) -> None:
        self.network = network
        segments = network.segments
        back = np.flatnonzero(segments.one_way == 0)
        self._segment = np.concatenate((np.arange(len(network)), back))
        starts = np.concatenate((segments.start, segments.end[back]))
        ends = np.concatenate((segments.end, segments.start[back]))
        self._graph: rustworkx.PyDiGraph[int, int] = rustworkx.PyDiGraph()
        self._graph.add_nodes_from(range(len(network.east_m)))
        self._graph.add_edges_from(list(zip(starts.tolist(), ends.tolist(), self._segment.tolist(), strict=True)))
        self._seconds = segments.length_m * 3.6 / segments.speed_kmh

    def judge(self, vehicle: Vehicle, trip: Trip) -> NDArray[np.int8]:
        """Return the ``Verdict`` of every segment."""
        network = self.network
        found = np.zeros(len(network), np.int8)
        for measure, name in enumerate(MEASURES):
            limit = network.segments.limits[measure]
            wanted = getattr(vehicle, name)
            unknown = limit == UNKNOWN
            over = ~unknown & (limit < wanted)
            # in whole numbers: 110 % of a limit is no floating point matter
            far = over & (limit.astype(np.int64) * (100 + _MARGIN_PERCENT[measure]) < wanted * 100)
            found[(over | unknown) & (found == Verdict.OPEN)] = Verdict.REVIEW
            found[far] = Verdict.SHUT
        shut = [closes(each, trip) for each in network.tale.closures]
        closed = np.array([*shut, False])[network.segments.closed]
        found[closed] = Verdict.SHUT
        return found

    def find(self, vehicle: Vehicle, trip: Trip) -> Way | None:
        """Return the way to take; ``None`` when there is none, not even one to be looked at."""
        verdicts = self.judge(vehicle, trip)
        clear = self._search(np.where(verdicts == Verdict.OPEN, self._seconds, np.inf), verdicts, trip)
        if clear is not None:
            return clear
        costs = self._seconds + np.where(verdicts == Verdict.REVIEW, _REVIEW_S, 0.0)
        return self._search(np.where(verdicts == Verdict.SHUT, np.inf, costs), verdicts, trip)

    def _search(self, costs: NDArray[np.float64], verdicts: NDArray[np.int8], trip: Trip) -> Way | None:
        if trip.origin == trip.destination:
            return Way(junctions=(trip.origin,), segments=(), review=(), seconds=0.0)
        listed = costs.tolist()
        found = rustworkx.digraph_dijkstra_shortest_paths(
            self._graph, trip.origin, target=trip.destination, weight_fn=listed.__getitem__
        )
        if trip.destination not in found:
            return None
        junctions = tuple(found[trip.destination])
        segments = tuple(
            min(self._graph.get_all_edge_data(start, end), key=listed.__getitem__) for start, end in pairwise(junctions)
        )
        # the library walks over what costs infinitely much where there is nothing else
        if not np.isfinite(costs[list(segments)]).all():
            return None
        return Way(
            junctions=junctions,
            segments=segments,
            review=tuple(each for each in segments if verdicts[each] == Verdict.REVIEW),
            seconds=float(self._seconds[list(segments)].sum()),
        )


def closes(closure: Closure, trip: Trip) -> bool:
    """Return whether ``closure`` touches any hour of the trip, on any of its days.

    Hours past midnight belong to the day they begin on: the night of the last day ends on the morning after it.
    """
    start, end = _span(closure.from_minute, closure.to_minute)
    begin, finish = _span(trip.hours.from_minute, trip.hours.to_minute)
    for number in range((trip.last_day - trip.first_day).days + 1):
        # what began the evening before, what begins that day, and what begins the morning after
        for offset in (number - 1, number, number + 1):
            on = trip.first_day + timedelta(days=offset)
            if not closure.weekdays >> on.weekday() & 1:
                continue
            if (closure.first_day and on < closure.first_day) or (closure.last_day and on > closure.last_day):
                continue
            if begin + number * DAY < end + offset * DAY and start + offset * DAY < finish + number * DAY:
                return True
    return False


def _span(from_minute: int, to_minute: int) -> tuple[int, int]:
    return from_minute, to_minute if to_minute > from_minute else to_minute + DAY
