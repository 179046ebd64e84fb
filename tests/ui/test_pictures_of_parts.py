"""Technicians' pages, tests of the screen and controls look as somebody approved them; the gallery has everything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pictures_of import compare
from PySide6.QtGui import QColor, QImage

from kiosk.diagnostics.visit import Place
from kiosk.session.state import Stage
from ui.gallery import approved as approved_of
from ui.gallery.approved import Approved, Picture, digest
from ui.gallery.approving import planned
from ui.gallery.differences import Differences
from ui.gallery.examples import control_names
from ui.gallery.modes import DIMENSIONS, KEY, every, pairs
from ui.gallery.stage import MODELS
from ui.gallery.studio import Letters
from ui.gallery.subjects import MODES, ROWS, Kind, compared, find, parts, subjects

ROOT = Path(__file__).parents[2]
OTHERS = (Kind.TECHNICIAN, Kind.BENCH, Kind.CONTROL)
BUDGET_BYTES = 12_000_000


@pytest.mark.parametrize(
    ("kind", "mode"),
    [pytest.param(kind, mode, id=f"{kind}-{mode.name}") for kind in OTHERS for mode in ROWS[kind]],
)
def test_parts_look_as_approved(qapp: object, kind: Kind, mode: object) -> None:
    compare([shot for shot in planned([kind]) if shot.mode == mode])


def test_key_combinations_have_every_two_values_together() -> None:
    for modes in MODES.values():
        rows = {pair for mode in KEY for pair in pairs(mode)}
        assert {pair for mode in modes for pair in pairs(mode)} <= rows
    assert len(KEY) < len(every()) / 6
    for name, values in DIMENSIONS.items():
        assert {getattr(mode, name) for mode in KEY} == set(values)


def test_every_page_is_looked_at_in_every_value_of_every_mode() -> None:
    for kind in Kind:
        for part in parts(kind):
            shots = compared(part, kind)
            assert {shot.mode for shot in shots} == set(ROWS[kind]), part
            states = {each for each in subjects() if each.kind is kind and each.part == part}
            assert {shot.subject for shot in shots if shot.mode == ROWS[kind][0]} == states


def test_every_stage_of_a_session_has_a_page_with_a_scene() -> None:
    wanted = {f"{stage.capitalize()}Page" for stage in Stage if stage is not Stage.SITUATION}
    assert wanted <= set(MODELS)
    assert wanted <= set(parts(Kind.PAGE))


def test_every_page_is_in_the_gallery() -> None:
    listed = re.findall(
        r"^(\w+Page) 1\.0", (ROOT / "ui" / "pages" / "qmldir").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(listed) <= set(parts(Kind.PAGE)), "a page without a scene in ui/gallery"


def test_every_place_of_technicians_and_every_control_is_in_the_gallery() -> None:
    assert {str(place) for place in Place} - {"closed"} == set(parts(Kind.TECHNICIAN))
    assert set(parts(Kind.CONTROL)) == set(control_names())
    assert find("ActionButton") == tuple(each for each in subjects() if each.part == "ActionButton")
    assert find("nothing of this name") == ()


def test_nothing_is_approved_that_is_not_compared() -> None:
    approved = Approved()
    assert set(approved.digests) == {shot.name for shot in planned()}, "packaging/pictures approve keeps what there is"
    kept = set(approved_of.FOLDER.rglob("*.webp"))
    assert {path.relative_to(approved_of.FOLDER).as_posix().removesuffix(".webp") for path in kept} == set(
        approved.digests
    )
    assert sum(path.stat().st_size for path in kept) < BUDGET_BYTES


# --- the comparison itself ---------------------------------------------------------------------------------------


def picture(colour: str, *, size: tuple[int, int] = (200, 100)) -> Picture:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    for x in range(80, 120):
        for y in range(40, 60):
            image.setPixelColor(x, y, QColor(colour))
    return Picture(image=image, digest=digest(image))


def test_what_was_approved_is_there_the_next_time(tmp_path: Path) -> None:
    store = Approved(tmp_path)
    store.approve("page/one--mode", picture("#0b57a4"))
    store.write()
    again = Approved(tmp_path)
    assert again.digests == {"page/one--mode": picture("#0b57a4").digest}
    assert again.made_with == approved_of.surroundings()
    kept = again.picture("page/one--mode")
    assert kept is not None
    assert kept.size == (100, 50)
    again.drop(["page/one--mode"])
    again.write()
    assert Approved(tmp_path).digests == {}
    assert list(tmp_path.rglob("*.webp")) == []


def test_one_pixel_is_a_difference() -> None:
    before, after = picture("#0b57a4"), picture("#0b57a4").image.copy()
    after.setPixelColor(0, 0, QColor("#fffffe"))
    assert digest(after) != before.digest


def test_large_letters_are_compared_by_words_and_place() -> None:
    letters = Letters(x=80, y=40, width=40, height=20, words="A023 181 700")
    before, after = picture("#0b57a4").image, picture("#0b58a5").image
    assert digest(before) != digest(after)
    assert digest(before, [letters]) == digest(after, [letters])
    assert digest(before, [letters]) != digest(after, [Letters(x=80, y=40, width=40, height=20, words="A024 181 700")])
    assert digest(before, [letters]) != digest(before, [Letters(x=81, y=40, width=40, height=20, words=letters.words)])


def test_the_page_of_differences_shows_what_changed(tmp_path: Path) -> None:
    store = Approved(tmp_path / "approved")
    changed, new = planned([Kind.BENCH])[:2]
    store.approve(changed.name, picture("#0b57a4"))
    store.approve("page/gone--mode", picture("#0b57a4"))
    differences = Differences(tmp_path / "differences")
    difference = differences.add(changed, store, picture("#c8102e").image)
    # 40 x 20 of 200 x 100 pixels
    assert difference.percent == pytest.approx(4.0, abs=0.5)
    differences.add(new, store, picture("#c8102e").image)
    differences.gone("page/gone--mode", store)
    text = differences.page.read_text(encoding="utf-8")
    assert "3 pictures differ" in text
    for file in re.findall(r'<img [^>]*src="([^"]+)"', text):
        assert (differences.page.parent / file).is_file(), file
    assert set(difference.files) == {"approved", "now", "marked"}
    differences.begin([changed.name, new.name])
    assert "1 picture differs" in differences.page.read_text(encoding="utf-8")


def test_a_picture_of_another_size_is_marked_where_it_is_larger(tmp_path: Path) -> None:
    store = Approved(tmp_path / "approved")
    shot = planned([Kind.BENCH])[0]
    store.approve(shot.name, picture("#0b57a4"))
    larger = Differences(tmp_path).add(shot, store, picture("#0b57a4", size=(200, 200)).image)
    assert larger.percent == pytest.approx(50.0, abs=1.0)
