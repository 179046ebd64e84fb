"""Where a running kiosk keeps things: state that stays, and a private folder that goes with the run."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

NAME: Final = "onething-kiosk"


class PlaceError(Exception):
    """A folder the kiosk needs cannot be used; the message says which, why and what to do."""


def state_dir() -> Path:
    """Return the folder of what stays, made when it was not there.

    Raises:
        PlaceError: It cannot be made or written.
    """
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    folder = Path(base).expanduser() / NAME
    return _private(folder, "Make it writable, or name another place in XDG_STATE_HOME.")


def runs_dir() -> Path:
    """Return the folder in which each run has its own.

    Raises:
        PlaceError: It cannot be made, or belongs to somebody else.
    """
    base = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(base) / NAME if base else Path(tempfile.gettempdir()) / f"{NAME}-{os.getuid()}"
    return _private(folder, "Remove it, or name another place in XDG_RUNTIME_DIR.")


@contextmanager
def only_one(state: Path) -> Iterator[None]:
    """Hold the state folder for this process.

    Raises:
        PlaceError: Another kiosk holds it, or nothing can be written there.
    """
    try:
        lock = (state / "lock").open("a+", encoding="ascii")
    except OSError as error:
        cure = "Make room there, make it writable, or name another place in XDG_STATE_HOME."
        raise PlaceError(f"{state / 'lock'}: {error.strerror}. {cure}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise PlaceError(
                f"A kiosk is running already (process {lock.read().strip() or 'unknown'}) with its state in {state}. "
                "End that one first, or give this one another place in XDG_STATE_HOME."
            ) from None
        # whose it is only makes the sentence above clearer: a disk that has become full keeps nobody from serving
        with contextlib.suppress(OSError):
            os.ftruncate(lock.fileno(), 0)
            os.write(lock.fileno(), str(os.getpid()).encode())
        yield


@contextmanager
def run_dir() -> Iterator[Path]:
    """Make the folder of this run, private to this user, and remove it at the end with all that is in it.

    Folders of runs that were killed are removed on the way.

    Raises:
        PlaceError: It cannot be made.
    """
    runs = runs_dir()
    for each in runs.iterdir():
        if not _is_alive(each):
            shutil.rmtree(each, ignore_errors=True)
    folder = runs / str(os.getpid())
    try:
        folder.mkdir(mode=0o700)
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(held, fcntl.LOCK_EX)
    except OSError as error:
        cure = "Make room there, or name another place in XDG_RUNTIME_DIR."
        raise PlaceError(f"{folder}: {error.strerror}. {cure}") from error
    try:
        yield folder
    finally:
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


def living_runs() -> list[Path]:
    """Return the folders of the kiosks this user has running, the newest last."""
    return sorted((each for each in runs_dir().iterdir() if _is_alive(each)), key=lambda each: each.stat().st_mtime)


def _private(folder: Path, cure: str) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise PlaceError(f"{folder}: {error.strerror}. {cure}") from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PlaceError(f"{folder}: not a folder of this user. {cure}")
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
    return folder


def _is_alive(folder: Path) -> bool:
    """Return whether its run holds it: the number alone may by now be another process's, or ours."""
    try:
        trial = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(trial, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(trial)
