"""The catalogues that were fetched, side by side, and the one in use.

    bundles/000012-3f9c…/catalogue/…   bundles/000013-77ab…/catalogue/…   current → bundles/000013-77ab…

``current`` is changed in one step. Whatever happens between the steps of an installation, it names a whole catalogue;
and if what it names turns out to be damaged, the one before it is used, and in the end the delivered one.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from kiosk.catalogue.mistakes import CatalogueError
from kiosk.catalogue.opening import load

log = logging.getLogger(__name__)

CATALOGUE: Final = "catalogue"
KEPT: Final = 3
"""Fetched catalogues kept to go back to."""

_CURRENT: Final = "current"
_BUNDLES: Final = "bundles"
_LEFT: Final = "left"
_NAME: Final = re.compile(r"([0-9]{6,12})-([0-9a-f]{12})")


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """A catalogue that was fetched and proven."""

    number: int
    version: str
    folder: Path

    @property
    def name(self) -> str:
        """Return the name of its folder."""
        return f"{self.number:06}-{self.version}"


class Store:
    """The fetched catalogues below one folder of the state."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made by the first installation."""
        self.folder = folder
        self._bundles = folder / _BUNDLES

    def installed(self) -> tuple[Installed, ...]:
        """Return what is there, the newest first."""
        found = []
        with contextlib.suppress(OSError):
            for path in self._bundles.iterdir():
                named = _NAME.fullmatch(path.name)
                if named is not None:
                    folder = path / CATALOGUE
                    found.append(Installed(number=int(named[1]), version=named[2], folder=folder))
        return tuple(sorted(found, key=lambda each: each.number, reverse=True))

    def current(self) -> Installed | None:
        """Return what ``current`` names; ``None`` where nothing was fetched."""
        try:
            name = (self.folder / _CURRENT).readlink().name
        except OSError:
            return None
        return next((each for each in self.installed() if each.name == name), None)

    def highest(self) -> int:
        """Return the number that a newer catalogue must exceed: of the current one, or of one that was left; else 0."""
        current = self.current()
        try:
            left = int((self.folder / _LEFT).read_text(encoding="ascii")[:20])
        except (OSError, ValueError):
            left = 0
        return max(left, 0 if current is None else current.number)

    def leave(self, number: int) -> None:
        """Never take catalogues up to ``number`` again.

        Raises:
            OSError: It cannot be noted.
        """
        note = self.folder / f".{_LEFT}.new"
        note.write_text(f"{number}\n", encoding="ascii")
        note.replace(self.folder / _LEFT)

    def candidates(self) -> Iterator[Installed]:
        """Yield what may be used, best first: the current one, then those before it."""
        current = self.current()
        if current is not None:
            yield current
            yield from (each for each in self.installed() if each.number < current.number)

    def making(self, name: str) -> Path:
        """Return an empty folder in which the catalogue of that name is put together.

        Raises:
            OSError: It cannot be made.
        """
        folder = self._bundles / f".{name}.new"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / CATALOGUE).mkdir(mode=0o700, parents=True)
        return folder

    def keep(self, made: Path, number: int, version: str) -> Installed:
        """Take what was put together in ``made`` among the installed; it is not in use yet.

        Raises:
            OSError: It cannot be.
        """
        shutil.rmtree(self._bundles / f"{number:06}-{version}", ignore_errors=True)  # of a try that was cut off
        os.sync()  # a power cut must not leave the names without the content
        done = Installed(number=number, version=version, folder=self._bundles / f"{number:06}-{version}" / CATALOGUE)
        made.rename(done.folder.parent)
        return done

    def drop(self, unusable: Installed) -> None:
        """Remove what turned out to be of no use."""
        shutil.rmtree(unusable.folder.parent, ignore_errors=True)

    def use(self, chosen: Installed) -> None:
        """Make ``chosen`` the current one, in one step.

        Raises:
            OSError: It cannot be; the one before still is.
        """
        link = self.folder / f".{_CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(_BUNDLES) / chosen.name)
        link.replace(self.folder / _CURRENT)

    def tidy(self) -> None:
        """Remove what is older than the last few, and what was never finished; never the current one."""
        current = self.current()
        for old in self.installed()[KEPT:]:
            if current is None or old.name != current.name:
                shutil.rmtree(old.folder.parent, ignore_errors=True)
        for left in self._bundles.glob(".*.new"):
            shutil.rmtree(left, ignore_errors=True)


def is_sound(each: Installed) -> bool:
    """Say whether a fetched catalogue can be used: its files are those that were signed, and have no mistakes."""
    try:
        version = load(each.folder).version
    except (CatalogueError, OSError) as error:
        log.warning("catalogue %s cannot be used: %s", each.name, str(error).partition("\n")[0])
        return False
    if version != each.version:
        log.warning("catalogue %s is damaged: its files give version %s", each.name, version)
    return version == each.version


def in_use(store: Store, delivered: Path) -> Path:
    """Return the folder of the catalogue to use: the current one, else the nearest before it that is sound.

    Args:
        store: What was fetched.
        delivered: The folder of the settings, for when nothing fetched can be used.
    """
    return next((each.folder for each in store.candidates() if is_sound(each)), delivered)
