"""The door of the house: whoever may write into the data directory may take a terminal in.

An embedded backend and its terminal share one machine and one user. The terminal leaves its public key in a folder that
only this user can write; nothing is taken in over the network without a code.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import msgspec

from kiosk.backend.terminals.assertions import public_key
from kiosk.contract import DOOR

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")
_LIMIT_BYTES: Final = 2000


class Offered(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a terminal left at the door."""

    public_key: str
    place: str = ""

    @property
    def key(self) -> bytes | None:
        """The key, raw; None when it is none."""
        return public_key(self.public_key)


class Door:
    """The folder ``terminals`` of a data directory; a file ``<id>.json`` a terminal."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / DOOR

    def offered(self, terminal: str) -> Offered | None:
        """Return what ``terminal`` left; None when there is nothing that can be read. Blocks for the disk."""
        if not _ID.fullmatch(terminal):
            return None
        try:
            with (self._folder / f"{terminal}.json").open("rb") as file:
                offered = msgspec.json.decode(file.read(_LIMIT_BYTES), type=Offered)
        except (OSError, ValueError, msgspec.DecodeError):
            return None
        return offered if offered.key else None
