"""How good is good enough: every measure with its unit, its limits and where they come from, in one table.

A limit is a reading of a standard where there is one; else of what is known from the field (``[field]``: figures of
public drivers and manuals, none measured by us), of what a citizen notices (``[people]``), or our own choice, which a
table of real machines will correct (``[chosen]``).

The texts of ISO/IEC 7816-3, GA 450 and VVSG 2.0 were not at hand. The 33 characters of an answer to reset and the 9,600
etu of section 10.2 are the same in public descriptions and in open drivers that cite the sections; what the module of
GA 450 answers is from open drivers for it; number and wording of VVSG's 7.2-I are from memory and to be looked up.
"""

from __future__ import annotations

from typing import Final

import msgspec

from kiosk.diagnostics.model import Measure


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """What a measure is compared with; see ``Measure``."""

    unit: str
    at_least: float | None = None
    at_most: float | None = None
    warn_at_least: float | None = None
    warn_at_most: float | None = None
    basis: str


def _most(unit: str, fail: float, warn: float | None, basis: str) -> Limit:
    return Limit(unit=unit, at_most=fail, warn_at_most=warn, basis=basis)


def _least(unit: str, fail: float, warn: float | None, basis: str) -> Limit:
    return Limit(unit=unit, at_least=fail, warn_at_least=warn, basis=basis)


def _told(unit: str, basis: str) -> Limit:
    """A measure without a limit: for its history and its drift."""
    return Limit(unit=unit, basis=basis)


_TOUCH_TARGET_MM: Final = 12.7
"""Least side of a button of ours, 0.5 inch: the touch area that VVSG 2.0 (US EAC, 2021), 7.2-I, asks of terminals."""

