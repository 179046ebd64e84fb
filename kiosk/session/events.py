"""What can happen to a session: intents of the citizen, and news from the world."""

from __future__ import annotations

from datetime import datetime

import msgspec

from kiosk.catalogue.model import Audience
from kiosk.contract import (
    Application,
    Assistance,
    Attachment,
    Board,
    Case,
    Draft,
    DraftSummary,
    Fact,
    Mandate,
    MaterialFound,
    Offer,
    RatingAxis,
    Stroke,
    Verification,
)
from kiosk.forms.model import PageRef
from kiosk.session.preferences import Preferences
from kiosk.session.state import Browse, DocumentSource, Holder
from kiosk.words import Language, Text

Raw = str | bool | int | tuple[str, ...] | dict[str, str]
"""An answer as a screen gives it; ``kiosk.forms.parse`` makes a value of it."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened."""


class Intent(Event, frozen=True, kw_only=True):
    """Something the citizen did on the screen; every intent shows that somebody is there."""

    at: datetime | None = None
    """When; the runner stamps it, with the time zone of the terminal."""


# --- intents ---------------------------------------------------------------------------------------------------


class Touched(Intent, frozen=True, kw_only=True):
    """The first touch on the attract page."""

    session: str
    """A new random id (UUID)."""


class LanguageChosen(Intent, frozen=True, kw_only=True):
    """Speak another language from now on."""

    language: Language


class Preferred(Intent, frozen=True, kw_only=True):
    """Be shown and told things another way from now on (展示和朗读)."""

    preferences: Preferences


class Home(Intent, frozen=True, kw_only=True):
    """Back to the start; asks first when something would be lost."""


class Leave(Intent, frozen=True, kw_only=True):
    """Yes, leave."""


class Stay(Intent, frozen=True, kw_only=True):
    """No, stay; also the answer to the time-out warning."""


class Back(Intent, frozen=True, kw_only=True):
    """One page back."""


class Next(Intent, frozen=True, kw_only=True):
    """The one primary action of a page that needs nothing else."""


class Browsed(Intent, frozen=True, kw_only=True):
    """Another way to find a service; the stage of a life or the department opens its list."""

    browse: Browse
    department: str = ""
    life: str = ""
    audience: Audience | None = None
    """A person's services or an enterprise's; ``None`` changes nothing."""


class Searched(Intent, frozen=True, kw_only=True):
    """Everyday words were typed."""

    query: str


class ServiceChosen(Intent, frozen=True, kw_only=True):
    """This is what I want to get done."""

    service: str


class BasketFilled(Intent, frozen=True, kw_only=True):
    """Do these together with what is in the basket; what is in it already stays where it is."""

    items: tuple[str, ...]


class BasketTaken(Intent, frozen=True, kw_only=True):
    """Take this item out of the basket."""

    item: str


class BasketPutBack(Intent, frozen=True, kw_only=True):
    """Put back what was taken out last."""


class BasketOpened(Intent, frozen=True, kw_only=True):
    """Look at the basket."""


class GuideWanted(Intent, frozen=True, kw_only=True):
    """Print where to go and what to bring."""


class Answered(Intent, frozen=True, kw_only=True):
    """An answer to a question of the form or of the situation."""

    page: PageRef
    raw: Raw


class Skipped(Intent, frozen=True, kw_only=True):
    """A question that is not required was left empty."""

    page: PageRef


class EntryAdded(Intent, frozen=True, kw_only=True):
    """One more child, partner, vehicle."""

    repeat: str


class EntryRemoved(Intent, frozen=True, kw_only=True):
    """One fewer."""

    repeat: str
    entry: int


class TypingWanted(Intent, frozen=True, kw_only=True):
    """No document here, or no reader works: type name and number instead."""


class IdentityTyped(Intent, frozen=True, kw_only=True):
    """This is my name and my number."""

    name: str
    number: str


class CodeWanted(Intent, frozen=True, kw_only=True):
    """Send the code (again)."""


class CodeEntered(Intent, frozen=True, kw_only=True):
    """The code from the phone was typed."""

    code: str


class FactDisputed(Intent, frozen=True, kw_only=True):
    """This known fact is not right: ask me; said twice takes it back."""

    page: PageRef


class Retry(Intent, frozen=True, kw_only=True):
    """Try again what did not work: the backend, the camera, the printer."""


class ListWanted(Intent, frozen=True, kw_only=True):
    """Back to the task list."""


class SectionChosen(Intent, frozen=True, kw_only=True):
    """Fill in this section now."""

    section: str


