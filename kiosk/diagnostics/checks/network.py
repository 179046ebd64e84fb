"""The way to the backend: its name, its certificate, its clock, and how soon it answers."""

from __future__ import annotations

import asyncio
import email.utils
import socket
import ssl
import time
from datetime import UTC, datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.figures import percentile
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Measure
from kiosk.diagnostics.running import Check, Found

QUESTIONS: Final = 20
_PORTS: Final = {"http": 80, "https": 443}
_HEALTH: Final = "/v1/health"
_TLS_S: Final = 5.0
_GIVEN_UP: Final = 3
"""Questions without an answer after which no more are asked."""


async def backend(bench: Workbench, say: Say) -> Found:
    """Find the name, look at the certificate, ask twenty times."""
    address = urlsplit(bench.backend_url)
    found: list[Measure] = []
    start = time.monotonic()
    try:
        await asyncio.get_running_loop().getaddrinfo(address.hostname, _port(address), type=socket.SOCK_STREAM)
    except OSError as error:
        return Found(reason="network.no-name", detail=str(error.strerror))
    found.append(measured("network.name", (time.monotonic() - start) * 1000))
    say(0.1)
    if address.scheme == "https":
        try:
            found.append(measured("network.certificate", await _days_left(address, bench.now())))
        except ssl.SSLError as error:
            return Found(measures=tuple(found), reason="network.certificate-refused", detail=error.reason)
        except (OSError, TimeoutError) as error:
            return Found(measures=tuple(found), reason="backend.unreachable", detail=type(error).__name__)
    return await _asked(bench, say, found)


async def _asked(bench: Workbench, say: Say, found: list[Measure]) -> Found:
    import httpx

    times: list[float] = []
    offsets: list[float] = []
    failed = 0
    limit = bench.settings.backend.answer_s
    async with httpx.AsyncClient(base_url=bench.backend_url, timeout=httpx.Timeout(limit, connect=3.0)) as client:
        for number in range(QUESTIONS):
            say(0.1 + 0.9 * number / QUESTIONS)
            if failed >= _GIVEN_UP and not times:
                break
            sent, start = bench.now(), time.monotonic()
            try:
                answer = await client.get(_HEALTH)
                answer.raise_for_status()
            except httpx.HTTPError:
                failed += 1
                continue
            took_s = time.monotonic() - start
            times.append(took_s * 1000)
            offset = offset_s(answer.headers.get("Date", ""), sent, took_s)
            if offset is not None:
                offsets.append(offset)
    if not times:
        return Found(measures=tuple(found), reason="backend.unreachable")
    found += [
        measured("network.median", percentile(times, 0.5)),
        measured("network.slowest", percentile(times, 0.95)),
        measured("network.failed", 100 * failed / (failed + len(times))),
    ]
    if offsets:
        found.append(measured("network.clock", min(offsets)))
    return Found(measures=tuple(found))


def offset_s(header: str, sent: datetime, took_s: float) -> float | None:
    """Return how far this clock is at least from the one that wrote a ``Date``; None when it is none.

    The header has whole seconds and was written at some time while the answer was awaited: what can be explained by
    that is no offset.

    Source: RFC 9110 6.6.1.
    """
    try:
        written = email.utils.parsedate_to_datetime(header)
    except (TypeError, ValueError, OverflowError):
        return None
    if written.tzinfo is None:
        written = written.replace(tzinfo=UTC)
    ahead = (sent - written).total_seconds()
    if ahead > 1.0:
        return ahead - 1.0
    return max(0.0, -ahead - took_s)


async def _days_left(address: SplitResult, now: datetime) -> float:
    context = ssl.create_default_context()
    async with asyncio.timeout(_TLS_S):
        _, writer = await asyncio.open_connection(address.hostname, _port(address), ssl=context)
    try:
        certificate = writer.get_extra_info("peercert")
        until = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
    finally:
        writer.transport.abort()
    return (until - now).total_seconds() / 86_400


def _port(address: SplitResult) -> int:
    return address.port or _PORTS[address.scheme]


CHECKS: Final[dict[str, Check]] = {"network.backend": backend}
