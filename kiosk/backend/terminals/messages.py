"""What operators tell everybody who passes by: for all terminals, those of a place, or one; until when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from kiosk.backend.storage import schema
from kiosk.backend.terminals.known import Known
from kiosk.contract import Announcement
from kiosk.words import Text

CHARS: Final = 60
"""Of a message in Chinese: three lines on a bank's screen, read in passing."""
CHARS_EN: Final = 140
LONGEST: Final = timedelta(days=62)
SHOWN: Final = 3
"""More at once nobody waits for."""
_LISTED: Final = 100


class Scope(StrEnum):
    """Which terminals show a message, the nearest first."""

    TERMINAL = "terminal"
    PLACE = "place"
    ALL = "all"


class WrongMessage(ValueError):
    """A message cannot be as it is; ``field`` says which part, the message says why. Nothing was written."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message of an operator."""

    id: int
    scope: Scope
    subject: str
    words: Text
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    staff: str
    withdrawn_by: str
    """Number of who took it back; empty: it holds."""

    def is_for(self, terminal: Known) -> bool:
        """Return whether ``terminal`` shows it."""
        match self.scope:
            case Scope.ALL:
                return True
            case Scope.PLACE:
                return self.subject in terminal.place
            case Scope.TERMINAL:
                return self.subject == terminal.id


class Messages:
    """What operators do with messages. Methods that change something are for one write transaction.

    Args:
        clock: Present moment, with a time zone.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def write(
        self,
        connection: Connection,
        words: Text,
        scope: Scope,
        subject: str,
        *,
        starts_at: datetime,
        ends_at: datetime,
        staff: str,
    ) -> None:
        """Let a message be shown from ``starts_at`` until ``ends_at``.

        Raises:
            WrongMessage: It is too long, not in all languages, for no terminal, or its time cannot be.
        """
        now = self._clock()
        self._check(connection, words, scope, subject)
        if ends_at <= max(now, starts_at):
            raise WrongMessage("until", "结束时间要晚于开始时间，也要晚于现在。")
        if ends_at - max(now, starts_at) > LONGEST:
            raise WrongMessage("until", f"一条消息最多显示 {LONGEST.days} 天。")
        connection.execute(
            insert(schema.terminal_message).values(
                scope=scope.value,
                subject="" if scope is Scope.ALL else subject,
                words=msgspec.json.encode(words).decode(),
                starts_at=starts_at.timestamp(),
                ends_at=ends_at.timestamp(),
                made_at=now.timestamp(),
                staff=staff,
                withdrawn_by="",
            )
        )

    def withdraw(self, connection: Connection, message: int, *, staff: str) -> bool:
        """Take a message back; return whether it still held."""
        table = schema.terminal_message
        holds = (table.c.id == message, table.c.withdrawn_by == "", table.c.ends_at > self._clock().timestamp())
        return connection.execute(update(table).where(*holds).values(withdrawn_by=staff)).rowcount == 1

    def listed(self, connection: Connection) -> tuple[Message, ...]:
        """Return the newest messages, also those that are over."""
        table = schema.terminal_message
        return self._messages(connection.execute(select(table).order_by(table.c.id.desc()).limit(_LISTED)))

    def holding(self, connection: Connection) -> tuple[Message, ...]:
        """Return what terminals show now: the nearest first, of those the newest."""
        table, now = schema.terminal_message, self._clock().timestamp()
        held = (table.c.ends_at > now, table.c.starts_at <= now, table.c.withdrawn_by == "")
        found = self._messages(connection.execute(select(table).where(*held).order_by(table.c.id.desc())))
        nearest = list(Scope)
        return tuple(sorted(found, key=lambda each: nearest.index(each.scope)))

    def _check(self, connection: Connection, words: Text, scope: Scope, subject: str) -> None:
        for field, said, most in (
            ("zh-hans", words.zh_hans, CHARS),
            ("zh-hant", words.zh_hant, CHARS),
            ("en", words.en, CHARS_EN),
        ):
            if not said:
                raise WrongMessage(field, "三种语言都要写：看不懂的人也会站在屏幕前。")
            if len(said) > most:
                raise WrongMessage(field, f"最多 {most} 个字，现在有 {len(said)} 个。")
        table = schema.terminal
        if scope is Scope.TERMINAL and not connection.execute(select(table.c.id).where(table.c.id == subject)).first():
            raise WrongMessage("subject", "没有这台终端。请核对编号，例如 T-0117。")
        if scope is Scope.PLACE:
            places = select(table.c.id).where(table.c.place.contains(subject, autoescape=True)).limit(1)
            if not subject or not connection.execute(places).first():
                raise WrongMessage("subject", "没有终端的地点含有这些字。请写地点的一部分，例如 城东。")

    def _messages(self, rows: Iterable[Any]) -> tuple[Message, ...]:
        zone = self._clock().tzinfo

        def moment(seconds: float) -> datetime:
            return datetime.fromtimestamp(seconds, zone)

        return tuple(
            Message(
                id=row.id,
                scope=Scope(row.scope),
                subject=row.subject,
                words=msgspec.json.decode(row.words, type=Text),
                starts_at=moment(row.starts_at),
                ends_at=moment(row.ends_at),
                made_at=moment(row.made_at),
                staff=row.staff,
                withdrawn_by=row.withdrawn_by,
            )
            for row in rows
        )


def announced(messages: Iterable[Message], terminal: Known) -> tuple[Announcement, ...]:
    """Return what ``terminal`` shows of ``messages``."""
    meant = [each for each in messages if each.is_for(terminal)]
    return tuple(Announcement(words=each.words, until=each.ends_at) for each in meant[:SHOWN])
