"""Files that are there whole or not at all, readable by their owner alone; secrets, which are made once and stay."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def secret_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the secret in ``path``; made by ``make`` when there is none yet.

    Two processes that start at once end with the same secret: the file appears whole or not at all, once.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    with _draft(path, make()) as draft, contextlib.suppress(FileExistsError):
        os.link(draft, path)
    return path.read_bytes()


def whole_file(path: Path, content: bytes) -> None:
    """Write ``path``, in place of what is there; who reads meanwhile finds the old or the new, never half of it."""
    with _draft(path, content) as draft:
        draft.replace(path)


@contextmanager
def _draft(path: Path, content: bytes) -> Iterator[Path]:
    """Give ``content`` on the disk beside ``path``; gone afterwards unless it was moved."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
