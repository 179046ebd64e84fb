"""The light of the panel, where the kernel can set it: dim while nobody is there at night.

Source: Linux, Documentation/ABI/stable/sysfs-class-backlight (``brightness``, ``max_brightness``).
"""

from __future__ import annotations

import logging
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

BACKLIGHTS: Final = Path("/sys/class/backlight")


class Backlight:
    """Every panel's light. Nobody waits for it: a panel that is slow to hear is set on a thread.

    A panel that may not be set is told of once; then only the dark picture dims.

    Args:
        folder: Where the kernel lists them.
        worker: Sets them, one after the other; a thread of its own when none is given.
    """

    def __init__(self, folder: Path = BACKLIGHTS, worker: Executor | None = None) -> None:
        self._folder = folder
        self._worker = worker or ThreadPoolExecutor(max_workers=1, thread_name_prefix="backlight")
        self._told: set[str] = set()

    def set(self, percent: int) -> None:
        """Let the panels give this share of their light; never none at all."""
        self._worker.submit(self._set, percent)

    def close(self) -> None:
        """Wait for what was asked, and take no more."""
        self._worker.shutdown()

    def _set(self, percent: int) -> None:
        for panel in sorted(self._folder.glob("*")):
            try:
                most = int((panel / "max_brightness").read_text(encoding="ascii"))
                (panel / "brightness").write_text(str(max(1, most * percent // 100)), encoding="ascii")
            except (OSError, ValueError) as error:
                if panel.name not in self._told:
                    self._told.add(panel.name)
                    log.warning("the light of the panel %s cannot be set: %s", panel.name, error)
