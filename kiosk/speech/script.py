"""What is handed to whoever speaks; imported by the first page, so it needs nothing else of this package."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.session.preferences import Pace
from kiosk.words import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What is to be said, and who may hear it."""

    parts: tuple[str, ...]
    """Said one after the other."""
    language: Language
    pace: Pace
    vouched: bool = False
    """Everybody may hear all of it: whoever wrote it says so."""
    headphones: bool = False
    """Nobody but the one it belongs to hears it."""
    identified: bool = True
    """Whether it is known who is here."""
    instead: str = ""
    """Said once in place of what is private."""
