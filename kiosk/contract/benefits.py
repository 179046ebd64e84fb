"""Messages about what comes to people by itself: reminders, notices, and what they are entitled to (免申即享)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from kiosk.contract.messages import Label, Message, Stroke
from kiosk.words import Text


class NextStep(StrEnum):
    """What a reminder asks somebody to do."""

    RENEW = "renew"
    """Apply for ``Reminder.item``."""
    SUPPLEMENT = "supplement"
    """Hand in what is missing for ``Reminder.case`` (补正, 容缺)."""
    PAY = "pay"
    """Pay the fee of ``Reminder.case``."""
    ATTEND = "attend"
    """Be at an appointment, or at home for a visit."""
    COLLECT = "collect"
    """Fetch a result."""
    FINISH = "finish"
    """Go on with a form that was kept for later: ``Reminder.about`` is the draft."""
    TAKE = "take"
    """Take what they are entitled to: ``Reminder.about`` is the policy."""


class Reminder(Message, frozen=True, kw_only=True):
    """Something that waits for this person."""

    kind: str
    """``licence-expiring``, ``material-wanted``, ``deferred-material``, ``payment-wanted``, ``appointment``,
    ``result-ready``, ``draft-expiring``, ``entitlement``: as in ``NoticeChoice.kind``."""
    title: Text
    """What it is about: the licence, the item."""
    says: Text
    """What happened and what to do next."""
    next: NextStep
    due_on: date | None = None
    at: datetime | None = None
    """Of an appointment."""
    application: str = ""
    case: str = ""
    item: str = ""
    """Item to apply for, or that the case is about."""
    about: str = ""
    """Number of the licence, id of the draft or the policy."""


class NoticeChoice(Message, frozen=True, kw_only=True):
    """Whether messages of one kind are sent to the phone. The list on the screen always shows everything."""

    kind: str
    name: Text
    wanted: bool
    may_refuse: bool
    """False: a message that the law wants sent, such as a decision."""


class Reminders(Message, frozen=True, kw_only=True):
    """``GET /v1/reminders`` (B): what waits for this person, the most urgent first."""

    reminders: tuple[Reminder, ...]
    choices: tuple[NoticeChoice, ...]


class NoticeChoiceRequest(Message, frozen=True, kw_only=True):
    """``PUT /v1/notice-choices/{kind}`` (B): 204. For ``entitlement`` it is the consent to look without being asked."""

    wanted: bool
    notice: Label = ""
    """Version of the notice, where it is a consent."""


class EntitlementState(StrEnum):
    """How sure it is."""

    ENTITLED = "entitled"
    """Every fact is known and the policy applies: one confirmation is enough."""
    PERHAPS = "perhaps"
    """A fact is not known, or the choice is among things that exclude each other: apply for ``item`` instead."""
    TAKEN = "taken"
    """Taken already in this period; ``application`` says where."""


class EntitlementFact(Message, frozen=True, kw_only=True):
    """One fact that was looked at, in words."""

    title: Text
    shown: Text
    source: Text | None = None
    """The register or licence it comes from; none: it is not known."""


class Account(Message, frozen=True, kw_only=True):
    """A bank account that money may be paid to."""

    id: str
    """``social-security-card``"""
    shown: str
    """Masked."""
    bank: str = ""


class Entitlement(Message, frozen=True, kw_only=True):
    """One policy, as it looks for this person."""

    policy: str
    name: Text
    summary: Text
    department: str
    department_name: Text
    state: EntitlementState
    says: Text
    """Why, in a sentence; of ``perhaps``, what is missing and what to do."""
    basis: tuple[str, ...]
    facts: tuple[EntitlementFact, ...]
    gives: Text
    """What it is: 每月 100.00 元 …"""
    amount_fen: int | None = None
    """Where it is money."""
    pays: bool = False
    """Money is paid out: an account is needed."""
    item: str = ""
    """Item of the catalogue for who has to apply, or wants a person to look."""
    conflicts: tuple[str, ...] = ()
    """Other policies of the list that cannot be taken beside it."""
    application: str = ""
    """Number, once taken."""


class Entitlements(Message, frozen=True, kw_only=True):
    """``GET /v1/entitlements?notice=…`` (B): what this person is entitled to, surest and largest first.

    Facts are asked of registers for this purpose and stand in the ledger. What a policy looks at and is neither
    fulfilled nor close is not told.
    """

    entitlements: tuple[Entitlement, ...]
    accounts: tuple[Account, ...] = ()
    unavailable: tuple[str, ...] = ()
    """Registers that did not answer."""
    consent: bool = False
    """They agreed to be told by message when something new comes."""


class EntitlementAcceptance(Message, frozen=True, kw_only=True):
    """``POST /v1/entitlements/{policy}/acceptance`` (B, ``Idempotency-Key``): take it. 201 ``Application``, decided.

    The policy is looked at again in the same transaction. 409 ``entitlement.taken``: ``detail`` is the application.
    """

    notice: Label
    """Version of the notice they agreed to."""
    session: Label
    terminal: Label
    language: Label
    signed_at: datetime
    signature: tuple[Stroke, ...] = ()
    account: Label = ""
    """``Account.id``; empty where no money is paid or ``account_number`` is given."""
    account_number: Label = ""
    """A bank card of their own, where no account is known or another is wanted."""
