"""Slips that are printed: numbers that exist once, what became of each, and how much paper is left."""

from __future__ import annotations

from kiosk.printing.journal import Attempt, Journal, JournalFailed
from kiosk.printing.press import Outcome, Press
from kiosk.printing.roll import Roll

__all__ = ["Attempt", "Journal", "JournalFailed", "Outcome", "Press", "Roll"]
