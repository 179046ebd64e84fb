"""The house style: enough contrast everywhere, nothing from elsewhere, nothing in a page that the policy refuses."""

from __future__ import annotations

import re

import pytest

from kiosk.backend.web.pages import STATIC, TEMPLATES, asset

AA, AA_LARGE = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11."""
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", (STATIC / "house.css").read_text(encoding="utf-8")))


def luminance(colour: str) -> float:
    digits = "".join(2 * each for each in colour[1:]) if len(colour) == 4 else colour[1:]
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *((ink, paper) for ink in ("text", "text-quiet", "accent") for paper in ("surface", "raised", "accent-quiet")),
        ("text", "sunken"),
        ("critical", "raised"),
        ("raised", "accent"),
        ("raised", "accent-pressed"),
        ("raised", "critical"),
        *((each, f"{each}-quiet") for each in ("positive", "caution", "critical")),
        *(("text", f"{each}-quiet") for each in ("positive", "caution", "critical")),
    ],
)
def test_words_can_be_read(ink: str, paper: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[paper]) >= AA


@pytest.mark.parametrize("line", ["outline", "focus", "critical"])
def test_controls_and_focus_can_be_seen(line: str) -> None:
    assert contrast(TOKENS[line], TOKENS["raised"]) >= AA_LARGE


def test_style_sheets_fetch_nothing_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org/)", text), path.name
        assert asset(path.name).startswith("/web/")


def test_no_page_holds_what_the_policy_refuses() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""\sstyle=|\son\w+=["']|<style|javascript:|<script(?![^>]*\ssrc=)""", text), path
        assert "|safe" not in text.replace(" ", ""), path
        if path.parent.name == "phone":
            continue  # citizens' phones have no session of staff; their pages have a door of their own
        # every form that changes something carries the token of its browser
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL):
            assert "token(" in form or "form_token" in form, path
