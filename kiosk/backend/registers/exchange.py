"""A city's data exchange (数据共享交换平台) as a register: one question by HTTPS, one answer, both small.

    POST {url}/registers/{register}/ask     {"person": {"kind", "number", "name"}, "fields", "purpose", "items",
                                             "notice", "by": {"terminal", "agent", "helper"}}
      200 {"reference", "asOf", "facts": {field: value}}      404: nothing is known of the person

The licence library is ``licence.<type>`` in place of ``{register}`` and may add ``validUntil``. Everything that is not
one of these answers, and everything that comes late, is silence: ``RegisterSilentError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from time import monotonic
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.registers.joined import RegisterSilentError
from kiosk.backend.registers.registers import Answered, HeldEntry, Known, Pull, by_source
from kiosk.backend.storage import Database, schema
from kiosk.contract import DocumentRef

_LIMIT_BYTES = 256 * 1024


class _Told(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An answer of the exchange."""

    reference: str
    as_of: date
    facts: Mapping[str, Any] = msgspec.field(default_factory=dict)
    valid_until: date | None = None


class ExchangeRegisters:
    """Registers behind a city's data exchange; see ``Registers``. Hand it to ``JoinedRegisters`` as a remote one."""

    def __init__(self, url: str, database: Database, *, limit_s: float, client: httpx.Client | None = None) -> None:
        """Connect to nobody yet.

        Args:
            url: Of the exchange, without a slash at its end.
            database: Knows the documents of residents; the exchange knows people by them.
            limit_s: How long an answer may take as a whole.
            client: Certificates, proxies; made for the exchange when there is none.
        """
        self._url = url
        self._database = database
        self._limit_s = limit_s
        self._client = client or httpx.Client()

    def ask(self, pull: Pull, now: datetime) -> Answered:
        """Return what is known; see ``Registers``.

        Raises:
            RegisterSilentError: the exchange did not answer in time, or not as agreed.
        """
        known: dict[str, Known] = {}
        for (kind, which), fields in by_source(pull.names).items():
            told = self._told(which if kind == "register" else f"licence.{which}", pull, tuple(fields))
            if told is None or (told.valid_until is not None and told.valid_until < now.date()):
                continue
            for field, name in fields.items():
                if told.facts.get(field) is not None:
                    known[name] = Known(value=told.facts[field], as_of=told.as_of)
        return Answered(known=known, unavailable=())

    def entry(self, pull: Pull, register: str, now: datetime) -> HeldEntry | None:
        """Return the entry; see ``Registers`` and ``ask``."""
        told = self._told(register, pull, ())
        return None if told is None or told.as_of > now.date() else HeldEntry(reference=told.reference)

    def held(self, pull: Pull, licence: str, now: datetime) -> HeldEntry | None:
        """Return the licence; see ``Registers`` and ``ask``."""
        told = self._told(f"licence.{licence}", pull, ())
        if told is None or (told.valid_until is not None and told.valid_until < now.date()):
            return None
        return HeldEntry(reference=told.reference, valid_until=told.valid_until)

    def _told(self, register: str, pull: Pull, fields: tuple[str, ...]) -> _Told | None:
        body = {
            "person": self._database.read_now(lambda connection: _person(connection, pull.holder.resident)),
            "fields": fields,
            "purpose": pull.purpose,
            "items": pull.items,
            "notice": pull.notice,
            "by": {
                "terminal": pull.holder.terminal,
                "agent": pull.holder.agent is not None,
                "helper": pull.holder.helper,
            },
        }
        until = monotonic() + self._limit_s
        try:
            with self._client.stream(
                "POST",
                f"{self._url}/registers/{quote(register, safe='')}/ask",
                content=msgspec.json.encode(body),
                headers={"Content-Type": "application/json"},
                timeout=self._limit_s,
            ) as answer:
                if answer.status_code == httpx.codes.NOT_FOUND:
                    return None
                if answer.status_code != httpx.codes.OK:
                    raise RegisterSilentError(f"status {answer.status_code}")
                content = bytearray()
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > _LIMIT_BYTES or monotonic() > until:
                        raise RegisterSilentError("too long")
            return msgspec.json.decode(bytes(content), type=_Told)
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise RegisterSilentError(type(error).__name__) from error


def _person(connection: Connection, resident: int) -> DocumentRef:
    table = schema.resident.c
    row = connection.execute(select(table.kind, table.number, table.name).where(table.id == resident)).one()
    return DocumentRef(kind=row.kind, number=row.number, name=row.name)
