"""A technician's card: the other end of the wire of any card reader, and the authority that issues it.

Written from NIST SP 800-73-4 part 2, not from the driver: SELECT with the application property template, GET DATA,
GENERAL AUTHENTICATE with the card authentication key (no PIN), command chaining in, 61xx out. Its people are made up.

The authority's certificate and key stay in the runtime folder of the simulated city, where the terminal's settings find
``ca.pem``; keys of cards are made anew at each start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import xor
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from drivers.simulated.travel_issuer import certificate_authority
from drivers.simulated.travel_keys import Wrong, piece, piece_value, pieces

_APPLICATION: Final = bytes.fromhex("A000000308000010000100")
_SHORTEST_NAME: Final = 5
"""A000000308, the part of the name that may stand for all of it. SP 800-73-4 part 1 section 2.2."""
_ISSUED_FOR: Final = timedelta(days=366)
_CARD_AUTHENTICATION: Final = x509.ObjectIdentifier("2.16.840.1.101.3.6.8")
_PIECE: Final = 256
_MOST_COLLECTED: Final = 4096


@dataclass(frozen=True, kw_only=True)
class Technician:
    """Somebody made up."""

    key: str
    title: str
    number: str
    name: str
    until_days: int = 365
    """Until when the certificate is valid, from now."""
    rsa: bool = False


TECHNICIANS: Final = (
    Technician(key="technician", title="运维卡 · 郑示维", number="YJ-0001", name="郑示维"),
    Technician(
        key="technician-expired", title="运维卡（已过期）· 冯样修", number="YJ-0002", name="冯样修", until_days=-1
    ),
)
"""The second left last year: the terminal says so and lets nobody in."""


class TechnicianAuthority:
    """Issues cards.

    Args:
        folder: Where ``ca.pem`` and ``ca.key`` are kept; made the first time.
    """

    def __init__(self, folder: Path) -> None:
        self.certificate, self._key = certificate_authority(folder, "Simulated City Technicians")
        self.path = folder / "ca.pem"

    def card(self, technician: Technician) -> PivCard:
        """Return a new card with a new key."""
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = ec.generate_private_key(ec.SECP256R1())
        if technician.rsa:
            key = rsa.generate_private_key(65537, 2048)
        return PivCard(self._issue(technician, key).public_bytes(Encoding.DER), key)

    def _issue(self, technician: Technician, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> x509.Certificate:
        until = datetime.now(UTC) + timedelta(days=technician.until_days)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.SERIAL_NUMBER, technician.number),
                x509.NameAttribute(NameOID.COMMON_NAME, technician.name),
            ]
        )
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.certificate.subject)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(until - _ISSUED_FOR).not_valid_after(until)
        builder = builder.add_extension(x509.ExtendedKeyUsage([_CARD_AUTHENTICATION]), critical=True)
        return builder.sign(self._key, hashes.SHA256())


class PivCard:
    """One card, with its card authentication key alone.

    Args:
        certificate: Of the key, DER.
        key: P-256 or RSA of 2048 bits. Another one than the certificate's makes a copied card.
    """

    def __init__(self, certificate: bytes, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
        answer = b"\x85\x80\x01SIMPV"
        self.atr = b"\x3b" + answer + bytes([reduce(xor, answer)])
        self._certificate = piece(0x53, piece(0x70, certificate) + piece(0x71, b"\0") + piece(0xFE, b""))
        self._key = key
        self.reset()

    def reset(self) -> None:
        """Lose power and get it again."""
        self._selected = False
        self._collected = b""
        self._chained = b""
        self._waiting = b""

    def obey(self, message: bytes) -> bytes:
        """Return data and status word for one command; answers come in pieces of 256 bytes at most."""
        try:
            return self._obey(message)
        except Wrong as wrong:
            self._collected = self._chained = self._waiting = b""
            return wrong.status.to_bytes(2, "big")

    def _obey(self, message: bytes) -> bytes:
        if len(message) < 4:
            raise Wrong(0x6700)
        if message[0] & ~0x10:
            raise Wrong(0x6E00)
        if message[1] == 0xC0:
            return self._piece(message[4] if len(message) > 4 else 0)
        data = _data(message)
        if message[0] & 0x10:
            return self._collect(message, data)
        if self._chained and self._chained != message[1:4]:
            raise Wrong(0x6883)
        data, self._collected, self._chained = self._collected + data, b"", b""
        self._waiting = self._do(message, data)
        return self._piece(0) if self._waiting else b"\x90\x00"

    def _collect(self, message: bytes, data: bytes) -> bytes:
        if self._chained not in (b"", message[1:4]):
            raise Wrong(0x6883)
        self._chained, self._collected = message[1:4], self._collected + data
        if len(self._collected) > _MOST_COLLECTED:
            raise Wrong(0x6700)
        return b"\x90\x00"

    def _piece(self, wanted: int) -> bytes:
        if not self._waiting:
            return b"\x69\x85"
        size = wanted or _PIECE
        given, self._waiting = self._waiting[:size], self._waiting[size:]
        return given + (bytes([0x61, min(len(self._waiting), 0xFF)]) if self._waiting else b"\x90\x00")

    def _do(self, message: bytes, data: bytes) -> bytes:
        match message[1]:
            case 0xA4:
                return self._select(message[2:4], data)
            case 0xCB if self._selected:
                if message[2:4] != b"\x3f\xff":
                    raise Wrong(0x6A86)
                if piece_value(data, 0x5C) != b"\x5f\xc1\x01":
                    raise Wrong(0x6A82)
                return self._certificate
            case 0x87 if self._selected:
                return self._sign(message[2], message[3], data)
        raise Wrong(0x6D00)

    def _select(self, how: bytes, name: bytes) -> bytes:
        if how != b"\x04\x00":
            raise Wrong(0x6A86)
        if len(name) < _SHORTEST_NAME or not _APPLICATION.startswith(name):
            self._selected = False
            raise Wrong(0x6A82)
        self._selected = True
        named = piece(0x4F, _APPLICATION[5:]) + piece(0x79, piece(0x4F, _APPLICATION[:5]))
        return piece(0x61, named)

    def _sign(self, algorithm: int, key: int, data: bytes) -> bytes:
        if key != 0x9E:
            raise Wrong(0x6A86)
        given = {tag: value for tag, value, _ in pieces(piece_value(data, 0x7C))}
        challenge = given.get(0x81, b"")
        if given.get(0x82) != b"":
            raise Wrong(0x6A80)
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            if algorithm != 0x11:
                raise Wrong(0x6A86)
            if len(challenge) != 32:
                raise Wrong(0x6A80)
            signature = self._key.sign(challenge, ec.ECDSA(Prehashed(hashes.SHA256())))
        else:
            if algorithm != 0x07:
                raise Wrong(0x6A86)
            if len(challenge) != 256:
                raise Wrong(0x6A80)
            numbers = self._key.private_numbers()
            signed = pow(int.from_bytes(challenge, "big"), numbers.d, numbers.public_numbers.n)
            signature = signed.to_bytes(256, "big")
        return piece(0x7C, piece(0x82, signature))


def _data(message: bytes) -> bytes:
    """Return the data of a command with short length fields."""
    body = message[4:]
    if len(body) < 2:
        return b""
    data, rest = body[1 : 1 + body[0]], body[1 + body[0] :]
    if not body[0] or len(data) != body[0] or len(rest) > 1:
        raise Wrong(0x6700)
    return data
