"""Forms kept for later (暂存): saved under a version, resumed after identifying again, gone when filed or expired.

A draft is what its terminal sent, unjudged. What of it fits the catalogue of today is found when it is read.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from kiosk.backend.facts import ITEMS_MOST
from kiosk.backend.fitting import Fitted, fit
from kiosk.backend.mandates import acting
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import Holder
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import schema
from kiosk.catalogue import BASKET, Catalogue
from kiosk.contract import ApplicationRequest, Draft, DraftRequest, DraftSummary, ProblemError

_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
_ANY = "*"


class Drafts:
    """The drafts of everybody, each seen by its holder alone."""

    def __init__(self, settings: BackendSettings, catalogue: Catalogue) -> None:
        self._settings = settings
        self._catalogue = catalogue

    def put(
        self, connection: Connection, holder: Holder, identity: str, request: DraftRequest, if_match: str | None
    ) -> tuple[str, bool]:
        """Keep ``request`` under ``identity``; return its new version, and whether it is new.

        Raises:
            RefusedRequestError: ``DRAFT_INVALID``, ``DRAFT_EXISTS`` (another of the same matter and items, named in
                the detail), ``DRAFT_UNCONDITIONAL`` or ``DRAFT_CHANGED``; nothing was written.
        """
        self._check(identity, request)
        now = self._settings.clock()
        _expire(connection, now)
        table = schema.draft
        mine = and_(table.c.resident == holder.resident, table.c.id == identity)
        row = connection.execute(select(table.c.revision).where(mine)).one_or_none()
        _demand(row, if_match, must=True)
        same = and_(
            table.c.resident == holder.resident,
            table.c.matter == request.matter,
            table.c["items"] == _items(request.items),
            table.c.principal == _principal(request),
        )
        other = connection.execute(select(table.c.id).where(same, table.c.id != identity)).scalar_one_or_none()
        if other is not None:
            raise RefusedRequestError(Code.DRAFT_EXISTS, str(other))
        if row is None:
            count = select(func.count()).select_from(table).where(table.c.resident == holder.resident)
            if connection.execute(count).scalar_one() >= self._settings.drafts_each:
                raise RefusedRequestError(Code.DRAFT_INVALID, f"At most {self._settings.drafts_each} drafts")
        values = {
            "matter": request.matter,
            "items": _items(request.items),
            "principal": _principal(request),
            "revision": secrets.token_hex(8),
            "content": msgspec.json.encode(request).decode(),
            "saved_at": now.timestamp(),
            "expires_at": (now + timedelta(seconds=self._settings.draft_valid_s)).timestamp(),
        }
        if row is None:
            connection.execute(insert(table).values(id=identity, resident=holder.resident, **values))
        else:
            connection.execute(update(table).where(mine).values(**values))
        return str(values["revision"]), row is None

    def get(self, connection: Connection, holder: Holder, identity: str) -> tuple[Draft, str]:
        """Return a draft as far as it fits today, and its version.

        Raises:
            RefusedRequestError: ``NOT_FOUND``, ``DRAFT_GONE`` (its matter is not offered any more), or ``MANDATE_…``:
                it was for somebody else, for whom the holder may not act now.
        """
        now = self._settings.clock()
        row = self._row(connection, holder, identity, now)
        kept = msgspec.json.decode(row.content, type=DraftRequest)
        # what was confirmed for a principal is theirs: it opens only while the mandate does; on a letter nothing was
        # confirmed, and whether there is such a person is not looked up, or anybody's name could be guessed here
        if kept.authority is not None and (kept.authority.mandate or not kept.authority.letter):
            acting(connection, self._catalogue, holder, kept.authority, kept.items, now.date())
        fitted = self._fit(connection, holder, kept, now)
        if fitted is None:
            raise RefusedRequestError(Code.DRAFT_GONE)
        draft = Draft(
            id=row.id,
            matter=kept.matter,
            matter_name=fitted.matter.name,
            items=fitted.items,
            catalogue_version=self._catalogue.version,
            saved_version=kept.catalogue_version,
            answers=fitted.answers,
            materials=fitted.materials,
            page=kept.page,
            notice=kept.notice,
            authority=kept.authority,
            saved_at=_moment(row.saved_at, now),
            expires_at=_moment(row.expires_at, now),
            again=fitted.again,
        )
        return draft, row.revision

    def summaries(self, connection: Connection, holder: Holder) -> tuple[DraftSummary, ...]:
        """Return the drafts of ``holder``, newest first; one that fits nothing any more is left out."""
        now = self._settings.clock()
        table = schema.draft
        query = (
            select(table)
            .where(table.c.resident == holder.resident, table.c.expires_at > now.timestamp())
            .order_by(table.c.saved_at.desc(), table.c.id)
        )
        found = (self._summary(connection, holder, row, now) for row in connection.execute(query).all())
        return tuple(each for each in found if each is not None)

    def delete(self, connection: Connection, holder: Holder, identity: str, if_match: str | None) -> None:
        """Forget a draft.

        Raises:
            RefusedRequestError: ``NOT_FOUND`` or ``DRAFT_CHANGED``; it is still there.
        """
        row = self._row(connection, holder, identity, self._settings.clock())
        _demand(row, if_match, must=False)
        table = schema.draft
        connection.execute(delete(table).where(table.c.resident == holder.resident, table.c.id == identity))

    def _summary(self, connection: Connection, holder: Holder, row: Any, now: datetime) -> DraftSummary | None:
        kept = msgspec.json.decode(row.content, type=DraftRequest)
        fitted = self._fit(connection, holder, kept, now)
        if fitted is None:
            return None
        answers = fitted.answers
        entries = sum(len(entry) for rows in answers.repeats.values() for entry in rows)
        return DraftSummary(
            id=row.id,
            matter=kept.matter,
            matter_name=fitted.matter.name,
            items=fitted.items,
            item_names=tuple(self._catalogue.items[item].name for item in fitted.items),
            answered=len(answers.single) + entries,
            saved_at=_moment(row.saved_at, now),
            expires_at=_moment(row.expires_at, now),
            older=kept.catalogue_version != self._catalogue.version,
            etag=quoted(row.revision),
        )

    def _fit(self, connection: Connection, holder: Holder, kept: DraftRequest, now: datetime) -> Fitted | None:
        return fit(connection, self._catalogue, holder.resident, kept, now.date())

    def _row(self, connection: Connection, holder: Holder, identity: str, now: datetime) -> Any:
        table = schema.draft
        query = select(table).where(
            table.c.resident == holder.resident, table.c.id == identity, table.c.expires_at > now.timestamp()
        )
        row = connection.execute(query).one_or_none()
        if row is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        return row

    def _check(self, identity: str, request: DraftRequest) -> None:
        """Refuse what could never be resumed."""
        errors = []
        if not _ID.fullmatch(identity):
            errors.append(ProblemError(detail="8 to 40 letters, digits, - and _", pointer=""))
        catalogue = self._catalogue
        if request.matter not in {BASKET, *catalogue.one_things, *catalogue.items}:
            errors.append(ProblemError(detail="No such one-thing or item", pointer=pointer("matter")))
        if not request.items or len(set(request.items)) != len(request.items):
            errors.append(ProblemError(detail="At least one item, each once", pointer=pointer("items")))
        elif len(request.items) > ITEMS_MOST:
            errors.append(ProblemError(detail=f"At most {ITEMS_MOST} items", pointer=pointer("items")))
        if errors:
            raise RefusedRequestError(Code.DRAFT_INVALID, errors=tuple(errors))


_FILED = delete(schema.draft).where(
    schema.draft.c.resident == bindparam("whose"),
    schema.draft.c.matter == bindparam("of_matter"),
    schema.draft.c["items"] == bindparam("of_items"),
    schema.draft.c.principal == bindparam("for_whom"),
)


def filed(connection: Connection, holder: Holder, request: ApplicationRequest) -> None:
    """Forget the draft of what was just filed; one with entries (twins) is still needed for the others."""
    if request.entry is not None and any(len(rows) > request.entry + 1 for rows in request.answers.repeats.values()):
        return
    same = {
        "whose": holder.actor,
        "of_matter": request.matter,
        "of_items": _items(request.items),
        "for_whom": _principal(request),
    }
    connection.execute(_FILED, same)


def quoted(revision: str) -> str:
    """Return a version as an entity tag (RFC 9110 §8.8.3)."""
    return f'"{revision}"'


def _demand(row: Any, if_match: str | None, *, must: bool) -> None:
    """Compare what the caller thinks is there with what is (RFC 9110 §13.1.1; RFC 6585 §3)."""
    if if_match is None:
        if row is not None and must:
            raise RefusedRequestError(Code.DRAFT_UNCONDITIONAL)
        return
    tags = {tag.strip() for tag in if_match.split(",")}
    if row is None or (tags != {_ANY} and quoted(row.revision) not in tags):
        raise RefusedRequestError(Code.DRAFT_CHANGED)


def _expire(connection: Connection, now: datetime) -> None:
    connection.execute(delete(schema.draft).where(schema.draft.c.expires_at <= now.timestamp()))


def _items(items: tuple[str, ...]) -> str:
    return msgspec.json.encode(sorted(items)).decode()


def _principal(request: DraftRequest | ApplicationRequest) -> str:
    return "" if request.authority is None else request.authority.principal.number


def _moment(at: float, now: datetime) -> datetime:
    return datetime.fromtimestamp(at, now.tzinfo)
