"""Everything that is true of one citizen's session, as one frozen value.

A fresh ``Session`` holds nothing of a person; goodbye, home and time-out come back to a fresh one. What survives from
one citizen to the next is listed in ``fresh``: the language of the terminal, how its devices are, whether it serves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from kiosk.catalogue.model import Assurance, Audience, Hit, Matter
from kiosk.contract import (
    Application,
    AskAgain,
    Assistance,
    Board,
    Case,
    CaseStatus,
    DraftSummary,
    Fact,
    Mandate,
    MaterialFound,
    Offer,
    Reminder,
    SuppliedMaterial,
    Verification,
)
from kiosk.forms.model import Answers, PageRef
from kiosk.forms.walking import Walk
from kiosk.session.beside import Plea, Queue
from kiosk.session.having import Bill, Errand, Mending, Mine, Opened, Sheet, Uses
from kiosk.session.parts import Foreseen, Kept, Picture, Signature, TakenOut
from kiosk.session.preferences import Preferences
from kiosk.words import Language, Text


class Stage(StrEnum):
    """Where a session is; one stage is one page of the screen."""

    ATTRACT = "attract"
    FIND = "find"
    BASKET = "basket"
    SITUATION = "situation"
    GUIDE = "guide"
    NOTICE = "notice"
    DOCUMENT = "document"
    VERIFY = "verify"
    FETCH = "fetch"
    RESUME = "resume"
    BEHALF = "behalf"
    CONFIRM = "confirm"
    TASKS = "tasks"
    QUESTION = "question"
    MATERIALS = "materials"
    CAMERA = "camera"
    PROMISE = "promise"
    REVIEW = "review"
    CHANGE = "change"
    SIGN = "sign"
    OUTCOMES = "outcomes"
    RECEIPT = "receipt"
    RATING = "rating"
    GOODBYE = "goodbye"
    KEPT = "kept"
    HELPER = "helper"
    MINE = "mine"
    CASE = "case"
    WITHDRAW = "withdraw"
    LICENCES = "licences"
    SHEET = "sheet"
    USES = "uses"
    BENEFIT = "benefit"
    NUMBER = "number"
    PAY = "pay"
    HALLS = "halls"
    TICKET = "ticket"
    COMPLAIN = "complain"
    COMPLAINT = "complaint"
    DELIVERY = "delivery"


class Browse(StrEnum):
    """How the citizen looks for a service."""

    THEMES = "themes"
    """by a stage of a life, or of an enterprise's life"""
    DEPARTMENTS = "departments"
    SEARCH = "search"


class DocumentSource(StrEnum):
    """Which reader a document lies on."""

    ID_READER = "id-reader"
    CARD_READER = "card-reader"
    TYPED = "typed"
    """none: name and number were typed; nothing lies anywhere"""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Who a document says its holder is. Possession, not presence: assurance A; typed, not even that."""

    source: DocumentSource
    kind: str
    """``drivers.idreader.DocumentKind`` or ``social-security-card``."""
    number: str
    name: str
    sex: str
    birth_date: date
    ethnicity: str = ""
    address: str = ""
    valid_until: date | None = None


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to tell the citizen on the page: a sentence by code, or in words."""

    code: str = ""
    """Key in ``assets/i18n/sentences.yaml``."""
    text: Text | None = None
    critical: bool = False


class Prompt(StrEnum):
    """What the document page says of the reader."""

    WAITING = "waiting"
    READ = "read"
    TYPING = "typing"
    """name and number are typed, for want of a document or of a reader; one that is laid down is read all the same"""


class Delivery(StrEnum):
    """How far an application has come on its way to the backend."""

    STORING = "storing"
    """being written to disk"""
    SENDING = "sending"
    """on disk, on its way; retried with the same key until answered"""
    DELAYED = "delayed"
    """the backend does not answer; it stays on disk and is delivered later"""
    ANSWERED = "answered"
    REJECTED = "rejected"
    """answered with errors the citizen can correct"""
    FAILED = "failed"
    """could not be written to disk: nothing was sent"""


POWER = "power"
ON_BATTERY = "power.on-battery"
"""Who is there finishes; nobody begins what the battery may not last for."""
LOW_BATTERY = "power.low-battery"
"""The end is near: who is there is shown out, while the screen still says why."""

WORKING = ("ready", "degraded")
"""Health of a device that can be counted on; see ``drivers.status.State.usable``."""

