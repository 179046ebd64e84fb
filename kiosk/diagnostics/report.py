"""The readiness report: signed by the terminal, verified by anybody who has its public key, without a network.

The whole of it is a JWS in one line: header ``{"alg":"Ed25519","kid":…,"typ":"kiosk-readiness+json"}``, the payload
canonical JSON (sorted names, no blanks). It carries the heads of history and audit, so that neither can be cut off or
written anew later without showing. ``kiosk diagnose --json`` shows it readable beside its signed form; verifying
compares both.

On paper there is room for a code that a telephone reads. It holds six lines: what it is, the terminal, the time, the
verdict, the digest of the payload, and a signature over the five lines before::

    KIOSK-READINESS/1 ↵ T-0117 ↵ 2026-11-22T15:30:00+08:00 ↵ READY ↵ (43 characters) ↵ (86 characters)

Source: RFC 7515 §3.1 (compact serialisation), RFC 7638 (thumbprint of the key as its id), RFC 8037 and RFC 9864
(Ed25519), RFC 8785 as far as our values need it.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import Final, Protocol

import msgspec

from kiosk.diagnostics.model import Readiness, Report

TYPE: Final = "kiosk-readiness+json"
_ALGORITHM: Final = "Ed25519"
_FIRST_LINE: Final = "KIOSK-READINESS/1"
_LINES: Final = 6
LONGEST: Final = 4_000_000
"""Characters of a report that is looked at; one of a terminal has about 30,000."""


class Signer(Protocol):
    """Has the terminal's key; ``kiosk.submission.Identity`` is one."""

    @property
    def terminal(self) -> str:
        """Its id. Raises ``OSError``."""

    def public_key(self) -> str:
        """Return the public half, base64url. Raises ``OSError``."""

    def sign(self, content: bytes) -> bytes:
        """Return an Ed25519 signature. Raises ``OSError``."""


class NotVerified(Exception):
    """It is no report, or not what the owner of the key signed; the message says which, in one sentence."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed."""

    report: Report
    history: str
    """Hash of the newest row of the history."""
    audit: str
    """Hash of the newest row of the audit."""


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it is handed out."""

    verdict: Readiness
    """First, for whoever reads nothing else."""
    statement: Statement
    key: str
    """The public key it was signed with, base64url: whose it is, is known from elsewhere."""
    jws: str
    code: str
    """The six lines for a QR code."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a code on paper says, once its signature fits."""

    terminal: str
    made: datetime
    verdict: Readiness
    digest: str


def canonical(statement: Statement) -> bytes:
    """Return the bytes that are signed: the same for equal content."""
    return msgspec.json.encode(statement, order="deterministic")


def sign(statement: Statement, signer: Signer) -> Signed:
    """Return a report signed. Raises ``OSError``: the terminal's key cannot be read."""
    content, key = canonical(statement), signer.public_key()
    header = msgspec.json.encode({"alg": _ALGORITHM, "kid": thumbprint(key), "typ": TYPE})
    signing = f"{_text(header)}.{_text(content)}"
    report = statement.report
    lines = (
        _FIRST_LINE,
        report.terminal,
        report.made.isoformat(timespec="seconds"),
        report.verdict.value,
        digest(statement),
    )
    said = "\n".join(lines)
    return Signed(
        verdict=report.verdict,
        statement=statement,
        key=key,
        jws=f"{signing}.{_text(signer.sign(signing.encode()))}",
        code=f"{said}\n{_text(signer.sign(said.encode()))}",
    )


def digest(statement: Statement) -> str:
    """Return the SHA-256 of the payload, base64url."""
    return _text(hashlib.sha256(canonical(statement)).digest())


def thumbprint(key: str) -> str:
    """Return the id of an Ed25519 key (RFC 7638, RFC 8037 appendix A.3)."""
    return _text(hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{key}"}}'.encode()).digest())


def verify(content: bytes, key: str | None = None) -> Signed | Said:
    """Return what a file says, if its signature fits.

    Args:
        content: Of the file: what ``--json`` gave, the JWS alone, or the text of a code.
        key: The terminal's public key; None: the one in the report, which proves only that nothing was changed.

    Raises:
        NotVerified: it is no report, was changed, is another key's, or is the text of a code and no key was given.
    """
    text = _plain(content)
    if text.startswith(_FIRST_LINE):
        return _code(text, key)
    if text.startswith("{"):
        try:
            shown = msgspec.json.decode(text, type=Signed)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise NotVerified("it is no readiness report") from error
        checked = _jws(shown.jws, key or shown.key)
        if canonical(shown.statement) != canonical(checked.statement) or shown.verdict != checked.verdict:
            raise NotVerified("what can be read in it is not what was signed")
        return checked
    if key is None:
        raise NotVerified("a signed text alone does not say whose it is: give the terminal's public key")
    return _jws(text, key)


def _plain(content: bytes) -> str:
    if len(content) > LONGEST:
        raise NotVerified("it is too long to be a readiness report")
    try:
        return content.decode().strip()
    except UnicodeDecodeError as error:
        raise NotVerified("it is no readiness report") from error


def _jws(token: str, key: str) -> Signed:
    header, _, rest = token.partition(".")
    payload, _, signature = rest.partition(".")
    try:
        claimed = msgspec.json.decode(_bytes(header), type=dict[str, str])
        content = _bytes(payload)
    except (msgspec.DecodeError, ValueError) as error:
        raise NotVerified("it is no readiness report") from error
    if claimed.get("alg") != _ALGORITHM or claimed.get("typ") != TYPE:
        raise NotVerified("it was signed in another way than a readiness report")
    _check(f"{header}.{payload}".encode(), signature, key)
    try:
        statement = msgspec.json.decode(content, type=Statement)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotVerified("it was signed and is no readiness report") from error
    return Signed(verdict=statement.report.verdict, statement=statement, key=key, jws=token, code="")


def _code(text: str, key: str | None) -> Said:
    lines = text.split("\n")
    if len(lines) != _LINES or lines[0] != _FIRST_LINE:
        raise NotVerified("it is no code of a readiness report")
    if key is None:
        raise NotVerified("a code does not say whose it is: give the terminal's public key")
    _check("\n".join(lines[:-1]).encode(), lines[-1], key)
    try:
        made, verdict = datetime.fromisoformat(lines[2]), Readiness(lines[3])
    except ValueError as error:
        raise NotVerified("it was signed and is no code of a readiness report") from error
    return Said(terminal=lines[1], made=made, verdict=verdict, digest=lines[4])


def _check(content: bytes, signature: str, key: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(_bytes(key)).verify(_bytes(signature), content)
    except (InvalidSignature, ValueError) as error:
        raise NotVerified("the signature does not fit: it was changed, or another key signed it") from error


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Return what base64url without padding holds. Raises ``ValueError``."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
