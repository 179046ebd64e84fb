"""Colours that can be read, sizes that can be touched, motion that does not hold anyone up."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QTranslator, QUrl
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from pytestqt.qtbot import QtBot

from ui.theme import Look, add_image_providers, apply_look, contrast, palette_for
from ui.theme.icons import ICONS, draw_icon, draw_qr
from ui.theme.palette import HIGH_CONTRAST, OUTLINE_CONTRAST, OUTLINES, PAIRS, SURFACES, TEXT_CONTRAST

ROOT = Path(__file__).parents[2]
THEME = ROOT / "ui" / "theme" / "Theme.qml"

accents = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))


def theme_of(look: Look) -> tuple[QQmlApplicationEngine, QObject]:
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(ROOT))
    add_image_providers(engine)
    apply_look(engine, look)
    component = QQmlComponent(engine)
    component.setData(
        b"import QtQml\nimport ui.theme\nQtObject { readonly property QtObject theme: Theme }",
        QUrl.fromLocalFile(str(THEME.with_name("test.qml"))),
    )
    holder = component.create()
    holder.setParent(engine)
    return engine, holder.property("theme")


@given(accents, st.booleans(), st.booleans())
def test_everything_can_be_told_apart_whatever_colour_a_city_takes(accent: str, high: bool, dark: bool) -> None:
    palette = palette_for(accent, high_contrast=high, dark=dark)
    for pairs, usual in ((PAIRS, TEXT_CONTRAST), (OUTLINES, OUTLINE_CONTRAST)):
        wanted = HIGH_CONTRAST if high else usual
        for ink, ground in pairs:
            ratio = contrast(getattr(palette, ink), getattr(palette, ground))
            assert ratio >= wanted, f"{ink} on {ground}: {ratio:.2f}"
    if high:
        for ground in SURFACES:
            assert contrast(palette.line, getattr(palette, ground)) >= HIGH_CONTRAST
            assert contrast(palette.accent, getattr(palette, ground)) >= HIGH_CONTRAST, "a fill is no tint"


def test_every_colour_is_measured() -> None:
    measured = {name for pair in (*PAIRS, *OUTLINES) for name in pair}
    assert set(asdict(palette_for())) - measured == {"line"}, "parts of a page, told apart by more than a line"


def test_edges_are_seen_in_high_contrast(qtbot: QtBot) -> None:
    engine, theme = theme_of(Look(high_contrast=True, pixels_per_mm=3.4))
    assert theme.property("lineThin") >= 2
    assert theme.property("lineThick") > theme.property("lineThin")
    del theme, engine


def test_contrast_is_the_one_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("wrong", ["", "red", "#12345", "#12345g", "123456"])
def test_a_wrong_colour_says_how_to_write_one(wrong: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        palette_for(wrong)


def test_the_theme_stands_on_the_standard_palette() -> None:
    written = dict(re.findall(r'^    property color (\w+): "(#\w+)"', THEME.read_text(encoding="utf-8"), re.MULTILINE))
    assert written == asdict(palette_for())


def test_no_token_looks_like_a_signal_handler() -> None:
    names = re.findall(r"property \w+ (\w+)", THEME.read_text(encoding="utf-8"))
    assert names
    assert not [name for name in names if re.match(r"on[A-Z]", name)]


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
@pytest.mark.parametrize("pixels_per_mm", [3.4, 4.03, 8.0])
def test_targets_are_large_enough_and_apart(qtbot: QtBot, pixels_per_mm: float, *, elder: bool) -> None:
    engine, theme = theme_of(Look(pixels_per_mm=pixels_per_mm, elder=elder))
    assert theme.property("touchTarget") / pixels_per_mm >= 12.7
    assert theme.property("touchComfort") >= theme.property("touchTarget")
    assert theme.property("touchGap") / pixels_per_mm >= 2.54
    assert theme.property("gapSmall") / pixels_per_mm >= 2.54
    del theme, engine


def test_elder_text_is_half_as_large_again(qtbot: QtBot) -> None:
    engine, usual = theme_of(Look())
    other, elder = theme_of(Look(elder=True))
    for size in ("bodySize", "captionSize", "headingSize", "titleSize", "displaySize"):
        assert elder.property(size) >= round(1.5 * usual.property(size)) - 1
    assert elder.property("elder")
    del usual, elder, engine, other


def test_motion_is_short_and_can_be_none(qtbot: QtBot) -> None:
    engine, theme = theme_of(Look())
    assert 0 < theme.property("motionQuick") <= theme.property("motion") <= 250
    apply_look(engine, Look(reduced_motion=True))
    assert theme.property("motion") == theme.property("motionQuick") == theme.property("motionTravel") == 0
    del theme, engine


def test_characters_have_the_shapes_of_the_language(qtbot: QtBot) -> None:
    engine, theme = theme_of(Look(language="zh-Hant"))
    assert theme.property("fontFamily") == "Noto Sans CJK TC"
    apply_look(engine, Look(language="zh-Hans"))
    assert theme.property("fontFamily") == "Noto Sans CJK SC"
    del theme, engine


def test_a_look_reaches_an_engine_under_a_translator(qtbot: QtBot, qapp: QObject) -> None:
    translator = QTranslator()
    qapp.installTranslator(translator)  # type: ignore[attr-defined] # pytest-qt gives the application as an object
    try:
        engine, theme = theme_of(Look())
        assert theme.property("pixelsPerMm") == pytest.approx(4.03)
        del theme, engine
    finally:
        qapp.removeTranslator(translator)  # type: ignore[attr-defined] # as above


def test_an_icon_takes_the_colour_and_the_size() -> None:
    picture = draw_icon("check", "ff0000", 40, 40)
    assert (picture.width(), picture.height()) == (40, 40)
    drawn = {
        picture.pixelColor(x, y).name() for x in range(40) for y in range(40) if picture.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {"#ff0000"}


def test_every_icon_draws() -> None:
    for path in ICONS.glob("*.svg"):
        picture = draw_icon(path.stem, "000000", 24, 24)
        assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), path.name


@pytest.mark.parametrize("name", ["nothing-like-it", "../README", "", "a/b"])
def test_an_unknown_icon_is_not_looked_for_elsewhere(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        draw_icon(name, "000000", 24, 24)


def test_a_qr_code_can_be_read_back() -> None:
    import zxingcpp
    from PIL import Image

    payload = "https://example.org/办件_1%20?a=b&c=100%"
    picture = draw_qr(payload)
    picture = picture.scaled(picture.size() * 6)
    read = zxingcpp.read_barcodes(
        Image.frombytes("RGBA", (picture.width(), picture.height()), bytes(picture.constBits()), "raw", "BGRA")
    )
    assert [found.text for found in read] == [payload]
