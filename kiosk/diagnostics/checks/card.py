"""The smart-card reader: whether it is there, and how fast a card answers; nothing on the card is kept."""

from __future__ import annotations

import time
from statistics import median
from typing import Final

from drivers.card.api import CardProbe, CardReader
from drivers.card.kinds import CardLook, look
from drivers.errors import MediaRemoved, MediaUnreadable
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Measure
from kiosk.diagnostics.reaching import driver
from kiosk.diagnostics.running import Check, Found


async def reader(bench: Workbench, say: Say) -> Found:
    """Ask the reader how its slots are; a card that is in it is measured instead."""
    there: CardReader = await driver(bench, "card")
    say(0.2)
    start = time.monotonic()
    probe = await there.probe()
    answer = measured("card.answer", (time.monotonic() - start) * 1000)
    return Found(measures=_measures(probe) if probe.atr else (answer,))


async def card(bench: Workbench, say: Say) -> Found:
    """Wait for any chip card, tell what it is, measure it, see it leave.

    No file of it is read. Of its answer to the reset the bytes are not told: some makers put a serial number in them.
    """
    there: CardReader = await driver(bench, "card")
    say(0.1, "insert.card")
    while True:
        try:
            seen = await there.run(look)
            probe = await there.probe()
        except MediaRemoved:
            say(0.3, "insert.card-again")
        except MediaUnreadable:
            return Found(reason="card.no-answer")
        else:
            if probe.atr:
                break
            say(0.3, "insert.card-again")  # it was taken between the two
    say(0.8, "take.card")
    await there.removed()
    return Found(measures=_measures(probe), detail=_described(seen))


def _described(seen: CardLook) -> str:
    """Return what is known of a card, for the technician: "T=1, contactless, travel-document, 13 historical bytes"."""
    if seen.answer is None:
        return f"{seen.protocol}, {seen.kind}, answer to reset not as in ISO/IEC 7816-3"
    slot = "contactless" if seen.answer.contactless else "contact"
    offered = "/".join(f"T={number}" for number in seen.answer.protocols)
    told = [seen.protocol, slot, str(seen.kind), f"{len(seen.answer.historical)} historical bytes"]
    if not seen.answer.contactless:  # a reader makes up the rest for a contactless card
        told += [f"{offered} offered", f"{seen.answer.clocks_per_bit:g} clocks per bit"]
    if seen.answer.checked is False:
        told.append("TCK wrong")
    return ", ".join(told)


def _measures(probe: CardProbe) -> tuple[Measure, ...]:
    found = [measured("card.atr", len(probe.atr))] if probe.atr else []
    if probe.round_trips_ms:
        found.append(measured("card.round-trip", median(probe.round_trips_ms)))
    return tuple(found)


CHECKS: Final[dict[str, Check]] = {"card.reader": reader, "card.card": card}
