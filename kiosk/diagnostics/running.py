"""Runs one test: within its time, cancelled when nobody wants it any more, and never the end of the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final

import msgspec

from drivers.errors import DeviceError
from drivers.status import Identity
from kiosk.diagnostics.bench import Post, Progress, Say, Workbench
from kiosk.diagnostics.model import Measure, TestResult, Verdict
from kiosk.settings import Settings

log = logging.getLogger(__name__)


class Need(StrEnum):
    """What a test cannot do without."""

    DEVICE = "device"
    """The device it is about, as the settings name it."""
    PRINTER = "printer"
    EYE = "eye"
    """A scanner or a camera."""
    SCREEN = "screen"
    SOUND = "sound"
    HAND = "hand"
    """Somebody who lays something down, touches or answers."""
    BACKEND = "backend"


class TestSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One test that there is. Its name for people stands under ``tests`` in ``assets/i18n/diagnostics.yaml``."""

    __test__ = False  # its name begins like that of a test case

    id: str
    device: str
    """Kind of device as in the settings, or ``screen``, ``sound``, ``network``, ``disk``, ``system``, ``loop``."""
    module: str
    """Of ``kiosk.diagnostics.checks``; imported when it runs."""
    needs: tuple[Need, ...] = ()
    seconds: float
    """How long it usually takes."""
    limit_s: float
    """After that it has failed."""

    @property
    def interactive(self) -> bool:
        """Whether somebody has to stand there."""
        return Need.HAND in self.needs


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a check hands back; the verdict follows from the measures and the reason."""

    measures: tuple[Measure, ...] = ()
    reason: str = ""
    """Code of why it failed although nothing measured says so."""
    skipped: bool = False
    """It was not done, for ``reason``."""
    detail: str = ""
    identity: Identity = Identity()


Check = Callable[[Workbench, Say], Awaitable[Found]]
"""Function ``check`` of a module in ``kiosk.diagnostics.checks``, or the one that its id names."""


def _spec(name: str, device: str, module: str, seconds: float, *needs: Need, limit_s: float = 0.0) -> TestSpec:
    limit = limit_s or (180.0 if Need.HAND in needs else max(10.0, 4 * seconds))
    return TestSpec(id=name, device=device, module=module, needs=needs, seconds=seconds, limit_s=limit)


_DEVICE, _HAND, _SCREEN = Need.DEVICE, Need.HAND, Need.SCREEN

TESTS: Final = (
    _spec("idreader.self-test", "idreader", "idreader", 2, _DEVICE),
    _spec("idreader.document", "idreader", "idreader", 15, _DEVICE, _HAND),
    _spec("card.reader", "card", "card", 2, _DEVICE),
    _spec("card.card", "card", "card", 10, _DEVICE, _HAND),
    _spec("scanner.decode", "scanner", "scanner", 30, _DEVICE, _HAND),
    _spec("camera.picture", "camera", "camera", 4, _DEVICE, limit_s=30),
    _spec("printer.page", "printer", "printer", 6, _DEVICE, limit_s=60),
    _spec("printer.sensors", "printer", "printer", 1, _DEVICE),
    _spec("loop.print-scan", "loop", "loop", 20, Need.PRINTER, Need.EYE, _HAND),
    _spec("touch.grid", "screen", "touch", 40, _SCREEN, _HAND, limit_s=300),
    _spec("touch.edges", "screen", "touch", 20, _SCREEN, _HAND),
    _spec("touch.drag", "screen", "touch", 20, _SCREEN, _HAND),
    _spec("touch.points", "screen", "touch", 10, _SCREEN, _HAND),
    _spec("touch.ghosts", "screen", "touch", 60, _SCREEN, limit_s=90),
    _spec("touch.latency", "screen", "touch", 15, _SCREEN, _HAND),
    _spec("display.pixels", "screen", "display", 40, _SCREEN, _HAND),
    _spec("display.light", "screen", "display", 30, _SCREEN, _HAND),
    _spec("display.size", "screen", "display", 1, _SCREEN),
    _spec("sound.tone", "sound", "sound", 10, Need.SOUND, _HAND),
    _spec("network.backend", "network", "network", 5, Need.BACKEND, limit_s=60),
    _spec("disk.state", "disk", "disk", 2, limit_s=30),
    _spec("system.clock", "system", "system", 1),
    _spec("system.load", "system", "system", 1),
    _spec("system.temperature", "system", "system", 1),
    _spec("system.power", "system", "power", 2),
)
"""Every test there is, in the order in which they are run."""


def all_tests(settings: Settings) -> tuple[TestSpec, ...]:
    """Return the tests of a terminal with these settings: those of devices it has none of are left out."""
    return tuple(test for test in TESTS if _has(test.device, settings))


def _has(device: str, settings: Settings) -> bool:
    chosen = getattr(settings.devices, device, None)
    return chosen is None or chosen.protocol != "none"


def spec(test_id: str) -> TestSpec:
    """Return the test of that name. Raises ``KeyError``: there is none."""
    for test in TESTS:
        if test.id == test_id:
            return test
    raise KeyError(test_id)


async def run(test_id: str, bench: Workbench, post: Post) -> TestResult:
    """Run one test to its end; may be cancelled, which ends it and leaves nothing behind.

    Args:
        test_id: As in ``TESTS``.
        bench: What it may reach.
        post: Takes its progress.

    Raises:
        KeyError: there is no such test. Whatever else happens in it is a FAIL with a reason.
    """
    test = spec(test_id)
    began, start = bench.now(), time.monotonic()
    missing = _missing(test, bench)
    if missing:
        found = Found(reason=missing, skipped=True)
    else:
        found = await _within(test, bench, post)
    return TestResult(
        test=test.id,
        device=test.device,
        verdict=verdict(found),
        measures=found.measures,
        reason=found.reason,
        detail=found.detail,
        began=began,
        took_s=round(time.monotonic() - start, 3),
        identity=found.identity,
    )


def verdict(found: Found) -> Verdict:
    """Return what follows from a finding: the worst of its measures, and a reason alone is a failure."""
    if found.skipped:
        return Verdict.SKIPPED
    verdicts = {measure.verdict for measure in found.measures}
    if found.reason or Verdict.FAIL in verdicts:
        return Verdict.FAIL
    return Verdict.WARN if Verdict.WARN in verdicts else Verdict.PASS


async def _within(test: TestSpec, bench: Workbench, post: Post) -> Found:
    def say(share: float, say: str = "", **values: str) -> None:
        post(Progress(test=test.id, share=min(1.0, max(0.0, share)), say=say, values=values))

    say(0.0)
    identity = bench.devices[test.device].status().identity if test.device in bench.devices else Identity()
    try:
        with contextlib.ExitStack() as open_meanwhile:
            for kind in _reached(test):
                if kind in bench.devices:
                    open_meanwhile.enter_context(bench.devices[kind].wanted())
            async with asyncio.timeout(test.limit_s):
                found = await _check(test)(bench, say)
    except TimeoutError:
        found = Found(reason="test.too-long", detail=f"not done within {test.limit_s:g} s")
    except DeviceError as error:
        if test.device in bench.devices:
            bench.devices[test.device].lost(error)
        found = Found(reason=error.code, detail=error.detail)
    except Exception as error:  # a test that dies is a finding; the terminal lives on
        log.exception("%s died", test.id)
        found = Found(reason="test.died", detail=type(error).__name__)
    say(1.0)
    return found if found.identity != Identity() else msgspec.structs.replace(found, identity=identity)


def _reached(test: TestSpec) -> tuple[str, ...]:
    """Return the devices that a test uses, so that those that rest are open meanwhile."""
    eyes = ("scanner", "camera") if Need.EYE in test.needs else ()
    return (test.device, *eyes)


def _check(test: TestSpec) -> Check:
    module = importlib.import_module(f"kiosk.diagnostics.checks.{test.module}")
    made: Check = module.CHECKS[test.id]
    return made


def _missing(test: TestSpec, bench: Workbench) -> str:
    """Return the code of what the test needs and is not there; empty: nothing."""
    for need in test.needs:
        match need:
            case Need.DEVICE if test.device not in bench.devices:
                return "needs.device"
            case Need.PRINTER if "printer" not in bench.devices:
                return "needs.printer"
            case Need.EYE if "scanner" not in bench.devices and "camera" not in bench.devices:
                return "needs.eye"
            case Need.SCREEN if bench.screen is None:
                return "needs.screen"
            case Need.SOUND if bench.sound is None:
                return "needs.sound"
            case Need.HAND if bench.technician is None:
                return "needs.hand"
            case Need.BACKEND if not bench.backend_url:
                return "needs.backend"
            case _:
                continue
    return ""
