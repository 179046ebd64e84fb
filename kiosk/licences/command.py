"""``kiosk licence verify``: is this document genuine? Needs the issuer file, and no network."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from kiosk.licences.errors import IssuersUnreadable, LicenceError, NotALicence
from kiosk.licences.keys import Issuers, read_issuers
from kiosk.licences.signed import Verified, verify

GENUINE = 0
NOT_PROVEN = 1
UNUSABLE = 2
"""The arguments or the issuer file are of no use; nothing was checked."""
NOT_IN_FORCE = 3
"""Genuine, and run out or not yet valid."""

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
    check.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day to judge by; today if not given")


def run(args: argparse.Namespace) -> int:
    """Check what ``args`` name, say what was found, and return the exit status."""
    today = args.on or datetime.now(tz=_CHINA).date()
    try:
        issuers = read_issuers(args.issuers)
        tokens = _tokens(args.document)
    except (IssuersUnreadable, _Unreadable) as error:
        _say(str(error))
        return UNUSABLE
    except NotALicence as error:
        _say(f"NOT PROVEN: {error}")
        return NOT_PROVEN
    return max((_check(token, issuers, today) for token in tokens), key=(GENUINE, NOT_IN_FORCE, NOT_PROVEN).index)


def _check(token: str, issuers: Issuers, today: date) -> int:
    try:
        verified = verify(token, issuers)
    except LicenceError as error:
        _say(f"NOT PROVEN: {error}")
        return NOT_PROVEN
    in_force = verified.in_force(today)
    _say("\n".join(_lines(verified, today, in_force=in_force)))
    return GENUINE if in_force else NOT_IN_FORCE


def _lines(verified: Verified, today: date, *, in_force: bool) -> list[str]:
    licence = verified.licence
    until = f"until {licence.valid_until}" if licence.valid_until else "without end"
    state = "GENUINE" if in_force else f"GENUINE, NOT IN FORCE on {today}"
    head = [f"{state}: {licence.title} {licence.number}", f"  issued {licence.issued_on}, valid {until}"]
    head.append(f"  by {verified.issuer.issuer} (key {verified.issuer.key_id})")
    return head + [f"  {label}: {value}" for label, value in licence.fields]


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
