"""What of the look can be chosen, and how it reaches the ``Theme`` of an engine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlComponent, QQmlEngine

from ui.theme.palette import DEFAULT_ACCENT, palette_for

# 21.5 inch panel of 1920 × 1080: 0.248 mm from pixel to pixel
STANDARD_PIXELS_PER_MM = 4.03

_THEME_HOLDER = b"import QtQml\nimport ui.theme\nQtObject { readonly property QtObject theme: Theme }"


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The choices behind the theme: a city's, a panel's and a citizen's.

    Attributes:
        accent: The city's colour, ``#rrggbb``.
        pixels_per_mm: Density of the panel, from settings or from the screen.
        elder: Text half as large again, one action a page (长辈版).
        high_contrast: 7:1 for every pair of colours that is told apart (高对比).
        low_reach: What can be touched is in the lower half (低位操作).
        guided: Guided by sound and five keys (语音导览).
        reduced_motion: Pages change without moving.
        dark: Light words on a dark ground.
        language: ``zh-Hans``, ``zh-Hant`` or ``en``; decides the shapes of the characters.
    """

    accent: str = DEFAULT_ACCENT
    pixels_per_mm: float = STANDARD_PIXELS_PER_MM
    elder: bool = False
    high_contrast: bool = False
    low_reach: bool = False
    guided: bool = False
    reduced_motion: bool = False
    dark: bool = False
    language: str = "zh-Hans"


def apply_look(engine: QQmlEngine, look: Look) -> None:
    """Put ``look`` into the ``Theme`` of ``engine``; a page on the screen changes at once.

    Raises:
        RuntimeError: The engine cannot find ``ui.theme``; call ``engine.addImportPath`` with the project first.
        ValueError: The accent is not a colour.
    """
    # Loaded as a component, never first by singletonInstance: that one keeps Python's lock while Qt's loader thread
    # asks an installed QTranslator for a word, which needs the lock, and both wait for ever (6.11.3).
    component = QQmlComponent(engine)
    component.setData(_THEME_HOLDER, QUrl.fromLocalFile(str(Path(__file__).with_name("holder.qml"))))
    if component.isError():
        raise RuntimeError(f"the theme does not load; is the project on the import path? {component.errorString()}")
    theme = component.create().property("theme")
    values: dict[str, object] = {
        "pixelsPerMm": look.pixels_per_mm,
        "elder": look.elder,
        "highContrast": look.high_contrast,
        "lowReach": look.low_reach,
        "guided": look.guided,
        "reducedMotion": look.reduced_motion,
        "dark": look.dark,
        "language": look.language,
    }
    colours = asdict(palette_for(look.accent, high_contrast=look.high_contrast, dark=look.dark))
    values |= {name: QColor(colour) for name, colour in colours.items()}
    for name, value in values.items():
        if not theme.setProperty(name, value):
            raise RuntimeError(f"Theme.qml has no property {name}")
