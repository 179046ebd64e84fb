"""大件运输: a way for a heavy vehicle over the roads of two authorities, and what becomes of its permit.

The network and its libraries are imported when somebody first asks for a way: no start of the backend waits for them.
"""

from kiosk.backend.transport.deciding import PERMIT_MONTHS, RouteDecider, kept_route

__all__ = ["PERMIT_MONTHS", "RouteDecider", "kept_route"]
