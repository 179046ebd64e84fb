"""What a server of Network UPS Tools answers, read: pure, and all there is to parse.

Source: RFC 9271 (commands GET, LIST, their answers and errors), NUT developer guide, "Network protocol information"
(quotes and backslashes), "Variables and commands" (names, flags of ``ups.status``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from drivers.errors import DeviceError, DeviceGarbled, DeviceRefused, DeviceSilent
from drivers.power.api import PowerStatus, Supply
from drivers.status import WELL, Condition

_WORD: Final = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"\\]+))')
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_NAME: Final = re.compile(r"[A-Z-]{1,40}")
_LONGEST_TEXT: Final = 80

STALE: Final = "power.stale"
_ERRORS: Final[Mapping[str, tuple[type[DeviceError], str]]] = {
    "UNKNOWN-UPS": (DeviceRefused, "power.unknown-name"),
    "ACCESS-DENIED": (DeviceRefused, "power.access-denied"),
    "DATA-STALE": (DeviceSilent, STALE),
    "DRIVER-NOT-CONNECTED": (DeviceSilent, STALE),
}


def words(line: bytes) -> list[str]:
    """Return the words of a line; quotes keep one together, a backslash takes the next sign as it is.

    Raises:
        DeviceGarbled: a quote that does not end, or a word that is glued to one.
    """
    text = line.decode("utf-8", errors="replace").strip()
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _WORD.match(text, at)
        if match is None:
            raise DeviceGarbled(f"a line of {len(line)} bytes cannot be taken apart at {at}")
        quoted, plain = match.groups()
        found.append(plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        at = match.end()
    return found


def refusal(line: bytes) -> DeviceError | None:
    """Return the error that a line tells of; None: it is none."""
    if not line.startswith(b"ERR"):
        return None
    name = line[3:].strip().decode("ascii", errors="replace").partition(" ")[0]
    kind, code = _ERRORS.get(name, (DeviceRefused, None))
    return kind(f"ERR {name if _NAME.fullmatch(name) else 'of an unknown shape'}", code=code)


def variable(line: bytes, ups: str) -> tuple[str, str]:
    """Return name and value that a line of ``LIST VAR`` tells. Raises ``DeviceGarbled``."""
    match words(line):
        case ["VAR", of, name, value] if of == ups:
            return name, value
    raise DeviceGarbled(f"no variable of {ups} in a line of {len(line)} bytes")


def power_status(variables: Mapping[str, str]) -> PowerStatus:
    """Return what the variables of a supply say."""

    def number(name: str) -> float | None:
        value = variables.get(name, "").strip()
        return float(value) if _NUMBER.fullmatch(value) else None

    def text(*names: str) -> str:
        value = next((variables[name] for name in names if variables.get(name)), "")
        return "".join(sign for sign in value if sign.isprintable()).strip()[:_LONGEST_TEXT]

    flags = set(variables.get("ups.status", "").split())
    return PowerStatus(
        supply=_supply(flags),
        charge_percent=number("battery.charge"),
        runtime_s=number("battery.runtime"),
        load_percent=number("ups.load"),
        battery_v=number("battery.voltage"),
        replace_battery="RB" in flags,
        maker=text("device.mfr", "ups.mfr"),
        model=text("device.model", "ups.model"),
        serial=text("device.serial", "ups.serial"),
        firmware=text("ups.firmware"),
        driver=f"{text('driver.name')} {text('driver.version')}".strip(),
    )


def _supply(flags: set[str]) -> Supply:
    """Return what the flags of ``ups.status`` mean.

    As upsmon judges: a low battery counts only while it is drawn from (LB beside OL is one that is being charged after
    a failure), FSD says that the shutdown has been ordered.
    """
    if "FSD" in flags:
        return Supply.LOW_BATTERY
    if "OB" in flags:
        return Supply.LOW_BATTERY if "LB" in flags else Supply.ON_BATTERY
    if "OL" in flags and not flags & {"OFF", "BYPASS"}:
        return Supply.ON_LINE
    return Supply.UNKNOWN


def condition(status: PowerStatus) -> Condition:
    """Return how a supply is for whoever watches it; it works in each of them, or nobody would be told."""
    if status.supply is not Supply.ON_LINE:
        cause = "power.unknown" if status.supply is Supply.UNKNOWN else f"power.{status.supply}"
        return Condition(cause=cause)
    return Condition(cause="power.replace-battery") if status.replace_battery else WELL
