"""Every rating is kept, and a bad one followed up until somebody has said what was done."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from backend.city import CERTIFICATE, Citizen, Clock
from kiosk.backend.house import House
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.storage import schema


@pytest.fixture
def filed(http: httpx.Client) -> tuple[Citizen, str]:
    citizen = Citizen(http, "wang").verify()
    citizen.fetch("insurance-certificate")
    return citizen, citizen.file(citizen.request("insurance-certificate", CERTIFICATE)).number


def rate(filed: tuple[Citizen, str], **rating: Any) -> httpx.Response:
    citizen, number = filed
    return citizen.http.put(f"/v1/applications/{number}/rating", json=rating, headers=citizen.headers)


def read(filed: tuple[Citizen, str]) -> httpx.Response:
    citizen, number = filed
    return citizen.http.get(f"/v1/applications/{number}/rating", headers=citizen.headers)


def test_a_good_rating_is_kept_and_left_alone(filed: tuple[Citizen, str]) -> None:
    assert read(filed).status_code == 404
    assert rate(filed, level=5, reasons=["一次办成"]).status_code == 204
    told = read(filed).json()
    assert (told["level"], told["reasons"], told["followUp"]) == (5, ["一次办成"], None)


def test_a_bad_rating_says_why_and_somebody_calls(filed: tuple[Citizen, str], backend: House) -> None:
    assert rate(filed, level=1, axes=["efficiency", "guide"], words="等了很久").status_code == 204
    told = read(filed).json()
    assert told["axes"] == ["efficiency", "guide"]
    assert told["followUp"]["state"] == "open"
    assert (told["followUp"]["contactBy"], told["followUp"]["closeBy"]) == ("2026-11-24", "2026-11-30")
    number = application(backend, filed)
    backend.database.write_now(lambda each: backend.ratings.contacted(each, number, "S-1", "打了电话", backend.now()))
    with pytest.raises(RefusedRequestError):
        backend.database.write_now(lambda each: backend.ratings.close(each, number, "S-1", " ", backend.now()))
    backend.database.write_now(lambda each: backend.ratings.close(each, number, "S-1", "加开了窗口。", backend.now()))
    closed = read(filed).json()["followUp"]
    assert (closed["state"], closed["answer"]) == ("closed", "加开了窗口。")


def test_who_takes_a_bad_rating_back_is_not_called(filed: tuple[Citizen, str], backend: House) -> None:
    rate(filed, level=2)
    rate(filed, level=4)
    assert read(filed).json()["followUp"] is None
    number = application(backend, filed)
    with pytest.raises(RefusedRequestError):
        backend.database.write_now(lambda each: backend.ratings.contacted(each, number, "S-1", "", backend.now()))
    rate(filed, level=1)
    assert read(filed).json()["followUp"]["state"] == "open"
    kept = backend.database.read_now(lambda each: each.execute(select(schema.rating_given.c.level)).scalars().all())
    assert kept == [2, 4, 1]


def test_what_nobody_followed_up_in_time_is_marked(filed: tuple[Citizen, str], backend: House, clock: Clock) -> None:
    rate(filed, level=1)
    clock.advance(days=1)
    backend.database.write_now(lambda each: backend.ratings.due(each, backend.now()))
    assert not overdue(backend)
    clock.advance(days=1)
    backend.database.write_now(lambda each: backend.ratings.due(each, backend.now()))
    assert overdue(backend)


def application(backend: House, filed: tuple[Citizen, str]) -> int:
    table = schema.application.c
    query = select(table.id).where(table.number == filed[1])
    return backend.database.read_now(lambda each: int(each.execute(query).scalar_one()))


def overdue(backend: House) -> bool:
    query = select(schema.rating_follow_up.c.overdue)
    return backend.database.read_now(lambda each: bool(each.execute(query).scalar_one()))
