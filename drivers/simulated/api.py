"""What every simulated device promises: it stands at the other end of the wire and does what a hand would do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from drivers.simulated.faults import Faults


class UnknownAction(ValueError):
    """A simulated device was asked for something it cannot do; nothing happened.

    Args:
        asked: What was asked for.
        allowed: What may be asked for instead.
    """

    def __init__(self, asked: str, allowed: Iterable[str]) -> None:
        self.asked = asked
        self.allowed = tuple(allowed)
        super().__init__(f"{asked!r} is not one of: {', '.join(self.allowed)}")


class SimulatedDevice(Protocol):
    """The far side of one device's wire, with a hand to insert cards and pull plugs.

    ``start`` and ``stop`` come in pairs and may be repeated; all calls come from one event loop.
    """

    kind: str
    """As in the settings: "idreader", "card", "scanner", "camera", "printer", "headphones"."""

    actions: tuple[str, ...]
    """What ``do`` understands."""

    faults: Faults
    """What is wrong with it, and what it counts for scripts."""

    on_change: Callable[[], None] | None
    """Called on the event loop after ``state`` changed, by an action or from the wire."""

    async def start(self) -> None:
        """Stand at the wire, plugged in and with nothing inserted."""

    async def stop(self) -> None:
        """Leave the wire. Safe at any time and more than once; raises nothing."""

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """Do what a hand does.

        Args:
            action: One of ``actions``.
            arguments: Named values, all text, as they come from a command line or a dock.

        Returns:
            What there is to tell beyond ``state``, often nothing.

        Raises:
            UnknownAction: no such action, or an argument's value is not one this device knows; nothing happened.
        """

    def state(self) -> dict[str, str]:
        """Return what an onlooker would see, for example ``{"plugged": "yes", "document": "wang"}``."""
