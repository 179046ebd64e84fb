"""A simulated power supply: a server of Network UPS Tools, written from RFC 9271, before a battery made of numbers.

The tests of the driver run on Debian's real ``upsd`` too; this one is for what a healthy server does not do (silence,
half an answer, refusals that take a configuration of their own), and where no NUT is installed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Final

from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu

_log = logging.getLogger(__name__)

FAULTS: Final = menu(
    {
        "stale": "the server no longer hears from the supply",
        "denied": "the server does not let us ask",
        "endless": "an answer that does not end",
    },
    without=("wrong-version",),
)
STATES: Final = {
    "on-line": {"ups.status": "OL CHRG", "battery.charge": "97", "battery.runtime": "1500"},
    "on-battery": {"ups.status": "OB DISCHRG", "battery.charge": "80", "battery.runtime": "900"},
    "low-battery": {"ups.status": "OB DISCHRG LB", "battery.charge": "9", "battery.runtime": "60"},
    "replace-battery": {"ups.status": "OL RB", "battery.charge": "100", "battery.runtime": "200"},
    "bypass": {"ups.status": "OL BYPASS"},
}
"""What a hand can make of it, and what it then says."""
_FIXED: Final = {
    "battery.voltage": "13.6",
    "device.mfr": "EXAMPLE",
    "device.model": 'Mini "850" \\ B',
    "device.serial": "SIM-0001",
    "driver.name": "simulated",
    "driver.version": "1.0",
    "ups.firmware": "7.1",
    "ups.load": "23",
}
_ERRORS: Final = {"stale": "DATA-STALE", "denied": "ACCESS-DENIED"}
_LONGEST_REQUEST: Final = 512


class SimulatedPower:
    """Implements ``SimulatedDevice``.

    Args:
        name: Of the supply.
        port: Where it listens; 0: any, and the same one each time it is plugged in.
    """

    kind = "power"
    actions: tuple[str, ...] = (*STATES, "unplug", "plug", "fault")

    def __init__(self, name: str = "ups", *, port: int = 0) -> None:
        self.on_change: Callable[[], None] | None = None
        self.port = port
        self._name = name
        self._supply = "on-line"
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self.faults = Faults(
            FAULTS, units=("command", "byte"), plug=self._plug, unplug=self._unplug, changed=self._changed, late_s=10.0
        )

    async def start(self) -> None:
        """See ``SimulatedDevice``."""
        self._supply = "on-line"
        await self.faults.stop()
        await self._plug()

    async def stop(self) -> None:
        """See ``SimulatedDevice``."""
        await self.faults.stop()
        await self._unplug()

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice``; ``fault`` see ``Faults.order``."""
        match action:
            case "unplug":
                await self._unplug()
            case "plug":
                await self._plug()
            case "fault":
                await self.faults.order(arguments)
            case _ if action in STATES:
                self._supply = action
            case _:
                raise UnknownAction(action, self.actions)
        self._changed()
        return {}

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice``."""
        plugged = "no" if self._server is None else "yes"
        return {"plugged": plugged, "supply": self._supply, **self.faults.state()}

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()

    async def _plug(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(
                self._connected, "127.0.0.1", self.port, limit=_LONGEST_REQUEST, reuse_address=True
            )
            self.port = self._server.sockets[0].getsockname()[1]

    async def _unplug(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()
            for line in tuple(self._lines):
                line.transport.abort()
            for serving in tuple(self._serving):
                serving.cancel()
            await asyncio.gather(*self._serving, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def write(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        self._lines.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                while True:
                    request = await reader.readuntil(b"\n")
                    await self.faults.begins("command")
                    await self.faults.send(self.answer(request), write)
                    await self.faults.ends("command")
        finally:
            self._lines.discard(writer)
            writer.transport.abort()

    def answer(self, request: bytes) -> bytes:
        """Return what is answered to one line."""
        words = request.decode("ascii", errors="replace").split()
        if self.faults.kind in _ERRORS:
            return f"ERR {_ERRORS[self.faults.kind]}\n".encode()
        match words:
            case ["LIST", "VAR", name] if name == self._name:
                lines = [f'VAR {name} {variable} "{_quoted(value)}"' for variable, value in self._variables().items()]
                whole = "\n".join((f"BEGIN LIST VAR {name}", *lines, f"END LIST VAR {name}", "")).encode()
                return whole if self.faults.kind != "endless" else whole[:40] + b"x" * 1_000_000
            case ["GET" | "LIST", "VAR", _, *_]:
                return b"ERR UNKNOWN-UPS\n" if words[2] != self._name else b"ERR VAR-NOT-SUPPORTED\n"
            case ["LOGOUT"]:
                return b"OK Goodbye\n"
        _log.error("the simulated power supply was asked for what it does not know")
        return b"ERR UNKNOWN-COMMAND\n"

    def _variables(self) -> dict[str, str]:
        return dict(sorted({**_FIXED, **STATES[self._supply]}.items()))


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
