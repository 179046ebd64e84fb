"""The terminal process: Qt on the main thread, everything else on the core thread."""

from __future__ import annotations

import functools
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.catalogue import Catalogue
from kiosk.devices.backlight import Backlight
from kiosk.session.events import Event
from kiosk.session.state import Session
from kiosk.settings import Settings
from ui import quiet, terminal
from ui.bench.border import Bench, QtScreen, QtSound
from ui.core import Core
from ui.dimming import Dimming
from ui.dock import Dock
from ui.frames import FrameProvider
from ui.models.dock import DockModel
from ui.models.narrator import NarratorModel
from ui.models.page import Desk
from ui.screen import NoScreen, Screen

log = logging.getLogger(__name__)

SECOND_TAP_MS: Final = 350
"""From the first tap of a double tap to the second, for most hands; a page comes in far less."""
SWITCH_S: Final = 0.0005
"""How long another thread may keep the interpreter from the one that paints; a page reads hundreds of values, and with
Python's own 5 ms each of them may wait that long while the core works."""

COMPILED: Final = Path(__file__).parents[1] / "build" / "qml"
"""Where Qt keeps compiled QML: its own place for it would be in the cache folder, which ends with this run."""


def environment(runtime_dir: Path) -> dict[str, str]:
    """Return the variables Qt reads at its start.

    The Pinyin keyboard learns what was typed, names included, and keeps it under the configuration and cache folders:
    they are the runtime folder's, which ends with this run.

    A panel tells of a finger 120 times a second; Qt would hand on what is left at each frame, and signatures and
    written characters would have corners.

    Qt writes its own messages to standard error, which the supervisor logs: a message handler in Python would need the
    interpreter's lock on Qt's loader threads, while the main thread holds it and waits for them.

    Args:
        runtime_dir: A folder of this run, on memory where the system has it.
    """
    return {
        "QT_QUICK_BACKEND": os.environ.get("QT_QUICK_BACKEND", "software"),
        "QML_DISK_CACHE_PATH": str(COMPILED),
        "QML_NO_TOUCH_COMPRESSION": "1",
        "QT_MESSAGE_PATTERN": "qt: %{type}: %{message}",
        "QT_LOGGING_RULES": ";".join(quiet.RULES),
        "QT_IM_MODULE": "qtvirtualkeyboard",
        "QT_VIRTUALKEYBOARD_DESKTOP_DISABLE": "1",
        "XDG_CONFIG_HOME": str(runtime_dir / "config"),
        "XDG_CACHE_HOME": str(runtime_dir / "cache"),
    }


@dataclass(kw_only=True, slots=True)
class Terminal:
    """A terminal whose window is open; ``run`` serves until it is told to end."""

    application: QGuiApplication
    window: QQuickWindow
    screen: Screen
    core: Core
    frames: FrameProvider
    catalogue: Catalogue
    dock: DockModel | None
    bench: Bench
    """Where tests of a technician's visit show themselves."""
    shown: threading.Event
    """Set once the first page is shown; devices are opened from then on."""

    def run(self) -> int:
        """Serve citizens until the application quits; return its exit code."""
        try:
            return self.application.exec()
        finally:
            self.close()

    def close(self) -> None:
        """Let go of devices and pages."""
        self.shown.set()  # who waits for the first page need not any more
        self.core.stop()
        self.bench.close()
        self.screen.close()


