"""Passive authentication: what the chip says is what its issuer signed.

EF.SOD holds the hashes of all data groups, signed by a document signer, whose certificate the issuing state's CSCA
signed. Only who has that state's CSCA certificate can say that the document is genuine; without it, no more than that
the data belong together.

Source: ICAO 9303 part 11 section 5.1 (passive authentication), part 10 section 4.6.2 (EF.SOD), part 12 section 7
(certificates); RFC 5652 section 5 (signed data). Certificates with curve parameters written out in full, which some
states issue, cannot be read by ``cryptography``: then the signature counts as unreadable.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from drivers.card import tlv
from drivers.card.oid import dotted

_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "1.3.14.3.2.26": hashes.SHA1(),  # noqa: S303 - what old documents were signed with cannot be chosen any more
    "2.16.840.1.101.3.4.2.4": hashes.SHA224(),
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
_PSS: Final = "1.2.840.113549.1.1.10"
_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_SECURITY_OBJECT: Final = "2.23.136.1.1.1"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"

_SEQUENCE, _SET, _INTEGER, _OCTETS, _OID = 0x30, 0x31, 0x02, 0x04, 0x06
_CONTEXT_0: Final = 0xA0
_KEY_IDENTIFIER: Final = 0x80
_MOST_CERTIFICATES: Final = 8
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What ``cryptography`` says to a certificate that it cannot read, or only in part."""


class SecurityObjectError(ValueError):
    """EF.SOD is not what the standard allows."""


