"""Guided repairs as pure step machines: each step ends when the device itself shows that it was done.

A ``Repair`` says what is to be done now; ``saw`` takes what the device shows and returns the repair after it::

    roll     cover open or paper out → paper in and cover closed → a test slip cut
    lens     sharpness before → sharper after
    cable    device left → the same device came back and works
    replace  old device left → a device with another serial number works → paired by the technician

It can be left at any step: nothing was changed by the program before the last one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from drivers.status import State
from kiosk.diagnostics.limits import LIMITS


class Kind(StrEnum):
    """The guided repairs."""

    ROLL = "roll"
    LENS = "lens"
    CABLE = "cable"
    REPLACE = "replace"


class Look(StrEnum):
    """What a step has to be shown."""

    STATUS = "status"
    """How the supervisor has the device."""
    PICTURE = "picture"
    """Its sharpness."""
    SLIP = "slip"
    """A test slip is to be printed; whether it is proven."""
    CONSENT = "consent"
    """Yes of the technician."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a device shows; what was not looked at has its default."""

    state: State = State.ABSENT
    cause: str = ""
    serial: str = ""
    sharpness: float = 0.0
    printed: bool = False
    consent: bool = False


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """A repair under way."""

    kind: Kind
    device: str
    serial: str
    """Of the device as it was when the repair began."""
    step: int = 0
    sharpness: float = 0.0
    """Before the lens was cleaned."""
    new_serial: str = ""
    note: str = ""
    """Code among ``says``: why the step is not done yet although something was done; empty: nothing to say."""

    @property
    def done(self) -> bool:
        """Whether every step is confirmed."""
        return self.step >= len(STEPS[self.kind])

    @property
    def say(self) -> str:
        """Key among ``says`` of what is to be done now."""
        return f"repair.{self.kind}.done" if self.done else f"repair.{self.kind}.{STEPS[self.kind][self.step][0]}"

    @property
    def look(self) -> Look | None:
        """What to show it next; None: it is done."""
        return None if self.done else STEPS[self.kind][self.step][1]


STEPS: Final[dict[Kind, tuple[tuple[str, Look], ...]]] = {
    Kind.ROLL: (("open", Look.STATUS), ("close", Look.STATUS), ("cut", Look.SLIP)),
    Kind.LENS: (("before", Look.PICTURE), ("clean", Look.PICTURE)),
    Kind.CABLE: (("out", Look.STATUS), ("in", Look.STATUS)),
    Kind.REPLACE: (("out", Look.STATUS), ("in", Look.STATUS), ("pair", Look.CONSENT)),
}
FOR: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.ROLL: ("printer",),
    Kind.LENS: ("camera",),
    Kind.CABLE: ("idreader", "card", "scanner", "camera", "printer"),
    Kind.REPLACE: ("idreader", "card"),
}
"""Which devices each is for."""
_NO_PAPER: Final = frozenset({"printer.cover-open", "printer.paper-out"})
_SHARPER: Final = 1.05
"""Times as sharp as before: less is noise."""


def begin(kind: Kind, device: str, serial: str) -> Repair:
    """Return a repair at its first step.

    Raises:
        ValueError: it is not for such a device.
    """
    if device not in FOR[kind]:
        raise ValueError(f"{kind} is not for {device}")
    return Repair(kind=kind, device=device, serial=serial)


def saw(repair: Repair, seen: Seen) -> Repair:
    """Return the repair after what the device shows; unchanged when that says nothing new."""
    if repair.done:
        return repair
    match repair.kind:
        case Kind.ROLL:
            return _roll(repair, seen)
        case Kind.LENS:
            return _lens(repair, seen)
        case Kind.CABLE:
            return _cable(repair, seen)
        case Kind.REPLACE:
            return _replace(repair, seen)


def _roll(repair: Repair, seen: Seen) -> Repair:
    match repair.step:
        case 0 if seen.cause in _NO_PAPER:
            return _next(repair)
        case 1 if seen.state is State.READY:
            return _next(repair)
        case 1 if seen.state is State.DEGRADED:
            # near its end already: an old roll was put back, or the sensor is not adjusted
            return _noting(repair, "repair.roll.still-low")
        case 2 if seen.printed:
            return _next(repair)
        case 2 if seen.cause in _NO_PAPER:
            return msgspec.structs.replace(repair, step=1, note="repair.roll.not-cut")
        case _:
            return repair


def _lens(repair: Repair, seen: Seen) -> Repair:
    if seen.sharpness <= 0:
        return repair
    if repair.step == 0:
        return msgspec.structs.replace(_next(repair), sharpness=seen.sharpness)
    enough = LIMITS["camera.sharpness"].at_least or 0.0
    if seen.sharpness >= max(_SHARPER * repair.sharpness, enough):
        return _next(repair)
    return _noting(repair, "repair.lens.not-sharper")


def _cable(repair: Repair, seen: Seen) -> Repair:
    match repair.step:
        case 0 if not seen.state.usable and seen.state is not State.STARTING:
            return _next(repair)
        case 1 if seen.state.usable and seen.serial != repair.serial:
            return _noting(repair, "repair.cable.other")
        case 1 if seen.state.usable:
            return _next(repair)
        case _:
            return repair


def _replace(repair: Repair, seen: Seen) -> Repair:
    match repair.step:
        case 0 if not seen.state.usable and seen.state is not State.STARTING:
            return _next(repair)
        case 1 if seen.state.usable and not seen.serial:
            return _noting(repair, "repair.replace.no-serial")
        case 1 if seen.state.usable and seen.serial == repair.serial:
            return _noting(repair, "repair.replace.same")
        case 1 if seen.state.usable:
            return msgspec.structs.replace(_next(repair), new_serial=seen.serial)
        case 2 if not seen.state.usable:
            return msgspec.structs.replace(repair, step=1, new_serial="", note="")
        case 2 if seen.consent and seen.serial == repair.new_serial:
            return _next(repair)
        case _:
            return repair


def _next(repair: Repair) -> Repair:
    return msgspec.structs.replace(repair, step=repair.step + 1, note="")


def _noting(repair: Repair, note: str) -> Repair:
    return repair if repair.note == note else msgspec.structs.replace(repair, note=note)
