"""谁用了我的数据: who looked, why, at what; told to the person it concerns and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import DBAPIError

from backend.city import START, TODAY, Citizen, Clock, people, problem_code, running, settings_on
from kiosk.backend import BackendSettings
from kiosk.backend.registers import seen
from kiosk.backend.storage import Database, schema
from kiosk.contract import LedgerEntry, LedgerPage, Looked, LookerKind

ITEM = "old-age-allowance"
PHONE = "register.population.phone"


ON_BOTH_DATABASES = True


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[BackendSettings]:
    with settings_on(database, tmp_path_factory.mktemp("ledger"), Clock()) as made:
        yield made


@pytest.fixture(scope="module")
def http(settings: BackendSettings) -> Iterator[httpx.Client]:
    with running(settings) as client:
        yield client


def told(citizen: Citizen, **asked: Any) -> LedgerPage:
    answer = citizen.http.get("/v1/ledger", headers=citizen.headers, params=asked)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=LedgerPage)


def newest(citizen: Citizen) -> LedgerEntry:
    return told(citizen, limit=1).entries[0]


def written(settings: BackendSettings, work: Any) -> Any:
    store = Database(settings.database_url or settings.data_dir / "backend.sqlite")
    try:
        return store.write_now(work)
    finally:
        store.close()


def resident(connection: Connection, key: str) -> int:
    table = schema.resident.c
    return int(connection.execute(select(table.id).where(table.number == people()[key].number)).scalar_one())


def test_a_pull_is_told_with_its_matter_register_and_elements(http: httpx.Client) -> None:
    chen = Citizen(http, "chen").verify()
    chen.facts(ITEM, [PHONE])
    entry = newest(chen)
    assert (entry.looked, entry.by) == (Looked.FACTS, LookerKind.SELF)
    assert entry.at == START
    assert entry.who.zh_hans == "您本人，在终端 T-TEST 上"
    assert entry.matter_name.zh_hans == "老年人高龄津贴申领"
    assert [(each.source, each.name.en) for each in entry.sources] == [("register.population", "Population register")]
    assert all(element.zh_hans and element.zh_hant and element.en for element in entry.sources[0].elements)
    assert str(people()["chen"].phone) not in msgspec.json.encode(entry).decode()


def test_a_material_is_told_with_what_was_looked_through_for_it(http: httpx.Client) -> None:
    chen = Citizen(http, "chen").verify()
    body = {"purpose": ITEM, "notice": "1", "materials": ["applicant-id"]}
    assert http.post("/v1/materials", json=body, headers=chen.headers).status_code == 200
    entry = newest(chen)
    assert entry.looked is Looked.MATERIALS
    assert [each.name.zh_hans for each in entry.sources] == ["居民身份证", "人口登记信息"]


def test_what_the_rules_looked_at_is_told_as_looked_at_by_no_person(http: httpx.Client) -> None:
    wang = Citizen(http, "wang").verify()
    wang.fetch("insurance-certificate")
    wang.submit(wang.request("insurance-certificate", {"certificate.kinds": ["pension"], "certificate.months": "12"}))
    entry = newest(wang)
    assert (entry.looked, entry.by) == (Looked.SUBMISSION, LookerKind.DEPARTMENT)
    assert "没有人查看" in entry.who.zh_hans


def test_the_person_sees_their_agent_and_the_agent_does_not_see_the_person(http: httpx.Client) -> None:
    agent, principal = Citizen(http, "qian").verify(), Citizen(http, "zhao").verify()
    (mandate, *_) = http.get("/v1/mandates", headers=agent.headers).json()
    assert mandate["principal"]["number"] == principal.person.number
    until = (TODAY + timedelta(days=1)).isoformat()
    said = {"principal": mandate["principal"], "items": [ITEM], "validUntil": until, "mandate": mandate["reference"]}
    before = told(agent)
    body = {"purpose": ITEM, "notice": "1", "names": [PHONE], "authority": said}
    assert http.post("/v1/facts", json=body, headers=agent.headers).status_code == 200
    entry = newest(principal)
    assert entry.by is LookerKind.AGENT
    assert entry.who.zh_hans.startswith("为您代办的 钱*")
    assert told(agent) == before


def test_a_clerks_look_at_a_case_is_told_once_for_a_page_loaded_again(
    http: httpx.Client, settings: BackendSettings
) -> None:
    sun = Citizen(http, "sun").verify()

    def look(connection: Connection, minutes: float) -> bool:
        return seen(
            connection,
            resident(connection, "sun"),
            "CK-0001",
            "OT20261123-000001-4-01",
            department="civil-affairs",
            matter=ITEM,
            now=START + timedelta(minutes=minutes),
        )

    assert [written(settings, lambda connection, at=at: look(connection, at)) for at in (0, 5, 11)] == [
        True,
        False,
        True,
    ]
    first, second = told(sun).entries
    assert first.at - second.at == timedelta(minutes=11)
    assert first.by is LookerKind.CLERK
    assert first.looked is Looked.WINDOW
    assert first.who.zh_hans == "窗口工作人员 CK-0001（示例市民政局）"
    assert first.case == "OT20261123-000001-4-01"
    assert [(each.source, len(each.elements)) for each in first.sources] == [("case", 3)]


def test_pages_follow_one_another_without_a_gap(http: httpx.Client) -> None:
    zhou = Citizen(http, "zhou").verify()
    for _ in range(5):
        zhou.facts(ITEM, [PHONE])
    whole = told(zhou)
    assert len(whole.entries) == 5
    assert whole.next == ""
    found: list[LedgerEntry] = []
    page = told(zhou, limit=2)
    while page.next:
        found.extend(page.entries)
        page = told(zhou, limit=2, before=page.next)
    assert (*found, *page.entries) == whole.entries


def test_a_ledger_is_for_its_person_alone(http: httpx.Client) -> None:
    wu, feng = Citizen(http, "wu").verify(), Citizen(http, "feng").verify()
    wu.facts(ITEM, [PHONE])
    assert told(wu).entries
    assert told(feng).entries == ()
    assert problem_code(http.get("/v1/ledger")) == "token.missing"
    for wrong in ({"limit": "0"}, {"limit": "1000"}, {"before": "x"}, {"before": "-1"}, {"before": "9" * 40}):
        assert problem_code(http.get("/v1/ledger", headers=wu.headers, params=wrong)) == "request.malformed"


def test_nobody_changes_or_deletes_what_is_written(http: httpx.Client, settings: BackendSettings) -> None:
    zheng = Citizen(http, "zheng").verify()
    zheng.facts(ITEM, [PHONE])
    before = told(zheng)
    for forbidden in (update(schema.ledger).values(purpose="y"), delete(schema.ledger)):
        with pytest.raises(DBAPIError, match="append-only"):
            written(settings, lambda connection, forbidden=forbidden: connection.execute(forbidden))
    assert told(zheng) == before
    assert before.entries
