"""The queue of a hall: everybody once, in a fair order, whatever counters do."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.city import PEOPLE, START, TERMINAL, Citizen, Clock, problem_code
from kiosk.backend.house import House
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.service.halls import HallPlan, HallsInvalid, read_halls
from kiosk.backend.service.queue import Standing, minutes, order
from kiosk.backend.settings import CHINA
from kiosk.contract import Ticket, TicketRequest, TicketState

HALLS = PEOPLE.with_name("halls.yaml")


def hall() -> HallPlan:
    return read_halls(HALLS)[0]


def request(service: str = "general", **changes: object) -> dict[str, object]:
    return {"hall": "centre", "service": service, "session": uuid4().hex, "terminal": TERMINAL} | changes


def test_a_touch_is_a_ticket_and_touching_twice_is_the_same_one(http: httpx.Client) -> None:
    body = request()
    first, again = http.post("/v1/tickets", json=body), http.post("/v1/tickets", json=body)
    assert first.status_code == 201, first.text
    assert first.json() == again.json()
    assert first.json()["label"] == "A001"
    assert first.json()["way"]
    other = http.post("/v1/tickets", json=request()).json()
    assert (other["label"], other["ahead"]) == ("A002", 1)


def test_a_closed_hall_gives_no_ticket_and_says_when_it_opens(http: httpx.Client, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 28, 10, 0, tzinfo=CHINA)  # a Saturday
    assert problem_code(http.post("/v1/tickets", json=request())) == "hall.closed"
    told = http.get("/v1/halls").json()[0]
    assert not told["open"]
    assert told["opensAt"] == "2026-11-30T09:00:00+08:00"


def test_who_gives_a_ticket_back_is_not_counted_and_may_take_another(http: httpx.Client) -> None:
    body = request()
    ticket = http.post("/v1/tickets", json=body).json()
    behind = http.post("/v1/tickets", json=request()).json()
    assert http.delete(f"/v1/tickets/{ticket['id']}").status_code == 204
    assert http.get(f"/v1/tickets/{behind['id']}").json()["ahead"] == 0
    assert http.post("/v1/tickets", json=body).json()["label"] == "A003"


def test_a_booking_needs_a_person_has_a_place_and_is_called_at_its_time(http: httpx.Client, clock: Clock) -> None:
    li = Citizen(http, "li").verify()
    slot = http.get("/v1/halls/centre/slots", params={"service": "insurance"}).json()[0]
    body = request("insurance", startsAt=slot["startsAt"])
    assert problem_code(http.post("/v1/tickets", json=body)) == "token.missing"
    booked = http.post("/v1/tickets", json=body, headers=li.headers)
    assert booked.json()["state"] == "booked"
    assert problem_code(http.post("/v1/tickets", json=body | {"session": "x"}, headers=li.headers)) == "ticket.booked"
    assert [each["id"] for each in http.get("/v1/tickets", headers=li.headers).json()] == [booked.json()["id"]]
    walked_in = http.post("/v1/tickets", json=request("insurance")).json()
    arrival = f"/v1/tickets/{booked.json()['id']}/arrival"
    clock.now = datetime.fromisoformat(slot["startsAt"]) - timedelta(minutes=31)
    assert problem_code(http.post(arrival)) == "ticket.over"
    clock.now = datetime.fromisoformat(slot["startsAt"])
    assert http.post(arrival).json()["state"] == "waiting"
    assert http.get(f"/v1/tickets/{walked_in['id']}").json()["ahead"] == 1


def test_no_more_people_book_a_time_than_there_is_room_for(http: httpx.Client) -> None:
    slot = http.get("/v1/halls/centre/slots", params={"service": "property"}).json()[0]["startsAt"]
    taken = [
        http.post(
            "/v1/tickets",
            json=request("property", startsAt=slot, session=key),
            headers=Citizen(http, key).verify().headers,
        ).status_code
        for key in ("li", "wang", "sun")
    ]
    assert taken == [201, 201, 409]


@pytest.mark.parametrize("where", ["/v1/tickets/none", "/v1/halls/none/slots?service=general"])
def test_what_is_not_there_is_not_found(http: httpx.Client, where: str) -> None:
    assert http.get(where).status_code == 404


def take(house: House, service: str = "general", **changes: object) -> Ticket:
    asked = msgspec.convert(request(service, **changes), TicketRequest)
    return house.database.write_now(lambda each: house.queue.take(each, asked, None, house.now()))


def state(house: House, ticket: Ticket) -> TicketState:
    return house.database.read_now(lambda each: house.queue.read(each, ticket.id, house.now())).state


def test_a_counter_calls_in_order_and_only_what_it_does(house: House) -> None:
    first, other, second = take(house), take(house, "property"), take(house)
    desk = ("centre", "1", "S-1")
    house.database.write_now(lambda each: house.calling.sit(each, *desk, house.now()))

    def call() -> str:
        return house.database.write_now(lambda each: house.calling.call_next(each, *desk, house.now()))

    assert [call(), call(), call()] == [first.label, second.label, ""]
    assert [state(house, each) for each in (first, second, other)] == ["done", "done", "waiting"]


def test_who_does_not_come_is_called_three_times_and_may_come_back_once(house: House, clock: Clock) -> None:
    ticket = take(house)
    desk = ("centre", "1", "S-1")
    house.database.write_now(lambda each: house.calling.sit(each, *desk, house.now()))
    house.database.write_now(lambda each: house.calling.call_next(each, *desk, house.now()))
    kept = [house.database.write_now(lambda each: house.calling.call_again(each, *desk, house.now())) for _ in range(3)]
    assert kept == [True, True, False]
    assert state(house, ticket) == "missed"
    later = take(house)
    clock.advance(minutes=1)
    back = house.database.write_now(lambda each: house.queue.arrive(each, ticket.id, house.now()))
    assert (back.state, back.ahead) == (TicketState.WAITING, 1)
    for _ in range(2):
        house.database.write_now(lambda each: house.calling.call_next(each, *desk, house.now()))
    assert state(house, later) == "done"
    for _ in range(3):
        house.database.write_now(lambda each: house.calling.call_again(each, *desk, house.now()))
    with pytest.raises(RefusedRequestError) as error:
        house.database.write_now(lambda each: house.queue.arrive(each, ticket.id, house.now()))
    assert error.value.code is Code.TICKET_OVER


def test_a_clerk_calls_only_where_they_sit(house: House) -> None:
    take(house)
    house.database.write_now(lambda each: house.calling.sit(each, "centre", "1", "S-1", house.now()))
    with pytest.raises(RefusedRequestError):
        house.database.write_now(lambda each: house.calling.call_next(each, "centre", "1", "S-2", house.now()))
    board = house.database.read_now(lambda each: house.calling.board(each, "centre", house.now()))
    assert board == ()
    desks = house.database.read_now(lambda each: house.calling.desks(each, "centre", house.now()))
    assert [(each.number, each.waiting) for each in desks if each.open] == [("1", 1)]


def test_counters_that_call_at_once_never_call_the_same_person(house: House) -> None:
    labels = {take(house).label for _ in range(12)}
    called: list[str] = []

    def work(number: str) -> None:
        desk = ("centre", number, f"S-{number}")
        house.database.write_now(lambda each: house.calling.sit(each, *desk, house.now()))
        while label := house.database.write_now(lambda each: house.calling.call_next(each, *desk, house.now())):
            called.append(label)

    threads = [threading.Thread(target=work, args=(number,)) for number in ("1", "2", "3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(called) == sorted(labels)


STANDING = st.builds(
    Standing,
    id=st.uuids().map(str),
    came_at=st.floats(0, 1000),
    serial=st.integers(1, 999),
    starts_at=st.none() | st.floats(0, 1000),
)


@given(st.lists(STANDING, unique_by=lambda one: one.id), st.floats(0, 1000))
def test_nobody_who_walked_in_later_is_before_who_walked_in_earlier(people: list[Standing], now: float) -> None:
    lined = order(people, now)
    assert sorted(each.id for each in lined) == sorted(each.id for each in people)
    walked_in = [each.came_at for each in lined if each.starts_at is None]
    assert walked_in == sorted(walked_in)
    due = [index for index, each in enumerate(lined) if each.starts_at is not None and each.starts_at <= now]
    assert due == list(range(len(due)))


@given(st.integers(0, 500), st.integers(0, 30), st.floats(1, 60))
def test_a_wait_is_a_span_that_holds_what_is_expected(ahead: int, counters: int, each: float) -> None:
    least, most = minutes(ahead, counters, each)
    assert 0 <= least <= ahead / max(1, counters) * each <= most
    assert most - least >= 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"services": ("none",)}, "name a service"),
        ({"services": ()}, "no counter does"),
    ],
)
def test_a_file_that_leads_nowhere_is_refused_with_the_cure(
    tmp_path: Path, change: dict[str, object], says: str
) -> None:
    plan = hall()
    counters = tuple(msgspec.structs.replace(each, **change) for each in plan.counters)
    path = tmp_path / "halls.yaml"
    path.write_bytes(msgspec.yaml.encode((msgspec.structs.replace(plan, counters=counters),)))
    with pytest.raises(HallsInvalid, match=says):
        read_halls(path)


@given(st.datetimes(START.replace(tzinfo=None), START.replace(tzinfo=None) + timedelta(days=60)))
def test_a_hall_that_is_closed_says_when_it_opens_and_it_does(moment: datetime) -> None:
    plan, now = hall(), moment.replace(tzinfo=CHINA)
    opens = plan.opens_at(now)
    assert (opens is None) == plan.is_open(now)
    assert opens is None or (plan.is_open(opens) and opens > now)
    assert all(slot > now and plan.is_open(slot) for slot in plan.slots(now))
