"""What else is worth doing, over the wire; and the counts behind it, which point at nobody."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.city import (
    CERTIFICATE,
    PEOPLE,
    TODAY,
    Citizen,
    Clock,
    catalogue,
    people,
    problem_code,
    running,
    settings_for,
)
from backend.filing import Street, basket, request, street_of
from kiosk.backend.house import build
from kiosk.backend.registers import fixed_people, generated_people, read_city
from kiosk.backend.registers.city import City
from kiosk.backend.registers.ordinary import Known, Ordinary
from kiosk.backend.settings import CHINA
from kiosk.backend.storage import schema
from kiosk.catalogue import Holder

PAIR = ("insurance-certificate", "old-age-allowance")
BESIDE_A_SCHOOL = {"division": "000101002000", "detail": "样本路12号1层"}
FAR_FROM_ONE = {"division": "000102002000", "detail": "试验大道90号"}


def offers(http: httpx.Client, *items: str, **changes: Any) -> list[dict[str, Any]]:
    answer = http.post("/v1/recommendations", json={"items": list(items), "limit": 20, **changes})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["offers"])


def kinds(found: list[dict[str, Any]], item: str) -> set[str]:
    return {reason["kind"] for offer in found if offer["item"] == item for reason in offer["reasons"]}


def counts(folder: Path) -> dict[tuple[str, str], int]:
    with sqlite3.connect(folder / "backend.sqlite") as connection:
        rows = connection.execute("SELECT first, second, sum(people) FROM co_filing GROUP BY first, second").fetchall()
    connection.close()
    return {(first, second): people for first, second, people in rows}


def test_a_bookshop_beside_a_school_needs_no_person_to_be_advised(shared: httpx.Client) -> None:
    near = offers(shared, "publication-retail-permit", matter="bookshop", place=BESIDE_A_SCHOOL)
    far = offers(shared, "publication-retail-permit", matter="bookshop", place=FAR_FROM_ONE)
    for item in ("food-sale-prepackaged-record", "parcel-station-record"):
        assert "place" in kinds(near, item)
        assert "place" not in kinds(far, item)
    assert all(set(reason["says"]) == {"zh-Hans", "zh-Hant", "en"} for offer in near for reason in offer["reasons"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"items": ["no-such-item"]}, "purpose.unknown"),
        ({"items": ["food-permit"], "matter": "no-such-theme"}, "purpose.unknown"),
        ({"items": ["food-permit"] * 100}, "purpose.unknown"),
        ({"items": "food-permit"}, "request.malformed"),
        ({"items": ["food-permit"], "place": {"division": 1}}, "request.malformed"),
    ],
)
def test_what_is_no_question_is_a_problem(shared: httpx.Client, body: dict[str, Any], code: str) -> None:
    assert problem_code(shared.post("/v1/recommendations", json=body)) == code


@pytest.mark.parametrize("limit", [-5, 0, 10**9])
def test_any_limit_is_kept_within_bounds(shared: httpx.Client, limit: int) -> None:
    assert len(offers(shared, "food-permit", limit=limit)) <= 20


def test_an_address_is_kept_nowhere(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock())) as http:
        offers(http, "food-permit", place={"division": "000101002000", "detail": "样本路199号别人不该知道"})
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("backend.sqlite*"))
    assert "别人不该知道".encode() not in kept


def files(street: Street, *items: str) -> None:
    applied = street.move_in(basket(items, {"person.birth_date": "1941-02-18"}))
    applicant = applied.verified(street.http)
    for _ in range(2):  # one person counts once, however often they file it
        answer = applicant.submit(request(applicant, applied.filed))
        assert answer.status_code == 201, answer.text


def test_what_few_filed_together_is_told_to_nobody(tmp_path: Path) -> None:
    with street_of(tmp_path) as street:
        forget_counts(tmp_path)
        for filed in range(1, 11):
            files(street, *PAIR)
            assert counts(tmp_path) == {PAIR: filed}
            told = "filed-together" in kinds(offers(street.http, PAIR[0]), PAIR[1])
            assert told is (filed >= 10)
        assert "filed-together" in kinds(offers(street.http, PAIR[1]), PAIR[0])


def test_counts_move_with_time_and_hold_no_person(tmp_path: Path) -> None:
    clock = Clock()
    settings = settings_for(tmp_path, clock, together_days=30)
    with running(settings) as http:
        assert "filed-together" in kinds(offers(http, PAIR[0]), PAIR[1])
        clock.advance(days=31)
        assert "filed-together" not in kinds(offers(http, PAIR[0]), PAIR[1])
    columns = {column.name for column in schema.co_filing.columns}
    assert columns == {"first", "second", "day", "people"}


# The city that is seeded


def known_of(key: str, today: date = TODAY, city: City | None = None) -> Known:
    everybody = {person.key: person for person in (*fixed_people(PEOPLE), *generated_people(60))}
    beside = read_city(PEOPLE.with_name("city.yaml")) if city is None else city
    return Ordinary(catalogue(), everybody, beside, today).known(everybody[key])


def registers_of(known: Known) -> dict[str, dict[str, Any]]:
    return {entry.register: entry.facts for entry in known.entries}


def test_companies_are_known_only_of_those_who_have_one() -> None:
    companies = {each.id for each in catalogue().registers.values() if each.holder is Holder.ENTERPRISE}
    assert companies & set(registers_of(known_of("li")))
    assert not companies & set(registers_of(known_of("wang")))
    held = {kind.id for kind in catalogue().licences.values() if kind.held_by is Holder.ENTERPRISE}
    assert held <= {each.type for each in known_of("li").licences}
    assert not held & {each.type for each in known_of("wang").licences}


def test_every_adult_holds_what_an_ordinary_person_holds() -> None:
    held = {kind.id for kind in catalogue().licences.values() if kind.held_by is Holder.PERSON}
    # a story tells of these, and who is not in it has none
    told = {"marriage-certificate", "resident-id", "household-register"}
    assert held - told <= {each.type for each in known_of("wang").licences}


def test_stories_come_before_examples() -> None:
    assert "marriage" not in registers_of(known_of("sun"))
    assert registers_of(known_of("zhao"))["marriage"]["spouse_name"] == "钱仿真"
    assert registers_of(known_of("chen"))["population"]["birth_date"] == "1941-02-18"
    benefits, debts = registers_of(known_of("zheng")), registers_of(known_of("feng"))
    assert (benefits["assistance"]["status"], benefits["disability"]["grade"]) == ("minimum", "1")
    assert (debts["taxation"]["arrears"], debts["credit"]["dishonest"]) == (True, True)


def test_relative_days_are_those_of_the_day_it_was_made() -> None:
    city = City(registers={"wang": {"residence": {"valid_until": "today+40d"}}})
    later = TODAY + timedelta(days=7)
    assert registers_of(known_of("wang", later, city))["residence"]["valid_until"] == "2027-01-09"


def test_of_whom_the_file_says_exactly_what_is_known_nothing_is_filled_in() -> None:
    city = City(exactly={"wang": {"register.population.phone": "13800138099", "licence.resident-id.name": "王示例"}})
    known = known_of("wang", city=city)
    told = {register: facts for register, facts in registers_of(known).items() if facts}
    assert told == {"population": {"phone": "13800138099"}}
    assert {each.type: each.fields for each in known.licences if each.fields} == {"resident-id": {"name": "王示例"}}
    assert registers_of(known).keys() == catalogue().registers.keys()


def test_made_up_people_vary_and_are_the_same_everywhere() -> None:
    adults = [person.key for person in generated_people(60) if person.phone]
    seen = [registers_of(known_of(key)) for key in adults[:20]]
    assert seen == [registers_of(known_of(key)) for key in adults[:20]]
    assert len({each.get("credit", {}).get("dishonest") for each in seen}) > 1
    assert any("credit" not in each for each in seen)
    fixed = [registers_of(known_of(key)) for key in people() if key not in {"zheng", "feng"}]
    assert {each["credit"]["dishonest"] for each in fixed if "credit" in each} == {False}


def test_the_city_is_made_anew_when_the_day_or_a_file_changes_and_residents_stay(tmp_path: Path) -> None:
    def look() -> tuple[list[Any], list[Any]]:
        with sqlite3.connect(tmp_path / "backend.sqlite") as connection:
            residents = connection.execute("SELECT id, number FROM resident ORDER BY id").fetchall()
            days = connection.execute("SELECT DISTINCT as_of FROM register_entry").fetchall()
        connection.close()
        return residents, days

    clock = Clock()
    build(settings_for(tmp_path, clock)).close()
    first = look()
    clock.advance(days=1)
    build(settings_for(tmp_path, clock, generated_people=50)).close()
    again = look()
    assert again[0][: len(first[0])] == first[0]
    assert len(again[0]) > len(first[0])
    assert (first[1], again[1]) == ([(str(TODAY),)], [(str(TODAY + timedelta(days=1)),)])


def test_a_changed_telephone_of_the_people_file_is_the_one_that_gets_the_code(tmp_path: Path) -> None:
    city, data = tmp_path / "city", tmp_path / "data"
    shutil.copytree(PEOPLE.parent, city)
    file = city / PEOPLE.name
    build(settings_for(data, Clock(), people_path=file)).close()
    wang = people()["wang"]
    said = file.read_text(encoding="utf-8")
    assert said.count(str(wang.phone)) == 1
    file.write_text(said.replace(str(wang.phone), "13800138299"), encoding="utf-8")
    with running(settings_for(data, Clock(), people_path=file)) as http:
        sent = Citizen(http, "wang").ask_for_code()
    assert sent.json()["phone"] == "138****8299"


# Counts that one could make bigger


def test_a_person_counts_once_in_the_window_to_its_first_minute(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 11, 23, 8, 0, tzinfo=CHINA))
    with running(settings_for(tmp_path, clock, together_days=30)) as http:
        forget_counts(tmp_path)
        for day in (clock.now, clock.now + timedelta(days=30, hours=9)):
            clock.now = day
            chen = Citizen(http, "chen").verify()
            for item in PAIR:
                chen.fetch(item)
                told = CERTIFICATE if item == PAIR[0] else {}
                answer = chen.submit(chen.request(item, told, today=day.date(), signed_at=day))
                assert answer.status_code == 201, answer.text
        assert counts(tmp_path) == {PAIR: 1}


def test_who_brings_a_letter_for_others_counts_nobody(tmp_path: Path) -> None:
    with street_of(tmp_path) as street:
        forget_counts(tmp_path)
        principal = street.move_in(basket(PAIR, {"person.birth_date": "1941-02-18"}))
        agent = street.move_in(basket(PAIR)).verified(street.http)
        body = request(principal.verified(street.http), principal.filed)
        for answer in body["answers"]["single"].values():
            answer["origin"] = "citizen"
        facts = {name for name, each in catalogue().elements.items() if each.fact}
        body["answers"]["single"] = {k: v for k, v in body["answers"]["single"].items() if k not in facts}
        body["authority"] = {
            "principal": principal.verified(street.http).document(),
            "items": list(PAIR),
            "validUntil": "2026-12-31",
            "letter": agent.attach(),
        }
        answer = agent.submit(body)
        assert answer.status_code == 201, answer.text
        assert counts(tmp_path) == {}


def forget_counts(folder: Path) -> None:
    with sqlite3.connect(folder / "backend.sqlite") as connection:
        connection.execute("DELETE FROM co_filing")
    connection.close()


def test_what_is_no_question_is_answered_shortly(shared: httpx.Client) -> None:
    answer = shared.post("/v1/recommendations", json={"items": [f"no-{number}" for number in range(40_000)]})
    assert problem_code(answer) == "purpose.unknown"
    assert len(answer.content) < 10_000
