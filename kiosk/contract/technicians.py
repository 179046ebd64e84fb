"""The one-time codes that let a technician in: made by the backend, checked by the terminal, without a network.

A terminal and its backend share a secret. From it comes one key for each technician, and from the key a code for each
span of time. The code of one technician opens one terminal, for the span it was made in and the ones beside it.

Source: RFC 5869 (HKDF), RFC 6238 (TOTP) over RFC 4226 section 5.3 (truncation), with HMAC-SHA-256 and eight digits.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from typing import Annotated, Final

import msgspec

from kiosk.contract.messages import Message

SPAN_S: Final = 300
"""A code is made for five minutes."""
BESIDE: Final = 1
"""And taken one span earlier or later: reading it out takes time, and clocks differ."""
DIGITS: Final = 8
"""Six would do for a phone that locks itself; a terminal in the street stands there all night."""
SECRET_BYTES: Final = 32
_KEY_BYTES: Final = 32


class DoorSecret(Message, frozen=True, kw_only=True):
    """The secret of a terminal, in the answer to a report that names another version or none."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    secret: Annotated[str, msgspec.Meta(min_length=64, max_length=64, pattern="^[0-9a-f]*$")]
    """Hexadecimal."""


def key(secret: bytes, terminal: str, technician: str) -> bytes:
    """Return the key of a technician at a terminal; nothing of another's follows from it.

    Args:
        secret: Of the terminal.
        terminal: Its id.
        technician: Staff number.
    """
    about = b"onething technician 1\0" + b"".join(
        len(part).to_bytes(2, "big") + part for part in (terminal.encode(), technician.encode())
    )
    # one block of HKDF-Expand is enough: 32 bytes of SHA-256
    extracted = hmac.digest(bytes(32), secret, hashlib.sha256)
    return hmac.digest(extracted, about + b"\x01", hashlib.sha256)[:_KEY_BYTES]


def span(at_s: float) -> int:
    """Return the number of the span in which a moment lies.

    Args:
        at_s: Seconds since 1970, not negative.
    """
    return int(at_s // SPAN_S)


def code(of: bytes, number: int) -> str:
    """Return the code of a key for a span.

    Args:
        of: From ``key``.
        number: Of the span.
    """
    import pyotp  # on whoever needs it: no first page does

    made = pyotp.HOTP(b32encode(of).decode(), digits=DIGITS, digest=hashlib.sha256)
    return made.at(number)


def fitting(of: bytes, given: str, at_s: float) -> int | None:
    """Return the number of the span whose code was given; None: none that counts now. Takes as long either way.

    Args:
        of: From ``key``.
        given: What was typed.
        at_s: Now, seconds since 1970.
    """
    found = None
    for number in range(max(0, span(at_s) - BESIDE), span(at_s) + BESIDE + 1):
        if hmac.compare_digest(code(of, number).encode(), given.encode()):
            found = number
    return found
