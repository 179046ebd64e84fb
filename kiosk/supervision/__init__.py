"""Processes: started together, kept running, ended in order. Small, and without Qt."""

from kiosk.supervision.children import Command
from kiosk.supervision.display import NoDisplay
from kiosk.supervision.house import keep
from kiosk.supervision.places import PlaceError, living_runs, run_dir, state_dir
from kiosk.supervision.supervisor import Hopeless, Supervisor
from kiosk.supervision.wiring import FILE, Wiring, read

__all__ = [
    "FILE",
    "Command",
    "Hopeless",
    "NoDisplay",
    "PlaceError",
    "Supervisor",
    "Wiring",
    "keep",
    "living_runs",
    "read",
    "run_dir",
    "state_dir",
]
