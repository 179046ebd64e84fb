"""The queue, complaints and bad ratings at a desk, in a browser."""

from __future__ import annotations

from uuid import uuid4

import httpx
from playwright.sync_api import Browser

from backend.browser import hold, look, press, tab
from backend.city import CERTIFICATE, TERMINAL, Citizen
from backend.web.desk import BOUND, CLERK, OPERATOR, SUPERVISOR, Desk, sign_in, text_of


def take(http: httpx.Client, service: str = "general") -> str:
    body = {"hall": "centre", "service": service, "session": uuid4().hex, "terminal": TERMINAL}
    return str(http.post("/v1/tickets", json=body).json()["label"])


def complain(http: httpx.Client, citizen: Citizen | None = None, **said: str) -> dict[str, str]:
    body = {"kind": "cannot-get-done", "words": "跑了三次没有办成", "phone": "00000000000", "terminal": TERMINAL} | said
    headers = {"Idempotency-Key": str(uuid4())} | ({} if citizen is None else citizen.headers)
    taken = http.post("/v1/complaints", json=body, headers=headers)
    assert taken.status_code == 201, taken.text
    return dict(taken.json())


def test_a_clerk_calls_people_and_the_hall_sees_it(browser: Browser, http: httpx.Client) -> None:
    first, second = take(http), take(http)
    with tab(browser, str(http.base_url), scripts=False) as page, tab(browser, str(http.base_url)) as wall:
        sign_in(page, http, CLERK, "/window/queue")
        press(page.get_by_role("button", name="坐到这里 1 号窗口", exact=True))
        press(page.get_by_role("button", name="叫下一位"))
        assert page.inner_text(".called") == first
        wall.goto("/hall/centre")
        hold(wall)
        assert first in wall.inner_text(".newest")
        look(page, "queue")
        look(wall, "board")
        press(page.get_by_role("button", name="再叫一次"))
        press(page.get_by_role("button", name="再叫一次"))
        press(page.get_by_role("button", name="过号"))
        assert "已过号" in page.inner_text("main")
        press(page.get_by_role("button", name="叫下一位"))
        assert page.inner_text(".called") == second
        press(page.get_by_role("button", name="办完了"))
        press(page.get_by_role("button", name="叫下一位"))
        assert "没有人在等" in page.inner_text("main")
        press(page.get_by_role("button", name="离开窗口"))
        assert page.get_by_role("button", name="叫下一位").count() == 0


def test_a_complaint_is_answered_and_what_is_not_solved_is_the_supervisors(
    browser: Browser, http: httpx.Client
) -> None:
    li = Citizen(http, "li").verify()
    number = complain(http, li, about="food-permit")["number"]
    with tab(browser, str(http.base_url), scripts=False) as page:
        sign_in(page, http, BOUND, "/window/complaints")
        look(page, "complaints")
        press(page.get_by_role("link", name=number))
        press(page.get_by_role("button", name="提交答复"))
        assert "请写清楚再提交" in page.inner_text("main")
        page.get_by_label("答复", exact=True).fill("已经联系您补办，<b>明天</b>就好。")
        look(page, "complaint")
        press(page.get_by_role("button", name="提交答复"))
        assert "已答复" in page.inner_text("main")
    told = http.get(f"/v1/complaints/{number}", headers=li.headers).json()
    assert told["answer"] == "已经联系您补办，<b>明天</b>就好。"
    verdict = {"verdict": "unsolved", "words": ""}
    http.put(f"/v1/complaints/{number}/verdict", json=verdict, headers=li.headers)
    with tab(browser, str(http.base_url), scripts=False) as page:
        sign_in(page, http, BOUND, f"/window/complaints/{number}")
        assert "由大厅主管答复" in page.inner_text("main")
        assert page.get_by_role("button", name="提交答复").count() == 0
    with tab(browser, str(http.base_url), scripts=False) as page:
        sign_in(page, http, SUPERVISOR, f"/window/complaints/{number}")
        page.get_by_label("答复", exact=True).fill("主管已经办好。")
        press(page.get_by_role("button", name="提交答复"))
    assert http.get(f"/v1/complaints/{number}", headers=li.headers).json()["answer"] == "主管已经办好。"


def test_a_bad_rating_is_called_back_and_closed(browser: Browser, http: httpx.Client) -> None:
    wang = Citizen(http, "wang").verify()
    wang.fetch("insurance-certificate")
    number = wang.file(wang.request("insurance-certificate", CERTIFICATE)).number
    bad = {"level": 1, "axes": ["efficiency"], "words": "等了很久"}
    assert http.put(f"/v1/applications/{number}/rating", json=bad, headers=wang.headers).status_code == 204
    with tab(browser, str(http.base_url), scripts=False) as page:
        sign_in(page, http, CLERK, "/window/complaints")
        press(page.get_by_role("link", name=number))
        look(page, "rating")
        page.get_by_label("回访记录").fill("已电话核实。")
        press(page.get_by_role("button", name="记下回访"))
        press(page.get_by_role("link", name=number))
        page.get_by_label("怎么改的").fill("加开了一个窗口。")
        press(page.get_by_role("button", name="办结"))
    told = http.get(f"/v1/applications/{number}/rating", headers=wang.headers).json()["followUp"]
    assert (told["state"], told["answer"]) == ("closed", "加开了一个窗口。")


def test_a_clerk_sees_what_is_theirs_and_an_operator_nothing(http: httpx.Client) -> None:
    number = complain(http)["number"]
    bound, operator = Desk(http).sign_in(BOUND), Desk(http).sign_in(OPERATOR)
    assert bound.get(f"/window/complaints/{number}").status_code == 404
    assert number not in text_of(bound.get("/window/complaints").text)
    assert operator.get("/window/complaints").status_code == 403
    assert operator.get("/window/queue").status_code == 403
    bound.close()
    operator.close()


def test_two_clerks_do_not_answer_one_complaint(http: httpx.Client) -> None:
    number = complain(http)["number"]
    first, second = Desk(http).sign_in(CLERK), Desk(http).sign_in(SUPERVISOR)
    page = f"/window/complaints/{number}"
    token_first = {"act": "answer", "answer": "一"}
    shown = second.get(page)
    assert shown.status_code == 200
    assert first.post(page, token_first).status_code == 303
    late = second.post(page, {"act": "answer", "answer": "二"})
    assert late.status_code == 409
    assert "已经有人处理过" in text_of(late.text)
    first.close()
    second.close()


def test_a_form_without_its_token_does_nothing(http: httpx.Client) -> None:
    number = complain(http)["number"]
    desk = Desk(http).sign_in()
    refused = desk.http.post(f"/window/complaints/{number}", data={"act": "answer", "answer": "伪造"})
    assert refused.status_code == 403
    assert desk.get(f"/window/complaints/{number}").text.count("伪造") == 0
    desk.close()
