"""Workbenches for tests: devices that are a few flags, and a touch panel with whatever is wrong with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from drivers.errors import DeviceError
from drivers.status import Identity, State
from kiosk import settings as settings_of
from kiosk.diagnostics.bench import (
    Panel,
    Pattern,
    Phase,
    Progress,
    Question,
    Recording,
    Spot,
    Technician,
    Touch,
    Workbench,
)
from kiosk.diagnostics.model import DeviceStatus, Measure, TestResult, Verdict
from kiosk.settings import Settings

BEGIN = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)
SETTINGS: Settings = settings_of.load(None).wired(
    {"runtime": "/nonexistent", "printer_port": "1", "camera_port": "1"}, backend_url=""
)
PANEL = Panel(
    width_px=1080, height_px=1920, width_mm=267.7, height_mm=475.9, pixels_per_mm=1080 / 267.7, name="Sample Panel"
)


class Held:
    """A device as its supervisor would have it."""

    def __init__(self, kind: str, driver: Any, *, state: State = State.READY, cause: str = "", serial: str = "1"):
        self.kind, self.driver, self.state, self.cause, self.serial = kind, driver, state, cause, serial
        self.losses: list[DeviceError] = []
        self._heard: list[asyncio.Future[DeviceStatus]] = []
        self.open_now = 0

    @property
    def usable(self) -> bool:
        return self.state.usable

    async def ready(self) -> Any:
        if not self.usable:
            await asyncio.Event().wait()
        return self.driver

    @contextlib.contextmanager
    def wanted(self) -> Iterator[None]:
        self.open_now += 1
        try:
            yield
        finally:
            self.open_now -= 1

    def lost(self, error: DeviceError) -> None:
        self.losses.append(error)

    def becomes(self, **values: Any) -> None:
        """Change, and tell who waits for it."""
        for name, value in values.items():
            setattr(self, name, value)
        heard, self._heard = self._heard, []
        for each in heard:
            if not each.done():
                each.set_result(self.status())

    def changed(self) -> asyncio.Future[DeviceStatus]:
        waiting: asyncio.Future[DeviceStatus] = asyncio.get_running_loop().create_future()
        self._heard.append(waiting)
        return waiting

    def status(self) -> DeviceStatus:
        return DeviceStatus(
            kind=self.kind,
            state=self.state,
            cause=self.cause,
            since=BEGIN,
            identity=Identity(model="Pretence", serial=self.serial),
        )


class Answers:
    """A technician who answers what a test says."""

    def __init__(self, answer: Callable[[Question], str] = lambda _: "") -> None:
        self.asked: list[Question] = []
        self._answer = answer

    async def answer(self, question: Question) -> str:
        self.asked.append(question)
        return self._answer(question)


class Room:
    """Loudspeaker, and a microphone that hears it; or neither."""

    def __init__(self, *, microphone: bool = False, broken: bool = False) -> None:
        self.beeps = 0
        self._microphone, self._broken = microphone, broken
        self._playing = b""

    async def beep(self, count: int, hertz: float) -> None:
        from kiosk.diagnostics import sounding

        self.beeps = count
        self._playing = b"" if self._broken else sounding.beeps(count, hertz)

    async def listen(self, seconds: float) -> Recording | None:
        if not self._microphone:
            return None
        await asyncio.sleep(0)
        hum = bytes((at * 37 + 11) % 7 * (at % 2) for at in range(32_000))
        return Recording(rate=16_000, samples=self._playing or hum)


class Fingers:
    """A screen under steady fingers; ``felt`` is what the panel makes of a touch, None when it feels nothing."""

    def __init__(
        self,
        felt: Callable[[Spot], Spot | None] = lambda spot: spot,
        *,
        panel: Panel = PANEL,
        steps: int = 200,
        fingers: int = 2,
        ghosts: int = 0,
        eyes: Callable[[Pattern], int] = lambda pattern: pattern.odd,
    ) -> None:
        self.panel = panel
        self.cleared = 0
        self.codes: list[str] = []
        self._felt, self._steps, self._fingers, self._ghosts, self._eyes = felt, steps, fingers, ghosts, eyes

    async def hit(self, target: Spot, size_mm: float) -> tuple[Touch, ...]:
        return _reports([self._felt(target)])

    async def trace(self, begin: Spot, end: Spot, width_mm: float) -> tuple[Touch, ...]:
        shares = [at / self._steps for at in range(self._steps + 1)]
        way = [
            Spot(x_mm=begin.x_mm + (end.x_mm - begin.x_mm) * s, y_mm=begin.y_mm + (end.y_mm - begin.y_mm) * s)
            for s in shares
        ]
        return _reports([self._felt(spot) for spot in way])

    async def together(self, points: int) -> tuple[Touch, ...]:
        told = min(points, self._fingers)
        down = [Touch(at_s=0, point=n, phase=Phase.DOWN, x_mm=10.0 * n, y_mm=10) for n in range(told)]
        return (*down, *(Touch(at_s=1, point=n, phase=Phase.UP, x_mm=10.0 * n, y_mm=10) for n in range(told)))

    async def quiet(self, seconds: float) -> tuple[Touch, ...]:
        return tuple(
            Touch(at_s=n, point=0, phase=phase, x_mm=1, y_mm=1)
            for n in range(self._ghosts)
            for phase in (Phase.DOWN, Phase.UP)
        )

    async def latency(self, touches: int) -> tuple[float, ...]:
        return tuple(40.0 + touch for touch in range(touches))

    async def show(self, pattern: Pattern) -> None:
        self.pattern = pattern

    async def pick(self, pattern: Pattern) -> int:
        return self._eyes(pattern)

    async def show_code(self, payload: str, module_mm: float) -> None:
        self.codes.append(payload)

    async def clear(self) -> None:
        self.cleared += 1


def _reports(way: list[Spot | None]) -> tuple[Touch, ...]:
    felt = [spot for spot in way if spot is not None]
    phases = [Phase.DOWN, *[Phase.MOVE] * max(0, len(felt) - 1)]
    touches = [
        Touch(at_s=at / 100, point=0, phase=phase, x_mm=spot.x_mm, y_mm=spot.y_mm)
        for at, (phase, spot) in enumerate(zip(phases, felt, strict=False))
    ]
    if not touches:
        return ()
    return (*touches, Touch(at_s=9, point=0, phase=Phase.UP, x_mm=touches[-1].x_mm, y_mm=touches[-1].y_mm))


def bench(
    state_dir: Path,
    devices: Mapping[str, Any] | None = None,
    *,
    technician: Technician | None = None,
    settings: Settings = SETTINGS,
    **more: Any,
) -> Workbench:
    return Workbench(
        settings=settings,
        devices=devices or {},
        state_dir=state_dir,
        technician=technician,
        now=lambda: BEGIN,
        **more,
    )


def no_news(_: Progress) -> None:
    """Where progress goes that nobody looks at."""


def result(
    test: str,
    verdict: Verdict = Verdict.PASS,
    *,
    measures: tuple[Measure, ...] = (),
    reason: str = "",
    began: datetime = BEGIN,
    serial: str = "1",
) -> TestResult:
    return TestResult(
        test=test,
        device=test.partition(".")[0],
        verdict=verdict,
        measures=measures,
        reason=reason,
        began=began,
        took_s=1.0,
        identity=Identity(serial=serial),
    )


def status(kind: str, state: State = State.READY, cause: str = "", serial: str = "") -> DeviceStatus:
    return DeviceStatus(kind=kind, state=state, cause=cause, since=BEGIN, identity=Identity(serial=serial))
