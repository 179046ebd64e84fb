"""What happens to a simulated device and when, written down: "paper-out at line 12; paper-ok after 3 s".

One line, for a command line. Steps are parted by semicolons and follow each other::

    step      deed [name=value …] [when] [for 3 s]
    deed      a fault of the device, or anything a hand does with it
    when      at line 12         when the twelfth begins, counted from the end of the step before
              after 2 commands   when the second has been answered
              after 1.5 s, after 300 ms
              nothing, or "at once"
    for       how long; then a fault is over, and what a hand did is undone

The same as YAML, for tests::

    - {do: remove, at: apdu 3}
    - {do: mute, after: 2 commands, for: 3 s, with: {seed: "7"}}
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

import msgspec

from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import NONE, Faults

UNITS: Final = ("command", "apdu", "byte", "line", "mm", "frame", "code")
"""What can be counted; each device counts some of it."""
LONGEST_SCRIPT: Final = 10_000
MOST_STEPS: Final = 100

_SECONDS: Final = {"ms": 0.001, "s": 1.0}
_UNDONE_BY: Final = {
    "unplug": "plug",
    "insert": "remove",
    "tap": "lift",
    "show": "hide",
    "put": "clear",
    "paper-out": "paper-ok",
    "paper-near-end": "paper-ok",
    "cover-open": "cover-closed",
    "cutter-jam": "cutter-ok",
    "freeze": "thaw",
}
_LONGEST_WAIT_S: Final = 86400.0
_NUMBER: Final = r"\d{1,9}(?:\.\d{1,3})?"
_FORM: Final = "deed [name=value] [at line 12 | after 2 commands | after 1.5 s] [for 3 s]"
_STEP: Final = re.compile(
    r"(?P<deed>[a-z][a-z-]*)"
    r"(?P<with>(?:\s+[a-z_]+=[^\s;]+)*)"
    rf"(?:\s+at\s+(?P<at>once|[a-z]+\s+{_NUMBER})|\s+after\s+(?P<after>{_NUMBER}\s*[a-z]+))?"
    rf"(?:\s+for\s+(?P<for>{_NUMBER}\s*[a-z]+))?"
)


class ScriptError(ValueError):
    """A script that is none; the sentence says which step and what is expected there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that happens."""

    deed: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    """What is counted; empty: nothing, ``wait_s`` decides."""
    number: float = 0
    at_begin: bool = False
    """Whether it happens when the last of them begins, rather than when it has ended."""
    wait_s: float = 0
    for_s: float | None = None

    def __str__(self) -> str:
        """Return the step as it is written on a line."""
        given = [f"{name}={value}" for name, value in self.arguments.items()]
        when = []
        if self.unit:
            when = [f"at {self.unit} {self.number:g}" if self.at_begin else f"after {self.number:g} {self.unit}"]
        elif self.wait_s:
            when = [f"after {self.wait_s:g} s"]
        how_long = [] if self.for_s is None else [f"for {self.for_s:g} s"]
        return " ".join([self.deed, *given, *when, *how_long])


class Scripted(Protocol):
    """What a script is played on: a ``SimulatedDevice`` is one."""

    actions: tuple[str, ...]
    faults: Faults

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """Do what a hand does."""


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    do: str
    at: str = ""
    after: str = ""
    for_: str = msgspec.field(default="", name="for")
    with_: dict[str, str | int | float] = msgspec.field(default_factory=dict, name="with")


def parse(text: str) -> tuple[Step, ...]:
    """Return the steps of a script, written as one line or as YAML.

    Raises:
        ScriptError: it is none.
    """
    if len(text) > LONGEST_SCRIPT:
        raise ScriptError(f"a script has at most {LONGEST_SCRIPT} characters")
    if text.lstrip().startswith("- "):
        steps = _from_yaml(text)
    else:
        parts = [part.strip() for part in text.split(";")]
        steps = tuple(_from_line(number, part) for number, part in enumerate(parts, 1) if part)
    if not 0 < len(steps) <= MOST_STEPS:
        raise ScriptError(f"a script has 1 to {MOST_STEPS} steps, this one {len(steps)}; example: paper-out at line 12")
    return steps


def fits(steps: tuple[Step, ...], device: Scripted) -> None:
    """Check that a device can do and count what a script says.

    Raises:
        UnknownAction: a deed, or something counted, that this device does not know.
    """
    faults = device.faults
    for step in steps:
        if step.deed not in faults.choices and step.deed not in device.actions:
            raise UnknownAction(step.deed, (*faults.choices, *device.actions))
        if step.unit and step.unit not in faults.units:
            raise UnknownAction(step.unit, (*faults.units, *_SECONDS))
        if step.for_s is not None and step.deed in device.actions and step.deed not in _UNDONE_BY:
            raise UnknownAction(f"{step.deed} for {step.for_s:g} s", (f"{deed} for" for deed in _UNDONE_BY))


async def play(steps: tuple[Step, ...], device: Scripted) -> None:
    """Let happen to ``device`` what a script says, and return when its last step is over.

    Cancelled, it leaves the device as it is then.

    Raises:
        UnknownAction: the device cannot do a step; those before it have happened.
    """
    fits(steps, device)
    for step in steps:
        await _play_step(step, device)


async def _play_step(step: Step, device: Scripted) -> None:
    faults = device.faults
    if step.unit:
        mark = faults.mark(step.unit, step.number, at_begin=step.at_begin)
        try:
            await mark.reached.wait()
            await _perform(step, device)
        finally:
            faults.forget(mark)
    else:
        if step.wait_s:
            await faults.clock.sleep(step.wait_s)
        await _perform(step, device)
    if step.for_s is not None:
        await faults.clock.sleep(step.for_s)
        await _undo(step, device)


async def _perform(step: Step, device: Scripted) -> None:
    if step.deed in device.faults.choices:
        await device.faults.order({"kind": step.deed, **step.arguments})
    else:
        await device.do(step.deed, step.arguments)


async def _undo(step: Step, device: Scripted) -> None:
    if step.deed not in device.faults.choices:
        await device.do(_UNDONE_BY[step.deed], {})
    elif step.deed == "unplugged":
        await device.do("plug", {})
    else:
        await device.faults.set(NONE)


def _from_yaml(text: str) -> tuple[Step, ...]:
    try:
        written = msgspec.yaml.decode(text, type=list[_Written])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ScriptError(f"a script in YAML is a list of steps: {error}") from error
    steps = []
    for number, each in enumerate(written, 1):
        if any(";" in part for part in (each.do, each.at, each.after, each.for_)):
            raise ScriptError(f"step {number}: a step of its own instead of a semicolon")
        line = each.do + "".join(
            f" {word} {part}" for word, part in (("at", each.at), ("after", each.after), ("for", each.for_)) if part
        )
        step = _from_line(number, line)
        steps.append(
            Step(
                deed=step.deed,
                arguments={**step.arguments, **{name: str(value) for name, value in each.with_.items()}},
                unit=step.unit,
                number=step.number,
                at_begin=step.at_begin,
                wait_s=step.wait_s,
                for_s=step.for_s,
            )
        )
    return tuple(steps)


def _from_line(number: int, line: str) -> Step:
    found = _STEP.fullmatch(line)
    if found is None:
        raise ScriptError(f"step {number}, {line[:60]!r}, is not: {_FORM}")
    unit, count, wait_s = "", 0.0, 0.0
    if found["at"] and found["at"] != "once":
        word, amount = found["at"].split()
        unit, count = _unit(number, word), float(amount)
    elif found["after"]:
        amount, word = _amount(found["after"])
        if word in _SECONDS:
            wait_s = _time(number, found["after"])
        else:
            unit, count = _unit(number, word), float(amount)
    if unit and not count:
        raise ScriptError(f"step {number}: counting begins at 1, as in: at {unit} 1")
    pairs = (pair.partition("=") for pair in found["with"].split())
    return Step(
        deed=found["deed"],
        arguments={name: value for name, _, value in pairs},
        unit=unit,
        number=count,
        at_begin=bool(found["at"]),
        wait_s=wait_s,
        for_s=_time(number, found["for"]) if found["for"] else None,
    )


def _unit(number: int, word: str) -> str:
    unit = word if word in UNITS else word.removesuffix("s")
    if unit not in UNITS:
        raise ScriptError(
            f"step {number}: {word[:30]!r} cannot be counted; there are: {', '.join((*UNITS, *_SECONDS))}"
        )
    return unit


def _time(number: int, text: str) -> float:
    amount, word = _amount(text)
    value = float(amount) * _SECONDS.get(word, math.nan)
    if not 0 <= value <= _LONGEST_WAIT_S:
        raise ScriptError(f"step {number}: {text[:30]!r} is no time of at most a day, such as: 1.5 s, 300 ms")
    return value


def _amount(text: str) -> tuple[str, str]:
    word = text.lstrip("0123456789.")
    return text[: len(text) - len(word)], word.strip()
