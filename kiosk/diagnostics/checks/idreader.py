"""The reader of identity documents: its module tests itself, and a document is read; nothing of it is kept."""

from __future__ import annotations

import time
from statistics import median
from typing import Final

from drivers.errors import MediaError, MediaRemoved
from drivers.idreader.api import IdReader
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.reaching import driver
from kiosk.diagnostics.running import Check, Found


async def self_test(bench: Workbench, say: Say) -> Found:
    """Have the security module test itself; measure its answers."""
    reader: IdReader = await driver(bench, "idreader")
    say(0.2)
    probe = await reader.probe()
    found = [measured("idreader.well", probe.self_test)]
    if probe.answers_ms:
        found.append(measured("idreader.answer", median(probe.answers_ms)))
    if probe.find_ms:
        found.append(measured("idreader.find", median(probe.find_ms)))
    return Found(measures=tuple(found), reason="" if probe.self_test else "idreader.self-test")


async def document(bench: Workbench, say: Say) -> Found:
    """Read a document that is laid down, and see it leave; who it belongs to is forgotten at once."""
    reader: IdReader = await driver(bench, "idreader")
    say(0.1, "lay.document")
    start = time.monotonic()
    while True:
        try:
            await reader.read()
        except MediaRemoved:
            say(0.3, "lay.document-again")
        except MediaError as error:
            return Found(reason=error.code, detail=error.detail)
        else:
            break
    read = measured("idreader.read", time.monotonic() - start)
    say(0.8, "take.document")
    await reader.removed()
    return Found(measures=(read,))


CHECKS: Final[dict[str, Check]] = {"idreader.self-test": self_test, "idreader.document": document}
