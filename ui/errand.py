"""Work that another thread does for something on the screen that may be gone before it is done.

The result is told by an object that outlives both: a signal emitted by a view model that QML deletes at that moment
would be emitted by nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

_running: set[Errand] = set()


class Errand(QObject):
    """One piece of work. Connect ``done``, then ``run``; whoever is gone by then is told nothing.

    Args:
        work: Done by the thread; touches nothing of Qt's, and raises nothing.
    """

    done = Signal(object)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(QCoreApplication.instance())
        self._work = work
        self.done.connect(self._end)

    def run(self, name: str) -> None:
        """Begin, on a thread of that name."""
        _running.add(self)
        threading.Thread(target=self._do, name=name, daemon=True).start()

    def _do(self) -> None:
        result = self._work()
        if QCoreApplication.instance() is not None:
            self.done.emit(result)

    @Slot(object)
    def _end(self, _result: object) -> None:
        _running.discard(self)
        self.deleteLater()
