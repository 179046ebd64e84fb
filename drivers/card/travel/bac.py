"""Basic access control: a chip opens to who has read what is printed on the document.

Source: ICAO 9303 part 11 section 4.3; worked example in appendix D.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final

from drivers.card.apdu import Command, StatusWord, status_name
from drivers.card.travel.errors import KeyRefused
from drivers.card.travel.messaging import (
    FOR_ENCRYPTION,
    FOR_SIGNING,
    Chip,
    MessagingError,
    SecureMessaging,
    TripleDes,
)
from drivers.card.travel.mrz import MrzKey

_GET_CHALLENGE: Final = Command(ins=0x84, expected=8)
_EXTERNAL_AUTHENTICATE: Final = 0x82
_NONCE_BYTES: Final = 8
_KEY_BYTES: Final = 16
_ANSWER_BYTES: Final = 40
_SUITE: Final = TripleDes()


def basic_access(chip: Chip, key: MrzKey, chance: Callable[[int], bytes] = secrets.token_bytes) -> SecureMessaging:
    """Open the chip; the eMRTD application is selected.

    Args:
        chip: Not secured.
        key: What is printed on the document.
        chance: Gives so many random bytes; another one only where an example is followed.

    Raises:
        KeyRefused: the chip does not know the key: the values are not those of this document.
        MessagingError: it answers what the standard does not allow.
    """
    seed = hashlib.sha1(key.information, usedforsecurity=False).digest()[:_KEY_BYTES]
    encryption_key, signing_key = _SUITE.derive(seed, FOR_ENCRYPTION), _SUITE.derive(seed, FOR_SIGNING)
    challenge = chip.send(_GET_CHALLENGE)
    if challenge.status != StatusWord.OK or len(challenge.data) != _NONCE_BYTES:
        raise MessagingError(f"get challenge: {len(challenge.data)} bytes, {status_name(challenge.status)}")
    ours, our_key = chance(_NONCE_BYTES), chance(_KEY_BYTES)
    sealed = _SUITE.encrypt(encryption_key, b"", ours + challenge.data + our_key)
    signature = _SUITE.sign(signing_key, sealed)
    answer = chip.send(Command(ins=_EXTERNAL_AUTHENTICATE, data=sealed + signature, expected=_ANSWER_BYTES))
    if answer.status != StatusWord.OK:
        raise KeyRefused(f"external authenticate: {status_name(answer.status)}")
    if len(answer.data) != _ANSWER_BYTES:
        raise MessagingError(f"external authenticate: {len(answer.data)} bytes")
    theirs, their_signature = answer.data[:-_NONCE_BYTES], answer.data[-_NONCE_BYTES:]
    if not hmac.compare_digest(their_signature, _SUITE.sign(signing_key, theirs)):
        raise MessagingError("external authenticate: the signature is wrong")
    plain = _SUITE.decrypt(encryption_key, b"", theirs)
    if plain[:16] != challenge.data + ours:
        raise MessagingError("external authenticate: other nonces")
    shared = bytes(a ^ b for a, b in zip(our_key, plain[16:], strict=True))
    return SecureMessaging(
        suite=_SUITE,
        encryption_key=_SUITE.derive(shared, FOR_ENCRYPTION),
        signing_key=_SUITE.derive(shared, FOR_SIGNING),
        counter=int.from_bytes(challenge.data[4:] + ours[4:], "big"),
    )
