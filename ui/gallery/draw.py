"""Draws examples without a screen, each in a window of its own size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.gallery.examples import Example, examples
from ui.painting import painted
from ui.theme import Look, add_image_providers, apply_look
from ui.translations import load_translations

ROOT = Path(__file__).parents[2]

_SHEET_WIDTH_PX = 3240
_SHEET_GAP_PX = 40


class Easel:
    """An engine with the theme, on which one example after the other is drawn."""

    def __init__(self, look: Look) -> None:
        self._window = QQuickWindow()
        # an engine of a QQuickView waits for ever in singletonInstance (6.11.3), this one does not
        self.engine = engine = QQmlApplicationEngine()
        engine.addImportPath(str(ROOT))
        add_image_providers(engine)
        apply_look(engine, look)
        self._language = look.language

    def close(self) -> None:
        """Let go of window and engine, at once: nothing that is shown later meets their end."""
        shiboken6.delete(self._window)
        shiboken6.delete(self.engine)

    @contextmanager
    def shown(self, example: Example) -> Iterator[QQuickItem]:
        """Show ``example`` and yield the item it stands on.

        Raises:
            ValueError: The example does not fit the control; the text is what QML says of it.
        """
        component = QQmlComponent(self.engine)
        component.setData(
            example.as_qml(self._language).encode(), QUrl.fromLocalFile(str(ROOT / "ui" / "gallery" / "example.qml"))
        )
        if component.isError():
            raise ValueError(f"{example.control}.yaml, example {example.name}: {component.errorString()}")
        item = component.create()
        assert isinstance(item, QQuickItem)  # noqa: S101 - as_qml writes a Rectangle
        item.setParentItem(self._window.contentItem())
        self._window.resize(round(item.width()), round(item.height()))
        self._window.show()
        painted(self._window)
        # its height is known only after the first layout
        self._window.resize(round(item.width()), round(item.height()))
        painted(self._window)
        try:
            yield item
        finally:
            item.setVisible(False)
            item.deleteLater()

    def draw(self, example: Example) -> QImage:
        """Return the picture of ``example``; raises as ``shown`` does."""
        with self.shown(example):
            return self._window.grabWindow()


def draw_all(
    out: Path,
    *,
    languages: Sequence[str],
    controls: Sequence[str],
    elder: bool,
    high_contrast: bool,
    accent: str,
) -> int:
    """Draw every example of ``controls`` in ``languages`` into ``out`` and a sheet with all of them.

    Returns:
        The number of pictures.
    """
    application = QGuiApplication.instance() or QGuiApplication([])
    out.mkdir(parents=True, exist_ok=True)
    pictures: list[tuple[str, QImage]] = []
    for language in languages:
        translator = load_translations(language)
        application.installTranslator(translator)
        easel = Easel(Look(language=language, elder=elder, high_contrast=high_contrast, accent=accent))
        for control in controls:
            for example in examples(control):
                picture = easel.draw(example)
                name = f"{control}-{example.name}-{language}"
                picture.save(str(out / f"{name}.png"))
                pictures.append((name, picture))
        application.removeTranslator(translator)
    _sheet(pictures).save(str(out / "all.png"))
    return len(pictures)


def _sheet(pictures: list[tuple[str, QImage]]) -> QImage:
    """Lay the pictures in rows on one sheet, their names under them; very large ones are drawn at half size."""
    shown = [
        (name, picture if picture.width() < _SHEET_WIDTH_PX // 4 else picture.scaledToWidth(picture.width() // 2))
        for name, picture in pictures
    ]
    places: list[tuple[int, int]] = []
    x = y = _SHEET_GAP_PX
    row = 0
    for _, picture in shown:
        if x + picture.width() > _SHEET_WIDTH_PX - _SHEET_GAP_PX and x > _SHEET_GAP_PX:
            x, y, row = _SHEET_GAP_PX, y + row + 2 * _SHEET_GAP_PX, 0
        places.append((x, y))
        x += picture.width() + _SHEET_GAP_PX
        row = max(row, picture.height())
    sheet = QImage(_SHEET_WIDTH_PX, y + row + 2 * _SHEET_GAP_PX, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#ccd2d8"))
    painter = QPainter(sheet)
    font = QFont("Noto Sans CJK SC")
    font.setPixelSize(18)
    painter.setFont(font)
    for (name, picture), (left, top) in zip(shown, places, strict=True):
        painter.drawImage(left, top, picture)
        painter.drawText(left, top + picture.height() + 26, name)
    painter.end()
    return sheet
