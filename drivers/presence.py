"""Waiting until a path exists, without asking again and again.

Every folder on the way to the path is watched *before* its entry is looked at, so nothing can appear between looking
and watching. Symbolic links are followed by hand: those under /dev/serial/by-path and /dev/onething point at nodes that
may come later than the link, and a link may be replaced by one that points elsewhere.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
from pathlib import Path
from typing import Final

from asyncinotify import Event, Inotify, Mask

_log = logging.getLogger(__name__)

_ARRIVALS: Final = Mask.CREATE | Mask.MOVED_TO | Mask.DELETE_SELF | Mask.MOVE_SELF | Mask.ONLYDIR
"""A folder that was itself removed or renamed is no longer on the way: then the whole way is walked again."""
_MOST_LINKS: Final = 40
"""As many as the kernel follows before it says that they go round in circles (path_resolution(7))."""


async def appears(path: Path) -> None:
    """Wait until ``path`` exists, links followed; return at once when it does.

    Any part of the way to it may be missing at first, and may come, go and come again. Raises nothing; where the kernel
    gives no more watches it waits for ever, and the caller's own clock decides. May be cancelled.
    """
    try:
        inotify = Inotify()
    except OSError as error:
        _log.warning("%s cannot be waited for: %s", path, error.strerror)
        await asyncio.get_running_loop().create_future()
        return
    with inotify:
        way = _Way(inotify, path)
        while not way.walk():
            await way.changed()


class _Way:
    """The folders that lead to a path, watched."""

    def __init__(self, inotify: Inotify, path: Path) -> None:
        self._inotify = inotify
        self._path = Path.cwd() / path  # not resolved: the links on the way are what may change
        self._names: set[str] = set()

    def walk(self) -> bool:
        """Watch the way as far as it goes and return whether it reaches the path."""
        self._names.clear()
        folder, ahead = Path(self._path.anchor), list(reversed(self._path.parts[1:]))
        links = 0
        while ahead:
            name = ahead.pop()
            if name == os.pardir:
                folder = folder.parent  # what was walked so far has no links left in it
                continue
            self._watch(folder, name)
            entry = folder / name
            try:
                target = entry.readlink()
            except OSError as error:
                if error.errno != errno.EINVAL:  # EINVAL: it is there and no link
                    return False
                folder = entry
                continue
            links += 1
            if links > _MOST_LINKS:
                return False
            parts = list(target.parts)
            if target.is_absolute():
                folder = Path(parts.pop(0))
            ahead += reversed(parts)
        return True

    async def changed(self) -> None:
        """Wait until something happened that may have brought the way further."""
        while not self._matters(await self._inotify.get()):
            pass

    def _watch(self, folder: Path, name: str) -> None:
        self._names.add(name)
        try:
            self._inotify.add_watch(folder, _ARRIVALS)
        except OSError as error:  # no folder (any more), or not ours to read: what leads to it is watched all the same
            _log.debug("%s is not watched: %s", folder, error.strerror)

    def _matters(self, event: Event) -> bool:
        return event.name is None or str(event.name) in self._names
