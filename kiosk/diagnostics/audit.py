"""What technicians did at this terminal: who, when, what, and what came of it; added to, never changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from kiosk.diagnostics.chain import Chain, ChainError, Row
from kiosk.diagnostics.history import FILE


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody did."""

    at: datetime
    operator: str
    """Number of the technician; ``console`` or ``terminal``."""
    what: str
    """Code: ``entered``, ``left``, ``refused``, ``test``, ``repair``, ``report``, ``traffic``, ``paired.idreader`` …"""
    about: str = ""
    """Device, test or repair."""
    result: str = ""
    """Code of what came of it, or the serial number of a device; no personal data, no text that somebody typed."""


class Audit:
    """The actions of all technicians. Its calls block for the disk: call them on a thread.

    Args:
        state_dir: Where the terminal keeps what stays.
    """

    def __init__(self, state_dir: Path) -> None:
        self._chain = Chain(state_dir / FILE, "actions")

    def add(self, action: Action) -> str:
        """Add an action; return its hash. Raises ``ChainError``: it was not added, and should not be done then."""
        return self._chain.append(action.what, msgspec.json.encode(action).decode()).hash

    def actions(self, *, last: int = 0) -> tuple[Action, ...]:
        """Return actions, oldest first; only the ``last`` so many unless that is 0. Raises ``ChainError``."""
        return tuple(_action(row) for row in self._chain.rows(last=last))

    def last(self, what: str) -> Action | None:
        """Return the newest action of a kind. Raises ``ChainError``."""
        rows = self._chain.rows(what, last=1)
        return _action(rows[0]) if rows else None

    def head(self) -> str:
        """Return the hash of the newest row. Raises ``ChainError``."""
        return self._chain.head()

    def verify(self) -> int | None:
        """Return the number of the first row that was tampered with; None: none was. Raises ``ChainError``."""
        return self._chain.verify()


def _action(row: Row) -> Action:
    try:
        return msgspec.json.decode(row.content, type=Action)
    except msgspec.DecodeError as error:
        raise ChainError(f"row {row.number} of the audit holds no action") from error
