"""A document camera as a network camera is: Motion JPEG over HTTP, with a desk to put papers on."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Mapping
from typing import Final

from PIL import Image, ImageChops

from drivers.simulated import slips
from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu
from drivers.simulated.papers import Paper, scene

_log = logging.getLogger(__name__)

FAULTS: Final = {**menu(), "wrong-version": "sends pictures of another size than before"}
"""A stream says nothing of who sends it; another camera shows by its pictures."""

SLIP: Final = "slip"
"""Stands for the paper when a printed slip lies there."""
_VARIANTS: Final = 4
"""Pictures of one scene that differ in their noise, as a sensor's do."""
_NOISE: Final = 6.0
_LATE_S: Final = 1.0
"""Between two pictures of a slow camera."""
_OTHER_SIZE: Final = (640, 480)
_JPEG_QUALITY: Final = 85
_BOUNDARY: Final = b"frame"
_LONGEST_REQUEST_BYTES: Final = 8192
_HEAD: Final = (
    b"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nConnection: close\r\n"
    b"Content-Type: multipart/x-mixed-replace; boundary=" + _BOUNDARY + b"\r\n\r\n"
)


class SimulatedCamera:
    """Implements ``SimulatedDevice``. The stream is at ``url``.

    Args:
        papers: What can be put under it, by key.
        host: Address to listen at.
        port: TCP port; 0 takes a free one, which it then keeps.
        frames_per_s: How many pictures it sends.
    """

    kind = "camera"
    actions: tuple[str, ...] = ("put", "slip", "clear", "freeze", "thaw", "unplug", "plug", "fault")

    def __init__(
        self, papers: Mapping[str, Paper], host: str = "127.0.0.1", port: int = 0, *, frames_per_s: float = 10.0
    ) -> None:
        self.on_change: Callable[[], None] | None = None
        self._papers = papers
        self._host = host
        self._port = port
        self._frames_per_s = frames_per_s
        self._server: asyncio.Server | None = None
        self._viewers: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._paper = ""
        self.faults = Faults(
            FAULTS, units=("frame",), plug=self._plug, unplug=self._unplug, changed=self._changed, late_s=_LATE_S
        )
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._drawn: dict[str, tuple[bytes, ...]] = {}
        self._drawing = asyncio.Lock()
        self._sent = 0

    @property
    def port(self) -> int:
        """The TCP port; known once started."""
        return self._port

    @property
    def url(self) -> str:
        """Where the stream is."""
        return f"http://{self._host}:{self._port}/desk.mjpeg"

    async def start(self) -> None:
        """See ``SimulatedDevice.start``."""
        self._paper = ""
        await self.faults.stop()
        self._flowing.set()
        await self._plug()

    async def stop(self) -> None:
        """See ``SimulatedDevice.stop``."""
        await self.faults.stop()
        await self._unplug()

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice.state``."""
        return {
            "plugged": "yes" if self._server is not None else "no",
            "paper": self._paper,
            "stream": "flowing" if self._flowing.is_set() else "stalled",
            "viewers": str(len(self._viewers)),
            **self.faults.state(),
        }

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice.do``.

        ``put`` takes ``paper``, a key; ``slip`` takes ``file``, the picture of a slip; ``fault`` see ``Faults.order``.
        """
        match action:
            case "put":
                if arguments.get("paper") not in self._papers:
                    raise UnknownAction(arguments.get("paper", ""), self._papers)
                await self._pictures(arguments["paper"])
                self._paper = arguments["paper"]
            case "slip":
                slip = slips.opened(arguments.get("file", ""))
                self._drawn[SLIP] = await asyncio.to_thread(_pictures_of, slips.on_desk(slip))
                self._paper = SLIP
            case "clear":
                self._paper = ""
            case "freeze":
                self._flowing.clear()
            case "thaw":
                self._flowing.set()
            case "unplug":
                await self._unplug()
            case "plug":
                await self._plug()
            case "fault":
                await self.faults.order(arguments)
            case _:
                raise UnknownAction(action, self.actions)
        self._changed()
        return {}

    async def _plug(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, self._host, self._port, reuse_address=True)
            self._port = self._server.sockets[0].getsockname()[1]

    async def _unplug(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        viewers = dict(self._viewers)
        for task, writer in viewers.items():
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*viewers, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._server is None:
            writer.transport.abort()
            return
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer), name="simulated camera")
        self._viewers[task] = writer
        task.add_done_callback(self._left)
        self._changed()

    def _left(self, task: asyncio.Task[None]) -> None:
        self._viewers.pop(task).close()
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.debug("a viewer of the simulated camera left: %s", error)
        self._changed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one viewer until it goes; it is let go when this returns or raises."""
        request = await reader.readuntil(b"\r\n\r\n")
        if len(request) > _LONGEST_REQUEST_BYTES or not request.startswith(b"GET /desk.mjpeg HTTP/1."):
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        writer.write(_HEAD)
        while not reader.at_eof():
            await self._flowing.wait()
            await self.faults.begins("frame")
            picture = await self.faults.spoil(await self._picture())
            if picture:
                header = b"--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                writer.write(header % (_BOUNDARY, len(picture)) + picture + b"\r\n")
                await writer.drain()
            await self.faults.ends("frame")
            await asyncio.sleep(1 / self._frames_per_s)

    async def _picture(self) -> bytes:
        pictures = await self._pictures(self._paper)
        self._sent += 1
        picture = pictures[self._sent % _VARIANTS]
        return await asyncio.to_thread(_smaller, picture) if self.faults.kind == "wrong-version" else picture

    async def _pictures(self, key: str) -> tuple[bytes, ...]:
        """Return the pictures of a scene, drawn when they are first looked at and beside the event loop."""
        if key in self._drawn:  # the stream goes on while another scene is drawn
            return self._drawn[key]
        async with self._drawing:
            if key not in self._drawn:
                self._drawn[key] = await asyncio.to_thread(_draw, self._papers.get(key))
            return self._drawn[key]

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()


def _draw(paper: Paper | None) -> tuple[bytes, ...]:
    return _pictures_of(scene(paper))


def _pictures_of(picture: Image.Image) -> tuple[bytes, ...]:
    # Grey around 128; added with an offset of as much it leaves the picture as bright as it was.
    noise = Image.effect_noise(picture.size, _NOISE)
    jpegs = []
    for variant in range(_VARIANTS):
        grain = ImageChops.offset(noise, 311 * variant, 173 * variant)
        held = io.BytesIO()
        ImageChops.add(picture, Image.merge("RGB", (grain,) * 3), 1, -128).save(held, "JPEG", quality=_JPEG_QUALITY)
        jpegs.append(held.getvalue())
    return tuple(jpegs)


def _smaller(jpeg: bytes) -> bytes:
    held = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).resize(_OTHER_SIZE).save(held, "JPEG", quality=_JPEG_QUALITY)
    return held.getvalue()
