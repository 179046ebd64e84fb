"""A real server of Network UPS Tools with its dummy driver, as Debian ships both, in a folder and on a port of its own.

By hand, from the root of the project::

    PYTHONPATH=. .venv/bin/python tests/drivers/power/real_upsd.py /tmp/nut    # prints its port, ends with Ctrl-C
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pwd
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from drivers.presence import appears

_log = logging.getLogger(__name__)

PROGRAMS: Final = Path("/lib/nut")
"""Not those of /usr/sbin: they are wrappers that start nothing on a machine that is no server."""
_VARIABLES: Final = {
    "ups.mfr": "EXAMPLE",
    "ups.model": "Mini 850",
    "ups.serial": "SIM-7",
    "ups.firmware": "1.2",
    "ups.load": "23",
    "ups.status": "OL",
    "battery.charge": "97",
    "battery.runtime": "1500",
    "battery.voltage": "13.6",
}
_FRESH_S: Final = 15
"""How long the server lets a driver be silent: as Debian sets it, for a slow machine is no broken supply."""
_STALE_S: Final = 1
"""The same while the driver is frozen: nobody waits longer than they must."""
_LET_GO_S: Final = 5.0


class RealUpsd:
    """upsd, and dummy-ups behind it.

    Args:
        folder: For the configuration, the sockets and the supply's variables.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._dev = folder / "ups.dev"
        self._server: asyncio.subprocess.Process | None = None
        self._driver: asyncio.subprocess.Process | None = None
        self._said_s = int(time.time())
        self.port = _free_port()

    async def start(self) -> None:
        """Write the configuration and start both; returns when the server has heard of the supply."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        self._write("ups.conf", "maxretry = 1\n[ups]\n driver = dummy-ups\n port = ups.dev\n pollinterval = 1\n")
        self._allow_silence(_FRESH_S)
        self._write("upsd.users", "")
        self.say()
        await self.start_driver()
        await self.start_server()

    def say(self, **variables: str) -> None:
        """Let the supply say this, ``ups_status`` for ``ups.status``, and all else as it usually does.

        dummy-ups reads the file again when its time differs in whole seconds (``st_mtime``); each file is therefore a
        second younger than the one before, whatever the clock says.
        """
        told = _VARIABLES | {name.replace("_", "."): value for name, value in variables.items()}
        fresh = self._dev.with_suffix(".new")
        fresh.write_text("".join(f"{name}: {value}\n" for name, value in told.items()))
        self._said_s += 1
        os.utime(fresh, (self._said_s, self._said_s))
        fresh.replace(self._dev)

    async def start_driver(self) -> None:
        """Start what speaks with the supply."""
        socket_path = self._folder / "dummy-ups-ups"
        socket_path.unlink(missing_ok=True)
        self._driver = await self._run("dummy-ups", "-a", "ups", "-F", "-u", _me())
        await appears(socket_path)

    async def start_server(self) -> None:
        """Start what answers us."""
        self._server = await self._run("upsd", "-F", "-u", _me())
        assert self._server.stderr is not None
        async for line in self._server.stderr:
            if b"Connected to UPS" in line:
                return
        raise AssertionError("upsd ended before it heard of the supply")

    def freeze_driver(self, *, frozen: bool) -> None:
        """Let the driver stand still, as one whose USB cable was pulled, or go on."""
        assert self._driver is not None
        assert self._server is not None
        self._driver.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)
        self._allow_silence(_STALE_S if frozen else _FRESH_S)
        self._server.send_signal(signal.SIGHUP)

    async def stop_server(self) -> None:
        """End the server."""
        server, self._server = self._server, None
        await _end(server)

    async def stop(self) -> None:
        """End both."""
        await self.stop_server()
        driver, self._driver = self._driver, None
        await _end(driver)

    def _allow_silence(self, limit_s: int) -> None:
        self._write("upsd.conf", f"LISTEN 127.0.0.1 {self.port}\nMAXAGE {limit_s}\n")

    def _write(self, name: str, text: str) -> None:
        file = self._folder / name
        file.write_text(text)
        file.chmod(0o600)

    async def _run(self, program: str, *arguments: str) -> asyncio.subprocess.Process:
        folder = str(self._folder)
        return await asyncio.create_subprocess_exec(
            PROGRAMS / program,
            *arguments,
            env={"NUT_CONFPATH": folder, "NUT_STATEPATH": folder, "NUT_ALTPIDPATH": folder},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )


@contextlib.asynccontextmanager
async def real_upsd(folder: Path) -> AsyncIterator[RealUpsd]:
    """Run one inside."""
    made = RealUpsd(folder)
    try:
        await made.start()
        yield made
    finally:
        await made.stop()


async def _end(process: asyncio.subprocess.Process | None) -> None:
    if process is not None and process.returncode is None:
        process.kill()  # also one that was frozen
        async with asyncio.timeout(_LET_GO_S):
            await process.communicate()


def _me() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


async def _by_hand(folder: Path) -> None:
    async with real_upsd(folder) as upsd:
        _log.info("127.0.0.1:%d/ups; edit ups.status in %s/ups.dev", upsd.port, folder)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_by_hand(Path(sys.argv[1])))
