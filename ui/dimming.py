"""The light of the panel follows the page that invites: dim at night, bright as soon as a finger is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from kiosk.session.state import Session, Stage
from kiosk.settings.model import Attract


class Dimming(QObject):
    """Says how bright the panel is to be, when that changes.

    Args:
        settings: How bright by day and at night.
        say: Takes percent; never blocks.
        parent: Owner.
    """

    def __init__(self, settings: Attract, say: Callable[[int], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._say = say
        self._night = False
        self._said = 0
        """Percent; 0: nothing yet."""

    @Slot(bool)
    def dim(self, night: bool) -> None:
        """It is night and nobody is there, or not any more."""
        self._night = night
        wanted = self._settings.night_brightness if night else self._settings.brightness
        if wanted != self._said:
            self._said = wanted
            self._say(wanted)

    def saw(self, session: Session) -> None:
        """Somebody began, by touch or with a card: light."""
        if session.stage is not Stage.ATTRACT:
            self.dim(night=False)
