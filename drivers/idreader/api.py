"""What every reader of identity documents promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from drivers.status import Device, unseen


class DocumentKind(StrEnum):
    """The four documents a SAM_V reader knows (GA 450 / GA 467; type mark at byte 248 of the text block)."""

    RESIDENT_ID = "resident-id"
    """居民身份证"""
    HMT_PERMIT = "hmt-permit"
    """港澳台居民居住证"""
    FOREIGN_2017 = "foreign-2017"
    """外国人永久居留身份证, edition of 2017"""
    FOREIGN_2023 = "foreign-2023"
    """外国人永久居留身份证, edition of 2023"""


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Document:
    """What is printed on a document, as its chip holds it. Empty text where a kind of document lacks a field.

    It has no readable ``repr``, so that no traceback or log line tells whose document it was.
    """

    kind: DocumentKind
    name: str
    english_name: str = ""
    number: str
    sex: Sex
    ethnicity: str = ""
    """GB/T 3304 code, two digits; resident ID only."""
    nationality: str = ""
    """GB/T 2659 three letters; foreign permanent residents only."""
    birth_date: date
    address: str = ""
    issuer: str = ""
    valid_from: date
    valid_until: date | None
    """None: 长期, without end."""
    pass_number: str = ""
    """通行证号码; residence permits of Hong Kong, Macau and Taiwan only."""
    photo_wlt: bytes = b""
    """1,024 bytes in the closed WLT format; for a vendor library, never stored."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SamIdentity:
    """The security module in the reader: "05.01-yyyymmdd-nnnnnnnnnn-nnnnnnnnnn"."""

    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReaderProbe:
    """What a reader of identity documents measured of itself, with nothing on it."""

    self_test: bool
    """The security module says that it is well."""
    number: str
    """The number of the security module; empty where the protocol does not tell it."""
    answers_ms: tuple[float, ...]
    """Round trips of a command that does not touch the field."""
    find_ms: tuple[float, ...]
    """How long the reader took to say that nothing lies there."""


class IdReader(Device, Protocol):
    """A reader of identity documents. One call at a time; every call may be cancelled, the reader stays usable."""

    async def open(self) -> SamIdentity:
        """Connect and ask who is there.

        Raises:
            DeviceAbsent, DeviceSilent, DeviceGarbled, DeviceRefused: nothing stays open.
        """

    async def close(self) -> None:
        """Let go of the port. Safe at any time and more than once; raises nothing."""

    async def read(self, seen: Callable[[bool], None] = unseen) -> Document:
        """Wait until a document lies on the reader, then return what it says.

        Waits for ever: the caller sets the limit and cancels.

        Args:
            seen: Told when a document was found and is being read, and when it is gone again unread. A protocol that
                finds and reads in one command tells nothing.

        Raises:
            MediaUnreadable, MediaRemoved, WrongMedia: try again once the document was lifted and laid down.
            DeviceGone, DeviceSilent, DeviceGarbled, DeviceRefused: close and open afresh.
        """

    async def removed(self) -> None:
        """Wait until no document lies on the reader.

        Raises:
            DeviceGone, DeviceSilent, DeviceGarbled, DeviceRefused: close and open afresh.
        """

    async def probe(self) -> ReaderProbe:
        """Have the reader test itself; for a technician, with nothing on it.

        Raises:
            DeviceGone, DeviceSilent, DeviceGarbled, DeviceRefused: close and open afresh.
        """
