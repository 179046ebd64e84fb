"""The issuers' public keys, as they are published and kept: ``[{"issuer", "keyId", "publicKey"}, …]``.

The same JSON is answered by ``GET /v1/issuers`` and lies in the issuer file of a terminal or an inspector's laptop.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.contract import IssuerKey
from kiosk.licences.errors import IssuersUnreadable

Issuers = Mapping[str, IssuerKey]
"""By key id."""


def read_issuers(path: Path) -> Issuers:
    """Return the keys of an issuer file.

    Raises:
        IssuersUnreadable: the file is not there or is no issuer file; the message says which and what to do.
    """
    try:
        return parse_issuers(path.read_bytes())
    except OSError as error:
        raise IssuersUnreadable(f"{path}: {error.strerror}. Save what GET /v1/issuers answers to this file.") from error


def parse_issuers(content: bytes) -> Issuers:
    """Return the keys in the bytes of an issuer file or of the backend's answer.

    Raises:
        IssuersUnreadable: they are something else.
    """
    try:
        keys = msgspec.json.decode(content, type=tuple[IssuerKey, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise IssuersUnreadable(f"not an issuer file ({error}). Save what GET /v1/issuers answers.") from error
    for key in keys:
        public_key(key)
    return by_id(keys)


def by_id(keys: Iterable[IssuerKey]) -> Issuers:
    """Return ``keys`` by key id."""
    return {key.key_id: key for key in keys}


def public_key(key: IssuerKey) -> Ed25519PublicKey:
    """Return the key of an issuer (RFC 8037: 32 bytes in base64url).

    Raises:
        IssuersUnreadable: it is no Ed25519 public key.
    """
    text = key.public_key
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm) as error:
        raise IssuersUnreadable(f"key {key.key_id} is no Ed25519 public key") from error
