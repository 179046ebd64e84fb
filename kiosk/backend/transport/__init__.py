"""大件运输: a way for a heavy vehicle over the roads of two authorities, and what becomes of its permit."""

from kiosk.backend.transport.generating import generate
from kiosk.backend.transport.network import Closure, Network, Structure
from kiosk.backend.transport.router import Hours, Router, Trip, Vehicle, Verdict, Way

__all__ = ["Closure", "Hours", "Network", "Router", "Structure", "Trip", "Vehicle", "Verdict", "Way", "generate"]
