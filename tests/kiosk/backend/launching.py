"""Backends that are killed and started again, as quickly as a machine that lost its power comes back."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import httpx

from backend import launcher
from backend.city import ROOT, client_of
from kiosk.backend import BackendSettings

T = TypeVar("T")

PATIENCE_S = 30


class Launched:
    """A backend behind one address, whichever process serves it at the moment."""

    def __init__(self, process: subprocess.Popen[str], listening: socket.socket, settings: BackendSettings) -> None:
        self._process = process
        self._settings = settings
        self.address: tuple[str, int] = listening.getsockname()
        self.http = client_of(f"http://127.0.0.1:{self.address[1]}", settings)

    def start(self, commit: int = 0, *, after: bool = False) -> None:
        """Start it; the process kills itself at its ``commit``-th commit, unless 0, and is started again then."""
        told = {"data_dir": str(self._settings.data_dir), "database_url": self._settings.database_url}
        self._tell(told | {"commit": commit, "after": after})

    def stop(self) -> int:
        """Kill it; return how often it had died before."""
        self._tell(None)
        return int(self._line())

    def insist(self, ask: Callable[[], T]) -> T:
        """Ask again and again, as an impatient client does."""
        limit_s = time.monotonic() + PATIENCE_S
        while True:
            try:
                return ask()
            except httpx.TransportError:
                assert time.monotonic() < limit_s

    def _tell(self, told: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the launcher is gone"
        return line


@contextmanager
def launching(settings: BackendSettings, begun_s: float) -> Iterator[Launched]:
    """Give a backend that is not started yet; its clock began at ``begun_s`` of this machine's."""
    environ = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests" / "kiosk")))}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        command = [sys.executable, launcher.__file__, str(number), str(begun_s)]
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environ,
            pass_fds=(number,),
        ) as process:
            assert process.stdin is not None
            launched = Launched(process, listening, settings)
            try:
                yield launched
            finally:
                launched.http.close()
                process.stdin.close()
