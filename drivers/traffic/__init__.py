"""What goes over the wires of devices: heard without what is personal, written down, played again."""

from __future__ import annotations

from drivers.traffic.recording import Entry, Recording, RecordingError, parse
from drivers.traffic.tap import PCSC, Tap, switch_off, switch_on

__all__ = ["PCSC", "Entry", "Recording", "RecordingError", "Tap", "parse", "switch_off", "switch_on"]
