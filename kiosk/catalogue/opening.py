"""Opening a catalogue: compiled when nothing has changed since, else read, checked and compiled anew.

The compiled file lies in this user's cache folder. It counts when the same program made it from the same files: names,
sizes and times are compared first, and where these differ the hash of all bytes. Whatever is wrong with it (damaged,
of another format, somebody else's), the files are read as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import platform
import stat
import tempfile
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from kiosk import forms
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.compiled import NotCompiled, header_of, packed, restamped, unpacked
from kiosk.catalogue.sources import Stamp, digest_of, files_of, stamp_of

log = logging.getLogger(__name__)

_SUFFIX: Final = ".compiled"
_KEPT: Final = 8
"""Compiled files kept: one for each folder opened lately."""


def load(root: Path, *, cache: Path | None = None) -> Catalogue:
    """Return the catalogue below ``root``.

    Args:
        root: Its folder.
        cache: Where compiled catalogues lie; left out, below ``XDG_CACHE_HOME`` or ``~/.cache``. Where no folder of
            this user alone can be had, nothing is kept and the files are read each time.

    Raises:
        CatalogueError: It has mistakes; the error holds all that were found. Mistakes of form (a wrong key, a missing
            language) are told before mistakes of sense (an unknown element), which need the records to be readable.
    """
    place = _place(root, cache)
    made_with = _made_with(root)
    if place is not None:
        found = _opened(root, place, made_with)
        if found is not None:
            return found
    from kiosk.catalogue.loading import read

    before = _stamp(root)
    catalogue, records = read(root)
    if place is not None and before is not None and before == _stamp(root):
        stamp = before.text if before.settled(time.time_ns()) else ""
        _write(place, packed(catalogue.contents, digest=records.digest, made_with=made_with, stamp=stamp))
    return catalogue


def cache_dir() -> Path | None:
    """Return the folder of compiled catalogues; ``None`` where this user has no home."""
    base = os.environ.get("XDG_CACHE_HOME")
    with contextlib.suppress(RuntimeError):
        return Path(base or "~/.cache").expanduser() / "onething-kiosk" / "catalogue"
    return None


def _opened(root: Path, place: Path, made_with: str) -> Catalogue | None:
    """Return the compiled catalogue, when it is whole and still what the files say."""
    content = _content(place)
    if content is None:
        return None
    try:
        header = header_of(content)
        if header.made_with != made_with:
            return None
        stamp = stamp_of(root)
        if not header.stamp or header.stamp != stamp.text:
            if digest_of(files_of(root)) != header.digest:
                return None
            contents = unpacked(content)
            if stamp == _stamp(root) and stamp.settled(time.time_ns()):
                _write(place, restamped(content, stamp.text))
        else:
            contents = unpacked(content)
            with contextlib.suppress(OSError):
                os.utime(place)  # what is in use is not removed to make room
        return Catalogue(contents)
    except (NotCompiled, OSError) as error:
        log.debug("compiled catalogue not used: %s", error)
        return None


def _stamp(root: Path) -> Stamp | None:
    try:
        return stamp_of(root)
    except OSError:
        return None


def _place(root: Path, cache: Path | None) -> Path | None:
    """Return the file for ``root``; ``None`` when the folder for it is not this user's alone."""
    folder = cache or cache_dir()
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:24]
    except (OSError, RuntimeError) as error:
        log.debug("no folder for compiled catalogues: %s", error)
        return None
    # whoever can write there decides what is offered and what is approved
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        log.debug("folder of compiled catalogues is not this user's alone")
        return None
    return folder / f"{name}{_SUFFIX}"


def _content(place: Path) -> bytes | None:
    try:
        with os.fdopen(os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
                return None
            return file.read()
    except OSError:
        return None


def _write(place: Path, content: bytes) -> None:
    """Put ``content`` there in one step; where that fails (a full disk), the next start reads the files again."""
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(place)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _tidy(place.parent)
    except OSError as error:
        log.debug("compiled catalogue not kept: %s", error)


def _tidy(folder: Path) -> None:
    """Remove the files of folders that were opened long ago, and what a killed process left."""
    aged = []
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            aged.append((path.stat().st_mtime_ns, path))
    compiled = sorted((each for each in aged if each[1].suffix == _SUFFIX), reverse=True)
    hour_ago_ns = time.time_ns() - 3_600_000_000_000
    left = [each for each in aged if each[1].suffix == ".tmp" and each[0] < hour_ago_ns]
    for _, path in (*compiled[_KEPT:], *left):
        path.unlink(missing_ok=True)


def _made_with(root: Path) -> str:
    """Return what read and checked the files, and the icons it found there, as one hash."""
    digest = hashlib.sha256(_program().encode())
    icons = root.parent / "icons"
    with contextlib.suppress(OSError):
        digest.update("\0".join(sorted(each.name for each in os.scandir(icons))).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _program() -> str:
    """Return which program this is: the sizes and times of the modules that decide what a catalogue is."""
    said = [platform.python_version(), msgspec.__version__]
    here, shapes = Path(__file__).parent, Path(str(forms.__file__)).parent
    for folder in (here, shapes, shapes / "conditions"):
        said += sorted(_modules(folder))
    return "\0".join(said)


def _modules(folder: Path) -> Iterable[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".pyc")):
                found = entry.stat()
                yield f"{entry.name} {found.st_size} {found.st_mtime_ns}"
