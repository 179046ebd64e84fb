"""What the world must do for a session.

One-shot requests are effects, returned by ``step``. What must go on for as long as a state lasts (reading, scanning,
showing the camera, the goodbye sound) is not started and stopped by effects, but derived from the state:
``activities(state)``. So nothing is ever left running by a page that forgot to stop it.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from kiosk.contract import ApplicationRequest, DocumentRef
from kiosk.session.state import DocumentSource, Session, Stage


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """Something the world must do once."""


class SendCode(Effect, frozen=True, kw_only=True):
    """Ask the backend to send a code. Answered by ``CodeSent`` or ``BackendFailed``."""

    document: DocumentRef


class CheckCode(Effect, frozen=True, kw_only=True):
    """Ask the backend whether the code is right. ``CodeAccepted``, ``CodeRefused`` or ``BackendFailed``."""

    verification: str
    code: str


class FetchKnown(Effect, frozen=True, kw_only=True):
    """Ask what registers and licences know. ``KnownArrived`` or ``BackendFailed``."""

    purpose: str
    notice: str
    names: tuple[str, ...]
    materials: tuple[str, ...]


class TakePicture(Effect, frozen=True, kw_only=True):
    """Keep the newest sharp picture of the document camera. ``PictureTaken`` or ``PictureFailed``."""


class StorePicture(Effect, frozen=True, kw_only=True):
    """Send the photograph to the backend. ``AttachmentStored`` or ``BackendFailed``."""

    reference: str
    material: str


class Submit(Effect, frozen=True, kw_only=True):
    """Write the application to disk, then deliver it until it is answered.

    ``ApplicationStored`` or ``ApplicationLost``; then ``ApplicationDelayed`` any number of times, and
    ``ApplicationAnswered`` or ``ApplicationRejected``; then ``CaseDecided`` for every case that was open.
    """

    key: str
    request: ApplicationRequest


class PrintReceipt(Effect, frozen=True, kw_only=True):
    """Print the slip of this session. ``ReceiptPrinted`` or ``ReceiptFailed``."""

    session: Session


class SendRating(Effect, frozen=True, kw_only=True):
    """Send the rating of every application; nobody waits for the answer."""

    applications: tuple[str, ...]
    level: int
    reasons: tuple[str, ...]


class Wipe(Effect, frozen=True, kw_only=True):
    """Forget everything of this citizen that is held outside the state: tokens, photographs, requests under way.

    Applications on disk stay until they are delivered.
    """


class Activity(StrEnum):
    """Something that goes on for as long as a state lasts."""

    READ_DOCUMENTS = "read-documents"
    """on every reader on which no document is known to lie"""
    WATCH_ID_READER = "watch-id-reader"
    """until the document is lifted"""
    WATCH_CARD_READER = "watch-card-reader"
    SCAN_CODES = "scan-codes"
    SHOW_CAMERA = "show-camera"
    TAKE_CARD_SOUND = "take-card-sound"
    GOODBYE_CLOCK = "goodbye-clock"
    IDLE_CLOCK = "idle-clock"


def activities(state: Session) -> frozenset[Activity]:
    """Return what must go on while the session is in ``state``."""
    wanted: set[Activity] = set()
    if state.stage is Stage.DOCUMENT and state.holder is None:
        wanted.add(Activity.READ_DOCUMENTS)
    if DocumentSource.ID_READER in state.document_on:
        wanted.add(Activity.WATCH_ID_READER)
    if DocumentSource.CARD_READER in state.document_on:
        wanted.add(Activity.WATCH_CARD_READER)
    if state.stage in (Stage.ATTRACT, Stage.FIND):
        wanted.add(Activity.SCAN_CODES)
    if state.stage is Stage.CAMERA and state.picture is None:
        wanted.add(Activity.SHOW_CAMERA)
    if state.stage is Stage.GOODBYE:
        wanted.add(Activity.TAKE_CARD_SOUND if state.document_on else Activity.GOODBYE_CLOCK)
    elif state.stage is not Stage.ATTRACT:
        wanted.add(Activity.IDLE_CLOCK)
    return frozenset(wanted)
