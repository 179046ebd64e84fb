"""Killed with -9 at every commit of a payment in turn: one order, the money once, one receipt, one application."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import httpx
import msgspec
import pytest
from sqlalchemy import Connection, func, select

from backend.city import Citizen, prepare, settings_on
from backend.launcher import clock
from backend.launching import Launched, launching
from backend.paying import FEE_FEN, filled, made, scan, until_end
from kiosk.backend import BackendSettings
from kiosk.backend.house import DATABASE_FILE
from kiosk.backend.storage import Database, schema
from kiosk.contract import Application, CaseState


@pytest.fixture(scope="module")
def launched(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Launched, BackendSettings]]:
    folder, begun_s = tmp_path_factory.mktemp("killed"), time.monotonic()
    with settings_on(database, folder, clock=partial(clock, begun_s)) as settings:  # type: ignore[arg-type]  # a clock that goes
        prepare(settings)
        with launching(settings, begun_s) as backend:
            yield backend, settings


def pay_and_apply(backend: Launched) -> tuple[str, Application]:
    """Come, identify, pay and apply, insisting on every step; return the order and the application."""
    wang = Citizen(backend.http, "wang")
    backend.insist(wang.verify)
    key = str(uuid4())
    order = backend.insist(lambda: made(wang, key=key))
    scanned = backend.insist(lambda: scan(wang, order.qr))
    # cut off after it was paid, the phone is told that it is
    assert scanned.status_code in {201, 409}
    paid = backend.insist(lambda: until_end(wang, order.id))
    assert paid.state == "paid"
    body, submission = backend.insist(lambda: filled(wang, order.id)), str(uuid4())

    def submit() -> httpx.Response:
        answer = wang.submit(body, submission)
        assert answer.status_code == 201, answer.text
        return answer

    answer = backend.insist(submit)
    return order.id, msgspec.json.decode(answer.content, type=Application)


@pytest.mark.timeout(300)
def test_killed_at_every_commit_in_turn_it_is_paid_once(launched: tuple[Launched, BackendSettings]) -> None:
    backend, settings = launched
    where = settings.database_url or settings.data_dir / DATABASE_FILE
    commit, survived = 0, False
    while not survived:
        commit += 1
        # after it: what is on the disk and nobody was told of; before it, the disk is as after the one before
        backend.start(commit, after=True)
        order, application = pay_and_apply(backend)
        survived = backend.stop() == 0
        store = Database(where)
        store.read_now(partial(check_once, order=order, application=application))
        store.close()
    # to verify takes two; the order, its code, the charge, the payment, the word of it, the application one each
    assert commit > 8


def check_once(connection: Connection, order: str, application: Application) -> None:
    assert [case.state for case in application.cases if case.state == CaseState.WAITING] == []
    money = schema.money_in.c
    kept = connection.execute(select(money.amount_fen, money.use).where(money.payment_order == order)).all()
    assert [tuple(row) for row in kept] == [(FEE_FEN, "kept")]
    fee = schema.fee.c
    paid = connection.execute(select(fee.application).where(fee.payment_order == order)).scalars().all()
    assert len(paid) == 1
    table = schema.payment_order.c
    row = connection.execute(select(table.state, table.application).where(table.id == order)).one()
    assert tuple(row) == ("paid", paid[0])
    receipt = schema.fiscal_receipt.c
    issued = select(func.count()).select_from(schema.fiscal_receipt).where(receipt.payment_order == order)
    assert connection.execute(issued).scalar_one() == 1
    assert connection.execute(select(func.count()).select_from(schema.refund)).scalar_one() == 0
