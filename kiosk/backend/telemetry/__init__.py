"""What a backend process tells of its work to a collector: traces and metrics (OpenTelemetry), or nothing.

Off, it is this module alone: nothing of OpenTelemetry is imported. On, ``exporting`` does what ``Telemetry`` names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from litestar.types import ASGIApp

    from kiosk.backend.house import House
    from kiosk.backend.settings import BackendSettings

T = TypeVar("T")

__all__ = ["Telemetry", "start"]


class Telemetry:
    """Tells nothing; what is asked of it costs nothing either."""

    def requests(self, app: ASGIApp) -> ASGIApp:
        """Return the application with a trace and a duration for each request."""
        return app

    def steps(self, part: T, **_names: str) -> T:
        """Return a part of the house whose methods are steps of a trace: method by its name there."""
        return part

    def work(self, _kind: str, work: Callable[[Any], T]) -> Callable[[Any], T]:
        """Return database work that is timed, from when it is asked for."""
        return work

    def watch(self, house: House) -> None:
        """Look at the queues of a house from now on."""

    def close(self) -> None:
        """Send what is left. Waits some seconds for the collector at the most."""


def start(settings: BackendSettings) -> Telemetry:
    """Return what the settings ask for; with ``telemetry_endpoint`` it sends until it is closed."""
    if not settings.telemetry_endpoint:
        return Telemetry()
    from kiosk.backend.telemetry.exporting import Exporting

    return Exporting(settings.telemetry_endpoint, every_s=settings.telemetry_every_s)
