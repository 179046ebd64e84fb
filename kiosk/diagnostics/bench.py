"""What a test may reach, and how it speaks to whoever stands at the terminal.

A test knows nothing of screens, consoles and sockets. It is given a ``Workbench``; it says through ``say`` what is to
be done now and how far it came, and asks a ``Technician`` when only a person can answer. The diagnostics pages,
``kiosk diagnose`` and the tests of this package bring their own of each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import msgspec

from drivers.errors import DeviceError
from drivers.printer.api import Slip
from kiosk.diagnostics.model import DeviceStatus
from kiosk.printing import Outcome
from kiosk.settings import Settings


class Kept(Protocol):
    """A device as its supervisor has it (``kiosk.devices``)."""

    @property
    def usable(self) -> bool:
        """Whether it is open and works now."""

    async def ready(self) -> Any:
        """Wait until it is open and works; return the driver."""

    def wanted(self) -> AbstractContextManager[None]:
        """Keep a device that rests, like a camera, open inside."""

    def lost(self, error: DeviceError) -> object:
        """Note that it failed in use: it is closed and opened afresh."""

    def status(self) -> DeviceStatus:
        """Tell how it is."""

    def changed(self) -> asyncio.Future[DeviceStatus]:
        """Return what comes of the next change of state or cause from this call on, to be awaited now or later."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a test came, and what is to be done at the terminal now."""

    test: str
    share: float
    """0 to 1."""
    say: str = ""
    """Key of a sentence among ``says`` in ``assets/i18n/diagnostics.yaml``; empty: nothing is to be done."""
    values: dict[str, str] = {}
    """What stands in the sentence's placeholders."""


Post = Callable[[Progress], None]


class Say(Protocol):
    """Takes progress inside a test; ``kiosk.diagnostics.running`` adds which test it is."""

    def __call__(self, share: float, say: str = "", **values: str) -> None:
        """Tell how far the test came (0 to 1), and what is to be done now."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What only a person can answer."""

    say: str
    """Key of the question among ``says``."""
    values: dict[str, str] = {}
    digits: bool = True
    """The answer is a number; otherwise one of ``choices``."""
    choices: tuple[str, ...] = ()
    """Keys of their words among ``says``."""


class Technician(Protocol):
    """Somebody stands at the terminal and can be asked."""

    async def answer(self, question: Question) -> str:
        """Ask, and return the digits typed or the key of the choice. Waits for ever: the test sets the limit."""


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """The screen as the system describes it."""

    width_px: int
    height_px: int
    width_mm: float = 0.0
    """As the panel says in its EDID; 0: it does not say."""
    height_mm: float = 0.0
    pixels_per_mm: float
    """What the terminal draws with: from ``terminal.diagonal_mm``."""
    name: str = ""
    """Maker, model and serial number as in the EDID."""


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place on the panel, in millimetres from its upper left corner."""

    x_mm: float
    y_mm: float


class Phase(StrEnum):
    """Of a touch."""

    DOWN = "down"
    MOVE = "move"
    UP = "up"


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """One report of the touch panel."""

    at_s: float
    """Since the test began."""
    point: int
    """Which finger; a number is used again once it was lifted."""
    phase: Phase
    x_mm: float
    y_mm: float


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """What fills the panel to look for bad pixels and uneven light.

    A picture of ``colour``. With ``columns`` and ``rows`` it is divided into cells without a line between them, and the
    cell ``odd`` (counted from the upper left, row by row) differs: it has one pixel of ``odd_colour`` near its middle
    when ``odd_px`` is set (a bad pixel), and is all of ``odd_colour`` when it is 0 (uneven light).
    """

    colour: str
    """``#rrggbb``."""
    columns: int = 0
    rows: int = 0
    odd: int = -1
    odd_colour: str = ""
    odd_px: int = 0
    """Side of the square that differs."""


class ScreenBench(Protocol):
    """The screen and its touch panel, as tests use them; implemented by ``ui``.

    Every call may be cancelled, and the panel is then as if it had not been called. Each shows its own sentence, the
    newest that ``say`` was given.
    """

    @property
    def panel(self) -> Panel:
        """The screen as the system describes it."""

    async def hit(self, target: Spot, size_mm: float) -> tuple[Touch, ...]:
        """Show a cross of ``size_mm`` at ``target``; return all reports of the next touch, from down to up."""

    async def trace(self, begin: Spot, end: Spot, width_mm: float) -> tuple[Touch, ...]:
        """Show a lane from ``begin`` to ``end``; return all reports of the next touch, from down to up."""

    async def together(self, points: int) -> tuple[Touch, ...]:
        """Ask for that many fingers at once; return all reports from the first down until the last was lifted."""

    async def quiet(self, seconds: float) -> tuple[Touch, ...]:
        """Show that nobody may touch; return what the panel reported all the same in ``seconds``."""

    async def latency(self, touches: int) -> tuple[float, ...]:
        """Ask for that many touches; return for each the milliseconds from its report to the picture that shows it."""

    async def show(self, pattern: Pattern) -> None:
        """Fill the panel with a pattern, until ``clear`` or the next call."""

    async def pick(self, pattern: Pattern) -> int:
        """Fill the panel with a pattern; return which cell was touched, -1 when "I see none" was."""

    async def show_code(self, payload: str, module_mm: float) -> None:
        """Show a QR code (level M, four modules of white around) with modules of that size, until ``clear``."""

    async def clear(self) -> None:
        """Show the page again."""


class SoundBench(Protocol):
    """The loudspeaker, and a microphone where there is one; implemented by ``ui`` and by the command line."""

    async def beep(self, count: int, hertz: float) -> None:
        """Play so many beeps of a fifth of a second, as far apart; return when the last has ended.

        Raises:
            DeviceAbsent: there is nothing to play on.
        """

    async def listen(self, seconds: float) -> Recording | None:
        """Record; None: there is no microphone."""


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """What a microphone heard."""

    rate: int
    """Samples a second."""
    samples: bytes
    """16 bits each, signed, little endian, one channel."""


class Slips(Protocol):
    """The one place a running terminal prints at, which knows the roll; ``kiosk.printing.Press`` is one."""

    @property
    def left_mm(self) -> float | None:
        """How much paper is left; None before anything is known."""

    @property
    def receipts_left(self) -> int | None:
        """How many receipts the paper is good for; None before anything is known."""

    async def print(self, kind: str, compose: Callable[[], Slip]) -> Outcome:
        """Print one slip to its end."""

    async def change_roll(self) -> None:
        """A new roll was put in."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Workbench:
    """What a test may reach; what is None or missing makes the tests that need it SKIPPED, with the reason."""

    settings: Settings
    devices: Mapping[str, Kept]
    """By kind as in the settings: ``idreader``, ``card``, ``scanner``, ``camera``, ``printer``, ``power``,
    ``headphones``."""
    state_dir: Path
    """Where the terminal keeps what stays; the disk under it is the one that is tested."""
    backend_url: str = ""
    """Of the backend in this run; empty: it is not known here."""
    screen: ScreenBench | None = None
    sound: SoundBench | None = None
    press: Slips | None = None
    """None: no terminal runs here, and slips go to the printer directly."""
    technician: Technician | None = None
    """None: nobody stands there; tests that need a hand are SKIPPED."""
    now: Callable[[], datetime]
    """In the time zone of the terminal."""
    root: Path = field(default=Path("/"))
    """Where ``sys`` and ``proc`` are; tests bring their own."""
