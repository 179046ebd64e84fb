"""``kiosk licence verify``: is this document genuine? Needs the issuer file, and no network."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from kiosk.licences.errors import IssuersUnreadable, LicenceError, NotALicence, RevocationsUnreadable
from kiosk.licences.keys import Issuers, read_issuers
from kiosk.licences.signed import Verified, verify
from kiosk.licences.status import Revocations, Standing, read_revocations, standing

GENUINE = 0
NOT_PROVEN = 1
UNUSABLE = 2
"""The arguments or the issuer file are of no use; nothing was checked."""
NOT_IN_FORCE = 3
"""Genuine, and run out, revoked, or not yet valid."""
UNKNOWN_IF_REVOKED = 4
"""Genuine and within its days; the revocation file does not say whether it was revoked."""

# base64url of '{"', then the other two parts: found in a text, a receipt's QR code or a JSON file alike
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_LIMIT_BYTES = 16 * 1024 * 1024
_CHINA = timezone(timedelta(hours=8))


class _Unreadable(Exception):
    """Nothing was given to check; the message says what to give."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``kiosk licence`` to ``parser``."""
    actions = parser.add_subparsers(dest="licence_action", required=True, metavar="ACTION")
    check = actions.add_parser("verify", help="check signed documents without a network")
    check.add_argument(
        "document", metavar="TOKEN|FILE", help="the text of the QR code, or a file that holds such texts"
    )
    check.add_argument(
        "--issuers", type=Path, required=True, metavar="FILE", help="public keys, as GET /v1/issuers answers them"
    )
    check.add_argument(
        "--revocations", type=Path, metavar="FILE", help="what was revoked, as GET /v1/revocations answers it"
    )
    check.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day to judge by; today if not given")


def run(args: argparse.Namespace) -> int:
    """Check what ``args`` name, say what was found, and return the exit status."""
    now = datetime.now(tz=_CHINA)
    day: date = args.on or now.date()
    try:
        issuers = read_issuers(args.issuers)
        revocations = None if args.revocations is None else read_revocations(args.revocations, issuers)
        tokens = _tokens(args.document)
    except (IssuersUnreadable, RevocationsUnreadable, _Unreadable) as error:
        _say(str(error))
        return UNUSABLE
    except NotALicence as error:
        _say(f"NOT PROVEN: {error}")
        return NOT_PROVEN
    at = now if args.on is None else datetime.combine(day, time(), _CHINA)
    found = [_check(token, issuers, revocations, day, at) for token in tokens]
    return max(found, key=(GENUINE, UNKNOWN_IF_REVOKED, NOT_IN_FORCE, NOT_PROVEN).index)


def _check(token: str, issuers: Issuers, revocations: Revocations | None, day: date, at: datetime) -> int:
    try:
        verified = verify(token, issuers)
    except LicenceError as error:
        _say(f"NOT PROVEN: {error}")
        return NOT_PROVEN
    stands = None if revocations is None else standing(verified, revocations, at)
    status, state = _judged(verified, stands, day)
    _say("\n".join(_lines(verified, revocations, stands, state)))
    return status


def _judged(verified: Verified, stands: Standing | None, day: date) -> tuple[int, str]:
    """Return exit status and headline of a genuine document."""
    licence = verified.licence
    if stands is Standing.REVOKED:
        return NOT_IN_FORCE, "GENUINE, REVOKED"
    if licence.valid_until is not None and licence.valid_until < day:
        return NOT_IN_FORCE, f"GENUINE, EXPIRED on {licence.valid_until}"
    if not verified.in_force(day):
        return NOT_IN_FORCE, f"GENUINE, NOT IN FORCE on {day}"
    if stands is Standing.UNKNOWN:
        return UNKNOWN_IF_REVOKED, "GENUINE, NOT KNOWN WHETHER REVOKED"
    return GENUINE, "GENUINE"


def _lines(verified: Verified, revocations: Revocations | None, stands: Standing | None, state: str) -> list[str]:
    licence = verified.licence
    until = f"until {licence.valid_until}" if licence.valid_until else "without end"
    head = [f"{state}: {licence.title} {licence.number}", f"  issued {licence.issued_on}, valid {until}"]
    head.append(f"  by {verified.issuer.issuer} (key {verified.issuer.key_id})")
    head.append(f"  {_revoked(verified, revocations, stands)}")
    return head + [f"  {label}: {value}" for label, value in licence.fields]


def _revoked(verified: Verified, revocations: Revocations | None, stands: Standing | None) -> str:
    """Return what is known of a revocation, with the cure where nothing is."""
    if verified.licence.status is None:
        return "a document of this kind is not revoked"
    if revocations is None or stands is None:
        return "whether it was revoked was not looked up; give --revocations"
    listed = revocations.get(verified.issuer.key_id)
    as_of = "" if listed is None else f" as of {listed.issued_at.astimezone(_CHINA):%Y-%m-%d %H:%M}"
    match stands:
        case Standing.REVOKED:
            return f"revoked by its issuer{as_of}: do not accept it"
        case Standing.GOOD:
            return f"not revoked{as_of}"
        case Standing.UNKNOWN:
            return f"the revocation file says nothing of it{as_of}; save what GET /v1/revocations answers now"


def _tokens(document: str) -> tuple[str, ...]:
    """Return the signed documents that were given, or that stand in the file of that name."""
    text = document
    if not _TOKEN.fullmatch(document.strip()):
        path = Path(document)
        try:
            if path.stat().st_size > _LIMIT_BYTES:
                raise NotALicence(f"{document} is too large to be read for signed documents")
            text = path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            cure = "Give the text of a document's QR code, or a file that holds it."
            raise _Unreadable(
                f"{document!r} is no signed document and no file to read: {error.strerror}. {cure}"
            ) from error
    found = tuple(dict.fromkeys(_TOKEN.findall(text)))
    if not found:
        raise NotALicence(f"{document} holds no signed document")
    return found


def _say(text: str) -> None:
    # what stands on a document may hold control characters; a terminal must not obey them
    clean = "".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text)
    sys.stdout.write(clean + "\n")
