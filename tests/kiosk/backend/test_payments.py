"""Fees over the wire: due, ordered, paid from the simulated phone, used by an application, given back."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
import pytest

from backend.city import TERMINAL, Citizen, Clock, problem_code, running, settings_for
from backend.paying import FEE_FEN, ITEM, get, made, order, scan, submitted, until_end, until_refunded
from kiosk.contract import CaseState, Fees, PaymentState


@pytest.fixture
def wang(shared: httpx.Client) -> Citizen:
    """A citizen whose session is of this test alone."""
    return Citizen(shared, "wang").verify()


@pytest.fixture
def later(http: httpx.Client) -> Citizen:
    """A citizen of a backend whose clock the test sets."""
    return Citizen(http, "wang").verify()


def ask(citizen: Citizen, *items: str) -> httpx.Response:
    return citizen.http.post("/v1/fees", json={"items": items, "notice": "1"}, headers=citizen.headers)


def test_what_is_due_is_asked_before_it_is_paid(wang: Citizen) -> None:
    answer = msgspec.json.decode(ask(wang, ITEM, "insurance-certificate").content, type=Fees)
    assert answer.amount_fen == FEE_FEN
    assert [(line.item, line.full_fen) for line in answer.lines] == [(ITEM, FEE_FEN)]
    assert problem_code(ask(wang, "no-such-item")) == "purpose.items"
    assert problem_code(ask(wang)) == "purpose.items"


def test_an_order_is_paid_from_the_phone_and_has_a_receipt(wang: Citizen) -> None:
    payment = made(wang)
    assert payment.state is PaymentState.CREATED
    assert payment.qr.startswith("onething-pay:")
    assert payment.receipt is None
    paid = scan(wang, payment.qr)
    assert paid.status_code == 201, paid.text
    assert paid.json()["amountFen"] == FEE_FEN
    now = until_end(wang, payment.id)
    assert (now.state, now.qr) == (PaymentState.PAID, "")
    assert now.receipt is not None
    on_it = {label.zh_hans: value for label, value in now.receipt.fields}
    assert on_it["金额大写"] == "肆拾元整"
    assert on_it["缴款订单"] == payment.id
    assert len(on_it["票据代码"]) == 8
    assert len(on_it["票据号码"]) == 10


def test_a_code_is_paid_once(wang: Citizen) -> None:
    payment = made(wang)
    assert scan(wang, payment.qr).status_code == 201
    assert problem_code(scan(wang, payment.qr)) == "payment.closed"
    assert problem_code(scan(wang, "onething-pay:nothing")) == "payment.closed"
    assert problem_code(scan(wang, payment.qr.removeprefix("onething-pay:"))) == "payment.closed"


def test_the_same_key_is_the_same_order(wang: Citizen) -> None:
    key = str(uuid4())
    first = made(wang, key=key)
    assert made(wang, key=key) == first
    assert problem_code(order(wang, "plate-reissue", key=key)) == "idempotency.mismatch"


def test_who_asks_again_gets_one_code_that_can_be_paid(wang: Citizen) -> None:
    first, second = made(wang), made(wang)
    assert first.id != second.id
    assert get(wang, first.id).state is PaymentState.CANCELLED
    assert problem_code(scan(wang, first.qr)) == "payment.closed"
    scan(wang, second.qr)
    until_end(wang, second.id)
    assert made(wang).id == second.id, "it is paid: nobody is charged again"


def test_another_persons_order_is_not_there(wang: Citizen) -> None:
    payment = made(wang)
    http = wang.http
    zhao = Citizen(http, "zhao").verify()
    for method in ("GET", "DELETE"):
        assert problem_code(http.request(method, f"/v1/payments/{payment.id}", headers=zhao.headers)) == "not-found"
    answer = http.get(f"/v1/payments/{payment.id}/events", headers=zhao.headers)
    assert problem_code(answer) == "not-found"


def test_a_cancelled_order_cannot_be_paid_and_a_paid_one_not_be_cancelled(wang: Citizen) -> None:
    payment = made(wang)
    assert wang.http.delete(f"/v1/payments/{payment.id}", headers=wang.headers).status_code == 204
    assert wang.http.delete(f"/v1/payments/{payment.id}", headers=wang.headers).status_code == 204
    assert problem_code(scan(wang, payment.qr)) == "payment.closed"
    paid = made(wang)
    scan(wang, paid.qr)
    assert problem_code(wang.http.delete(f"/v1/payments/{paid.id}", headers=wang.headers)) == "payment.paid"
    assert get(wang, paid.id).state is PaymentState.PAID


def test_an_order_ends_when_nobody_pays(later: Citizen, clock: Clock) -> None:
    payment = made(later)
    clock.advance(seconds=301)
    assert problem_code(scan(later, payment.qr)) == "payment.closed"
    assert until_end(later, payment.id).state is PaymentState.EXPIRED


def test_nothing_is_ordered_for_what_is_free(wang: Citizen) -> None:
    assert problem_code(order(wang, "insurance-certificate")) == "payment.nothing-due"
    assert problem_code(order(wang, ITEM, application="OT-none")) == "not-found"
    headers = {**wang.headers, "Idempotency-Key": "1"}
    body = {"items": [ITEM], "notice": "1", "session": "s", "terminal": TERMINAL}
    assert problem_code(wang.http.post("/v1/payments", json=body, headers=headers)) == "idempotency.missing"


def test_what_is_paid_and_not_submitted_goes_back_and_the_payer_is_told(later: Citizen, clock: Clock) -> None:
    payment = made(later)
    scan(later, payment.qr)
    until_end(later, payment.id)
    clock.advance(days=1, seconds=1)
    later.verify()
    back = until_refunded(later, payment.id)
    assert [(refund.amount_fen, refund.done) for refund in back.refunds] == [(FEE_FEN, True)]
    assert back.receipt is None, "it is void"


def test_a_notification_that_is_not_the_providers_does_nothing(shared: httpx.Client) -> None:
    for headers in ({}, {"Provider-Timestamp": "1", "Provider-Signature": "AAAA"}):
        answer = shared.post("/v1/payment-notifications", content=b"{}", headers=headers)
        assert problem_code(answer) == "payment.notification"


def test_the_phone_pays_only_in_simulated_profiles(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock(), simulated=False)) as http:
        assert problem_code(http.post("/v1/simulated-phone/payments", json={"qr": "x"})) == "not-found"


def test_a_paid_order_is_used_by_one_application(wang: Citizen) -> None:
    payment = made(wang)
    scan(wang, payment.qr)
    until_end(wang, payment.id)
    first = submitted(wang, payment.id)
    assert first.cases[0].state != CaseState.WAITING
    assert get(wang, payment.id).application == first.number
    second = submitted(wang, payment.id)
    assert second.cases[0].state == CaseState.WAITING, "one order, one application"


def test_an_application_without_its_payment_waits_and_goes_on_when_it_is_paid(wang: Citizen) -> None:
    application = submitted(wang)
    assert application.cases[0].state == CaseState.WAITING
    assert (application.number, "pay", ITEM) in waits_for(wang)
    zhao = Citizen(wang.http, "zhao").verify()
    assert problem_code(order(zhao, application=application.number)) == "not-found"
    payment = made(wang, application=application.number)
    scan(wang, payment.qr)
    assert until_end(wang, payment.id).application == application.number
    paid = wang.application(application.number)
    assert paid.cases[0].state not in {CaseState.WAITING, CaseState.REFUSED}
    assert (application.number, "pay", ITEM) not in waits_for(wang)
    assert problem_code(order(wang, application=application.number)) == "payment.nothing-due"


def waits_for(citizen: Citizen) -> set[tuple[str, str, str]]:
    """Return what waits for somebody: the application, what to do, and the item."""
    found = citizen.http.get("/v1/reminders", headers=citizen.headers).json()["reminders"]
    return {(each["application"], each["next"], each["item"]) for each in found}


def test_a_withdrawn_application_gives_its_fee_back_and_the_payer_is_told(wang: Citizen) -> None:
    payment = made(wang, "title-reissue")
    scan(wang, payment.qr)
    until_end(wang, payment.id)
    application = submitted(wang, payment.id, "title-reissue")
    (case,) = application.cases
    path = f"/v1/cases/{case.number}/withdrawal"
    headers = {**wang.headers, "If-Match": f'"{case.version}"'}
    answer = wang.http.post(path, json={"reason": "不办了"}, headers=headers)
    assert answer.status_code < 300, answer.text
    assert until_refunded(wang, payment.id).refunds[0].done
