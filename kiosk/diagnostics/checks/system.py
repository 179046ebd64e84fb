"""The machine itself: temperature, memory, load, and whether its clock goes by another."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Final

from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.running import Check, Found

_UNSYNCHRONISED: Final = 0x0040
"""STA_UNSYNC of adjtimex(2)."""
_SENSIBLE: Final = (-40.0, 150.0)
"""Degrees; sensors that are not connected report others."""


async def temperature(bench: Workbench, say: Say) -> Found:
    """Return the hottest of what the kernel measures (thermal zones and hwmon)."""
    say(0.5)
    degrees = temperatures(bench.root / "sys")
    if not degrees:
        return Found(reason="temperature.none", skipped=True)
    return Found(measures=(measured("system.temperature", max(degrees)),))


def temperatures(sys: Path) -> list[float]:
    """Return every temperature that can be read, in degrees Celsius."""
    files = (*sys.glob("class/thermal/thermal_zone*/temp"), *sys.glob("class/hwmon/hwmon*/temp*_input"))
    found = []
    for file in files:
        try:
            value = int(file.read_text()) / 1000
        except (OSError, ValueError):
            continue
        if _SENSIBLE[0] < value < _SENSIBLE[1]:
            found.append(value)
    return found


async def load(bench: Workbench, say: Say) -> Found:
    """Return memory that is free, and how busy the processors are."""
    say(0.5)
    try:
        free = memory((bench.root / "proc/meminfo").read_text())
        busy = float((bench.root / "proc/loadavg").read_text().split()[1]) / (os.cpu_count() or 1)
    except (OSError, ValueError, IndexError, KeyError, ZeroDivisionError):
        return Found(reason="load.unknown", skipped=True)
    return Found(measures=(measured("system.memory", free), measured("system.load", busy)))


def memory(meminfo: str) -> float:
    """Return the share of memory that is available, in percent.

    Raises:
        KeyError, ValueError, ZeroDivisionError: it is not what proc(5) describes.
    """
    rows = {name: rest for name, _, rest in (line.partition(":") for line in meminfo.splitlines())}
    return 100 * int(rows["MemAvailable"].split()[0]) / int(rows["MemTotal"].split()[0])


class _Timex(ctypes.Structure):
    """``struct timex`` of adjtimex(2), as far as it is looked at; the kernel writes 208 bytes."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


async def clock(bench: Workbench, say: Say) -> Found:
    """Ask the kernel whether its clock is kept by another (NTP), and how far off it may be."""
    say(0.5)
    if bench.root != Path("/"):
        return Found(reason="clock.unknown", skipped=True, detail="not the root of this machine")
    told = _Timex()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.adjtimex(ctypes.byref(told)) < 0:
        return Found(reason="clock.unknown", skipped=True, detail=os.strerror(ctypes.get_errno()))
    kept = not told.status & _UNSYNCHRONISED
    found = [measured("system.synchronised", kept)]
    if kept:
        found.append(measured("system.clock-error", told.maxerror / 1e6))
    return Found(measures=tuple(found))


CHECKS: Final[dict[str, Check]] = {"system.temperature": temperature, "system.load": load, "system.clock": clock}
