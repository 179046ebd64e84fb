"""The hand of the pilot meets what it aims at, on a slow machine too, and says so when it does not."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.painting import NotPainted, painted
from ui.pilot.hand import Hand, Lost

SCENE = """
import QtQuick
import QtQuick.Templates as T

Item {
    id: scene
    property int taps: 0
    property alias travelling: travel.running
    width: 600; height: 900

    T.AbstractButton {
        id: button
        objectName: "button"
        width: 100; height: 50
        onClicked: ++scene.taps
    }
    NumberAnimation { id: travel; target: button; property: "y"; to: 800; duration: 400 }
    Rectangle {
        objectName: "lid"
        visible: false
        anchors.fill: parent
        T.AbstractButton { anchors.fill: parent }
    }
}
"""
SLOW_FRAME_S = 0.045


class Scene:
    """A window with a button that can travel."""

    def __init__(self) -> None:
        self.window = QQuickWindow()
        self.window.resize(600, 900)
        self.engine = QQmlApplicationEngine()
        component = QQmlComponent(self.engine)
        component.setData(SCENE.encode(), QUrl("file:scene.qml"))
        item = component.create()
        assert isinstance(item, QQuickItem), component.errorString()
        item.setParentItem(self.window.contentItem())
        item.setParent(self.window)
        self.item = item
        self.window.show()
        painted(self.window)
        self.hand = Hand(self.window, self.engine)

    def close(self) -> None:
        shiboken6.delete(self.window)
        shiboken6.delete(self.engine)


@pytest.fixture
def scene(qapp: QObject) -> Iterator[Scene]:
    opened = Scene()
    yield opened
    opened.close()


def test_what_moves_is_touched_where_it_comes_to_rest_though_frames_are_slow(scene: Scene) -> None:
    def slow() -> None:
        until = time.perf_counter() + SLOW_FRAME_S
        while time.perf_counter() < until:  # a machine with much else to do
            pass

    scene.window.afterAnimating.connect(slow)
    button = scene.item.findChild(QQuickItem, "button")
    assert button is not None
    scene.item.setProperty("travelling", True)
    while button.y() == 0:  # its first frame, or its first two, still show it at rest
        painted(scene.window)
    scene.hand.tap("button")
    assert scene.item.property("taps") == 1
    assert not scene.item.property("travelling")


def test_a_touch_that_meets_something_else_is_told(scene: Scene) -> None:
    lid = scene.item.findChild(QQuickItem, "lid")
    assert lid is not None
    lid.setProperty("visible", True)
    with pytest.raises(Lost, match=r"'button' at .* met something else"):
        scene.hand.tap("button")
    assert scene.item.property("taps") == 0


def test_a_window_that_brings_no_frame_is_told(scene: Scene) -> None:
    scene.window.hide()
    with pytest.raises(NotPainted, match="not exposed"):
        painted(scene.window, limit_s=0.1)
