"""The issuing office of a country that does not exist, Utopia (UTO): what it writes into the chips it personalises.

Keys and certificates are made when the simulated city starts, so no key of it is in any repository. Written after ICAO
9303 part 10 (files), part 12 section 7 (certificates), RFC 5652 (signed data), ISO/IEC 19794-5 (facial record).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from drivers.simulated.travel_keys import piece

_SIGNED_DATA: Final = bytes.fromhex("2A864886F70D010702")
_SECURITY_OBJECT: Final = bytes.fromhex("678108010101")
_SHA256: Final = bytes.fromhex("608648016503040201")
_ECDSA_SHA256: Final = bytes.fromhex("2A8648CE3D040302")
_CONTENT_TYPE: Final = bytes.fromhex("2A864886F70D010903")
_MESSAGE_DIGEST: Final = bytes.fromhex("2A864886F70D010904")
_YEARS: Final = timedelta(days=3652)


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """A document and its holder, both made up."""

    key: str
    title: str
    lines: tuple[str, ...]
    """The machine-readable zone without its check digits, which stand as "?"."""
    access_number: str
    cipher: str = ""
    """For PACE; empty: the chip speaks BAC only."""
    curve: int = 13
    basic: bool = True
    """Whether it speaks BAC."""


TRAVELLERS: Final = (
    Traveller(
        key="passport",
        title="普通护照（ICAO 样本）",
        lines=("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C3?UTO740812?F350415?ZE184226B<<<<<??"),
        access_number="123456",
        cipher="aes128",
        curve=13,
    ),
    Traveller(
        key="home-return",
        title="港澳居民来往内地通行证（样本）",
        lines=("CRUTOH00000019?<<<<<<<<<<<<<<<", "850315?F341231?UTO<<<<<<<<<<<?", "WONG<<SHILI<<<<<<<<<<<<<<<<<<<"),
        access_number="271828",
        cipher="aes256",
        curve=12,
        basic=False,
    ),
    Traveller(
        key="taiwan-permit",
        title="台湾居民来往大陆通行证（样本）",
        lines=("CTUTO00000018<?<<<<<<<<<<<<<<<", "790221?M330630?UTO<<<<<<<<<<<?", "CHEN<<YANGBEN<<<<<<<<<<<<<<<<<"),
        access_number="314159",
    ),
)
"""The zone of the passport is the specimen of ICAO 9303 part 4 with a later expiry date."""


def zone(traveller: Traveller) -> str:
    """Return the machine-readable zone with its check digits, lines joined. Parts 4 and 5, section 4.2.2."""
    lines = [list(line) for line in traveller.lines]

    def close(row: int, start: int, end: int) -> None:
        lines[row][end] = _digit("".join(lines[row][start:end]))

    if len(lines) == 3:
        close(0, 5, 14)
        close(1, 0, 6)
        close(1, 8, 14)
        upper, middle = "".join(lines[0]), "".join(lines[1])
        lines[1][29] = _digit(upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29])
    else:
        for start, end in ((0, 9), (13, 19), (21, 27), (28, 42)):
            close(1, start, end)
        lower = "".join(lines[1])
        lines[1][43] = _digit(lower[0:10] + lower[13:20] + lower[21:43])
    return "".join("".join(line) for line in lines)


def key_text(text: str) -> bytes:
    """Return what the keys of BAC and PACE come from: number, birth and expiry, each with its check digit."""
    if len(text) == 90:
        return (text[5:15] + text[30:37] + text[38:45]).encode()
    lower = text[44:]
    return (lower[0:10] + lower[13:20] + lower[21:28]).encode()


def _digit(text: str) -> str:
    values = ["<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(character) for character in text]
    return str(sum((value - 1 if value else 0) * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


class Issuer:
    """The country's signing certificate authority (CSCA) and its document signer.

    Args:
        folder: Where the CSCA certificate is left for terminals to trust, ``csca.pem``; None: nowhere.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._root_key, self._key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root_name = _name("Utopia CSCA")
        self.certificate = _certificate(root_name, root_name, self._root_key, self._root_key, authority=True)
        self._signer = _certificate(_name("Utopia Document Signer"), root_name, self._key, self._root_key)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "csca.pem").write_bytes(self.certificate.public_bytes(Encoding.PEM))

    def files(self, traveller: Traveller, picture: bytes) -> dict[int, bytes]:
        """Return the files of the application by their identifiers: EF.COM, DG1, DG2, EF.SOD."""
        groups = {1: piece(0x61, piece(0x5F1F, zone(traveller).encode())), 2: _face_group(picture)}
        common = piece(0x5F01, b"0107") + piece(0x5F36, b"040000") + piece(0x5C, b"\x61\x75")
        return {
            0x011E: piece(0x60, common),
            0x0101: groups[1],
            0x0102: groups[2],
            0x011D: piece(0x77, self._sign(groups)),
        }

    def _sign(self, groups: dict[int, bytes]) -> bytes:
        """EF.SOD's content: RFC 5652 SignedData over an LDSSecurityObject, version 0."""
        algorithm = _sequence(piece(0x06, _SHA256))
        values = b"".join(
            _sequence(_integer(number), piece(0x04, hashlib.sha256(data).digest())) for number, data in groups.items()
        )
        content = _sequence(_integer(0), algorithm, _sequence(values))
        attributes = b"".join(
            sorted(
                (
                    _sequence(piece(0x06, _CONTENT_TYPE), piece(0x31, piece(0x06, _SECURITY_OBJECT))),
                    _sequence(piece(0x06, _MESSAGE_DIGEST), piece(0x31, piece(0x04, hashlib.sha256(content).digest()))),
                )
            )
        )
        signature = self._key.sign(piece(0x31, attributes), ec.ECDSA(hashes.SHA256()))
        signer = _sequence(
            _integer(1),
            _sequence(self._signer.issuer.public_bytes(), _integer(self._signer.serial_number)),
            algorithm,
            piece(0xA0, attributes),
            _sequence(piece(0x06, _ECDSA_SHA256)),
            piece(0x04, signature),
        )
        signed_data = _sequence(
            _integer(3),
            piece(0x31, algorithm),
            _sequence(piece(0x06, _SECURITY_OBJECT), piece(0xA0, piece(0x04, content))),
            piece(0xA0, self._signer.public_bytes(Encoding.DER)),
            piece(0x31, signer),
        )
        return _sequence(piece(0x06, _SIGNED_DATA), piece(0xA0, signed_data))


