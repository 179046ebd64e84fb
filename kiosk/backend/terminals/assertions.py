"""What a terminal signs to say that it is itself: read, and checked with its key.

Source: RFC 7519 sections 4 and 7.2; RFC 7523 section 3; RFC 9864 section 2.2 (``Ed25519``); RFC 8725 (the algorithm is
ours to choose, not the sender's).
"""

from __future__ import annotations

import base64
import binascii

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from kiosk.contract import ALGORITHM, ASSERTION_S, AUDIENCE, SKEW_S

LIMIT_CHARS = 1000
KEY_BYTES = 32
_ALGORITHMS = [ALGORITHM]


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What an assertion claims; worth nothing before ``is_signed``."""

    iss: str
    sub: str
    aud: str
    iat: float
    exp: float

    @property
    def is_sound(self) -> bool:
        """Whether a terminal would claim this, whenever."""
        return self.iss == self.sub and self.aud == AUDIENCE and 0 < self.exp - self.iat <= ASSERTION_S

    def is_good_at(self, now: float) -> bool:
        """Whether it is good now, give or take what clocks differ by."""
        return self.iat - SKEW_S <= now < self.exp + SKEW_S


def claims_of(assertion: str) -> Claims | None:
    """Return what an assertion claims; None when it is none."""
    if len(assertion) > LIMIT_CHARS:
        return None
    try:
        return msgspec.json.decode(jws.extract_compact(assertion.encode()).payload, type=Claims)
    except (JoseError, ValueError, msgspec.DecodeError):
        return None


def is_signed(assertion: str, key: bytes) -> bool:
    """Whether whoever has the private half of ``key`` signed ``assertion``."""
    try:
        jwt.decode(assertion, _jwk(key), algorithms=_ALGORITHMS)
    except (JoseError, ValueError):
        return False
    return True


def public_key(text: str) -> bytes | None:
    """Return the raw key of its base64url text; None when it is none."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == KEY_BYTES else None


def _jwk(key: bytes) -> OKPKey:
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(key).rstrip(b"=").decode()})
