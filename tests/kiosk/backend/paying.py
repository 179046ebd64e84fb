"""Paying as a terminal and a phone do."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from backend.city import TERMINAL, TODAY, Citizen, catalogue
from kiosk.catalogue.examples import filing
from kiosk.contract import Application, Payment, PaymentState
from kiosk.forms import Answers, to_json

ITEM, FEE_FEN = "id-card-reissue", 4000
WAIT_S = 20


def order(citizen: Citizen, *items: str, key: str = "", **more: Any) -> httpx.Response:
    body = {"items": items or (ITEM,), "notice": "1", "session": citizen.token, "terminal": TERMINAL, **more}
    headers = {**citizen.headers, "Idempotency-Key": key or str(uuid4())}
    return citizen.http.post("/v1/payments", json=body, headers=headers)


def made(citizen: Citizen, *items: str, **more: Any) -> Payment:
    answer = order(citizen, *items, **more)
    assert answer.status_code == 201, answer.text
    return msgspec.json.decode(answer.content, type=Payment)


def scan(citizen: Citizen, qr: str) -> httpx.Response:
    return citizen.http.post("/v1/simulated-phone/payments", json={"qr": qr})


def until_end(citizen: Citizen, payment: str) -> Payment:
    """Follow an order until it is paid or over; return it as it is then."""
    with citizen.http.stream(
        "GET", f"/v1/payments/{payment}/events", headers=citizen.headers, timeout=WAIT_S
    ) as answer:
        assert answer.status_code == 200, answer.read()
        text = "".join(answer.iter_text())
    assert "event: end" in text
    return get(citizen, payment)


def get(citizen: Citizen, payment: str) -> Payment:
    answer = citizen.http.get(f"/v1/payments/{payment}", headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Payment)


def until_refunded(citizen: Citizen, payment: str) -> Payment:
    """Look until all of it is back."""
    limit = time.monotonic() + WAIT_S
    while (now := get(citizen, payment)).state is not PaymentState.REFUNDED:
        assert time.monotonic() < limit, now
    return now


def filled(citizen: Citizen, order_id: str = "", purpose: str = ITEM) -> dict[str, Any]:
    """Return an application for the item, with an order or without."""
    citizen.fetch(purpose)
    known = {**citizen.known, **citizen.card()}
    elements = catalogue().elements
    told = {
        name: value
        for name, value in answers_for(purpose).items()
        if not elements[name].fact and not any(source in known for source in elements[name].known_from)
    }
    matter = catalogue().matter(purpose, Answers(), TODAY)
    perhaps = {need.material.id: need.material.obtained[0].value for need in matter.materials if need.when}
    request = citizen.request(purpose, told, materials=perhaps)
    return {**request, "payment": order_id, "session": citizen.token}


def submitted(citizen: Citizen, order_id: str = "", purpose: str = ITEM) -> Application:
    """Apply for the item."""
    return citizen.file(filled(citizen, order_id, purpose))


def answers_for(item: str) -> dict[str, Any]:
    """Return what the first example of an item answers, as JSON."""
    filed = filing(catalogue(), item, catalogue().items[item].examples[0], TODAY)
    return {name: to_json(answer.value) for name, answer in filed.answers.single.items()}
