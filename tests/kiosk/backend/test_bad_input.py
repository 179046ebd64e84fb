"""Whatever is sent, the answer is a problem document, and never a failure of ours."""

from __future__ import annotations

import json
import logging
import types
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kiosk.contract
from backend.city import CERTIFICATE, JPEG, PEOPLE, Citizen, Clock, problem_code, running, settings_for
from kiosk.backend.http.bodies import JSON_LIMIT_BYTES
from kiosk.backend.problems import Code

README = Path(__file__).parents[3] / "kiosk" / "contract" / "README.md"
JSON_PATHS = [
    ("POST", "/v1/verifications"),
    ("POST", "/v1/verifications/x/check"),
    ("POST", "/v1/facts"),
    ("POST", "/v1/materials"),
    ("POST", "/v1/applications"),
    ("PUT", "/v1/applications/OT20261123-000001-1/rating"),
    ("POST", "/v1/recommendations"),
    ("PUT", "/v1/drafts/0b2e7f6a-draft"),
    ("POST", "/v1/assistance"),
    ("POST", "/v1/assistance/x/check"),
]
FUZZ = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def wang(shared: httpx.Client) -> Citizen:
    citizen = Citizen(shared, "wang").verify()
    citizen.fetch("insurance-certificate")
    return citizen


def never_fails(answer: httpx.Response) -> None:
    assert answer.status_code < 500, answer.text
    if answer.is_error:
        assert problem_code(answer)
        assert "Traceback" not in answer.text


def send(citizen: Citizen, method: str, path: str, content: bytes, media: str = "application/json") -> httpx.Response:
    headers = {
        **citizen.headers,
        "Content-Type": media,
        "Idempotency-Key": "6b0a4ac4-5b1c-4f0e-8a53-0d5b9b6d2b11",
    }
    return citizen.http.request(method, path, content=content, headers=headers)


