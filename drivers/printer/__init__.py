"""Receipt printers: what is promised, how a slip is drawn, and the drivers."""

from __future__ import annotations

from drivers.printer.api import (
    Align,
    Block,
    Pair,
    Paper,
    Printed,
    PrinterStatus,
    Proof,
    Qr,
    ReceiptPrinter,
    Rule,
    Slip,
    Space,
    TextLine,
)

__all__ = [
    "Align",
    "Block",
    "Pair",
    "Paper",
    "Printed",
    "PrinterStatus",
    "Proof",
    "Qr",
    "ReceiptPrinter",
    "Rule",
    "Slip",
    "Space",
    "TextLine",
]
