"""What every receipt printer promises, and what a slip is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.errors import DeviceGone, DeviceSilent
from drivers.status import Device


class Paper(StrEnum):
    """What the paper sensors say."""

    OK = "ok"
    NEAR_END = "near-end"
    OUT = "out"


@dataclass(frozen=True, kw_only=True, slots=True)
class PrinterStatus:
    """What the sensors say (DLE EOT 1 to 4)."""

    online: bool
    paper: Paper
    cover_open: bool
    cutter_error: bool
    fatal_error: bool
    slip_waiting: bool | None = None
    """A slip is in the presenter, not yet taken; None: no sensor tells."""

    @property
    def can_print(self) -> bool:
        """True when a slip sent now would come out."""
        return (
            self.online
            and self.paper is not Paper.OUT
            and not (self.cover_open or self.cutter_error or self.fatal_error)
        )

    @property
    def cause(self) -> str:
        """Code of what is wrong, the first to be put right first; empty: nothing."""
        causes = {
            "printer.cover-open": self.cover_open,
            "printer.paper-out": self.paper is Paper.OUT,
            "printer.cutter": self.cutter_error,
            "printer.fault": self.fatal_error,
            "printer.offline": not self.online,
            "printer.paper-near-end": self.paper is Paper.NEAR_END,
        }
        return next((code for code, holds in causes.items() if holds), "")


class Proof(StrEnum):
    """How far a slip is proven to have come; each step includes those before it."""

    SPOOLED = "spooled"
    """Handed to the driver."""
    SENT = "sent"
    """All bytes accepted by the connection: proves little (TCP accepts a first write to a closed peer)."""
    DRAINED = "drained"
    """A status asked after the last byte was answered, and no fault with it."""
    TAKEN = "taken"
    """The presenter says that the slip was taken."""


class Align(StrEnum):
    """Where a line stands on the paper."""

    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True, kw_only=True, slots=True)
class TextLine:
    """Text, wrapped at the width of the paper."""

    text: str
    scale: float = 1.0
    """Times the base size (24 dots at 203 dpi)."""
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A label at the left and its value at the right; the value wraps below when both do not fit on one line."""

    label: str
    value: str
    bold: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A line across the paper."""

    dashed: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Qr:
    """A QR code, centred, error correction M, with a quiet zone of 4 modules."""

    payload: str
    caption: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Space:
    """White paper."""

    lines: float = 1.0


Block = TextLine | Pair | Rule | Qr | Space


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """One piece of paper, from top to cut, before any printer is known."""

    blocks: tuple[Block, ...]
    language: str = "zh-Hans"
    """BCP 47; chooses the glyph forms."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """What became of a slip."""

    proof: Proof
    dots: int
    """Rows of dots fed for it, white ones included, 8 to a millimetre at 203 dpi. Where it stopped on the way: those
    that the printer said it had worked off, so rather too few than too many."""
    trace: str = ""
    """Code of what stopped it, when it came only a part of the way; empty otherwise."""


class PrinterGone(DeviceGone):
    """The printer left in mid-slip; ``printed`` says what is known of the paper that came out."""

    def __init__(self, detail: str, printed: Printed) -> None:
        super().__init__(detail)
        self.printed = printed

    def again(self) -> PrinterGone:
        """See ``DeviceError.again``."""
        return type(self)(self.detail, self.printed)


class PrinterSilent(DeviceSilent):
    """The printer fell silent in mid-slip; ``printed`` says what is known of the paper that came out."""

    def __init__(self, detail: str, printed: Printed) -> None:
        super().__init__(detail)
        self.printed = printed

    def again(self) -> PrinterSilent:
        """See ``DeviceError.again``."""
        return type(self)(self.detail, self.printed)


class ReceiptPrinter(Device, Protocol):
    """A printer that gives the citizen one slip per call."""

    async def open(self) -> PrinterStatus:
        """Connect and ask the sensors.

        Raises:
            DeviceAbsent, DeviceSilent, DeviceGarbled: nothing stays open.
        """

    async def close(self) -> None:
        """Let go. Safe at any time and more than once; raises nothing."""

    async def status(self) -> PrinterStatus:
        """Ask the sensors.

        Raises:
            DeviceGone, DeviceSilent, DeviceGarbled: close and open afresh.
        """

    async def print_slip(self, slip: Slip) -> Printed:
        """Print and cut ``slip``; return how far it is proven to have come, and what paper it took.

        Raises:
            OutOfPaper: the status asked before said so: nothing was printed.
            DeviceRefused: cover open or cutter stuck (``code`` says which): nothing was printed.
            PrinterGone, PrinterSilent: part of the slip is printed, and ``printed`` says how much at least.
            DeviceGone, DeviceSilent, DeviceGarbled: the sensors were not answered for: nothing was printed.
        """

    async def taken(self) -> None:
        """Wait until the citizen took the slip out of the presenter. Waits for ever: the caller sets the limit.

        Raises:
            DeviceRefused: ``printer.no-presenter``: this printer cannot tell; ``printer.slip-retracted``: nobody took
                it, and it was pulled back in.
            DeviceGone, DeviceSilent: close and open afresh.
        """
