"""What every camera promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.status import Device


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


@dataclass(frozen=True, kw_only=True, slots=True)
class CameraProbe:
    """What a camera measured of its own pictures."""

    width: int
    """Pixels."""
    height: int
    """Pixels."""
    pictures: int
    """Different pictures that came."""
    took_s: float
    lost: int
    """Pictures the stream announced and did not bring, and such that could not be decoded."""
    repeated: int
    """Pictures equal to the one before, bit by bit."""
    sharpness: float
    """Variance of the Laplacian of the last picture in grey, 8 bits; grows with focus."""
    brightness: float
    """Mean of the last picture in grey, 0 to 255."""
    clipped: float
    """Share of its pixels that are quite black or quite white, 0 to 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenCode:
    """A code that was found in a picture."""

    raw: bytes
    symbology: str
    """As zxing-cpp names it: "QRCode", "Code128", ..."""
    corners: tuple[tuple[int, int], ...]
    """Of the code in the picture, in pixels, clockwise from its top left."""
    text: str = ""
    """What it says, where its reader knows that better than the bytes tell; empty: as they are."""


class Camera(Device, Protocol):
    """A camera that is looked at live and asked for a picture."""

    async def open(self) -> None:
        """Start the stream; the first picture has arrived when this returns.

        Raises:
            DeviceAbsent, DeviceSilent: nothing stays open.
        """

    async def close(self) -> None:
        """Stop the stream. Safe at any time and more than once; raises nothing."""

    async def there(self) -> None:
        """Find out whether there is anything to open, without opening it: a camera that rests films nobody.

        Raises:
            DeviceAbsent: there is not. DeviceRefused: the settings name nothing that could be there.
        """

    async def leaves(self) -> None:
        """Wait until a camera that is closed is no longer there; for ever where the wire has no such event."""

    async def frame(self, after: int = -1) -> Frame:
        """Wait for a picture with a sequence above ``after``; of several, the newest.

        Raises:
            DeviceGone: the stream ended. DeviceSilent: no new picture within the driver's limit. Close and open afresh.
        """

    async def codes(self) -> tuple[SeenCode, ...]:
        """Look at every picture from now on, and return the codes of the first that has any.

        Waits for ever: the caller sets the limit and cancels. May run beside ``frame``.

        Raises:
            DeviceGone, DeviceSilent: close and open afresh.
        """

    async def legible(self, frame: Frame) -> bool:
        """Return whether a paper lies there and its print can be read; an open camera's own process looks at it.

        Raises:
            DeviceGone, DeviceSilent: it was lost meanwhile; the picture is none the worse.
        """

    async def probe(self, pictures: int = 30) -> CameraProbe:
        """Measure the stream over so many pictures.

        Raises:
            DeviceGone, DeviceSilent: close and open afresh.
        """
