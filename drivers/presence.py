"""Waiting until a path is there, or is there no more, without asking again and again.

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
_STIRS: Final = _ARRIVALS | Mask.DELETE | Mask.MOVED_FROM | Mask.ATTRIB
_DEPARTURES: Final = Mask.DELETE | Mask.MOVED_FROM | Mask.DELETE_SELF | Mask.MOVE_SELF | Mask.ONLYDIR
_MOST_LINKS: Final = 40
"""As many as the kernel follows before it says that they go round in circles (path_resolution(7))."""


async def appears(path: Path) -> None:
    """Wait until ``path`` exists, links followed; return at once when it does.

    Any part of the way to it may be missing at first, and may come, go and come again. Raises nothing; where the kernel
    gives no more watches it waits for ever, and the caller's own clock decides. May be cancelled.
    """
    inotify = _new_inotify(path)
    if inotify is None:
        await asyncio.get_running_loop().create_future()
        return
    with inotify:
        way = _Way(inotify, path)
        while not way.walk():
            await way.changed()


async def leaves(path: Path) -> None:
    """Wait until ``path`` does not exist any more, links followed; return at once when it does not.

    Raises nothing; where the kernel gives no more watches it waits for ever. May be cancelled.
    """
    try:
        inotify = Inotify()
    except OSError as error:
        _log.warning("%s cannot be watched: %s", path, error.strerror)
        await asyncio.get_running_loop().create_future()
        return
    with inotify:
        way = _Way(inotify, path, _DEPARTURES)
        while way.walk():
            await way.changed()


class _Way:
    """The folders that lead to a path, watched."""

    def __init__(self, inotify: Inotify, path: Path, news: Mask = _ARRIVALS) -> None:
        self._inotify = inotify
        self._news = news
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
            self._inotify.add_watch(folder, self._news)
        except OSError as error:  # no folder (any more), or not ours to read: what leads to it is watched all the same
            _log.debug("%s is not watched: %s", folder, error.strerror)

    def _matters(self, event: Event) -> bool:
        return event.name is None or str(event.name) in self._names


async def vanishes(path: Path) -> None:
    """Wait until ``path``, whose links are not followed, is there no more; return at once when it is not.

    Raises nothing; where the kernel gives no more watches it waits for ever. May be cancelled.
    """
    with Stirs(path.parent) as stirs:
        while _is_there(path):
            await stirs.next()


class Stirs:
    """Whatever comes, goes or changes its rights in a folder and in the folders directly in it.

    Who looks, waits for ``next`` and looks again misses nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._inotify = _new_inotify(folder)
        self._watched: set[int] = set()
        self._watch_all()

    def __enter__(self) -> Stirs:
        """Nothing but a way to leave."""
        return self

    def __exit__(self, *_: object) -> None:
        """Watch no longer."""
        if self._inotify is not None:
            self._inotify.close()

    async def next(self) -> None:
        """Wait until something stirred since the last call; the folder may come and go as well."""
        if self._inotify is None:
            await asyncio.get_running_loop().create_future()
        elif not self._watch_all():
            if self._watched:
                await self._inotify.get()
            else:
                await appears(self._folder)
            self._watch_all()

    def _watch_all(self) -> bool:
        """Watch what can be watched by now; return whether any of it is new."""
        if self._inotify is None:
            return False
        before = self._watched
        self._watched = set()
        for folder in (self._folder, *_folders_in(self._folder)):
            try:
                self._watched.add(self._inotify.add_watch(folder, _STIRS).wd)
            except OSError as error:
                _log.debug("%s is not watched: %s", folder, error.strerror)
        return not self._watched <= before


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return [inner for inner in folder.iterdir() if inner.is_dir()]
    except OSError:
        return []


def _new_inotify(path: Path) -> Inotify | None:
    try:
        return Inotify()
    except OSError as error:
        _log.warning("%s cannot be waited for: %s", path, error.strerror)
        return None
