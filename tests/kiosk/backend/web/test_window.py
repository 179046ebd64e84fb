"""The window by HTTP: who may see and do what, forms that grew old, forms that nobody's browser made."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.city import PEOPLE, Citizen, Clock, running, settings_for, settings_on
from backend.test_agents import authority, by_letter
from backend.web.desk import BOUND, CLERK, HELPER, OPERATOR, SECOND, SUPERVISOR, Desk, form_token, text_of
from backend.web.filed import Photographer, allowance, case_of, newborn, restaurant
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.web.common import parse_form
from kiosk.backend.web.window.acting import LETTER_SEEN
from kiosk.backend.web.window.lists import wish_of
from kiosk.backend.web.window.work import tidy_number
from kiosk.contract import Application, Case

REASONS = {"reasons": "出生日期以户口登记为准。", "basis": "《示例市高龄津贴办法》第三条"}


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, clock: Clock, database: str) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("window")
    with settings_on(database, folder, clock) as made, running(made) as client:
        yield client


@pytest.fixture(scope="module")
def desks(city: httpx.Client) -> Iterator[dict[str, Desk]]:
    """Everybody of the hall, signed in."""
    made = {number: Desk(city).sign_in(number) for number in (CLERK, SECOND, BOUND, HELPER, OPERATOR, SUPERVISOR)}
    yield made
    for desk in made.values():
        desk.close()


@pytest.fixture(scope="module")
def filed(city: httpx.Client) -> tuple[Citizen, Case]:
    """A case that only reading tests use."""
    return allowance(city, "chen")


@pytest.fixture(scope="module")
def family(city: httpx.Client) -> tuple[Citizen, Application]:
    return newborn(city)


def path_of(case: Case, act: str = "") -> str:
    return f"/window/cases/{case.number}" + (f"/acts/{act}" if act else "")


def fill(page: str) -> dict[str, str]:
    """Return the hidden fields of the form of an act."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def send(desk: Desk, path: str, fields: dict[str, Any], go: str, page: str) -> httpx.Response:
    return desk.http.post(path, data={**fill(page), **fields, "go": go})


def test_only_clerks_see_cases(desks: dict[str, Desk], filed: tuple[Citizen, Case]) -> None:
    _, case = filed
    seen = {number: desk.get(path_of(case)).status_code for number, desk in desks.items()}
    assert seen == {CLERK: 200, SECOND: 200, BOUND: 404, HELPER: 403, OPERATOR: 403, SUPERVISOR: 200}
    journal = {number: desk.get("/window/journal").status_code for number, desk in desks.items()}
    assert journal == {CLERK: 403, SECOND: 403, BOUND: 403, HELPER: 403, OPERATOR: 403, SUPERVISOR: 200}


def test_a_clerk_of_some_departments_sees_and_does_nothing_of_others(
    desks: dict[str, Desk], filed: tuple[Citizen, Case]
) -> None:
    _, case = filed
    desk = desks[BOUND]
    assert case.number not in desk.get("/window").text
    assert "没有找到这个编号" in desk.get(f"/window?q={case.number}").text
    assert desk.get("/window?department=civil-affairs").text.count("/window/cases/") == 0
    token = form_token(desk.get("/window/queue").text)
    for path in (path_of(case, "approve"), path_of(case) + "/claim"):
        told = desk.http.post(path, data={"form_token": token, "version": "1", "go": "do", "do": "claim"})
        assert told.status_code == 404


def test_a_bound_clerk_sees_only_what_their_item_asks(city: httpx.Client, desks: dict[str, Desk]) -> None:
    _, application = restaurant(city)
    case = case_of(application, "signboard-permit")
    assert desks[BOUND].get(path_of(case)).status_code == 404
    food = case_of(application, "food-permit")
    theirs, all_of_it = text_of(desks[BOUND].get(path_of(food)).text), text_of(desks[CLERK].get(path_of(food)).text)
    assert "同时办理的其他事项还填了什么" not in theirs
    assert "同时办理的其他事项还填了什么" in all_of_it
    assert "户外招牌设置许可" not in theirs


def test_photographs_of_others_are_not_shown_under_a_case(
    city: httpx.Client, desks: dict[str, Desk], filed: tuple[Citizen, Case], family: tuple[Citizen, Application]
) -> None:
    chen, case = filed
    _, application = family
    theirs = case_of(application, "maternity-benefit")
    shown = re.findall(r"/photographs/([\w-]+)", desks[CLERK].get(path_of(theirs)).text)
    assert shown
    picture = desks[CLERK].get(f"{path_of(theirs)}/photographs/{shown[0]}")
    assert picture.headers["content-type"] == "image/jpeg"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert picture.headers["x-content-type-options"] == "nosniff"
    for attachment in (shown[0], chen.attach(), "nothing"):
        assert desks[CLERK].get(f"{path_of(case)}/photographs/{attachment}").status_code == 404
    assert httpx.get(f"{city.base_url}{path_of(theirs)}/photographs/{shown[0]}").status_code == 401


