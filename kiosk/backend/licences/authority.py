"""The simulated city's own certification authority: certificates for the seals of its departments.

A real city gets its seals from its signature service. These are made when they are first needed, for the seals of a
city that does not exist, and say so in every name.

Source: RFC 5280; RFC 9336 (extended key usage for document signing).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from kiosk.backend.secrets_file import secret_file

AUTHORITY_FILE = "seal-authority.pem"
"""In the data directory: the certificate by which anybody can check the seals, for those who check."""

_FICTITIOUS = "（示例·虚构）"
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_LAST = datetime(2049, 12, 31, tzinfo=UTC)
_YEARS = 5
_COMMON_NAME_CHARS = 21
"""64 bytes of UTF-8 (RFC 5280 appendix A.1, ub-common-name, as libraries count it)."""


class SealKey(msgspec.Struct, frozen=True, kw_only=True):
    """The key of a seal, its certificate and that of its authority, as PEM."""

    key: bytes
    """PKCS #8, not encrypted"""
    certificate: bytes
    authority: bytes


class Authority:
    """Issues a certificate for the seal of each department, once in a while, each in a file of its owner alone."""

    def __init__(self, directory: Path, city: str) -> None:
        """Open or make the authority's own key.

        Args:
            directory: Where private keys lie.
            city: Whose authority it is.
        """
        self._directory = directory
        self._city = city
        content = secret_file(directory / "seal-authority.key", lambda: _both(*self._made()))
        self._key, self._certificate = _read(content)

    @property
    def certificate(self) -> bytes:
        """The authority's certificate as PEM."""
        return self._certificate.public_bytes(serialization.Encoding.PEM)

    def seal_key(self, department: str, name: str, at: datetime) -> SealKey:
        """Return the key with which ``department`` seals at ``at``; made when there is none yet.

        Args:
            department: Its id.
            name: Its name, for the certificate.
            at: When it seals. A certificate is for some years; another follows in good time.
        """
        first = at.year - at.year % (_YEARS - 1)
        path = self._directory / f"seal-{department}-{first}.key"
        key, certificate = _read(secret_file(path, lambda: _both(*self._issued(name, first))))
        return SealKey(
            key=_secret(key),
            certificate=certificate.public_bytes(serialization.Encoding.PEM),
            authority=self.certificate,
        )

    def _made(self) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(self._city, f"{self._city}电子印章根证书")
        made = (
            _builder(name, name, key.public_key(), _FIRST, _LAST)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(is_authority=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return key, made.sign(key, hashes.SHA256())

    def _issued(self, name: str, first: int) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(self._city, name)
        since, until = datetime(first, 1, 1, tzinfo=UTC), datetime(first + _YEARS, 1, 1, tzinfo=UTC)
        issued = (
            _builder(subject, self._certificate.subject, key.public_key(), since, until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(is_authority=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        return key, issued.sign(self._key, hashes.SHA256())


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    since: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(city: str, common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{city}{_FICTITIOUS}"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"电子印章{_FICTITIOUS}"),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:_COMMON_NAME_CHARS]),
        ]
    )


def _both(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    return _secret(key) + certificate.public_bytes(serialization.Encoding.PEM)


def _secret(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _read(content: bytes) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = serialization.load_pem_private_key(content, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("a seal's key is one of an elliptic curve")
    return key, x509.load_pem_x509_certificate(content)
