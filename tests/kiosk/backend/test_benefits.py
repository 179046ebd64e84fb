"""What comes to people by itself: entitlements taken with one confirmation, reminders, and fees that are less."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import httpx
import msgspec
import pytest

from backend.city import (
    CATALOGUE,
    START,
    TERMINAL,
    TODAY,
    Citizen,
    Clock,
    catalogue,
    problem_code,
    running,
    settings_for,
)
from kiosk.backend.house import House, build
from kiosk.backend.registers import Holder
from kiosk.backend.storage import schema
from kiosk.catalogue.policies import Standing, check_policies, judge, read_policies
from kiosk.contract import Application, Entitlement, Entitlements, EntitlementState, NextStep, Reminders

OLD = "old-age-allowance"


def entitled(citizen: Citizen) -> Entitlements:
    answer = citizen.http.get("/v1/entitlements", params={"notice": "1"}, headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Entitlements)


def one(citizen: Citizen, policy: str) -> Entitlement:
    return {each.policy: each for each in entitled(citizen).entitlements}[policy]


def take(citizen: Citizen, policy: str = OLD, key: str = "", **more: Any) -> httpx.Response:
    body = {
        "notice": "1",
        "session": "session-1",
        "terminal": TERMINAL,
        "language": "zh-Hans",
        "signedAt": START.isoformat(),
        "account": "social-security-card",
        **more,
    }
    headers = {**citizen.headers, "Idempotency-Key": key or str(uuid4())}
    return citizen.http.post(f"/v1/entitlements/{policy}/acceptance", json=body, headers=headers)


def taken(answer: httpx.Response) -> Application:
    assert answer.status_code == 201, answer.text
    return msgspec.json.decode(answer.content, type=Application)


@pytest.fixture
def chen(http: httpx.Client) -> Citizen:
    """She is over eighty and lives here."""
    return Citizen(http, "chen").verify()


def test_somebody_over_eighty_is_told_and_takes_it_with_one_confirmation(chen: Citizen) -> None:
    found = one(chen, OLD)
    assert found.state is EntitlementState.ENTITLED
    assert found.amount_fen == 10_000
    assert found.gives.zh_hans == "每月 100.00元"
    assert found.pays
    assert all(fact.source is not None for fact in found.facts)
    application = taken(take(chen))
    (case,) = application.cases
    assert case.state == "approved"
    assert [document.type for document in case.documents] == ["allowance-decision"]
    again = one(chen, OLD)
    assert (again.state, again.application) == (EntitlementState.TAKEN, application.number)


def test_what_was_looked_at_stands_in_the_ledger(chen: Citizen) -> None:
    entitled(chen)
    page = chen.http.get("/v1/ledger", headers=chen.headers)
    assert page.status_code == 200, page.text
    assert "entitlements" in page.text or "免申即享" in page.text


def test_it_is_taken_once_however_often_it_is_sent(chen: Citizen) -> None:
    key = str(uuid4())
    first = take(chen, key=key)
    assert take(chen, key=key).content == first.content
    answer = take(chen)
    assert problem_code(answer) == "entitlement.taken"
    assert answer.json()["detail"] == taken(first).number


def test_of_two_at_once_one_takes_it(chen: Citizen) -> None:
    answers: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: answers.append(take(chen))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


def test_money_needs_an_account(chen: Citizen) -> None:
    for wrong in (
        {"account": ""},
        {"account": "somebody-elses"},
        {"accountNumber": "1234"},
        {"account": "company-account"},
    ):
        assert problem_code(take(chen, **wrong)) == "entitlement.account", wrong
    number = str(catalogue().elements["person.bank_card"].example)
    application = taken(take(chen, account="", accountNumber=number))
    assert application.answers.single["person.bank_card"].value == number


def test_who_is_not_entitled_takes_nothing_and_leaves_no_trace(http: httpx.Client) -> None:
    wang = Citizen(http, "wang").verify()
    assert OLD not in {each.policy for each in entitled(wang).entitlements}
    key = str(uuid4())
    assert problem_code(take(wang, key=key)) == "entitlement.not-entitled"
    assert problem_code(take(wang, "no-such-policy", key=key)) == "not-found"
    page = http.get("/v1/applications", headers=wang.headers)
    assert page.json()["applications"] == []


def test_a_register_that_is_silent_makes_a_perhaps_never_an_entitlement(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock(), registers_off=frozenset({"allowance"}))) as http:
        chen = Citizen(http, "chen").verify()
        found = entitled(chen)
        assert "allowance" in found.unavailable
        old = {each.policy: each for each in found.entitlements}[OLD]
        assert old.state is EntitlementState.PERHAPS
        assert "高龄津贴" in old.says.zh_hans
        assert old.item == OLD
        assert problem_code(take(chen)) == "entitlement.not-entitled"


def test_policies_are_whole_and_their_examples_come_out_so() -> None:
    assert check_policies(catalogue(), CATALOGUE, TODAY) == []
    rules = read_policies(catalogue(), CATALOGUE)
    assert len(rules.policies) >= 20
    departments = {catalogue().items[policy.item].department for policy in rules.policies.values()}
    assert len(departments) >= 8


@pytest.mark.parametrize("policy", sorted(read_policies(catalogue(), CATALOGUE).policies))
def test_who_is_unknown_is_entitled_to_nothing(policy: str) -> None:
    rules = read_policies(catalogue(), CATALOGUE)
    assert judge(catalogue(), rules.policies[policy], {}, TODAY)[0] is Standing.NO


def test_mistakes_in_policies_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "a.yaml").write_text("item: no-such-item\ngives: {zh-Hans: 甲, zh-Hant: 甲, en: A}\nexamples: []\n")
    (folder / "b.yaml").write_text(
        "item: old-age-allowance\ngives: {zh-Hans: 甲, zh-Hant: 甲, en: A}\nconflicts: [c]\nexamples: []\n"
    )
    (folder / "d.yaml").write_text(
        "item: old-age-allowance\npays: true\ngives: {zh-Hans: 甲, zh-Hant: 甲, en: A}\n"
        "examples: [{given: {person.birth_date: '1941-02-18'}, standing: 'no'}]\n"
    )
    (tmp_path / "fee-reliefs.yaml").write_text(
        "r: {items: {id-card-reissue: 4000, x: 1}, when: person.nothing, basis: 法, "
        "says: {zh-Hans: 甲, zh-Hant: 甲, en: A}}\n"
    )
    said = "\n".join(str(mistake) for mistake in check_policies(catalogue(), tmp_path, TODAY))
    for words in (
        "there is no item no-such-item",
        "no other policy c",
        "pays is false",
        "costs 4000 fen",
        "there is no item x",
        "cannot be read",
    ):
        assert words in said, said
    for name in ("a.yaml", "b.yaml"):
        (folder / name).unlink()
    (tmp_path / "fee-reliefs.yaml").unlink()
    said = "\n".join(str(mistake) for mistake in check_policies(catalogue(), tmp_path, TODAY))
    assert "comes out as entitled" in said
    assert "needs an example that is entitled" in said


def test_people_in_need_pay_less_for_their_id_card(tmp_path: Path) -> None:
    told = settings_for(tmp_path, Clock())
    with running(told) as http:
        in_need = next(
            key for key in ("chen", "zhou", "wang", "liu", "zheng") if _help(told.data_dir, http, key) != "none"
        )
        citizen = Citizen(http, in_need).verify()
        body = {"items": ["id-card-renewal", "id-card-reissue"], "notice": "1"}
        fees = http.post("/v1/fees", json=body, headers=citizen.headers).json()
        assert {line["item"]: line["amountFen"] for line in fees["lines"]} == {
            "id-card-renewal": 0,
            "id-card-reissue": 2000,
        }
        assert fees["lines"][0]["basis"] == "中华人民共和国居民身份证法 第二十条"


def _help(folder: Path, http: httpx.Client, key: str) -> str:
    citizen = Citizen(http, key).verify()
    names = catalogue().elements["person.assistance_status"].known_from
    answer = citizen.facts("disability-living-allowance", names)
    facts = answer.json()["facts"]
    return str(facts[0]["value"]) if facts else "none"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with running(settings_for(tmp_path / "made", Clock())):
        pass
    made = build(settings_for(tmp_path / "made", Clock()), catalogue())
    yield made
    made.close()


def reminders(citizen: Citizen) -> Reminders:
    answer = citizen.http.get("/v1/reminders", headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Reminders)


def test_what_runs_out_is_listed_with_what_renews_it(shared: httpx.Client) -> None:
    wang = Citizen(shared, "wang").verify()
    found = reminders(wang)
    licence = next(each for each in found.reminders if each.kind == "licence-expiring")
    assert (licence.next, licence.item) == (NextStep.RENEW, "driving-licence-renewal")
    days = [each.due_on for each in found.reminders if each.due_on]
    assert days == sorted(days)


def test_messages_of_a_kind_can_be_refused_and_decisions_cannot(shared: httpx.Client) -> None:
    wang = Citizen(shared, "wang").verify()
    path = "/v1/notice-choices/licence-expiring"
    assert shared.put(path, json={"wanted": False}, headers=wang.headers).status_code == 204
    assert not {each.kind: each for each in reminders(wang).choices}["licence-expiring"].wanted
    for kind in ("decision", "nothing"):
        answer = shared.put(f"/v1/notice-choices/{kind}", json={"wanted": False}, headers=wang.headers)
        assert problem_code(answer) == "notice.kind"


def test_a_licence_is_reminded_of_at_each_step_once(house: House) -> None:
    now = START
    for _ in range(0, 70, 2):
        house.database.write_now(lambda connection: house.reminding.tell_licences(connection, now))  # noqa: B023 - at once
        now += timedelta(days=2)
    counts = _told(house, "licence-expiring")
    assert counts
    assert max(counts.values()) <= 3
    again = dict(counts)
    house.database.write_now(lambda connection: house.reminding.tell_licences(connection, START))
    assert _told(house, "licence-expiring") == again


def test_only_who_agreed_is_looked_for_and_told_once(house: House) -> None:
    people = {row.number: row.id for row in _residents(house)}
    chen = people[Citizen(httpx.Client(), "chen").person.number]
    assert asyncio.run(house.lookout.round()) == 0
    assert _told(house, "entitlement") == {}
    house.database.write_now(
        lambda connection: house.reminding.choose(connection, chen, "entitlement", True, "1", START)
    )
    clock = cast("Clock", house.settings.clock)
    looks = []
    for _ in range(4):
        looks.append(asyncio.run(house.lookout.round()))
        clock.advance(days=4)
    assert looks == [1, 0, 1, 0], "once a week"
    told = _told(house, "entitlement")
    assert told[(chen, OLD)] == 1
    assert {resident for resident, _ in told} == {chen}
    found = house.database.write_now(
        lambda connection: house.benefits.newly_entitled(connection, Holder(resident=chen, terminal=""), "1", START)
    )
    assert OLD in {policy.id for policy in found}


def _residents(house: House) -> list[Any]:
    return list(house.database.read_now(lambda connection: connection.execute(schema.resident.select()).all()))


def _told(house: House, kind: str) -> dict[tuple[int, str], int]:
    rows = house.database.read_now(
        lambda connection: connection.execute(schema.notice.select().where(schema.notice.c.kind == kind)).all()
    )
    found: dict[tuple[int, str], int] = {}
    for row in rows:
        found[row.resident, row.about] = found.get((row.resident, row.about), 0) + 1
    return found
