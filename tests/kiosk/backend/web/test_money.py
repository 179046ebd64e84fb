"""The operator's page of money and messages that nobody else looks after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser
from sqlalchemy import Connection, insert

from backend.browser import look, press, tab
from backend.city import START, Clock, problem_code, running, settings_for
from backend.web.desk import CLERK, OPERATOR, Desk, on, says, sign_in, text_of
from kiosk.backend.storage import Database, schema


@pytest.fixture
def city(tmp_path: Path) -> Iterator[httpx.Client]:
    """A city with one difference, one refund that is stuck and one message that nobody got."""
    settings = settings_for(tmp_path, Clock())
    with running(settings) as http:
        store = Database(tmp_path / "backend.sqlite")
        store.write_now(_trouble)
        store.close()
        yield http


def _trouble(connection: Connection) -> None:
    for kind, reference in (("unknown-order", "SIM-1"), ("refund-stuck", "R-1")):
        values = {"kind": kind, "reference": reference, "payment_order": "P-1", "ours_fen": 0, "theirs_fen": 4000}
        connection.execute(
            insert(schema.settlement_difference).values(day=date(2026, 11, 22), found_at=START.timestamp(), **values)
        )
    notice = {
        "resident": 1,
        "kind": "decision",
        "about": "OT-1",
        "content": '{"zh-Hans": "甲", "zh-Hant": "甲", "en": "A"}',
        "urgent": True,
        "state": "given-up",
        "attempts": 6,
        "not_before": 0.0,
        "at": START.timestamp(),
        "ended_at": START.timestamp(),
    }
    connection.execute(insert(schema.notice).values(notice))


def test_a_difference_is_ended_with_words_and_a_message_sent_again(browser: Browser, city: httpx.Client) -> None:
    with tab(browser, str(city.base_url)) as page:
        sign_in(page, city, OPERATOR)
        page.goto("/operator/money")
        says(page, "对方收了款，我方没有这张订单")
        look(page, "operator-money")
        on(page, "再发一次")
        says(page, "短信都已送出。")
        row = page.locator("tr", has_text="SIM-1")
        press(row.get_by_role("button", name="结案"))
        says(page, "请写明怎么处理的")
        row = page.locator("tr", has_text="SIM-1")
        row.get_by_label("处理结果").fill("已联系支付机构退回")
        press(row.get_by_role("button", name="结案"))
        says(page, "已记录。")
        assert "SIM-1" not in page.inner_text("main")


def test_it_is_not_for_clerks_and_what_others_have_done_is_said(city: httpx.Client) -> None:
    clerk = Desk(city).sign_in(CLERK)
    assert clerk.get("/operator/money").status_code == 403
    clerk.close()
    operator = Desk(city).sign_in(OPERATOR)
    answer = operator.post("/operator/money", {"act": "refund", "id": "R-1"}, follow_redirects=True)
    assert "已由别人处理" in text_of(answer.text)
    assert operator.post("/operator/money", {"act": "x", "id": "1"}).status_code in {400, 422}
    operator.close()
    assert problem_code(city.get("/v1/payments/x")) == "token.missing"
