"""A clerk's day at the window, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from backend.browser import DESK, ZOOMED, assert_fits, look, tab
from backend.city import Citizen, Clock, running, settings_on
from backend.web.desk import CLERK, SUPERVISOR, enter, on, says, sign_in
from backend.web.filed import allowance, case_of, newborn, photograph, restaurant
from kiosk.backend.settings import CHINA


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, clock: Clock, database: str) -> Iterator[httpx.Client]:
    """One backend for the day; its clock moves from test to test, in their order."""
    folder = tmp_path_factory.mktemp("day")
    with settings_on(database, folder, clock) as made, running(made) as client:
        yield client


@pytest.fixture
def page(browser: Browser, city: httpx.Client) -> Iterator[Page]:
    """The clerk's window, without script: nothing needs any."""
    with tab(browser, str(city.base_url), scripts=True) as opened:
        sign_in(opened, city, CLERK)
        yield opened


def test_an_empty_window_says_so(page: Page) -> None:
    page.goto("/window")
    says(page, "这里没有要办的件")
    look(page, "window-empty")
    page.get_by_label("按办件编号查找").fill("ot20261123 0000099")
    enter(page)
    says(page, "没有找到这个编号")


def test_a_refusal_in_writing_after_a_second_look(page: Page, city: httpx.Client) -> None:
    chen, case = allowance(city)
    page.goto("/window?work=decide")
    on(page, "老年人高龄津贴申领")
    says(page, "您填写的出生日期和登记信息不一致")
    says(page, "登记的是：1941年2月18日")
    look(page, "case-referred")
    on(page, "不予许可")
    page.get_by_label("法律依据").fill("")
    on(page, "下一步：看看申请人会读到什么")
    says(page, "请写明理由")
    look(page, "refuse-errors")
    page.get_by_label("不予许可的理由").fill("出生日期以户口登记为准，未满 80 周岁。")
    page.get_by_label("法律依据").fill("《示例市高龄津贴办法》第三条")
    on(page, "下一步：看看申请人会读到什么")
    for said in ("不予许可决定书", "未满 80 周岁", "第三条", "行政复议", "行政诉讼", "手机短信"):
        says(page, said)
    look(page, "refuse-confirm")
    assert chen.application(case.number[:-3]).cases[0].state == "referred"
    on(page, "返回修改")
    assert page.get_by_label("不予许可的理由").input_value() == "出生日期以户口登记为准，未满 80 周岁。"
    on(page, "下一步：看看申请人会读到什么")
    on(page, "确认不予许可")
    says(page, "已发不予许可决定书")
    look(page, "case-refused")
    after = chen.application(case.number[:-3]).cases[0]
    assert after.state == "refused"
    assert {remedy.kind for remedy in after.remedies} == {"reconsideration", "litigation"}
    on(page, "不予许可决定书")
    says(page, "未满 80 周岁")
    look(page, "document")
    # whoever's data was looked at can read by whom
    entries = city.get("/v1/ledger", headers=chen.headers).json()["entries"]
    assert any("综窗员样例" in str(entry) or CLERK in str(entry) for entry in entries)


def test_material_is_asked_for_once_and_the_case_goes_on_when_it_comes(page: Page, city: httpx.Client) -> None:
    sun, application = newborn(city)
    case = case_of(application, "maternity-benefit")
    page.goto("/window")
    look(page, "front")
    page.goto(f"/window/cases/{case.number}")
    page.locator(".photo img").first.scroll_into_view_if_needed()
    expect(page.locator(".photo img").first).to_have_js_property("naturalWidth", 640)
    look(page, "case-material")
    on(page, "要求补正")
    on(page, "下一步：看看申请人会读到什么")
    says(page, "请勾选要补的材料或要改的内容")
    page.get_by_role("checkbox", name="诊断证明或出院小结").check()
    on(page, "下一步：看看申请人会读到什么")
    says(page, "请写明“诊断证明或出院小结”缺什么")
    look(page, "ask-errors")
    page.get_by_label("诊断证明或出院小结：缺什么、哪里不对").fill("照片模糊，看不清出院日期，请重拍。")
    on(page, "下一步：看看申请人会读到什么")
    says(page, "补正告知书")
    look(page, "ask-confirm")
    on(page, "确认要求补正")
    says(page, "现在停表：等申请人补正")
    case = case_of(sun.application(application.number), "maternity-benefit")
    assert case.state == "waiting"
    handed = {"materials": [{"material": "diagnosis", "obtained": "scan", "reference": sun.attach(photograph("NEW"))}]}
    path = f"/v1/cases/{case.number}/supplement"
    answer = city.put(path, json=handed, headers={**sun.headers, "If-Match": f'"{case.version}"'})
    assert answer.status_code == 200, answer.text
    page.goto("/window?work=answered")
    on(page, "生育医疗待遇核定支付")
    on(page, "准予")
    look(page, "approve")
    on(page, "下一步：看看申请人会读到什么")
    look(page, "approve-confirm")
    on(page, "确认准予")
    says(page, "已准予")
    assert case_of(sun.application(application.number), "maternity-benefit").state == "approved"


