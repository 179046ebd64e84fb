"""A phone in somebody's hand, in a browser of its size: photographs, documents, a kept form, progress, a ticket."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from backend.browser import PHONE, chromium, hold, look, press, tab
from backend.city import CERTIFICATE, TERMINAL, Citizen, Clock, catalogue, problem_code, running, settings_for

PUBLIC = "https://phones.invalid"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def http(tmp_path: Path, clock: Clock) -> Iterator[httpx.Client]:
    with running(settings_for(tmp_path, clock, public_url=PUBLIC)) as client:
        yield client


@pytest.fixture
def li(http: httpx.Client) -> Citizen:
    return Citizen(http, "li").verify()


def lead(citizen: Citizen, kind: str, about: str, language: str = "zh-Hans") -> dict[str, Any]:
    body = {"kind": kind, "about": about, "language": language}
    made = citizen.http.post("/v1/links", json=body, headers=citizen.headers)
    assert made.status_code == 201, made.text
    return dict(made.json())


def here(link: dict[str, Any]) -> str:
    """The path of a link: the public address leads to the backend under test."""
    assert link["url"].startswith(PUBLIC + "/m/")
    return str(link["url"].removeprefix(PUBLIC))


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 300), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c8d8e8").save(out, kind, **more)
    return out.getvalue()


def is_photographed(material: str) -> bool:
    return catalogue().materials[material].obtained[0].value == "scan"


def news(citizen: Citizen, link: dict[str, Any], **query: Any) -> dict[str, Any]:
    answer = citizen.http.get(f"/v1/links/{link['id']}", params=query, headers=citizen.headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def open_on(page: Page, link: dict[str, Any]) -> None:
    page.goto(here(link))
    press(page.get_by_role("button"))


def send(page: Page, content: bytes, name: str = "photo.png") -> None:
    page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "image/png", "buffer": content})
    press(page.get_by_role("button", name="发送照片").first)


def test_a_photograph_from_the_phone_is_at_the_terminal(browser: Browser, li: Citizen) -> None:
    link = lead(li, "upload", "business-licence")
    assert link["state"] == "new"
    assert news(li, link)["url"] == ""
    with tab(browser, str(li.http.base_url), PHONE, scripts=False) as page:
        open_on(page, link)
        look(page, "phone-upload")
        press(page.get_by_role("button", name="发送照片"))
        assert "请先选择一张照片" in page.inner_text("main")
        send(page, b"no picture at all", "photo.jpg")
        assert "不是照片" in page.inner_text("main")
        look(page, "phone-upload-wrong")
        send(page, picture())
        assert "已发送 1 张" in page.inner_text("main")
        press(page.get_by_role("button", name="发完了"))
        look(page, "phone-upload-done")
    told = news(li, link, after=1, wait_s=20)
    assert told["state"] == "done"
    assert len(told["attachments"]) == 1


def test_a_link_takes_what_it_was_made_for(li: Citizen, tmp_path: Path) -> None:
    link = lead(li, "upload", "business-licence")
    with httpx.Client(base_url=li.http.base_url, timeout=20) as phone:
        assert phone.post(here(link)).status_code == 303
        sent = phone.post(
            here(link) + "/photographs", data={"material": "<b>another</b>"}, files={"photograph": picture()}
        )
        assert sent.status_code == 303, sent.text
    with closing(sqlite3.connect(tmp_path / "backend.sqlite")) as kept:
        assert kept.execute("SELECT material FROM link_photo").fetchall() == [("business-licence",)]


def test_only_the_first_phone_goes_on(browser: Browser, li: Citizen) -> None:
    link = lead(li, "upload", "business-licence")
    preview = li.http.get(here(link))  # what looks at addresses by itself opens nothing
    assert preview.status_code == 200
    assert news(li, link)["state"] == "new"
    with tab(browser, str(li.http.base_url), PHONE, scripts=False) as first:
        open_on(first, link)
        with tab(browser, str(li.http.base_url), PHONE, scripts=False) as second:
            open_on(second, link)
            assert "这个二维码不能用了" in second.inner_text("main")
            look(second, "phone-over")
        first.reload()
        assert first.get_by_role("button", name="发送照片").count() == 1


def test_a_link_ends_with_its_time(browser: Browser, li: Citizen, clock: Clock) -> None:
    link = lead(li, "upload", "business-licence")
    with tab(browser, str(li.http.base_url), PHONE, scripts=False) as page:
        open_on(page, link)
        clock.advance(minutes=21)
        press(page.get_by_role("button", name="发送照片"))
        assert "这个二维码不能用了" in page.inner_text("main")


def test_documents_are_kept_on_the_phone(browser: Browser, http: httpx.Client) -> None:
    wang = Citizen(http, "wang").verify()
    wang.fetch("insurance-certificate")
    number = wang.file(wang.request("insurance-certificate", CERTIFICATE)).number
    link = lead(wang, "claim", number, "en")
    with tab(browser, str(http.base_url), PHONE, scripts=False) as page:
        open_on(page, link)
        look(page, "phone-claim-en")
        with page.expect_download() as downloading:
            page.get_by_role("link", name="Save as PDF").first.click()
        assert Path(downloading.value.path()).read_bytes().startswith(b"%PDF")
        code = page.request.get(page.locator("img.code").first.get_attribute("src") or "")
        assert code.headers["content-type"].startswith("image/svg+xml")


def test_a_form_that_was_kept_takes_its_photographs(browser: Browser, li: Citizen) -> None:
    item = next(
        item.id
        for item in catalogue().items.values()
        if any(is_photographed(use.material) and use.when is None for use in item.materials)
    )
    body = {
        "matter": item,
        "items": [item],
        "catalogueVersion": catalogue().version,
        "answers": {"single": {}, "repeats": {}},
        "materials": [],
    }
    draft = uuid4().hex
    kept = li.http.put(f"/v1/drafts/{draft}", json=body, headers=li.headers)
    assert kept.status_code == 201, kept.text
    link = lead(li, "resume", draft)
    with tab(browser, str(li.http.base_url), PHONE, scripts=False) as page:
        open_on(page, link)
        before = page.get_by_role("button", name="发送照片").count()
        assert before
        look(page, "phone-resume")
        send(page, picture("JPEG"))
        assert page.get_by_role("button", name="发送照片").count() == before - 1
    told = li.http.get(f"/v1/drafts/{draft}", headers=li.headers).json()
    assert [each["obtained"] for each in told["materials"]] == ["scan"]
    li.http.delete(f"/v1/drafts/{draft}", headers=li.headers)
    with tab(browser, str(li.http.base_url), PHONE, scripts=False) as page:
        page.goto(here(link))
        press(page.get_by_role("button"))
        assert "这个二维码不能用了" in page.inner_text("main")


def test_a_number_tells_how_far_it_is_and_never_whose(browser: Browser, http: httpx.Client) -> None:
    wang = Citizen(http, "wang").verify()
    wang.fetch("insurance-certificate")
    case = wang.file(wang.request("insurance-certificate", CERTIFICATE)).cases[0]
    with tab(browser, str(http.base_url), PHONE, scripts=False) as page:
        page.goto("/m/progress?lang=zh-Hant")
        page.get_by_label("辦件編號").fill(case.number.lower())
        press(page.get_by_role("button", name="查詢進度"))
        assert "已通過" in page.inner_text("main")
        assert wang.person.name not in page.content()
        look(page, "phone-progress")
        page.goto("/m/progress?number=OT20261123-999999-1-01")
        assert "没有找到" in page.inner_text("main")


def test_a_ticket_is_followed_and_given_back(browser: Browser, http: httpx.Client) -> None:
    body = {"hall": "centre", "service": "general", "session": uuid4().hex, "terminal": TERMINAL}
    http.post("/v1/tickets", json=body | {"session": "other"})
    ticket = http.post("/v1/tickets", json=body).json()
    with tab(browser, str(http.base_url), PHONE, scripts=False) as page:
        page.goto(f"/m/tickets/{ticket['id']}")
        hold(page)
        assert "前面还有 1 人" in page.inner_text("main")
        look(page, "phone-ticket")
        press(page.get_by_role("button", name="不排了，退号"))
        assert "已退号" in page.inner_text("main")


def test_links_are_made_by_who_they_are_for_and_about_what_is_theirs(http: httpx.Client, li: Citizen) -> None:
    link = lead(li, "upload", "business-licence")
    wang = Citizen(http, "wang").verify()
    assert http.get(f"/v1/links/{link['id']}", headers=wang.headers).status_code == 404
    for kind, about in (("upload", "nothing"), ("claim", "OT20261123-000001-1"), ("resume", "x" * 20)):
        made = http.post("/v1/links", json={"kind": kind, "about": about}, headers=wang.headers)
        assert problem_code(made) == "not-found"


def test_without_a_public_address_there_are_no_links(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, Clock())) as http:
        citizen = Citizen(http, "li").verify()
        made = http.post("/v1/links", json={"kind": "upload", "about": "business-licence"}, headers=citizen.headers)
        assert problem_code(made) == "link.unavailable"


def test_a_page_of_another_site_sends_nothing(li: Citizen) -> None:
    link = lead(li, "upload", "business-licence")
    phone = httpx.Client(base_url=li.http.base_url)
    assert phone.post(here(link), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert news(li, link)["state"] == "new"
    phone.close()
