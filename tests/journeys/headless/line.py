"""The line to the backend as one more device that fails: a proxy with a fault menu, and a backend on a thread."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.backend.server import serve_on
from kiosk.backend.settings import BackendSettings
from kiosk.catalogue import Catalogue

ROOT = Path(__file__).parents[3]
STARTED_S = 60.0
LATE_S = 6.0
MENU: Final = {
    "unplugged": "nobody is there",
    "mute": "takes what it is sent and carries it nowhere",
    "slow": "answers late",
    "half": "breaks off in the middle of every answer",
    "lost-answer": "carries everything to the backend, and hangs up before any answer",
}
_CHUNK = 65536


class Line:
    """A TCP line to somebody who listens on the loopback.

    Args:
        port: Of the far end.
    """

    def __init__(self, port: int) -> None:
        self.fault = ""
        self.url = ""
        self._far_port = port
        self._port = 0
        self._server: asyncio.Server | None = None
        self._calls: set[asyncio.Task[None]] = set()
        self._owed: set[asyncio.StreamWriter] = set()

    @property
    def owes(self) -> bool:
        """Whether the far end has yet to answer something that was carried there."""
        return bool(self._owed)

    async def start(self) -> None:
        """Listen, always at the same port."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """Hang up and listen no more."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        await self._hang_up()

    async def strike(self, fault: str) -> None:
        """Have a fault of ``MENU`` from now on; none when it is empty."""
        self.fault = fault
        if fault == "unplugged":
            await self.stop()
        elif self._server is None:
            await self.start()
        if fault == "mute":
            self._owed.clear()

    async def _hang_up(self) -> None:
        calls = tuple(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.get_running_loop().create_task(self._carry(reader, writer), name="line")
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far: asyncio.StreamWriter | None = None
        try:
            answers, far = await asyncio.open_connection("127.0.0.1", self._far_port)
            out = asyncio.create_task(self._there(reader, far), name="line out")
            back = asyncio.create_task(self._back(answers, writer, far), name="line back")
            try:
                await asyncio.wait({out, back}, return_when="FIRST_COMPLETED")
            finally:
                for each in (out, back):
                    each.cancel()
                await asyncio.gather(out, back, return_exceptions=True)
        except OSError:
            pass  # the far end is not there: the near one hears it by the hang-up
        finally:
            for end in (writer, far):
                if end is not None:
                    self._owed.discard(end)
                    end.transport.abort()

    async def _there(self, reader: asyncio.StreamReader, far: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            if self.fault == "mute":
                continue
            self._owed.add(far)
            far.write(data)
            await far.drain()

    async def _back(self, answers: asyncio.StreamReader, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        while data := await answers.read(_CHUNK):
            if b"text/event-stream" not in data or self.fault == "mute":
                self._owed.discard(far)
            if self.fault == "mute":
                continue
            if self.fault == "lost-answer":
                return
            if self.fault == "slow":
                await asyncio.sleep(LATE_S)
            if self.fault == "half":
                near.write(data[: len(data) // 2])
                await near.drain()
                near.close()
                await near.wait_closed()
                return
            near.write(data)
            await near.drain()


@contextlib.contextmanager
def backend(home: Path, catalogue: Catalogue) -> Iterator[int]:
    """Serve on a thread of its own, by real time, and give the port."""
    settings = BackendSettings(
        data_dir=home,
        catalogue_dir=ROOT / "assets" / "catalogue",
        people_path=ROOT / "assets" / "simulated" / "people.yaml",
        simulated=True,
        codes_an_hour=1_000_000,
        generated_people=0,
        reminders=False,
    )
    ready = threading.Event()
    held: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    failures: list[BaseException] = []

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]

        async def serve() -> None:
            stop = asyncio.Event()
            held.append((asyncio.get_running_loop(), stop))
            await serve_on(settings, listening, ready=lambda _: ready.set(), stop=stop, catalogue=catalogue)

        def run() -> None:
            try:
                asyncio.run(serve())
            except BaseException as failure:  # noqa: BLE001 - the test's own thread raises it again
                failures.append(failure)
                ready.set()

        thread = threading.Thread(target=run, name="backend")
        thread.start()
        try:
            assert ready.wait(STARTED_S), "the backend did not start"
            if failures:
                raise failures[0]
            yield port
        finally:
            if held:
                loop, stop = held[0]
                with contextlib.suppress(RuntimeError):  # it has ended by itself
                    loop.call_soon_threadsafe(stop.set)
            thread.join(STARTED_S)
