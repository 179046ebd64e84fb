"""Answers as they are typed, and what follows from them while they are."""

from __future__ import annotations

from datetime import date
from typing import Final

from kiosk.forms import Address, Value
from kiosk.forms.model import Kind
from kiosk.words import Language, Text
from ui.models.money import MOST_FEN, in_words

YUAN: Final = Text(zh_hans="元", zh_hant="元", en="yuan")
FEN: Final = 100


def as_typed(kind: Kind, value: Value | None) -> str:  # a row for each type of value
    """Return ``value`` as it was typed; empty for what is not typed."""
    match value:
        case bool():
            return ""
        case str():
            return value.replace(":", "") if kind is Kind.TIME else value
        case int() if kind is Kind.AMOUNT:
            return f"{value / FEN:.2f}".removesuffix(".00")
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case Address():
            return value.detail
        case _:
            return ""


def sum_in_words(typed: str, language: Language) -> str:
    """Return the words (大写) of a sum of yuan as it is typed; empty while it is none."""
    yuan, _, fen = typed.partition(".")
    if not yuan.isdecimal() or (fen and not fen.isdecimal()) or len(yuan) > len(str(MOST_FEN)):
        return ""
    amount = int(yuan) * FEN + int(fen[:2].ljust(2, "0"))
    return in_words(amount, language) if 0 < amount < MOST_FEN else ""
