"""What kind of card it is: for diagnostics, which take any card and read nothing of it.

A card is asked by SELECT whether it has an application, one after the other; no file is read, so nothing of its holder
is known.

Source: ISO/IEC 7816-4:2020 section 11.2.2 (SELECT by name).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drivers.card import technician
from drivers.card.apdu import ApduError, Command, StatusWord, send
from drivers.card.api import Connection
from drivers.card.atr import AnswerToReset, AtrError, parse_atr
from drivers.card.socialsecurity import NATIONAL_LAYOUT
from drivers.card.travel import files
from drivers.errors import MediaUnreadable


class CardKind(StrEnum):
    """What an application on a card makes of it."""

    SOCIAL_SECURITY = "social-security"
    """社保卡."""
    TECHNICIAN = "technician"
    """Or anybody else's card with a PIV application: whose it is, it is not asked."""
    TRAVEL_DOCUMENT = "travel-document"
    OTHER = "other"
    """None of these: a bank card, a transport card."""


_APPLICATIONS: Final = {
    CardKind.SOCIAL_SECURITY: Command(ins=0xA4, p1=0x04, data=NATIONAL_LAYOUT.application),
    CardKind.TECHNICIAN: Command(ins=0xA4, p1=0x04, data=technician.APPLICATION, expected=256),
    CardKind.TRAVEL_DOCUMENT: Command(ins=0xA4, p1=0x04, p2=0x0C, data=files.APPLICATION),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CardLook:
    """What is to be seen of a card from outside."""

    kind: CardKind
    protocol: str
    """"T=0" or "T=1"."""
    atr: bytes
    answer: AnswerToReset | None
    """None: what it answered to the reset is not as ISO/IEC 7816-3 has it, though it works."""


def look(card: Connection) -> CardLook:
    """Return what kind of card it is. Blocking, on a connected card; give it to ``CardReader.run``.

    Raises:
        MediaUnreadable, MediaRemoved: the card does not answer any more, or nothing that is an answer.
    """
    try:
        answer = parse_atr(card.atr)
    except AtrError:
        answer = None
    try:
        kind = next(
            (kind for kind, select in _APPLICATIONS.items() if send(card, select).status == StatusWord.OK),
            CardKind.OTHER,
        )
    except ApduError as error:
        raise MediaUnreadable(str(error)) from error
    return CardLook(kind=kind, protocol=card.protocol, atr=card.atr, answer=answer)
