"""Writing into a field with a finger: strokes to the pad's view model, the chosen character into the field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtQuick import QQuickView
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.entering import enter, take_back
from ui.models.rows import Rows
from ui.models.writing import WritingModel
from ui.pilot.written import WRITTEN


def _write(model: WritingModel, character: str) -> None:
    for stroke in WRITTEN[character]:
        model.beginStroke()
        for x, y in stroke:
            model.addPoint(round(10 * x), round(10 * y))
        model.endStroke()


def _shown(model: WritingModel) -> list[str]:
    rows = model.property("candidates")
    assert isinstance(rows, Rows)
    return [row.character for row in rows.rows()]


def test_candidates_follow_the_strokes(qtbot: QtBot) -> None:
    model = WritingModel()
    _write(model, "王")
    qtbot.waitUntil(lambda: _shown(model)[:1] == ["王"], timeout=10_000)  # its characters are read by a thread
    model.undoStroke()
    model.undoStroke()
    assert "王" not in _shown(model)[:1]
    model.clear()
    assert _shown(model) == []


def test_the_language_decides_what_is_usual(qtbot: QtBot) -> None:
    model = WritingModel()
    model.write("zh-Hant")
    _write(model, "國")
    qtbot.waitUntil(lambda: _shown(model)[:1] == ["國"], timeout=10_000)


def test_a_missing_file_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    model = WritingModel(characters=tmp_path / "none")
    qtbot.waitUntil(lambda: model.property("unusable") is True, timeout=10_000)
    _write(model, "王")
    assert _shown(model) == []


@pytest.fixture
def field(qtbot: QtBot, tmp_path: Path) -> QQuickView:
    document = tmp_path / "Field.qml"
    document.write_text("import QtQuick\nTextEdit { focus: true; width: 300; height: 60 }", encoding="utf-8")
    view = QQuickView()
    view.setSource(QUrl.fromLocalFile(str(document)))
    view.show()
    view.requestActivate()
    qtbot.waitUntil(lambda: view.activeFocusItem() is view.rootObject(), timeout=10_000)
    return view


def test_what_is_chosen_stands_in_the_field_exactly(field: QQuickView) -> None:
    root = field.rootObject()
    for character in ("龙", "\u4dae", "·", "\U00020bb7"):
        enter(character)
    assert root.property("text") == "龙䶮·𠮷"
    take_back()
    assert root.property("text") == "龙䶮·"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 10))
    field.close()
