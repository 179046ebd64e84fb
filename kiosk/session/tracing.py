"""A case looked up by its number (凭编号查): a state and a day, nothing about a person (assurance A)."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from kiosk.session.house import House, Step
from kiosk.session.own_effects import LookUpNumber
from kiosk.session.own_events import NumberEntered, NumberWanted, StatusFound
from kiosk.session.state import Advice, Session, Stage

CASE_CODE: Final = "onething:case/"
"""What the QR of a receipt says, before the number of the application."""
NUMBER: Final = re.compile(r"([A-Z]{2})(\d{8})-?(\d{6})-?(\d)(?:-?(\d{2}))?")
"""``OT20261122-000123-4`` is an application, ``OT20261122-000123-4-01`` a case of it."""
PREFIX: Final = "OT"
"""Of a number that is typed without its letters."""


def wanted(_: House, state: Session, event: NumberWanted) -> Step:
    """Ask for the number."""
    del event
    if state.stage is not Stage.FIND:
        return state, ()
    return replace(state, stage=Stage.NUMBER, number="", statuses=(), advice=None), ()


def entered(_: House, state: Session, event: NumberEntered) -> Step:
    """Look a number up, unless one is being looked up."""
    if state.stage is not Stage.NUMBER or state.busy:
        return state, ()
    number = spelled(event.number)
    if number is None:
        return replace(state, number="", statuses=(), advice=Advice(code="number.malformed")), ()
    return _look(state, number)


def scanned(state: Session, text: str) -> Step:
    """Look the number of a receipt up."""
    number = spelled(text.removeprefix(CASE_CODE))
    if number is None:
        return replace(state, advice=Advice(code="code.unknown")), ()
    return _look(replace(state, stage=Stage.NUMBER), number)


def _look(state: Session, number: str) -> Step:
    return replace(state, busy="status", number=number, statuses=(), advice=None), (LookUpNumber(number=number),)


def found(_: House, state: Session, event: StatusFound) -> Step:
    """Show what it shows."""
    if state.stage is not Stage.NUMBER or state.busy != "status" or state.number != event.number:
        return state, ()
    return replace(state, busy="", statuses=event.statuses), ()


def spelled(typed: str) -> str | None:
    """Return a number as it is written, from what was typed or scanned; ``None``: it cannot be one."""
    text = typed.strip().upper().replace(" ", "")
    whole = NUMBER.fullmatch(text if text[:1].isalpha() else PREFIX + text)
    if whole is None:
        return None
    prefix, day, serial, check, case = whole.groups()
    number = f"{prefix}{day}-{serial}-{check}"
    return number if case is None else f"{number}-{case}"
