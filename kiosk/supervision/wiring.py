"""Who is reached where in this run: decided before any process starts, so that all of them can start at once."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Final

import msgspec

from kiosk import settings as settings_of
from kiosk.settings import Layout, Settings
from kiosk.words import Language

FILE: Final = "wiring.json"


class Wiring(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the supervisor tells each of its processes."""

    settings_file: str | None
    layout: Layout | None = None
    """Given on the command line, else the settings decide."""
    language: Language | None = None
    """Given on the command line, else the settings decide."""
    runtime_dir: str
    state_dir: str
    printer_port: int
    camera_port: int
    backend_url: str | None
    """None when the backend is a city's own."""

    def settings(self) -> Settings:
        """Read the settings and fill in what this run decided.

        Raises:
            kiosk.settings.SettingsError: The file changed since the supervisor read it and is wrong now.
        """
        read = settings_of.load(Path(self.settings_file) if self.settings_file else None)
        if self.layout is not None:
            read = msgspec.structs.replace(read, terminal=msgspec.structs.replace(read.terminal, layout=self.layout))
        if self.language is not None:
            spoken = msgspec.structs.replace(read.languages, default=self.language)
            read = msgspec.structs.replace(read, languages=spoken)
        wires = {
            "runtime": self.runtime_dir,
            "printer_port": str(self.printer_port),
            "camera_port": str(self.camera_port),
        }
        wired = read.wired(wires, backend_url=self.backend_url)
        if self.backend_url is None:
            return wired
        # the terminal leaves its key with a backend of the same house, and has to know where that lives
        there = wired.backend.data_dir or Path(self.state_dir) / "backend"
        return msgspec.structs.replace(wired, backend=msgspec.structs.replace(wired.backend, data_dir=there))

    def write(self) -> Path:
        """Put it into the runtime folder, for this user only; return where."""
        file = Path(self.runtime_dir) / FILE
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(msgspec.json.encode(self))
        return file


def read(file: Path) -> Wiring:
    """Return what the supervisor wrote.

    Raises:
        OSError: It is not there.
        msgspec.DecodeError, msgspec.ValidationError: It is not what a supervisor writes.
    """
    return msgspec.json.decode(file.read_bytes(), type=Wiring)


def reserve() -> socket.socket:
    """Return a socket bound to a free loopback port, not listening: a child may bind and listen there as well.

    The child sets SO_REUSEADDR, as asyncio does by itself. As long as the socket stays open nobody is given the port.
    """
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    return reserved


def listening() -> socket.socket:
    """Return a socket that listens on a free loopback port.

    It is handed down to a child. Who connects before the child is ready, or while it starts anew, waits instead of
    being refused.
    """
    there = reserve()
    there.listen(64)
    return there


def port_of(there: socket.socket) -> int:
    """Return the port a socket is bound to."""
    return int(there.getsockname()[1])
