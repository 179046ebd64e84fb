"""The peer: the questions of one of our forms in SurveyJS, one a page, in a Chromium kiosk on the same screen.

What is measured there ends earlier than ours: at the first task after the animation frame in which the page had
changed, when the main thread is done and the picture is still to be put together and handed to the X server. Ours ends
when the frame was handed over. It begins when the browser heard of the finger; there is no transition and no keyboard.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

import psutil

from .display import SIZE_PX, pause
from .measuring import CannotMeasure, pss_mb

VERSION: Final = "2.5.38"
PACKAGES: Final = (f"survey-core@{VERSION}", f"survey-js-ui@{VERSION}")
SERVICE: Final = "restaurant"
LIMIT_S: Final = 300.0
BETWEEN_S: Final = 0.25
"""From one tap to the next: everything stands still by then."""
PAGE: Final = """<!doctype html><html lang="zh"><meta charset="utf-8">
<link rel="stylesheet" href="node_modules/survey-core/survey-core.fontless.min.css">
<style>body{margin:0;font-family:"Noto Sans CJK SC",sans-serif}#form{zoom:2;min-height:50vh}</style>
<div id="form"></div>
<script src="node_modules/survey-core/survey.core.min.js"></script>
<script src="node_modules/survey-js-ui/survey-js-ui.min.js"></script>
<script>
const survey = new Survey.Model(FORM);
survey.render(document.getElementById("form"));
const taps = [];
let touched = 0;
const shown = () => survey.currentPageNo + "/" + (survey.currentPage ? survey.currentPage.questions[0].name : "");
const after = done => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(0);
});
addEventListener("pointerdown", event => { touched = event.timeStamp; }, true);
addEventListener("click", event => {
  const begun = touched, page = shown();
  after(now => taps.push(shown() === page ? {first: now - begun} : {page: now - begun}));
}, true);
</script></html>"""


def installed(folder: Path) -> bool:
    """Install SurveyJS into ``folder`` unless it is there; return whether it is.

    The folder is the bench's own, below the cache of the user: nothing of it is part of the kiosk.
    """
    npm = shutil.which("npm")
    if (folder / "node_modules" / "survey-js-ui" / "package.json").exists():
        return True
    if npm is None:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    argv = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    done = subprocess.run([*argv, *PACKAGES], cwd=folder, capture_output=True, check=False, timeout=LIMIT_S)
    return done.returncode == 0


def cache() -> Path:
    """Return where the bench keeps what it fetches."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "onething-kiosk" / f"surveyjs-{VERSION}"


def form() -> dict[str, Any]:
    """Return the questions of ``SERVICE`` as SurveyJS writes a form, each on a page of its own."""
    from kiosk.catalogue import load
    from kiosk.forms import Answers, Question
    from kiosk.settings.model import ASSETS

    matter = load(ASSETS / "catalogue").matter(SERVICE, Answers(), date(2026, 11, 23))
    asked = [each.element for each in matter.form.pages if isinstance(each, Question)]
    pages = [{"name": f"p{number}", "elements": [_question(number, each)]} for number, each in enumerate(asked)]
    return {"locale": "zh-cn", "showProgressBar": True, "pages": pages}


def _question(number: int, element: Any) -> dict[str, Any]:
    kinds = {"choice": "radiogroup", "yes-no": "radiogroup", "choices": "checkbox"}
    made: dict[str, Any] = {
        "name": f"q{number}",
        "type": kinds.get(str(element.kind), "text"),
        "title": element.question.zh_hans,
        "description": element.why.zh_hans,
    }
    if str(element.kind) == "yes-no":
        made["choices"] = ["是", "否"]
    elif made["type"] != "text":
        made["choices"] = [option.title.zh_hans for option in element.choices]
    return made


def seen(program: str, display: str, folder: Path, questions: dict[str, Any]) -> dict[str, list[float]]:
    """Tap through the form: the first option where there is one, then on; return what was seen, in milliseconds.

    Raises:
        CannotMeasure: Chromium or the form did not come up.
    """
    from playwright.sync_api import Error, sync_playwright

    page_file = folder / "form.html"
    page_file.write_text(PAGE.replace("FORM", json.dumps(questions, ensure_ascii=False), 1), encoding="utf-8")
    width, height = SIZE_PX
    arguments = [
        "--kiosk",
        "--disable-gpu",
        "--no-first-run",
        f"--window-size={width},{height}",
        "--window-position=0,0",
    ]
    with tempfile.TemporaryDirectory(prefix="bench-survey-", ignore_cleanup_errors=True) as profile:
        try:
            with sync_playwright() as driver:
                context = driver.chromium.launch_persistent_context(
                    profile,
                    executable_path=program,
                    headless=False,
                    args=arguments,
                    chromium_sandbox=os.geteuid() != 0,
                    env={**os.environ, "DISPLAY": display},
                    no_viewport=True,
                    has_touch=True,
                )
                page = context.pages[0]
                page.goto(page_file.as_uri())
                page.wait_for_selector("#form input, #form button")
                for _question_of in questions["pages"]:
                    pause(BETWEEN_S)
                    option = page.locator("#form .sd-item").first
                    if option.count():
                        option.tap()
                        pause(BETWEEN_S)
                    following = page.locator("#form .sd-navigation__next-btn").first
                    if not following.is_visible():
                        break
                    following.tap()
                pause(BETWEEN_S)
                taps = page.evaluate("taps")
                browser = next(
                    each
                    for each in psutil.process_iter(["cmdline"])
                    if f"--user-data-dir={profile}" in (each.info["cmdline"] or [])
                    and not any(word.startswith("--type=") for word in each.info["cmdline"])
                )
                memory = pss_mb([browser.pid, *(each.pid for each in browser.children(recursive=True))])
                context.close()
        except (Error, StopIteration) as error:
            raise CannotMeasure(f"SurveyJS in Chromium: {error}") from error
    return {
        "tap": [tap["first"] for tap in taps if "first" in tap],
        "question": [tap["page"] for tap in taps if "page" in tap],
        "memory": [memory],
    }
