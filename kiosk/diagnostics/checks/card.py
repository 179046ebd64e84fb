"""The smart-card reader: whether it is there, and how fast a card answers; nothing on the card is kept."""

from __future__ import annotations

from statistics import median
from typing import Final

from drivers.card.api import CardProbe, CardReader
from drivers.errors import MediaError, MediaRemoved
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Measure
from kiosk.diagnostics.reaching import driver
from kiosk.diagnostics.running import Check, Found


async def reader(bench: Workbench, say: Say) -> Found:
    """Ask the reader; a card that is in it is measured as well."""
    there: CardReader = await driver(bench, "card")
    say(0.2)
    return Found(measures=_measures(await there.probe()))


async def card(bench: Workbench, say: Say) -> Found:
    """Wait for any chip card, measure it, see it leave."""
    there: CardReader = await driver(bench, "card")
    say(0.1, "insert.card")
    while True:
        try:
            await there.read()
        except MediaRemoved:
            say(0.3, "insert.card-again")
        except MediaError:
            break  # a card is in it, and that is all that is wanted: what it says is another question
        else:
            break
    probe = await there.probe()
    if not probe.atr:
        return Found(reason="card.no-answer")
    say(0.8, "take.card")
    await there.removed()
    return Found(measures=_measures(probe), detail=probe.protocol)


def _measures(probe: CardProbe) -> tuple[Measure, ...]:
    found = [measured("card.atr", len(probe.atr))] if probe.atr else []
    if probe.round_trips_ms:
        found.append(measured("card.round-trip", median(probe.round_trips_ms)))
    return tuple(found)


CHECKS: Final[dict[str, Check]] = {"card.reader": reader, "card.card": card}
