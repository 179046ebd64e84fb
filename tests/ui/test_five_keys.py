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


def test_what_is_gone_to_says_what_it_is_how_it_is_and_which_of_how_many(make_stage: MakeStage) -> None:
    stage = make_stage(preferences=GUIDED)
    tour = Tour(stage)
    for scene, line in (
        ("question-choice", "较弱，医生在照看 | 未选 | 第 3 项，共 3 项"),
        ("find", "按阶段找 | 已选 | 第 1 项，共 3 项"),
        ("tasks", "企业 | 6 个问题 | 按钮"),
        ("review", "民族 | 汉族 身份证件"),  # what was asked and what was answered are one stop
        ("guide", "费用 | 不收费"),
        ("materials", "现在拍照 户口簿 | 按钮"),  # of several alike, each names its own
        ("question-phone", "还没有填"),
        ("case-waiting", "等您处理 银行卡照片看不清卡号，家庭住址缺门牌号。 示例市民政局"),  # tells, and opens nothing
    ):
        stage.show(scene)
        assert line in tour.said(), scene


@pytest.mark.parametrize("purpose", PURPOSES)
def test_any_keyboard_has_all_five(qapp: QObject, purpose: str) -> None:
    keys = KeysModel(Keys())
    usual = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Right)
    assert purpose in {keys.purpose(key.value, 0) for key in usual}
    pad = Qt.KeyboardModifier.KeypadModifier.value
    assert keys.purpose(Qt.Key.Key_Enter.value, pad) == "select"
