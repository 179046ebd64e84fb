"""What has to be paid: the fees of the items that are done here, less what the law lets this person off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

import msgspec

from kiosk.backend.registers import Answered
from kiosk.catalogue import Catalogue, DecisionKind, Item, Outcome
from kiosk.contract import FeeLine
from kiosk.words import Text


class LetOff(msgspec.Struct, frozen=True, kw_only=True):
    """What the law makes of a fee for somebody."""

    amount_fen: int
    says: Text
    basis: str


class Reliefs(Protocol):
    """What lets people off fees (减免)."""

    def names(self, items: Iterable[str]) -> tuple[str, ...]:
        """Return what has to be asked of registers to know who pays less for ``items``."""

    def let_off(self, items: Iterable[str], facts: Answered, today: date) -> Mapping[str, LetOff]:
        """Return what is let off, by item; what is not known lets nobody off."""


class NoReliefs:
    """Nobody is let off anything."""

    def names(self, items: Iterable[str]) -> tuple[str, ...]:  # noqa: ARG002 - of the interface
        """Return nothing to ask."""
        return ()

    def let_off(self, items: Iterable[str], facts: Answered, today: date) -> Mapping[str, LetOff]:  # noqa: ARG002 - same
        """Let nobody off."""
        return {}


def has_fee(item: Item) -> bool:
    """Return whether an item is paid here: what ends at a counter is paid at the counter."""
    return item.fee_fen > 0 and item.decision is not DecisionKind.ON_SITE and item.outcome is not Outcome.GUIDED


def lines(catalogue: Catalogue, items: Iterable[str], let_off: Mapping[str, LetOff]) -> tuple[FeeLine, ...]:
    """Return the fees of ``items``, each once, also those that are let off altogether."""
    found: list[FeeLine] = []
    for identity in dict.fromkeys(items):
        item = catalogue.items.get(identity)
        if item is None or not has_fee(item):
            continue
        less = let_off.get(identity)
        amount = item.fee_fen if less is None else min(less.amount_fen, item.fee_fen)
        found.append(
            FeeLine(
                item=identity,
                name=item.name,
                department_name=catalogue.departments[item.department].name,
                full_fen=item.fee_fen,
                amount_fen=amount,
                says=None if less is None else less.says,
                basis="" if less is None else less.basis,
            )
        )
    return tuple(found)


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def in_words(amount_fen: int) -> str:
    """Return an amount as it is written on a receipt against changes: ``壹佰贰拾元整``.

    Source: 中国人民银行 支付结算办法 附一 正确填写票据和结算凭证的基本规定, 二.

    Args:
        amount_fen: 0 to 10^16 - 1.
    """
    yuan, rest = divmod(amount_fen, 100)
    jiao, fen = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return words + "整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif words:
        words += _DIGITS[0]
    return words + (f"{_DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    if not number:
        return _DIGITS[0]
    words, group, gap = "", 0, False
    while number:
        number, four = divmod(number, 10_000)
        if four:
            part = _four(four) + _GROUPS[group]
            words = part + (_DIGITS[0] if gap and words else "") + words
            # a group below a thousand leaves a gap before it, and one that is missing before that
            gap = four < 1000
        elif words:
            gap = True
        group += 1
    return words


def _four(number: int) -> str:
    words, gap = "", False
    for place in range(4):
        number, digit = divmod(number, 10)
        if digit:
            words = _DIGITS[digit] + _PLACES[place] + (_DIGITS[0] if gap and words else "") + words
            gap = False
        else:
            gap = True
    return words
