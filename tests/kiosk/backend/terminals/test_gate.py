"""Only a terminal that says who it is reaches what is not open to everybody."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from sqlalchemy import select

from backend.city import TERMINAL, Citizen, Clock, at, problem_code, running, settings_for, terminal_of
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.backend.terminals import Fleet, NoSuchTerminal, known
from kiosk.backend.terminals.assertions import claims_of, is_signed, public_key
from kiosk.contract import ASSERTION, AUDIENCE
from kiosk.submission import Identity
from kiosk.words import Text

ASKED = ("POST", "/v1/recommendations")
CLOSED = Text(zh_hans="正在检修", zh_hant="正在檢修", en="Under repair")


@pytest.fixture
def settings(tmp_path: Path, clock: Clock) -> BackendSettings:
    return settings_for(tmp_path, clock)


@pytest.fixture
def backend(settings: BackendSettings) -> Iterator[httpx.Client]:
    with running(settings) as client:
        yield client


@pytest.fixture
def store(settings: BackendSettings, backend: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The same database, as another process has it; the backend asks at every request what has changed."""
    monkeypatch.setattr(known, "LOOK_S", 0.0)
    assert backend.get("/v1/health").status_code == 200
    there = Database(settings.data_dir / "backend.sqlite")
    yield there
    there.close()


@pytest.fixture
def fleet(settings: BackendSettings) -> Fleet:
    return Fleet(settings.clock, b"k" * 32)


def ask(http: httpx.Client, assertion: str | None = None, **headers: str) -> httpx.Response:
    sent = headers if assertion is None else {**headers, ASSERTION: assertion}
    return http.request(*ASKED, json={"items": ["old-age-allowance"]}, headers=sent)


def key_of(settings_folder: Path) -> Ed25519PrivateKey:
    kept = (settings_folder / f"of-{TERMINAL}" / "identity.json").read_text()
    raw = kept.split('"key":"')[1].split('"')[0]
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(raw + "="))


def signed(key: Ed25519PrivateKey, clock: Clock, **changes: Any) -> str:
    now = clock().timestamp()
    claims = {"iss": TERMINAL, "sub": TERMINAL, "aud": AUDIENCE, "iat": now, "exp": now + 300, **changes}
    return jwt.encode({"alg": "Ed25519"}, claims, OKPKey.import_key(key), algorithms=["Ed25519"])


def test_what_is_open_is_open(shared: httpx.Client) -> None:
    with httpx.Client(base_url=shared.base_url) as anybody:
        for path in ("/v1/health", "/v1/issuers", "/v1/openapi.json", "/v1/simulated-phone/messages"):
            assert anybody.get(path).status_code == 200, path


def test_everything_else_of_the_contract_is_not(shared: httpx.Client) -> None:
    described = shared.get("/v1/openapi.json").json()
    with httpx.Client(base_url=shared.base_url) as anybody:
        for path, methods in described["paths"].items():
            for method, operation in methods.items():
                if operation.get("security", described["security"]) == [{}]:
                    continue
                answer = anybody.request(method, path.replace("{", "").replace("}", ""))
                assert (answer.status_code, problem_code(answer)) == (401, "terminal.missing"), (method, path)


def test_forged_and_foreign_assertions_open_nothing(
    backend: httpx.Client, settings: BackendSettings, clock: Clock
) -> None:
    assert ask(backend).status_code == 200
    own = key_of(settings.data_dir)
    assert ask(backend, signed(own, clock)).status_code == 200
    foreign = Ed25519PrivateKey.generate()
    good = signed(own, clock)
    secret = OctKey.import_key(own.public_key().public_bytes_raw())
    claims = {"iss": TERMINAL, "sub": TERMINAL, "aud": AUDIENCE, "iat": clock().timestamp(), "exp": 9e12}
    for wrong in (
        signed(foreign, clock),
        signed(own, clock, aud="urn:onething:other"),
        signed(own, clock, iss="T-OTHER", sub="T-OTHER"),
        signed(own, clock, sub="T-OTHER"),
        signed(own, clock, exp=clock().timestamp() + 301),
        good[:-4] + "AAAA",
        jwt.encode({"alg": "HS256"}, claims, secret, algorithms=["HS256"]),
        good.rsplit(".", 1)[0] + ".",
        "x" * 5000,
        "a.b.c",
        "..",
    ):
        answer = ask(backend, wrong)
        assert (answer.status_code, problem_code(answer)) == (401, "terminal.invalid"), wrong


def test_an_assertion_ends_and_clocks_may_differ_a_little(
    backend: httpx.Client, settings: BackendSettings, clock: Clock
) -> None:
    assert ask(backend).status_code == 200
    own = key_of(settings.data_dir)
    soon = signed(own, clock, iat=clock().timestamp() + 59, exp=clock().timestamp() + 300)
    later = signed(own, clock, iat=clock().timestamp() + 61, exp=clock().timestamp() + 300)
    assert ask(backend, soon).status_code == 200
    assert problem_code(ask(backend, later)) == "terminal.expired"
    mine = signed(own, clock)
    assert ask(backend, mine).status_code == 200
    clock.advance(seconds=359)
    assert ask(backend, mine).status_code == 200
    clock.advance(seconds=1)
    assert problem_code(ask(backend, mine)) == "terminal.expired"
    assert problem_code(ask(backend, mine)) == "terminal.expired"


def test_a_token_is_good_at_its_own_terminal(shared: httpx.Client) -> None:
    wang = Citizen(shared, "wang").verify()
    with at(shared, "T-OTHER") as elsewhere:
        answer = elsewhere.get("/v1/drafts", headers=wang.headers)
        assert (answer.status_code, problem_code(answer)) == (403, "terminal.other")
    assert shared.get("/v1/drafts", headers=wang.headers).status_code == 200


