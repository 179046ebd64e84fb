"""Work that another thread does for something on the screen that may be gone before it is done.

The result is told by an object that outlives both: a signal emitted by a view model that QML deletes at that moment
would be emitted by nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot


class _Counter(QObject):
    """Where results are handed over to the screen's thread; one, for as long as the process lives."""

    come = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.results: SimpleQueue[tuple[WeakMethod[Any], object]] = SimpleQueue()
        self.come.connect(self._hand_over)

    @Slot()
    def _hand_over(self) -> None:
        while not self.results.empty():
            wanted, result = self.results.get_nowait()
            then = wanted()
            if then is not None and shiboken6.isValid(then.__self__):
                then(result)


_counters: list[_Counter] = []


def send(work: Callable[[], object], then: Callable[[Any], None], name: str) -> None:
    """Do ``work`` on a thread and hand its result to ``then``, a method, on this one; whoever is gone is told nothing.

    Args:
        work: Touches nothing of Qt's, and raises nothing.
        then: A method of an object of Qt's, held weakly.
        name: Of the thread.
    """
    if not _counters:
        _counters.append(_Counter())
    counter = _counters[0]
    wanted: WeakMethod[Any] = WeakMethod(then)

    def do() -> None:
        counter.results.put((wanted, work()))
        counter.come.emit()

    threading.Thread(target=do, name=name, daemon=True).start()
