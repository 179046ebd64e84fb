"""Photographs of materials: typed by content, limited in size, kept under names of our own, tied to their holder."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.secrets_file import whole_file
from kiosk.backend.storage import Database, schema
from kiosk.contract import Attachment

LIMIT_BYTES = 8 * 1024 * 1024
_JPEG_START = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"


class Attachments:
    """The files in one directory and who they belong to."""

    def __init__(self, directory: Path, database: Database, clock: Callable[[], datetime]) -> None:
        self._directory = directory
        self._database = database
        self._clock = clock
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def store(self, resident: int, content: bytes) -> Attachment:
        """Keep ``content`` for its holder; the same picture twice is one attachment.

        Raises:
            RefusedRequestError: ``ATTACHMENT_TYPE`` or ``REQUEST_TOO_LARGE``; nothing was kept.
        """
        if len(content) > LIMIT_BYTES:
            raise RefusedRequestError(Code.REQUEST_TOO_LARGE)
        if not is_jpeg(content):
            raise RefusedRequestError(Code.ATTACHMENT_TYPE)
        sha256 = hashlib.sha256(content).hexdigest()
        await asyncio.to_thread(self._keep, sha256, content)

        def write(connection: Connection) -> str:
            table = schema.attachment.c
            known = select(table.id).where(table.resident == resident, table.sha256 == sha256)
            found = connection.execute(known).scalar_one_or_none()
            if found is not None:
                return str(found)
            made = secrets.token_urlsafe(18)
            values = {
                "id": made,
                "resident": resident,
                "sha256": sha256,
                "bytes": len(content),
                "at": self._clock().timestamp(),
            }
            connection.execute(insert(schema.attachment).values(values))
            return made

        return Attachment(id=await self._database.write(write), sha256=sha256, bytes=len(content))

    async def read(self, sha256: str) -> bytes | None:
        """Return the file that was kept under its digest, or None: it is not there."""
        path = self._directory / sha256
        return await asyncio.to_thread(lambda: path.read_bytes() if path.is_file() else None)

    def _keep(self, sha256: str, content: bytes) -> None:
        """Put the file on the disk, whole or not at all."""
        path = self._directory / sha256
        if path.exists():
            return
        whole_file(path, content)


def is_jpeg(content: bytes) -> bool:
    """Return whether ``content`` begins and ends as a JPEG does (ITU-T T.81 B.1.1.3: SOI, a marker … EOI).

    Whether it decodes is for the clerk's viewer, which runs apart; no decoder meets outside bytes here.
    """
    return content.startswith(_JPEG_START) and content.rstrip(b"\0").endswith(_JPEG_END)


def belong(connection: Connection, resident: int, ids: Iterable[str]) -> bool:
    """Return whether every attachment in ``ids`` is there and is this resident's."""
    wanted = set(ids)
    if not wanted:
        return True
    table = schema.attachment.c
    query = select(table.id).where(table.resident == resident, table.id.in_(wanted))
    return set(connection.execute(query).scalars()) == wanted
