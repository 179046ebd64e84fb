"""What the world must do for a session.

One-shot requests are effects, returned by ``step``. What must go on for as long as a state lasts (reading, scanning,
showing the camera, the goodbye sound) is not started and stopped by effects, but derived from the state:
``activities(state)``. So nothing is ever left running by a page that forgot to stop it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from kiosk.catalogue.model import Item
from kiosk.contract import ApplicationRequest, Authority, DocumentRef, DraftRequest, RatingAxis
from kiosk.session.preferences import Preferences
from kiosk.session.state import DocumentSource, Receipt, Session, Stage


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
    items: tuple[str, ...]
    notice: str
    names: tuple[str, ...]
    materials: tuple[str, ...]
    authority: Authority | None = None


class LookUp(Effect, frozen=True, kw_only=True):
    """Ask what the person has kept for later and for whom they may act. ``OpenFound``, empty when nobody tells."""


class KeepDraft(Effect, frozen=True, kw_only=True):
    """Keep a form at the backend. ``DraftKept``, ``DraftElsewhere`` or ``BackendFailed``; ``lasting`` tells nobody."""

    identity: str
    request: DraftRequest
    tag: str | None = None
    """The version that is replaced."""
    lasting: bool = False
    """The citizen is gone: it outlives the session."""


class OpenDraft(Effect, frozen=True, kw_only=True):
    """Fetch what was kept. ``DraftOpened`` or ``BackendFailed``."""

    identity: str


class ForgetDraft(Effect, frozen=True, kw_only=True):
    """Delete what was kept. ``DraftForgotten`` or ``BackendFailed``."""

    identity: str
    tag: str


class SendHelperCode(Effect, frozen=True, kw_only=True):
    """Have a code sent to a member of staff. ``HelperCodeSent`` or ``BackendFailed``."""

    staff: str


class CheckHelper(Effect, frozen=True, kw_only=True):
    """Check that code. ``HelperArrived``, ``HelperRefused`` or ``BackendFailed``."""

    assistance: str
    code: str


class EndHelp(Effect, frozen=True, kw_only=True):
    """Let the backend name no helper from now on. Nobody waits for it."""


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


class PrintGuide(Effect, frozen=True, kw_only=True):
    """Print where to go and what to bring. ``GuidePrinted`` or ``GuideFailed``."""

    session: Session
    items: tuple[Item, ...]


class Recommend(Effect, frozen=True, kw_only=True):
    """Ask what is worth doing too. ``Offered``, or nothing: a backend that is slow or away offers nothing."""

    items: tuple[str, ...]
    matter: str = ""
    """Id of the one-thing they belong to."""
    place: Mapping[str, str] | None = None
    """``{division, detail}`` of the premises it is about; never where a person lives."""


class SendRating(Effect, frozen=True, kw_only=True):
    """Send the rating of every application; nobody waits for the answer."""

    applications: tuple[str, ...]
    level: int
    axes: tuple[RatingAxis, ...] = ()


class Wipe(Effect, frozen=True, kw_only=True):
    """Forget everything of this citizen that is held outside the state: tokens, photographs, requests under way.

    Applications on disk stay until they are delivered.
    """


class Abandon(Effect, frozen=True, kw_only=True):
    """Stop the requests under way, for their page was left; what they would still tell counts no more."""


class Slot(StrEnum):
    """What can do one thing at a time."""

    ID_READER = "id-reader"
    CARD_READER = "card-reader"
    SCANNER = "scanner"
    CAMERA = "camera"
    CLOCK = "clock"
    TILL = "till"


class Activity(StrEnum):
    """Something that goes on for as long as a state lasts."""

    READ = "read"
    """wait for a document and read it"""
    WATCH = "watch"
    """wait until the document is lifted"""
    SCAN = "scan"
    SHOW = "show"
    """the live picture"""
    IDLE = "idle"
    """warn, then end, when nobody touches the screen"""
    PAY = "pay"
    """wait for the money, and count down"""
    GOODBYE = "goodbye"
    """back to the attract page after a moment"""
    FORGOTTEN = "forgotten"
    """back to the attract page after a while, although a document seems to lie there still; or to the attract page as
    it was, before somebody chose how to be shown things and went away"""


def stays(state: Session) -> bool:
    """Return whether the page waits for a touch however long: a number that is nowhere else, and nobody's."""
    return state.stage is Stage.TICKET and state.beside_paper is Receipt.FAILED and state.holder is None


READERS = {DocumentSource.ID_READER: Slot.ID_READER, DocumentSource.CARD_READER: Slot.CARD_READER}


def activities(state: Session) -> dict[Slot, Activity]:
    """Return what must go on while the session is in ``state``, at most one thing a slot."""
    wanted: dict[Slot, Activity] = {}
    if state.maintained:
        return wanted
    for source, slot in READERS.items():
        if source in state.document_on:
            wanted[slot] = Activity.WATCH
        elif state.stage is Stage.DOCUMENT and state.holder is None:
            wanted[slot] = Activity.READ
    if state.stage in (Stage.FIND, Stage.NUMBER):
        wanted[Slot.SCANNER] = Activity.SCAN
    if state.stage is Stage.CAMERA and state.picture is None:
        wanted[Slot.CAMERA] = Activity.SHOW
    if state.stage is Stage.PAY and state.bill is not None and state.bill.open:
        wanted[Slot.TILL] = Activity.PAY
    clock = _clock(state)
    return wanted if clock is None else {**wanted, Slot.CLOCK: clock}


def _clock(state: Session) -> Activity | None:
    if state.stage is Stage.GOODBYE:
        return Activity.FORGOTTEN if state.document_on else Activity.GOODBYE
    if state.stage is Stage.ATTRACT:
        return Activity.FORGOTTEN if state.preferences != Preferences() else None
    return None if stays(state) else Activity.IDLE
