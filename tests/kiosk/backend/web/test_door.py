"""Signing in, staying in, going out."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from backend.browser import look, press, tab
from backend.city import Clock, running, settings_for
from backend.web.desk import CLERK, HELPER, Desk, enter, form_token, says, sign_in, text_of


def test_a_clerk_signs_in_by_number_and_code(browser: Browser, http: httpx.Client) -> None:
    with tab(browser, str(http.base_url), scripts=False) as page:
        page.goto("/window")
        says(page, "请先登录")
        page.get_by_label("工号").fill("zc-0001")
        enter(page)
        page.get_by_label("验证码").fill("12")
        enter(page)
        says(page, "请输入短信里的 6 位数字")
        sign_in(page, http, CLERK)
        assert page.inner_text(".who-name").startswith("综窗员样例")
        press(page.get_by_role("button", name="退出"))
        page.get_by_role("heading", name="一件事工作台").wait_for()
        assert page.get_by_text("登录已过期").count() == 0


def test_the_door_looks_well(browser: Browser, shared: httpx.Client) -> None:
    with tab(browser, str(shared.base_url)) as page:
        page.goto("/staff/sign-in")
        look(page, "door")
        page.get_by_label("工号").fill("不是工号")
        enter(page)
        look(page, "door-error")
        page.get_by_label("工号").fill(CLERK)
        enter(page)
        page.get_by_label("验证码").wait_for()
        look(page, "door-code")
        page.goto("/window/nowhere")
        look(page, "door-needed")


def test_an_unknown_number_gets_the_same_page_as_a_known_one(shared_desk: Desk) -> None:
    pages = []
    for number in (CLERK, "ZC-9999"):
        asked = shared_desk.post("/staff/sign-in", {"number": number})
        assert asked.status_code == 303
        page = shared_desk.get(asked.headers["location"]).text
        identity = httpx.URL(asked.headers["location"]).params["id"]
        pages.append(page.replace(identity, "").replace(form_token(page), ""))
    assert pages[0] == pages[1]


def test_a_wrong_code_costs_an_attempt_and_the_third_ends_it(shared_desk: Desk) -> None:
    asked = shared_desk.post("/staff/sign-in", {"number": CLERK})
    identity = httpx.URL(asked.headers["location"]).params["id"]
    right = shared_desk.newest_code()
    wrong = "000000" if right != "000000" else "111111"
    page = f"/staff/code?id={identity}"
    for left in (2, 1):
        told = shared_desk.post("/staff/code", {"id": identity, "code": wrong}, page=page)
        assert (told.status_code, f"还可以试 {left} 次" in told.text) == (422, True)
    assert shared_desk.post("/staff/code", {"id": identity, "code": wrong}, page=page).status_code == 410
    assert shared_desk.post("/staff/code", {"id": identity, "code": right}, page=page).status_code == 410


def test_codes_are_limited_by_number_and_by_address(tmp_path: Path, clock: Clock) -> None:
    with running(settings_for(tmp_path, clock, codes_an_hour=2)) as http:
        desk = Desk(http)
        asked = [desk.post("/staff/sign-in", {"number": CLERK}) for _ in range(3)]
        assert [each.status_code for each in asked] == [303, 303, 429]
        assert "次数太多" in asked[2].text
        others = [desk.post("/staff/sign-in", {"number": f"ZC-{each:04d}"}).status_code for each in range(100, 111)]
        assert others == [303] * 10 + [429]
        clock.advance(hours=1, seconds=1)
        assert desk.post("/staff/sign-in", {"number": CLERK}).status_code == 303
        desk.close()


def test_a_session_ends_when_idle_and_in_any_case_after_a_day(desk: Desk, clock: Clock) -> None:
    desk.sign_in()
    for _ in range(5):
        clock.advance(minutes=29)
        assert desk.get("/staff").status_code == 303
    clock.advance(minutes=30)
    assert desk.get("/staff").status_code == 401
    desk.sign_in()
    for _ in range(24):
        clock.advance(minutes=25)
        last = desk.get("/staff").status_code
    assert last == 401


def test_what_was_written_in_a_form_outlives_its_session(desk: Desk, clock: Clock) -> None:
    desk.sign_in()
    clock.advance(hours=1)
    told = desk.post("/staff/sign-out", {"reason": "我写了很久的理由"}, page="/staff/sign-in")
    assert told.status_code == 401
    assert "我写了很久的理由" in text_of(told.text)
    assert "登录已过期" in told.text


def test_a_cookie_is_for_this_site_and_no_script(desk: Desk) -> None:
    cookie = desk.get("/staff/sign-in").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    before = desk.http.cookies["staff"]
    desk.sign_in()
    assert desk.http.cookies["staff"] != before


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_is_not_taken(shared_desk: Desk, headers: dict[str, str]) -> None:
    told = shared_desk.post("/staff/sign-in", {"number": CLERK}, headers=headers)
    assert told.status_code == 403


def test_a_form_without_the_token_of_this_browser_is_not_taken(shared_desk: Desk) -> None:
    shared_desk.get("/staff/sign-in")
    for token in ("", "0" * 64, form_token(httpx.get(f"{shared_desk.http.base_url}/staff/sign-in").text)):
        told = shared_desk.http.post("/staff/sign-in", data={"form_token": token, "number": CLERK})
        assert (told.status_code, "没有保存任何内容" in told.text) == (403, True)


@pytest.mark.parametrize("then", ["https://elsewhere.example/", "//elsewhere.example", "/v1/health", "/window/../v1"])
def test_signing_in_leads_nowhere_else(shared_desk: Desk, then: str) -> None:
    asked = shared_desk.post("/staff/sign-in", {"number": CLERK, "then": then})
    assert set(httpx.URL(asked.headers["location"]).params) == {"id"}


def test_pages_leave_with_a_strict_policy(shared_desk: Desk) -> None:
    for path in ("/staff/sign-in", "/window/nowhere", "/operator/nowhere"):
        headers = shared_desk.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["content-type"].startswith("text/html")


def test_other_paths_still_answer_with_problem_documents(shared: httpx.Client) -> None:
    assert shared.get("/v1/nothing").headers["content-type"] == "application/problem+json"
    assert shared.get("/web/x/../../etc/passwd").status_code == 404
    assert shared.get("/web/0/house.css").headers["cache-control"] == "no-cache"


def test_a_helper_has_no_window(shared_desk: Desk) -> None:
    shared_desk.sign_in(HELPER)
    assert shared_desk.get("/window").status_code == 403
    assert shared_desk.get("/staff").headers["location"] == "/window/helping"