LIMITS: Final[dict[str, Limit]] = {
    # --- reader of identity documents
    "idreader.well": _least("", 1, None, "GA 450-2013: the module answers its self-test with 0x90, else 0x60"),
    "idreader.answer": _most("ms", 500, 150, "[field] 20 bytes take 2 ms at 115,200 baud; the rest is the module's"),
    "idreader.find": _most("ms", 1000, 400, "[field] 100 to 300 ms to find or not find a card"),
    "idreader.read": _most("s", 8, 5, "[field] 2 to 3 s for text and photograph"),
    # --- smart-card reader
    "card.answer": _most("ms", 1000, 200, "[field] the PC/SC service knows its slots, and tells at once"),
    "card.atr": Limit(unit="bytes", at_least=2, at_most=33, basis="ISO/IEC 7816-3:2006 8.2.1: TS, T0, up to 31 more"),
    "card.round-trip": _most(
        "ms", 1000, 300, "ISO/IEC 7816-3:2006 10.2: 9,600 etu unless the card says otherwise, 1 s at 3.57 MHz"
    ),
    # --- scanner
    "scanner.read": _least("", 3, None, "[chosen] three codes of three sizes, each held before the window"),
    "scanner.module": _most("mm", 0.76, 0.51, "[people] a code of 33 modules on a telephone is about 25 mm wide"),
    "scanner.time": _most("s", 20, 8, "[people] until a code held there was read, finding it included"),
    # --- camera
    "camera.sharpness": _least(
        "", 15, 50, "[chosen] variance of the Laplacian; the simulated desk has 500, out of focus it has less than 10"
    ),
    "camera.brightness": Limit(
        unit="",
        at_least=40,
        at_most=220,
        warn_at_least=60,
        warn_at_most=200,
        basis="[chosen] mean of grey, 0 to 255",
    ),
    "camera.clipped": _most("%", 40, 20, "[chosen] quite black or quite white pixels hold no print"),
    "camera.rate": _least("frames/s", 5, 8, "[people] below five a live picture is a row of pictures"),
    "camera.lost": _most("%", 5, 1, "[chosen] of the pictures of a stream"),
    "camera.repeated": _most("%", 60, 30, "[chosen] noise makes every picture of a living sensor different"),
    # --- printer
    "printer.answer": _most("ms", 1000, 200, "[field] DLE EOT is answered in real time, while it prints as well"),
    "printer.page": _most("s", 20, 8, "[field] 150 mm/s and a knife; the page is 150 mm long"),
    "printer.proof": _least("", 2, None, "drained: a status asked after the last byte was answered, without a fault"),
    "printer.fed": _told("mm", "rows of dots, 8 to a millimetre"),
    "printer.left": _told("m", "as this terminal counts it: roll or its tail, less the rows fed; rather too little"),
    "printer.receipts": _told("", "that the paper is good for, each as long as the longest of the newest 50"),
    "printer.paper": _least("", 1, 2, "0 out, 1 near its end, 2 enough"),
    "printer.cover": _most("", 0, None, "1: open"),
    "printer.cutter": _most("", 0, None, "1: the knife is stuck"),
    # --- the loop
    "loop.match": _least("", 1, None, "what was read is what was printed, every character of it"),
    "loop.time": _told("s", "from the slip cut to the code read: a hand is part of it"),
    # --- touch
    "touch.reached": _least("%", 100, None, "[chosen] every cross of the grid was touched"),
    "touch.error": _most("mm", _TOUCH_TARGET_MM / 2, 3.2, "half, or a quarter of the least side of a button, 12.7 mm"),
    "touch.edge": _most("mm", 6.0, 3.0, "[chosen] from the edge of the panel to where a touch is still felt"),
    "touch.crooked": _most("mm", 6.0, 3.0, "[chosen] off the straight line; a finger itself strays 1 to 2 mm"),
    "touch.gap": _most("mm", 25, 12, "[chosen] between two reports of a finger that goes on"),
    "touch.lifted": _most("", 0, None, "a finger that was not lifted was reported as lifted"),
    "touch.points": _least("", 1, 2, "[chosen] the pages need one finger; a second hand must not confuse them"),
    "touch.ghosts": _most("", 0, None, "touches reported while nobody touched"),
    "touch.latency": _most("ms", 200, 100, "[people] R. B. Miller 1968: 0.1 s is felt as at once"),
    # --- display
    "display.missed": _most("", 0, None, "cells that differ and were not found, of those shown"),
    "display.false": _most("", 0, None, "cells touched that do not differ: something else is seen there"),
    "display.size": _most("%", 8, 3, "[chosen] what the panel says of its size against terminal.diagonal_mm"),
    # --- sound
    "sound.wrong": _most("", 0, None, "beeps heard against beeps played, a number nobody knew before"),
    "sound.level": _least("", 6, 12, "[chosen] decibels of the tone above what the microphone hears without it"),
    # --- network
    "network.name": _most("ms", 3000, 500, "[people] before a first request"),
    "network.median": _most("ms", 1000, 300, "[people] R. B. Miller 1968: after 1 s a train of thought is broken"),
    "network.slowest": _most("ms", 5000, 1000, "p95 of 20 questions; as above"),
    "network.failed": _most("%", 20, 0, "[chosen] of 20 questions"),
    "network.certificate": _least("days", 3, 21, "[chosen] a certificate of 90 days is renewed 30 days before its end"),
    "network.clock": _most("s", 60, 5, "RFC 7523 3: an assertion is dated; the backend allows for little"),
    # --- disk
    "disk.free": _least("MB", 200, 1000, "[chosen] an application with photographs is 5 MB, logs are 20 to 100"),
    "disk.write": _least("MB/s", 2, 10, "[chosen] a photograph is stored in less than a second"),
    "disk.sync": _most("ms", 1000, 200, "[people] an application is on the disk before it is sent"),
    "disk.writable": _least("", 1, None, "0: mounted read-only, as file systems are after an error"),
    "disk.well": _least("", 1, None, "ATA/NVMe SMART: overall health self-assessment, as smartctl -H tells it"),
    # --- system
    "system.temperature": _most("°C", 90, 75, "[field] processors throttle at 95 to 105; housings are closed"),
    "system.memory": _least("%", 5, 15, "[chosen] MemAvailable of MemTotal (proc(5))"),
    "system.load": _most("", 4, 1.5, "[chosen] load average of 5 minutes for each core (proc(5))"),
    "system.synchronised": _least("", 0, 1, "adjtimex(2): STA_UNSYNC is clear; how far off it is, network.clock says"),
    "system.clock-error": _most("s", 60, 2, "adjtimex(2): maxerror"),
    "power.charge": _least("%", 20, 50, "[chosen] NUT battery.charge"),
    "power.runtime": _least("s", 60, 180, "[chosen] NUT battery.runtime: time to end a session and shut down"),
    "power.line": _least("", 1, None, "NUT ups.status: OL; 0 is on battery"),
    "power.battery": _least("", 1, None, "NUT ups.status: 0 is RB, replace battery"),
}


def measured(name: str, value: float) -> Measure:
    """Return a measure with its limits. Raises ``KeyError``: there is no such measure."""
    limit = LIMITS[name]
    return Measure(
        name=name,
        value=round(value, 4),
        unit=limit.unit,
        at_least=limit.at_least,
        at_most=limit.at_most,
        warn_at_least=limit.warn_at_least,
        warn_at_most=limit.warn_at_most,
        basis=limit.basis,
    )
