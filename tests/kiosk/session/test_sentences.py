"""Every code that can come to a citizen has a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from drivers import errors as device_errors
from kiosk.backend.problems import Code
from kiosk.submission import errors as submission_errors
from kiosk.words import load_sentences

ROOT = Path(__file__).parents[3]
SENTENCES = load_sentences(ROOT / "assets" / "i18n" / "sentences.yaml")


def test_every_problem_of_the_backend_has_a_sentence() -> None:
    assert {code.code for code in Code} <= set(SENTENCES)


def test_every_error_of_devices_and_of_the_way_to_the_backend_has_a_sentence() -> None:
    every = [*vars(device_errors).values(), *vars(submission_errors).values()]
    codes = {one.code for one in every if isinstance(one, type) and issubclass(one, Exception) and hasattr(one, "code")}
    assert len(codes) > 8
    assert codes <= set(SENTENCES)


def test_every_code_that_the_session_itself_says_has_a_sentence() -> None:
    said = set()
    for module in (ROOT / "kiosk" / "session").glob("*.py"):
        said |= set(re.findall(r'code="([a-z.-]+)"', module.read_text()))
    assert {"document.expired", "signature.empty", "internal"} <= said
    assert said <= set(SENTENCES)
