"""A real browser (Debian's chromium, without a screen) at pages of a running backend, and eyes to look at them with.

Nothing is downloaded: playwright drives the chromium that the system has. Pages are waited for by their own states; the
browser's own complaints (a blocked style, a script error) fail the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

DESK: ViewportSize = {"width": 1366, "height": 850}
PHONE: ViewportSize = {"width": 390, "height": 844}
ZOOMED: ViewportSize = {"width": 342, "height": 213}
"""What a desk's screen has left at 400 % zoom."""
SHOTS = "KIOSK_SHOTS"
"""Environment variable with a folder: pictures of pages are put there to be looked at."""
_LIMIT_MS = 30_000
_NAMELESS = """[...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a[href], img")]
    .filter((each) => !(each.labels && each.labels.length) && !each.getAttribute("aria-label")
        && !each.hasAttribute("alt") && !each.textContent.trim() && !each.querySelector("img[alt]:not([alt=''])"))
    .map((each) => each.outerHTML)"""
_TWICE = """[...document.querySelectorAll("[id]")].map((each) => each.id)
    .filter((id, place, all) => all.indexOf(id) !== place)"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's chromium; one for a module is enough."""
    path = shutil.which("chromium")
    assert path, "install chromium (packaging/system-packages.txt)"
    with sync_playwright() as playwright:
        # Debian's chromium refuses its sandbox to root, which containers run tests as; only our own pages are opened
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def tab(browser: Browser, base_url: str, size: ViewportSize = DESK, *, scripts: bool = True) -> Iterator[Page]:
    """Open a window of its own, without the cookies of others."""
    context = browser.new_context(
        base_url=base_url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=scripts
    )
    context.set_default_timeout(_LIMIT_MS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    # an answer that says no is shown as an error, too; pages that are refused are part of tests
    assert [each for each in complaints if "Failed to load resource" not in each] == []


def press(control: Locator) -> None:
    """Press the button or follow the link, and wait for the page it leads to.

    A click alone returns before the answer is there: whoever looks then sees the page before, or none. For what stays
    on its page, a part that unfolds or a download, a click is enough.
    """
    with control.page.expect_navigation():
        control.click()


def hold(page: Page) -> None:
    """Let a page that fetches itself anew every few seconds stand still: it would go from under whoever looks at it."""
    page.evaluate("window.stop()")


def look(page: Page, name: str) -> None:
    """Look at the page at desk and phone size: it fits, and its picture goes into ``$KIOSK_SHOTS`` when that is set."""
    folder = os.environ.get(SHOTS)
    before = page.viewport_size or DESK
    for size, which in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size(size)
        assert_fits(page)
        assert_named(page)
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{which}.png", full_page=True)
    page.set_viewport_size(before)


def assert_fits(page: Page) -> None:
    """Nothing needs scrolling sideways (WCAG 2.2, 1.4.10)."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url} is {over} px too wide at {page.viewport_size}"


def assert_named(page: Page) -> None:
    """Every control has a name and every id is one (WCAG 2.2, 1.3.1 and 4.1.2)."""
    assert page.evaluate(_NAMELESS) == []
    assert page.evaluate(_TWICE) == []
    assert page.locator("h1").count() == 1, f"{page.url} has no heading, or several"