def test_where_a_code_was_asked_for_is_what_the_key_says(shared: httpx.Client) -> None:
    wang = Citizen(shared, "wang")
    with at(shared, "T-OTHER") as elsewhere:
        sent = elsewhere.post("/v1/verifications", json={"document": wang.document(), "terminal": TERMINAL})
        wang.token = wang.check(sent.json()["id"], wang.newest_code()).json()["token"]
    assert problem_code(shared.get("/v1/drafts", headers=wang.headers)) == "terminal.other"


def test_what_is_sent_stands_where_the_key_says(backend: httpx.Client, store: Database) -> None:
    with at(backend, "T-OTHER") as elsewhere:
        wang = Citizen(elsewhere, "wang").verify()
        wang.fetch("old-age-allowance")
        number = wang.file(wang.request("old-age-allowance", {})).number
        body = wang.request("old-age-allowance", {})
        shared = ("answers", "catalogueVersion", "signature", "signedAt", "language", "terminal", "session")
        correction = {"revision": 1, "materials": [], **{name: body[name] for name in shared}}
        made_up = {"terminal": TERMINAL, "session": "session-1"}
        order = {"items": ["id-card-reissue"], "notice": "1", **made_up}
        complaint = {"kind": "terminal", "words": "坏了", "phone": "00000000000", **made_up}
        for path, sent in (
            (f"/v1/applications/{number}/corrections", correction),
            ("/v1/payments", order),
            ("/v1/complaints", complaint),
            ("/v1/tickets", {"hall": "centre", "service": "general", **made_up}),
        ):
            answer = elsewhere.post(path, json=sent, headers={**wang.headers, "Idempotency-Key": str(uuid4())})
            assert answer.is_success, answer.text
    where = (schema.payment_order.c.terminal, schema.complaint.c.terminal, schema.ticket.c.terminal)
    stands = store.read_now(lambda connection: [connection.execute(select(each)).scalar_one() for each in where])
    assert stands == ["T-OTHER"] * 3
    kept = store.read_now(lambda connection: connection.execute(select(schema.application.c.request)).scalar_one())
    assert msgspec.json.decode(kept)["terminal"] == "T-OTHER"


def test_out_of_service_lets_what_began_come_to_its_end(
    backend: httpx.Client, store: Database, fleet: Fleet, clock: Clock
) -> None:
    wang = Citizen(backend, "wang").verify()
    clock.advance(seconds=10)
    store.write_now(lambda connection: fleet.put_out(connection, TERMINAL, CLOSED, "卡纸", staff="YW-0001"))
    clock.advance(seconds=10)
    refused = ask(backend)
    assert (refused.status_code, problem_code(refused)) == (503, "terminal.out-of-service")
    assert int(refused.headers["retry-after"]) > 0
    assert problem_code(wang.ask_for_code()) == "terminal.out-of-service"
    assert problem_code(ask(backend, Authorization="Bearer made-up")) == "terminal.out-of-service"
    assert wang.fetch("old-age-allowance")
    assert wang.file(wang.request("old-age-allowance", {})).number
    store.write_now(lambda connection: fleet.put_in(connection, TERMINAL, "修好了", staff="YW-0001"))
    assert ask(backend).status_code == 200


def test_a_revoked_terminal_is_out_whatever_lies_at_the_door(
    backend: httpx.Client, store: Database, fleet: Fleet
) -> None:
    wang = Citizen(backend, "wang").verify()
    store.write_now(lambda connection: fleet.revoke(connection, TERMINAL, "被盗", staff="YW-0001"))
    for answer in (ask(backend), backend.get("/v1/drafts", headers=wang.headers)):
        assert (answer.status_code, problem_code(answer)) == (403, "terminal.revoked")
    for again in (fleet.revoke, fleet.put_in):
        with pytest.raises(NoSuchTerminal):
            store.write_now(lambda connection, again=again: again(connection, TERMINAL, "", staff="YW-0001"))  # type: ignore[misc] # a default that holds which


def test_a_new_key_at_the_door_replaces_the_old_one(
    backend: httpx.Client, settings: BackendSettings, store: Database, clock: Clock
) -> None:
    assert ask(backend).status_code == 200
    old = terminal_of(backend).assertion()
    anew = Identity(
        settings.data_dir / "anew", TERMINAL, door=settings.data_dir, clock=lambda: clock().timestamp(), place="一楼"
    )
    assert ask(backend, anew.assertion()).status_code == 200
    assert problem_code(ask(backend, old)) == "terminal.invalid"
    rows = store.read_now(lambda connection: connection.execute(schema.terminal_event.select()).all())
    assert [(row.terminal, row.kind, row.content) for row in rows] == [(TERMINAL, "enrolled", "door")] * 2


@given(st.one_of(st.text(), st.binary().map(lambda raw: raw.decode("latin-1"))))
def test_no_text_is_an_assertion(text: str) -> None:
    assert claims_of(text) is None
    assert not is_signed(text, b"\x00" * 32)


@given(st.binary())
def test_any_payload_is_read_or_none(payload: bytes) -> None:
    body = base64.urlsafe_b64encode(payload).rstrip(b"=").decode()
    claims_of(f"eyJhbGciOiJFZDI1NTE5In0.{body}.AAAA")


@given(st.text())
def test_any_text_is_a_key_or_none(text: str) -> None:
    key = public_key(text)
    assert key is None or len(key) == 32
