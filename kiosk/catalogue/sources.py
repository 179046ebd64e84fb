"""The files a catalogue is made of: which there are, what they hold as one hash, and whether one may have changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

SETTLED_NS: Final = 2_000_000_000
"""A file that was changed this recently may change again within one tick of its clock, unnoticed."""

VERSION_LENGTH: Final = 12


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """Names, sizes and times of all files."""

    text: str
    newest_ns: int
    """When a file was last changed, in its content or its place."""

    def settled(self, now_ns: int) -> bool:
        """Say whether the same stamp means the same files: none was changed a moment ago."""
        return self.newest_ns + SETTLED_NS < now_ns


def files_of(root: Path) -> Mapping[str, Path]:
    """Return the files below a catalogue's folder by their names below it, in the order of a sorted listing."""
    found = sorted(_walk(str(root), ""), key=lambda pair: pair[0].split("/"))
    return {name: Path(entry.path) for name, entry in found}


def digest_of(files: Mapping[str, Path]) -> str:
    """Return SHA-256 over the names and bytes of ``files``.

    Raises:
        OSError: One cannot be read.
    """
    digest = hashlib.sha256()
    for name, path in files.items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def version_of(digest: str) -> str:
    """Return the version that a digest over all files gives: short, as an application names it."""
    return digest[:VERSION_LENGTH]


def stamp_of(root: Path) -> Stamp:
    """Return the stamp of the files below ``root``, none of which is opened.

    Raises:
        OSError: A folder cannot be listed.
    """
    digest = hashlib.sha256()
    newest_ns = 0
    for name, entry in sorted(_walk(str(root), ""), key=lambda pair: pair[0]):
        found = entry.stat()
        newest_ns = max(newest_ns, found.st_mtime_ns, found.st_ctime_ns)
        stated = f"{name}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\0{found.st_ino}\0"
        digest.update(stated.encode("utf-8", "surrogateescape"))
    return Stamp(text=digest.hexdigest(), newest_ns=newest_ns)


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            elif entry.name.endswith(".yaml"):
                yield f"{prefix}{entry.name}", entry