@pytest.mark.parametrize(("method", "path"), JSON_PATHS)
@FUZZ
@given(content=st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes(wang: Citizen, method: str, path: str, content: bytes) -> None:
    never_fails(send(wang, method, path, content))


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [here] if here else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        found += places(each, (*here, key))
    return found


def mutated(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    copy = msgspec.json.decode(msgspec.json.encode(body))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return copy


@settings(FUZZ, max_examples=150)
@given(data=st.data())
def test_any_part_of_an_application_may_be_anything(wang: Citizen, data: st.DataObject) -> None:
    body = wang.request("insurance-certificate", CERTIFICATE)
    place = data.draw(st.sampled_from(places(body)))
    changed = mutated(body, place, data.draw(json_values))
    never_fails(send(wang, "POST", "/v1/applications", json.dumps(changed).encode()))


@FUZZ
@given(kind=st.text(), number=st.text(), name=st.text(), terminal=st.text(max_size=200))
def test_any_document(shared: httpx.Client, kind: str, number: str, name: str, terminal: str) -> None:
    body = {"document": {"kind": kind, "number": number, "name": name}, "terminal": terminal}
    never_fails(shared.post("/v1/verifications", json=body))


@FUZZ
@given(path=st.text(max_size=60))
def test_any_path(shared: httpx.Client, path: str) -> None:
    never_fails(shared.get("/v1/status/" + quote(path, safe="", errors="replace")))


@pytest.mark.parametrize(("method", "path"), JSON_PATHS)
@pytest.mark.parametrize(
    ("content", "media", "code"),
    [
        (b"{", "application/json", "request.malformed"),
        (b"", "application/json", "request.malformed"),
        (b"[" * 100_000, "application/json", "request.malformed"),
        (b'{"a": "\\ud800"}', "application/json", "request.malformed"),
        (b"a=b", "application/x-www-form-urlencoded", "request.media-type"),
        (b"\x80", "application/msgpack", "request.media-type"),
        (b" " * (JSON_LIMIT_BYTES + 1), "application/json", "request.too-large"),
    ],
)
def test_a_body_that_is_none(wang: Citizen, method: str, path: str, content: bytes, media: str, code: str) -> None:
    assert problem_code(send(wang, method, path, content, media)) == code


def test_a_wrong_type_is_pointed_at(shared: httpx.Client) -> None:
    body = {"document": {"kind": "resident-id", "number": 7, "name": "x"}, "terminal": "T"}
    answer = shared.post("/v1/verifications", json=body)
    assert problem_code(answer) == "request.malformed"
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/document/number"]


def test_paths_and_methods_that_are_not_there(shared: httpx.Client) -> None:
    assert problem_code(shared.get("/")) == "not-found"
    assert problem_code(shared.get("/v1/nothing")) == "not-found"
    assert problem_code(shared.get("/v1/status/OT1")) == "not-found"
    assert problem_code(shared.delete("/v1/health")) == "method-not-allowed"


@pytest.mark.parametrize(
    ("content", "media", "code"),
    [
        (b"GIF89a", "image/jpeg", "attachment.type"),
        (b"\xff\xd8\xff cut off", "image/jpeg", "attachment.type"),
        (b"", "image/jpeg", "attachment.type"),
        (JPEG, "image/png", "request.media-type"),
        (JPEG[:3] + b"\0" * (8 * 1024 * 1024), "image/jpeg", "request.too-large"),
    ],
)
def test_an_attachment_is_a_jpeg_of_ordinary_size(wang: Citizen, content: bytes, media: str, code: str) -> None:
    assert problem_code(send(wang, "POST", "/v1/attachments", content, media)) == code


def test_an_attachment_is_its_holders(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock())) as http:
        chen, wu = Citizen(http, "chen").verify(), Citizen(http, "wu").verify()
        mine = wu.attach()
        assert wu.attach() == mine
        assert chen.attach() != mine
        chen.fetch("old-age-allowance")
        body = chen.request("old-age-allowance", {})
        body["materials"][-1] = {"material": "bank-card-proof", "obtained": "scan", "reference": mine}
        assert problem_code(chen.submit(body)) == "attachment.unknown"
    kept = list((tmp_path / "attachments").iterdir())
    assert [len(path.name) for path in kept] == [64]


@pytest.mark.parametrize("rating", [{"level": 0}, {"level": 6}, {"level": 5, "reasons": ["x" * 201]}])
def test_a_rating_has_five_levels(wang: Citizen, rating: dict[str, Any]) -> None:
    number = wang.file(wang.request("insurance-certificate", CERTIFICATE)).number
    path = f"/v1/applications/{number}/rating"
    assert problem_code(wang.http.put(path, json=rating, headers=wang.headers)) == "rating.invalid"
    for level in (1, 5):
        good = wang.http.put(path, json={"level": level, "reasons": ["办理快"]}, headers=wang.headers)
        assert good.status_code == 204


def test_a_failure_of_ours_says_nothing_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("陈样本 000101194102181114")

    with running(settings_for(tmp_path, Clock())) as http:
        chen = Citizen(http, "chen").verify()
        monkeypatch.setattr("kiosk.backend.registers.registers._facts", broken)
        answer = chen.facts("old-age-allowance", ["register.population.phone"])
    assert answer.status_code == 500
    assert problem_code(answer) == "internal"
    assert "RuntimeError" in caplog.text
    assert "陈样本" not in answer.text + caplog.text


def test_no_person_is_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    with running(settings_for(tmp_path, Clock())) as http:
        chen = Citizen(http, "chen").verify()
        chen.fetch("old-age-allowance")
        number = chen.file(chen.request("old-age-allowance", {})).number
        http.get(f"/v1/applications/{number}")
        http.post("/v1/verifications", json={"document": {"kind": 1}})
    for secret in (chen.person.name, chen.person.number, chen.person.phone or "", chen.token, "银杏巷", number):
        assert secret not in caplog.text, PEOPLE


def test_every_code_stands_in_the_contract() -> None:
    text = README.read_text(encoding="utf-8")
    for code in Code:
        assert f"`{code.code}` | {code.status} |" in text, code


ELSEWHERE = {"CaseEvent", "WhyKind", "Parcel", "ParcelAnswer"}
"""In a stream, inside another, and between the backends of two cities."""


def test_the_description_names_every_message(shared: httpx.Client) -> None:
    description = shared.get("/v1/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    for path in description["paths"]:
        assert f"{path.removeprefix('/v1')}" in README.read_text(encoding="utf-8"), path
    messages = {name for name in kiosk.contract.__all__ if isinstance(getattr(kiosk.contract, name), type)}
    assert messages - ELSEWHERE <= set(description["components"]["schemas"])
    properties = description["components"]["schemas"]["ApplicationRequest"]["properties"]
    assert "catalogueVersion" in properties


def test_every_body_has_an_example_that_is_one(shared: httpx.Client) -> None:
    description = shared.get("/v1/openapi.json").json()
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            bodies = [operation.get("requestBody", {})]
            if path.startswith(("/v1/drafts", "/v1/mandates", "/v1/assistance", "/v1/recommendations")):
                bodies += [answer for status, answer in operation["responses"].items() if status < "300"]
            for body in bodies:
                media = body.get("content", {}).get("application/json")
                if media is None:
                    continue
                examples = [example["value"] for example in media.get("examples", {}).values()]
                examples += media["schema"].get("examples", [])
                assert examples, (method, path)
                for example in examples:
                    kind = kind_of(media["schema"])
                    if kind is not None:
                        msgspec.convert(example, type=kind, strict=True)


def kind_of(schema: dict[str, Any]) -> Any:
    """Return the message that a schema refers to; of a list, a list of it."""
    if "items" in schema:
        inner: Any = kind_of(schema["items"])
        return None if inner is None else types.GenericAlias(list, (inner,))
    (ref,) = schema.get("allOf", [schema])
    name = ref.get("$ref", "").rpartition("/")[2]
    return getattr(kiosk.contract, name, None)
