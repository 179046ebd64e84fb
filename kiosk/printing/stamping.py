"""Puts the number on a slip, and says of a copy that it is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drivers.printer.api import Align, Block, Pair, Rule, Slip, TextLine
from kiosk.printing.journal import Attempt
from kiosk.words import Language, Text


def stamped(slip: Slip, attempt: Attempt, words: Mapping[str, Text]) -> Slip:
    """Return ``slip`` with its number below, and above it the mark of a copy when an earlier one may be on paper.

    Args:
        slip: As it was laid out.
        attempt: Its number and which copy this is.
        words: ``assets/i18n/receipt.yaml``.
    """
    language = Language(slip.language)
    copy: tuple[Block, ...] = ()
    if attempt.again:
        text = words["slip.copy"].filled(copy=str(attempt.copy)).in_(language)
        copy = (TextLine(text=text, bold=True, align=Align.CENTRE), Rule(dashed=False))
    number = Pair(label=words["slip.number"].in_(language), value=attempt.number)
    return replace(slip, blocks=(*copy, *slip.blocks, number))
