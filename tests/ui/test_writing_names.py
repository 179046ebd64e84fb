"""A name goes from the finger into the answers and to the backend, exactly: handwritten, and by its parts."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QPointF
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk import forms
from kiosk.contract import WireAnswers
from kiosk.forms import from_wire, to_wire
from kiosk.session import events
from ui.pilot.hand import Hand, Sight
from ui.pilot.typing import Typist
from ui.pilot.written import WRITTEN

LIMIT_S = 60.0
__all__ = ["catalogue", "make_stage"]


def _write(hand: Hand, character: str) -> None:
    """Write on the sheet, as large as it allows."""
    sheet = hand.until(lambda: hand.find("handwriting-sheet"), "the sheet", limit_s=LIMIT_S)
    side = min(sheet.width, sheet.height) / 100
    hand.drag(
        [
            [QPointF(sheet.x + x * side, sheet.y + y * side) for stroke in (line,) for x, y in stroke]
            for line in WRITTEN[character]
        ]
    )


def _part(citizen: Citizen, strokes: int, part: str) -> None:
    """Choose a part, page by page."""
    citizen.tap(f"strokes-{strokes}")
    while not citizen.sees(f"part-{part}"):
        citizen.tap("parts-after")
    citizen.tap(f"part-{part}")


def _found(hand: Hand, character: str) -> Sight | None:
    for name in hand.names():
        if name.startswith("found-"):
            sight = hand.find(name)
            if sight is not None and sight.text == character:
                return sight
    return None


@pytest.mark.parametrize("layout", ["portrait", "bank"])
def test_a_name_from_the_finger_to_the_backend(make_stage: MakeStage, layout: str) -> None:
    citizen = Citizen(make_stage, "question-text", keyboard=True, layout=layout)
    hand = citizen.hand
    page = citizen.stage.story.session.page
    assert page is not None
    citizen.tap("field", "keys-writing")
    _write(hand, "王")
    hand.until(
        lambda: True if (first := hand.find("candidate-0")) is not None and first.text == "王" else None,
        "what was written",
        limit_s=LIMIT_S,
    )
    citizen.tap("candidate-0", "keys-rare")
    hand.until(lambda: hand.find("strokes-5"), "the parts", limit_s=LIMIT_S)
    _part(citizen, 5, "龙")
    _part(citizen, 4, "天")
    citizen.tap("found-0")
    _part(citizen, 3, "土")
    _part(citizen, 3, "口")
    rare = hand.until(lambda: _found(hand, "\U00020bb7"), "𠮷", limit_s=LIMIT_S)
    hand.touch(rare.middle)
    name = "王\u4dae\U00020bb7"
    hand.until(lambda: True if citizen.value("field", "text") == name else None, name, limit_s=LIMIT_S)
    field, keys = hand.find("field"), hand.find("keyboard")
    assert field is not None
    assert keys is not None
    assert field.y + field.height <= keys.y  # the keyboard never covers the field
    citizen.tap("primary")
    assert citizen.posted == [events.Answered(page=page, raw=name)]
    citizen.follows()
    session = citizen.stage.story.session
    assert session.matter is not None
    answer = forms.answer_of(session.answers, page)
    assert answer is not None
    assert answer.value == name
    sent = msgspec.json.encode(to_wire(session.answers))
    received = from_wire(session.matter.form, msgspec.json.decode(sent, type=WireAnswers))
    kept = forms.answer_of(received, page)
    assert kept is not None
    assert kept.value == name


def test_the_pilot_types_a_rare_name(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-text", keyboard=True)
    citizen.tap("field")
    Typist(citizen.hand).type("\u4dae\U00020bb7")
    assert citizen.value("field", "text") == "\u4dae\U00020bb7"
