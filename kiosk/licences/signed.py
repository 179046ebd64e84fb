"""Signed documents in one line of text that fits a QR code: JWS compact, Ed25519, the payload deflated.

    {"alg":"Ed25519","kid":"…","zip":"DEF"} . deflate({"n","t","T","d","u","s","f"}) . signature

Source: RFC 7515 §3.1 (compact serialisation), RFC 9864 §2.2 (Ed25519), RFC 1951 (deflate). JWS itself knows no ``zip``;
as in SMART Health Cards it says that the payload is raw deflate, which takes a quarter off a receipt's QR code.
"""

from __future__ import annotations

import zlib
from datetime import date

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from kiosk.contract import IssuerKey
from kiosk.licences.errors import Forged, IssuerUnknown, NotALicence
from kiosk.licences.keys import Issuers, public_key

LIMIT_CHARS = 8_192
_LIMIT_BYTES = 65_536
_ALGORITHM = "Ed25519"
_DEFLATE = "DEF"
# our one header beside the registered ones is "zip", which the strict check would refuse
_REGISTRY = JWSRegistry(algorithms=[_ALGORITHM], strict_check_header=False)


class Licence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a licence, certificate or notice says; names are short because every letter is a dot of the QR code."""

    number: str = msgspec.field(name="n")
    type: str = msgspec.field(name="t")
    title: str = msgspec.field(name="T")
    issued_on: date = msgspec.field(name="d")
    valid_until: date | None = msgspec.field(name="u", default=None)
    status: int | None = msgspec.field(name="s", default=None)
    """Its place in the status list of its issuer (``kiosk.licences.status``); None: it cannot be revoked."""
    fields: tuple[tuple[str, str], ...] = msgspec.field(name="f")
    """Label and value, in Simplified Chinese, the language of the document."""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose signature fits."""

    licence: Licence
    issuer: IssuerKey

    def in_force(self, day: date) -> bool:
        """Return whether it is valid on ``day``: issued, and not run out. Only the issuer knows of a revocation."""
        until = self.licence.valid_until
        return self.licence.issued_on <= day and (until is None or day <= until)


def seal(licence: Licence, key: Ed25519PrivateKey, key_id: str) -> str:
    """Return ``licence`` signed, in one line."""
    header = {"alg": _ALGORITHM, "kid": key_id, "zip": _DEFLATE}
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    content = packer.compress(msgspec.json.encode(licence)) + packer.flush()
    return jws.serialize_compact(header, content, OKPKey.import_key(key), registry=_REGISTRY)


def verify(token: str, issuers: Issuers) -> Verified:
    """Return what ``token`` says, if one of ``issuers`` has said it. Needs no network.

    Raises:
        NotALicence: it is something else.
        IssuerUnknown: its key is not among ``issuers``.
        Forged: its signature does not fit.
    """
    if len(token) > LIMIT_CHARS or not token.isascii():
        raise NotALicence("not a signed document")
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError) as error:
        raise NotALicence("not a signed document") from error
    if header.get("alg") != _ALGORITHM or header.get("zip") != _DEFLATE:
        raise NotALicence("signed in another way than our documents")
    issuer = issuers.get(str(header.get("kid")))
    if issuer is None:
        raise IssuerUnknown("the issuer file does not have the key that this document names; fetch the newest one")
    try:
        checked = jws.deserialize_compact(token, OKPKey.import_key(public_key(issuer)), registry=_REGISTRY)
    except BadSignatureError as error:
        raise Forged("the signature does not fit: the document was changed or is not the issuer's") from error
    except (JoseError, ValueError) as error:
        raise NotALicence("not a signed document") from error
    return Verified(licence=_decoded(checked.payload), issuer=issuer)


def _decoded(content: bytes) -> Licence:
    """Return the content of a signed document; even a signed one may not unpack without end."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = unpacker.decompress(content, _LIMIT_BYTES)
        if not unpacker.eof:
            raise NotALicence("signed, but too long to be a document")
        return msgspec.json.decode(plain, type=Licence)
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotALicence("signed, but not a document") from error
