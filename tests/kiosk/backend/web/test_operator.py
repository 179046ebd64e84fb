"""The operator's pages in a real browser: the fleet, one terminal, a code for a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, Page

from backend.browser import look, press, tab
from backend.city import START, TERMINAL, at, problem_code
from backend.web.desk import CLERK, OPERATOR, Desk, sign_in, text_of
from kiosk.backend.bureau import Count, add
from kiosk.backend.storage import Database
from kiosk.contract import DeviceReport, DeviceState, HealthAnswer, HealthReport, Paper, TerminalState, Today
from kiosk.diagnostics.entrance import Entrance
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
        press(operator.get_by_role("link", name=TERMINAL))
        operator.get_by_label("正在检修").check()
        press(operator.get_by_role("button", name="暂停服务"))
        assert "请写明原因" in operator.inner_text("main")
        operator.get_by_label("原因", exact=True).first.fill("切刀卡住，等配件")
        look(operator, "operator-terminal")
        press(operator.get_by_role("button", name="暂停服务"))
        operator.get_by_text("已暂停服务").wait_for()
        assert "切刀卡住，等配件" in operator.inner_text("main")
        told = report(http, 2, JAM).service
        assert not told.open
        assert told.words is not None
        assert "检修" in told.words.zh_hans
        assert problem_code(http.post("/v1/recommendations", json={"items": []})) == "terminal.out-of-service"
        assert report(well, 2).service.open
        operator.get_by_label("原因", exact=True).first.fill("换好了")
        press(operator.get_by_role("button", name="恢复服务"))
        operator.get_by_text("已恢复服务").wait_for()
        assert report(http, 3).service.open


def test_a_new_terminal_comes_in_by_its_code(
    operator: Page, http: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    operator.goto("/operator")
    press(operator.get_by_role("link", name="注册新终端"))
    operator.get_by_label("终端编号").fill("T 117")
    press(operator.get_by_role("button", name="生成注册码"))
    assert "最多 40 个" in operator.inner_text("main")
    operator.get_by_label("终端编号").fill("T-0117")
    operator.get_by_label("地点").fill("示例市政务服务中心一楼东侧")
    press(operator.get_by_role("button", name="生成注册码"))
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
    press(operator.get_by_role("link", name="T-0117"))
    operator.get_by_text("注销这台终端").click()
    operator.locator("#revoke-reason").fill("测试用完")
    press(operator.get_by_role("button", name="注销"))
    operator.get_by_text("已注销", exact=True).first.wait_for()
    assert "生成注册码" in operator.inner_text("main")


def test_a_technician_is_told_the_code_that_opens_one_terminal(
    operator: Page, http: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    answer = report(http, 1)
    until(operator, TERMINAL)
    operator.goto(f"/operator/terminals/{TERMINAL}")
    field, button = operator.get_by_label("运维人员编号"), operator.get_by_role("button", name="生成开门码")
    field.fill("YJ-0001")
    press(button)
    assert "还没有取得密钥" in operator.inner_text("main")
    assert answer.door is not None
    door = Entrance(tmp_path_factory.mktemp("terminal"), lambda: TERMINAL, lambda: START)
    door.take(answer.door)
    told = HealthReport(
        number=2, state=TerminalState.MAINTENANCE, version="0.4.0", catalogue_version="abc", door=door.version()
    )
    http.post(HEALTH, content=msgspec.json.encode(told), headers={"Content-Type": "application/json"})
    until(operator, "检修中")
    operator.goto(f"/operator/terminals/{TERMINAL}")
    field.fill("YW-0001")  # an operator is no technician
    press(button)
    assert "没有这位运维人员" in operator.inner_text("main")
    field.fill("yj-0001")
    press(button)
    code = operator.locator("#code").inner_text()
    assert re.fullmatch(r"\d{4} \d{4}", code)
    look(operator, "operator-door-code")
    assert door.check("YJ-0001", code.replace(" ", "")).code == ""
    press(operator.get_by_role("link", name="回到终端"))
    assert "给出开门码：YJ-0001" in operator.inner_text("main")
    assert code not in operator.inner_text("main")


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


def test_the_report_is_read_and_taken_along(operator: Page, http: httpx.Client, tmp_path: Path) -> None:
    store = Database(tmp_path / "backend.sqlite")
    day = START.date()
    counts = [
        Count(kind="filed", day=day, theme="newborn", terminal="T-1", value=120),
        Count(kind="filed", day=day - timedelta(days=3), theme="old-age-allowance", terminal="=cmd", value=40),
        Count(kind="cases", day=day, theme="newborn", terminal="T-1", value=300),
        Count(kind="at-once", day=day, theme="newborn", terminal="T-1", value=210),
        Count(kind="saved-for", day=day, theme="newborn", terminal="T-1", value=120),
        Count(kind="saved-questions", day=day, theme="newborn", terminal="T-1", value=3600),
        Count(kind="saved-materials", day=day, theme="newborn", terminal="T-1", value=840),
        Count(kind="reached", day=day, theme="newborn", detail="materials", value=130),
        Count(kind="left", day=day, theme="newborn", detail="materials", value=26),
        Count(kind="reached", day=day, theme="newborn", detail="question:child.name", value=130),
        Count(kind="left", day=day, theme="newborn", detail="question:child.name", value=13),
        Count(kind="took", day=day, theme="newborn", detail="0-10s", value=210),
        Count(kind="took", day=day, theme="newborn", detail="4-3d", value=90),
        Count(kind="outcome", day=day, theme="newborn", detail="approved", value=300),
        *(Count(kind="hour", day=day, detail=f"{hour:02d}", value=hour * 3) for hour in range(8, 20)),
        *(Count(kind="rating", day=day, theme="newborn", detail=str(level), value=level * 11) for level in range(1, 6)),
    ]
    store.write_now(lambda connection: add(connection, counts))
    store.close()
    operator.goto("/operator/report")
    main = operator.inner_text("main")
    for words in ("160", "70%", "3600", "材料", "20%", "满意以上"):
        assert words in main, words
    look(operator, "operator-report")
    with operator.expect_download() as downloading:
        operator.get_by_role("link", name="下载 CSV").click()
    table = downloading.value.path().read_bytes().decode("utf-8-sig")
    assert "合计,申请,160," in table
    assert "'=cmd" in table
    press(operator.locator("a[href*='theme=newborn']"))
    operator.locator(".crumbs").wait_for()
    assert "120" in operator.inner_text("main")
    look(operator, "operator-report-theme")


def test_a_period_that_cannot_be_is_another(shared_desk: Desk) -> None:
    shared_desk.sign_in(OPERATOR)
    for query in ("first=abc", "first=9999-12-31&last=0001-01-01", "theme=%00", "first=1900-01-01", "terminal=%27"):
        assert shared_desk.get(f"/operator/report?{query}").status_code == 200, query
        assert shared_desk.get(f"/operator/report.csv?{query}").status_code == 200, query


def test_a_message_is_told_to_the_terminals_it_is_for_until_it_is_taken_back(
    operator: Page, http: httpx.Client
) -> None:
    assert report(http, 1).board.announcements == ()
    operator.goto("/operator/messages")
    operator.get_by_label("简体中文").fill("本周六上午\n停电检修")
    press(operator.get_by_role("button", name="发布消息"))
    assert "三种语言都要写" in operator.inner_text("main")
    assert operator.get_by_label("简体中文").input_value() == "本周六上午 停电检修"
    operator.get_by_label("繁体中文").fill("本週六上午停電檢修")
    operator.get_by_label("英文").fill("No power on Saturday morning. " * 8)
    press(operator.get_by_role("button", name="发布消息"))
    assert "最多 140 个字" in operator.inner_text("main")
    operator.get_by_label("英文").fill("No power on Saturday morning.")
    operator.get_by_label("一台终端").check()
    operator.get_by_label("地点的一部分，或终端编号").fill("T-9999")
    press(operator.get_by_role("button", name="发布消息"))
    assert "没有这台终端" in operator.inner_text("main")
    look(operator, "operator-messages-wrong")
    operator.get_by_label("地点的一部分，或终端编号").fill(TERMINAL)
    operator.get_by_label("结束").fill("2020-01-01T08:00")
    press(operator.get_by_role("button", name="发布消息"))
    assert "结束时间要晚于" in operator.inner_text("main")
    operator.get_by_label("结束").fill(f"{START + timedelta(days=2):%Y-%m-%dT%H:%M}")
    press(operator.get_by_role("button", name="发布消息"))
    operator.get_by_text("已发布", exact=True).first.wait_for()
    look(operator, "operator-messages")
    with at(http, "T-AAA") as other:
        assert report(other, 1).board.announcements == ()
    told = report(http, 2).board.announcements
    assert [each.words.en for each in told] == ["No power on Saturday morning."]
    press(operator.get_by_role("button", name="撤回消息"))
    operator.get_by_text("已撤回").first.wait_for()
    assert report(http, 3).board.announcements == ()
