"""Who may open the diagnostics mode: by a one-time code, or by a card. Works without a network.

Wrong codes shut the door for everybody who comes by a code, three at a time and longer each time; a card opens it all
the same. What was counted stays on the disk, so that switching the terminal off helps nobody.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from kiosk.contract import technicians
from kiosk.contract.technicians import DoorSecret

log = logging.getLogger(__name__)

WRONG: Final = "door.wrong-code"
USED: Final = "door.used-code"
SHUT: Final = "door.shut"
NO_SECRET: Final = "door.no-secret"  # noqa: S105 - a code of a sentence
NOT_KEPT: Final = "door.not-kept"
AT_ONCE: Final = 3
"""So many wrong codes, and the door shuts."""
SHUT_S: Final = (300, 900, 3600)
"""For how long: the first time, the second, and every time after."""
_SECRET: Final = "technicians/secret.json"  # noqa: S105 - the name of a file
_TRIES: Final = "technicians/tries.json"
_LARGEST: Final = 65_536
_MOST_KNOWN: Final = 500
"""Technicians whose newest code is remembered: more than a city has, and few enough for the file."""


class Tries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was tried at the door."""

    wrong: int = 0
    """Codes since the last right one."""
    shut_until: datetime | None = None
    used: dict[str, int] = {}
    """Newest span whose code was taken, by staff number."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a code was good for."""

    code: str = ""
    """Why nobody is let in: a key of ``reasons`` in ``assets/i18n/diagnostics.yaml``; empty: they are."""
    shut_until: datetime | None = None


def shut(tries: Tries, now: datetime) -> datetime | None:
    """Return until when the door is shut; None: it is not."""
    return None if tries.shut_until is None or tries.shut_until <= now else tries.shut_until


def bounded(tries: Tries, now: datetime) -> Tries:
    """Return what was tried, shut no longer than a door ever is: a clock that was set back would shut it for days."""
    latest = now + timedelta(seconds=SHUT_S[-1])
    if tries.shut_until is None or tries.shut_until <= latest:
        return tries
    return msgspec.structs.replace(tries, shut_until=latest)


def missed(tries: Tries, now: datetime) -> Tries:
    """Return what was tried after a wrong code."""
    wrong = tries.wrong + 1
    if wrong % AT_ONCE:
        return msgspec.structs.replace(tries, wrong=wrong)
    seconds = SHUT_S[min(wrong // AT_ONCE, len(SHUT_S)) - 1]
    return msgspec.structs.replace(tries, wrong=wrong, shut_until=now + timedelta(seconds=seconds))


def taken(tries: Tries, technician: str, number: int) -> Tries:
    """Return what was tried after a right code. What was used stays used: the clock may be set back to its time."""
    newest = sorted(({**tries.used, technician: number}).items(), key=lambda each: each[1])[-_MOST_KNOWN:]
    return Tries(used=dict(newest))


class Entrance:
    """The door of one terminal. Its calls block for the disk: call them on a thread, one at a time.

    Args:
        state_dir: Where the terminal keeps what stays.
        terminal: Its id, once that is known for sure.
        now: Time of the terminal.
    """

    def __init__(self, state_dir: Path, terminal: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._dir = state_dir
        self._terminal = terminal
        self._now = now
        self._unkept: Tries | None = None
        """What could not be written; else the disk tells: the standby process has a door as well."""

    def shut_until(self) -> datetime | None:
        """Return until when no code is taken; None: one is."""
        return shut(self._known(), self._now())

    def check(self, technician: str, given: str) -> Outcome:
        """Check a code, and remember that it was tried before saying whether it is right.

        Args:
            technician: Staff number.
            given: Digits that were typed.
        """
        now, tries = self._now(), self._known()
        until = shut(tries, now)
        if until is not None:
            return Outcome(code=SHUT, shut_until=until)
        secret = self.secret()
        if secret is None:
            return Outcome(code=NO_SECRET)
        key = technicians.key(bytes.fromhex(secret.secret), self._terminal(), technician)
        number = technicians.fitting(key, given, now.timestamp())
        again = number is not None and number <= tries.used.get(technician, -1)
        after = missed(tries, now) if number is None or again else taken(tries, technician, number)
        if not self._keep(after) and number is not None and not again:
            return Outcome(code=NOT_KEPT)  # it could be used a second time
        if number is not None and not again:
            return Outcome()
        until = shut(after, now)
        return Outcome(code=SHUT if until is not None else USED if again else WRONG, shut_until=until)

    def secret(self) -> DoorSecret | None:
        """Return what codes are checked with; None: no backend has given any yet, or it cannot be read."""
        try:
            return msgspec.json.decode(_read(self._dir / _SECRET), type=DoorSecret)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, msgspec.DecodeError) as error:
            log.warning("the secret of the door cannot be read: %s", type(error).__name__)
            return None

    def version(self) -> int:
        """Return which secret is here; 0: none."""
        secret = self.secret()
        return 0 if secret is None else secret.version

    def take(self, secret: DoorSecret) -> None:
        """Keep the secret that the backend handed out. Raises ``OSError``: the one before it still counts."""
        _write(self._dir / _SECRET, msgspec.json.encode(secret))

    def _known(self) -> Tries:
        read = self._read()
        tries = bounded(read, self._now())
        if tries is not read:  # kept, so that the hour does not begin anew with every look
            self._keep(tries)
        return tries

    def _read(self) -> Tries:
        if self._unkept is not None:
            return self._unkept
        try:
            return msgspec.json.decode(_read(self._dir / _TRIES), type=Tries)
        except FileNotFoundError:
            return Tries()
        except (OSError, ValueError, msgspec.DecodeError) as error:
            # damaged: shut once, as after three wrong codes, and well again with what is written then
            log.warning("what was tried at the door cannot be read: %s", type(error).__name__)
            after = missed(Tries(wrong=AT_ONCE - 1), self._now())
            self._keep(after)
            return after

    def _keep(self, tries: Tries) -> bool:
        try:
            _write(self._dir / _TRIES, msgspec.json.encode(tries))
        except OSError as error:
            log.warning("what was tried at the door cannot be kept: %s", error)
            self._unkept = tries
            return False
        self._unkept = None
        return True


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_LARGEST)


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, for this user alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{secrets.token_hex(4)}-")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
