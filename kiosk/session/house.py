"""What a session may look things up in while it steps: all of it frozen, none of it about a person."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.catalogue import Catalogue
from kiosk.session.effects import Effect
from kiosk.session.state import Session
from kiosk.words import Language

Step = tuple[Session, tuple[Effect, ...]]
"""A session after an event, and what the world must now do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """The terminal a session runs on."""

    catalogue: Catalogue
    terminal: str
    language: Language = Language.ZH_HANS
    """Of the attract page."""
