"""The technician's card: who they are, proven offline.

A PIV card (a YubiKey is one, too), after NIST SP 800-73-4: its card authentication key signs a fresh challenge without
a PIN, and the certificate of that key is signed by an authority that the terminal trusts. Whoever holds the card is the
technician; what may be done then is for the session to decide, and everything done is recorded there.

Source: NIST SP 800-73-4 part 1 table 3 (data objects), part 2 sections 3.1.1 (SELECT), 3.1.2 (GET DATA), 3.2.4 (GENERAL
AUTHENTICATE); SP 800-78-4 table 6-2 (algorithms); RFC 8017 section 9.2 (padding for RSA).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import secrets
import zlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import NameOID

from drivers.card import tlv
from drivers.card.apdu import Answer, ApduError, Command, StatusWord, send, status_name
from drivers.card.api import CardReader, Connection
from drivers.errors import DeviceRefused, MediaUnreadable, WrongMedia

APPLICATION: Final = bytes.fromhex("A000000308000010000100")
CARD_AUTHENTICATION: Final = bytes.fromhex("5FC101")
"""Data object of the certificate of the card authentication key. SP 800-73-4 part 1 table 3."""
_KEY: Final = 0x9E
_RSA_2048: Final = 0x07
_ALGORITHMS: Final = {"secp256r1": (0x11, hashes.SHA256()), "secp384r1": (0x14, hashes.SHA384())}
_COMPRESSED: Final = 0x01
_LARGEST_CERTIFICATE: Final = 16_384
_SHA256_INFO: Final = bytes.fromhex("3031300D060960864801650304020105000420")
_NO_SUCH_APPLICATION: Final = frozenset(
    {
        StatusWord.FILE_NOT_FOUND,
        StatusWord.FUNCTION_NOT_SUPPORTED,
        StatusWord.PARAMETERS_WRONG,
        StatusWord.INSTRUCTION_UNKNOWN,
        StatusWord.CLASS_UNKNOWN,
    }
)
_NEVER_PRINTED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST_NAME: Final = 64
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What ``cryptography`` says to a certificate that it cannot read, or only in part."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """Who issues technicians' cards."""

    certificates: Sequence[x509.Certificate]
    revoked: Collection[int] = field(default=())
    """Serial numbers of certificates that no longer count: cards lost, people who left."""

    @classmethod
    def load(cls, path: Path, revoked: Collection[int] = ()) -> Authority:
        """Read the authority's certificates from a PEM file.

        Raises:
            OSError: the file cannot be read.
            ValueError: it holds no certificate.
        """
        return cls(certificates=x509.load_pem_x509_certificates(path.read_bytes()), revoked=revoked)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class TechnicianProof:
    """A technician who was here with their card. No readable ``repr``: a name belongs into the audit, not the log."""

    number: str
    """Personnel number: serialNumber of the certificate's subject."""
    name: str
    """Common name of the subject."""
    certificate_serial: int
    valid_until: datetime


async def technician(reader: CardReader, authority: Authority, at: datetime | None = None) -> TechnicianProof:
    """Wait for a card in ``reader`` and return whose it is, proven.

    Args:
        reader: Open, contact or contactless.
        authority: Who issues technicians' cards.
        at: When validity is judged; now unless told otherwise.

    Raises:
        WrongMedia: no technician's card; the citizen's own, for example.
        DeviceRefused: a technician's card that does not count: ``technician.expired``, ``technician.untrusted`` (issued
            by somebody else, or revoked), ``technician.unproven`` (it has the certificate, but not the key).
        MediaUnreadable, MediaRemoved: try again.
        DeviceGone: the reader or pcscd left; close and open afresh.
    """
    return await reader.run(lambda card: prove(card, authority, at or datetime.now(UTC)))


def prove(
    card: Connection,
    authority: Authority,
    at: datetime,
    chance: Callable[[int], bytes] = secrets.token_bytes,
) -> TechnicianProof:
    """See ``technician``; blocking, on a connected card."""
    try:
        certificate = _certificate(card)
        _check(certificate, authority, at)
        _challenge(card, certificate, chance)
        return _proof(certificate)
    except (ApduError, tlv.TlvError) as error:
        raise MediaUnreadable(str(error)) from error


