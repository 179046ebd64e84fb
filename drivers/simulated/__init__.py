"""The other end of every wire: simulated devices, each written from its specification, with a fault menu."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.simulated.api import SimulatedDevice, UnknownAction
    from drivers.simulated.camera import SimulatedCamera
    from drivers.simulated.card import SimulatedCard
    from drivers.simulated.control import ControlClient, ControlError
    from drivers.simulated.hub import SimulatedHub, run_hub
    from drivers.simulated.idreader import SimulatedIdReader
    from drivers.simulated.papers import load_papers
    from drivers.simulated.people import load_people
    from drivers.simulated.printer import SimulatedPrinter
    from drivers.simulated.scanner import SimulatedScanner

__all__ = [
    "ControlClient",
    "ControlError",
    "SimulatedCamera",
    "SimulatedCard",
    "SimulatedDevice",
    "SimulatedHub",
    "SimulatedIdReader",
    "SimulatedPrinter",
    "SimulatedScanner",
    "UnknownAction",
    "load_papers",
    "load_people",
    "run_hub",
]

_HOMES = {
    "ControlClient": "control",
    "ControlError": "control",
    "SimulatedCamera": "camera",
    "SimulatedCard": "card",
    "SimulatedDevice": "api",
    "SimulatedHub": "hub",
    "SimulatedIdReader": "idreader",
    "SimulatedPrinter": "printer",
    "SimulatedScanner": "scanner",
    "UnknownAction": "api",
    "load_papers": "papers",
    "load_people": "people",
    "run_hub": "hub",
}


def __getattr__(name: str) -> Any:
    # Looked up when asked for: who only wants the client of the hub does not load every device's libraries.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
