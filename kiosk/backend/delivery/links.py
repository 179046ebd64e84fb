"""Links that lead a session on to the phone in its owner's hand: take photographs, keep documents, see a form.

The address holds a secret of 192 bits that is shown once, on the screen of a terminal where its owner is verified. The
first phone that opens it is the only one: it gets a cookie, and for every other the link is closed. So a photograph
of the screen is of use to nobody who is later than the owner. A link lasts minutes; what it opened is not in it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from kiosk.backend.applications.reading import find_application
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Holder
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue
from kiosk.contract import Attachment, Link, LinkKind, LinkRequest, LinkState
from kiosk.words import Language

VALID = {
    LinkKind.UPLOAD: timedelta(minutes=20),
    LinkKind.CLAIM: timedelta(minutes=30),
    LinkKind.RESUME: timedelta(days=1),
}
"""How long a link lasts; a phone that has it goes on until then."""
PHOTOS = 12
"""Photographs over one link."""
_KEPT = timedelta(days=2)
"""After its end a link says that it is over; later it is unknown."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A link as the phone that has it finds it."""

    id: str
    kind: LinkKind
    about: str
    resident: int
    terminal: str
    language: Language
    state: LinkState
    expires_at: datetime
    photos: tuple[str, ...] = ()
    """Materials of the photographs, in order."""

    @property
    def holder(self) -> Holder:
        """Whose link it is."""
        return Holder(resident=self.resident, terminal=self.terminal)


class LinkOver(Exception):
    """The link is unknown, has expired, or another phone has it: which, is not told."""


