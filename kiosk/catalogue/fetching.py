"""Taking a newer bundle from a folder or over HTTP; whatever is wrong with it, the catalogue in use stays in use."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final, Protocol

import httpx
import msgspec

from kiosk.catalogue.bundles import (
    INDEX,
    LIMIT_BYTES,
    BundleError,
    NothingBefore,
    TooEarly,
    TooOld,
    Unreachable,
    Unusable,
    proven,
)
from kiosk.catalogue.installed import CATALOGUE, Installed, Store, is_sound
from kiosk.catalogue.mistakes import CatalogueError
from kiosk.catalogue.opening import load
from kiosk.catalogue.publishing import Listed, parse_index, write_files
from kiosk.licences import Issuers

log = logging.getLogger(__name__)

ANSWER_S: Final = 10.0
_INDEX_BYTES: Final = 4 * 1024 * 1024


class Place(Protocol):
    """Where bundles are published."""

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a file.

        Raises:
            Unreachable: It is not there, cannot be had, or is longer than the limit.
        """


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came of looking for a newer catalogue."""

    taken: Installed | None
    """In use from the next start on; ``None``: there was nothing newer that could be used."""
    refused: tuple[tuple[str, str], ...] = ()
    """File and reason of each bundle that was not taken."""


class Folder:
    """A folder: a share, a stick."""

    def __init__(self, folder: Path) -> None:
        """Read from ``folder``."""
        self._folder = folder

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a file; see ``Place``."""
        path = self._folder / name
        try:
            with path.open("rb") as file:
                content = file.read(limit_bytes + 1)
        except OSError as error:
            raise Unreachable(f"{path}: {error.strerror}") from error
        if len(content) > limit_bytes:
            raise Unreachable(f"{path} is longer than {limit_bytes} bytes")
        return content


class Web:
    """A server; nothing it says is believed that is not signed."""

    def __init__(self, address: str, client: httpx.Client) -> None:
        """Read below ``address``."""
        self._address = address.rstrip("/")
        self._client = client

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a file; see ``Place``."""
        found = bytearray()
        try:
            with self._client.stream("GET", f"{self._address}/{name}") as answer:
                answer.raise_for_status()
                for part in answer.iter_bytes():
                    found += part
                    if len(found) > limit_bytes:
                        raise Unreachable(f"{name} is longer than {limit_bytes} bytes")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(f"{self._address}/{name}: {str(error) or type(error).__name__}") from error
        return bytes(found)


@contextmanager
def place_of(source: str) -> Iterator[Place]:
    """Hold the place that a setting names: a folder, or an http(s) address."""
    if source.startswith(("http://", "https://")):
        with httpx.Client(timeout=ANSWER_S, follow_redirects=True) as client:
            yield Web(source, client)
    else:
        yield Folder(Path(source))


def fetch(place: Place, trusted: Issuers, store: Store, today: date) -> Fetched:
    """Take the newest bundle that is in force and newer than all before, and put it to use.

    Args:
        place: Where bundles are published.
        trusted: Who may prepare and approve.
        store: Where it is installed.
        today: The day.

    Raises:
        Unreachable: The place cannot be read; nothing has changed.
        BundleError: Its index is damaged; nothing has changed.
        OSError: There is no room for it; what was in use still is.
    """
    index = parse_index(place.read(INDEX, _INDEX_BYTES))
    refused: list[tuple[str, str]] = []
    highest = _highest(store)
    for listed in sorted(index, key=lambda each: each.number, reverse=True):
        if listed.number <= highest:
            break
        try:
            return Fetched(taken=_install(place, listed, trusted, store, today, highest), refused=tuple(refused))
        except BundleError as error:
            log.warning("bundle %s not taken: %s", listed.file, error)
            refused.append((listed.file, str(error)))
    return Fetched(taken=None, refused=tuple(refused))


def _highest(store: Store) -> int:
    """Return the number to exceed; a current catalogue that was damaged may be taken again."""
    current, highest = store.current(), store.highest()
    damaged = current is not None and current.number == highest and not is_sound(current)
    return highest - 1 if damaged else highest


def _install(place: Place, listed: Listed, trusted: Issuers, store: Store, today: date, highest: int) -> Installed:
    if listed.effective > today:
        raise TooEarly(f"it takes effect on {listed.effective}")
    content = place.read(listed.file, LIMIT_BYTES)
    found = proven(content, trusted, today)
    manifest = found.manifest
    if manifest.effective > today:
        raise TooEarly(f"it takes effect on {manifest.effective}")
    if manifest.number <= highest:
        raise TooOld(f"number {manifest.number} is not newer than {highest}")
    made = store.making(f"{manifest.number:06}-{manifest.version}")
    write_files(found, made / CATALOGUE)
    (made / "bundle.json").write_bytes(content)
    done = store.keep(made, manifest.number, manifest.version)
    try:
        version = load(done.folder).version  # and with that it is compiled: the next start need not
    except CatalogueError as error:
        store.drop(done)
        raise Unusable(f"its catalogue has {len(error.mistakes)} mistakes: {error.mistakes[0]}") from error
    if version != manifest.version:
        store.drop(done)
        raise Unusable("what was written is not what was signed")
    store.use(done)
    store.tidy()
    return done


def roll_back(store: Store) -> Installed:
    """Put the catalogue before the current one to use again; the one left is never taken again, only a newer one.

    Raises:
        NothingBefore: There is none that could be used.
        OSError: It cannot be; the current one still is in use.
    """
    current = store.current()
    if current is None:
        raise NothingBefore("no catalogue was fetched; the delivered one is in use")
    for each in store.candidates():
        if each.number < current.number and is_sound(each):
            store.leave(current.number)
            store.use(each)
            return each
    raise NothingBefore(f"no catalogue was fetched before {current.name}")