class Trust(StrEnum):
    """How far a document is proven."""

    GENUINE = "genuine"
    """Signed by a state whose CSCA certificate we hold, and unchanged."""
    UNKNOWN_ISSUER = "unknown-issuer"
    """Unchanged since somebody signed it, and we hold no CSCA certificate that says who."""
    EXPIRED_SIGNER = "expired-signer"
    """As genuine, but the certificate of the signer is not valid on this day."""
    CHANGED = "changed"
    """The data are not those that were signed, or the signature is wrong."""
    UNREADABLE = "unreadable"
    """The signature is of a kind that cannot be checked here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SecurityObject:
    """EF.SOD taken apart; holds nothing personal but hashes."""

    hash_name: str
    group_hashes: Mapping[int, bytes]
    content: bytes
    """The signed LDSSecurityObject."""
    certificates: tuple[bytes, ...]
    signer: _Signer


@dataclass(frozen=True, kw_only=True, slots=True)
class _Signer:
    serial: int | None
    key_identifier: bytes
    digest: str
    attributes: bytes
    """The SET of signed attributes; empty: the content itself is signed."""
    algorithm: str
    parameters: bytes
    signature: bytes


def parse_security_object(data: bytes) -> SecurityObject:
    """Take EF.SOD apart.

    Raises:
        SecurityObjectError: it is not what the standard allows.
    """
    try:
        return _parse(data)
    except (tlv.TlvError, ValueError) as error:
        if isinstance(error, SecurityObjectError):
            raise
        raise SecurityObjectError(f"EF.SOD: {error}") from error


def _parse(data: bytes) -> SecurityObject:
    kind, wrapped = _parts(tlv.find(data, 0x77, _SEQUENCE), _OID, _CONTEXT_0)
    if dotted(kind) != _SIGNED_DATA:
        raise SecurityObjectError("EF.SOD holds no signed data")
    _, _, inside, *rest = tlv.objects(tlv.find(wrapped, _SEQUENCE))
    content_kind, content_wrapped = _parts(inside.value, _OID, _CONTEXT_0)
    if dotted(content_kind) != _SECURITY_OBJECT:
        raise SecurityObjectError("EF.SOD signs something else")
    content = tlv.find(content_wrapped, _OCTETS)
    bags = {item.tag: item.value for item in rest}
    certificates = tuple(
        item.raw for item in tlv.objects(bags.get(_CONTEXT_0, b""))[:_MOST_CERTIFICATES] if item.tag == _SEQUENCE
    )
    hash_name, group_hashes = _hashes(tlv.find(content, _SEQUENCE))
    return SecurityObject(
        hash_name=hash_name,
        group_hashes=group_hashes,
        content=content,
        certificates=certificates,
        signer=_signer(tlv.find(bags.get(_SET, b""), _SEQUENCE)),
    )


def _hashes(content: bytes) -> tuple[str, dict[int, bytes]]:
    _, algorithm, groups, *_ = tlv.objects(content)
    found = {}
    for group in tlv.objects(groups.value):
        number, value = _parts(group.value, _INTEGER, _OCTETS)
        found[int.from_bytes(number, "big")] = value
    return dotted(tlv.find(algorithm.value, _OID)), found


def _signer(value: bytes) -> _Signer:
    _, who, digest, *rest = tlv.objects(value)
    attributes = b""
    if rest and rest[0].tag == _CONTEXT_0:
        # Signed is not the field as it stands here, but the SET that it is: RFC 5652 section 5.4.
        attributes = bytes([_SET]) + rest.pop(0).raw[1:]
    algorithm, signature, *_ = rest
    serial, key_identifier = None, b""
    if who.tag == _SEQUENCE:
        _, number, *_ = tlv.objects(who.value)
        serial = int.from_bytes(number.value, "big", signed=True)
    elif who.tag == _KEY_IDENTIFIER:
        key_identifier = who.value
    kind, *parameters = tlv.objects(algorithm.value)
    return _Signer(
        serial=serial,
        key_identifier=key_identifier,
        digest=dotted(tlv.find(digest.value, _OID)),
        attributes=attributes,
        algorithm=dotted(kind.value),
        parameters=parameters[0].value if parameters else b"",
        signature=signature.value,
    )


def _parts(value: bytes, *tags: int) -> list[bytes]:
    items = tlv.objects(value)
    if [item.tag for item in items[: len(tags)]] != list(tags):
        raise SecurityObjectError(f"objects {[f'{item.tag:X}' for item in items]} in EF.SOD")
    return [item.value for item in items[: len(tags)]]


def passive_authentication(
    security_object: bytes, groups: Mapping[int, bytes], trusted: Sequence[x509.Certificate], at: datetime
) -> Trust:
    """Say how far the data groups are proven.

    Args:
        security_object: EF.SOD.
        groups: Each file that was read, by the number of its data group.
        trusted: CSCA certificates, obtained from the issuing states.
        at: When, with time zone.

    Raises:
        SecurityObjectError: EF.SOD is not what the standard allows.
    """
    parsed = parse_security_object(security_object)
    if not _unchanged(parsed, groups):
        return Trust.CHANGED
    try:
        certificate = _certificate(parsed)
        if certificate is None:
            return Trust.UNREADABLE
        _verify(parsed, certificate)
        return _issued(certificate, trusted, at)
    except InvalidSignature:
        return Trust.CHANGED
    except _UNREADABLE:
        return Trust.UNREADABLE


def _unchanged(parsed: SecurityObject, groups: Mapping[int, bytes]) -> bool:
    algorithm = _HASHES.get(parsed.hash_name)
    if algorithm is None:
        raise SecurityObjectError(f"EF.SOD hashes with {parsed.hash_name}")
    return all(
        hmac.compare_digest(hashlib.new(algorithm.name, data).digest(), parsed.group_hashes.get(number, b""))
        for number, data in groups.items()
    )


def _certificate(parsed: SecurityObject) -> x509.Certificate | None:
    for raw in parsed.certificates:
        certificate = x509.load_der_x509_certificate(raw)
        if certificate.serial_number == parsed.signer.serial or parsed.signer.key_identifier in _identifiers(
            certificate
        ):
            return certificate
    return None


def _identifiers(certificate: x509.Certificate) -> Iterable[bytes]:
    try:
        yield certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return


def _verify(parsed: SecurityObject, certificate: x509.Certificate) -> None:
    """Check the signature over the content. Raises ``InvalidSignature``."""
    signer = parsed.signer
    digest = _HASHES.get(signer.digest)
    if digest is None:
        raise UnsupportedAlgorithm(signer.digest)
    signed = parsed.content
    if signer.attributes:
        attributes = _attributes(signer.attributes)
        told = attributes.get(_MESSAGE_DIGEST, b"")
        if not hmac.compare_digest(told, hashlib.new(digest.name, parsed.content).digest()):
            raise InvalidSignature
        if dotted(attributes.get(_CONTENT_TYPE, b"")) != _SECURITY_OBJECT:
            raise InvalidSignature
        signed = signer.attributes
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signer.signature, signed, ec.ECDSA(digest))
    elif not isinstance(key, rsa.RSAPublicKey):
        raise UnsupportedAlgorithm("neither RSA nor ECDSA")
    elif signer.algorithm == _PSS:
        pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=padding.PSS.AUTO)
        key.verify(signer.signature, signed, pss, digest)
    else:
        key.verify(signer.signature, signed, padding.PKCS1v15(), digest)


def _attributes(attributes: bytes) -> dict[str, bytes]:
    found = {}
    for item in tlv.objects(tlv.first(attributes).value):
        kind, values = _parts(item.value, _OID, _SET)
        found[dotted(kind)] = tlv.first(values).value
    return found


def _issued(certificate: x509.Certificate, trusted: Sequence[x509.Certificate], at: datetime) -> Trust:
    for issuer in trusted:
        try:
            certificate.verify_directly_issued_by(issuer)
        except (InvalidSignature, *_UNREADABLE):
            continue
        valid = certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
        return Trust.GENUINE if valid else Trust.EXPIRED_SIGNER
    return Trust.UNKNOWN_ISSUER
