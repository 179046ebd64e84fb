"""Status lists: what an issuer has revoked, one bit a licence, signed, to be kept by who checks without a network.

    {"alg":"Ed25519","kid":"…","typ":"statuslist+jwt"}
    . {"sub","iat","exp","ttl","status_list":{"bits":1,"lst": zlib of one bit a licence}} . signature

A licence says its place in the list of its issuer (``Licence.status``); the key that signed both is the same. Nobody
learns from a list which licences there are, nor from fetching it which one is being checked.

Source: draft-ietf-oauth-status-list §4.1 (bits from the least significant), §4.2 (zlib), §5.1 (JWT).
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from kiosk.contract import IssuerKey, RevocationList
from kiosk.licences.errors import RevocationsUnreadable
from kiosk.licences.keys import Issuers, public_key
from kiosk.licences.signed import Verified

VALID_FOR = timedelta(days=7)
"""After this a list says nothing any more of what it does not name."""
FRESH_FOR = timedelta(hours=1)
"""How long who is online may go on without asking again."""

_TYPE = "statuslist+jwt"
_ALGORITHM = "Ed25519"
_LIMIT_BYTES = 16 * 1024 * 1024
"""Unpacked: a hundred and thirty million licences of one issuer."""
_LEAST_BYTES = 128
"""The shortest list: how many licences an office has issued is nobody's business while they are few."""


class _Registry(JWSRegistry):
    max_payload_length = 4 * 1024 * 1024


_REGISTRY = _Registry(algorithms=[_ALGORITHM])


class _Bits(msgspec.Struct, frozen=True, kw_only=True):
    bits: int
    lst: str


class _Claims(msgspec.Struct, frozen=True, kw_only=True):
    sub: str
    iat: int
    exp: int
    ttl: int
    status_list: _Bits


class Standing(StrEnum):
    """What a list says of a licence."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    """No list of its issuer, one that has run out, or one from before the licence."""


class StatusList(msgspec.Struct, frozen=True, kw_only=True):
    """A list whose signature fits."""

    issuer: IssuerKey
    issued_at: datetime
    expires_at: datetime
    packed: bytes

    def names(self, place: int) -> bool | None:
        """Return whether the licence at ``place`` is revoked, or None: the list does not go so far."""
        if not 0 <= place < len(self.packed) * 8:
            return None
        return bool(self.packed[place // 8] >> place % 8 & 1)


Revocations = Mapping[str, StatusList]
"""By key id."""


def seal_status_list(
    issuer: str, revoked: Iterable[int], size: int, key: Ed25519PrivateKey, key_id: str, at: datetime
) -> RevocationList:
    """Return the list of ``issuer``, signed.

    Args:
        issuer: Department.
        revoked: Places of what is revoked, all below ``size``.
        size: How many places were given.
        key: Its private key.
        key_id: Its name.
        at: When the list was true.
    """
    packed = bytearray(max(_LEAST_BYTES, (size + 7) // 8))
    for place in revoked:
        packed[place // 8] |= 1 << place % 8
    lst = base64.urlsafe_b64encode(zlib.compress(bytes(packed), 9)).rstrip(b"=").decode()
    claims = _Claims(
        sub=f"urn:onething:revocations:{issuer}",
        iat=int(at.timestamp()),
        exp=int((at + VALID_FOR).timestamp()),
        ttl=int(FRESH_FOR.total_seconds()),
        status_list=_Bits(bits=1, lst=lst),
    )
    header = {"alg": _ALGORITHM, "kid": key_id, "typ": _TYPE}
    token = jws.serialize_compact(header, msgspec.json.encode(claims), OKPKey.import_key(key), registry=_REGISTRY)
    return RevocationList(issuer=issuer, key_id=key_id, status_list=token)


def read_revocations(path: Path, issuers: Issuers) -> Revocations:
    """Return the lists in a file, as ``GET /v1/revocations`` answers them.

    Raises:
        RevocationsUnreadable: the file is not there, is something else, or one of its lists is not genuine.
    """
    try:
        return parse_revocations(path.read_bytes(), issuers)
    except OSError as error:
        raise RevocationsUnreadable(f"{path}: {error.strerror}. Save what GET /v1/revocations answers.") from error


def parse_revocations(content: bytes, issuers: Issuers) -> Revocations:
    """Return the lists in the bytes of a revocation file; of two lists of one key the newer one.

    Raises:
        RevocationsUnreadable: they are something else, or one of the lists is not genuine: none is used then.
    """
    try:
        lists = msgspec.json.decode(content, type=tuple[RevocationList, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RevocationsUnreadable(
            f"not a revocation file ({error}). Save what GET /v1/revocations answers."
        ) from error
    found: dict[str, StatusList] = {}
    for each in lists:
        read = read_status_list(each.status_list, issuers)
        known = found.get(read.issuer.key_id)
        if known is None or known.issued_at < read.issued_at:
            found[read.issuer.key_id] = read
    return found


def read_status_list(token: str, issuers: Issuers) -> StatusList:
    """Return what a Status List Token says, if one of ``issuers`` has said it.

    Raises:
        RevocationsUnreadable: it is something else, of an unknown key, or its signature does not fit.
    """
    try:
        header = jws.extract_compact(token.encode("ascii")).headers()
        issuer = issuers.get(str(header.get("kid")))
        if header.get("alg") != _ALGORITHM or header.get("typ") != _TYPE:
            raise RevocationsUnreadable("not a status list")
        if issuer is None:
            raise RevocationsUnreadable(
                "a status list of a key that the issuer file does not have; fetch the newest one"
            )
        checked = jws.deserialize_compact(token, OKPKey.import_key(public_key(issuer)), registry=_REGISTRY)
        claims = msgspec.json.decode(checked.payload, type=_Claims)
        return StatusList(
            issuer=issuer,
            issued_at=datetime.fromtimestamp(claims.iat, UTC),
            expires_at=datetime.fromtimestamp(claims.exp, UTC),
            packed=_unpacked(claims.status_list),
        )
    except (JoseError, msgspec.DecodeError, zlib.error, binascii.Error, ValueError, OverflowError, OSError) as error:
        raise RevocationsUnreadable("not a status list, or not the issuer's own: fetch it again") from error


def standing(verified: Verified, revocations: Revocations, at: datetime) -> Standing:
    """Return what ``revocations`` say of a genuine document at ``at``.

    What a list names is revoked however old the list is: nothing that was revoked comes back.
    """
    place = verified.licence.status
    if place is None:
        return Standing.GOOD
    listed = revocations.get(verified.issuer.key_id)
    named = None if listed is None else listed.names(place)
    if named:
        return Standing.REVOKED
    if listed is None or named is None or listed.expires_at < at:
        return Standing.UNKNOWN
    return Standing.GOOD


def _unpacked(status_list: _Bits) -> bytes:
    """Return the bits; even a signed list may not unpack without end."""
    if status_list.bits != 1:
        raise RevocationsUnreadable("a status list of another kind than ours")
    text = status_list.lst
    packed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(packed, _LIMIT_BYTES)
    if not unpacker.eof:
        raise RevocationsUnreadable("signed, but too long to be a status list")
    return plain
