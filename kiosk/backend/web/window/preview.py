"""What an act would bring, word for word: it is done and undone, so that what is shown is what will be sent."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from kiosk.backend.applications.acts import Act, Clerk
from kiosk.backend.house import House
from kiosk.backend.storage import schema
from kiosk.backend.web.window.cases import in_full
from kiosk.contract import Case, IssuedDocument
from kiosk.words import Text


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What the applicant would read."""

    case: Case
    documents: tuple[IssuedDocument, ...]
    """New ones; their numbers are given when it is done."""
    messages: tuple[str, ...]
    """To their phone."""


class _Undone(Exception):
    def __init__(self, preview: Preview) -> None:
        super().__init__("undone")
        self.preview = preview


async def preview(house: House, clerk: Clerk, number: str, version: int, act: Act) -> Preview:
    """Return what ``act`` would bring; nothing of it stays.

    Raises:
        RefusedRequestError: it cannot be done, as ``Desk.do`` says.
    """

    def work(connection: Connection) -> None:
        known = _documents(connection, number)
        last = connection.execute(select(func.max(schema.notice.c.id))).scalar_one() or 0
        house.desk.apply(connection, clerk, number, version, act)
        folder = house.desk.folder(connection, clerk, number)
        table = schema.notice.c
        told = connection.execute(
            select(table.content).where(table.id > last, table.about == number, table.state != "refused")
        )
        words = [msgspec.json.decode(content, type=Text).zh_hans for content in told.scalars()]
        raise _Undone(
            Preview(
                case=folder.case,
                documents=tuple(
                    in_full(house.catalogue, folder.case, each) for each in folder.documents if each.number not in known
                ),
                messages=tuple(dict.fromkeys(words)),
            )
        )

    try:
        await house.database.write(work)
    except _Undone as undone:
        return undone.preview
    raise AssertionError("an act that is only looked at is always undone")


def _documents(connection: Connection, number: str) -> frozenset[str]:
    table = schema.document.c
    return frozenset(connection.execute(select(table.number).where(table.case_number == number)).scalars())
