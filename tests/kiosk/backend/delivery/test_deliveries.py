"""How a result reaches its owner: chosen, made ready, posted or collected; never twice, never to somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from backend.city import PEOPLE, Citizen, Clock, problem_code, settings_for
from backend.offices import seen
from kiosk.backend.applications.acts import Clerk, Revoke
from kiosk.backend.delivery import deliveries, read_points
from kiosk.backend.house import House, build
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema

ITEM = "social-card-reissue"
HOME = {"name": "王测试", "phone": "00000000000", "division": "000101002000", "detail": "样本路1号"}


@pytest.fixture
def backend(http: httpx.Client, tmp_path: Path, clock: Clock) -> Iterator[House]:
    house = build(settings_for(tmp_path, clock))
    yield house
    house.close()


@pytest.fixture
def case(http: httpx.Client) -> tuple[Citizen, str]:
    """A new social security card, approved at once, that is posted or collected."""
    citizen = Citizen(http, "wang").verify()
    citizen.fetch(ITEM)
    made = citizen.file(citizen.request(ITEM, {"situation.card_trouble": "lost", "social_card.bank": "sample"})).cases[
        0
    ]
    assert made.state == "approved", made.reason
    return citizen, made.number


def read(case: tuple[Citizen, str]) -> httpx.Response:
    citizen, number = case
    return citizen.http.get(f"/v1/cases/{number}/delivery", headers=citizen.headers)


def choose(case: tuple[Citizen, str], tag: str | None = None, **said: Any) -> httpx.Response:
    citizen, number = case
    headers = citizen.headers | ({} if tag is None else {"If-Match": tag})
    return citizen.http.put(f"/v1/cases/{number}/delivery", json=said, headers=headers)


def act(backend: House, name: str, number: str, said: str) -> None:
    backend.database.write_now(lambda each: getattr(backend.deliveries, name)(each, number, said, backend.now()))


def told(backend: House, number: str) -> list[str]:
    query = select(schema.notice.c.content).where(
        schema.notice.c.about == number, schema.notice.c.kind == "result-ready"
    )
    return backend.database.read_now(lambda each: list(each.execute(query).scalars()))


def test_who_chooses_nothing_is_offered_the_ways_of_the_item(case: tuple[Citizen, str]) -> None:
    offered = read(case).json()
    assert (offered["ways"], offered["way"], offered["state"]) == (["mail", "collection-point"], "mail", "chosen")
    assert len(offered["points"]) == 4
    assert read(case).headers["etag"] == '"0"'


def test_it_is_posted_to_where_they_said_and_they_are_told_the_number(
    case: tuple[Citizen, str], backend: House
) -> None:
    assert problem_code(choose(case, way="mail")) == "delivery.invalid"
    assert problem_code(choose(case, way="slip")) == "delivery.invalid"
    chosen = choose(case, '"0"', way="mail", recipient=HOME).json()
    assert (chosen["state"], chosen["recipient"]) == ("ready", HOME)
    assert problem_code(choose(case, '"0"', way="mail", recipient=HOME)) == "delivery.changed"
    waiting = backend.database.read_now(lambda each: backend.deliveries.listed(each, ()))
    assert [each.case for each in waiting] == [case[1]]
    with pytest.raises(RefusedRequestError):
        act(backend, "posted", case[1], "")
    act(backend, "posted", case[1], "EE000000000CN")
    assert read(case).json()["tracking"] == "EE000000000CN"
    assert "EE000000000CN" in told(backend, case[1])[-1]
    assert problem_code(choose(case, way="mail", recipient=HOME)) == "delivery.over"
    with pytest.raises(RefusedRequestError) as again:
        act(backend, "posted", case[1], "EE000000001CN")
    assert again.value.code is Code.NOT_FOUND


def test_it_is_collected_with_its_code_only(case: tuple[Citizen, str], backend: House) -> None:
    assert problem_code(choose(case, way="collection-point", point="nowhere")) == "delivery.invalid"
    ready = choose(case, way="collection-point", point="centre-locker").json()
    assert (ready["state"], ready["keepUntil"]) == ("ready", "2026-12-23")
    assert ready["code"] in told(backend, case[1])[-1]
    with pytest.raises(RefusedRequestError):
        act(backend, "collected", case[1], f"{(int(ready['code']) + 1) % 10**6:06d}")
    act(backend, "collected", case[1], ready["code"])
    assert (read(case).json()["state"], read(case).json()["code"]) == ("collected", "")


def test_what_nobody_collects_goes_back_and_is_chosen_again(
    case: tuple[Citizen, str], backend: House, clock: Clock
) -> None:
    choose(case, way="collection-point", point="centre-locker")
    clock.advance(days=31)
    for _ in range(2):
        backend.database.write_now(lambda each: backend.deliveries.due(each, backend.now()))
    assert sum("退回" in text for text in told(backend, case[1])) == 1
    fresh = Citizen(case[0].http, "wang").verify()
    assert read((fresh, case[1])).json()["state"] == "chosen"


def test_what_one_department_leaves_lying_hides_nothing_of_another(
    case: tuple[Citizen, str], backend: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(case, way="mail", recipient=HOME)
    earlier, table = case[1], schema.case
    others = update(table).where(table.c.number == earlier).values(department="transport")
    backend.database.write_now(lambda each: each.execute(others))
    citizen = case[0]
    said = {"situation.card_trouble": "lost", "social_card.bank": "sample"}
    later = citizen.file(citizen.request(ITEM, said)).cases[0].number
    choose((citizen, later), way="mail", recipient=HOME)
    monkeypatch.setattr(deliveries, "_LISTED", 1)
    waiting = backend.database.read_now(lambda each: backend.deliveries.listed(each, ("human-resources",)))
    assert [each.case for each in waiting] == [later]


def test_what_was_revoked_is_handed_to_nobody(case: tuple[Citizen, str], backend: House) -> None:
    choose(case, way="collection-point", point="centre-locker")
    act, clerk = Revoke(reasons="材料不实。", basis="《行政许可法》第六十九条"), Clerk(number="S-0001")
    version = seen(*case).case.version
    backend.database.write_now(lambda each: backend.desk.apply(each, clerk, case[1], version, act))
    assert backend.database.read_now(lambda each: backend.deliveries.listed(each, ())) == ()
    assert problem_code(choose(case, way="mail", recipient=HOME)) == "delivery.over"
    assert read(case).json()["mayChange"] is False


def test_it_is_nobody_elses(case: tuple[Citizen, str]) -> None:
    other = Citizen(case[0].http, "li").verify()
    assert read((other, case[1])).status_code == 404
    assert choose((other, case[1]), way="mail", recipient=HOME).status_code == 404


def test_the_points_of_the_city_are_whole(tmp_path: Path) -> None:
    points = read_points(PEOPLE.with_name("points.yaml"))
    assert {point.locker for point in points} == {True, False}
    twice = tmp_path / "points.yaml"
    twice.write_text((PEOPLE.with_name("points.yaml")).read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="stands twice"):
        read_points(twice)