class ChangeDropped(Intent, frozen=True, kw_only=True):
    """Leave the answer as it was after all."""


class ChangeWanted(Intent, frozen=True, kw_only=True):
    """Change this answer, from the review."""

    page: PageRef


class MaterialChosen(Intent, frozen=True, kw_only=True):
    """Photograph or promise this material now."""

    material: str


class MaterialDeferred(Intent, frozen=True, kw_only=True):
    """Hand this one in later (容缺)."""

    material: str


class PictureWanted(Intent, frozen=True, kw_only=True):
    """Take the photograph now."""


class PictureRejected(Intent, frozen=True, kw_only=True):
    """Take it again."""


class PictureKept(Intent, frozen=True, kw_only=True):
    """Use this photograph."""


class Promised(Intent, frozen=True, kw_only=True):
    """I promise (告知承诺)."""


class SaveWanted(Intent, frozen=True, kw_only=True):
    """Keep the form for later (先存着，下次再办)."""


class DraftChosen(Intent, frozen=True, kw_only=True):
    """Go on with what was kept."""

    draft: str


class DraftDropped(Intent, frozen=True, kw_only=True):
    """Delete what was kept."""

    draft: str


class BehalfWanted(Intent, frozen=True, kw_only=True):
    """It is for somebody else; said twice takes it back."""


class ActedFor(Intent, frozen=True, kw_only=True):
    """Act for the principal of this mandate; without one for oneself."""

    mandate: str = ""


class HelperWanted(Intent, frozen=True, kw_only=True):
    """A member of staff is here to help."""


class HelperNumbered(Intent, frozen=True, kw_only=True):
    """Their staff number was typed."""

    staff: str


class HelperCodeEntered(Intent, frozen=True, kw_only=True):
    """The code from the staff phone was typed."""

    code: str


class HelperLeft(Intent, frozen=True, kw_only=True):
    """They help no more."""


class Signed(Intent, frozen=True, kw_only=True):
    """Signed and submitted."""

    strokes: tuple[Stroke, ...] = ()
    confirmed: bool = False
    """In place of a signature: they cannot write on glass, and have confirmed in words what they apply for."""


class Rated(Intent, frozen=True, kw_only=True):
    """好差评."""

    level: int
    axes: tuple[RatingAxis, ...] = ()
    """What a bad level is about, as far as it was said."""


# --- news ------------------------------------------------------------------------------------------------------


class DocumentRead(Event, frozen=True, kw_only=True):
    """A document lies on a reader and was read."""

    holder: Holder


class DocumentSeen(Event, frozen=True, kw_only=True):
    """A document lies on a reader and is being read; or it is gone again and was not."""

    source: DocumentSource
    present: bool


class DocumentFailed(Event, frozen=True, kw_only=True):
    """A document could not be read, or the reader is not there."""

    source: DocumentSource
    code: str
    lies: bool = False
    """A document still lies there and must be lifted before it can be read again."""


class DocumentRemoved(Event, frozen=True, kw_only=True):
    """No document lies on this reader any more."""

    source: DocumentSource


class CodeScanned(Event, frozen=True, kw_only=True):
    """A code was held to the scanner."""

    text: str


class CodeSent(Event, frozen=True, kw_only=True):
    """A code is on its way to the registered phone."""

    verification: Verification


class CodeAccepted(Event, frozen=True, kw_only=True):
    """The person is verified."""


class CodeRefused(Event, frozen=True, kw_only=True):
    """The code was wrong, or is no longer good."""

    code: str
    attempts_left: int = 0


class BackendFailed(Event, frozen=True, kw_only=True):
    """A request did not succeed."""

    request: str
    """``code``, ``check``, ``draft``, ``known``, ``picture``, ``keep``, ``staff``, ``assist``, ``rating``"""
    code: str


class KnownArrived(Event, frozen=True, kw_only=True):
    """What registers and licences know."""

    facts: tuple[Fact, ...]
    unavailable: tuple[str, ...]
    found: tuple[MaterialFound, ...]


class RegistersTold(Event, frozen=True, kw_only=True):
    """What registers know; what replaces papers is still being looked for."""

    facts: tuple[Fact, ...]
    unavailable: tuple[str, ...]


class OpenFound(Event, frozen=True, kw_only=True):
    """What the verified person has kept for later, and for whom they may act."""

    drafts: tuple[DraftSummary, ...] = ()
    mandates: tuple[Mandate, ...] = ()


