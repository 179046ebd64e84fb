"""What the simulated city's roads are like: closures, places, and the limits of each class of road, with shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from kiosk.backend.transport.network import UNKNOWN, UNLIMITED, Closure

BORDER_M = 50_000
WORKDAYS, DAILY = 0b0011111, 0b1111111
CLOSURES = (
    Closure(weekdays=DAILY, from_minute=6 * 60, to_minute=22 * 60),
    Closure(weekdays=WORKDAYS, from_minute=7 * 60, to_minute=9 * 60),
    Closure(weekdays=WORKDAYS, from_minute=17 * 60, to_minute=19 * 60 + 30),
    Closure(weekdays=DAILY, from_minute=23 * 60, to_minute=5 * 60),
    Closure(weekdays=DAILY, from_minute=0, to_minute=1440, first_day=date(2026, 11, 1), last_day=date(2027, 2, 28)),
    Closure(weekdays=DAILY, from_minute=0, to_minute=1440, first_day=date(2027, 3, 1), last_day=date(2027, 9, 30)),
)
OPEN, INNER, MORNING, EVENING, NIGHT_WORKS, WORKS_NOW, WORKS_LATER = range(-1, 6)

PLACES = (
    # id, its three names, division, east and north of the centre in metres
    ("port", "示例港重件码头", "示例港重件碼頭", "Sample Port, heavy-lift quay", "000102100000", -19_000, -9_000),
    ("lake-works", "湖滨重型机械厂", "湖濱重型機械廠", "Hubin Heavy Machinery Works", "000102002000", -14_500, 7_200),
    ("lake-park", "湖滨工业园", "湖濱工業園", "Hubin Industrial Park", "000102003000", -9_000, 12_300),
    ("railway", "示例铁路货场", "示例鐵路貨場", "Sample Railway Goods Yard", "000101004000", 6_000, -7_800),
    ("logistics", "城东物流园", "城東物流園", "Chengdong Logistics Park", "000101003000", 15_400, 4_100),
    ("substation", "城东变电站", "城東變電站", "Chengdong Substation", "000101002000", 10_300, 13_900),
    ("airport", "示例机场货运区", "示例機場貨運區", "Sample Airport, cargo area", "000101001000", 18_800, -15_600),
    ("fair", "示例会展中心", "示例會展中心", "Sample Exhibition Centre", "000102001000", -2_600, 1_900),
    ("wind-farm", "望湖风电场", "望湖風電場", "Wanghu Wind Farm", "000102100000", -38_000, 24_000),
    (
        "border-east",
        "东界收费站（往虚构市）",
        "東界收費站（往虛構市）",
        "East toll gate, to Xugou City",
        "",
        BORDER_M,
        0,
    ),
    (
        "border-south",
        "南界收费站（往模拟市）",
        "南界收費站（往模擬市）",
        "South toll gate, to Moni City",
        "",
        0,
        -BORDER_M,
    ),
    (
        "border-west",
        "西界收费站（往邻省）",
        "西界收費站（往鄰省）",
        "West toll gate, to the next province",
        "",
        -BORDER_M,
        0,
    ),
    (
        "border-north",
        "北界收费站（往邻省）",
        "北界收費站（往鄰省）",
        "North toll gate, to the next province",
        "",
        0,
        BORDER_M,
    ),
)


Choice: TypeAlias = Sequence[tuple[int, float]]
"""A value and how often, of all."""

SIDE: tuple[Choice, ...] = (
    ((450, 0.6), (420, 0.15), (500, 0.2), (UNKNOWN, 0.05)),
    ((350, 0.5), (400, 0.4), (300, 0.07), (UNKNOWN, 0.03)),
    ((2000, 0.5), (2800, 0.5)),
    ((30_000, 0.3), (49_000, 0.55), (55_000, 0.1), (UNKNOWN, 0.05)),
    ((10_000, 0.7), (13_000, 0.3)),
)
AVENUE: tuple[Choice, ...] = (
    ((500, 0.8), (480, 0.14), (450, 0.05), (UNKNOWN, 0.01)),
    ((450, 0.5), (600, 0.5)),
    ((3500, 0.7), (5000, 0.3)),
    ((100_000, 0.7), (80_000, 0.2), (55_000, 0.08), (UNKNOWN, 0.02)),
    ((13_000, 0.8), (16_000, 0.2)),
)
RING: tuple[Choice, ...] = (
    ((500, 0.85), (480, 0.15)),
    ((450, 0.3), (600, 0.7)),
    ((5000, 1.0),),
    ((120_000, 0.6), (80_000, 0.4)),
    ((16_000, 1.0),),
)
CITY_BRIDGE: tuple[Choice, ...] = (
    ((500, 0.7), (UNLIMITED, 0.3)),
    ((450, 0.6), (600, 0.4)),
    ((3500, 0.5), (5000, 0.5)),
    ((49_000, 0.25), (55_000, 0.2), (80_000, 0.25), (100_000, 0.2), (UNKNOWN, 0.1)),
    ((13_000, 1.0),),
)
CITY_TUNNEL: tuple[Choice, ...] = (
    ((450, 0.7), (480, 0.3)),
    ((375, 0.5), (400, 0.5)),
    ((2800, 1.0),),
    ((80_000, 1.0),),
    ((13_000, 1.0),),
)
COUNTY: tuple[Choice, ...] = (
    ((500, 0.75), (450, 0.2), (UNKNOWN, 0.05)),
    ((400, 0.5), (450, 0.5)),
    ((2800, 0.6), (3500, 0.4)),
    ((49_000, 0.5), (55_000, 0.3), (80_000, 0.15), (UNKNOWN, 0.05)),
    ((10_000, 0.4), (13_000, 0.6)),
)
NATIONAL: tuple[Choice, ...] = (
    ((500, 0.9), (480, 0.1)),
    ((450, 0.4), (600, 0.6)),
    ((5000, 1.0),),
    ((100_000, 0.8), (80_000, 0.18), (UNKNOWN, 0.02)),
    ((16_000, 1.0),),
)
MOTORWAY: tuple[Choice, ...] = (
    ((500, 0.9), (520, 0.1)),
    ((600, 1.0),),
    ((UNLIMITED, 1.0),),
    ((150_000, 0.6), (200_000, 0.395), (UNKNOWN, 0.005)),
    ((18_000, 1.0),),
)
HIGHWAY_BRIDGE: tuple[Choice, ...] = (
    ((UNLIMITED, 1.0),),
    ((450, 0.4), (600, 0.6)),
    ((5000, 1.0),),
    ((55_000, 0.1), (80_000, 0.35), (100_000, 0.35), (150_000, 0.18), (UNKNOWN, 0.02)),
    ((13_000, 0.3), (16_000, 0.7)),
)
