"""What a person in a department can do with a case: done by ``Desk.do`` with the version of the case they saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

import msgspec

from kiosk.contract import ObligationKind

WORDS_MOST = 1000
"""Characters of anything a clerk writes."""


class _Act(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a clerk are Chinese, and stand as they are in every language."""


class Approve(_Act, frozen=True, kw_only=True):
    """准予: the licence is issued, with a decision that says why and what can be done against it."""

    reason: str = ""
    """Empty: that everything the law asks is there."""
    basis: str = ""
    """Empty: that of the item."""
    output: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    """What stands on the licence beside the answers: by name of its field."""


class Refuse(_Act, frozen=True, kw_only=True):
    """不予许可: in writing, with reasons, basis and remedies (行政许可法 第三十八条)."""

    reasons: str
    basis: str


class NotAccept(_Act, frozen=True, kw_only=True):
    """不予受理: in writing (行政许可法 第三十二条)."""

    reasons: str
    basis: str


class Accept(_Act, frozen=True, kw_only=True):
    """受理 a referred case: with its 受理通知书."""


class Ask(_Act, frozen=True, kw_only=True):
    """补正: ask once and completely (一次性补正告知书, 行政许可法 第三十二条).

    A second time only what was asked before and is still not there can be asked again.
    """

    materials: Mapping[str, str] = msgspec.field(default_factory=dict)
    """By id of the material: what is missing or wrong."""
    answers: Mapping[str, str] = msgspec.field(default_factory=dict)
    """By id of the element: what is wrong."""
    days: int = 10
    """Working days the applicant has."""


class Extend(_Act, frozen=True, kw_only=True):
    """延长: by at most ten working days, once, by a supervisor, with the reason told (行政许可法 第四十二条)."""

    days: int
    reason: str


class BeginStep(_Act, frozen=True, kw_only=True):
    """A special step (特殊环节) begins: the clock stands still."""

    step: str
    """``kiosk.catalogue.StepKind``; one the item announces, or a hearing."""


class EndStep(_Act, frozen=True, kw_only=True):
    """The special step that is under way has ended."""

    result: str


class BookVisit(_Act, frozen=True, kw_only=True):
    """Book the visit (现场核查), or another time for it: the next one that is free."""

    not_before: date | None = None
    half: str = ""
    """``morning``, ``afternoon``, or empty for both."""


class RecordVisit(_Act, frozen=True, kw_only=True):
    """What the visit found (现勘现审): passed, to be put right, or refused."""

    found: str
    passed: bool
    put_right: str = ""
    """What is to be put right (整改)."""
    put_right_by: date | None = None
    """With it a second visit is booked after that day."""
    refusal: Refuse | None = None
    """Not passed, and nothing can be put right."""
    output: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    """As in ``Approve``."""


class CheckHandedIn(_Act, frozen=True, kw_only=True):
    """A clerk looked at what was handed in later, or put right."""

    kind: ObligationKind
    subject: str
    good: bool
    says: str = ""
    """Of what is not good: why. It is open again."""
    days: int = 5
    """Working days for handing it in again."""


class Revoke(_Act, frozen=True, kw_only=True):
    """撤销: take back what was approved, in writing, with remedies (行政许可法 第六十九条)."""

    reasons: str
    basis: str


class CheckPromise(_Act, frozen=True, kw_only=True):
    """事后核查 of a promise: kept; or broken, and what follows."""

    subject: str
    kept: bool
    found: str
    put_right: str = ""
    put_right_by: date | None = None
    """Broken, to be put right by this day."""
    revocation: Revoke | None = None
    """Broken, and the licence is taken back."""


class HandOver(_Act, frozen=True, kw_only=True):
    """The result was handed over at the window (出件)."""

    to: str
    """Who took it: the applicant, or by whom they were represented."""


Act: TypeAlias = (
    Approve
    | Refuse
    | NotAccept
    | Accept
    | Ask
    | Extend
    | BeginStep
    | EndStep
    | BookVisit
    | RecordVisit
    | CheckHandedIn
    | CheckPromise
    | Revoke
    | HandOver
)


class Clerk(msgspec.Struct, frozen=True, kw_only=True):
    """Who does it. Who may do what is the window's to say; departments are held to here."""

    number: str
    """Staff number; kept with what they did, never told to citizens."""
    departments: frozenset[str] = frozenset()
    """Whose cases they decide; empty: all (综窗)."""
    supervisor: bool = False


class Acted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a case."""

    application: int
    """Row of its application: whoever watches it is rung."""
    number: str
    version: int
    at: datetime
