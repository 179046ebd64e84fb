"""What the view models of a technician's pages have in common: a visit to show, words to say it in, a way to post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from drivers.status import State
from kiosk.diagnostics.model import Readiness, Verdict
from kiosk.diagnostics.visit import Visit
from kiosk.diagnostics.visit.events import Intent
from kiosk.diagnostics.words import Words
from kiosk.settings import Settings

GOOD: Final = "good"
NEAR: Final = "near"
BAD: Final = "bad"
OFF: Final = "off"
BUSY: Final = "busy"
"""Tones: what colour and sign stand for, beside the word that says it."""

OF_VERDICT: Final = {Verdict.PASS: GOOD, Verdict.WARN: NEAR, Verdict.FAIL: BAD, Verdict.SKIPPED: OFF}
OF_READINESS: Final = {Readiness.READY: GOOD, Readiness.LIMITED: NEAR, Readiness.NOT_READY: BAD}
OF_STATE: Final = {
    State.READY: GOOD,
    State.DEGRADED: NEAR,
    State.FAILED: BAD,
    State.ABSENT: BAD,
    State.STARTING: BUSY,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TechnicianDesk:
    """What the view models look things up in; the same for every page."""

    settings: Settings
    post: Callable[[Intent], None]
    """Hands an intent to the visit; never blocks."""
    now: Callable[[], datetime]
    zone: ZoneInfo
    """Of the terminal."""

    def clock(self, at: datetime) -> str:
        """Return when something was, as briefly as it is clear today."""
        then, today = at.astimezone(self.zone), self.now().astimezone(self.zone)
        if then.date() == today.date():
            return f"{then:%H:%M:%S}"
        return f"{then:%m-%d %H:%M}" if then.year == today.year else f"{then:%Y-%m-%d}"

    def stamp(self, at: datetime) -> str:
        """Return when something was, in full."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M:%S}"


def happened(words: Words, code: str) -> str:
    """Return what a code says happened: of a citizen's sentence only that, not what the citizen does next."""
    said = words.why(code)
    end = min((at + 1 for at in (said.find("。"), said.find(". ")) if at >= 0), default=len(said))
    return said[:end]


def capital(words: str) -> str:
    """Return a word of a table as it stands alone: with a capital letter, where its language has any."""
    return words[:1].upper() + words[1:]


class Part(QObject):
    """A view model of one page: shows a visit, posts intents; it has no thread, no clock and no device.

    Args:
        desk: What to look things up in.
        parent: Owner.
    """

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``; called on the Qt thread for every new state while the page is up."""
        raise TypeError(f"{type(self).__name__} shows nothing of {visit.place} in {words.language}")

    def post(self, intent: Intent) -> None:
        """Hand an intent to the visit."""
        self.desk.post(intent)