LOST = ("absent", "failed")
"""Health of a device that cannot; ``starting`` is neither."""

UNSENT = (Delivery.REJECTED, Delivery.FAILED)
"""Deliveries that ended without an application: the citizen may correct and submit again."""


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One application on its way."""

    key: str
    """Idempotency key, the same for every attempt."""
    entry: int | None
    delivery: Delivery
    matter: str = ""
    """Id of what it is for: one session may submit for several."""
    items: tuple[str, ...] = ()
    """What it applies for; two baskets of one session differ in this alone."""
    application: Application | None = None
    advice: Advice | None = None
    pointers: tuple[str, ...] = ()
    """Into the request: what the backend wants corrected."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """Its cases, as far as they are known."""
        return self.application.cases if self.application else ()


class Receipt(StrEnum):
    """How far the paper has come, and what there is instead."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    UNPROVEN = "unproven"
    """Sent, but the printer did not confirm it: look at the slot."""
    FAILED = "failed"
    """Nothing on paper: the receipt is on the screen as a QR."""


class Idle(msgspec.Struct, frozen=True, kw_only=True):
    """The warning before the session is wiped."""

    remaining_s: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One citizen, from first touch to wipe."""

    id: str = ""
    today: date | None = None
    language: Language = Language.ZH_HANS
    preferences: Preferences = Preferences()
    """How they want to be shown and told things."""
    stage: Stage = Stage.ATTRACT

    # find
    browse: Browse = Browse.THEMES
    audience: Audience = Audience.PERSON
    """Whose life is looked through: a person's or an enterprise's."""
    life: str = ""
    """Id of the stage of that life whose services are listed; empty: the stages."""
    department: str = ""
    query: str = ""
    hits: tuple[Hit, ...] = ()

    # the basket (自由组合)
    basket: tuple[str, ...] = ()
    """Items to be done together, in the order they were put in."""
    taken_out: TakenOut | None = None
    basket_from: Stage = Stage.FIND
    """The page the basket was opened from, and goes back to."""
    told_conflicts: bool = False
    """The citizen was told that items of this basket cannot be applied for together, and may still go on."""

    # what for
    service: str = ""
    """Id of the one-thing or item chosen; ``basket`` for a free combination."""
    situation: Answers = Answers()
    matter: Matter | None = None
    guide_paper: Receipt = Receipt.NONE
    """The printed guide of what is done at a counter."""
    offers: tuple[Offer, ...] = ()
    """What is worth doing too, each with its reason; nobody waits for it."""

    # what for, when it is no service
    errand: Errand = Errand.SERVICE
    number: str = ""
    """A case number that was typed or scanned."""
    statuses: tuple[CaseStatus, ...] = ()
    """What it shows: nothing about a person (assurance A)."""

    # what is theirs
    mine: Mine | None = None
    """As it was told last."""
    case: Opened | None = None
    mending: Mending | None = None
    """The case on the screen is being put in order, by the pages a new one is filled in on."""
    reminders: tuple[Reminder, ...] = ()
    """What else waits for them, asked for once everything was answered; nobody waits for it."""
    uses: Uses | None = None
    benefit: str = ""
    """Id of the policy that is open."""
    account: str = ""
    """Where its money goes."""
    sheet: Sheet | None = None
    sheet_from: Stage = Stage.LICENCES
    """The page the sheet was opened from."""
    sheet_paper: Receipt = Receipt.NONE
    """How far its print has come."""

    # who
    prompt: Prompt = Prompt.WAITING
    reading: DocumentSource | None = None
    """The reader that is reading a document now."""
    holder: Holder | None = None
    document_on: frozenset[DocumentSource] = frozenset()
    """Readers on which a document still lies."""
    verification: Verification | None = None
    assurance: Assurance | None = None

    # beside a matter
    queue: Queue | None = None
    plea: Plea | None = None
    beside_from: Stage = Stage.FIND
    """The page such a page was opened from, and goes back to."""
    beside_paper: Receipt = Receipt.NONE
    """How far its slip has come."""

    # kept for later
    drafts: tuple[DraftSummary, ...] = ()
    """What this person has kept, until they chose what to do with it."""
    kept: Kept | None = None
    kept_from: Stage = Stage.QUESTION
    """The page it was kept on."""
    resumed: bool = False
    """What is filled in was kept earlier."""
    resume_at: str = ""
    """Where they were, as a pointer into the answers."""
    again: tuple[AskAgain, ...] = ()
    """What of it has to be said again."""

    # for whom
    behalf: bool = False
    """They said on the notice that it is for somebody else."""
    mandates: tuple[Mandate, ...] = ()
    """For whom they may act."""
    mandate: Mandate | None = None
    """For whom they do."""
    own: bool = False
    """They said that it is for themselves."""

    # who helps
    helper: Assistance | None = None
    """The member of staff beside the citizen, named on every page."""
    helping: Verification | None = None
    """The code by which one says who they are."""
    helped_from: Stage = Stage.QUESTION
    """The page the citizen was on."""

    # known
    facts: tuple[Fact, ...] = ()
    unavailable: tuple[str, ...] = ()
    registers_told: bool = False
    """While they are asked: the registers have answered, and only what replaces papers is still looked for."""
    known: Answers = Answers()
    """Candidate answers, shown for confirmation; lists as well."""
    disputed: frozenset[PageRef] = frozenset()
    """What of it the citizen says is wrong; inside a list by its place in what is known."""
    confirmed: bool = False

    # answers
    answers: Answers = Answers()
    walked: Walk | None = None
    """The walk over them, kept beside them by every step."""
    page: PageRef | None = None
    listed: bool = False
    """The form is long: its sections are chosen from a task list."""
    passed: frozenset[str] = frozenset()
    """Sections that were gone through to their end."""
    from_review: bool = False
    """The question was opened from the review and goes back there."""
    foreseen: Foreseen | None = None
    """What the changed answer would do, until it is confirmed."""

    # materials
    found: tuple[MaterialFound, ...] = ()
    supplied: Mapping[str, SuppliedMaterial] = {}
    material: str = ""
    """The one being photographed or promised."""
    picture: Picture | None = None

    # the end
    signature: Signature = Signature()
    attempt: int = 0
    bill: Bill | None = None
    """What has to be paid first."""
    submissions: tuple[Submission, ...] = ()
    receipt: Receipt = Receipt.NONE
    receipt_number: str = ""
    """Of the slip that did not come out whole: printed again, it is the same slip."""
    on_paper: tuple[Submission, ...] = ()
    """What the slip says that was last given to the printer."""
    rating: int = 0

    # around
    busy: str = ""
    """What is waited for: ``code``, ``check``, ``open``, ``draft``, ``known``, ``shot``, ``picture``, ``keep``,
    ``staff``, ``assist``; empty when nothing is."""
    advice: Advice | None = None
    idle: Idle | None = None
    leaving: bool = False
    """Asking whether to leave and lose what was entered."""
    board: Board = Board()
    """What the page that invites tells of today."""
    closed: Text | None = None
    """Out of service: what the page that invites says instead."""
    maintained: bool = False
    """A technician is at the terminal: no citizen begins, and no device is used for one."""
    headphones: bool = False
    """Whether headphones are plugged in: only then is anything private said."""
    devices: Mapping[str, str] = {}
    """Health by kind of device: ``ready``, ``absent`` … (``drivers.status``)."""
    causes: Mapping[str, str] = {}
    """Code of what is wrong, of those devices with which something is."""
    unprintable: str = ""
    """Code why no receipt can be printed now; empty: one can. Then the receipt is a code on the screen."""

    @property
    def dimmed(self) -> str:
        """Return the code of why nobody begins now although nobody ordered it: the mains failed; empty: go ahead."""
        cause = self.causes.get(POWER, "")
        return cause if cause in (ON_BATTERY, LOW_BATTERY) else ""

    def works(self, device: str) -> bool:
        """Return whether a device can be counted on."""
        return self.devices.get(device) in WORKING

    @property
    def verified(self) -> bool:
        """Whether facts about the person may be shown."""
        return self.assurance in (Assurance.B, Assurance.C)

    @property
    def settled(self) -> bool:
        """Whether every department has answered."""
        return bool(self.submissions) and all(
            submission.delivery not in (Delivery.STORING, Delivery.SENDING)
            and all(case.state != "submitted" for case in submission.cases)
            for submission in self.submissions
        )


def fresh(before: Session, *, language: Language) -> Session:
    """Return a session without a citizen; what the terminal itself is like is carried over.

    Args:
        before: The session that ends.
        language: The language of the terminal at rest.
    """
    return Session(
        language=language,
        devices=before.devices,
        causes=before.causes,
        unprintable=before.unprintable,
        board=before.board,
        closed=before.closed,
        maintained=before.maintained,
        headphones=before.headphones,
    )
