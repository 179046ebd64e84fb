"""An author sees the service as it is written, and what is wrong with it, as soon as a file is saved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.session import events
from kiosk.session.state import Stage
from kiosk.words import Language
from ui.gallery.preview import Preview

DATA = Path(__file__).parents[1] / "kiosk" / "catalogue" / "data"
LIMIT_MS = 30_000

pytestmark = pytest.mark.qt_log_ignore(
    # its keyboard loses its style before itself when an engine ends; a preview does so once, as the process ends
    r"VirtualKeyboard/Components"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "catalogue"))


@pytest.fixture
def preview(qtbot: QtBot, folder: Path) -> Iterator[Preview]:
    shown = Preview(folder, "old-age", language=Language.EN)
    yield shown
    shown.close()


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "items" / "civil-affairs" / "old-age.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_saved_file_is_on_the_screen(qtbot: QtBot, preview: Preview, folder: Path) -> None:
    assert preview.story is not None
    assert preview.window is not None
    assert preview.window.isVisible()
    before = preview.story.catalogue.version
    change(folder, "committed_days: 5", "committed_days: 4")

    def is_new() -> None:
        assert preview.story is not None
        assert preview.story.catalogue.items["old-age"].committed_days == 4
        assert preview.story.catalogue.version != before

    qtbot.waitUntil(is_new, timeout=LIMIT_MS)


def test_mistakes_are_on_the_screen_while_there_are_any(qtbot: QtBot, preview: Preview, folder: Path) -> None:
    fine = preview.mistakes
    change(folder, "audience: person", "audince: person")
    qtbot.waitUntil(lambda: any("audince" in each.says for each in preview.mistakes), timeout=LIMIT_MS)
    assert preview.board.isVisible()
    assert any("unknown key audince. Did you mean audience?" in line for line in preview.board.lines)
    assert preview.window is not None
    change(folder, "audince: person", "audience: person")
    qtbot.waitUntil(lambda: preview.mistakes == fine, timeout=LIMIT_MS)
    assert preview.board.isVisible() == bool(fine)


def test_one_stays_on_the_page_one_works_on(qtbot: QtBot, preview: Preview, folder: Path) -> None:
    assert preview.story is not None
    while preview.story.session.stage in (Stage.GUIDE, Stage.NOTICE):
        preview.post(events.Next())
    stage, page = preview.story.session.stage, preview.story.session.page
    assert stage not in (Stage.GUIDE, Stage.NOTICE, Stage.DOCUMENT, Stage.VERIFY, Stage.FETCH)
    before = preview.story
    change(folder, "committed_days: 5", "committed_days: 4")
    qtbot.waitUntil(lambda: preview.story is not before, timeout=LIMIT_MS)
    assert (preview.story.session.stage, preview.story.session.page) == (stage, page)


def test_mistakes_from_the_start(qtbot: QtBot, folder: Path) -> None:
    change(folder, "audience: person", "audince: person")
    shown = Preview(folder, "old-age", language=Language.ZH_HANS)
    try:
        assert shown.window is None
        assert any("没有 audince 这个键" in line for line in shown.board.lines)
        assert shown.board.height() == 1920
        change(folder, "audince: person", "audience: person")
        qtbot.waitUntil(lambda: shown.window is not None, timeout=LIMIT_MS)
    finally:
        shown.close()


def test_a_service_that_is_not_there_is_told(qtbot: QtBot, folder: Path) -> None:
    shown = Preview(folder, "nothing", language=Language.EN)
    assert "there is no service nothing" in shown.board.lines[0]
    shown.close()
