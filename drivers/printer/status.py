"""What an ESC/POS printer says about itself, byte by byte.

Source: Epson ESC/POS Application Programming Guide, "DLE EOT n", "GS r n", "GS a n". The fixed bits tell them apart: a
real-time status is 0xx1xx10, an answer to GS r is 0xx0xxxx, an automatic status is 0xx1xx00 and then three bytes
0xx0xxxx. Source of the six bytes of printers with a presenter: Custom Engineering, KPM150 and VKP80II Command
Reference: n = 20 of "$10 $04 n".
"""

from __future__ import annotations

from enum import IntFlag

from drivers.errors import DeviceGarbled
from drivers.printer.api import Paper, PrinterStatus
from drivers.status import WELL, Condition

REALTIME_MASK, REALTIME_FIXED = 0b1001_0011, 0b0001_0010
"""Bits 0, 1, 4 and 7 of every DLE EOT answer, and what they must be."""

SLIP_WAITING = 0b1000_0000
"""Bit 7 of DLE EOT 1, of printers that know: the slip has not been torn off (Cashino, CSN-A2L User Manual)."""

IN_ORDER_MASK, IN_ORDER_FIXED = 0b1001_0000, 0b0000_0000
"""Bits 4 and 7 of an answer to GS r 1, and what they must be."""


class PrinterBits(IntFlag):
    """DLE EOT 1."""

    DRAWER = 0b0000_0100
    OFFLINE = 0b0000_1000
    WAITING_FOR_RECOVERY = 0b0010_0000
    FEED_BUTTON = 0b0100_0000


class OfflineBits(IntFlag):
    """DLE EOT 2: why it is offline."""

    COVER_OPEN = 0b0000_0100
    FEEDING_BY_BUTTON = 0b0000_1000
    STOPPED_BY_PAPER_END = 0b0010_0000
    ERROR = 0b0100_0000


class ErrorBits(IntFlag):
    """DLE EOT 3: which error."""

    CUTTER = 0b0000_1000
    UNRECOVERABLE = 0b0010_0000
    RECOVERS_BY_ITSELF = 0b0100_0000


class PaperBits(IntFlag):
    """DLE EOT 4: the roll. Each sensor sets both of its bits."""

    NEAR_END = 0b0000_1100
    END = 0b0110_0000


class AutomaticBits(IntFlag):
    """GS a, first byte; the second has the bits of ``ErrorBits``."""

    DRAWER = 0b0000_0100
    OFFLINE = 0b0000_1000
    COVER_OPEN = 0b0010_0000
    FEED_BUTTON = 0b0100_0000


class AutomaticPaperBits(IntFlag):
    """GS a, third byte: the roll."""

    NEAR_END = 0b0000_0011
    END = 0b0000_1100


class OutputBits(IntFlag):
    """DLE EOT 20, third byte: paper and presenter."""

    END = 0b0000_0001
    NEAR_END = 0b0000_0100
    SLIP_WAITING = 0b0010_0000
    VIRTUAL_END = 0b0100_0000
    """A counted end: as much was printed as a roll was set to have. Printing goes on."""


class UserBits(IntFlag):
    """DLE EOT 20, fourth byte: what a hand left open."""

    HEAD_UP = 0b0000_0001
    COVER_OPEN = 0b0000_0010
    SPOOLING = 0b0000_0100
    MOTOR_ON = 0b0000_1000


class RecoverableBits(IntFlag):
    """DLE EOT 20, fifth byte: errors that go away."""

    HEAD_TEMPERATURE = 0b0000_0001
    COMMUNICATION = 0b0000_0010
    VOLTAGE = 0b0000_1000
    NOT_ACKNOWLEDGED = 0b0010_0000
    PAPER_JAM = 0b0100_0000


class UnrecoverableBits(IntFlag):
    """DLE EOT 20, sixth byte: errors that do not."""

    CUTTER = 0b0000_0001
    MEMORY = 0b0000_0100
    SETTINGS = 0b0000_1000
    FLASH = 0b0100_0000


AUTOMATIC_MASK, AUTOMATIC_FIXED = 0b1001_0011, 0b0001_0000
"""Bits 0, 1, 4 and 7 of the first byte of an automatic status, and what they must be."""

AUTOMATIC_BYTES = 4
PRESENTER_BYTES = 6
PRESENTER_HEAD = b"\x10\x0f"


def is_automatic(answer: int) -> bool:
    """Return whether a byte can begin an automatic status."""
    return answer & AUTOMATIC_MASK == AUTOMATIC_FIXED


def is_realtime(answer: int, *, torn_bit: bool = False) -> bool:
    """Return whether a byte can be an answer to DLE EOT.

    Args:
        answer: The byte.
        torn_bit: The printer sets bit 7 while a slip waits to be torn off, against the rule.
    """
    return answer & (REALTIME_MASK ^ SLIP_WAITING if torn_bit else REALTIME_MASK) == REALTIME_FIXED


def is_in_order(answer: int) -> bool:
    """Return whether a byte can be an answer to GS r 1."""
    return answer & IN_ORDER_MASK == IN_ORDER_FIXED