def certificate_authority(folder: Path, name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return the authority kept in ``folder``; make it the first time: ``ca.pem`` and ``ca.key``."""
    certificate_path, key_path = folder / "ca.pem", folder / "ca.key"
    if certificate_path.exists() and key_path.exists():
        key = load_pem_private_key(key_path.read_bytes(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return x509.load_pem_x509_certificate(certificate_path.read_bytes()), key
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(_name(name), _name(name), key, key, authority=True)
    key_path.touch(mode=0o600)
    key_path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate_path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return certificate, key


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "UT"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + _YEARS)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    if authority:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _face_group(picture: bytes) -> bytes:
    """DG2: one facial record around a JPEG. ISO/IEC 19794-5:2005 sections 5.4 to 5.7."""
    image = bytes([1, 0]) + (240).to_bytes(2, "big") + (320).to_bytes(2, "big") + bytes([1, 2, 0, 0, 0, 0]) + picture
    block = (20 + len(image)).to_bytes(4, "big") + bytes(16) + image
    record = b"FAC\x00010\x00" + (14 + len(block)).to_bytes(4, "big") + (1).to_bytes(2, "big") + block
    header = b"".join(
        (
            piece(0x80, b"\x01\x01"),
            piece(0x81, b"\x02"),
            piece(0x87, b"\x01\x01"),
            piece(0x88, b"\x00\x08"),
        )
    )
    template = piece(0x7F60, piece(0xA1, header) + piece(0x5F2E, record))
    return piece(0x75, piece(0x7F61, piece(0x02, b"\x01") + template))


def _sequence(*parts: bytes) -> bytes:
    return piece(0x30, b"".join(parts))


def _integer(value: int) -> bytes:
    return piece(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))
