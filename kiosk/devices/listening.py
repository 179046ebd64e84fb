"""Whether headphones are plugged in, told to the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.session.events import Event, HeadphonesChanged

if TYPE_CHECKING:
    # named, not used: drivers are imported on a thread, while Qt loads and paints the first page
    from drivers.headphones.api import Headphones
    from kiosk.devices.supervised import Supervised


async def follow(headphones: Supervised[Headphones] | None, post: Callable[[Event], None]) -> None:
    """Tell every plugging in and pulling out until cancelled. While nobody knows, there are none.

    Args:
        headphones: None: this terminal has no place for them.
        post: Hands an event to the session.
    """
    if headphones is None:
        return
    plugged = False
    while True:
        device = await headphones.ready()
        try:
            while True:
                now = await device.changed()
                if now != plugged:
                    plugged = now
                    post(HeadphonesChanged(plugged=now))
        except Exception as error:  # noqa: BLE001 - whatever a driver dies of, its device is tried again
            if plugged:
                plugged = False
                post(HeadphonesChanged(plugged=False))
            headphones.lost(error)