def _certificate(card: Connection) -> x509.Certificate:
    answer = send(card, Command(ins=0xA4, p1=0x04, data=APPLICATION, expected=256))
    if answer.status in _NO_SUCH_APPLICATION:
        raise WrongMedia(f"no PIV application: {status_name(answer.status)}")
    _expect(answer, "select PIV")
    wanted = tlv.encode(0x5C, CARD_AUTHENTICATION)
    answer = send(card, Command(ins=0xCB, p1=0x3F, p2=0xFF, data=wanted, expected=256))
    if answer.status == StatusWord.FILE_NOT_FOUND:
        raise WrongMedia("a PIV card without a card authentication certificate")
    _expect(answer, "get certificate")
    parts = {item.tag: item.value for item in tlv.objects(tlv.find(answer.data, 0x53))}
    raw = parts.get(0x70, b"")
    if parts.get(0x71, b"\0")[:1] == bytes([_COMPRESSED]):
        raw = _expanded(raw)
    try:
        return x509.load_der_x509_certificate(raw)
    except _UNREADABLE as error:
        raise MediaUnreadable(f"the certificate cannot be read: {type(error).__name__}") from None


def _expanded(raw: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            return file.read(_LARGEST_CERTIFICATE)
    except (OSError, EOFError, zlib.error) as error:
        raise MediaUnreadable(f"the certificate is badly compressed: {type(error).__name__}") from None


def _check(certificate: x509.Certificate, authority: Authority, at: datetime) -> None:
    """The certificate counts: issued by the authority, for signing, today, and not revoked."""
    issuer = next((each for each in authority.certificates if _issued_by(certificate, each)), None)
    if issuer is None:
        raise DeviceRefused("issued by nobody we trust", code="technician.untrusted")
    if certificate.serial_number in authority.revoked:
        raise DeviceRefused(f"certificate {certificate.serial_number:X} is revoked", code="technician.untrusted")
    if not _for_signing(certificate):
        raise DeviceRefused("a certificate that is not for signing", code="technician.untrusted")
    for each in (certificate, issuer):
        if not each.not_valid_before_utc <= at <= each.not_valid_after_utc:
            raise DeviceRefused(f"valid until {each.not_valid_after_utc:%Y-%m-%d}", code="technician.expired")


def _issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, *_UNREADABLE):
        return False
    return True


def _for_signing(certificate: x509.Certificate) -> bool:
    """Where the certificate says what it is for, signing is in it; and it is nobody's authority."""
    try:
        extensions = certificate.extensions
    except _UNREADABLE:
        return False
    for extension in extensions:
        if isinstance(extension.value, x509.KeyUsage) and not extension.value.digital_signature:
            return False
        if isinstance(extension.value, x509.BasicConstraints) and extension.value.ca:
            return False
    return True


def _challenge(card: Connection, certificate: x509.Certificate, chance: Callable[[int], bytes]) -> None:
    """Have the card sign something that nobody has signed before."""
    text = chance(32)
    try:
        key = certificate.public_key()
    except _UNREADABLE as error:
        raise DeviceRefused("a kind of key we cannot check", code="technician.unproven") from error
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _ALGORITHMS:
            algorithm, kind = _ALGORITHMS[key.curve.name]
            digest = hashlib.new(kind.name, text).digest()
            key.verify(_signature(card, algorithm, digest), digest, ec.ECDSA(Prehashed(kind)))
        elif isinstance(key, rsa.RSAPublicKey) and key.key_size == 2048:
            block = _SHA256_INFO + hashlib.sha256(text).digest()
            padded = b"\0\1" + b"\xff" * (256 - 3 - len(block)) + b"\0" + block
            key.verify(_signature(card, _RSA_2048, padded), text, padding.PKCS1v15(), hashes.SHA256())
        else:
            raise DeviceRefused("a kind of key we cannot check", code="technician.unproven")
    except InvalidSignature:
        raise DeviceRefused("the signature is not by the key of the certificate", code="technician.unproven") from None


def _signature(card: Connection, algorithm: int, challenge: bytes) -> bytes:
    data = tlv.encode(0x7C, tlv.encode(0x82, b"") + tlv.encode(0x81, challenge))
    answer = send(card, Command(ins=0x87, p1=algorithm, p2=_KEY, data=data, expected=256))
    if answer.status != StatusWord.OK:
        raise DeviceRefused(f"general authenticate: {status_name(answer.status)}", code="technician.unproven")
    return tlv.find(answer.data, 0x7C, 0x82)


def _proof(certificate: x509.Certificate) -> TechnicianProof:
    texts = []
    for attribute in (NameOID.SERIAL_NUMBER, NameOID.COMMON_NAME):
        found = certificate.subject.get_attributes_for_oid(attribute)
        text = found[0].value if found else ""
        text = text if isinstance(text, str) else ""
        if not text or len(text) > _LONGEST_NAME or _NEVER_PRINTED.search(text):
            raise DeviceRefused("the certificate has no number or no name", code="technician.untrusted")
        texts.append(text)
    return TechnicianProof(
        number=texts[0],
        name=texts[1],
        certificate_serial=certificate.serial_number,
        valid_until=certificate.not_valid_after_utc,
    )


def _expect(answer: Answer, what: str) -> None:
    if answer.status != StatusWord.OK:
        raise MediaUnreadable(f"{what}: {status_name(answer.status)}")