def parse_status(answers: bytes, *, torn_bit: bool = False) -> PrinterStatus:
    """Return what the answers to DLE EOT 1, 2, 3 and 4 say together.

    Args:
        answers: Four bytes, in that order.
        torn_bit: Bit 7 of the first says that a slip waits.

    Raises:
        DeviceGarbled: not four bytes, or a fixed bit is wrong: something else than a printer answered.
    """
    sound = len(answers) == 4 and is_realtime(answers[0], torn_bit=torn_bit) and all(map(is_realtime, answers[1:]))
    if not sound:
        raise DeviceGarbled(f"DLE EOT 1 to 4 answered with {answers.hex(' ') or 'nothing'}")
    printer, offline = PrinterBits(answers[0]), OfflineBits(answers[1])
    errors, roll = ErrorBits(answers[2]), PaperBits(answers[3])
    if roll & PaperBits.END or OfflineBits.STOPPED_BY_PAPER_END in offline:
        paper = Paper.OUT
    elif roll & PaperBits.NEAR_END:
        paper = Paper.NEAR_END
    else:
        paper = Paper.OK
    cutter = ErrorBits.CUTTER in errors
    fatal = ErrorBits.UNRECOVERABLE in errors or (OfflineBits.ERROR in offline and not cutter)
    return PrinterStatus(
        online=PrinterBits.OFFLINE not in printer,
        paper=paper,
        cover_open=OfflineBits.COVER_OPEN in offline,
        cutter_error=cutter,
        fatal_error=fatal,
        slip_waiting=bool(answers[0] & SLIP_WAITING) if torn_bit else None,
    )


def parse_automatic(frame: bytes) -> PrinterStatus:
    """Return what the four bytes of GS a say.

    Raises:
        DeviceGarbled: not four bytes, or a fixed bit is wrong.
    """
    if len(frame) != AUTOMATIC_BYTES or not is_automatic(frame[0]) or not all(map(is_in_order, frame[1:])):
        raise DeviceGarbled(f"an automatic status of {frame.hex(' ') or 'nothing'}")
    printer, errors, roll = AutomaticBits(frame[0]), ErrorBits(frame[1]), AutomaticPaperBits(frame[2])
    paper = Paper.NEAR_END if roll & AutomaticPaperBits.NEAR_END else Paper.OK
    return PrinterStatus(
        online=AutomaticBits.OFFLINE not in printer,
        paper=Paper.OUT if roll & AutomaticPaperBits.END else paper,
        cover_open=AutomaticBits.COVER_OPEN in printer,
        cutter_error=ErrorBits.CUTTER in errors,
        fatal_error=bool(errors & (ErrorBits.UNRECOVERABLE | ErrorBits.RECOVERS_BY_ITSELF)),
    )


def parse_presenter(answer: bytes) -> PrinterStatus:
    """Return what the six bytes of DLE EOT 20 say.

    Raises:
        DeviceGarbled: not six bytes, or they do not begin with DLE 0F.
    """
    if len(answer) != PRESENTER_BYTES or answer[:2] != PRESENTER_HEAD:
        raise DeviceGarbled(f"DLE EOT 20 answered with {answer.hex(' ') or 'nothing'}")
    output, user = OutputBits(answer[2]), UserBits(answer[3])
    passing, lasting = RecoverableBits(answer[4]), UnrecoverableBits(answer[5])
    low = Paper.NEAR_END if output & (OutputBits.NEAR_END | OutputBits.VIRTUAL_END) else Paper.OK
    paper = Paper.OUT if OutputBits.END in output else low
    cover = bool(user & (UserBits.COVER_OPEN | UserBits.HEAD_UP))
    # A jam stands still until somebody pulls the paper out, as a stuck knife does.
    cutter = UnrecoverableBits.CUTTER in lasting or RecoverableBits.PAPER_JAM in passing
    broken = UnrecoverableBits.MEMORY | UnrecoverableBits.SETTINGS | UnrecoverableBits.FLASH
    fatal = bool(lasting & broken or passing & (RecoverableBits.HEAD_TEMPERATURE | RecoverableBits.VOLTAGE))
    return PrinterStatus(
        online=paper is not Paper.OUT and not (cover or cutter or fatal),
        paper=paper,
        cover_open=cover,
        cutter_error=cutter,
        fatal_error=fatal,
        slip_waiting=OutputBits.SLIP_WAITING in output,
    )


def trouble(status: PrinterStatus) -> str:
    """Return the code of what keeps a slip from coming out; empty: nothing."""
    if status.cover_open:
        return "printer.cover-open"
    if status.paper is Paper.OUT:
        return "printer.paper-out"
    if status.cutter_error:
        return "printer.cutter"
    if status.fatal_error:
        return "printer.fault"
    return "" if status.online else "printer.offline"


def condition(status: PrinterStatus) -> Condition:
    """Return the one thing to say about a printer."""
    if cause := trouble(status):
        return Condition(cause=cause, usable=False)
    return Condition(cause="printer.paper-near-end") if status.paper is Paper.NEAR_END else WELL
