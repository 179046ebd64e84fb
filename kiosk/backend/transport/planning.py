"""From what is asked to a route as its permit describes it: hours, roads in order, whose they are, what is in doubt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby

import numpy as np

from kiosk.backend.transport import sentences
from kiosk.backend.transport.generating import generate
from kiosk.backend.transport.network import UNKNOWN, Network, Structure
from kiosk.backend.transport.router import Router, Trip, Way
from kiosk.backend.transport.terms import AUTHORITIES, HOURS, MEASURES, Planned, Question, Vehicle, clock, hours_text
from kiosk.contract import Route, RouteDoubt, RoutePart, RouteStretch, TravelHours
from kiosk.words import Text

LINE_POINTS = 120
"""So many points are enough to draw a way on a small picture."""
_CLASS_I = Vehicle(height_cm=420, width_cm=300, length_cm=2000, weight_kg=49_000, axle_kg=13_000)
_CLASS_II = Vehicle(height_cm=450, width_cm=375, length_cm=2800, weight_kg=100_000, axle_kg=2**30)


class Planner:
    """Answers questions about ways; the network is made when the first one comes."""

    def __init__(self, authority_name: Callable[[str], Text], make: Callable[[], Network] = generate) -> None:
        """Plan over the network that ``make`` gives; ``authority_name`` tells the name of a department."""
        self._authority_name = authority_name
        self._make = make
        self._made: Router | None = None
        self._making = threading.Lock()
        self.plan = lru_cache(maxsize=256)(self._plan)
        """Return the best way for a question, remembered: the transaction that decides by it finds it there."""

    @property
    def router(self) -> Router:
        """Return the network, ready to be asked; made once, by whoever comes first."""
        with self._making:
            if self._made is None:
                self._made = Router(self._make())
            return self._made

    def _plan(self, question: Question) -> Planned:
        marks = self.router.network.landmarks
        if question.origin not in marks or question.destination not in marks:
            return Planned(route=None)
        asked = tuple(HOURS) if question.hours is TravelHours.ANY else (question.hours,)
        ways = [(hours, way) for hours in asked if (way := self._find(question, hours)) is not None]
        if ways:
            hours, way = min(ways, key=lambda one: bool(one[1].review))
            return Planned(route=self._described(question, hours, way))
        others = (hours for hours in HOURS if hours not in asked and self._find(question, hours) is not None)
        other = next(others, None)
        return Planned(route=None, other=None if other is None else hours_text(other))

    def _find(self, question: Question, hours: TravelHours) -> Way | None:
        marks = self.router.network.landmarks
        return self.router.find(
            question.vehicle,
            Trip(
                origin=marks[question.origin].junction,
                destination=marks[question.destination].junction,
                first_day=question.first_day,
                last_day=question.last_day,
                hours=HOURS[hours],
            ),
        )

    def _described(self, question: Question, hours: TravelHours, way: Way) -> Route:
        network = self.router.network
        segments, marks = network.segments, network.landmarks
        stretches = tuple(self._stretches(way))
        doubts = tuple(self._doubts(question.vehicle, way))
        parts = tuple(
            RoutePart(
                authority=authority,
                authority_name=self._authority_name(authority),
                length_m=length,
                decided=all(doubt.authority != authority for doubt in doubts),
            )
            for authority in AUTHORITIES
            if (length := sum(each.length_m for each in stretches if each.authority == authority))
        )
        over_bridges = any(segments.structure[each] == Structure.BRIDGE for each in way.segments)
        return Route(
            origin=marks[question.origin].name,
            destination=marks[question.destination].name,
            length_m=sum(each.length_m for each in stretches),
            minutes=max(1, round(way.seconds / 60)),
            hours=hours,
            from_time=clock(HOURS[hours].from_minute),
            until_time=clock(HOURS[hours].to_minute),
            first_day=question.first_day,
            last_day=question.last_day,
            stretches=stretches,
            parts=parts,
            doubts=doubts,
            conditions=tuple(_conditions(question.vehicle, over_bridges=over_bridges)),
            line=_line(network, way),
        )

    def _stretches(self, way: Way) -> Iterator[RouteStretch]:
        segments = self.router.network.segments
        for (road, authority), run in groupby(way.segments, self._road_of):
            yield RouteStretch(
                road=self.router.network.tale.roads[road],
                authority=AUTHORITIES[authority],
                length_m=sum(int(segments.length_m[each]) for each in run),
            )

    def _road_of(self, segment: int) -> tuple[int, int]:
        segments = self.router.network.segments
        return int(segments.road[segment]), int(segments.authority[segment])

    def _doubts(self, vehicle: Vehicle, way: Way) -> Iterator[RouteDoubt]:
        network = self.router.network
        segments = network.segments
        review, at_m = set(way.review), 0
        for segment in way.segments:
            if segment in review:
                for measure, name in enumerate(MEASURES):
                    limit, wanted = int(segments.limits[measure][segment]), int(getattr(vehicle, name))
                    if limit == UNKNOWN or limit < wanted:
                        yield RouteDoubt(
                            authority=AUTHORITIES[segments.authority[segment]],
                            road=network.tale.roads[segments.road[segment]],
                            structure=Structure(segments.structure[segment]).name.lower(),
                            at_m=at_m,
                            measure=name,
                            limit=None if limit == UNKNOWN else limit,
                            wanted=wanted,
                        )
            at_m += int(segments.length_m[segment])


def _conditions(vehicle: Vehicle, *, over_bridges: bool) -> Iterator[Text]:
    """Yield what the permit orders.

    Source: 超限运输车辆行驶公路管理规定 第十条 (the classes); the rest of it for escort, signs and bridges.
    """
    yield sentences.AS_ORDERED
    if over_bridges:
        yield sentences.BRIDGES
    yield sentences.SIGNS
    if _exceeds(vehicle, _CLASS_II):
        yield sentences.ESCORT_PLAN
    elif _exceeds(vehicle, _CLASS_I):
        yield sentences.ESCORT


def _exceeds(vehicle: Vehicle, of_class: Vehicle) -> bool:
    return any(getattr(vehicle, name) > getattr(of_class, name) for name in MEASURES)


def _line(network: Network, way: Way) -> tuple[tuple[int, int], ...]:
    """Return the way as points in thousandths of a picture, the upper left corner first."""
    count = len(way.junctions)
    step = max(1, -(-count // LINE_POINTS))
    kept = np.array([*way.junctions[:-1:step], way.junctions[-1]])
    east, north = network.east_m[kept].astype(float), network.north_m[kept].astype(float)
    scale = 1000 / max(1.0, float(np.ptp(east)), float(np.ptp(north)))
    across, down = (east - east.min()) * scale, (north.max() - north) * scale
    return tuple(zip(np.round(across).astype(int).tolist(), np.round(down).astype(int).tolist(), strict=True))
