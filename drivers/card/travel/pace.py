"""PACE, password authenticated connection establishment: what new documents open with, instead of BAC.

The key printed on the document never goes over the air, not even hidden, and a guess costs one attempt at the chip.
Spoken here: ECDH with generic mapping, with 3DES or AES, on the curves of ``curves.py``.

Source: ICAO 9303 part 11 section 4.4 (protocol), 9.2 (PACEInfo in EF.CardAccess), 9.4.1 (public keys as data objects),
9.7 (keys); worked example in appendix G.1.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from drivers.card import tlv
from drivers.card.apdu import Command, StatusWord, status_name
from drivers.card.oid import OBJECT_IDENTIFIER, dotted, undotted
from drivers.card.travel.curves import STANDARD_CURVES, Curve, CurveError, Point
from drivers.card.travel.errors import KeyRefused
from drivers.card.travel.messaging import (
    FOR_ENCRYPTION,
    FOR_PASSWORD,
    FOR_SIGNING,
    Aes,
    Chip,
    MessagingError,
    SecureMessaging,
    Suite,
    TripleDes,
)
from drivers.card.travel.mrz import MrzKey

_GENERIC_MAPPING: Final = "0.4.0.127.0.7.2.2.4.2"
"""id-PACE-ECDH-GM; the last number is the cipher."""
_SUITES: Final[dict[str, Suite]] = {
    f"{_GENERIC_MAPPING}.1": TripleDes(),
    f"{_GENERIC_MAPPING}.2": Aes(16),
    f"{_GENERIC_MAPPING}.3": Aes(24),
    f"{_GENERIC_MAPPING}.4": Aes(32),
}
_VERSION: Final = 2
_INTEGER: Final = 0x02
_BY_MRZ: Final = b"\x01"
_BY_CAN: Final = b"\x02"
_CHAINED: Final = 0x10
_MOST_INFOS: Final = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class PaceInfo:
    """One way to open the chip, from EF.CardAccess."""

    protocol: str
    """Object identifier."""
    parameters: int
    """Number of the curve in the table of section 9.5.1."""
    ambiguous: bool = False
    """Whether the chip offers the protocol with other curves, too, so that it must be told which."""

    @property
    def suite(self) -> Suite:
        """Cipher and signature."""
        return _SUITES[self.protocol]

    @property
    def curve(self) -> Curve:
        """The curve it starts on."""
        return STANDARD_CURVES[self.parameters]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class CanKey:
    """The card access number: six digits on the front of the document."""

    number: str


def pace_infos(card_access: bytes) -> tuple[PaceInfo, ...]:
    """Return the ways to open the chip that we speak, in its order. Source: section 9.2.1.

    Raises:
        MessagingError: EF.CardAccess is no list of ways.
    """
    found: list[PaceInfo] = []
    try:
        entries = tlv.objects(tlv.find(card_access, 0x31))
        for entry in entries[:_MOST_INFOS]:
            parts = tlv.objects(entry.value)
            if len(parts) != 3 or [part.tag for part in parts] != [OBJECT_IDENTIFIER, _INTEGER, _INTEGER]:
                continue
            protocol = dotted(parts[0].value)
            version, parameters = (int.from_bytes(part.value, "big", signed=True) for part in parts[1:])
            if protocol in _SUITES and version == _VERSION and parameters in STANDARD_CURVES:
                found.append(PaceInfo(protocol=protocol, parameters=parameters))
    except (tlv.TlvError, ValueError) as error:
        raise MessagingError(f"EF.CardAccess: {error}") from error
    offered = [info.protocol for info in found]
    return tuple(replace(info, ambiguous=offered.count(info.protocol) > 1) for info in found)


def pace(
    chip: Chip, info: PaceInfo, key: MrzKey | CanKey, chance: Callable[[int], int] = secrets.randbelow
) -> SecureMessaging:
    """Open the chip; the master file is selected.

    Args:
        chip: Not secured.
        info: Which way.
        key: What is printed on the document.
        chance: Gives a number below its argument; another one only where an example is followed.

    Raises:
        KeyRefused: the values are not those of this document.
        MessagingError: the chip answers what the standard does not allow.
    """
    try:
        return _Pace(chip, info, key, chance).agree()
    except (CurveError, tlv.TlvError) as error:
        raise MessagingError(f"PACE: {error}") from error


class _Pace:
    def __init__(self, chip: Chip, info: PaceInfo, key: MrzKey | CanKey, chance: Callable[[int], int]) -> None:
        self._chip = chip
        self._suite, self._curve = info.suite, info.curve
        self._protocol = undotted(info.protocol)
        self._parameters = bytes([info.parameters]) if info.ambiguous else b""
        self._chance = chance
        if isinstance(key, CanKey):
            self._reference, secret = _BY_CAN, key.number.encode("latin-1")
        else:
            self._reference = _BY_MRZ
            secret = hashlib.sha1(key.information, usedforsecurity=False).digest()
        self._password_key = self._suite.derive(secret, FOR_PASSWORD)

    def agree(self) -> SecureMessaging:
        """The four steps of section 4.4.4."""
        curve, suite = self._curve, self._suite
        self._choose()
        sealed = self._step(b"", 0x80)
        if not sealed or len(sealed) % suite.block_bytes:
            raise MessagingError(f"PACE: a nonce of {len(sealed)} bytes")
        nonce = int.from_bytes(suite.decrypt(self._password_key, b"", sealed), "big")

        mapping_key = self._secret()
        theirs = curve.decode(self._step(self._public(0x81, mapping_key, curve.base), 0x82))
        base = curve.plus(curve.times(nonce, curve.base), curve.times(mapping_key, theirs))

        own_key = self._secret()
        ours = curve.times(own_key, base)
        theirs = curve.decode(self._step(tlv.encode(0x83, curve.encode(ours)), 0x84))
        if theirs == ours:
            raise MessagingError("PACE: the chip sent our own key back")
        shared = curve.times(own_key, theirs).x.to_bytes(curve.width_bytes, "big")
        encryption_key, signing_key = suite.derive(shared, FOR_ENCRYPTION), suite.derive(shared, FOR_SIGNING)

        token = tlv.encode(0x85, self._token(signing_key, theirs))
        answer = self._step(token, 0x86, last=True)
        if not hmac.compare_digest(answer, self._token(signing_key, ours)):
            raise MessagingError("PACE: the token of the chip is wrong")
        return SecureMessaging(suite=suite, encryption_key=encryption_key, signing_key=signing_key, counter=0)

    def _choose(self) -> None:
        """MSE:Set AT. Source: section 4.4.4.1."""
        data = tlv.encode(0x80, self._protocol) + tlv.encode(0x83, self._reference)
        if self._parameters:
            data += tlv.encode(0x84, self._parameters)
        answer = self._chip.send(Command(ins=0x22, p1=0xC1, p2=0xA4, data=data))
        if answer.status != StatusWord.OK and answer.status >> 4 != 0x63C:  # 63Cx: x attempts are left
            raise MessagingError(f"PACE, choose: {status_name(answer.status)}")

    def _step(self, content: bytes, wanted: int, *, last: bool = False) -> bytes:
        """GENERAL AUTHENTICATE; return the value of the object ``wanted``. Source: section 4.4.4.2."""
        data = tlv.encode(0x7C, content)
        answer = self._chip.send(Command(cla=0 if last else _CHAINED, ins=0x86, data=data, expected=256))
        if answer.status != StatusWord.OK:
            detail = f"PACE, object {wanted:02X}: {status_name(answer.status)}"
            # Only the last step shows whether both sides know the same key.
            raise KeyRefused(detail) if last else MessagingError(detail)
        return tlv.find(answer.data, 0x7C, wanted)

    def _public(self, tag: int, key: int, base: Point) -> bytes:
        return tlv.encode(tag, self._curve.encode(self._curve.times(key, base)))

    def _token(self, signing_key: bytes, public: Point) -> bytes:
        """Source: section 4.4.3.4; the public key as a data object, section 9.4.1."""
        named = tlv.encode(OBJECT_IDENTIFIER, self._protocol) + tlv.encode(0x86, self._curve.encode(public))
        return self._suite.sign(signing_key, tlv.encode(0x7F49, named))

    def _secret(self) -> int:
        return self._chance(self._curve.n - 1) + 1