def test_documents_of_others_are_not_shown_under_a_case(
    desks: dict[str, Desk], filed: tuple[Citizen, Case], family: tuple[Citizen, Application]
) -> None:
    _, case = filed
    paper = case_of(family[1], "birth-registration").documents[0].number
    assert desks[CLERK].get(f"{path_of(case)}/documents/{paper}").status_code == 404
    assert desks[CLERK].get(f"{path_of(case)}/documents/{paper}/code.svg").status_code == 404
    theirs = f"{path_of(case_of(family[1], 'birth-registration'))}/documents/{paper}"
    assert "验真二维码" in desks[CLERK].get(theirs).text
    picture = desks[CLERK].get(f"{theirs}/code.svg")
    assert (picture.headers["content-type"], "<svg" in picture.text) == ("image/svg+xml", True)


def test_the_second_who_comes_with_an_old_page_is_told_and_keeps_what_they_wrote(
    city: httpx.Client, desks: dict[str, Desk]
) -> None:
    _, case = allowance(city, "wang")
    path = path_of(case, "refuse")
    first = desks[CLERK].get(path).text
    confirm = send(desks[CLERK], path, REASONS, "check", first)
    assert confirm.status_code == 200, confirm.text
    # the second takes over and asks for material meanwhile
    desks[SECOND].post(f"{path_of(case)}/claim", {"do": "claim"}, page=path_of(case))
    told = send(desks[CLERK], path, REASONS, "do", confirm.text)
    assert told.status_code == 409
    assert "综窗员仿真 正在办理这件事" in text_of(told.text)
    assert REASONS["reasons"] in text_of(told.text)
    asking = path_of(case, "ask")
    form = desks[SECOND].get(asking).text
    asked = {"answer": "person.birth_date", "answer-person.birth_date": "请核对出生日期", "days": "5"}
    checked = send(desks[SECOND], asking, asked, "check", form)
    assert checked.status_code == 200, checked.text
    assert send(desks[SECOND], asking, asked, "do", checked.text).status_code == 303
    told = send(desks[CLERK], path, REASONS, "do", confirm.text)
    assert told.status_code == 409
    assert "这件事刚刚有了变化，您的操作没有生效" in text_of(told.text)
    assert REASONS["reasons"] in text_of(told.text)
    assert desks[CLERK].get("/window?state=refused").text.count(case.number) == 0


def test_a_form_is_sent_once_however_often_it_is_pressed(city: httpx.Client, desks: dict[str, Desk]) -> None:
    chen, case = allowance(city)
    path = path_of(case, "refuse")
    confirm = send(desks[CLERK], path, REASONS, "check", desks[CLERK].get(path).text)
    answers = [send(desks[CLERK], path, REASONS, "do", confirm.text).status_code for _ in range(3)]
    assert answers == [303, 409, 409]
    papers = chen.application(case.number[:-3]).cases[0].documents
    assert [paper.type for paper in papers].count("refusal-decision") == 1
    assert text_of(desks[SUPERVISOR].get(f"/window/journal?about={case.number}").text).count("不予许可") == 1


def test_looking_at_what_would_be_sent_sends_nothing(city: httpx.Client, desks: dict[str, Desk]) -> None:
    chen, case = allowance(city, "chen")
    path = path_of(case, "refuse")
    for _ in range(2):
        told = send(desks[CLERK], path, REASONS, "check", desks[CLERK].get(path).text)
        assert "不予许可决定书" in told.text
    sent = [each["text"] for each in city.get("/v1/simulated-phone/messages").json()]
    assert not [each for each in sent if case.number in each and "不予办理" in each]
    after = chen.application(case.number[:-3]).cases[0]
    assert (after.state, after.version) == (case.state, case.version)
    desks[CLERK].post(f"{path_of(case)}/claim", {"do": "let-go"}, page=path_of(case))


def test_an_act_that_does_not_fit_is_not_done(desks: dict[str, Desk], family: tuple[Citizen, Application]) -> None:
    _, application = family
    approved = case_of(application, "vaccination-record")
    page = desks[CLERK].get(path_of(approved)).text
    token = form_token(page)
    for act in ("approve", "refuse", "ask", "record-visit", "end-step", "extend", "revoke"):
        body = {"form_token": token, "version": str(approved.version), "go": "do", **REASONS, "found": "x"}
        told = desks[CLERK].http.post(path_of(approved, act), data=body)
        assert told.status_code == 409, act
    assert desks[CLERK].get(path_of(approved, "no-such-act")).status_code == 404
    assert desks[CLERK].get(path_of(approved, "check-promise") + "?about=promise:none").status_code == 404


