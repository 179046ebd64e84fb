"""Bundles (发布包): a catalogue in one file, signed by who prepared it and by a second person who approved it.

    {"manifest": "…", "files": {"departments.yaml": "…", …}, "signatures": ["…", "…"]}

The manifest names the digest over all files, and each signature is a signed document (``kiosk.licences``) that names
the digest of the manifest. So nothing can be changed once it is signed, and a signature fits no other bundle.

BundleError
├── Unreadable      damaged, cut off, or no bundle at all
├── Unproven        a signature is missing, of an unknown key, or does not fit
├── SamePerson      prepared and approved by one and the same
├── TooEarly        it takes effect later
├── TooOld          not newer than what has been installed
├── Unusable        the catalogue in it has mistakes
├── Unreachable     the place bundles come from cannot be read
└── NothingBefore   there is nothing to go back to
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.catalogue.sources import version_of
from kiosk.contract import IssuerKey
from kiosk.licences import Issuers, Licence, LicenceError, public_key, seal, verify

FORMAT: Final = 1
LIMIT_BYTES: Final = 256 * 1024 * 1024
SUFFIX: Final = ".bundle.json"
PENDING: Final = ".pending.json"
"""Ends the name of what nobody has approved yet: no terminal looks at it."""
INDEX: Final = "index.json"

_NUMBERS: Final = 10**12
_TYPE: Final = "catalogue-bundle"
_TITLE: Final = "政务服务目录发布包"
_NAME: Final = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*){0,3}\.yaml")
_ROLE, _DIGEST, _PERSON = "role", "digest", "name"


class BundleError(Exception):
    """A bundle is not taken; what was in use before still is."""


class Unreadable(BundleError):
    """Damaged, cut off, or no bundle at all."""


class Unproven(BundleError):
    """A signature is missing, of a key that is not trusted, or does not fit."""


class SamePerson(BundleError):
    """Who prepared it cannot approve it."""


class TooEarly(BundleError):
    """It takes effect later."""


class TooOld(BundleError):
    """Not newer than what has been installed before."""


class Unusable(BundleError):
    """The catalogue in it has mistakes."""


class Unreachable(BundleError):
    """The place bundles come from cannot be read."""


class NothingBefore(BundleError):
    """There is nothing to go back to."""


class Role(StrEnum):
    """What somebody says with a signature."""

    PREPARED = "prepared"
    APPROVED = "approved"


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of the records of one kind, against the bundle before."""

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a bundle says of itself; signed."""

    format: int = FORMAT
    number: int
    """Counts up; a terminal never goes back by itself."""
    version: str
    """Of the catalogue, as applications name it."""
    digest: str
    """SHA-256 over names and bytes of all files."""
    effective: date
    """First day it may be used."""
    prepared_by: str
    previous: str | None = None
    """Version of the bundle before."""
    note: str = ""
    """Why, in the words of who prepared it."""
    changes: tuple[Change, ...] = ()


class Bundle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bundle as it lies in its file."""

    manifest: str
    """JSON of ``Manifest``; the signatures hold for these very bytes."""
    files: dict[str, str]
    signatures: tuple[str, ...] = ()


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle whose signatures fit and whose files are those that were signed."""

    manifest: Manifest
    files: Mapping[str, str]
    prepared_by: IssuerKey
    approved_by: IssuerKey | None


def encoded(bundle: Bundle) -> bytes:
    """Return ``bundle`` as the bytes of its file."""
    return msgspec.json.encode(bundle)


def decoded(content: bytes) -> tuple[Bundle, Manifest]:
    """Return the bundle in ``content``, nothing of it proven yet.

    Raises:
        Unreadable: It is none, of another format, or names files that no catalogue has.
    """
    if len(content) > LIMIT_BYTES:
        raise Unreadable(f"longer than {LIMIT_BYTES} bytes")
    try:
        bundle = msgspec.json.decode(content, type=Bundle)
        manifest = msgspec.json.decode(bundle.manifest, type=Manifest)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Unreadable("no bundle, or only a part of one") from error
    if manifest.format != FORMAT:
        raise Unreadable(f"its format is {manifest.format}; this program reads {FORMAT}")
    strange = [name for name in bundle.files if not _NAME.fullmatch(name)]
    if strange:
        raise Unreadable(f"it holds a file that no catalogue has: {strange[0][:80]!r}")
    if not 0 < manifest.number < _NUMBERS or manifest.version != version_of(manifest.digest):
        raise Unreadable("its manifest contradicts itself")
    return bundle, manifest


def digest_of_files(files: Mapping[str, str]) -> str:
    """Return what ``sources.digest_of`` says of the same files in a folder."""
    digest = hashlib.sha256()
    for name, text in sorted(files.items(), key=lambda pair: pair[0].split("/")):
        content = text.encode("utf-8")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def signed(bundle: Bundle, role: Role, name: str, key: Ed25519PrivateKey, key_id: str, today: date) -> Bundle:
    """Return ``bundle`` with one more signature."""
    manifest = msgspec.json.decode(bundle.manifest, type=Manifest)
    fields = ((_ROLE, str(role)), (_PERSON, name), (_DIGEST, _digest(bundle.manifest)))
    said = Licence(number=manifest.version, type=_TYPE, title=_TITLE, issued_on=today, fields=fields)
    return msgspec.structs.replace(bundle, signatures=(*bundle.signatures, seal(said, key, key_id)))


def proven(content: bytes, trusted: Issuers, today: date, *, approved: bool = True) -> Proven:
    """Return the bundle in ``content`` when those who are trusted have signed just this.

    Args:
        content: The bytes of its file.
        trusted: Who may prepare and approve, by key id.
        today: The day; a signature of a later day is none yet.
        approved: A second person must have approved it.

    Raises:
        Unreadable: It is damaged, or its files are not those that were signed.
        Unproven: A signature is missing or does not fit.
        SamePerson: One person did both.
    """
    bundle, manifest = decoded(content)
    try:
        digest = digest_of_files(bundle.files)
    except UnicodeError as error:
        raise Unreadable("it holds what is no text") from error
    if digest != manifest.digest:
        raise Unreadable("its files are not those of its manifest")
    found: dict[Role, IssuerKey] = {}
    for token in bundle.signatures:
        role, signer = _signature(token, bundle, trusted, today)
        if role in found:
            raise Unproven(f"it is {role} twice")
        found[role] = signer
    preparer = found.get(Role.PREPARED)
    approver = found.get(Role.APPROVED)
    if preparer is None:
        raise Unproven("nobody says who prepared it")
    if preparer.issuer != manifest.prepared_by:
        raise Unproven(f"prepared by {preparer.issuer}, but it says by {manifest.prepared_by}")
    if approver is None and approved:
        raise Unproven("no second person has approved it")
    if approver is not None:
        different_people(preparer, approver)
    return Proven(manifest=manifest, files=bundle.files, prepared_by=preparer, approved_by=approver)


def different_people(one: IssuerKey, other: IssuerKey) -> None:
    """Refuse one person in two roles, also under two names or with two keys.

    Raises:
        SamePerson: The name or the key is the same.
    """
    if one.issuer == other.issuer or public_key(one).public_bytes_raw() == public_key(other).public_bytes_raw():
        raise SamePerson(f"{one.issuer} prepared it; a second person has to approve it")


def _signature(token: str, bundle: Bundle, trusted: Issuers, today: date) -> tuple[Role, IssuerKey]:
    try:
        found = verify(token, trusted)
    except LicenceError as error:
        raise Unproven(f"a signature is not proven: {error}") from error
    said = dict(found.licence.fields)
    if found.licence.type != _TYPE or said.get(_DIGEST) != _digest(bundle.manifest):
        raise Unproven("a signature belongs to something else")
    if said.get(_PERSON) != found.issuer.issuer:
        raise Unproven(f"signed as {said.get(_PERSON)}, but the key is that of {found.issuer.issuer}")
    if found.licence.issued_on > today:
        raise Unproven(f"signed on {found.licence.issued_on}, which is still to come")
    try:
        return Role(said.get(_ROLE, "")), found.issuer
    except ValueError as error:
        raise Unproven("a signature says neither prepared nor approved") from error


def _digest(manifest: str) -> str:
    return hashlib.sha256(manifest.encode("utf-8")).hexdigest()
