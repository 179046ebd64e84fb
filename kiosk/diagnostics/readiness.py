"""What the whole terminal is fit for: pure, from the devices, the newest results and what surrounds them.

One rule decides each reason; the table of rules is this module, its sentences and remedies stand in
``assets/i18n/diagnostics.yaml``. Without a way to identify anybody, without a screen that can be touched everywhere,
without a place to keep an application, nobody can be served: NOT READY. Everything else that is missing takes a service
or a convenience away: LIMITED.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from drivers.status import State
from kiosk.diagnostics.model import DeviceStatus, Readiness, Reason, TestResult, Verdict

IDENTIFYING: Final = ("idreader", "card")
"""Kinds of device that tell who stands there; one of them is enough."""
SELF_TESTS: Final = {"idreader": "idreader.self-test", "card": "card.reader"}
"""A reader that failed its own test identifies nobody, whatever its port says."""
FREE_MB: Final = 200.0
"""Less room than this: no application can be kept for sure. See ``disk.free`` in ``limits``."""
MANY_WAITING: Final = 50
"""Applications on this disk that no backend has answered."""
DECISIVE_CAUSES: Final = frozenset({"power.low-battery"})
"""Of a device that works, and tells that the terminal soon does not."""
_DECISIVE_MEASURES: Final = frozenset({"disk.free", "disk.writable", "touch.reached"})


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What a terminal stands on besides its devices; None: not known here."""

    screen: bool | None = None
    """Whether it shows its page."""
    backend: bool | None = None
    """Whether it answers."""
    outbox: bool = True
    """Whether an application can be kept until the backend answers."""
    waiting: int = 0
    """Applications that are kept."""
    free_mb: float | None = None
    records: bool = True
    """Whether history and audit are whole: nothing in them was changed."""


def judge(
    installed: Iterable[str],
    devices: Mapping[str, DeviceStatus],
    results: Iterable[TestResult],
    around: Surroundings,
) -> tuple[Readiness, tuple[Reason, ...]]:
    """Return what the terminal is fit for, and why it is not more; decisive reasons first.

    Args:
        installed: Kinds of device that the settings name.
        devices: How they are; one that is missing here is not usable.
        results: The newest of each test.
        around: What it stands on.
    """
    kinds, newest = tuple(installed), {result.test: result for result in results}
    reasons = (*_surroundings(around), *_devices(kinds, devices, newest), *_tests(kinds, newest))
    ordered = tuple(sorted(dict.fromkeys(reasons), key=lambda reason: not reason.decisive))
    if any(reason.decisive for reason in ordered):
        return Readiness.NOT_READY, ordered
    return (Readiness.LIMITED if ordered else Readiness.READY), ordered


def _surroundings(around: Surroundings) -> Iterable[Reason]:
    if around.screen is False:
        yield Reason(code="screen.dark", about="screen", decisive=True)
    if not around.outbox:
        # with a backend that answers, an application that cannot be kept first is still not sent: it could get lost
        yield Reason(code="outbox.unusable", about="disk", decisive=True)
    if around.free_mb is not None and around.free_mb < FREE_MB:
        yield Reason(code="disk.no-room", about="disk", decisive=True)
    if around.backend is False:
        yield Reason(code="backend.away", about="network", decisive=False)
    if around.waiting >= MANY_WAITING:
        yield Reason(code="outbox.many", about="network", decisive=False)
    if not around.records:
        yield Reason(code="records.changed", about="system", decisive=False)


def _devices(
    kinds: tuple[str, ...], devices: Mapping[str, DeviceStatus], newest: Mapping[str, TestResult]
) -> Iterable[Reason]:
    if not any(_works(kind, devices) and not _failed(newest.get(SELF_TESTS[kind])) for kind in _identifying(kinds)):
        yield Reason(code="identify.none", about="idreader", decisive=True)
    for kind in kinds:
        if not _works(kind, devices):
            yield Reason(code=f"{kind}.lost", about=kind, decisive=False)
        elif devices[kind].state is State.DEGRADED:
            cause = devices[kind].cause
            yield Reason(code=cause or "device.degraded", about=kind, decisive=cause in DECISIVE_CAUSES)


def _tests(kinds: tuple[str, ...], newest: Mapping[str, TestResult]) -> Iterable[Reason]:
    for result in newest.values():
        if not _failed(result) or (result.device in {"idreader", "card", "scanner", "camera", "printer"} - set(kinds)):
            continue
        broken = {measure.name for measure in result.measures if measure.verdict is Verdict.FAIL}
        decisive = bool(broken & _DECISIVE_MEASURES)
        yield Reason(code=result.reason or "test.failed", about=result.test, decisive=decisive)


def _identifying(kinds: tuple[str, ...]) -> Iterable[str]:
    return (kind for kind in IDENTIFYING if kind in kinds)


def _works(kind: str, devices: Mapping[str, DeviceStatus]) -> bool:
    return kind in devices and devices[kind].state.usable


def _failed(result: TestResult | None) -> bool:
    return result is not None and result.verdict is Verdict.FAIL
