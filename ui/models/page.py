"""What every view model has: the words, the catalogue, and a way to post what the citizen does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from kiosk.catalogue import Catalogue
from kiosk.session.events import Intent
from kiosk.session.state import Advice, Session
from kiosk.settings import Settings
from kiosk.settings.machine import DEVICES, Side, beside
from kiosk.words import Sentence, Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What view models look things up in; the same for every page."""

    catalogue: Catalogue
    settings: Settings
    sentences: Mapping[str, Sentence]
    """By code, from ``assets/i18n/sentences.yaml``."""
    post: Callable[[Intent], None]
    """Hands an intent to the session; never blocks."""
    now: Callable[[], datetime] | None = None
    """The clock on the wall, for the page that invites; None: it stands still, as in pictures."""
    knock: Callable[[], None] = lambda: None
    """A technician wants in; never blocks."""


class PageModel(QObject):
    """A view model: shows a session, posts intents. One a page, made once, shown whenever its page is up.

    Args:
        desk: What to look things up in.
        parent: Owner.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk

    def show(self, session: Session) -> None:
        """Show ``session``; called on the Qt thread for every new state while the page is up."""
        raise TypeError(f"{type(self).__name__} shows nothing of {session.stage}")

    def post(self, intent: Intent) -> None:
        """Hand an intent to the session."""
        self.desk.post(intent)

    def says(self, session: Session, text: Text | None) -> str:
        """Return a text in the language of the session; nothing for no text."""
        return "" if text is None else text.in_(session.language)

    @Slot(str, result=str)
    def sideOf(self, device: str) -> str:  # noqa: N802  # as QML writes it
        """Return on which side of the screen a device is: ``kiosk.settings.machine.Side``."""
        return str(self._beside(device)[0])

    @Slot(str, result=float)
    def alongOf(self, device: str) -> float:  # noqa: N802
        """Return how far along that edge it is, from 0 at its left or upper end to 1."""
        return self._beside(device)[1]

    def _beside(self, device: str) -> tuple[Side, float]:
        terminal = self.desk.settings.terminal
        spot = getattr(terminal.machine, DEVICES[device])
        return beside(terminal.machine, spot, terminal.diagonal_mm, terminal.layout.size_px)

    def advice(self, session: Session, advice: Advice | None) -> str:
        """Return what to tell the citizen, in the language of the session."""
        if advice is None:
            return ""
        if advice.text is not None:
            return advice.text.in_(session.language)
        sentence = self.desk.sentences.get(advice.code) or self.desk.sentences["device.error"]
        return sentence.citizen.in_(session.language)
