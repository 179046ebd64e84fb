"""The generator of the simulated city's road network: the same one from the same seed.

    a grid of streets 250 m apart, cut by a river that bridges and tunnels cross, with a lake in the west
    every fifth street is an arterial road; three rings of urban expressway
    around it 国道 and 县道 two kilometres apart, a ring motorway, and four motorways to the border

Streets inside belong to the urban management bureau, roads outside to the transport bureau. Limits are drawn: bridges
carry less than roads, side streets are narrow and have wires, and of some segments nobody knows. Only the doubles of a
PCG64 are used, whose stream stays the same between releases of numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kiosk.backend.transport import kinds
from kiosk.backend.transport.kinds import Choice
from kiosk.backend.transport.network import (
    UNLIMITED,
    Landmark,
    Network,
    Segments,
    Structure,
    Tale,
)
from kiosk.backend.transport.terms import CITY_ROADS, HIGHWAYS, MEASURES
from kiosk.words import Text

SEED = 20_261_122
_STREETS = 166
"""Each way in the city."""
_BLOCK_M = 250
_OUTSIDE = 51
"""Roads each way in the country, those that would lie in the city left out."""
_OUTSIDE_M = 2000
_RIM_M = 21_500
"""Half the side of the square that the city fills."""
_ARTERIAL = 5
_RINGS = ((18, "一"), (40, "二"), (66, "三"))
"""Distance of each ring from the centre in blocks."""
_FOUR_WAYS = (
    ("东", "東", "East", (1, 0)),
    ("南", "南", "South", (0, -1)),
    ("西", "西", "West", (-1, 0)),
    ("北", "北", "North", (0, 1)),
)
_Flags: TypeAlias = NDArray[np.bool_]
_Whole: TypeAlias = NDArray[np.int64]


def generate(seed: int = SEED) -> Network:
    """Return the network that ``seed`` makes."""
    return _Drawing(seed).network()


class _Drawing:
    """A network being drawn, layer by layer."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.Generator(np.random.PCG64(seed)).random
        self._east: list[NDArray[np.float64]] = []
        self._north: list[NDArray[np.float64]] = []
        self._columns: dict[str, list[_Whole]] = {}
        self._roads: list[Text] = []

    def network(self) -> Network:
        """Draw everything."""
        city = self._city()
        country = self._country(city)
        self._motorways(city, country)
        east, north = (np.round(np.concatenate(each)).astype(np.int32) for each in (self._east, self._north))
        columns = {name: np.concatenate(parts).astype(np.int32) for name, parts in self._columns.items()}
        limits = tuple(columns.pop(name) for name in MEASURES)
        start, end = columns["start"], columns["end"]
        away = np.hypot(east[start] - east[end], north[start] - north[end])
        segments = Segments(length_m=np.maximum(1, np.round(away)).astype(np.int32), limits=limits, **columns)
        tale = Tale(roads=tuple(self._roads), closures=kinds.CLOSURES, landmarks=())
        bare = Network(east_m=east, north_m=north, segments=segments, tale=tale)
        places = tuple(
            Landmark(
                id=name,
                name=Text(zh_hans=hans, zh_hant=hant, en=english),
                division=division,
                junction=bare.nearest(at_east, at_north, on_main_roads=True),
            )
            for name, hans, hant, english, division, at_east, at_north in kinds.PLACES
        )
        whole = Tale(roads=tale.roads, closures=kinds.CLOSURES, landmarks=places)
        return Network(east_m=east, north_m=north, segments=segments, tale=whole)

    def _city(self) -> _Whole:
        """Draw the streets; return their junctions."""
        count, centre = _STREETS, _STREETS // 2
        column, row = (each.ravel() for each in np.meshgrid(np.arange(count), np.arange(count)))
        east, north = (column - centre) * float(_BLOCK_M), (row - centre) * float(_BLOCK_M)
        east, north = (each + (self._chance(count * count) - 0.5) * 60 for each in (east, north))
        number = self._junctions(east, north)
        wet = ((east + 13_200) / 2500) ** 2 + ((north - 4000) / 2200) ** 2 < 1
        left = east < -4000 + 1500 * np.sin(north / 6000)
        ways = [
            self._road(f"纬{j + 1}{_kind(j)[0]}", f"緯{j + 1}{_kind(j)[0]}", f"Wei {j + 1} {_kind(j)[1]}")
            for j in range(count)
        ]
        ways += [
            self._road(f"经{i + 1}{_kind(i)[0]}", f"經{i + 1}{_kind(i)[0]}", f"Jing {i + 1} {_kind(i)[1]}")
            for i in range(count)
        ]
        rings = [self._road(f"{han}环路", f"{han}環路", f"Ring Road {n + 1}") for n, (_, han) in enumerate(_RINGS)]
        for across in (True, False):
            last = column if across else row
            starts = number[last < count - 1]
            ends = starts + (1 if across else count)
            over = left[starts] != left[ends]
            avenue = (row if across else column)[starts] % _ARTERIAL == 0
            keep = ~(wet[starts] | wet[ends]) & (~over | avenue)
            starts, ends, over = starts[keep], ends[keep], over[keep]
            line = (row if across else column)[starts]
            out = np.maximum(abs(column - centre), abs(row - centre))
            ring = np.full(len(starts), -1)
            for index, (distance, _) in enumerate(_RINGS):
                ring[(out[starts] == distance) & (out[ends] == distance)] = index
            # every fourth crossing is a tunnel
            tunnel = over & (line % (4 * _ARTERIAL) == 0) & (ring < 0)
            named = np.array(ways)[line + (0 if across else count)]
            self._streets(
                starts,
                ends,
                np.where(ring >= 0, np.array(rings)[ring], named).astype(np.int64),
                out[starts],
                line % _ARTERIAL == 0,
                ring,
                over & ~tunnel,
                tunnel,
                across=across,
            )
        return number

    def _streets(
        self,
        starts: _Whole,
        ends: _Whole,
        road: _Whole,
        out: _Whole,
        main: _Flags,
        ring: _Whole,
        bridge: _Flags,
        tunnel: _Flags,
        *,
        across: bool,
    ) -> None:
        count = len(starts)
        ringed = ring >= 0
        dice = self._chance(count)
        closed = np.full(count, kinds.OPEN)
        closed[main & (out < _RINGS[1][0]) & (dice < 0.7)] = kinds.MORNING if across else kinds.EVENING
        closed[(out < _RINGS[0][0]) & ~ringed] = kinds.INNER
        closed[(dice > 0.995) & main] = kinds.NIGHT_WORKS
        closed[(dice > 0.99) & ~main] = kinds.WORKS_LATER
        closed[(dice > 0.985) & (dice < 0.989) & ~ringed] = kinds.WORKS_NOW
        classes = (
            (~main & ~ringed, kinds.SIDE),
            (main & ~ringed, kinds.AVENUE),
            (ringed, kinds.RING),
            (bridge, kinds.CITY_BRIDGE),
            (tunnel, kinds.CITY_TUNNEL),
        )
        self._segments(
            starts,
            ends,
            classes,
            speed_kmh=np.where(ringed, 40, np.where(main, 30, 20)),
            road=road,
            authority=np.full(count, CITY_ROADS),
            structure=np.where(bridge, Structure.BRIDGE, np.where(tunnel, Structure.TUNNEL, Structure.ROAD)),
            one_way=((dice < 0.03) & ~main & ~ringed).astype(np.int64),
            closed=closed,
        )

    def _country(self, city: _Whole) -> _Whole:
        """Draw 国道 and 县道 around the city; return their junctions."""
        count, centre = _OUTSIDE, _OUTSIDE // 2
        column, row = (each.ravel() for each in np.meshgrid(np.arange(count), np.arange(count)))
        east, north = (column - centre) * float(_OUTSIDE_M), (row - centre) * float(_OUTSIDE_M)
        inside = (abs(east) < _RIM_M) & (abs(north) < _RIM_M)
        number = self._junctions(
            *(each + (self._chance(count * count) - 0.5) * 500 * (abs(each) < kinds.BORDER_M) for each in (east, north))
        )
        base = number[0]
        for across in (True, False):
            last = column if across else row
            starts = np.flatnonzero(last < count - 1)
            ends = starts + (1 if across else count)
            keep = ~inside[starts] & ~inside[ends]
            starts, ends = starts[keep], ends[keep]
            line = (row if across else column)[starts]
            main = line % 5 == 0
            roads = np.array([self._country_road(each, across=across) for each in range(count)])
            self._outside(base + starts, base + ends, roads[line], main, np.where(main, 45, 35))
        rim = np.flatnonzero(~inside & (abs(east) < _RIM_M + _OUTSIDE_M) & (abs(north) < _RIM_M + _OUTSIDE_M))
        links = self._road("进城路", "進城路", "City Link Road")
        streets = np.array([self._nearest(city, base + each) for each in rim])
        self._outside(base + rim, streets, np.full(len(rim), links), np.ones(len(rim), bool), np.full(len(rim), 35))
        return np.asarray(base + np.flatnonzero(~inside), np.int64)

    def _country_road(self, line: int, *, across: bool) -> int:
        number = f"{'9' if line % 5 == 0 else '0'}{line + 1:02d}{'1' if across else '2'}"
        if line % 5 == 0:
            return self._road(f"国道 G{number}", f"國道 G{number}", f"National Road G{number}")
        return self._road(f"县道 X{number}", f"縣道 X{number}", f"County Road X{number}")

    def _outside(self, starts: _Whole, ends: _Whole, road: _Whole, main: _Flags, speed: _Whole) -> None:
        count = len(starts)
        dice = self._chance(count)
        bridge = dice < 0.06
        closed = np.full(count, kinds.OPEN)
        closed[dice > 0.995] = kinds.WORKS_NOW
        classes = ((~main, kinds.COUNTY), (main, kinds.NATIONAL), (bridge, kinds.HIGHWAY_BRIDGE))
        self._segments(
            starts,
            ends,
            classes,
            speed_kmh=speed,
            road=road,
            authority=np.full(count, HIGHWAYS),
            structure=np.where(bridge, Structure.BRIDGE, Structure.ROAD),
            one_way=np.zeros(count, np.int64),
            closed=closed,
        )

    def _motorways(self, city: _Whole, country: _Whole) -> None:
        """Draw the ring motorway and the four to the border, with slip roads to what is beside them."""
        beside = np.concatenate((city, country))
        side = 24_500.0
        steps = np.arange(-side, side, 1000.0)
        along = np.concatenate((steps, np.full(len(steps), side), -steps, np.full(len(steps), -side)))
        ring = self._junctions(along, np.roll(along, len(steps)))
        self._motorway(ring, np.roll(ring, -1), self._road("绕城高速", "繞城高速", "Ring Motorway"))
        self._slips(ring[::4], beside)
        for index, (name, hant, english, way) in enumerate(_FOUR_WAYS):
            out = np.arange(16_500.0, kinds.BORDER_M + 1, 1000.0)
            line = self._junctions(out * way[0], out * way[1])
            number = f"S9{index + 1}"
            road = self._road(
                f"示例{name}高速 {number}", f"示例{hant}高速 {number}", f"Sample {english} Motorway {number}"
            )
            self._motorway(line[:-1], line[1:], road)
            self._slips(line[::4], beside)
            crossing = line[int(np.argmin(abs(out - side)))]
            self._slips(np.array([crossing]), ring)

    def _motorway(self, starts: _Whole, ends: _Whole, road: int) -> None:
        count = len(starts)
        bridge = self._chance(count) < 0.12
        self._segments(
            starts,
            ends,
            ((np.ones(count, bool), kinds.MOTORWAY), (bridge, kinds.HIGHWAY_BRIDGE)),
            speed_kmh=np.full(count, 60),
            road=np.full(count, road),
            authority=np.full(count, HIGHWAYS),
            structure=np.where(bridge, Structure.BRIDGE, Structure.ROAD),
            one_way=np.zeros(count, np.int64),
            closed=np.full(count, kinds.OPEN),
        )

    def _slips(self, junctions: _Whole, beside: _Whole) -> None:
        road = self._road("匝道", "匝道", "Slip road")
        count = len(junctions)
        self._segments(
            junctions,
            np.array([self._nearest(beside, each) for each in junctions]),
            ((np.ones(count, bool), kinds.NATIONAL),),
            speed_kmh=np.full(count, 30),
            road=np.full(count, road),
            authority=np.full(count, HIGHWAYS),
            structure=np.full(count, Structure.RAMP),
            one_way=np.zeros(count, np.int64),
            closed=np.full(count, kinds.OPEN),
        )

    def _segments(
        self, starts: _Whole, ends: _Whole, classes: Sequence[tuple[_Flags, tuple[Choice, ...]]], **columns: _Whole
    ) -> None:
        """Add segments; of the classes that a segment is of, the last one says its limits.

        A road has one limit for all its length, but for one place in thirty; every bridge and tunnel has its own.
        """
        count, roads = len(starts), len(self._roads)
        apart = (self._chance(count) < 1 / 30) | (columns["structure"] > Structure.ROAD)
        for measure, name in enumerate(MEASURES):
            values = np.full(count, UNLIMITED)
            for of_class, limits in classes:
                own, common = self._drawn(count, limits[measure]), self._drawn(roads, limits[measure])
                values = np.where(of_class, np.where(apart, own, common[columns["road"]]), values)
            columns[name] = values
        for name, column in (("start", starts), ("end", ends), *columns.items()):
            self._columns.setdefault(name, []).append(column)

    def _drawn(self, count: int, choice: Choice) -> _Whole:
        shares = np.cumsum([share for _, share in choice])
        found = np.searchsorted(shares, self._chance(count), side="right").clip(max=len(choice) - 1)
        values: _Whole = np.array([value for value, _ in choice], np.int64)[found]
        return values

    def _junctions(self, east: NDArray[np.float64], north: NDArray[np.float64]) -> _Whole:
        first = sum(map(len, self._east))
        self._east.append(east)
        self._north.append(north)
        return np.arange(first, first + len(east))

    def _nearest(self, among: _Whole, junction: int) -> int:
        east, north = np.concatenate(self._east), np.concatenate(self._north)
        away = (east[among] - east[junction]) ** 2 + (north[among] - north[junction]) ** 2
        return int(among[np.argmin(away)])

    def _road(self, hans: str, hant: str, english: str) -> int:
        self._roads.append(Text(zh_hans=hans, zh_hant=hant, en=english))
        return len(self._roads) - 1


def _kind(line: int) -> tuple[str, str]:
    return ("大道", "Avenue") if line % _ARTERIAL == 0 else ("路", "Road")
