"""What every camera promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """One picture."""

    sequence: int
    """Counts up by one with every picture of this opening."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    jpeg: bytes
    """The picture as JPEG, quality 90."""


class Camera(Protocol):
    """A camera that is looked at live and asked for a picture."""

    async def open(self) -> None:
        """Start the stream; the first picture has arrived when this returns.

        Raises:
            DeviceAbsent, DeviceSilent: nothing stays open.
        """

    async def close(self) -> None:
        """Stop the stream. Safe at any time and more than once; raises nothing."""

    async def frame(self, after: int = -1) -> Frame:
        """Wait for a picture with a sequence above ``after``; of several, the newest.

        Raises:
            DeviceGone: the stream ended. DeviceSilent: no new picture within the driver's limit. Close and open afresh.
        """
