"""The router keeps every limit, finds what a search through all ways finds, and knows what is closed when."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.transport.generating import generate
from kiosk.backend.transport.network import UNKNOWN, UNLIMITED, Closure, Network, Segments, Tale
from kiosk.backend.transport.router import Router, Trip, Verdict, closes
from kiosk.backend.transport.terms import MEASURES, Hours, Vehicle

MONDAY = date(2026, 12, 7)
DAY_HOURS = Hours(from_minute=9 * 60, to_minute=16 * 60)
NIGHT_HOURS = Hours(from_minute=22 * 60, to_minute=5 * 60)
CAR = Vehicle(height_cm=400, width_cm=255, length_cm=1800, weight_kg=40_000, axle_kg=9_900)
DAILY = 0b1111111


def trip(origin: int, destination: int, hours: Hours = DAY_HOURS, days: int = 0) -> Trip:
    return Trip(
        origin=origin,
        destination=destination,
        first_day=MONDAY,
        last_day=MONDAY + timedelta(days=days),
        hours=hours,
    )


@cache
def city() -> Router:
    return Router(generate())


@st.composite
def small_networks(draw: st.DrawFn) -> Network:
    junctions = draw(st.integers(2, 6))
    ends = st.tuples(st.integers(0, junctions - 1), st.integers(0, junctions - 1)).filter(
        lambda pair: pair[0] != pair[1]
    )
    pairs = draw(st.lists(ends, min_size=1, max_size=10))
    count = len(pairs)

    def column(values: st.SearchStrategy[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.array(draw(st.lists(values, min_size=count, max_size=count)), np.int32)

    limits = (
        st.sampled_from((350, 399, 400, 500, UNKNOWN, UNLIMITED)),
        st.sampled_from((231, 232, 255, 300, UNKNOWN)),
        st.sampled_from((1800, 1700, UNKNOWN)),
        st.sampled_from((36_363, 36_364, 40_000, 30_000, UNKNOWN, UNLIMITED)),
        st.sampled_from((10_000, 9_000, 8_999, UNKNOWN)),
    )
    return Network(
        east_m=np.arange(junctions, dtype=np.int32),
        north_m=np.zeros(junctions, np.int32),
        segments=Segments(
            start=np.array([pair[0] for pair in pairs], np.int32),
            end=np.array([pair[1] for pair in pairs], np.int32),
            length_m=column(st.integers(1, 5000)),
            speed_kmh=column(st.sampled_from((20, 36, 60))),
            road=np.zeros(count, np.int32),
            authority=column(st.integers(0, 1)),
            structure=column(st.integers(0, 3)),
            one_way=column(st.integers(0, 1)),
            closed=column(st.sampled_from((-1, -1, -1, 0, 1))),
            limits=tuple(column(each) for each in limits),
        ),
        tale=Tale(
            roads=(),
            closures=(
                Closure(weekdays=DAILY, from_minute=420, to_minute=600),
                Closure(weekdays=DAILY, from_minute=1320, to_minute=300),
            ),
            landmarks=(),
        ),
    )


def ways(network: Network, origin: int, destination: int) -> list[tuple[int, ...]]:
    """Return every way without a junction twice."""
    steps: dict[int, list[tuple[int, int]]] = {}
    for segment in range(len(network)):
        start, end = int(network.segments.start[segment]), int(network.segments.end[segment])
        steps.setdefault(start, []).append((end, segment))
        if not network.segments.one_way[segment]:
            steps.setdefault(end, []).append((start, segment))
    found: list[tuple[int, ...]] = []

    def walk(at: int, been: frozenset[int], way: tuple[int, ...]) -> None:
        if at == destination:
            found.append(way)
            return
        for onward, segment in steps.get(at, ()):
            if onward not in been:
                walk(onward, been | {onward}, (*way, segment))

    walk(origin, frozenset({origin}), ())
    return found


def verdict(network: Network, segment: int, hours: Hours) -> Verdict:
    """Judge one segment as a person would, limit by limit."""
    closed = int(network.segments.closed[segment])
    shut = closed >= 0 and (
        # 7 to 10 in the morning meets the day's hours, 22 to 5 the night's
        (closed == 0 and hours == DAY_HOURS) or (closed == 1 and hours == NIGHT_HOURS)
    )
    found = Verdict.SHUT if shut else Verdict.OPEN
    for measure, name in enumerate(MEASURES):
        limit, wanted = int(network.segments.limits[measure][segment]), getattr(CAR, name)
        if limit == UNKNOWN:
            found = max(found, Verdict.REVIEW)
        elif wanted > limit:
            little = name != "height_cm" and wanted * 100 <= limit * 110
            found = max(found, Verdict.REVIEW if little else Verdict.SHUT)
    return found


@settings(max_examples=150, deadline=None)
@given(network=small_networks(), hours=st.sampled_from((DAY_HOURS, NIGHT_HOURS)))
def test_it_finds_what_a_search_through_all_ways_finds(network: Network, hours: Hours) -> None:
    """Fewest segments to review first (none at all: decided at once), then the time."""
    verdicts = [verdict(network, each, hours) for each in range(len(network))]
    seconds = [
        float(metres) * 3.6 / float(speed)
        for metres, speed in zip(network.segments.length_m, network.segments.speed_kmh, strict=True)
    ]
    possible = [
        (sum(verdicts[each] is Verdict.REVIEW for each in way), sum(seconds[each] for each in way))
        for way in ways(network, 0, 1)
        if all(verdicts[each] is not Verdict.SHUT for each in way)
    ]
    found = Router(network).find(CAR, trip(0, 1, hours))
    if not possible:
        assert found is None
        return
    assert found is not None
    reviewed, took = min(possible)
    assert len(found.review) == reviewed
    assert found.seconds == pytest.approx(took)
    assert all(verdicts[each] is not Verdict.SHUT for each in found.segments)
    assert set(found.review) == {each for each in found.segments if verdicts[each] is Verdict.REVIEW}


def line(*pairs: tuple[int, int], metres: tuple[int, ...], axle: tuple[int, ...]) -> Network:
    """Return a network of roads of which only the axle load is limited."""
    count = len(pairs)
    free = np.full(count, UNLIMITED, np.int32)
    return Network(
        east_m=np.arange(5, dtype=np.int32),
        north_m=np.zeros(5, np.int32),
        segments=Segments(
            start=np.array([pair[0] for pair in pairs], np.int32),
            end=np.array([pair[1] for pair in pairs], np.int32),
            length_m=np.array(metres, np.int32),
            speed_kmh=np.full(count, 36, np.int32),
            road=np.zeros(count, np.int32),
            authority=np.zeros(count, np.int32),
            structure=np.zeros(count, np.int32),
            one_way=np.zeros(count, np.int32),
            closed=np.full(count, -1, np.int32),
            limits=(free, free, free, free, np.array(axle, np.int32)),
        ),
        tale=Tale(roads=(), closures=(), landmarks=()),
    )


def test_one_segment_to_look_at_is_better_than_two_however_long_it_is() -> None:
    network = line((0, 2), (2, 1), (0, 1), metres=(10, 10, 90_000), axle=(UNKNOWN, UNKNOWN, UNKNOWN))
    found = Router(network).find(CAR, trip(0, 1))
    assert found is not None
    assert found.segments == (2,)


@pytest.mark.parametrize(("limit", "review"), [(9_900, 0), (9_899, 1), (9_000, 1), (8_999, None)])
def test_a_tenth_more_is_for_its_authority_and_not_a_kilogram_beyond(limit: int, review: int | None) -> None:
    found = Router(line((0, 1), metres=(100,), axle=(limit,))).find(CAR, trip(0, 1))
    assert (None if found is None else len(found.review)) == review


@settings(max_examples=25, deadline=None)
@given(
    vehicle=st.builds(
        Vehicle,
        height_cm=st.integers(380, 520),
        width_cm=st.integers(240, 480),
        length_cm=st.integers(1200, 5000),
        weight_kg=st.integers(20_000, 160_000),
        axle_kg=st.integers(6_000, 17_000),
    ),
    places=st.tuples(st.integers(0, 12), st.integers(0, 12)),
    hours=st.sampled_from((DAY_HOURS, NIGHT_HOURS)),
    days=st.integers(0, 90),
)
def test_no_limit_is_broken_on_any_way_through_the_city(
    vehicle: Vehicle, places: tuple[int, int], hours: Hours, days: int
) -> None:
    router = city()
    marks = [each.junction for each in router.network.tale.landmarks]
    wanted = trip(marks[places[0]], marks[places[1]], hours, days)
    way = router.find(vehicle, wanted)
    if way is None:
        return
    segments = router.network.segments
    assert way.junctions[0] == wanted.origin
    assert way.junctions[-1] == wanted.destination
    for segment, (start, end) in zip(way.segments, pairwise(way.junctions), strict=True):
        ends = (int(segments.start[segment]), int(segments.end[segment]))
        assert (start, end) == ends or ((end, start) == ends and not segments.one_way[segment])
        closed = int(segments.closed[segment])
        assert closed < 0 or not closes(router.network.tale.closures[closed], wanted)
        for measure, name in enumerate(MEASURES):
            limit, is_wanted = int(segments.limits[measure][segment]), getattr(vehicle, name)
            if segment in way.review:
                assert limit == UNKNOWN or is_wanted * 100 <= limit * 110
            else:
                assert limit != UNKNOWN
                assert is_wanted <= limit


@settings(max_examples=150, deadline=None)
@given(
    closure=st.builds(
        Closure,
        weekdays=st.integers(0, DAILY),
        from_minute=st.integers(0, 1439),
        to_minute=st.integers(1, 1440),
        first_day=st.none() | st.integers(-3, 6).map(lambda days: MONDAY + timedelta(days=days)),
        last_day=st.none() | st.integers(-3, 6).map(lambda days: MONDAY + timedelta(days=days)),
    ),
    hours=st.builds(Hours, from_minute=st.integers(0, 1439), to_minute=st.integers(1, 1440)),
    days=st.integers(0, 9),
)
def test_a_closure_counts_exactly_when_a_minute_of_both_is_the_same(closure: Closure, hours: Hours, days: int) -> None:
    def minutes(first: int, last: int, begin: int, end: int) -> set[int]:
        long = (end - begin) if end > begin else end - begin + 1440
        return {day * 1440 + begin + minute for day in range(first, last) for minute in range(long)}

    closed: set[int] = set()
    for day in range(-2, days + 3):
        on = MONDAY + timedelta(days=day)
        inside = (closure.first_day is None or on >= closure.first_day) and (
            closure.last_day is None or on <= closure.last_day
        )
        if inside and closure.weekdays >> on.weekday() & 1:
            closed |= minutes(day, day + 1, closure.from_minute, closure.to_minute)
    travels = minutes(0, days + 1, hours.from_minute, hours.to_minute)
    assert closes(closure, trip(0, 1, hours, days)) == bool(closed & travels)


def test_the_same_seed_makes_the_same_city() -> None:
    one, other, another = generate(), generate(), generate(7)
    assert len(one) >= 50_000
    assert one.tale == other.tale
    for name in Segments.__slots__:
        assert np.array_equal(getattr(one.segments, name), getattr(other.segments, name))
    assert not np.array_equal(one.segments.limits[3], another.segments.limits[3])


def test_every_place_is_reached_from_every_other() -> None:
    router = city()
    small = Vehicle(height_cm=300, width_cm=200, length_cm=800, weight_kg=9_000, axle_kg=5_000)
    marks = [each.junction for each in router.network.tale.landmarks]
    assert len(set(marks)) == len(marks)
    for origin, destination in zip(marks, marks[1:] + marks[:1], strict=True):
        assert router.find(small, trip(origin, destination, NIGHT_HOURS)) is not None


def test_the_inner_city_is_for_the_night() -> None:
    router = city()
    where = trip(router.network.landmarks["port"].junction, router.network.landmarks["fair"].junction)
    assert router.find(CAR, where) is None
    night = router.find(CAR, trip(where.origin, where.destination, NIGHT_HOURS))
    assert night is not None
    assert night.review == ()
