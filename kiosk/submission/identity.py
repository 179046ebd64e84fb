"""Who this terminal is: a key that it made itself and never leaves it, and what it signs with it.

Source: RFC 7519 (JWT), RFC 7523 section 3 (assertion), RFC 9864 (``Ed25519``); see ``kiosk.contract.terminals``.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.contract import ALGORITHM, ASSERTION_S, AUDIENCE, DOOR

if TYPE_CHECKING:
    # a terminal shows its first page before it speaks to anybody; importing this costs 0.1 s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE: Final = "identity.json"
RENEW_S: Final = 60
"""An assertion with less than this left is not used any more: the request takes time, and clocks differ."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What stays on the terminal's disk, for its user alone."""

    key: str
    """Ed25519, the private half, base64url."""
    terminal: str = ""
    """The id that a backend gave it; empty: the settings say."""


class Identity:
    """The terminal's key and the assertions made with it. May be used by several threads and processes at once.

    Args:
        folder: Holds the key; made with it at the first use, mode 0700.
        terminal: Its id as the settings have it; the one it was enrolled under wins.
        door: Data directory of an embedded backend on this machine, where the public key is left; None: there is none.
        place: Where it stands, for the operators of that backend.
        clock: Seconds since 1970.
    """

    def __init__(
        self,
        folder: Path,
        terminal: str,
        *,
        door: Path | None = None,
        place: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._file = folder / FILE
        self._named = terminal
        self._door = door
        self._place = place
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: Kept | None = None
        self._signed = ("", 0.0, 0.0)
        self._behind_s = 0.0
        """How far this clock is behind the backend's, where that said so."""

    @property
    def is_fresh(self) -> bool:
        """Whether ``assertion`` answers at once."""
        _, made_at, until = self._signed
        return made_at <= self._now() < until

    def assertion(self) -> str:
        """Return what goes into ``Terminal-Assertion`` now. May block for the disk, at first for imports.

        Raises:
            OSError: the key cannot be read or written; there is no identity then.
        """
        with self._lock:
            if not self.is_fresh:
                self._signed = self._sign()
            return self._signed[0]

    @property
    def terminal(self) -> str:
        """The id. Raises ``OSError`` as ``assertion``."""
        return self._read().terminal or self._named

    def public_key(self) -> str:
        """Return the public half, base64url. Raises ``OSError`` as ``assertion``."""
        return _text(_private(self._read()).public_key().public_bytes_raw())

    def proof(self, code: str) -> str:
        """Return a signature over the digits of an enrolment code. Raises ``OSError`` as ``assertion``."""
        return _text(_private(self._read()).sign(re.sub(r"[\s-]", "", code).encode()))

    def sign(self, content: bytes) -> bytes:
        """Return a signature of what cannot be taken for an assertion. Raises ``OSError`` as ``assertion``."""
        return _private(self._read()).sign(content)

    def enrolled(self, terminal: str) -> None:
        """Be ``terminal`` from now on. Raises ``OSError`` when that cannot be written; nothing has changed then."""
        kept = msgspec.structs.replace(self._read(), terminal=terminal)
        with _draft(self._file, msgspec.json.encode(kept)) as draft:
            draft.replace(self._file)
        self._kept, self._signed = kept, ("", 0.0, 0.0)

    def set_by(self, backend_s: float) -> None:
        """Go by the backend's clock from now on: it says that ours is wrong. The machine's clock stays as it is."""
        self._behind_s = backend_s - self._clock()
        self._signed = ("", 0.0, 0.0)

    def _now(self) -> float:
        return self._clock() + self._behind_s

    def _sign(self) -> tuple[str, float, float]:
        from joserfc import jwt
        from joserfc.jwk import OKPKey

        key = OKPKey.import_key(_private(self._read()))
        if self._door is not None:
            self._offer(self._door)
        now = int(self._now())
        claims = {"iss": self.terminal, "sub": self.terminal, "aud": AUDIENCE, "iat": now, "exp": now + ASSERTION_S}
        header = {"alg": ALGORITHM, "typ": "JWT"}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM]), float(now), now + ASSERTION_S - RENEW_S

    def _offer(self, door: Path) -> None:
        """Leave the public key where only who may write into the data directory of the backend can leave one."""
        content = msgspec.json.encode({"publicKey": self.public_key(), "place": self._place})
        file = door / DOOR / f"{self.terminal}.json"
        if file.exists() and file.read_bytes() == content:
            return
        # first the data directory itself: a folder that mkdir makes on the way to another is open to everybody
        door.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _draft(file, content) as draft:
            draft.replace(file)

    def _read(self) -> Kept:
        if self._kept is None:
            self._kept = self._made()
        return self._kept

    def _made(self) -> Kept:
        try:
            return _decoded(self._file)
        except FileNotFoundError:
            pass
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        kept = Kept(key=_text(Ed25519PrivateKey.generate().private_bytes_raw()))
        # of two processes that start at once one is first, and the other takes its key
        with _draft(self._file, msgspec.json.encode(kept)) as draft, contextlib.suppress(FileExistsError):
            os.link(draft, self._file)
        return _decoded(self._file)


def _decoded(file: Path) -> Kept:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise OSError(f"{file} holds no identity. Move it away, and enrol this terminal anew.") from error


def _private(kept: Kept) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(kept.key + "=" * (-len(kept.key) % 4)))


@contextlib.contextmanager
def _draft(path: Path, content: bytes) -> Iterator[Path]:
    """Give ``content`` on the disk beside ``path``; gone afterwards unless it was moved."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
