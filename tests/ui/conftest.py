"""The screen without a screen: offscreen at 1080 × 1920, software rendering, every Qt warning a failure."""

from __future__ import annotations

import gc
import json
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from ui.quiet import EXCEPTIONS, RULES

_SCREEN = {"screens": [{"name": "kiosk", "x": 0, "y": 0, "width": 1080, "height": 1920, "logicalDpi": 96, "dpr": 1}]}

# Qt reads these when it is loaded; its own offscreen screen has 800 × 800, to which a full-screen window shrinks
_file = Path(tempfile.mkdtemp(prefix="kiosk-screen-")) / "screen.json"
_file.write_text(json.dumps(_SCREEN), encoding="utf-8")
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_file}"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QT_IM_MODULE"] = "qtvirtualkeyboard"
os.environ["QT_VIRTUALKEYBOARD_DESKTOP_DISABLE"] = "1"
# not only ignored but never said: in pytest-qt's handler a message of Qt's loader thread waits for the interpreter's
# lock, while the main thread holds that lock and waits for the loader
os.environ["QT_LOGGING_RULES"] = ";".join(RULES)
# the Pinyin keyboard writes what it learns below these
os.environ["XDG_CONFIG_HOME"] = str(_file.parent / "config")
os.environ["XDG_CACHE_HOME"] = str(_file.parent / "cache")


def pytest_configure(config: pytest.Config) -> None:
    """Let the reasoned exceptions pass."""
    config.addinivalue_line("qt_log_ignore", EXCEPTIONS[0])
    for exception in EXCEPTIONS[1:]:
        config.addinivalue_line("qt_log_ignore", exception)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Name the application as the terminal does."""
    return ["kiosk"]


@pytest.fixture(scope="session", autouse=True)
def _generated() -> None:
    """Say what is missing before fifty tests fail of it."""
    missing = [name for name in ("kiosk_en.qm", "kiosk_zh_Hant.qm") if not Path("ui/i18n", name).is_file()]
    if missing:
        pytest.fail(f"{missing} are not built; packaging/checks/build-translations builds them")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Collect what a test leaves here, on the main thread, and nothing anywhere meanwhile.

    It leaves cycles: windows, engines, timers. The collector runs on whichever thread happens to make the next object,
    also one of a backend that a later module tests; Qt's objects that end there bring the process down as soon as an
    event comes for them. Behind a test all that is its own is young, which is soon done; behind a module is the rest.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect(1 if nextitem is not None and nextitem.path == item.path else 2)
        gc.enable()
