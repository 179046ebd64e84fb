"""What registers know: only what the purpose needs, and never unrecorded."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from backend.city import CATALOGUE, PEOPLE, Citizen, Clock, catalogue, people, problem_code, running, settings_for
from kiosk.catalogue import Outcome
from kiosk.catalogue.examples import is_held
from kiosk.forms import from_json

SHOWN_BY = {
    "register.population": "zhao",
    "register.marriage": "zhao",
    "licence.marriage-certificate": "zhao",
    "register.social-insurance": "wang",
    "register.allowance": "chen",
}
"""Somebody of whom each source knows everything; of the others it is who has a business."""


def sources() -> list[tuple[str, str]]:
    return sorted(
        (name, element.id)
        for element in catalogue().elements.values()
        for name in element.known_from
        if name.startswith(("register.", "licence.")) and purpose_of(element.id) and is_held(name, catalogue().licences)
    )


@cache
def purposes() -> dict[str, str]:
    """Return an item for each element that one which is filed needs."""
    filed = [item for item in catalogue().items.values() if item.outcome is not Outcome.GUIDED]
    return {need.element: item.id for item in filed for need in item.needs}


def purpose_of(element: str) -> str:
    return purposes().get(element, "")


@cache
def verified(http: httpx.Client, key: str) -> Citizen:
    return Citizen(http, key).verify()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A city in which everything is known of everybody: what is usual in the simulated one is left out."""
    folder = tmp_path_factory.mktemp("full")
    shutil.copy(PEOPLE, folder)
    city = msgspec.yaml.decode(PEOPLE.with_name("city.yaml").read_bytes())
    assert city.pop("everybody")
    (folder / "city.yaml").write_bytes(msgspec.yaml.encode(city))
    with running(settings_for(folder / "data", Clock(), people_path=folder / PEOPLE.name)) as http:
        yield http


@pytest.mark.parametrize(("name", "element"), sources())
def test_every_source_of_the_catalogue_is_served_as_its_element_wants_it(
    full: httpx.Client, name: str, element: str
) -> None:
    holder = verified(full, SHOWN_BY.get(name.rpartition(".")[0], "li"))
    answer = holder.facts(purpose_of(element), [name])
    assert answer.status_code == 200, answer.text
    (fact,) = answer.json()["facts"]
    assert from_json(catalogue().elements[element], fact["value"]) is not None
    assert set(fact["source"]) == {"zh-Hans", "zh-Hant", "en"}


def test_what_the_purpose_does_not_need_is_not_told(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    answer = chen.facts("old-age-allowance", ["register.population.phone", "register.population.marital_status"])
    assert problem_code(answer) == "purpose.exceeded"
    assert answer.json()["errors"] == [{"detail": "register.population.marital_status", "pointer": "/names/1"}]
    body = {"purpose": "old-age-allowance", "notice": "1", "materials": ["business-licence"]}
    refused = shared.post("/v1/materials", json=body, headers=chen.headers)
    assert problem_code(refused) == "purpose.exceeded"
    assert problem_code(chen.facts("curiosity", [])) == "purpose.unknown"


def test_a_marriage_that_is_not_there_is_not_there(shared: httpx.Client) -> None:
    sun = Citizen(shared, "sun").verify()
    answer = sun.facts("newborn", ["register.marriage.spouse_name", "register.population.marital_status"])
    assert [(fact["name"], fact["value"]) for fact in answer.json()["facts"]] == [
        ("register.population.marital_status", "unmarried")
    ]
    body = {"purpose": "newborn", "notice": "1", "materials": ["marriage-certificate", "household-register"]}
    found = shared.post("/v1/materials", json=body, headers=sun.headers).json()["found"]
    assert [(each["material"], each["obtained"]) for each in found] == [("household-register", "licence")]


def test_every_register_that_replaces_a_material_knows_somebody(shared: httpx.Client) -> None:
    li = Citizen(shared, "li").verify()
    body = {"purpose": "restaurant", "notice": "1", "materials": ["business-licence", "staff-health"]}
    found = shared.post("/v1/materials", json=body, headers=li.headers).json()["found"]
    assert {each["material"]: each["obtained"] for each in found} == {
        "business-licence": "licence",
        "staff-health": "register",
    }
    zhao = Citizen(shared, "zhao").verify()
    wanted = ["marriage-certificate", "household-register", "parents-id"]
    answer = shared.post(
        "/v1/materials", json={"purpose": "newborn", "notice": "1", "materials": wanted}, headers=zhao.headers
    )
    assert {each["material"] for each in answer.json()["found"]} == set(wanted)


def ledger(data_dir: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(data_dir / "backend.sqlite") as connection:
        query = (
            "SELECT number, purpose, notice, names, terminal, channel FROM ledger "
            "JOIN resident ON resident.id = ledger.resident ORDER BY ledger.id"
        )
        rows = connection.execute(query).fetchall()
    connection.close()
    return rows


def test_every_pull_is_in_the_ledger(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock())) as http:
        chen = Citizen(http, "chen").verify()
        chen.facts("old-age-allowance", ["register.population.phone"])
        body = {"purpose": "old-age-allowance", "notice": "2", "materials": ["applicant-id"]}
        http.post("/v1/materials", json=body, headers=chen.headers)
        chen.facts("old-age-allowance", ["register.marriage.spouse_name"])
        chen.fetch("old-age-allowance")
        chen.file(chen.request("old-age-allowance", {}))
    rows = ledger(tmp_path)
    number = people()["chen"].number
    assert rows[:2] == [
        (number, "old-age-allowance", "1", '["register.population.phone"]', "T-TEST", "facts"),
        (number, "old-age-allowance", "2", '["applicant-id"]', "T-TEST", "materials"),
    ]
    assert [row[5] for row in rows] == ["facts", "materials", "facts", "submission"]


def test_the_catalogue_names_the_registers_that_are_served() -> None:
    named = {name.split(".")[1] for name, _ in sources() if name.startswith("register.")}
    assert named <= set(catalogue().registers), CATALOGUE


def test_what_is_rare_is_known_of_whom_the_city_says_it(shared: httpx.Client) -> None:
    names = ["register.veterans.category", "register.vehicle.old_scrapped"]
    zheng, wu, chen = (Citizen(shared, key).verify() for key in ("zheng", "wu", "chen"))
    assert [fact["name"] for fact in zheng.facts("veteran-grant", names[:1]).json()["facts"]] == names[:1]
    assert chen.facts("veteran-grant", names[:1]).json()["facts"] == []
    scrapped = [each.facts("car-scrap-subsidy", names[1:]).json()["facts"][0]["value"] for each in (wu, chen)]
    assert scrapped == [True, False]