def test_only_a_supervisor_extends(desks: dict[str, Desk], family: tuple[Citizen, Application]) -> None:
    case = case_of(family[1], "birth-registration")
    assert desks[CLERK].get(path_of(case, "extend")).status_code == 409
    path = path_of(case, "extend")
    form = desks[SUPERVISOR].get(path)
    assert form.status_code == 200
    fields = {"days": "5", "reason": "需要向户籍地发函核实。"}
    told = send(desks[SUPERVISOR], path, fields, "check", form.text)
    assert told.status_code == 200, text_of(told.text)
    assert "期限变为" in text_of(told.text)
    assert send(desks[SUPERVISOR], path, fields | {"days": "11"}, "do", told.text).status_code == 422
    assert send(desks[SUPERVISOR], path, fields, "do", told.text).status_code == 303
    assert "经批准延长 5 个工作日" in text_of(desks[CLERK].get(path_of(case)).text)


def test_a_letter_of_authority_is_seen_before_anything_is_decided(city: httpx.Client, desks: dict[str, Desk]) -> None:
    wang = Photographer(city, "wang").verify()
    answer = wang.submit(by_letter(wang, authority("chen", letter=wang.attach())))
    assert answer.status_code == 201, answer.text
    case = msgspec.json.decode(answer.content, type=Application).cases[0]
    page = desks[CLERK].get(path_of(case)).text
    assert "授权委托书还没有人核对" in page
    shown = re.search(r"/photographs/([\w-]+)", page)
    assert shown
    assert desks[CLERK].get(f"{path_of(case)}/photographs/{shown[1]}").status_code == 200
    # what the register says would be seen in what differs: with a letter it is not asked
    assert "登记的是" not in page
    path = path_of(case, "approve")
    form = desks[CLERK].get(path).text
    unseen = send(desks[CLERK], path, {}, "do", form)
    assert (unseen.status_code, "请先核对原件" in unseen.text) == (422, True)
    assert send(desks[CLERK], path, {"letter": "seen"}, "do", form).status_code == 303
    assert LETTER_SEEN in text_of(desks[SUPERVISOR].get(f"/window/journal?about={case.number}").text)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_no_act_without_a_form_of_ours(
    desks: dict[str, Desk], filed: tuple[Citizen, Case], headers: dict[str, str]
) -> None:
    _, case = filed
    desk = desks[CLERK]
    page = desk.get(path_of(case, "refuse")).text
    body = {**fill(page), **REASONS, "go": "do"}
    assert desk.http.post(path_of(case, "refuse"), data=body, headers=headers).status_code == 403
    for token in ("", "0" * 64, form_token(desks[SECOND].get("/window/queue").text)):
        told = desk.http.post(path_of(case, "refuse"), data={**body, "form_token": token})
        assert told.status_code == 403
    assert desk.http.post(path_of(case, "refuse"), json=body).status_code in {403, 415}


def test_what_was_done_is_written_down_and_the_chain_is_whole(city: httpx.Client, desks: dict[str, Desk]) -> None:
    _, case = allowance(city)
    desks[SECOND].post(f"{path_of(case)}/claim", {"do": "claim"}, page=path_of(case))
    desks[CLERK].post(f"{path_of(case)}/claim", {"do": "claim"}, page=path_of(case))
    told = text_of(desks[SUPERVISOR].get(f"/window/journal?about={case.number}&check=1").text)
    assert "接手办理" in told
    assert "综窗员样例" in told
    assert "记录完整" in told
    everything = text_of(desks[SUPERVISOR].get("/window/journal").text)
    assert "登录" in everything


def test_numbers_are_found_however_they_are_typed(desks: dict[str, Desk], filed: tuple[Citizen, Case]) -> None:
    _, case = filed
    bare = case.number.replace("-", "").lower()
    assert desks[CLERK].get("/window", params={"q": bare}).headers["location"] == path_of(case)
    application = desks[CLERK].get("/window", params={"q": f" {case.number[:-3]} "})
    assert case.number in application.text
    assert "没有找到这个编号" in desks[CLERK].get("/window", params={"q": "王示例"}).text


