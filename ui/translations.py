"""The translations of the screen's own words. Simplified Chinese is the source and needs none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTranslator

FOLDER = Path(__file__).parent / "i18n"

_FILES = {"zh-Hant": "kiosk_zh_Hant.qm", "en": "kiosk_en.qm"}


def load_translations(language: str) -> QTranslator:
    """Return the translator of ``language`` (``zh-Hans``: an empty one), for ``installTranslator``.

    Raises:
        FileNotFoundError: The compiled file is missing; ``packaging/checks/build-translations`` makes it.
        ValueError: There is no such language.
    """
    translator = QTranslator()
    if language == "zh-Hans":
        return translator
    if language not in _FILES:
        raise ValueError(f"no language {language!r}; there are zh-Hans, {', '.join(_FILES)}")
    path = FOLDER / _FILES[language]
    if not translator.load(str(path)):
        raise FileNotFoundError(f"{path} is missing; packaging/checks/build-translations makes it")
    return translator
