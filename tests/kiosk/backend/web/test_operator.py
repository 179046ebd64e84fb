"""The operator's pages in a real browser: the fleet, one terminal, a code for a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, Page

from backend.browser import look, tab
from backend.city import START, TERMINAL, at, problem_code
from backend.web.desk import CLERK, OPERATOR, Desk, sign_in, text_of
from kiosk.contract import DeviceReport, DeviceState, HealthAnswer, HealthReport, Paper, TerminalState, Today
from kiosk.submission import Identity

HEALTH = "/v1/terminals/self/health"
JAM = DeviceReport(kind="printer", state=DeviceState.FAILED, cause="printer.cutter-jam")


def report(http: httpx.Client, number: int, *devices: DeviceReport) -> HealthAnswer:
    told = HealthReport(
        number=number,
        state=TerminalState.IDLE,
        version="0.4.0",
        catalogue_version="abc",
        devices=devices,
        paper=Paper.OK,
        today=Today(day=START.date(), sessions=7, cases=5),
    )
    answer = http.post(HEALTH, content=msgspec.json.encode(told), headers={"Content-Type": "application/json"})
    assert answer.status_code == 202, answer.text
    return msgspec.json.decode(answer.content, type=HealthAnswer)


@pytest.fixture
def operator(browser: Browser, http: httpx.Client) -> Iterator[Page]:
    with tab(browser, str(http.base_url)) as page:
        sign_in(page, http, OPERATOR)
        yield page


def until(page: Page, words: str) -> None:
    """Open the fleet again until a report is on the disk: it was answered before it was."""
    for _try in range(100):
        page.goto("/operator")
        if words in page.inner_text("main"):
            return
    raise AssertionError(page.inner_text("main"))


def test_a_broken_terminal_stands_at_the_top_and_is_put_out_of_service(operator: Page, http: httpx.Client) -> None:
    with at(http, "T-AAA") as well:
        report(well, 1)
        report(http, 1, JAM)
        until(operator, "故障（printer.cutter-jam）")
        until(operator, "T-AAA")
        rows = operator.locator("tbody tr")
        assert TERMINAL in rows.first.inner_text()
        assert "7 人次 · 5 件" in rows.first.inner_text()
        look(operator, "operator-fleet")
        operator.get_by_role("link", name=TERMINAL).click()
        operator.get_by_label("正在检修").check()
        operator.get_by_role("button", name="暂停服务").click()
        assert "请写明原因" in operator.inner_text("main")
        operator.get_by_label("原因", exact=True).first.fill("切刀卡住，等配件")
        look(operator, "operator-terminal")
        operator.get_by_role("button", name="暂停服务").click()
        operator.get_by_text("已暂停服务").wait_for()
        assert "切刀卡住，等配件" in operator.inner_text("main")
        told = report(http, 2, JAM).service
        assert not told.open
        assert told.words is not None
        assert "检修" in told.words.zh_hans
        assert problem_code(http.post("/v1/recommendations", json={"items": []})) == "terminal.out-of-service"
        assert report(well, 2).service.open
        operator.get_by_label("原因", exact=True).first.fill("换好了")
        operator.get_by_role("button", name="恢复服务").click()
        operator.get_by_text("已恢复服务").wait_for()
        assert report(http, 3).service.open


def test_a_new_terminal_comes_in_by_its_code(
    operator: Page, http: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    operator.goto("/operator")
    operator.get_by_role("link", name="注册新终端").click()
    operator.get_by_label("终端编号").fill("T 117")
    operator.get_by_role("button", name="生成注册码").click()
    assert "最多 40 个" in operator.inner_text("main")
    operator.get_by_label("终端编号").fill("T-0117")
    operator.get_by_label("地点").fill("示例市政务服务中心一楼东侧")
    operator.get_by_role("button", name="生成注册码").click()
    code = operator.locator("#code").inner_text()
    assert re.fullmatch(r"\d{4}-\d{3}-\d{3}", code)
    look(operator, "operator-code")
    newcomer = Identity(tmp_path_factory.mktemp("newcomer"), "")
    body = {"code": code, "publicKey": newcomer.public_key(), "proof": newcomer.proof(code)}
    assert http.post("/v1/terminals", json=body).json() == {
        "terminal": "T-0117",
        "place": "示例市政务服务中心一楼东侧",
    }
    until(operator, "示例市政务服务中心一楼东侧")
    assert "尚未报到" in operator.inner_text("tbody")
    operator.get_by_role("link", name="T-0117").click()
    operator.get_by_text("注销这台终端").click()
    operator.locator("#revoke-reason").fill("测试用完")
    operator.get_by_role("button", name="注销").click()
    operator.get_by_text("已注销", exact=True).first.wait_for()
    assert "生成注册码" in operator.inner_text("main")


def test_only_operators_see_the_fleet(shared_desk: Desk) -> None:
    shared_desk.sign_in(CLERK)
    for path in ("/operator", "/operator/enrol", f"/operator/terminals/{TERMINAL}"):
        assert shared_desk.get(path).status_code == 403, path


def test_what_is_typed_into_the_address_breaks_nothing(shared_desk: Desk) -> None:
    shared_desk.sign_in(OPERATOR)
    for query in (
        "rank=abc",
        "rank=99999999999",
        "after=x",
        "after=1.'--",
        "q=%25%27",
        "version=%3Cscript%3E",
        "rank=²",
    ):
        answer = shared_desk.get(f"/operator?{query}")
        assert answer.status_code == 200, query
        assert "<script>" not in answer.text
    assert shared_desk.get("/operator/terminals/nobody").status_code == 404
    assert "没有这样的终端" in text_of(shared_desk.get("/operator?q=nowhere").text)
