"""A pcscd of our own, so that simulated cards do not touch the machine's and several can run side by side.

It runs in two namespaces, which takes root. In its mount namespace one of our folders lies over the fixed path of its
socket; clients find it by the environment variable PCSCLITE_CSOCK_NAME, which libpcsclite reads when it first connects.
In its network namespace vpcd, which listens on all interfaces, listens on a loopback that is nobody else's: no port is
taken on the machine and no one on the network can put a card in. Without root, only the machine's pcscd is left.

(vpcd can be told to connect to the card instead, DEVICENAME host:port; version 3.3 aborts pcscd when that connection
ends, which is what pulling a card is.)
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import fcntl
import logging
import os
import shutil
import signal
import socket
import struct
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)

READER_NAME: Final = "Virtual PCD"
"""Slots are "Virtual PCD 00 00" and "Virtual PCD 00 01", as with the configuration Debian ships."""
SYSTEM_SOCKET: Final = Path("/run/pcscd/pcscd.comm")
VPCD_PORT: Final = 35963
"""Of the first slot; the second is at the next port."""

_SOCKET_NAME: Final = "pcscd.comm"
_LONGEST_SOCKET_PATH: Final = 107
_SEARCH: Final = "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
_VPCD: Final = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_READY: Final = b"daemon ready"
_READY_S: Final = 10.0
_LOOK_S: Final = 0.005
_END_S: Final = 5.0
_LAID_OVER: Final = 'mount --bind "$1" /run/pcscd && exec pcscd --foreground --info --config "$2"'


class PcscdUnavailable(RuntimeError):
    """No pcscd can serve a simulated card here; the message says what to install or start."""


class PrivatePcscd:
    """A pcscd in a mount namespace, ended with its owner.

    Args:
        folder: Short path; its socket and configuration go there.
        on_end: Called on the event loop when pcscd ended without ``stop``.
    """

    def __init__(self, folder: Path, on_end: Callable[[], None] | None = None) -> None:
        self._folder = folder
        self._on_end = on_end
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def socket(self) -> Path:
        """Where it listens; the value of PCSCLITE_CSOCK_NAME for its clients."""
        return self._folder / "run" / _SOCKET_NAME

    @property
    def pid(self) -> int | None:
        """The process, while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start it and wait until it serves.

        Raises:
            PcscdUnavailable: not root, a package is missing, or pcscd did not come up; nothing stays.
        """
        if self.pid:
            return
        self._check()
        await asyncio.to_thread(self._lay_out)
        # The parent's death ends it, too: the signal is set before pcscd replaces the shell in the same process.
        arguments = ("setpriv", "--pdeathsig", "TERM", "unshare", "--mount", "--net", "sh", "-c", _LAID_OVER, "sh")
        self._process = await asyncio.create_subprocess_exec(
            *arguments,
            str(self.socket.parent),
            str(self._folder / "readers"),
            # An empty folder of USB drivers: real readers belong to the machine's pcscd.
            env={"PATH": _SEARCH, "PCSCLITE_HP_DROPDIR": str(self._folder / "usb")},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        ready = asyncio.get_running_loop().create_future()
        self._watch = asyncio.create_task(self._follow(self._process, ready), name="simulated pcscd")
        try:
            async with asyncio.timeout(_READY_S):
                await ready
                # "Ready" is said a moment before the socket is there, and nothing is said then.
                while not await answers(self.socket):  # noqa: ASYNC110 - see above
                    await asyncio.sleep(_LOOK_S)
        except (TimeoutError, PcscdUnavailable) as error:
            await self.stop()
            raise PcscdUnavailable(f"pcscd did not come up within {_READY_S:g} s: {error}") from error
        except asyncio.CancelledError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End it. Safe at any time and more than once."""
        watch, self._watch = self._watch, None
        if self.pid and self._process:
            await _end(self._process)
        if watch:
            await watch
        self._process = None

    async def connect(self, slot: int = 0) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to a slot of vpcd; connected means a card is in.

        Args:
            slot: 0 or 1.

        Raises:
            OSError: pcscd does not run.
        """
        if self.pid is None:
            raise ConnectionRefusedError("pcscd does not run")
        with ThreadPoolExecutor(1) as one_use:  # a thread that has entered the namespace is of no other use
            connecting = one_use.submit(_connected_in_namespace, self.pid, VPCD_PORT + slot)
            try:
                ours = await asyncio.wrap_future(connecting)
            except asyncio.CancelledError:
                connecting.add_done_callback(_close_unwanted)
                raise
        return await asyncio.open_connection(sock=ours)

    def _check(self) -> None:
        if os.geteuid() != 0:
            raise PcscdUnavailable("a pcscd of our own takes root; start the machine's with: systemctl start pcscd")
        missing = [name for name in ("pcscd", "setpriv", "unshare") if not shutil.which(name, path=_SEARCH)]
        if missing or not _VPCD.exists():
            raise PcscdUnavailable(f"missing {missing or _VPCD}; install the packages pcscd and vsmartcard-vpcd")
        if len(str(self.socket)) > _LONGEST_SOCKET_PATH:
            raise PcscdUnavailable(f"{self.socket} is longer than {_LONGEST_SOCKET_PATH} characters")

    def _lay_out(self) -> None:
        SYSTEM_SOCKET.parent.mkdir(parents=True, exist_ok=True)  # something to lay our folder over
        shutil.rmtree(self.socket.parent, ignore_errors=True)
        for name in ("run", "readers", "usb"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        (self._folder / "readers" / "vpcd").write_text(
            f'FRIENDLYNAME "{READER_NAME}"\nDEVICENAME /dev/null:{VPCD_PORT}\nLIBPATH {_VPCD}\nCHANNELID {VPCD_PORT}\n',
            encoding="ascii",
        )

    async def _follow(self, process: asyncio.subprocess.Process, ready: asyncio.Future[None]) -> None:
        """Read what pcscd says until it ends."""
        output = process.stdout
        last = b""
        while output and (line := await output.readline()):
            last = line.strip()
            _log.debug("%s", last.decode(errors="replace"))
            if _READY in line and not ready.done():
                ready.set_result(None)
        status = await process.wait()
        if not ready.done():
            ready.set_exception(PcscdUnavailable(f"status {status}, {last.decode(errors='replace')}"))
        if self._watch is not None:  # else it was stopped
            _log.warning("pcscd ended with status %d", status)
            if self._on_end:
                self._on_end()


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(_END_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


_CLONE_NEWNET: Final = 0x40000000
_SIOCGIFFLAGS: Final = 0x8913
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 0x1


def _connected_in_namespace(pid: int, port: int) -> socket.socket:
    """Move this thread into the network namespace of ``pid`` and return a socket connected to vpcd there."""
    libc = ctypes.CDLL(None, use_errno=True)
    namespace = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    try:
        if libc.setns(namespace, _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
    finally:
        os.close(namespace)
    ours = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        request = struct.pack("16sh14x", b"lo", 0)
        (flags,) = struct.unpack_from("h", fcntl.ioctl(ours, _SIOCGIFFLAGS, request), 16)
        fcntl.ioctl(ours, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))
        ours.connect(("127.0.0.1", port))
    except BaseException:
        ours.close()
        raise
    return ours


def _close_unwanted(connecting: Future[socket.socket]) -> None:
    """Close a connection that was made after its caller had given up."""
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result().close()


async def answers(socket_path: Path) -> bool:
    """Return whether a pcscd takes connections at ``socket_path``."""
    try:
        _, writer = await asyncio.open_unix_connection(socket_path)
    except OSError:
        return False
    writer.close()
    return True
