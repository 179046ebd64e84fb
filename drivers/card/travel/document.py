"""Reading the chip of a travel document from first contact to a proven answer.

Source: ICAO 9303 part 11 section 4.2 (order of steps).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography import x509

from drivers.card.apdu import ApduError, Command, StatusWord, status_name
from drivers.card.api import Connection
from drivers.card.travel.bac import basic_access
from drivers.card.travel.files import (
    Face,
    File,
    FileMissing,
    face,
    listed_groups,
    read_file,
    select_application,
    zone,
)
from drivers.card.travel.messaging import Chip, MessagingError
from drivers.card.travel.mrz import Mrz, MrzError, MrzKey
from drivers.card.travel.pace import CanKey, PaceInfo, pace, pace_infos
from drivers.card.travel.sod import SecurityObjectError, Trust, passive_authentication
from drivers.errors import MediaUnreadable, WrongMedia

_DG2_TAG: Final = 0x75
_NO_SUCH_APPLICATION: Final = frozenset(
    {
        StatusWord.FILE_NOT_FOUND,
        StatusWord.FUNCTION_NOT_SUPPORTED,
        StatusWord.PARAMETERS_WRONG,
        StatusWord.INSTRUCTION_UNKNOWN,
        StatusWord.CLASS_UNKNOWN,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class TravelDocument:
    """What a travel document says. No readable ``repr``, so that no traceback or log line tells whose it was."""

    mrz: Mrz
    face: Face | None
    """None: not asked for, or none stored."""
    opened_by: str
    """"PACE" or "BAC"."""
    trust: Trust


def read_document(
    card: Connection,
    key: MrzKey | CanKey,
    trusted: Sequence[x509.Certificate] = (),
    *,
    picture: bool = True,
    at: datetime | None = None,
) -> TravelDocument:
    """Open the chip, read it and check what it says. Blocking: for ``CardReader.run``.

    Args:
        card: Connected.
        key: What is printed on the document: the values of its machine-readable zone, or, where the chip speaks PACE,
            the card access number.
        trusted: CSCA certificates; without the one of the issuing state the document is at best unchanged.
        picture: Read the picture, too: some fifteen thousand bytes.
        at: When signatures are judged; now unless told otherwise.

    Raises:
        WrongMedia: no travel document.
        KeyRefused: the key is not that of this document.
        MediaUnreadable: a travel document that does not answer what the standard allows.
        And whatever the connection raises.
    """
    try:
        return _read(Chip(card), key, trusted, picture, at or datetime.now(UTC))
    except MrzError as error:
        raise MediaUnreadable(f"the key cannot be one: {error}", code="travel.key-refused") from error
    except (MessagingError, ApduError, SecurityObjectError) as error:
        raise MediaUnreadable(str(error)) from error


def _read(
    chip: Chip, key: MrzKey | CanKey, trusted: Sequence[x509.Certificate], picture: bool, at: datetime
) -> TravelDocument:
    opened_by = _open(chip, key)
    groups = {1: read_file(chip, File.DG1)}
    mrz = zone(groups[1])
    stored = None
    if picture and _has_picture(chip):
        groups[2] = read_file(chip, File.DG2)
        stored = face(groups[2])
    trust = passive_authentication(read_file(chip, File.SECURITY_OBJECT), groups, trusted, at)
    return TravelDocument(mrz=mrz, face=stored, opened_by=opened_by, trust=trust)


def _has_picture(chip: Chip) -> bool:
    """Whether EF.COM lists it. On a chip without EF.COM it is asked for: it is mandatory (part 10 section 4.7.2)."""
    try:
        common = read_file(chip, File.COMMON)
    except FileMissing:
        return True
    return _DG2_TAG in listed_groups(common)


def _open(chip: Chip, key: MrzKey | CanKey) -> str:
    """PACE where the chip offers a way of ours, BAC otherwise; the application is selected then."""
    if info := _way(chip):
        chip.secure(pace(chip, info, key))
        if (status := select_application(chip)) != StatusWord.OK:
            raise MessagingError(f"select application: {status_name(status)}")
        return "PACE"
    status = select_application(chip)
    if status in _NO_SUCH_APPLICATION:
        raise WrongMedia(f"no travel document: {status_name(status)}")
    if status != StatusWord.OK:
        raise MessagingError(f"select application: {status_name(status)}")
    if isinstance(key, CanKey):
        raise MediaUnreadable("the chip opens to its machine-readable zone only", code="travel.key-refused")
    chip.secure(basic_access(chip, key))
    return "BAC"


def _way(chip: Chip) -> PaceInfo | None:
    """Return how PACE is spoken with this chip; None: it speaks BAC, or only ways that are not ours."""
    # EF.CardAccess lies in the master file, which is selected when the card gets power; a card that was used before
    # may stand elsewhere, and some know no master file by name.
    chip.send(Command(ins=0xA4, p1=0x00, p2=0x0C, data=bytes.fromhex("3F00")))
    try:
        found = pace_infos(read_file(chip, File.CARD_ACCESS))
    except FileMissing:
        return None
    return found[0] if found else None
