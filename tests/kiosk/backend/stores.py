"""Empty databases with all tables, of either kind, for tests below the backend."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from backend.postgres import cluster
from kiosk.backend.storage import Database


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[Database]:
    """Open a database of ``kind``, ``sqlite`` or ``postgresql``, that nobody else uses; gone afterwards."""
    if kind == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        made = Database(shutil.copy(_file(), folder / "backend.sqlite"))
        yield made
        made.close()
        return
    address = cluster().copy(_address())
    made = Database(address)
    yield made
    made.close()
    cluster().drop(address)


@cache
def _file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Database(folder / "empty.sqlite").close()
    return folder / "empty.sqlite"


@cache
def _address() -> str:
    address = cluster().create()
    Database(address).close()
    return address
