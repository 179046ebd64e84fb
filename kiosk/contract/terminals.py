"""Terminals towards their backend: who they are, how they fare, and what they are told.

Every request of a terminal carries ``Terminal-Assertion``: a JWT that the terminal signs with its own Ed25519 key.

Source: RFC 7519 (JWT), RFC 8037 and RFC 9864 (Ed25519 in JOSE), RFC 7523 section 3 for the shape of an assertion.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from kiosk.contract.messages import Message
from kiosk.contract.technicians import DoorSecret
from kiosk.words import Text

ASSERTION: Final = "Terminal-Assertion"
"""The header; beside ``Authorization``, which is the holder's."""
AUDIENCE: Final = "urn:onething:backend"
ALGORITHM: Final = "Ed25519"
ASSERTION_S: Final = 300
"""An assertion is good for at most this long."""
SKEW_S: Final = 60
"""A terminal's clock may be this far off."""

DOOR: Final = "terminals"
"""Folder in the data directory of an embedded backend, where a terminal of the same machine leaves its public key."""

_Word = Annotated[str, msgspec.Meta(max_length=80)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class Enrolment(Message, frozen=True, kw_only=True):
    """``POST /v1/terminals``: take a terminal in by a one-time code; needs no assertion."""

    code: Annotated[str, msgspec.Meta(max_length=20)]
    """As an operator read it out; blanks and hyphens do not count."""
    public_key: Annotated[str, msgspec.Meta(max_length=64)]
    """Ed25519, base64url without padding, made by the terminal itself."""
    proof: Annotated[str, msgspec.Meta(max_length=120)]
    """Ed25519 signature over the digits of the code: whoever sends the key has it."""


class Enrolled(Message, frozen=True, kw_only=True):
    """The terminal is known from now on."""

    terminal: str
    """Its id; ``iss`` and ``sub`` of its assertions."""
    place: str


class TerminalState(StrEnum):
    """What a terminal does."""

    IDLE = "idle"
    IN_USE = "in-use"
    OUT_OF_SERVICE = "out-of-service"
    """As it was told."""
    MAINTENANCE = "maintenance"
    """A technician is at it."""


class DeviceState(StrEnum):
    """States of ``drivers``: a closed set."""

    ABSENT = "absent"
    STARTING = "starting"
    READY = "ready"
    DEGRADED = "degraded"
    FAILED = "failed"


class Paper(StrEnum):
    """What is left on the roll."""

    OK = "ok"
    NEAR_END = "near-end"
    OUT = "out"
    UNKNOWN = "unknown"


class DeviceReport(Message, frozen=True, kw_only=True):
    """How one device is."""

    kind: _Word
    state: DeviceState
    cause: _Word = ""
    """Code of the error; never what a device read."""


class Today(Message, frozen=True, kw_only=True):
    """What was done at the terminal on a day, so far."""

    day: date
    sessions: _Count = 0
    cases: _Count = 0


class PageCount(Message, frozen=True, kw_only=True):
    """How many sessions came to a page, and how many ended there. No person, no session, no moment."""

    theme: _Word
    """Id of the one-thing or item, ``basket``; empty before one is chosen."""
    page: _Word
    reached: _Count = 0
    left: _Count = 0


class SavingCount(Message, frozen=True, kw_only=True):
    """What was spared to those who filed a matter, against filing its items one by one."""

    theme: _Word
    filed: _Count = 0
    questions: _Count = 0
    materials: _Count = 0


class HealthReport(Message, frozen=True, kw_only=True):
    """``POST /v1/terminals/self/health``: every minute, and when something changes."""

    number: Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
    """Greater than that of the report before: one that comes twice counts once."""
    state: TerminalState
    version: _Word
    catalogue_version: _Word
    devices: Annotated[tuple[DeviceReport, ...], msgspec.Meta(max_length=20)] = ()
    paper: Paper = Paper.UNKNOWN
    today: Today | None = None
    pages: Annotated[tuple[PageCount, ...], msgspec.Meta(max_length=400)] = ()
    """Since the report before."""
    savings: Annotated[tuple[SavingCount, ...], msgspec.Meta(max_length=100)] = ()
    """Since the report before."""
    door: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0
    """Number of the secret for technicians' codes that it has; 0: none."""


class Service(Message, frozen=True, kw_only=True):
    """Whether the terminal is to serve. A wanted state, not a command: an answer that is lost does no harm."""

    open: bool
    words: Text | None = None
    """What its screen says instead."""
    since: datetime | None = None


class Announcement(Message, frozen=True, kw_only=True):
    """What an operator tells everybody who passes by: plain words, until when they hold."""

    words: Text
    until: datetime


class Waiting(Message, frozen=True, kw_only=True):
    """How many people wait for one service of a hall."""

    name: Text
    waiting: int
    minutes_most: int
    """A ticket taken now is probably called within these minutes."""


class HallToday(Message, frozen=True, kw_only=True):
    """A service hall (政务服务大厅) that is open now, and its queues."""

    name: Text
    queues: tuple[Waiting, ...]


class Board(Message, frozen=True, kw_only=True):
    """What the page that invites tells of today. Like the service a wanted state: the newest answer counts."""

    announcements: tuple[Announcement, ...] = ()
    """Those meant for this terminal first, then its place's, then everybody's."""
    halls: tuple[HallToday, ...] = ()


class HealthAnswer(Message, frozen=True, kw_only=True):
    """The report was heard; it is on the disk within seconds."""

    service: Service
    next_s: int
    """When to report again at the latest."""
    door: DoorSecret | None = None
    """The secret that it should have, when it has another."""
    board: Board = Board()