class Links:
    """Makes links, and lets the first phone in."""

    def __init__(self, catalogue: Catalogue, public_url: str) -> None:
        """Make links under ``public_url``; empty: the city has no public address, and there are none."""
        self._catalogue = catalogue
        self._public_url = public_url.rstrip("/")

    def make(self, connection: Connection, holder: Holder, request: LinkRequest, now: datetime) -> Link:
        """Make a link.

        Raises:
            RefusedRequestError: ``LINK_UNAVAILABLE``: no public address; ``NOT_FOUND``: it would be about nothing that
                is theirs. Nothing was written.
        """
        if not self._public_url:
            raise RefusedRequestError(Code.LINK_UNAVAILABLE)
        self._check(connection, holder, request, now)
        table = schema.link
        over = (now - _KEPT).timestamp()
        gone = select(table.c.id).where(table.c.expires_at < over)
        connection.execute(delete(schema.link_photo).where(schema.link_photo.c.link.in_(gone)))
        connection.execute(delete(table).where(table.c.expires_at < over))
        secret, identity = secrets.token_urlsafe(24), secrets.token_urlsafe(12)
        expires_at = now + VALID[request.kind]
        language = request.language if request.language in set(Language) else Language.ZH_HANS.value
        values = {
            "id": identity,
            "secret": _hash(secret),
            "kind": request.kind.value,
            "about": request.about,
            "resident": holder.resident,
            "terminal": holder.terminal,
            "language": language,
            "expires_at": expires_at.timestamp(),
            "browser": None,
            "opened_at": None,
            "done_at": None,
            "revision": 0,
        }
        connection.execute(insert(table).values(values))
        return Link(
            id=identity,
            kind=request.kind,
            about=request.about,
            state=LinkState.NEW,
            url=f"{self._public_url}/m/{secret}",
            expires_at=expires_at,
        )

    def read(self, connection: Connection, identity: str, resident: int, now: datetime) -> Link:
        """Return how far the phone is.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: no such link of this person.
        """
        table = schema.link
        row = (
            connection.execute(select(table).where(table.c.id == identity, table.c.resident == resident))
            .mappings()
            .one_or_none()
        )
        if row is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        photo, kept = schema.link_photo, schema.attachment
        came = connection.execute(
            select(kept.c.id, kept.c.sha256, kept.c.bytes)
            .join(photo, photo.c.attachment == kept.c.id)
            .where(photo.c.link == identity)
            .order_by(photo.c.place)
        )
        return Link(
            id=identity,
            kind=LinkKind(row["kind"]),
            about=row["about"],
            state=_state(row, now),
            expires_at=datetime.fromtimestamp(row["expires_at"], now.tzinfo),
            attachments=tuple(Attachment(id=each.id, sha256=each.sha256, bytes=each.bytes) for each in came),
            revision=row["revision"],
        )

    def enter(
        self, connection: Connection, secret: str, cookie: str, now: datetime, *, may_be_first: bool
    ) -> tuple[Opened, str]:
        """Let a phone in, in a transaction that writes; return what it opened, and the cookie it has from now on.

        With ``may_be_first`` it gets a link that no phone has yet.

        Raises:
            LinkOver: it is of no use to this phone.
        """
        table = schema.link
        row = connection.execute(select(table).where(table.c.secret == _hash(secret))).mappings().one_or_none()
        if row is None or now.timestamp() >= row["expires_at"]:
            raise LinkOver
        if row["browser"] is None:
            if not may_be_first:
                raise LinkOver
            # a phone that takes photographs for two forms keeps both: its cookie stays
            cookie = cookie or secrets.token_urlsafe(24)
            first = connection.execute(
                update(table)
                .where(table.c.id == row["id"], table.c.browser.is_(None))
                .values(browser=_hash(cookie), opened_at=now.timestamp(), revision=table.c.revision + 1)
            )
            if not first.rowcount:
                raise LinkOver
        elif not secrets.compare_digest(row["browser"], _hash(cookie)):
            raise LinkOver
        return self._opened(connection, row["id"], now), cookie

    def took(self, connection: Connection, opened: Opened, attachment: str, material: str, now: datetime) -> None:
        """Note a photograph that came over a link; the same one twice is one.

        Raises:
            RefusedRequestError: ``LINK_FULL``; nothing was noted.
        """
        photo = schema.link_photo
        mine = photo.c.link == opened.id
        known = select(photo.c.place).where(mine, photo.c.attachment == attachment, photo.c.material == material)
        if connection.execute(known).first() is not None:
            return
        place = connection.execute(select(func.count()).select_from(photo).where(mine)).scalar_one()
        if place >= PHOTOS:
            raise RefusedRequestError(Code.LINK_FULL)
        values: Mapping[str, Any] = {
            "link": opened.id,
            "place": place,
            "attachment": attachment,
            "material": material,
            "at": now.timestamp(),
        }
        connection.execute(insert(photo).values(values))
        _move(connection, opened.id)

    @staticmethod
    def done(connection: Connection, opened: Opened, now: datetime) -> None:
        """Note that the phone has finished; the terminal goes on by itself."""
        table = schema.link
        connection.execute(update(table).where(table.c.id == opened.id).values(done_at=now.timestamp()))
        _move(connection, opened.id)

    def _check(self, connection: Connection, holder: Holder, request: LinkRequest, now: datetime) -> None:
        match request.kind:
            case LinkKind.UPLOAD:
                if request.about not in self._catalogue.materials:
                    raise RefusedRequestError(Code.NOT_FOUND)
            case LinkKind.CLAIM:
                find_application(connection, request.about, holder.resident, now.date())
            case LinkKind.RESUME:
                table = schema.draft.c
                query = select(table.id).where(table.id == request.about, table.resident == holder.resident)
                if connection.execute(query).first() is None:
                    raise RefusedRequestError(Code.NOT_FOUND)

    @staticmethod
    def _opened(connection: Connection, identity: str, now: datetime) -> Opened:
        table, photo = schema.link, schema.link_photo
        row = connection.execute(select(table).where(table.c.id == identity)).mappings().one()
        photos = connection.execute(
            select(photo.c.material).where(photo.c.link == identity).order_by(photo.c.place)
        ).scalars()
        return Opened(
            id=identity,
            kind=LinkKind(row["kind"]),
            about=row["about"],
            resident=row["resident"],
            terminal=row["terminal"],
            language=Language(row["language"]),
            state=_state(row, now),
            expires_at=datetime.fromtimestamp(row["expires_at"], now.tzinfo),
            photos=tuple(photos),
        )


def _state(row: RowMapping, now: datetime) -> LinkState:
    if row["done_at"] is not None:
        return LinkState.DONE
    if now.timestamp() >= row["expires_at"]:
        return LinkState.EXPIRED
    return LinkState.NEW if row["browser"] is None else LinkState.OPENED


def _move(connection: Connection, identity: str) -> None:
    table = schema.link
    connection.execute(update(table).where(table.c.id == identity).values(revision=table.c.revision + 1))


def _hash(secret: str) -> bytes:
    # the secrets are random and long: they need no key and no salt
    return hashlib.sha256(secret.encode()).digest()
