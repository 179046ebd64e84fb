"""When to try a device again, and when to leave it alone: a pure state machine, without a clock and without I/O.

Whoever drives a device tells what happened and at what second, and is told how the device is and what to do next::

                    ┌──────────── open-failed: later each time, 2 s at most ────────────┐
                    ▼                                                                    │
    ── begin ──▶ WAITING ── due, appeared, released ──▶ OPENING ── opened ──▶ IN_USE ── lost ──▶ WAITING
                    ▲                                                                    │
                    └──── its time is over, or released ──── LEFT_ALONE ◀── flapping ────┘

Three promises, each a property that tests/kiosk/devices/test_policy.py tries to break:

* A device that is back is tried within ``longest_wait_s``, unless it is left alone.
* Never more than ``Limits.most_tries`` in any minute, whatever happens and however often it is said to have appeared.
* What is told (state, cause) changes only when it has changed: trying in vain again is no news.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from drivers.status import WELL, Condition, State

MINUTE_S: Final = 60.0
ABSENT: Final = frozenset({"device.absent", "device.gone"})
"""Causes that say that nothing is there. All others: it is there and does not work."""
FLAPPING: Final = "device.flapping"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How patient a policy is; seconds."""

    first_wait_s: float = 0.2
    """From the begin of one try to the next, and the least between two tries of any kind."""
    longest_wait_s: float = 2.0
    """It doubles up to this; so a device that gives no sign of its return is in use soon after it all the same."""
    early_tries: int = 90
    """Tries in a minute that may come earlier than ``longest_wait_s`` after the one before."""

    flaps: int = 8
    """So many short lives within ``window_s`` are one loose contact, not so many accidents."""
    window_s: float = 20.0
    short_life_s: float = 2.0
    """A device that was in use for longer was lost in earnest."""
    alone_s: float = 10.0
    """How long a flapping device is left alone; twice as long each time, until it has lived ``steady_s``."""
    longest_alone_s: float = 300.0
    steady_s: float = 60.0

    @property
    def most_tries(self) -> int:
        """The budget: tries in any minute."""
        return self.early_tries + int(MINUTE_S / self.longest_wait_s) + 1


