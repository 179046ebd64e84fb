"""All simulated devices in one process, and a socket through which hands reach them.

One request is one line of JSON, and so is each answer::

    {"device": "idreader", "action": "insert", "document": "chen"}
    {"ok": true, "state": {"plugged": "yes", "document": "chen", …}, "told": {}}

Any device also understands ``script`` with a ``text``: see ``drivers.simulated.script``. The device ``*`` is the hub
itself; see ``HUB_ACTIONS`` for what it can be asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from drivers.simulated.api import SimulatedDevice, UnknownAction
from drivers.simulated.camera import SimulatedCamera
from drivers.simulated.card import SimulatedCard
from drivers.simulated.clock import LOOP_CLOCK, Clock
from drivers.simulated.headphones import SimulatedHeadphones
from drivers.simulated.idreader import SimulatedIdReader
from drivers.simulated.menu import Menu
from drivers.simulated.papers import load_papers
from drivers.simulated.people import load_people
from drivers.simulated.printer import SimulatedPrinter
from drivers.simulated.scanner import SimulatedScanner
from drivers.simulated.script import ScriptError, Step, fits, parse, play
from drivers.simulated.slips import newest

_log = logging.getLogger(__name__)

CONTROL_SOCKET: Final = "control.sock"
ALL: Final = "*"
HUB_ACTIONS: Final = ("state", "watch", "menu", "wiring")
SCRIPT: Final = "script"
LONGEST_LINE_BYTES: Final = 1 << 20


class SimulatedHub:
    """Starts, stops and reaches the devices. One that fails takes no other down.

    Args:
        runtime_dir: Folder for ports and sockets; short, because the path of a socket has at most 107 bytes.
        people_path: Whose documents and cards there are.
        papers_path: What can be put under the camera.
        printer_port: TCP port of the printer; 0 takes a free one, see ``wiring``.
        camera_port: TCP port of the camera; 0 takes a free one.
        pace: 1 is as slow as real devices, 0 without delay.
        slips_dir: Where printed slips go; None: ``slips`` in ``runtime_dir``.
        width_dots: Width of the printer's paper.
        trigger: Of the scanner, "honeywell" or "none".
        clock: What time faults and scripts go by.

    Raises:
        ValueError: one of the two files is not what it should be.
    """

    def __init__(
        self,
        runtime_dir: Path,
        people_path: Path,
        papers_path: Path,
        printer_port: int = 0,
        camera_port: int = 0,
        pace: float = 1.0,
        slips_dir: Path | None = None,
        *,
        width_dots: int = 576,
        trigger: str = "honeywell",
        clock: Clock = LOOP_CLOCK,
    ) -> None:
        people, papers = load_people(people_path), load_papers(papers_path)
        self._runtime_dir = runtime_dir
        self._menu = Menu(people, papers)
        self._idreader = SimulatedIdReader(runtime_dir / "idreader", people, pace=pace)
        self._card = SimulatedCard(runtime_dir / "pcscd", people, authorities=runtime_dir)
        self._scanner = SimulatedScanner(runtime_dir / "scanner", pace=pace, trigger=trigger)
        slips = self._slips_dir = slips_dir or runtime_dir / "slips"
        self._printer = SimulatedPrinter(port=printer_port, pace=pace, slips_dir=slips, width_dots=width_dots)
        self._camera = SimulatedCamera(papers, port=camera_port)
        self._headphones = SimulatedHeadphones(runtime_dir / "headphones")
        every: tuple[SimulatedDevice, ...] = (
            *(self._idreader, self._card, self._scanner),
            *(self._printer, self._camera, self._headphones),
        )
        self.devices: Mapping[str, SimulatedDevice] = {device.kind: device for device in every}
        for device in every:
            device.faults.clock = clock
        self._scripts: dict[str, asyncio.Task[None]] = {}
        self._script_lines: dict[str, str] = {}
        self._failures: dict[str, str] = {}
        self._watchers: set[asyncio.Event] = set()
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    @property
    def control_path(self) -> Path:
        """The socket to reach the devices by."""
        return self._runtime_dir / CONTROL_SOCKET

    async def start(self) -> None:
        """Start all devices at once, then listen. A device that cannot start says so in its state.

        Raises:
            OSError: the control socket cannot be had; nothing stays.
        """
        self._runtime_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        for device in self.devices.values():
            device.on_change = self._changed
        await asyncio.gather(*map(self._start_one, self.devices))
        self.control_path.unlink(missing_ok=True)
        try:
            path, limit = self.control_path, LONGEST_LINE_BYTES
            self._server = await asyncio.start_unix_server(self._accept, path, limit=limit)
        except OSError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop everything. Safe at any time and more than once; raises nothing."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            self.control_path.unlink(missing_ok=True)
        clients = tuple(self._clients)
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
        for each in self.devices.values():
            each.on_change = None
        for kind in self.devices:
            await self._end_script(kind)
        ends = await asyncio.gather(*(device.stop() for device in self.devices.values()), return_exceptions=True)
        for device, end in zip(self.devices, ends, strict=True):
            if isinstance(end, BaseException):
                _log.error("the simulated %s did not stop: %s", device, end)

    def states(self) -> dict[str, dict[str, str]]:
        """Return what an onlooker sees of every device; ``failed`` says why one is not there."""
        return {kind: self._state(kind) for kind in self.devices}

    def wiring(self) -> dict[str, str]:
        """Return where the drivers find the devices, and ``PCSCLITE_CSOCK_NAME`` for the environment of PC/SC's."""
        return {
            "idreader": str(self._runtime_dir / "idreader"),
            "scanner": str(self._runtime_dir / "scanner"),
            "printer": f"127.0.0.1:{self._printer.port}",
            "camera": self._camera.url,
            "headphones": str(self._runtime_dir / "headphones"),
            **self._card.environment,
        }

    async def do(self, device: str, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """Do what a hand does to a device; see ``SimulatedDevice.do``.

        A device that could not start is tried again with ``plug``.

        Raises:
            UnknownAction: no such device, action or value; nothing happened.
            ScriptError: the text of a script is none; the one before it has ended.
        """
        if device not in self.devices:
            raise UnknownAction(device, (ALL, *self.devices))
        if device not in self._failures:
            if action == "slip" and not arguments:  # the hand takes the one that was printed last
                arguments = {"file": newest(self._slips_dir)}
            if action != SCRIPT:
                return await self.devices[device].do(action, arguments)
            await self._script(device, arguments)
            return {}
        if action != "plug":
            raise UnknownAction(action, ("plug",))
        await self._start_one(device)
        self._changed()
        return {}

    async def _start_one(self, kind: str) -> None:
        try:
            await self.devices[kind].start()
        except Exception as error:  # noqa: BLE001 - whatever one device dies of, the others live on
            _log.error("the simulated %s did not start: %s", kind, error)
            self._failures[kind] = str(error) or type(error).__name__
        else:
            self._failures.pop(kind, None)

    async def _script(self, kind: str, arguments: Mapping[str, str]) -> None:
        if unknown := set(arguments) - {"text"}:
            raise UnknownAction(min(unknown), ("text",))
        await self._end_script(kind)
        text = arguments.get("text", "")
        if text.strip():
            steps = parse(text)
            fits(steps, self.devices[kind])
            self._script_lines[kind] = "; ".join(map(str, steps))
            self._scripts[kind] = asyncio.create_task(self._play(kind, steps), name=f"script of the {kind}")
        self._changed()

    async def _play(self, kind: str, steps: tuple[Step, ...]) -> None:
        device = self.devices[kind]
        try:
            for number, step in enumerate(steps):
                self._script_lines[kind] = "; ".join(map(str, steps[number:]))
                self._changed()
                await play((step,), device)
            self._script_lines.pop(kind)
        except Exception as error:  # noqa: BLE001 - a script that goes wrong is told so, and the hub lives on
            _log.error("the script of the simulated %s went wrong: %r", kind, error)
            self._script_lines[kind] = f"failed: {error}"
        self._changed()

    async def _end_script(self, kind: str) -> None:
        script = self._scripts.pop(kind, None)
        self._script_lines.pop(kind, None)
        if script is not None:
            script.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await script

    def _state(self, kind: str) -> dict[str, str]:
        failed, script = self._failures.get(kind), self._script_lines.get(kind)
        state = {"plugged": "no", "failed": failed} if failed else self.devices[kind].state()
        return {**state, SCRIPT: script} if script else state

    def _changed(self) -> None:
        for watcher in self._watchers:
            watcher.set()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = asyncio.get_running_loop().create_task(self._serve(reader, writer), name="simulated hub")
        self._clients.add(client)
        client.add_done_callback(self._clients.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await _line(reader):
                request = _request(line)
                if isinstance(request, str):
                    await _say(writer, {"ok": False, "error": request})
                elif request[:2] == (ALL, "watch"):
                    await self._watch(reader, writer)
                    return
                else:
                    await _say(writer, await self._answer(*request))
        except OSError as error:
            _log.debug("a hand let go: %s", error)
        finally:
            writer.close()

    async def _answer(self, device: str, action: str, arguments: dict[str, str]) -> dict[str, Any]:
        try:
            if device == ALL:
                return {"ok": True, **self._about(action)}
            told = await self.do(device, action, arguments)
            return {"ok": True, "state": self._state(device), "told": told}
        except ScriptError as error:
            return {"ok": False, "error": str(error)}
        except UnknownAction as error:
            allowed = ", ".join(error.allowed)
            return {"ok": False, "error": f"{error.asked!r} is not known; allowed: {allowed}"}
        except Exception as error:  # noqa: BLE001 - a hand that fails is told so, and the hub lives on
            _log.error("the simulated %s failed at %s: %r", device, action, error)
            return {"ok": False, "error": f"{device} {action}: {str(error) or type(error).__name__}"}

    def _about(self, action: str) -> dict[str, Any]:
        match action:
            case "state":
                return {"states": self.states()}
            case "menu":
                return {"menu": {kind: self._menu_of(kind) for kind in self.devices}}
            case "wiring":
                return {"wiring": self.wiring()}
        raise UnknownAction(action, HUB_ACTIONS)

    def _menu_of(self, kind: str) -> Any:
        if kind in self._failures:
            return [{"action": "plug"}]
        printed = any(self._slips_dir.glob("slip-*.png"))
        return msgspec.to_builtins(
            [each for each in self._menu.of(self.devices[kind]) if each.action != "slip" or printed]
        )

    async def _watch(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send all states at once, and again after every change, until the far side hangs up."""
        news = asyncio.Event()
        self._watchers.add(news)
        hung_up = asyncio.create_task(_until_end(reader))
        hung_up.add_done_callback(lambda _: news.set())
        try:
            while not hung_up.done():
                news.clear()
                await _say(writer, {"ok": True, "states": self.states()})
                await news.wait()
        finally:
            self._watchers.discard(news)
            hung_up.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await hung_up


async def run_hub(hub: SimulatedHub, *, ready: Callable[[], None] | None = None, ready_fd: int | None = None) -> None:
    """Run a hub until SIGTERM or SIGINT.

    Args:
        hub: Not started.
        ready: Called when all devices are up.
        ready_fd: A descriptor that gets ``ready`` and a line feed then, and is closed.

    Raises:
        OSError: the control socket cannot be had.
    """
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    try:
        await hub.start()
        if ready is not None:
            ready()
        if ready_fd is not None:
            with contextlib.suppress(BrokenPipeError):
                os.write(ready_fd, b"ready\n")
            os.close(ready_fd)
        await ended.wait()
    finally:
        await hub.stop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _request(line: bytes) -> tuple[str, str, dict[str, str]] | str:
    """Return device, action and arguments of a request, or what is wrong with it."""
    try:
        fields = msgspec.json.decode(line, type=dict[str, str | int | float])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        return f"a request is one JSON object of texts on one line: {error}"
    texts = {name: str(value) for name, value in fields.items()}
    if "device" not in texts or "action" not in texts:
        return 'a request names "device" and "action"'
    return texts.pop("device"), texts.pop("action"), texts


async def _line(reader: asyncio.StreamReader) -> bytes:
    """Return the next line; nothing at the end, or when a line is too long to be a request."""
    try:
        return await reader.readline()
    except ValueError:
        return b""


async def _until_end(reader: asyncio.StreamReader) -> None:
    while await reader.read(4096):
        continue


async def _say(writer: asyncio.StreamWriter, answer: dict[str, Any]) -> None:
    writer.write(msgspec.json.encode(answer) + b"\n")
    await writer.drain()
