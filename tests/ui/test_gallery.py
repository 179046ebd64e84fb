"""Somebody browses the gallery by touch, and makes a folder of pictures of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import PIL.Image
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.__main__ import main
from kiosk.commands import gallery as command
from ui.gallery.live import Gallery
from ui.gallery.modes import LANGUAGES, LAYOUTS, STANDARD
from ui.gallery.stage import Stage
from ui.gallery.subjects import find, subjects
from ui.painting import painted
from ui.pilot.hand import Hand

LIMIT_S = 10.0

pytestmark = pytest.mark.qt_log_ignore(
    # Qt's offscreen platform has no windows within windows; it shows them side by side, which is as good for a test
    r"This plugin does not support (setParent|raise)"
)


class Visitor:
    """Touches the window of the gallery, and what is shown in it."""

    def __init__(self) -> None:
        self.gallery = Gallery(subjects(), STANDARD)
        self.gallery.window.show()
        painted(self.gallery.window)
        self.hand = Hand(self.gallery.window, self.gallery.engine)

    def tap(self, name: str) -> None:
        self.hand.tap(name, limit_s=LIMIT_S)
        self.hand.settle()

    def shows(self, name: str, **mode: object) -> None:
        """Wait until the scene is up, in this mode."""

        def is_up() -> bool | None:
            gallery = self.gallery
            there = gallery.model.subject.name == name and gallery.shown is not None
            fits = all(getattr(gallery.model.mode, each) == value for each, value in mode.items())
            return True if there and fits else None

        self.hand.until(is_up, f"{name} with {mode}", limit_s=LIMIT_S)

    @property
    def stage(self) -> Stage:
        assert isinstance(self.gallery.shown, Stage)
        return self.gallery.shown

    def close(self) -> None:
        self.gallery.close()


@pytest.fixture
def visitor(qapp: object) -> Iterator[Visitor]:
    someone = Visitor()
    yield someone
    someone.close()


def test_one_goes_from_page_to_page_and_sees_them_otherwise(visitor: Visitor) -> None:
    first, second = subjects()[:2]
    visitor.shows(first.name)
    visitor.tap("next")
    visitor.shows(second.name)
    QTest.keyClick(visitor.gallery.window, Qt.Key.Key_Right)
    visitor.shows(subjects()[2].name)
    visitor.tap("previous")
    visitor.shows(second.name)
    visitor.tap("language")
    visitor.shows(second.name, language="zh-Hant")
    assert str(visitor.stage.story.session.language) == "zh-Hant"
    visitor.tap("elder")
    visitor.tap("contrast")
    visitor.tap("reach")
    visitor.shows(second.name, elder=True, high_contrast=True, low_reach=True)
    visitor.hand.until(
        lambda: visitor.stage.story.session.preferences.low_reach or None, "the page in low reach", limit_s=LIMIT_S
    )
    visitor.tap("layout")
    visitor.shows(second.name, layout="landscape")
    visitor.hand.until(
        lambda: visitor.stage.window.width() > visitor.stage.window.height() or None, "a wide page", limit_s=LIMIT_S
    )
    visitor.tap("motion")
    assert visitor.gallery.model.moves is False


def test_one_looks_for_something_and_touches_it(visitor: Visitor) -> None:
    window = visitor.gallery.window
    window.requestActivate()  # offscreen, what is shown has a window beside it and is in front
    visitor.hand.until(lambda: window.isActive() or None, "the window in front", limit_s=LIMIT_S)
    visitor.tap("search")
    for key in "OVERVIEW":
        QTest.keyClick(window, Qt.Key[f"Key_{key}"])
    visitor.hand.until(
        lambda: all("overview" in each.key for each in visitor.gallery.model.found) or None, "fewer", limit_s=LIMIT_S
    )
    visitor.tap("entry-technician/overview-limited")
    visitor.shows("overview-limited")
    visitor.gallery.model.search("")
    for key in ("bench/cross", "control/ActionButton-primary", "page/over-idle"):
        visitor.gallery.model.choose(key)
        visitor.shows(key.partition("/")[2])


def test_a_page_in_the_gallery_works(visitor: Visitor) -> None:
    visitor.gallery.model.choose("page/notice")
    visitor.shows("notice")
    inner = Hand(visitor.stage.window, visitor.stage.engine)
    inner.tap("primary", limit_s=LIMIT_S)
    visitor.hand.until(
        lambda: visitor.stage.story.session.stage == "document" or None, "the page after", limit_s=LIMIT_S
    )


def test_a_folder_of_pictures_has_an_index(tmp_path: Path, qapp: object, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ["gallery", "find-nothing", "ActionButton-primary", "--out", str(tmp_path), "--language", "en"]
    assert main([*wanted, "--layout", "bank", "--layout", "portrait", "--elder"]) == 0
    assert "3 pictures" in capsys.readouterr().out
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    # a control is the same on every panel
    assert len(re.findall("<figure ", text)) == 3
    for file in re.findall(r'(?:src|href)="([^"#]+)"', text):
        assert (tmp_path / file).is_file(), file
    whole = tmp_path / "pictures" / "page" / "find-nothing--bank-en-elder.webp"
    with (
        PIL.Image.open(whole) as page,
        PIL.Image.open(tmp_path / "quarter" / whole.relative_to(whole.parents[1])) as small,
    ):
        assert page.size == (1280, 1024)
        assert small.size == (320, 256)
    assert "http" not in re.sub(r"<!doctype.*?>", "", text)


def test_everything_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gallery", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(subjects())
    assert main(["gallery", "no-such-thing"]) == 2
    assert main(["gallery", "--all"]) == 2


def test_the_command_knows_the_modes_there_are() -> None:
    assert (command.LANGUAGES, command.LAYOUTS) == (LANGUAGES, LAYOUTS)
    assert find("pages")
