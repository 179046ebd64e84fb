"""What an ESC/POS printer says about itself: the four real-time status bytes, and the paper status in order.

Source: Epson ESC/POS Application Programming Guide, "DLE EOT n" and "GS r n". The fixed bits tell the two apart:
a real-time status is 0xx1xx10, an answer to GS r is 0xx0xxxx.
"""

from __future__ import annotations

from enum import IntFlag

from drivers.errors import DeviceGarbled
from drivers.printer.api import Paper, PrinterStatus

REALTIME_MASK, REALTIME_FIXED = 0b1001_0011, 0b0001_0010
"""Bits 0, 1, 4 and 7 of every DLE EOT answer, and what they must be."""

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


def is_realtime(answer: int) -> bool:
    """Return whether a byte can be an answer to DLE EOT."""
    return answer & REALTIME_MASK == REALTIME_FIXED


def is_in_order(answer: int) -> bool:
    """Return whether a byte can be an answer to GS r 1."""
    return answer & IN_ORDER_MASK == IN_ORDER_FIXED


def parse_status(answers: bytes) -> PrinterStatus:
    """Return what the answers to DLE EOT 1, 2, 3 and 4 say together.

    Args:
        answers: Four bytes, in that order.

    Raises:
        DeviceGarbled: not four bytes, or a fixed bit is wrong: something else than a printer answered.
    """
    if len(answers) != 4 or not all(map(is_realtime, answers)):
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
    )