class DraftKept(Event, frozen=True, kw_only=True):
    """The backend has the form."""

    identity: str
    tag: str
    expires_at: datetime | None = None


class DraftElsewhere(Event, frozen=True, kw_only=True):
    """It was kept elsewhere meanwhile; nothing was replaced."""

    code: str
    draft: DraftSummary | None = None


class DraftOpened(Event, frozen=True, kw_only=True):
    """What was kept, as far as it fits today."""

    draft: Draft
    tag: str


class DraftForgotten(Event, frozen=True, kw_only=True):
    """It is deleted."""

    identity: str


class HelperCodeSent(Event, frozen=True, kw_only=True):
    """A code is on its way to the staff phone."""

    verification: Verification


class HelperRefused(Event, frozen=True, kw_only=True):
    """The code was wrong, or is no longer good."""

    code: str
    attempts_left: int = 0


class HelperArrived(Event, frozen=True, kw_only=True):
    """The session names this member of staff."""

    assistance: Assistance


class PictureTaken(Event, frozen=True, kw_only=True):
    """A photograph is in hand."""

    reference: str
    sharp: bool = True


class PictureFailed(Event, frozen=True, kw_only=True):
    """The camera did not give one."""

    code: str


class AttachmentStored(Event, frozen=True, kw_only=True):
    """The backend has the photograph."""

    material: str
    attachment: Attachment


class ApplicationStored(Event, frozen=True, kw_only=True):
    """It is on disk, and on its way."""

    key: str


class ApplicationLost(Event, frozen=True, kw_only=True):
    """It could not be written to disk; nothing was sent."""

    key: str
    code: str


class ApplicationDelayed(Event, frozen=True, kw_only=True):
    """The backend does not answer; it stays on disk and is retried."""

    key: str
    code: str


class ApplicationAnswered(Event, frozen=True, kw_only=True):
    """The backend has it."""

    key: str
    application: Application


class ApplicationRejected(Event, frozen=True, kw_only=True):
    """The backend found errors the citizen can correct."""

    key: str
    code: str
    pointers: tuple[str, ...] = ()


class CaseDecided(Event, frozen=True, kw_only=True):
    """A department answered."""

    application: str
    case: Case


class ReceiptPrinted(Event, frozen=True, kw_only=True):
    """The slip came out; ``proven`` when the printer confirmed it."""

    proven: bool


class ReceiptFailed(Event, frozen=True, kw_only=True):
    """Nothing, or only a part, came out."""

    code: str
    number: str = ""
    """Of the slip, to print it again."""


class GuidePrinted(Event, frozen=True, kw_only=True):
    """The guide came out; ``proven`` when the printer confirmed it."""

    proven: bool


class GuideFailed(Event, frozen=True, kw_only=True):
    """Nothing, or only a part, of the guide came out."""

    code: str


class Offered(Event, frozen=True, kw_only=True):
    """What is worth doing with these items."""

    items: tuple[str, ...]
    offers: tuple[Offer, ...]


class IdleWarned(Event, frozen=True, kw_only=True):
    """Nobody touched the screen for long; counts down once a second."""

    remaining_s: int


class IdleOver(Event, frozen=True, kw_only=True):
    """Nobody answered the warning, or the session is too long."""


class GoodbyeOver(Event, frozen=True, kw_only=True):
    """The goodbye page stood long enough."""

    forgotten: bool = False
    """So late that nobody waits any more for who left a document, or for a reader that only says so."""


class ServiceOrdered(Event, frozen=True, kw_only=True):
    """The backend says whether this terminal serves; who stands there comes to their end first."""

    closed: Text | None
    """What the screen says instead; None: it serves."""


class TodayTold(Event, frozen=True, kw_only=True):
    """What there is to tell of today has changed: messages of the operators, queues of the halls."""

    board: Board


class MaintenanceOrdered(Event, frozen=True, kw_only=True):
    """A technician comes, or left; while a citizen is there nobody comes."""

    on: bool


class PaperChanged(Event, frozen=True, kw_only=True):
    """It changed whether a receipt can be printed."""

    code: str
    """Why not; empty: it can."""


class HeadphonesChanged(Event, frozen=True, kw_only=True):
    """Headphones were plugged in, or pulled out."""

    plugged: bool


class DeviceChanged(Event, frozen=True, kw_only=True):
    """The health of a device changed."""

    device: str
    """``id-reader``, ``card-reader``, ``scanner``, ``camera``, ``printer``."""
    health: str
    """One of ``drivers.status.State``."""
    cause: str = ""
    """Code of what is wrong with it; empty: nothing."""
