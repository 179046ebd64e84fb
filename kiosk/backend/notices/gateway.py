"""Handing a message over to be sent: one interface, and the phones of the simulated city behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, delete, insert, select

from kiosk.backend.storage import Database, schema
from kiosk.contract import PhoneMessage

KEPT = 200
"""Messages the simulated phone keeps."""


class SmsGateway(Protocol):
    """Sends a message to a phone. A city puts its own provider behind this."""

    async def send(self, phone: str, text: str, at: datetime) -> None:
        """Hand ``text`` over to be sent.

        Raises:
            SmsGatewayError: nothing was sent.
        """


class SmsGatewayError(Exception):
    """The gateway did not take the message."""


class SimulatedPhone:
    """The phones of the simulated city, all in one. In the database: several processes have one phone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def send(self, phone: str, text: str, at: datetime) -> None:
        """Keep the message; see ``SmsGateway``."""
        await self._database.write(lambda connection: self.receive(connection, phone, text, at))

    def receive(self, connection: Connection, phone: str, text: str, at: datetime) -> None:
        """Keep the message, in the caller's transaction."""
        table = schema.phone_message
        values = {"masked": masked_phone(phone), "content": text, "sent_at": at.timestamp()}
        inserted = connection.execute(insert(table).values(values)).inserted_primary_key
        assert inserted is not None  # noqa: S101 - an insert of one row has its key; this tells the type checker
        connection.execute(delete(table).where(table.c.id <= inserted[0] - KEPT))

    def messages(self, connection: Connection, zone: datetime) -> tuple[PhoneMessage, ...]:
        """Return what was received, newest first; moments in the time zone of ``zone``."""
        table = schema.phone_message.c
        return tuple(
            PhoneMessage(to=row.masked, text=row.content, sent_at=datetime.fromtimestamp(row.sent_at, zone.tzinfo))
            for row in connection.execute(select(schema.phone_message).order_by(table.id.desc()).limit(KEPT))
        )


def masked_phone(phone: str) -> str:
    """Return ``138****1234``."""
    return f"{phone[:3]}****{phone[-4:]}"
