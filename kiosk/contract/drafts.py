"""Messages about forms that are kept for later."""

from __future__ import annotations

from datetime import datetime

from kiosk.contract.messages import Authority, Label, Message, SuppliedMaterial, WireAnswers
from kiosk.words import Text


class DraftRequest(Message, frozen=True, kw_only=True):
    """``PUT /v1/drafts/{draft}``: keep a form for later; ``If-Match`` names the version that is replaced."""

    matter: Label
    items: tuple[str, ...]
    catalogue_version: Label
    answers: WireAnswers
    """All, also those off the path: going back brings them back."""
    materials: tuple[SuppliedMaterial, ...] = ()
    page: Label = ""
    """Where the citizen was; the terminal's own word."""
    notice: Label = ""
    authority: Authority | None = None


class AskAgain(Message, frozen=True, kw_only=True):
    """Something of a draft that does not fit any more."""

    pointer: str
    """JSON Pointer into the draft as it was saved: ``/answers/single/shop.name``, ``/items/1``, ``/materials/0``."""
    name: Text
    """What it was."""
    says: Text
    """Why it has to be answered, chosen or handed in again."""


class DraftSummary(Message, frozen=True, kw_only=True):
    """One of ``GET /v1/drafts``: no answers in it."""

    id: str
    matter: str
    matter_name: Text
    items: tuple[str, ...]
    item_names: tuple[Text, ...]
    answered: int
    saved_at: datetime
    expires_at: datetime
    older: bool
    """It was answered under another catalogue."""
    etag: str


class Draft(Message, frozen=True, kw_only=True):
    """``GET /v1/drafts/{draft}``: what was saved, as far as it fits the catalogue of today.

    Its version is the ``ETag``.
    """

    id: str
    matter: str
    matter_name: Text
    items: tuple[str, ...]
    catalogue_version: str
    """Of today; the answers fit it."""
    saved_version: str
    """Under which it was saved."""
    answers: WireAnswers
    materials: tuple[SuppliedMaterial, ...]
    page: str
    notice: str
    authority: Authority | None = None
    saved_at: datetime
    expires_at: datetime
    again: tuple[AskAgain, ...]
