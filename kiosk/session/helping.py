"""A member of staff (帮办代办员) beside the citizen: by number and a code to the staff phone, named until they leave.

They see what the citizen shows them, and nothing more: the session stays the citizen's.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from kiosk.session.effects import CheckHelper, EndHelp, SendHelperCode
from kiosk.session.events import (
    HelperArrived,
    HelperCodeEntered,
    HelperCodeSent,
    HelperLeft,
    HelperNumbered,
    HelperRefused,
    HelperWanted,
)
from kiosk.session.house import House, Step
from kiosk.session.state import Advice, Session, Stage

COMES_AT: Final = (
    Stage.NOTICE,
    Stage.FETCH,
    Stage.RESUME,
    Stage.BEHALF,
    Stage.CONFIRM,
    Stage.TASKS,
    Stage.QUESTION,
    Stage.CHANGE,
    Stage.MATERIALS,
    Stage.PROMISE,
    Stage.REVIEW,
)
"""Pages to which a helper may come: until it is signed, for then it is the citizen's own word."""
LONGEST_NUMBER: Final = 20


def can_come(state: Session) -> bool:
    """Return whether a helper can say who they are now: beside a verified person, while nothing is waited for."""
    return state.verified and state.helper is None and not state.busy and state.stage in COMES_AT


def wanted(_: House, state: Session, event: HelperWanted) -> Step:
    """Ask who helps."""
    del event
    if not can_come(state):
        return state, ()
    return replace(state, stage=Stage.HELPER, helped_from=state.stage, helping=None, advice=None), ()


def numbered(_: House, state: Session, event: HelperNumbered) -> Step:
    """Send a code to the phone of that member of staff, unless one is being sent."""
    number = event.staff.strip()
    if state.stage is not Stage.HELPER or state.busy or not 0 < len(number) <= LONGEST_NUMBER:
        return state, ()
    return replace(state, busy="staff", helping=None, advice=None), (SendHelperCode(staff=number),)


def code_sent(_: House, state: Session, event: HelperCodeSent) -> Step:
    """Ask for the code."""
    if state.stage is not Stage.HELPER or state.busy != "staff":
        return state, ()
    return replace(state, busy="", helping=event.verification), ()


def code_entered(_: House, state: Session, event: HelperCodeEntered) -> Step:
    """Check the code, unless one is being checked."""
    if state.stage is not Stage.HELPER or state.busy or state.helping is None:
        return state, ()
    return replace(state, busy="assist", advice=None), (CheckHelper(assistance=state.helping.id, code=event.code),)


def refused(_: House, state: Session, event: HelperRefused) -> Step:
    """Say what was wrong; without attempts left a new code is needed."""
    if state.stage is not Stage.HELPER or state.busy != "assist" or state.helping is None:
        return state, ()
    left = event.attempts_left
    helping = replace(state.helping, attempts_left=left) if left > 0 else None
    return replace(state, busy="", helping=helping, advice=Advice(code=event.code)), ()


def arrived(_: House, state: Session, event: HelperArrived) -> Step:
    """Name them on every page, and go back to where the citizen was."""
    if state.stage is not Stage.HELPER or state.busy != "assist":
        return state, ()
    return replace(back(state), helper=event.assistance), ()


def back(state: Session) -> Session:
    """Return the session where the citizen was."""
    return replace(state, stage=state.helped_from, helping=None, busy="", advice=None)


def left(_: House, state: Session, event: HelperLeft) -> Step:
    """They have gone; what they helped with says so, and what is filed from now on does not."""
    del event
    return replace(state, helper=None), () if state.helper is None else (EndHelp(),)
