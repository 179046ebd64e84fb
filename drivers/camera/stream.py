"""Cameras: a stream over the network, or a V4L2 device under /dev, held by a child process that can be killed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from drivers.camera import messages
from drivers.camera.api import CameraProbe, Frame, SeenCode
from drivers.camera.legibility import LEAST_PRINT
from drivers.camera.opening import Opening, again
from drivers.errors import DeviceAbsent, DeviceGarbled, DeviceGone, DeviceRefused, DeviceSilent
from drivers.status import WELL, Condition, Identity

_PORTS: Final = {"http": 80, "https": 443, "rtsp": 554}
_MOST_BEAT_S: Final = 0.25


class StreamCamera:
    """A ``Camera``.

    Args:
        source: ``http://…``, ``https://…`` or ``rtsp://…``, or a path: ``/dev/v4l/by-path/…`` survives re-plugging.
        open_s: Time allowed to connect and for the first picture.
        silent_s: How old the newest picture may get.
        width: Pixels asked of a V4L2 device.
        height: Pixels asked of a V4L2 device.
        frames_per_s: Asked of a V4L2 device; 0: as many as it likes.
        transport: Of an RTSP stream, "tcp" or "udp".
    """

    def __init__(
        self,
        source: str,
        *,
        open_s: float = 5.0,
        silent_s: float = 2.0,
        width: int = 1280,
        height: int = 960,
        frames_per_s: float = 0.0,
        transport: str = "tcp",
    ) -> None:
        self._name = without_secrets(source)
        self._start = messages.Start(
            source=source,
            width=width,
            height=height,
            rate=frames_per_s,
            transport=transport,
            open_s=open_s,
            silent_s=silent_s,
            beat_s=min(_MOST_BEAT_S, silent_s / 8),
        )
        self._opening: Opening | None = None
        self._told: Condition | None = None
        self._identity = Identity(connection=self._name)

    @property
    def identity(self) -> Identity:
        """Who is there; see ``Device.identity``."""
        return self._identity

    @property
    def pid(self) -> int | None:
        """The process that holds the camera; None: it is not open."""
        return None if self._opening is None else self._opening.pid

    async def open(self) -> None:
        """Start the stream; see ``Camera``."""
        if self._opening is not None and self._opening.ended is None:
            return
        await self.close()
        limit_s = self._start.open_s
        try:
            async with asyncio.timeout(limit_s):
                await self.there()
                self._opening = opening = Opening(self._name, self._start)
                opened = await asyncio.shield(opening.opened)
        except TimeoutError:
            lost = self._opening.counts.lost if self._opening is not None else 0
            await self.close()
            if lost:
                raise DeviceGarbled(f"{self._name}: {lost} pictures, none of them whole") from None
            raise DeviceSilent(f"{self._name}: no picture within {limit_s:g} s") from None
        except BaseException:
            await self.close()
            raise
        self._told = None
        self._identity = Identity(
            maker=opened.maker,
            model=opened.model,
            serial=opened.serial,
            firmware=opened.firmware,
            connection=f"{self._name}, {opened.coding}" if opened.coding else self._name,
        )

    async def close(self) -> None:
        """Stop the stream; see ``Camera``."""
        opening = self._opening
        if opening is not None:
            await opening.close()
            # only now: whoever is cancelled in between and closes again waits for the child again
            if self._opening is opening:
                self._opening = None

    async def frame(self, after: int = -1) -> Frame:
        """Wait for a picture; see ``Camera``."""
        return await self._open_one().frame(after)

    async def codes(self) -> tuple[SeenCode, ...]:
        """Wait for codes; see ``Camera``."""
        return await self._open_one().codes()

    async def probe(self, pictures: int = 30) -> CameraProbe:
        """Measure the stream; see ``Camera``."""
        opening = self._open_one()
        before = await opening.measure()
        while opening.ended is None and opening.counts.arrived < before.arrived + pictures:
            await opening.changed()
        after = await opening.measure()
        return CameraProbe(
            width=after.width,
            height=after.height,
            pictures=after.arrived - before.arrived,
            took_s=after.at - before.at,
            lost=after.lost - before.lost,
            repeated=after.repeated - before.repeated,
            sharpness=after.sharpness,
            brightness=after.brightness,
            clipped=after.clipped,
        )

    async def legible(self, frame: Frame) -> bool:
        """Return whether print can be read; see ``Camera``."""
        return await self._open_one().judge(frame.jpeg) >= LEAST_PRINT

    async def watch(self) -> Condition:
        """Wait for a change; see ``Device.watch``."""
        opening = self._open_one()
        while opening.ended is None:
            condition = WELL if self._told is None else opening.condition
            if condition != self._told:
                self._told = condition
                return condition
            await opening.changed()
        raise again(opening.ended)

    async def appears(self) -> None:
        """Wait until opening is worth a try; see ``Device.appears``. For ever where the camera is in the network."""
        if not self._start.source.startswith("/"):
            await asyncio.get_running_loop().create_future()
        from drivers.presence import appears  # only for who waits for one: it is no part of opening

        await appears(Path(self._start.source))

    async def there(self) -> None:
        """Find out whether there is anything to open, without a process for nothing; see ``Camera``."""
        source = self._start.source
        if source.startswith("/"):
            if not await asyncio.to_thread(Path(source).exists):
                raise DeviceAbsent(f"{self._name}: no such device")
            return
        try:
            address = urlsplit(source)
            host, port = address.hostname, address.port or _PORTS[address.scheme]
        except (ValueError, KeyError) as error:
            raise DeviceRefused(f"{self._name}: neither a path nor an address of a stream") from error
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError as error:
            raise DeviceAbsent(f"{self._name}: {error}") from error
        writer.transport.abort()

    async def leaves(self) -> None:
        """Wait until it is no longer there; see ``Camera``. For ever where the camera is in the network."""
        if not self._start.source.startswith("/"):
            await asyncio.get_running_loop().create_future()
        from drivers.presence import leaves  # as in appears

        await leaves(Path(self._start.source))

    def _open_one(self) -> Opening:
        if self._opening is None:
            raise DeviceGone(f"{self._name} is not open")
        return self._opening


def without_secrets(source: str) -> str:
    """Return the source as it may be shown, which is its place for a tap: without user, password and query."""
    if source.startswith("/"):
        return source
    try:
        address = urlsplit(source)
        port = f":{address.port}" if address.port else ""
    except ValueError:
        return "an address that cannot be read"
    return f"{address.scheme}://{address.hostname or ''}{port}{address.path}"
