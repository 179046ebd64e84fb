"""Signing of documents, behind one interface: keys of our own today, a city's signature service tomorrow."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.backend.secrets_file import secret_file
from kiosk.contract import IssuerKey, RevocationList
from kiosk.licences import Licence, seal, seal_status_list


class Signer(Protocol):
    """Signs in the name of a department."""

    def sign(self, issuer: str, licence: Licence) -> str:
        """Return ``licence`` in its compact signed form.

        Raises:
            KeyError: nobody signs for ``issuer`` here.
        """

    def sign_list(self, issuer: str, revoked: Iterable[int], size: int, at: datetime) -> RevocationList:
        """Return the list of what ``issuer`` has revoked; see ``kiosk.licences.seal_status_list``.

        Raises:
            KeyError: nobody signs for ``issuer`` here.
        """

    def issuers(self) -> tuple[IssuerKey, ...]:
        """Return the public keys by which anybody can check what was signed."""


class Keyring:
    """One Ed25519 key per department, made at the first start, each in a file that only its owner can read."""

    def __init__(self, directory: Path, departments: Iterable[str]) -> None:
        self._keys = {department: _key(directory, department) for department in sorted(departments)}
        self._ids = {department: _key_id(key) for department, key in self._keys.items()}

    def sign(self, issuer: str, licence: Licence) -> str:
        """Sign; see ``Signer``."""
        return seal(licence, self._keys[issuer], self._ids[issuer])

    def sign_list(self, issuer: str, revoked: Iterable[int], size: int, at: datetime) -> RevocationList:
        """Sign a status list; see ``Signer``."""
        return seal_status_list(issuer, revoked, size, self._keys[issuer], self._ids[issuer], at)

    def issuers(self) -> tuple[IssuerKey, ...]:
        """Return the public keys; see ``Signer``."""
        return tuple(
            IssuerKey(
                issuer=department,
                key_id=self._ids[department],
                public_key=_text(key.public_key().public_bytes_raw()),
            )
            for department, key in self._keys.items()
        )


def _key(directory: Path, department: str) -> Ed25519PrivateKey:
    path = directory / f"issuer-{department}.key"
    return Ed25519PrivateKey.from_private_bytes(
        secret_file(path, lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    )


def _key_id(key: Ed25519PrivateKey) -> str:
    """Return the first 48 bits of the key's SHA-256: short, for it stands in every QR code."""
    return _text(hashlib.sha256(key.public_key().public_bytes_raw()).digest()[:6])


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
