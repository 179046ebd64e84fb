"""The route beside the tables of 大件运输: one way for all items of an application, each told of its authority's part.

The items of both authorities ask for the same way and get the same one. What an authority has to look at is named in
the reason of its own case; the other's case is decided without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.applications.documents import months_after
from kiosk.backend.applications.sentences import joined, listed, put
from kiosk.backend.deciders import NOTHING, Finding
from kiosk.backend.storage import insert_or_update, schema
from kiosk.backend.transport import sentences
from kiosk.backend.transport.terms import AUTHORITIES, CITY_ROADS, HIGHWAYS, Planned, Question, Vehicle, hours_text
from kiosk.catalogue import Item
from kiosk.contract import Route, RouteAnswer, RouteDoubt, RouteRequest, RouteStretch, TravelHours
from kiosk.forms import Value
from kiosk.words import Text

if TYPE_CHECKING:
    from kiosk.backend.transport.planning import Planner

PERMIT_MONTHS = 3
"""How long a permit is for, from the day it is given (its kind in the catalogue says the same; a test compares)."""
ROADS_MOST = 10
"""So many roads stand on the permit; what is on its QR code is limited. The route in full is kept with the case."""
DOUBTS_MOST = 3
_KG = 1000


class RouteDecider:
    """Finds the way, and says what of it is whose to decide."""

    def __init__(self, authority_name: Callable[[str], Text]) -> None:
        """Make it; ``authority_name`` tells the name of a department."""
        self._authority_name = authority_name

    @cached_property
    def _planner(self) -> Planner:
        # half a second of imports that most days of most terminals have no use for
        from kiosk.backend.transport.planning import Planner

        return Planner(self._authority_name)

    def find(self, item: Item, answers: Mapping[str, Value], today: date) -> Finding:
        """Return what is known of the way that these answers ask for; nothing when one of them is missing."""
        question = _question(answers, today)
        if question is None:
            return NOTHING
        planned = self._planner.plan(question)
        if planned.route is None:
            return Finding(facts={"found": False}, says=_no_way(planned))
        route = planned.route
        return Finding(
            facts={
                "found": True,
                "highway": _part(route, AUTHORITIES[HIGHWAYS]),
                "city": _part(route, AUTHORITIES[CITY_ROADS]),
                "roads": _roads(route.stretches),
                "hours": hours_text(route.hours).zh_hans.strip(),
                "period": f"{route.first_day} 至 {route.last_day}",
                "conditions": "；".join(each.zh_hans for each in route.conditions),
            },
            says=joined(summary(route), *_own(route, item.department)),
            kept=msgspec.json.encode(route),
        )

    def keep(self, connection: Connection, case: str, finding: Finding) -> None:
        """Keep the whole route with the case."""
        content = {"content": finding.kept.decode()}
        insert_or_update(
            connection, schema.case_route, {"case_number": case, **content}, key=("case_number",), changes=content
        )

    def answer(self, request: RouteRequest, today: date) -> RouteAnswer:
        """Return what there would be for a vehicle, for somebody who only asks."""
        vehicle = Vehicle(
            height_cm=request.height_cm,
            width_cm=request.width_cm,
            length_cm=request.length_cm,
            weight_kg=request.weight_kg,
            axle_kg=request.axle_kg,
        )
        first = max(request.first_day, today)
        planned = self._planner.plan(
            Question(
                origin=request.origin,
                destination=request.destination,
                hours=request.hours,
                first_day=first,
                last_day=_last_day(first, today),
                vehicle=vehicle,
            )
        )
        if planned.route is None:
            return RouteAnswer(says=_no_way(planned))
        doubts = tuple(_look(planned.route.doubts))
        return RouteAnswer(route=planned.route, says=joined(summary(planned.route), *doubts))


def kept_route(connection: Connection, case: str) -> Route | None:
    """Return the route that is kept with a case."""
    table = schema.case_route.c
    content = connection.execute(select(table.content).where(table.case_number == case)).scalar_one_or_none()
    return None if content is None else msgspec.json.decode(content, type=Route)


def summary(route: Route) -> Text:
    """Return how long the way is and when it is travelled, in a sentence."""
    return put(sentences.FOUND, km=_km(route.length_m), minutes=str(route.minutes), hours=hours_text(route.hours))


def _question(answers: Mapping[str, Value], today: date) -> Question | None:
    origin, destination = answers.get("transport.origin"), answers.get("transport.destination")
    hours, starts_on = answers.get("transport.hours"), answers.get("cargo.starts_on")
    names = ("height_cm", "width_cm", "length_cm", "weight_t", "axle_t")
    sizes = {name: value for name in names if isinstance(value := answers.get(f"cargo.{name}"), int)}
    if not (isinstance(origin, str) and isinstance(destination, str) and isinstance(starts_on, date)):
        return None
    if not isinstance(hours, str) or len(sizes) < len(names):
        return None
    return Question(
        origin=origin,
        destination=destination,
        hours=TravelHours(hours),
        first_day=starts_on,
        last_day=_last_day(starts_on, today),
        vehicle=Vehicle(
            height_cm=sizes["height_cm"],
            width_cm=sizes["width_cm"],
            length_cm=sizes["length_cm"],
            weight_kg=sizes["weight_t"] * _KG,
            axle_kg=sizes["axle_t"] * _KG,
        ),
    )


def _last_day(first: date, today: date) -> date:
    return max(first, months_after(today, PERMIT_MONTHS))


def _part(route: Route, authority: str) -> str:
    for part in route.parts:
        if part.authority == authority:
            return "clear" if part.decided else "review"
    return "none"


def _own(route: Route, authority: str) -> Iterable[Text]:
    """Yield what of the way is this authority's, and what it has to look at."""
    for part in route.parts:
        if part.authority != authority:
            continue
        doubts = [each for each in route.doubts if each.authority == authority]
        state = put(sentences.DOUBTFUL, count=str(len(doubts))) if doubts else sentences.CLEAR
        yield put(sentences.PART, authority=part.authority_name, km=_km(part.length_m), state=state)
        yield from _look(doubts)