class Phase(StrEnum):
    """What whoever drives the device does now."""

    WAITING = "waiting"
    """Until ``due_s``, or until it appears."""
    OPENING = "opening"
    IN_USE = "in-use"
    LEFT_ALONE = "left-alone"
    """Until ``due_s``, whatever appears; a technician may release it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """How a device is, and what it went through as far as that matters for what comes next."""

    state: State = State.STARTING
    cause: str = ""
    """Code of what is wrong; empty: nothing."""
    since_s: float
    """When it came to be in this state."""

    phase: Phase = Phase.WAITING
    due_s: float
    """While waiting or left alone: when to open it at the latest."""
    wait_s: float
    """From the begin of the last try to the next."""
    tries: tuple[float, ...] = ()
    """When it was tried within the last minute."""
    opened_s: float = 0.0
    short_lives: tuple[float, ...] = ()
    """When it was lost soon after it had been opened, within the window."""
    left_alone: int = 0
    """How often it was, without being steady in between."""

    @property
    def told(self) -> tuple[State, str]:
        """What there is to announce."""
        return self.state, self.cause


@dataclass(frozen=True, slots=True)
class Appeared:
    """There may be something to open."""


@dataclass(frozen=True, slots=True)
class Due:
    """Time has passed; perhaps enough."""


@dataclass(frozen=True, slots=True)
class Opened:
    """It was opened, and is like this."""

    condition: Condition = WELL


@dataclass(frozen=True, slots=True)
class OpenFailed:
    """It could not be opened: the code of the error."""

    code: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Its condition is another one."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Lost:
    """It failed in use or while it was watched: the code of the error."""

    code: str


@dataclass(frozen=True, slots=True)
class Released:
    """A technician wants it to be tried now, whatever it did."""


Event = Appeared | Due | Opened | OpenFailed | Changed | Lost | Released


def begin(now_s: float, limits: Limits) -> Health:
    """Return the health of a device that nobody has tried yet: it is due."""
    return Health(since_s=now_s, due_s=now_s, wait_s=limits.first_wait_s)


def step(health: Health, event: Event, now_s: float, limits: Limits) -> Health:
    """Return the health after ``event``; one that cannot happen now changes nothing.

    Args:
        health: From ``begin`` or ``step``.
        event: What happened.
        now_s: When, on the clock of ``begin``; never before the event that came before.
        limits: The same ones each time.
    """
    match health.phase, event:
        case Phase.WAITING | Phase.LEFT_ALONE, Due() if now_s >= health.due_s:
            return _tried(health, now_s)
        case Phase.WAITING, Appeared():
            return replace(health, due_s=min(health.due_s, _earliest(health, now_s, limits.first_wait_s, limits)))
        case Phase.WAITING | Phase.LEFT_ALONE, Released():
            due_s = _earliest(health, now_s, limits.first_wait_s, limits)
            fresh = replace(health, phase=Phase.WAITING, wait_s=limits.first_wait_s, short_lives=(), left_alone=0)
            return _told(replace(fresh, due_s=due_s), State.STARTING, "", now_s)
        case Phase.OPENING, Opened(condition):
            opened = replace(health, phase=Phase.IN_USE, wait_s=limits.first_wait_s, opened_s=now_s)
            return _told(opened, *_meaning(condition), now_s)
        case Phase.OPENING, OpenFailed(code):
            return _failed(health, code, now_s, limits)
        case Phase.IN_USE, Changed(condition):
            return _told(health, *_meaning(condition), now_s)
        case Phase.IN_USE, Lost(code):
            return _lost(health, code, now_s, limits)
        case _:
            return health


def _tried(health: Health, now_s: float) -> Health:
    tries = tuple(each for each in health.tries if each > now_s - MINUTE_S)
    return replace(health, phase=Phase.OPENING, tries=(*tries, now_s))


def _failed(health: Health, code: str, now_s: float, limits: Limits) -> Health:
    wait_s = min(health.wait_s * 2, limits.longest_wait_s)
    # half of the budget is kept for signs: who is pulled often is still tried as soon as it appears
    due_s = _earliest(health, now_s, health.wait_s, limits, early_tries=limits.early_tries // 2)
    after = replace(health, phase=Phase.WAITING, due_s=due_s, wait_s=wait_s)
    if code in ABSENT and health.state is State.ABSENT:
        return after  # why it went says more than that it is still not there
    return _told(after, _state_of(code), code, now_s)


def _lost(health: Health, code: str, now_s: float, limits: Limits) -> Health:
    lived_s = now_s - health.opened_s
    lives = tuple(each for each in health.short_lives if each > now_s - limits.window_s)
    if lived_s < limits.short_life_s:
        lives = (*lives, now_s)
    times = 0 if lived_s >= limits.steady_s else health.left_alone
    after = replace(health, short_lives=lives, left_alone=times)
    # who was left alone and comes back as it went need not prove it ten times over
    again = times > 0 and lived_s < limits.short_life_s
    if again or len(lives) >= limits.flaps:
        alone_s = min(limits.alone_s * 2.0 ** min(times, 30), limits.longest_alone_s)
        after = replace(after, phase=Phase.LEFT_ALONE, due_s=now_s + alone_s, left_alone=times + 1, short_lives=())
        return _told(after, State.FAILED, FLAPPING, now_s)
    due_s = _earliest(health, now_s, limits.first_wait_s, limits)
    return _told(replace(after, phase=Phase.WAITING, due_s=due_s), _state_of(code), code, now_s)


def _earliest(health: Health, now_s: float, wait_s: float, limits: Limits, *, early_tries: int | None = None) -> float:
    """Return when the next try may begin, ``wait_s`` after the last one began, within the budget."""
    if not health.tries:
        return now_s
    recent = sum(each > now_s - MINUTE_S for each in health.tries)
    if recent >= (limits.early_tries if early_tries is None else early_tries):
        wait_s = limits.longest_wait_s
    return max(now_s, health.tries[-1] + wait_s)


def _state_of(code: str) -> State:
    return State.ABSENT if code in ABSENT else State.FAILED


def _meaning(condition: Condition) -> tuple[State, str]:
    if not condition.usable:
        return State.FAILED, condition.cause or "device.error"
    return (State.DEGRADED, condition.cause) if condition.cause else (State.READY, "")


def _told(health: Health, state: State, cause: str, now_s: float) -> Health:
    since_s = health.since_s if state is health.state else now_s
    return replace(health, state=state, cause=cause, since_s=since_s)
