"""Filed here and decided there, filed there and decided here; and an exchange that is down."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from sqlalchemy import func, select

from backend.city import CERTIFICATE, START, Citizen, Clock, catalogue, problem_code, running, settings_for
from kiosk.backend.applications.acts import Approve, Clerk
from kiosk.backend.house import build
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.regions import SimulatedProvince
from kiosk.backend.storage import Database, schema
from kiosk.catalogue import Carries, DecidedAt, Reach
from kiosk.contract import Application, ApplicationRequest, Case, CaseState, DocumentRef, Parcel, ParcelAnswer
from kiosk.words import Text

ITEM = "insurance-certificate"
XUGOU = "000200"
POLL_S = 0.02
PACE_S = 60.0
LIMIT_S = 10.0


@dataclass
class Neighbours:
    """This city, and the simulated province around it."""

    http: httpx.Client
    province: SimulatedProvince
    clock: Clock
    folder: Path

    def until(self, holds: Callable[[], Any]) -> Any:
        """Wait until something holds, the clock going on meanwhile."""
        tick = threading.Event()
        for _ in range(int(LIMIT_S / POLL_S)):
            found = holds()
            if found:
                return found
            self.clock.advance(seconds=3)
            tick.wait(POLL_S)
        raise AssertionError("it never came")

    def count(self, table: Any) -> int:
        return int(self.read(select(func.count()).select_from(table)))

    def parcel(self, case: Case) -> str:
        table = schema.parcel_out.c
        return str(self.read(select(table.id).where(table.case_number == case.number)))

    def is_sent(self, case: Case) -> bool:
        return (self.folder / "province" / "sent" / f"{self.parcel(case)}.json").exists()

    def read(self, query: Any) -> Any:
        database = Database(self.folder / "backend.sqlite")
        try:
            return database.read_now(lambda connection: connection.execute(query).scalar_one())
        finally:
            database.close()


@contextmanager
def neighbours(folder: Path) -> Iterator[Neighbours]:
    clock = Clock()
    settings = settings_for(folder, clock, exchange_poll_s=POLL_S, exchange_pace_s=PACE_S)
    with running(settings) as http:
        yield Neighbours(http, SimulatedProvince(folder / "province", clock, PACE_S), clock, folder)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbours]:
    with neighbours(tmp_path_factory.mktemp("city")) as made:
        yield made


def applicant(city: Neighbours) -> tuple[Citizen, dict[str, Any]]:
    citizen = Citizen(city.http, "wang")
    sent = citizen.ask_for_code()
    codes = (re.search(r"\d{6}", message["text"]) for message in city.http.get("/v1/simulated-phone/messages").json())
    code = next(found[0] for found in codes if found and "验证码" in found.string)
    citizen.token = citizen.check(sent.json()["id"], code).json()["token"]
    citizen.fetch(ITEM)
    return citizen, citizen.request(ITEM, CERTIFICATE)


def filed(city: Neighbours) -> tuple[Citizen, Application]:
    citizen, body = applicant(city)
    answer = citizen.submit({**body, "decidedIn": XUGOU})
    assert answer.status_code == 201, answer.text
    return citizen, msgspec.json.decode(answer.content, type=Application)


def test_the_office_that_decides_is_named_at_once_and_its_answer_comes(city: Neighbours) -> None:
    citizen, application = filed(city)
    (case,) = application.cases
    assert case.state is CaseState.ACCEPTED
    assert case.decided_by_office is not None
    there = catalogue().cities[XUGOU]
    assert (case.decided_by_office.city, case.decided_by_office.phone) == (XUGOU, there.phone)
    assert there.office.zh_hans in case.reason.zh_hans
    assert case.contact == there.phone
    assert case.due_on is not None
    assert case.due_on > START.date() + timedelta(days=there.adds_days - 1)
    assert [document.type for document in case.documents] == ["acceptance-notice"]

    def approved() -> Case | None:
        (now,) = citizen.application(application.number).cases
        return now if now.state is CaseState.APPROVED else None

    case = city.until(approved)
    assert "虚构市已答复" in case.reason.zh_hans
    assert case.decided_by == "person"
    assert case.decided_at is not None


def test_an_exchange_that_is_down_keeps_it_and_sends_it_once(tmp_path: Path) -> None:
    with neighbours(tmp_path) as city:
        city.province.fail(down=True)
        citizen, application = filed(city)
        for _ in range(40):
            city.clock.advance(seconds=1)
        assert citizen.application(application.number).cases[0].state is CaseState.ACCEPTED
        assert not list((tmp_path / "province").glob("sent/*.json"))
    # another process takes it up where the first one left it
    city.province.fail(down=False)
    with neighbours(tmp_path) as again:
        again.clock.advance(minutes=6)
        citizen = Citizen(again.http, "wang", token=citizen.token)
        again.until(lambda: citizen.application(application.number).cases[0].state is CaseState.APPROVED)
    assert len(list((tmp_path / "province").glob("sent/*.json"))) == 1


def test_what_was_withdrawn_meanwhile_stays_withdrawn(city: Neighbours) -> None:
    citizen, application = filed(city)
    city.until(lambda: city.is_sent(application.cases[0]))
    (case,) = citizen.application(application.number).cases
    answer = citizen.http.post(
        f"/v1/cases/{case.number}/withdrawal",
        json={"reason": "不办了"},
        headers={**citizen.headers, "If-Match": f'"{case.version}"', "Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 200, answer.text
    answered = (
        select(func.count())
        .select_from(schema.parcel_out)
        .where(schema.parcel_out.c.case_number == case.number, schema.parcel_out.c.state == "answered")
    )
    city.until(lambda: city.read(answered))
    (now,) = citizen.application(application.number).cases
    assert now.state is CaseState.WITHDRAWN


def test_nobody_here_decides_what_lies_in_another_city(city: Neighbours) -> None:
    city.province.fail(down=True)
    _, application = filed(city)
    (case,) = application.cases
    house = build(settings_for(city.folder, city.clock), catalogue())
    try:
        with pytest.raises(RefusedRequestError) as refused:
            house.database.write_now(
                lambda connection: house.desk.apply(
                    connection, Clerk(number="S-1"), case.number, case.version, Approve(reason="可以", basis="法")
                )
            )
        assert refused.value.code is Code.CASE_STATE
    finally:
        house.close()
        city.province.fail(down=False)


def test_a_city_that_decides_nothing_of_it_is_refused(city: Neighbours) -> None:
    citizen, body = applicant(city)
    for where in ("000999", "nowhere"):
        answer = citizen.submit({**body, "decidedIn": where})
        assert problem_code(answer) == "application.invalid"
        assert answer.json()["errors"][0]["pointer"] == "/decidedIn"
    assert citizen.submit({**body, "decidedIn": "000100"}).status_code == 201


def parcel(city: Neighbours, **changes: Any) -> Parcel:
    citizen, body = applicant(city)
    person = citizen.person
    made = Parcel(
        id=str(uuid4()),
        from_city=XUGOU,
        to_city="000100",
        case_number="0002-1",
        holder=DocumentRef(kind=person.kind, number=person.number, name=person.name),
        verified_at=START,
        request=msgspec.convert(body, type=ApplicationRequest),
    )
    return msgspec.structs.replace(made, **changes)


def test_what_another_city_sends_is_decided_here_once(city: Neighbours) -> None:
    sent = parcel(city)
    before = city.count(schema.application)
    city.province.put(sent)
    answer: ParcelAnswer = city.until(lambda: city.province.replied(sent.id))
    assert answer.state is CaseState.APPROVED
    assert answer.final
    assert [document.type for document in answer.documents]
    assert city.count(schema.application) == before + 1
    assert city.read(select(schema.parcel_in.c.closed).where(schema.parcel_in.c.id == sent.id))


def test_what_cannot_be_taken_goes_back_to_a_person_there(city: Neighbours) -> None:
    sent = parcel(city)
    broken = msgspec.structs.replace(sent, request=msgspec.structs.replace(sent.request, items=("food-permit",)))
    before = city.count(schema.application)
    city.province.put(broken)
    answer: ParcelAnswer = city.until(lambda: city.province.replied(broken.id))
    assert answer.state is CaseState.REFERRED
    assert city.count(schema.application) == before


@pytest.mark.parametrize("state", [CaseState.REFUSED, CaseState.REFERRED])
def test_what_their_people_answer_is_told(city: Neighbours, state: CaseState) -> None:
    """A refusal is theirs, in their words; what decides nothing is taken up by a person here."""
    city.province.fail(down=True)
    citizen, application = filed(city)
    parcel = city.parcel(application.cases[0])
    says = Text(zh_hans="材料不符。", zh_hant="材料不符。", en="It does not fit.")
    city.province.fail(down=False)
    city.province.decide(ParcelAnswer(parcel=parcel, state=state, reason=says, final=True, decided_at=START))
    city.until(lambda: citizen.application(application.number).cases[0].state is state)
    (case,) = citizen.application(application.number).cases
    assert case.reason.zh_hans == "虚构市已答复：材料不符。"
    assert (case.decided_by == "person") is (state is CaseState.REFUSED)
    assert (case.decided_by_office is None) is (state is CaseState.REFERRED)


def test_thirty_items_and_more_can_be_filed_anywhere() -> None:
    nation = [item for item in catalogue().items.values() if item.filed is Reach.NATION]
    assert len(nation) >= 30
    away = [item for item in nation if item.decided_at is not DecidedAt.HERE]
    assert len(away) >= 30
    for item in away:
        assert item.carries is Carries.FULL
        assert {city.id for city in catalogue().deciding_cities(item.id)} == set(catalogue().cities)
    assert catalogue().deciding_cities("signboard-permit") == ()
