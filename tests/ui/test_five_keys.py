"""Every page is gone round by five keys: all that can be touched is reached, says what it is, and is seen."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QObject, Qt
from test_pages_asking import MakeStage, catalogue, make_stage

from kiosk.session.preferences import Preferences
from kiosk.settings import Keys
from ui.gallery.every import EVERY
from ui.gallery.touring import Tour
from ui.models.keys import PURPOSES, KeysModel

__all__ = ["catalogue", "make_stage"]
"""Fixtures, shared with the pages before the materials."""

GUIDED = Preferences(guided=True, spoken=True)
FIRST = sorted({scene.page: name for name, scene in sorted(EVERY.items(), reverse=True)}.values())
"""A scene of every page."""
LONG = "find-department"
"""A list of fifty rows, of which nine exist at a time."""


def test_every_page_is_gone_round_by_keys(make_stage: MakeStage) -> None:
    stage = make_stage(preferences=GUIDED)
    tour = Tour(stage)
    found: dict[str, list[str]] = {}
    for name in (*FIRST, LONG):
        stage.show(name)
        found[name] = tour.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_keys_are_those_of_the_settings(qapp: object, caplog: pytest.LogCaptureFixture) -> None:
    keys = KeysModel(Keys(previous=("F16",), next=("F17", "Tab"), select=("Ctrl+F1",), back=(), again=("Nokey",)))
    told = {key: keys.purpose(key.value, 0) for key in (Qt.Key.Key_F16, Qt.Key.Key_F17, Qt.Key.Key_Tab, Qt.Key.Key_F1)}
    assert list(told.values()) == ["previous", "next", "next", ""]
    assert keys.purpose(Qt.Key.Key_F1.value, Qt.KeyboardModifier.ControlModifier.value) == "select"
    assert keys.purpose(Qt.Key.Key_Left.value, 0) == ""
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "terminal.keys.again: 'Nokey' is no key" in caplog.text


@pytest.mark.parametrize("purpose", PURPOSES)
def test_any_keyboard_has_all_five(qapp: QObject, purpose: str) -> None:
    keys = KeysModel(Keys())
    usual = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Right)
    assert purpose in {keys.purpose(key.value, 0) for key in usual}
    pad = Qt.KeyboardModifier.KeypadModifier.value
    assert keys.purpose(Qt.Key.Key_Enter.value, pad) == "select"
