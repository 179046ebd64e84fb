"""A citizen made of code: taps the real interface by touch, and writes down what was seen."""

from __future__ import annotations

from ui.pilot.hand import Lost
from ui.pilot.journeys import Journey, JourneyError, load_journeys
from ui.pilot.player import Played, play

__all__ = ["Journey", "JourneyError", "Lost", "Played", "load_journeys", "play"]
