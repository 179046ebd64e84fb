"""From a folder of files to a bundle, and from a prepared bundle to an approved one that terminals may fetch."""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.catalogue.auditing import checked
from kiosk.catalogue.bundles import (
    INDEX,
    PENDING,
    SUFFIX,
    Bundle,
    BundleError,
    Change,
    Manifest,
    Proven,
    Role,
    Unproven,
    decoded,
    different_people,
    digest_of_files,
    encoded,
    proven,
    signed,
)
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.opening import load
from kiosk.catalogue.sources import files_of, version_of
from kiosk.contract import IssuerKey
from kiosk.licences import Issuers

KINDS: Final = (
    "one_things",
    "items",
    "elements",
    "materials",
    "tables",
    "departments",
    "licences",
    "registers",
    "repeats",
    "stages",
    "cities",
)
"""What changes are told by."""


class Listed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bundle in the index of a place; it is a hint, only the bundle itself proves anything."""

    file: str
    number: int
    effective: date


def make_key(file: Path, name: str) -> IssuerKey:
    """Make a person's key in ``file``, which only its owner can read; return the public part for the trusted keys.

    Raises:
        FileExistsError: There is a file; a key is never written over.
        OSError: It cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as out:
        out.write(key.private_bytes_raw())
    return public_part(key, name)


def read_key(file: Path) -> Ed25519PrivateKey:
    """Return the private key in ``file``.

    Raises:
        BundleError: It is no key.
        OSError: It cannot be read.
    """
    try:
        return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
    except ValueError as error:
        raise BundleError(f"{file} is no key. Make one with: kiosk catalogue key") from error


def public_part(key: Ed25519PrivateKey, name: str) -> IssuerKey:
    """Return the public part of a person's key."""
    raw = key.public_key().public_bytes_raw()
    return IssuerKey(issuer=name, key_id=_text(hashlib.sha256(raw).digest()[:6]), public_key=_text(raw))


def publish(
    root: Path, place: Path, name: str, key: Ed25519PrivateKey, *, effective: date, today: date, note: str = ""
) -> Path:
    """Make a bundle of the catalogue below ``root``, prepared by ``name``, and leave it in ``place`` to be approved.

    Args:
        root: The catalogue's folder.
        place: Where bundles are published; its newest approved one is what changes are told against.
        name: Who prepares it.
        key: Theirs.
        effective: First day it may be used.
        today: The day it is signed.
        note: Why.

    Returns:
        The file; no terminal looks at it before it is approved.

    Raises:
        CatalogueError: The catalogue has mistakes; nothing is left behind.
        OSError: The place cannot be written.
    """
    catalogue = checked(root)
    files = {each: path.read_bytes().decode() for each, path in files_of(root).items()}
    digest = digest_of_files(files)
    before = _newest(place)
    number = max((listed.number for listed in index_of(place)), default=0) + 1
    manifest = Manifest(
        number=number,
        version=version_of(digest),
        digest=digest,
        effective=effective,
        prepared_by=name,
        previous=None if before is None else before[0].version,
        note=note,
        changes=changes(None if before is None else before[1], catalogue),
    )
    bundle = Bundle(manifest=msgspec.json.encode(manifest).decode(), files=files)
    bundle = signed(bundle, Role.PREPARED, name, key, public_part(key, name).key_id, today)
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{number:06}-{manifest.version}{PENDING}"
    replace_with(file, encoded(bundle))
    return file


def approve(file: Path, name: str, key: Ed25519PrivateKey, trusted: Issuers, today: date) -> Path:
    """Approve the prepared bundle in ``file`` as ``name`` and publish it beside: from now on terminals may fetch it.

    Raises:
        BundleError: It is damaged or not proven, the same person prepared it, or the key is not that of ``name``.
        CatalogueError: The catalogue in it has mistakes.
        OSError: It cannot be read or written.
    """
    content = file.read_bytes()
    found = proven(content, trusted, today, approved=False)
    own = public_part(key, name)
    different_people(found.prepared_by, own)
    if trusted.get(own.key_id) != own:
        raise Unproven(f"the key is not the one of {name} among the trusted keys")
    if found.approved_by is not None:
        raise Unproven(f"{found.approved_by.issuer} has approved it already")
    with tempfile.TemporaryDirectory(prefix="kiosk-approve-") as folder:
        write_files(found, Path(folder))
        checked(Path(folder))
    bundle = signed(decoded(content)[0], Role.APPROVED, name, key, own.key_id, today)
    done = file.with_name(f"{found.manifest.number:06}-{found.manifest.version}{SUFFIX}")
    if any(listed.number >= found.manifest.number for listed in index_of(file.parent)):
        raise BundleError(f"number {found.manifest.number} is published already; publish the catalogue again")
    replace_with(done, encoded(bundle))
    listed = Listed(file=done.name, number=found.manifest.number, effective=found.manifest.effective)
    replace_with(file.parent / INDEX, msgspec.json.encode((*index_of(file.parent), listed)))
    if file != done:
        file.unlink()
    return done


def index_of(place: Path) -> tuple[Listed, ...]:
    """Return what a place has published; nothing where there is no index yet.

    Raises:
        BundleError: The index is damaged.
    """
    try:
        return parse_index((place / INDEX).read_bytes())
    except FileNotFoundError:
        return ()


def parse_index(content: bytes) -> tuple[Listed, ...]:
    """Return the bundles that an index lists.

    Raises:
        BundleError: It is no index.
    """
    try:
        found = msgspec.json.decode(content, type=tuple[Listed, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BundleError("the index cannot be read") from error
    if any("/" in listed.file or not listed.file.endswith(SUFFIX) for listed in found):
        raise BundleError("the index names what is no bundle")
    return found


def changes(before: Catalogue | None, now: Catalogue) -> tuple[Change, ...]:
    """Return what differs between two catalogues, by kind of record; of the first one, everything is new."""
    found = []
    for kind in KINDS:
        old = {} if before is None else dict(getattr(before, kind))
        new = dict(getattr(now, kind))
        if kind == "tables":
            old = {name: table.table for name, table in old.items()}
            new = {name: table.table for name, table in new.items()}
        change = Change(
            kind=kind.replace("_", "-"),
            added=tuple(name for name in new if name not in old),
            changed=tuple(name for name, record in new.items() if name in old and old[name] != record),
            removed=tuple(name for name in old if name not in new),
        )
        if change.added or change.changed or change.removed:
            found.append(change)
    return tuple(found)


def write_files(bundle: Proven, folder: Path) -> None:
    """Write the files of a proven bundle below ``folder``.

    Raises:
        OSError: They cannot be written.
    """
    for name, text in bundle.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def replace_with(file: Path, content: bytes) -> None:
    """Write ``file`` in one step: it is there whole, or as it was before.

    Raises:
        OSError: It cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _newest(place: Path) -> tuple[Manifest, Catalogue] | None:
    listed: Iterable[Listed] = sorted(index_of(place), key=lambda each: each.number, reverse=True)
    for each in listed:
        bundle, manifest = decoded((place / each.file).read_bytes())
        with tempfile.TemporaryDirectory(prefix="kiosk-publish-") as folder:
            for name, text in bundle.files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
            return manifest, load(Path(folder))
    return None


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