def open_terminal(
    settings: Settings,
    *,
    state_dir: Path,
    runtime_dir: Path,
    dock: Dock | None = None,
    on_shown: Callable[[], None] = lambda: None,
    full_screen: bool = True,
    second_tap_ms: int = 0,
) -> Terminal:
    """Start Qt, the session and the screen.

    Args:
        settings: With every wire filled in.
        state_dir: Holds what must survive: the outbox.
        runtime_dir: Holds what must not.
        dock: The simulated devices beside the screen; None on a real terminal.
        on_shown: Called once, when the first page is painted and answers a touch.
        full_screen: Fill the screen; otherwise the window has the size of the layout.
        second_tap_ms: How long after a touch the same place takes none of the page that came by it; 0 where nobody's
            finger taps twice.

    Raises:
        NoScreen: the pages cannot be loaded.
    """
    gc.disable()
    goods = terminal.stock(settings)  # before Qt's cache folder is named: a compiled catalogue outlives this run
    os.environ.update(environment(runtime_dir))
    sys.setswitchinterval(SWITCH_S)
    application = QGuiApplication(sys.argv[:1])
    application.setApplicationName("kiosk")
    frames = FrameProvider()
    # a signal of Qt may be emitted from any thread and arrives on the thread of its receiver
    shown = threading.Event()
    width_px, height_px = settings.terminal.layout.size_px
    pixels_per_mm = settings.terminal.pixels_per_mm(width_px, height_px)

    def stop_test() -> None:
        from kiosk.diagnostics.visit.events import Stopped

        core.post_visit(Stopped())

    bench = Bench(pixels_per_mm=pixels_per_mm, stop=stop_test, parent=application)
    core = Core(
        lambda changed: terminal.runner(
            goods,
            state_dir=state_dir,
            runtime_dir=runtime_dir,
            frames=frames,
            shown=shown,
            changed=changed,
            visited=core.visitChanged.emit,
            receive=core.take_visits,
            screen=QtScreen(bench),
            sound=QtSound(bench),
        )
    )

    def post(event: Event) -> None:
        core.post(event)

    def knock() -> None:
        from kiosk.diagnostics.visit.events import Knocked

        core.post_visit(Knocked())

    zone = ZoneInfo(settings.city.timezone)
    desk = Desk(
        catalogue=goods.catalogue,
        settings=settings,
        sentences=goods.sentences,
        post=post,
        now=lambda: datetime.now(zone),
        knock=knock,
    )
    screen = Screen(
        desk,
        narrator=NarratorModel(functools.partial(terminal.speech, goods), application)
        if settings.terminal.sounds
        else None,
        pixels_per_mm=pixels_per_mm,
        frames=frames,
        dock=dock.model({each.id: each.name.zh_hans for each in goods.catalogue.services()}, application)
        if dock is not None
        else None,
        post_visit=core.post_visit,
        parent=application,
    )
    light = Backlight()
    dimming = Dimming(settings.attract, light.set, application)
    dimming.dim(night=False)
    screen.attract.nightChanged.connect(dimming.dim)
    screen.show(Session(language=settings.languages.default))
    core.stateChanged.connect(screen.show)  # queued by itself: emitted on the core thread
    core.stateChanged.connect(dimming.saw)
    application.aboutToQuit.connect(light.close)
    core.visitChanged.connect(screen.show_visit)  # likewise
    core.visitChanged.connect(bench.see)
    core.failed.connect(lambda _: application.exit(1))

    def fetch_the_rest() -> None:
        try:
            terminal.fetch_the_rest(goods)
        except Exception as error:  # the last resort of a thread: whatever it was, the terminal must know
            log.exception("something the terminal needs cannot be loaded")
            core.failed.emit(str(error))
        # what was loaded stays to the end: the collector need never walk through it while a citizen waits for a page
        gc.freeze()
        gc.enable()

    def answers() -> None:
        on_shown()
        shown.set()
        threading.Thread(target=fetch_the_rest, name="rest", daemon=True).start()
        screen.load_the_rest()
        if dock is not None:
            dock.start()

    first = _FirstAnswer(core, answers, application)
    core.start()  # imports what it needs while Qt loads the pages
    try:
        window = screen.open()
    except NoScreen:
        shown.set()  # nobody waits for it any more
        core.stop()
        raise
    bench.attach(window, screen.engine)
    window.setProperty("secondTap", second_tap_ms)
    first.watch(window)
    window.resize(width_px, height_px)
    if full_screen:
        window.showFullScreen()
    else:
        window.show()
    return Terminal(
        application=application,
        window=window,
        screen=screen,
        core=core,
        frames=frames,
        catalogue=goods.catalogue,
        dock=screen.dock,
        bench=bench,
        shown=shown,
    )


class _FirstAnswer(QObject):
    """Tells once that a frame is on the screen and that the core runs: from then on every touch is taken.

    Args:
        core: Not started yet.
        tell: Called on the Qt thread.
        parent: Owner.
    """

    def __init__(self, core: Core, tell: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._missing = {"frame", "core"}
        self._tell = tell
        core.stateChanged.connect(self._state)

    def watch(self, window: QQuickWindow) -> None:
        """Count the frames of ``window``, which is not shown yet."""
        window.frameSwapped.connect(self._frame)

    def _frame(self) -> None:
        self._there("frame")

    def _state(self, _: object) -> None:
        self._there("core")

    def _there(self, what: str) -> None:
        if what in self._missing:
            self._missing.discard(what)
            if not self._missing:
                QTimer.singleShot(0, self._tell)  # not within the frame


def end_on_signal(application: QGuiApplication) -> QSocketNotifier:
    """End the application on SIGTERM and SIGINT; return what must be kept alive for it.

    Python runs its handlers only between bytecodes and Qt's loop has none: the signal wakes it through a socket.
    """
    import socket

    read, write = socket.socketpair()
    write.setblocking(False)
    signal.set_wakeup_fd(write.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(read.fileno(), QSocketNotifier.Type.Read, application)
    notifier.activated.connect(application.quit)
    notifier.setProperty("sockets", (read, write))
    return notifier
