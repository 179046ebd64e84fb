"""大件运输 over the wire: a route beside the tables, each authority's part decided or referred, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from backend.city import TODAY, catalogue, problem_code
from backend.filing import Applicant, Street, request, street_of
from kiosk.backend.deciders import Deciders, Finding
from kiosk.backend.transport import PERMIT_MONTHS
from kiosk.backend.transport.generating import generate
from kiosk.catalogue import Item, Service, ThemeExample
from kiosk.catalogue.examples import filing
from kiosk.contract import Application, Case, CaseState, Route, RouteAnswer
from kiosk.forms import Answers, Value

HIGHWAY, CITY = "oversize-permit-small", "city-road-vehicle-permit"


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with street_of(tmp_path_factory.mktemp("transport")) as made:
        yield made


def carrier(street: Street, given: Mapping[str, Any]) -> tuple[Applicant, dict[str, Any]]:
    """Return a carrier, and the one-thing as they send it."""
    applied = street.move_in(filing(catalogue(), "oversized-transport", ThemeExample(given=given), TODAY))
    applicant = applied.verified(street.http)
    return applicant, request(applicant, applied.filed)


def filed(street: Street, given: Mapping[str, Any]) -> tuple[Applicant, Mapping[str, Case]]:
    applicant, body = carrier(street, given)
    answer = applicant.submit(body)
    assert answer.status_code == 201, answer.text
    application = msgspec.json.decode(answer.content, type=Application)
    return applicant, {case.item: case for case in application.cases}


def route_of(applicant: Applicant, case: Case) -> Route:
    answer = applicant.http.get(f"/v1/cases/{case.number}/route", headers=applicant.headers)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Route)


def test_both_authorities_permit_the_way_at_once(street: Street) -> None:
    applicant, cases = filed(street, {})
    assert {cases[HIGHWAY].state, cases[CITY].state} == {CaseState.APPROVED}
    route = route_of(applicant, cases[HIGHWAY])
    assert route == route_of(applicant, cases[CITY])
    assert {part.authority for part in route.parts} == {"transport", "city-management"}
    assert all(part.decided for part in route.parts)
    assert sum(stretch.length_m for stretch in route.stretches) == route.length_m
    assert sum(part.length_m for part in route.parts) == route.length_m
    assert all(0 <= place <= 1000 for point in route.line for place in point)
    (permit,) = cases[HIGHWAY].documents
    says = {label.zh_hans: value for label, value in permit.fields}
    assert "km" in says["路线"]
    assert says["通行时间"].startswith("每天 09:00")
    assert says["通行日期"] == f"{route.first_day} 至 {route.last_day}"
    assert permit.valid_until is not None
    assert permit.valid_until >= route.last_day


def test_a_segment_in_doubt_goes_to_its_authority_and_the_rest_is_decided(street: Street) -> None:
    """The one in doubt is named, with what is known of it; who can decide does."""
    in_city = {"cargo.axle_t": 14, "transport.destination": "railway"}
    outside = {"cargo.axle_t": 14, "transport.destination": "wind-farm"}
    for given, asked, decided in ((in_city, CITY, HIGHWAY), (outside, HIGHWAY, CITY)):
        applicant, cases = filed(street, given)
        assert cases[asked].state is CaseState.REFERRED
        assert cases[asked].department == ("city-management" if asked == CITY else "transport")
        assert cases[decided].state is CaseState.APPROVED
        assert cases[decided].documents
        route = route_of(applicant, cases[asked])
        first = next(each for each in route.doubts if each.authority == cases[asked].department)
        assert first.road.zh_hans in cases[asked].reason.zh_hans
        assert "轴重" in cases[asked].reason.zh_hans
        assert "要核对的路段" not in cases[decided].reason.zh_hans


def test_where_there_is_no_way_by_day_the_night_is_named(street: Street) -> None:
    by_day = {"transport.destination": "fair", "transport.hours": "day", "route.found": False}
    _, cases = filed(street, by_day)
    for item in (HIGHWAY, CITY):
        assert cases[item].state is CaseState.REFERRED
        assert "每晚 22:00" in cases[item].reason.zh_hans
    _, cases = filed(street, {**by_day, "transport.hours": "any"})
    assert cases[CITY].state is CaseState.APPROVED
    assert "每晚 22:00" in cases[CITY].reason.zh_hans


def test_what_the_terminal_says_of_the_way_is_worth_nothing(street: Street) -> None:
    applicant, body = carrier(
        street, {"cargo.height_cm": 420, "transport.hours": "day", "transport.destination": "fair"}
    )
    assert body["answers"]["single"]["route.found"] == {"value": True, "origin": "service.route.found"}
    body["answers"]["single"]["route.roads"]["value"] = "想走哪里走哪里"
    answer = applicant.submit(body)
    assert answer.status_code == 201, answer.text
    application = msgspec.json.decode(answer.content, type=Application)
    assert {case.state for case in application.cases if case.item in {HIGHWAY, CITY}} == {CaseState.REFERRED}
    assert application.answers.single["route.found"].value is False
    assert "route.roads" not in application.answers.single


def test_nobody_else_sees_the_route_of_a_case(street: Street) -> None:
    applicant, cases = filed(street, {})
    other, _ = carrier(street, {})
    path = f"/v1/cases/{cases[CITY].number}/route"
    assert problem_code(street.http.get(path, headers=other.headers)) == "not-found"
    assert street.http.get(path).status_code == 401
    assert problem_code(street.http.get("/v1/cases/none/route", headers=applicant.headers)) == "not-found"


def test_a_way_is_told_before_anything_is_filed(street: Street) -> None:
    applicant, _ = carrier(street, {})
    asked = {
        "origin": "port",
        "destination": "border-east",
        "firstDay": TODAY.isoformat(),
        "heightCm": 410,
        "widthCm": 300,
        "lengthCm": 1900,
        "weightKg": 48_000,
        "axleKg": 9_000,
    }

    def ask(**changes: object) -> RouteAnswer:
        answer = street.http.post("/v1/routes", json={**asked, **changes}, headers=applicant.headers)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=RouteAnswer)

    assert ask().route is not None
    assert ask(destination="nowhere").route is None
    too_high = ask(heightCm=900)
    assert too_high.route is None
    assert "没有能走的路线" in too_high.says.zh_hans
    refused = street.http.post("/v1/routes", json={**asked, "weightKg": 0}, headers=applicant.headers)
    assert problem_code(refused) == "request.malformed"
    assert street.http.post("/v1/routes", json=asked).status_code == 401


def test_a_decider_that_fails_leaves_it_to_a_person() -> None:
    class Broken:
        def find(self, item: Item, answers: Mapping[str, Value], today: date) -> Finding:
            raise OSError("no map")

        def keep(self, connection: Connection, case: str, finding: Finding) -> None:
            raise AssertionError("there is nothing to keep")

    deciders = Deciders(catalogue(), {Service.ROUTE: Broken()})
    assert deciders.finding(catalogue().items[CITY], Answers(), TODAY) == Finding()
    assert deciders.needed((CITY,))
    assert not deciders.needed(("social-card",))


def test_the_permit_is_as_long_as_its_kind_and_the_places_are_those_of_the_network() -> None:
    landmarks = {each.id: each.name for each in generate().tale.landmarks}
    for name in ("transport.origin", "transport.destination"):
        choices = {each.value: each.title for each in catalogue().elements[name].choices}
        assert choices == landmarks
    for item in (HIGHWAY, CITY):
        kind = catalogue().items[item].result.licence
        assert kind is not None
        assert catalogue().licences[kind].valid_months == PERMIT_MONTHS
