"""Delivery: until answered, with the same key, and what each failure is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from kiosk.contract import Application, Problem, WireAnswers
from kiosk.submission import (
    BackendBroken,
    BackendClient,
    BackendError,
    BackendRefused,
    BackendSlow,
    BackendUnreachable,
    Backoff,
    Courier,
    Outbox,
    Parcel,
)
from kiosk.words import Text

KEYS = tuple(f"8c5a7b1e-0000-4000-8000-00000000000{last}" for last in range(3))
NAME = Text(zh_hans="例", zh_hant="例", en="x")
GOOD = msgspec.json.encode(
    Application(
        number="OT-1",
        matter="m",
        matter_name=NAME,
        session="s",
        entry=None,
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        catalogue_version="1",
        cases=(),
        answers=WireAnswers(single={}),
        materials=(),
    )
)
Answer = Callable[[httpx.Request], httpx.Response]


def problem(status: int, code: str) -> httpx.Response:
    body = Problem(type=f"urn:onething:problem:{code}", title=code, status=status)
    return httpx.Response(status, content=msgspec.json.encode(body))


def courier(folder: Path, *answers: Answer | httpx.Response) -> tuple[Courier, list[httpx.Request]]:
    """Return a courier whose backend gives ``answers`` in turn, the last one for ever, and what it was asked."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        given = answers[min(len(asked), len(answers)) - 1]
        return given if isinstance(given, httpx.Response) else given(request)

    client = BackendClient("http://backend.test")
    client._http = httpx.AsyncClient(
        base_url="http://backend.test", transport=httpx.MockTransport(answer)
    )  # the wire's other end
    return Courier(client=client, outbox=Outbox(folder), backoff=Backoff(first_s=0.001, most_s=0.002)), asked


def parcel(key: str = KEYS[0]) -> Parcel:
    return Parcel(key=key, token="t", request=msgspec.Raw(b'{"a" : 1}'))


def files(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody", request=request)


def slow(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("slow", request=request)


async def test_every_attempt_carries_the_same_key_and_the_same_bytes(tmp_path: Path) -> None:
    waits = problem(429, "too-many")
    broken = problem(503, "unavailable")
    made, asked = courier(
        tmp_path, unreachable, slow, broken, httpx.Response(502), waits, httpx.Response(201, content=GOOD)
    )
    made.outbox.put(parcel())
    told: list[str] = []
    assert (await made.deliver(parcel(), delayed=told.append)).number == "OT-1"
    assert told == ["backend.unreachable", "backend.slow", "unavailable", "backend.broken", "too-many"]
    assert {(one.headers["Idempotency-Key"], one.content) for one in asked} == {(KEYS[0], b'{"a" : 1}')}
    assert made.outbox.waiting() == ()


async def test_a_refusal_ends_the_delivery_and_keeps_the_parcel_for_whoever_decides(tmp_path: Path) -> None:
    made, asked = courier(tmp_path, problem(422, "application.invalid"))
    made.outbox.put(parcel())
    with pytest.raises(BackendRefused) as refused:
        await made.deliver(parcel(), delayed=lambda _: None)
    assert refused.value.code == "application.invalid"
    assert len(asked) == 1
    assert len(made.outbox.waiting()) == 1
    await made.forget(parcel())
    assert made.outbox.waiting() == ()


async def test_one_that_is_not_taken_does_not_hold_up_the_others(tmp_path: Path) -> None:
    tries: dict[str, int] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        key = request.headers["Idempotency-Key"]
        tries[key] = tries.get(key, 0) + 1
        if key == KEYS[0] and tries[key] < 3:
            return httpx.Response(500)
        return problem(401, "token.invalid") if key == KEYS[1] else httpx.Response(201, content=GOOD)

    made, asked = courier(tmp_path, answer)
    for key in KEYS:
        made.outbox.put(parcel(key))
    await made.clear()
    assert [one.headers["Idempotency-Key"] for one in asked][:3].count(KEYS[2]) == 1
    assert tries == {KEYS[0]: 3, KEYS[1]: 1, KEYS[2]: 1}
    assert files(tmp_path) == [f"{KEYS[1]}.refused"]


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (unreachable, BackendUnreachable, "backend.unreachable"),
        (slow, BackendSlow, "backend.slow"),
        (httpx.Response(500, text="<html>"), BackendBroken, "backend.broken"),
        (problem(503, "verification.not-sent"), BackendBroken, "verification.not-sent"),
        (httpx.Response(201, text="no JSON"), BackendBroken, "backend.broken"),
        (httpx.Response(404, content=b"\xff\xfe"), BackendBroken, "backend.broken"),
        (problem(404, "not-found"), BackendRefused, "not-found"),
    ],
)
async def test_each_failure_has_its_name(
    tmp_path: Path, answer: Answer | httpx.Response, kind: type[BackendError], code: str
) -> None:
    made, _ = courier(tmp_path, answer)
    with pytest.raises(BackendError) as failed:
        await made.client.submit(b"{}", key=KEYS[0], token="t")
    assert type(failed.value) is kind
    assert failed.value.code == code