def test_a_helper_sees_whom_they_stand_beside_and_leaves(city: httpx.Client, desks: dict[str, Desk]) -> None:
    desk = desks[HELPER]
    assert "您现在没有在帮办" in desk.get("/window/helping").text
    wang = Citizen(city, "wang").verify()
    sent = city.post("/v1/assistance", json={"staff": HELPER}, headers=wang.headers)
    assert sent.status_code == 201, sent.text
    path = f"/v1/assistance/{sent.json()['id']}/check"
    assert city.post(path, json={"code": wang.newest_code()}, headers=wang.headers).status_code == 200
    page = desk.get("/window/helping").text
    assert wang.person.name in page
    session = re.search(r'name="session" value="([^"]+)"', page)
    assert session
    # another helper's session is not theirs to end
    desks[CLERK].post("/window/helping", {"session": session[1]})
    assert wang.person.name in desk.get("/window/helping").text
    assert desk.post("/window/helping", {"session": session[1]}).status_code == 303
    assert "您现在没有在帮办" in desk.get("/window/helping").text


FIELDS = st.dictionaries(
    st.sampled_from(
        [
            "version",
            "go",
            "reasons",
            "basis",
            "days",
            "material",
            "answer",
            "outcome",
            "by",
            "found",
            "step",
            "letter",
            "q",
        ]
    ),
    st.text(max_size=30),
    max_size=8,
)


@settings(max_examples=40)
@given(fields=FIELDS, act=st.sampled_from(["refuse", "ask", "approve", "begin-step", "extend", "book-visit", "none"]))
def test_no_form_breaks_the_window(
    desks: dict[str, Desk], filed: tuple[Citizen, Case], fields: dict[str, str], act: str
) -> None:
    _, case = filed
    desk = desks[CLERK]
    token = form_token(desk.get("/window/queue").text)
    body = urlencode({"form_token": token, **fields, "go": "check"}, errors="surrogatepass")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    told = desk.http.post(path_of(case, act), content=body, headers=headers)
    assert told.status_code in {200, 400, 404, 409, 422}
    listed = desk.get("/window?" + urlencode(fields, errors="surrogatepass"))
    assert listed.status_code in {200, 303, 400}


@given(body=st.binary(max_size=400))
def test_no_body_breaks_the_reading_of_forms(body: bytes) -> None:
    try:
        form = parse_form(body)
    except RefusedRequestError:
        return
    for name in form.fields:
        assert "\x00" not in form.text(name)
    form.written()


@given(query=st.dictionaries(st.sampled_from(["work", "department", "state", "mine", "late", "q", "page"]), st.text()))
def test_any_address_is_a_wish(query: dict[str, str]) -> None:
    wish = wish_of(query)
    assert wish.page >= 1
    assert wish_of(wish.query()) == wish


@given(st.text(max_size=60))
def test_a_tidy_number_stays_tidy(typed: str) -> None:
    once = tidy_number(typed)
    assert tidy_number(once) == once
    assert len(once) <= 44


def test_an_old_session_of_a_clerk_who_left_opens_nothing(tmp_path: Path, clock: Clock) -> None:
    people = tmp_path / "city"
    people.mkdir()
    for name in ("people.yaml", "city.yaml", "map.yaml"):
        (people / name).write_bytes(PEOPLE.with_name(name).read_bytes())
    settings_ = settings_for(tmp_path / "data", clock, people_path=people / "people.yaml")
    with running(settings_) as http:
        desk = Desk(http).sign_in(CLERK)
        cookies = desk.http.cookies
        assert desk.get("/window").status_code == 200
    yaml = (people / "city.yaml").read_text(encoding="utf-8")
    (people / "city.yaml").write_text(re.sub(r".*ZC-0001.*\n", "", yaml), encoding="utf-8")
    with running(settings_) as http:
        again = Desk(http)
        again.http.cookies = cookies
        assert again.get("/window").status_code == 401
        again.close()
    desk.close()


def test_a_case_whose_item_has_left_the_catalogue_is_still_shown(tmp_path: Path, clock: Clock) -> None:
    made = settings_for(tmp_path, clock)
    with running(made) as http:
        _, case = allowance(http)
    with sqlite3.connect(tmp_path / "backend.sqlite") as connection:
        connection.execute("UPDATE case_ SET item = 'gone' WHERE number = ?", (case.number,))
    connection.close()
    with running(made) as http:
        desk = Desk(http).sign_in()
        assert "陈样本" in desk.get(path_of(case)).text
        confirm = send(desk, path_of(case, "refuse"), REASONS, "check", desk.get(path_of(case, "refuse")).text)
        assert send(desk, path_of(case, "refuse"), REASONS, "do", confirm.text).status_code == 303
        assert "陈样本" in desk.get("/window?state=refused").text
        desk.close()


def test_what_was_typed_instead_of_a_number_is_not_kept(city: httpx.Client, desks: dict[str, Desk]) -> None:
    stranger = Desk(city)
    assert stranger.post("/staff/sign-in", {"number": "000101199508092428"}).status_code == 303
    stranger.close()
    told = text_of(desks[SUPERVISOR].get("/window/journal").text)
    assert "000101199508092428" not in told
    assert "（未登记）" in told
