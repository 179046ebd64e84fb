"""What comes after a matter and beside it: ratings, complaints, and the queue of a service hall.

Source: GB/T 39734-2020 and GB/T 39735-2020 (好差评: five levels, reasons, follow-up); 国办发〔2019〕51号.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.contract.messages import Label, Message
from kiosk.words import Text

Words = Annotated[str, msgspec.Meta(max_length=500)]
"""What somebody says in their own words."""


class RatingAxis(StrEnum):
    """What a rating is about (GB/T 39735-2020)."""

    EFFICIENCY = "efficiency"
    """办事效率"""
    GUIDE = "guide"
    """指南精确度"""
    CONVENIENCE = "convenience"
    """便捷度"""
    PLATFORM = "platform"
    """平台操作性"""
    ATTITUDE = "attitude"
    """服务态度"""


class RatingRequest(Message, frozen=True, kw_only=True):
    """``PUT /v1/applications/{number}/rating``."""

    level: int
    """5 非常满意 … 1 非常不满意."""
    reasons: tuple[str, ...] = ()
    """What was touched of the words that the page offers."""
    axes: tuple[RatingAxis, ...] = ()
    """What it is about; a bad rating is asked for it."""
    words: Words = ""


class FollowUpState(StrEnum):
    """How far the follow-up of a bad rating (差评回访) is."""

    OPEN = "open"
    """nobody has called yet"""
    CONTACTED = "contacted"
    """somebody has spoken with them and looks into it"""
    CLOSED = "closed"
    """said what was done about it"""


class FollowUp(Message, frozen=True, kw_only=True):
    """What becomes of a bad rating."""

    state: FollowUpState
    department_name: Text
    contact_by: date
    """Somebody calls until then, counted in working days."""
    close_by: date
    answer: str = ""
    """What was done about it, in the department's words."""


class Rating(Message, frozen=True, kw_only=True):
    """``GET /v1/applications/{number}/rating``: the rating as it stands, and its follow-up if it is a bad one."""

    level: int
    reasons: tuple[str, ...] = ()
    axes: tuple[RatingAxis, ...] = ()
    words: str = ""
    rated_at: datetime
    follow_up: FollowUp | None = None


class ComplaintKind(StrEnum):
    """What a complaint is about."""

    CANNOT_GET_DONE = "cannot-get-done"
    """办不成事: came for something and could not get it done"""
    TOO_SLOW = "too-slow"
    """超时、拖延"""
    ATTITUDE = "attitude"
    """服务态度"""
    WRONG_DATA = "wrong-data"
    """数据有误"""
    TERMINAL = "terminal"
    """终端故障或难用"""
    SUGGESTION = "suggestion"
    """意见建议"""


class ComplaintRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/complaints`` with ``Idempotency-Key``; with the holder's token, or with a phone to call back."""

    kind: ComplaintKind
    words: Words = ""
    about: Label = ""
    """Number of a case or an application, or id of an item; empty: none of these."""
    phone: Annotated[str, msgspec.Meta(max_length=20)] = ""
    """Where to call back; needed without a token, else that of the person is used."""
    terminal: Label
    session: Label = ""
    language: Label = "zh-Hans"


class ComplaintState(StrEnum):
    """How far a complaint case (投诉件) is."""

    OPEN = "open"
    ANSWERED = "answered"
    """the department has answered; the citizen says whether that solves it"""
    REOPENED = "reopened"
    """the answer did not solve it: a supervisor has it now"""
    CLOSED = "closed"


class Verdict(StrEnum):
    """What the citizen says of the answer."""

    SOLVED = "solved"
    PARTLY = "partly"
    UNSOLVED = "unsolved"


class ComplaintStep(Message, frozen=True, kw_only=True):
    """Something that happened to a complaint."""

    at: datetime
    says: Text


class Complaint(Message, frozen=True, kw_only=True):
    """A complaint case (有诉即办): who has it, until when, what was answered."""

    number: str
    kind: ComplaintKind
    state: ComplaintState
    words: str
    about: str = ""
    owner_name: Text
    """Department that answers."""
    contact: str
    """Telephone of that department."""
    received_at: datetime
    due_on: date
    """It is answered until then, counted in working days."""
    overdue: bool = False
    answer: str = ""
    answered_at: datetime | None = None
    verdict: Verdict | None = None
    may_judge: bool = False
    """The citizen may say now whether the answer solves it."""
    steps: tuple[ComplaintStep, ...] = ()
    code: str = ""
    """Opens the complaint together with its number (header ``Complaint-Code``). Only told when it is taken."""


class VerdictRequest(Message, frozen=True, kw_only=True):
    """``PUT /v1/complaints/{number}/verdict``: does the answer solve it?"""

    verdict: Verdict
    words: Words = ""


class HallService(Message, frozen=True, kw_only=True):
    """Something people queue for in a hall."""

    id: str
    name: Text
    letter: str
    """Of its ticket numbers."""
    departments: tuple[str, ...]
    items: tuple[str, ...] = ()
    """Ids of items that are done there; empty: all of its departments'."""
    waiting: int
    """People waiting now."""
    open: bool
    minutes_least: int
    """A ticket taken now is probably called after this many minutes,"""
    minutes_most: int
    """and before this many."""


class Hall(Message, frozen=True, kw_only=True):
    """``GET /v1/halls``: a service hall (政务服务大厅) with its queue."""

    id: str
    name: Text
    address: Text
    hours: Text
    open: bool
    opens_at: datetime | None = None
    """When it opens next, while it is closed."""
    services: tuple[HallService, ...]


class Slot(Message, frozen=True, kw_only=True):
    """``GET /v1/halls/{hall}/slots?service=…``: a time that can be booked."""

    starts_at: datetime
    free: int


class TicketRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/tickets``: a queue ticket (取号) for now, or with ``starts_at`` a booking (预约取号; assurance B)."""

    hall: Label
    service: Label
    starts_at: datetime | None = None
    session: Label
    """One ticket a session, hall and service: touching twice gives the same."""
    terminal: Label


class TicketState(StrEnum):
    """How far a queue ticket is."""

    BOOKED = "booked"
    """for a time; not there yet"""
    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    MISSED = "missed"
    """called three times and did not come; may come back once"""
    CANCELLED = "cancelled"


class Ticket(Message, frozen=True, kw_only=True):
    """A place in a queue, where to wait, where to go."""

    id: str
    """Nobody can guess it: who has it may see and cancel the ticket."""
    label: str
    """What is called and shown: ``A023``; of a booking its number."""
    hall: str
    hall_name: Text
    service: str
    service_name: Text
    state: TicketState
    ahead: int = 0
    """People who are called before."""
    minutes_least: int = 0
    minutes_most: int = 0
    counter: str = ""
    """The counter that called, or that will most likely."""
    way: tuple[Text, ...] = ()
    """The way there from the terminal, a sentence a turn."""
    plan: tuple[tuple[int, int], ...] = ()
    """The same way as points on the plan of the hall, in decimetres from its south-west corner."""
    issued_at: datetime
    starts_at: datetime | None = None