def test_a_hearing_stops_the_clock(page: Page, city: httpx.Client, clock: Clock) -> None:
    page.goto("/window?department=public-security")
    on(page, "出生登记")
    page.get_by_text("其他操作").click()
    on(page, "开始特殊环节")
    page.get_by_role("radio", name="听证").check()
    look(page, "step")
    on(page, "下一步：看看申请人会读到什么")
    on(page, "确认开始特殊环节")
    says(page, "现在停表：听证")
    look(page, "case-step")
    clock.advance(days=1)
    sign_in(page, city, CLERK, start="/window?work=steps")
    on(page, "出生登记")
    on(page, "特殊环节完成")
    page.get_by_label("听证的结果").fill("双方到场，没有新的情况。")
    on(page, "下一步：看看申请人会读到什么")
    on(page, "确认特殊环节完成")
    says(page, "期限接着计算")


def test_deferred_material_is_looked_at_when_it_comes(page: Page, city: httpx.Client) -> None:
    sun = Citizen(city, "sun").verify()
    page.goto("/window")
    number = page.request.get("/window?state=approved").text()
    found = re.search(r"/window/cases/(OT[\d-]+-05)", number)
    assert found
    case = city.get(f"/v1/cases/{found[1]}", headers=sun.headers).json()["case"]
    handed = {
        "materials": [{"material": "maternity-invoice", "obtained": "scan", "reference": sun.attach(photograph())}]
    }
    path = f"/v1/cases/{found[1]}/supplement"
    answer = city.put(path, json=handed, headers={**sun.headers, "If-Match": f'"{case["version"]}"'})
    assert answer.status_code == 200, answer.text
    page.goto("/window?work=handed-in")
    on(page, "生育医疗待遇核定支付")
    on(page, "核对补交")
    page.get_by_role("radio", name="合格", exact=True).check()
    look(page, "handed-in")
    on(page, "下一步：看看申请人会读到什么")
    on(page, "确认核对补交")
    says(page, "已登记核对结果")
    says(page, "已做到")


def test_a_visit_decides_and_the_result_is_handed_over(page: Page, city: httpx.Client, clock: Clock) -> None:
    _, application = restaurant(city)
    case = case_of(application, "food-permit")
    assert case.appointment is not None
    clock.now = datetime.combine(case.appointment.date(), datetime.min.time().replace(hour=16), CHINA)
    # the clerk's session of another day is over: the page they wanted comes after the door
    page.goto("/window?work=visits")
    says(page, "请先登录")
    sign_in(page, city, CLERK, start="/window?work=visits")
    on(page, "食品经营许可新办（热食类）")
    look(page, "case-visit")
    on(page, "登记现场核查")
    page.get_by_label("现场情况").fill("后厨布局与申报一致，冷藏设施齐全。")
    page.get_by_role("radio", name="需要整改").check()
    on(page, "下一步：看看申请人会读到什么")
    says(page, "请写明要整改什么")
    look(page, "visit-errors")
    page.get_by_role("radio", name="通过").check()
    on(page, "下一步：看看申请人会读到什么")
    look(page, "visit-confirm")
    on(page, "确认登记现场核查")
    says(page, "已登记现场核查的结果")
    on(page, "出件")
    page.get_by_label("申请人姓名").fill("李某某")
    page.get_by_role("radio", name="申请人本人").check()
    page.get_by_label("已核对身份证件").check()
    on(page, "下一步：再核对一遍")
    says(page, "和本件的申请人不一致")
    page.get_by_label("申请人姓名").fill("李模拟")
    look(page, "hand-over")
    on(page, "下一步：再核对一遍")
    says(page, "李模拟（本人），已核对身份证件")
    look(page, "hand-over-confirm")
    on(page, "确认出件")
    says(page, "已出件")
    assert page.locator("main").get_by_role("link", name="出件", exact=True).count() == 0


def test_a_promise_is_checked_afterwards(page: Page) -> None:
    page.goto("/window?work=promises")
    look(page, "list-promises")
    on(page, re.compile("消防"))
    look(page, "case-promise")
    on(page, "登记核查")
    page.get_by_label("核查情况").fill("灭火器和疏散指示都在，通道畅通。")
    page.get_by_role("radio", name="承诺属实").check()
    look(page, "promise")
    on(page, "下一步：看看申请人会读到什么")
    on(page, "确认登记核查")
    says(page, "已登记核查结果")


def test_two_clerks_do_not_work_on_one_case_unseen(browser: Browser, page: Page, city: httpx.Client) -> None:
    _, case = allowance(city)
    page.goto(f"/window/cases/{case.number}/acts/refuse")
    page.get_by_label("不予许可的理由").fill("我写了很久的理由。")
    with tab(browser, str(city.base_url)) as other:
        sign_in(other, city, SUPERVISOR, start=f"/window/cases/{case.number}")
        says(other, "综窗员样例 正在办理这件事")
        look(other, "case-claimed")
        on(other, "接手办理")
        on(other, "要求补正")
        other.get_by_role("checkbox", name="出生日期").check()
        other.get_by_label("出生日期：缺什么、哪里不对").fill("请核对出生日期。")
        on(other, "下一步：看看申请人会读到什么")
        on(other, "确认要求补正")
        on(page, "下一步：看看申请人会读到什么")
        says(page, "这件事刚刚有了变化，您的操作没有生效")
        says(page, "我写了很久的理由。")
        look(page, "stale")
        other.goto("/window/journal?check=1")
        says(other, "记录完整")
        look(other, "journal")
    page.goto("/window/helping")
    look(page, "helping-empty")


def test_every_page_fits_at_four_hundred_percent(page: Page) -> None:
    page.set_viewport_size(ZOOMED)
    for path in ("/window", "/window?work=decide", "/window/queue"):
        page.goto(path)
        assert_fits(page)
    page.set_viewport_size(DESK)
    page.goto("/window")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
