"""Rows of the page of one case: points to know, what happened, its documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.contract import Actor
from kiosk.session import mending

AWAITED_SIGNS: Final = {mending.ANSWER: "pencil", mending.PAYMENT: "wallet", "put-right": "wrench"}
"""Icons of what is waited for by kind; a material has a clip."""
WHO_SIGNS: Final = {Actor.RULES: "zap", Actor.PERSON: "user-round", Actor.APPLICANT: "pencil"}
"""Icons of who did something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeRow:
    """Something that happened to a case."""

    sign: str
    when: str
    who: str
    says: str
    last: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PointRow:
    """Something to know about a case: a line and a quieter one."""

    sign: str
    what: str
    more: str
    pressing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperRow:
    """A document of a case."""

    number: str
    title: str
    detail: str
