"""What a person holds: shown with its state, revoked by a person in writing, checked by anybody without a network."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from backend.city import START, TODAY, Citizen, Clock, catalogue, people, problem_code, running, settings_on
from kiosk.backend.licences import (
    AlreadyRevokedError,
    Licences,
    LicenceUnknownError,
    ReasonMissingError,
    RevocationError,
)
from kiosk.backend.licences.revocation import revoke_held
from kiosk.backend.licences.states import SOON_DAYS, state_of
from kiosk.backend.signing import Keyring
from kiosk.backend.storage import Database, schema
from kiosk.contract import Application, HeldLicence, IssuedDocument, LicenceDetail, LicenceState
from kiosk.licences import parse_issuers, parse_revocations, verify
from kiosk.licences.command import GENUINE, NOT_IN_FORCE, UNKNOWN_IF_REVOKED, add_arguments, run

ON_BOTH_DATABASES = True

CERTIFICATE = "insurance-certificate"
TOLD = {"certificate.kinds": ["pension", "medical"], "certificate.months": "12"}
REASON = "经核实，申请时隐瞒了真实情况，依照《中华人民共和国行政许可法》第六十九条撤销。"


@dataclass
class City:
    """A backend, its folder and its clock."""

    http: httpx.Client
    folder: Path
    clock: Clock
    address: str
    """Of its PostgreSQL database, if it has one."""

    def written(self, work: Any) -> Any:
        """Do what a person in a department does, whose pages stand beside these paths."""
        store = Database(self.address or self.folder / "backend.sqlite")
        try:
            return store.write_now(work)
        finally:
            store.close()

    @property
    def library(self) -> Licences:
        return Licences(catalogue(), Keyring(self.folder / "keys", catalogue().departments))

    def revoke(self, number: str, reason: str = REASON) -> None:
        self.written(lambda connection: self.library.revoke(connection, number, reason, "CK-0001", self.clock()))


@contextmanager
def a_city(folder: Path, database: str) -> Iterator[City]:
    clock = Clock()
    with settings_on(database, folder, clock) as settings, running(settings) as http:
        yield City(http, folder, clock, settings.database_url)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[City]:
    """A city that the tests share; each has a citizen of its own."""
    with a_city(tmp_path_factory.mktemp("licences"), database) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path, database: str) -> Iterator[City]:
    """A city in which nothing was issued yet."""
    with a_city(tmp_path, database) as made:
        yield made


def certified(citizen: Citizen) -> IssuedDocument:
    citizen.fetch(CERTIFICATE)
    answer = citizen.submit(citizen.request(CERTIFICATE, TOLD))
    assert answer.status_code == 201, answer.text
    (document,) = msgspec.json.decode(answer.content, type=Application).cases[0].documents
    return document


def held(citizen: Citizen) -> dict[str, HeldLicence]:
    answer = citizen.http.get("/v1/licences", headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return {each.number: each for each in msgspec.json.decode(answer.content, type=tuple[HeldLicence, ...])}


def detail(citizen: Citizen, number: str) -> LicenceDetail:
    answer = citizen.http.get(f"/v1/licences/{number}", headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=LicenceDetail)


def checked(city: City, document: str, *more: str) -> int:
    """Check a document as an inspector does, with files and no network."""
    issuers = city.folder / "issuers.json"
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(["verify", document, "--issuers", str(issuers), *more]))


def fetched(city: City, name: str = "revocations.json") -> Path:
    path = city.folder / name
    path.write_bytes(city.http.get("/v1/revocations").content)
    return path


def test_what_was_issued_is_in_the_library_with_what_was_held_before(city: City) -> None:
    wang = Citizen(city.http, "wang").verify()
    before = held(wang)
    assert {each.title.zh_hans for each in before.values()} >= {"居民身份证", "居民户口簿", "机动车驾驶证"}
    assert not any(each.issued_here for each in before.values())
    document = certified(wang)
    after = held(wang)
    assert set(after) == {*before, document.number}
    entry = after[document.number]
    assert entry.issued_here
    assert entry.state is LicenceState.VALID
    assert entry.issuer == document.issuer
    identity = next(each for each in after.values() if each.type == "resident-id")
    assert identity.uses_count > len(identity.uses) > 0
    assert identity.printed_number not in identity.number


def test_a_notice_is_read_by_its_number_and_is_no_licence(city: City) -> None:
    chen = Citizen(city.http, "chen").verify()
    issued = certified(chen)
    notice = msgspec.structs.replace(issued, number="N-1", type="acceptance-notice")
    values = {
        "number": notice.number,
        "type": notice.type,
        "case_number": "C-1",
        "issued_on": TODAY,
        "content": msgspec.json.encode(notice).decode(),
    }
    city.written(
        lambda connection: connection.execute(insert(schema.document).values(values | mine(connection, "chen")))
    )
    assert notice.number not in held(chen)
    assert detail(chen, notice.number).type == "acceptance-notice"


def mine(connection: Connection, key: str) -> dict[str, int]:
    table = schema.resident.c
    return {"resident": connection.execute(select(table.id).where(table.number == people()[key].number)).scalar_one()}


def test_a_licence_is_shown_to_its_holder_in_full_and_to_nobody_else(city: City) -> None:
    wang, chen = Citizen(city.http, "zhao").verify(), Citizen(city.http, "chen").verify()
    document = certified(wang)
    shown = detail(wang, document.number)
    assert (shown.fields, shown.qr) == (document.fields, document.qr)
    assert shown.case
    before = next(each for each in held(wang).values() if each.type == "household-register")
    other = detail(wang, before.number)
    assert other.fields
    signed = verify(other.qr, parse_issuers(city.http.get("/v1/issuers").content))
    assert signed.issuer.issuer == "public-security"
    assert signed.licence.fields == tuple((label.zh_hans, value) for label, value in other.fields)
    assert detail(wang, before.number).qr == other.qr
    for number in (document.number, before.number, "H0", "x", "%00", "9" * 64):
        for headers in (chen.headers, Citizen(city.http, "liu").verify().headers):
            assert problem_code(city.http.get(f"/v1/licences/{number}", headers=headers)) == "not-found"
    assert problem_code(city.http.get(f"/v1/licences/{document.number}")) == "token.missing"
    assert problem_code(city.http.get("/v1/licences")) == "token.missing"


def test_a_look_at_a_licence_stands_in_the_ledger(city: City) -> None:
    wang = Citizen(city.http, "sun").verify()
    document = certified(wang)
    detail(wang, document.number)
    entry = city.http.get("/v1/ledger", headers=wang.headers).json()["entries"][0]
    assert entry["looked"] == "licences"
    assert entry["matterName"]["zh-Hans"] == "查看我的证照"
    assert [source["name"]["zh-Hans"] for source in entry["sources"]] == [document.title.zh_hans]


def test_what_is_revoked_is_revoked_for_its_holder_and_for_who_checks_offline(city: City) -> None:
    wang = Citizen(city.http, "qian").verify()
    document = certified(wang)
    kept = fetched(city, "before.json")
    assert checked(city, document.qr, "--revocations", str(kept), "--on", TODAY.isoformat()) == GENUINE
    city.revoke(document.number)
    entry = detail(wang, document.number)
    assert entry.state is LicenceState.REVOKED
    assert (entry.revoked_on, entry.reason) == (TODAY, REASON)
    assert REASON in entry.says.zh_hans
    assert "行政复议" in entry.says.zh_hans
    newest = fetched(city)
    assert checked(city, document.qr, "--revocations", str(newest), "--on", TODAY.isoformat()) == NOT_IN_FORCE
    # what was kept says nothing after a week, and what it named stays revoked for ever
    later = (TODAY + timedelta(days=8)).isoformat()
    assert checked(city, document.qr, "--revocations", str(kept), "--on", later) == UNKNOWN_IF_REVOKED
    assert checked(city, document.qr, "--revocations", str(newest), "--on", later) == NOT_IN_FORCE


def test_a_licence_younger_than_the_list_is_not_said_to_be_good(
    fresh: City, capsys: pytest.CaptureFixture[str]
) -> None:
    wang = Citizen(fresh.http, "wang").verify()
    none = fetched(fresh, "none.json")
    document = certified(wang)
    on = TODAY.isoformat()
    assert checked(fresh, document.qr, "--revocations", str(none), "--on", on) == UNKNOWN_IF_REVOKED
    assert "GET /v1/revocations" in capsys.readouterr().out
    assert checked(fresh, document.qr, "--on", on) == GENUINE
    assert "give --revocations" in capsys.readouterr().out
    assert checked(fresh, document.qr, "--on", "2030-01-01") == NOT_IN_FORCE
    assert "EXPIRED on 2027-02-23" in capsys.readouterr().out


def test_revoking_is_a_persons_act_in_writing_and_done_once(city: City) -> None:
    wang = Citizen(city.http, "wu").verify()
    document = certified(wang)
    library, at = city.library, city.clock()

    def act(number: str, reason: str, by: str) -> None:
        city.written(lambda connection: library.revoke(connection, number, reason, by, at))

    with pytest.raises(LicenceUnknownError):
        act("none", REASON, "CK-0001")
    for reason, by in (("", "CK-0001"), ("  ", "CK-0001"), ("x" * 2001, "CK-0001"), (REASON, " ")):
        with pytest.raises(ReasonMissingError):
            act(document.number, reason, by)
    assert detail(wang, document.number).state is LicenceState.VALID
    act(document.number, REASON, "CK-0001")
    with pytest.raises(AlreadyRevokedError):
        act(document.number, "另一个理由", "CK-0002")
    assert detail(wang, document.number).reason == REASON


def test_a_licence_held_before_is_revoked_and_replaces_nothing_any_more(city: City) -> None:
    wang = Citizen(city.http, "zhou").verify()
    entry = next(each for each in held(wang).values() if each.type == "household-register")
    body = {"purpose": "newborn", "notice": "1", "materials": ["household-register"]}

    def found() -> str:
        (material,) = city.http.post("/v1/materials", json=body, headers=wang.headers).json()["found"]
        return str(material["obtained"])

    assert found() == "licence"

    def act(connection: Connection, number: str) -> None:
        resident = mine(connection, "zhou")["resident"]
        revoke_held(connection, "public-security", entry.type, number, resident, REASON, "CK-0001", START)

    with pytest.raises(RevocationError):
        city.written(lambda connection: act(connection, "none"))
    city.written(lambda connection: act(connection, entry.printed_number))
    assert detail(wang, entry.number).state is LicenceState.REVOKED
    assert found() == "register"


def test_the_lists_are_fetched_again_only_when_they_have_changed(city: City) -> None:
    document = certified(Citizen(city.http, "zheng").verify())
    first = city.http.get("/v1/revocations")
    assert "max-age=3600" in first.headers["cache-control"]
    tag = {"If-None-Match": first.headers["etag"]}
    assert city.http.get("/v1/revocations", headers=tag).status_code == 304
    city.revoke(document.number)
    second = city.http.get("/v1/revocations", headers=tag)
    assert second.status_code == 200
    issuers = parse_issuers(city.http.get("/v1/issuers").content)
    signed = verify(document.qr, issuers)
    listed = parse_revocations(second.content, issuers)[signed.issuer.key_id]
    assert signed.licence.status is not None
    assert listed.issuer.issuer == "human-resources"
    assert listed.names(signed.licence.status)
    assert not listed.names(signed.licence.status + 1)


def test_what_runs_out_soon_is_found_for_a_reminder(city: City) -> None:
    library = city.library
    soon, later = TODAY + timedelta(days=30), TODAY + timedelta(days=300)

    def work(connection: Connection) -> None:
        person = mine(connection, "feng")
        table = schema.licence
        row = {"issued_on": date(2020, 1, 1), "revoked": False, "fields": "{}", **person}
        for kind, number, until in (
            ("food-permit", "A", soon),
            ("publication-permit", "B", soon),
            ("publication-permit", "C", later),
            ("public-place-health", "D", soon),
            ("insurance-certificate", "E", soon),
        ):
            connection.execute(insert(table).values(row | {"type": kind, "number": number, "valid_until": until}))
        revoke_held(connection, "health", "public-place-health", "D", person["resident"], REASON, "CK-1", START)

    city.written(work)
    found = city.written(lambda connection: library.expiring(connection, TODAY))
    mine_only = [each.number for each in found if each.number in "ABCDE"]
    assert mine_only == ["A"]  # B is renewed, D revoked, E a printout
    assert "A" in [each.number for each in city.written(lambda connection: library.expiring(connection, soon, 0))]


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(days, st.integers(0, 5000), days)
def test_a_state_follows_from_the_days_alone(issued_on: date, life: int, day: date) -> None:
    until = issued_on + timedelta(days=life)
    state = state_of(issued_on, until, day, is_revoked=False)
    assert (state is LicenceState.EXPIRED) == (day > until)
    if state is LicenceState.EXPIRING:
        assert 0 <= (until - day).days <= min(SOON_DAYS, life // 4)
    assert state_of(issued_on, until, day, is_revoked=True) is LicenceState.REVOKED
    assert state_of(issued_on, None, day, is_revoked=False) is LicenceState.VALID