def _look(doubts: Sequence[RouteDoubt]) -> Iterable[Text]:
    if not doubts:
        return
    places = listed(map(_place, doubts[:DOUBTS_MOST]))
    if len(doubts) > DOUBTS_MOST:
        places = joined(places, put(sentences.AND_MORE, count=str(len(doubts))))
    yield put(sentences.LOOK, places=places)


def _place(doubt: RouteDoubt) -> Text:
    measure = sentences.MEASURES[doubt.measure]
    if doubt.limit is None:
        limit = put(sentences.LIMIT_UNKNOWN, measure=measure)
    else:
        unit, by = (sentences.TONNES, _KG) if doubt.measure.endswith("_kg") else (sentences.METRES, 100)
        limit = put(
            sentences.LIMIT, measure=measure, limit=f"{doubt.limit / by:g}", wanted=f"{doubt.wanted / by:g}", unit=unit
        )
    structure = sentences.STRUCTURES[doubt.structure]
    return put(sentences.PLACE, road=doubt.road, structure=structure, km=_km(doubt.at_m), limit=limit)


def _no_way(planned: Planned) -> Text:
    return sentences.NO_WAY if planned.other is None else put(sentences.OTHER_HOURS, hours=planned.other)


def _roads(stretches: tuple[RouteStretch, ...]) -> str:
    """Return the roads in order as they stand on the permit: the longest ones, when there are too many."""
    longest = sorted(stretches, key=lambda each: -each.length_m)[:ROADS_MOST]
    least = min((each.length_m for each in longest), default=0)
    kept = [each for each in stretches if each.length_m >= least][:ROADS_MOST]
    return " → ".join(f"{each.road.zh_hans} {_km(each.length_m)}km" for each in kept)


def _km(metres: int) -> str:
    return f"{metres / 1000:.1f}"
