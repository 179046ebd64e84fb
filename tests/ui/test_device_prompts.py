"""Device prompts say where the device of this machine is, how it is, and what else can be done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.session import events
from kiosk.session.state import Prompt
from ui.theme.drawings import COLOURS, DRAWINGS, Front, draw

__all__ = ["catalogue", "make_stage"]

WAITING, READING, DONE, FAILED, ABSENT, RECOVERING = range(6)
"""``DevicePrompt.Progress``."""
INK = "#0b57a4"
PALETTE = "0b57a4-ebf2f8-e7ebef-7c8a97-ffffff-0b141c-dbe1e6"


def said(citizen: Citizen) -> str:
    return "\n".join(sight.text for sight in citizen.hand.below("page"))


@pytest.mark.parametrize("name", sorted(path.stem for path in DRAWINGS.glob("*.svg")))
def test_a_drawing_has_the_colours_of_the_theme(name: str) -> None:
    image = draw(name, PALETTE, 160, 160)
    assert not image.isNull()
    seen = {QColor(image.pixel(x, y)).name() for x in range(0, 160, 2) for y in range(0, 160, 2)}
    assert seen & {f"#{colour}" for colour in PALETTE.split("-")}
    text = (DRAWINGS / f"{name}.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"\$(\w+)", text)) <= set(COLOURS)


@pytest.mark.parametrize("device", ["id-reader", "card-reader", "scanner", "printer", "camera"])
def test_the_machine_is_drawn_with_the_device_lit(device: str) -> None:
    image = Front().draw(device, PALETTE, 200, 220)
    assert any(QColor(image.pixel(x, y)).name() == INK for x in range(120) for y in range(220))


def test_there_is_no_picture_of_what_no_machine_has() -> None:
    with pytest.raises(KeyError):
        Front().draw("teleporter", PALETTE, 200, 220)
    with pytest.raises(FileNotFoundError):
        draw("../settings", PALETTE, 10, 10)
    with pytest.raises(ValueError, match="0b57a4"):
        draw("slip", "0b57a4", 10, 10)


def test_the_prompt_says_where_on_this_machine_the_device_is(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "document")
    assert citizen.value("prompt-id-reader", "side") == "below"
    assert "在屏幕下方，偏左" in said(citizen)
    bank = Citizen(make_stage, "document", layout="bank")
    assert bank.value("prompt-id-reader", "side") == "right"


@pytest.mark.parametrize(
    ("scene", "prompt", "progress"),
    [
        ("document", "prompt-id-reader", WAITING),
        ("document-reading", "prompt-id-reader", READING),
        ("document-unread", "prompt-id-reader", FAILED),
        ("document-no-reader", "prompt-id-reader", ABSENT),
        ("document-no-reader", "prompt-card-reader", ABSENT),
        ("document-recovering", "prompt-id-reader", RECOVERING),
        ("document-sticks", "prompt-card-reader", FAILED),
        ("camera-absent", "prompt-camera", ABSENT),
    ],
)
def test_a_prompt_tells_how_its_device_is(make_stage: MakeStage, scene: str, prompt: str, progress: int) -> None:
    citizen = Citizen(make_stage, scene)
    assert citizen.value(prompt, "progress") == progress


def test_without_a_reader_name_and_number_are_typed(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "document-no-reader")
    citizen.tap("primary")
    assert citizen.posted == [events.TypingWanted()]
    story = citizen.stage.story
    story.happens(*citizen.posted)
    assert story.session.prompt is Prompt.TYPING
    citizen.stage.update(story.session)
    assert citizen.sees("name")
    assert citizen.sees("number")
    citizen.tap("primary")
    assert citizen.posted[1:] == [events.IdentityTyped(name="", number="")]


def test_with_a_reader_it_is_offered_below(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "document")
    citizen.tap("type-instead")
    assert citizen.posted == [events.TypingWanted()]


def test_without_a_camera_the_way_on_is_on_the_page(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "camera-absent")
    citizen.tap("primary", "secondary")
    assert citizen.posted == [events.MaterialDeferred(material="diagnosis"), events.SaveWanted()]
    needed = Citizen(make_stage, "camera-absent-needed")
    needed.tap("primary")
    assert needed.posted == [events.SaveWanted()]


def test_every_drawing_is_used() -> None:
    scene = Path("ui/controls/DeviceScene/DeviceScene.qml").read_text(encoding="utf-8")
    assert all(f'"{path.stem}"' in scene for path in DRAWINGS.glob("*.svg"))
