"""Processes: started together, kept running, ended in order. Small, and without Qt.

Its names are imported when they are asked for: a terminal reads its wiring and needs no supervisor.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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

_WHERE: Final = {
    "FILE": "wiring",
    "Command": "children",
    "Hopeless": "supervisor",
    "NoDisplay": "display",
    "PlaceError": "places",
    "Supervisor": "supervisor",
    "Wiring": "wiring",
    "keep": "house",
    "living_runs": "places",
    "read": "wiring",
    "run_dir": "places",
    "state_dir": "places",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)
