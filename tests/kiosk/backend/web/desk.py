"""Members of staff at a backend under test, by HTTP and in a browser."""

from __future__ import annotations

import html
import re
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from backend.browser import press

CLERK, SECOND, BOUND, HELPER, OPERATOR, SUPERVISOR = "ZC-0001", "ZC-0002", "ZC-0003", "BB-0001", "YW-0001", "ZG-0001"
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]*)"')


class Desk:
    """One browser's cookies and forms, without the browser."""

    def __init__(self, http: httpx.Client) -> None:
        self.citizens = http
        self.http = httpx.Client(base_url=http.base_url, timeout=20)

    def close(self) -> None:
        self.http.close()

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def post(self, path: str, fields: dict[str, Any] | None = None, *, page: str = "", **more: Any) -> httpx.Response:
        """Send a form as the page at ``page`` would."""
        token = form_token(self.get(page or path).text)
        return self.http.post(path, data={"form_token": token, **(fields or {})}, **more)

    def newest_code(self) -> str:
        text = self.citizens.get("/v1/simulated-phone/messages").json()[0]["text"]
        found = re.search(r"\d{6}", text)
        assert found
        return found[0]

    def sign_in(self, number: str = CLERK) -> Desk:
        asked = self.post("/staff/sign-in", {"number": number})
        assert asked.status_code == 303, asked.text
        identity = httpx.URL(asked.headers["location"]).params["id"]
        told = self.post("/staff/code", {"id": identity, "code": self.newest_code()}, page=f"/staff/code?id={identity}")
        assert told.status_code == 303, told.text
        return self


def form_token(page: str) -> str:
    found = _TOKEN.search(page)
    return found[1] if found else ""


def text_of(page: str) -> str:
    """Return the words of a page, blanks as one."""
    bare = re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL))
    return re.sub(r"\s+", " ", html.unescape(bare))


def says(page: Page, words: str) -> None:
    """Wait until the page says ``words``."""
    expect(page.locator("main")).to_contain_text(words)


def on(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the button or follow the link of that name, and wait for the page it leads to."""
    main = page.locator("main")
    exact = isinstance(name, str)
    found = main.get_by_role("button", name=name, exact=exact).or_(main.get_by_role("link", name=name, exact=exact))
    press(found.first)


def enter(page: Page) -> None:
    """Press Enter in a form, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page: Page, http: httpx.Client, number: str = CLERK, start: str = "/staff/sign-in") -> None:
    """Sign in with the keyboard, as people do."""
    page.goto(start)
    page.get_by_label("工号").fill(number)
    enter(page)
    text = http.get("/v1/simulated-phone/messages").json()[0]["text"]
    found = re.search(r"\d{6}", text)
    assert found
    page.get_by_label("验证码").fill(found[0])
    enter(page)
    page.get_by_role("button", name="退出").wait_for()
