"""How a result reaches its owner, and the links that lead a session on to the phone in their hand."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.contract.messages import Attachment, Label, Message
from kiosk.words import Text


class Way(StrEnum):
    """A way a result is delivered (送达方式)."""

    SCREEN = "screen"
    """shown at the terminal and under "mine"; nothing else has to be done"""
    SLIP = "slip"
    """printed on the slip, with its QR"""
    PRINT = "print"
    """printed on A4 where a terminal has such a printer; a counter prints it too"""
    PHONE = "phone"
    """on the phone, by a QR on the screen"""
    MAIL = "mail"
    """by post"""
    COLLECTION_POINT = "collection-point"
    """at a counter or a locker (智能柜), with a code"""


class DeliveryState(StrEnum):
    """How far a delivery is."""

    CHOSEN = "chosen"
    """there is no result yet"""
    READY = "ready"
    """the result is there: to be shown, printed, posted or collected"""
    POSTED = "posted"
    COLLECTED = "collected"


class Recipient(Message, frozen=True, kw_only=True):
    """Where the post takes it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    phone: Annotated[str, msgspec.Meta(min_length=7, max_length=20)]
    division: Annotated[str, msgspec.Meta(max_length=12)]
    detail: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class CollectionPoint(Message, frozen=True, kw_only=True):
    """Where something can be collected."""

    id: str
    name: Text
    address: Text
    hours: Text
    locker: bool
    """A locker that is open day and night; else a counter."""


class Delivery(Message, frozen=True, kw_only=True):
    """``GET /v1/cases/{case}/delivery``: how the result of a case reaches its owner."""

    case: str
    ways: tuple[Way, ...]
    """Those of its item, the one that is taken when nobody chooses first."""
    way: Way
    state: DeliveryState
    recipient: Recipient | None = None
    point: CollectionPoint | None = None
    points: tuple[CollectionPoint, ...] = ()
    """To choose from, where ``ways`` has a collection point."""
    code: str = ""
    """Opens the locker, or is said at the counter; only while it is ready there."""
    tracking: str = ""
    """Number of the parcel."""
    keep_until: date | None = None
    """It lies at the collection point until then; after that it goes back to the department."""
    may_change: bool = True
    version: int = 0
    """``ETag`` of the choice."""


class DeliveryRequest(Message, frozen=True, kw_only=True):
    """``PUT /v1/cases/{case}/delivery`` with ``If-Match``: choose, as long as nothing was posted or collected."""

    way: Way
    recipient: Recipient | None = None
    """For ``mail``."""
    point: Label = ""
    """For ``collection-point``."""


class LinkKind(StrEnum):
    """What a phone does with a link."""

    UPLOAD = "upload"
    """takes photographs of a material; the terminal has them at once"""
    CLAIM = "claim"
    """keeps the documents of an application"""
    RESUME = "resume"
    """shows a form that was kept for later, and takes what is still missing of its materials"""


class LinkRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/links``: lead on to a phone. 404 ``link.unavailable`` where the city has no public address."""

    kind: LinkKind
    about: Label
    """Id of a material, number of an application, or id of a draft."""
    language: Label = "zh-Hans"


class LinkState(StrEnum):
    """How far the phone is."""

    NEW = "new"
    OPENED = "opened"
    """a phone has it; for any other it is closed now"""
    DONE = "done"
    EXPIRED = "expired"


class Link(Message, frozen=True, kw_only=True):
    """A link for a QR on the screen. ``GET /v1/links/{link}?after=&wait_s=`` answers when there is news."""

    id: str
    kind: LinkKind
    about: str
    state: LinkState
    url: str = ""
    """Only when it is made: what the phone opens. It is a secret of whoever stands before the screen."""
    expires_at: datetime
    attachments: tuple[Attachment, ...] = ()
    """Photographs that came from the phone."""
    revision: int = 0
    """Counts what happened; give it back as ``after`` to wait for the next."""
