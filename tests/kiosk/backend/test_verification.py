"""Is this the person? Codes and tokens."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from backend.city import TERMINAL, Citizen, Clock, problem_code, running, settings_for

ON_BOTH_DATABASES = True


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_three_wrong_codes_and_the_right_one_is_no_longer_good(http: httpx.Client) -> None:
    wang = Citizen(http, "wang")
    sent = wang.ask_for_code().json()
    code = wang.newest_code()
    for left in (2, 1):
        answer = wang.check(sent["id"], wrong(code))
        assert problem_code(answer) == "verification.wrong-code"
        assert answer.json()["errors"] == [{"detail": str(left), "pointer": "/attemptsLeft"}]
    assert problem_code(wang.check(sent["id"], wrong(code))) == "verification.spent"
    assert problem_code(wang.check(sent["id"], code)) == "verification.spent"


def test_a_code_is_good_once(http: httpx.Client) -> None:
    wang = Citizen(http, "wang")
    sent = wang.ask_for_code().json()
    code = wang.newest_code()
    assert wang.check(sent["id"], code).status_code == 200
    assert problem_code(wang.check(sent["id"], code)) == "verification.spent"


def test_a_code_is_good_for_five_minutes(http: httpx.Client, clock: Clock) -> None:
    wang = Citizen(http, "wang")
    sent = wang.ask_for_code().json()
    clock.advance(minutes=5)
    assert problem_code(wang.check(sent["id"], wang.newest_code())) == "verification.spent"


def test_so_many_codes_an_hour_for_one_document(tmp_path: Path) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock, codes_an_hour=2)) as http:
        wang, li = Citizen(http, "wang"), Citizen(http, "li")
        assert [wang.ask_for_code().status_code for _ in range(2)] == [201, 201]
        refused = wang.ask_for_code()
        assert problem_code(refused) == "verification.too-many"
        assert int(refused.headers["Retry-After"]) > 0
        assert li.ask_for_code().status_code == 201
        clock.advance(hours=1, seconds=1)
        assert wang.ask_for_code().status_code == 201


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "resident-id", "number": "000101198503151221", "name": "另一人"},
        {"kind": "resident-id", "number": "000101190001010000", "name": "王示例"},
        {"kind": "hmt-permit", "number": "000101198503151221", "name": "王示例"},
        {"kind": "", "number": "", "name": ""},
    ],
)
def test_an_unknown_document_is_told_apart_by_nothing(shared: httpx.Client, document: dict[str, str]) -> None:
    answer = shared.post("/v1/verifications", json={"document": document, "terminal": TERMINAL})
    assert problem_code(answer) == "verification.no-phone"
    assert "王" not in answer.text
    assert "138" not in answer.text


@pytest.mark.parametrize("key", ["wang", "liu", "he", "maria", "john"])
def test_every_kind_of_document_finds_its_holder(shared: httpx.Client, key: str) -> None:
    assert Citizen(shared, key).verify().token


@pytest.mark.parametrize("number", ["C10001332", "000101198503151221"])
def test_a_social_security_card_finds_its_holder(shared: httpx.Client, number: str) -> None:
    document = {"kind": "social-security-card", "number": number, "name": "王示例"}
    answer = shared.post("/v1/verifications", json={"document": document, "terminal": TERMINAL})
    assert answer.status_code == 201
    assert answer.json()["phone"] == "138****8012"


def test_the_simulated_phone_is_there_only_in_simulated_profiles(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, simulated=False)) as http:
        assert problem_code(http.get("/v1/simulated-phone/messages")) == "not-found"


@pytest.mark.parametrize("header", [None, "Bearer", "Basic abc", "abc"])
def test_without_a_token_nothing_is_told(shared: httpx.Client, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = shared.get("/v1/applications/OT20261123-000001-1", headers=headers)
    assert problem_code(answer) == "token.missing"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_forged_token_opens_nothing(shared: httpx.Client) -> None:
    chen = Citizen(shared, "chen").verify()
    chen.token = chen.token[:-1] + ("A" if chen.token[-1] != "A" else "B")
    assert problem_code(chen.facts("old-age-allowance", [])) == "token.invalid"


def test_a_token_ends_and_what_was_signed_in_time_still_arrives(http: httpx.Client, clock: Clock) -> None:
    chen = Citizen(http, "chen").verify()
    chen.fetch("old-age-allowance")
    in_time = chen.request("old-age-allowance", {}, signed_at=clock.now)
    clock.advance(minutes=20)
    assert problem_code(chen.facts("old-age-allowance", [])) == "token.invalid"
    too_late = chen.request("old-age-allowance", {}, signed_at=clock.now)
    assert problem_code(chen.submit(too_late)) == "token.invalid"
    assert chen.submit(in_time).status_code == 201
    clock.advance(days=7)
    assert problem_code(chen.submit(in_time)) == "token.invalid"


def test_another_holder_sees_nothing(shared: httpx.Client) -> None:
    chen, wu = Citizen(shared, "chen").verify(), Citizen(shared, "wu").verify()
    chen.fetch("old-age-allowance")
    number = chen.file(chen.request("old-age-allowance", {})).number
    for path in (f"/v1/applications/{number}", f"/v1/applications/{number}/outcomes"):
        assert problem_code(shared.get(path, headers=wu.headers)) == "not-found"
    rating = shared.put(f"/v1/applications/{number}/rating", json={"level": 5}, headers=wu.headers)
    assert problem_code(rating) == "not-found"


def test_another_way_to_write_a_number_is_no_other_document(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock(), codes_an_hour=3)) as http:
        wang = Citizen(http, "wang").person
        written = [
            {"kind": wang.kind, "number": wang.number, "name": wang.name},
            {"kind": wang.kind, "number": f" {wang.number}", "name": wang.name},
            {"kind": "social-security-card", "number": wang.social_security_card, "name": wang.name},
            {"kind": "social-security-card", "number": wang.number, "name": wang.name},
            {"kind": wang.kind, "number": f"{wang.number}\t", "name": wang.name},
        ]
        answers = [http.post("/v1/verifications", json={"document": each, "terminal": "T-1"}) for each in written]
        assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 429]
        unknown = [{"kind": wang.kind, "number": f"{serial}", "name": "无此人"} for serial in range(5)]
        answers = [http.post("/v1/verifications", json={"document": each, "terminal": "T-1"}) for each in unknown]
        assert {problem_code(answer) for answer in answers} == {"verification.no-phone"}


def test_nobody_uses_up_the_codes_of_a_helper_without_being_verified(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock(), codes_an_hour=2)) as http:
        chen = Citizen(http, "chen").verify()
        for kind in ("staff", "staff\0"):
            document = {"kind": kind, "number": "BB-0001", "name": ""}
            for _ in range(2):
                http.post("/v1/verifications", json={"document": document, "terminal": "T-1"})
        answer = http.post("/v1/assistance", json={"staff": "BB-0001"}, headers=chen.headers)
        assert answer.status_code == 201, answer.text
