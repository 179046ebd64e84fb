"""Applications on disk, from before they are sent until they are answered."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from pathlib import Path

import msgspec

from kiosk.submission.errors import OutboxFull

log = logging.getLogger(__name__)

_KEY = re.compile(r"[0-9a-fA-F-]{36}")


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """One application on its way."""

    key: str
    """Idempotency key; every attempt carries it."""
    token: str
    """Of the holder who signed it."""
    request: msgspec.Raw
    """The encoded ``ApplicationRequest``, sent byte for byte the same each time."""


class Outbox:
    """A directory with one file an application, readable by the kiosk's user alone.

    Args:
        directory: Made when it is missing, mode 0700.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def put(self, parcel: Parcel) -> None:
        """Write ``parcel`` so that a power cut leaves it whole or not at all. Blocks for a write to the disk.

        Raises:
            OutboxFull: it could not be written; nothing of it is left.
        """
        path = self._path(parcel.key)
        draft = path.with_suffix(".new")
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(parcel))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
            self._sync_directory()
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise OutboxFull(str(error)) from error

    def remove(self, key: str) -> None:
        """Forget an application that was answered. Safe to repeat.

        One that cannot be removed is delivered once more by a later run; its key makes that harmless.
        """
        try:
            self._path(key).unlink(missing_ok=True)
            self._sync_directory()
        except OSError as error:
            log.warning("an answered application stays in the outbox: %s", error.strerror)

    def set_aside(self, key: str) -> None:
        """Keep an application that was refused when nobody was there to correct it, for the operator: ``.refused``."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".refused"))
            self._sync_directory()

    def sweep(self) -> None:
        """Remove what a power cut left half written; it was never said to be stored. Only while nobody writes."""
        for draft in self.directory.glob("*.new"):
            with contextlib.suppress(OSError):
                draft.unlink()

    def waiting(self) -> tuple[Parcel, ...]:
        """Return what is not yet answered, oldest first. A file that cannot be read is set aside as ``.broken``."""
        parcels: list[Parcel] = []
        if not self.directory.is_dir():
            return ()
        for path in sorted(self.directory.glob("*.parcel"), key=lambda file: file.stat().st_mtime_ns):
            try:
                parcels.append(msgspec.json.decode(path.read_bytes(), type=Parcel))
            except (OSError, ValueError, msgspec.DecodeError, RecursionError):
                with contextlib.suppress(OSError):
                    path.replace(path.with_suffix(".broken"))
        return tuple(parcels)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            message = f"not an idempotency key: {key!r}"
            raise ValueError(message)
        return self.directory / f"{key}.parcel"

    def _sync_directory(self) -> None:
        descriptor = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
