"""The kiosk itself, started as a person starts it and watched from the outside."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from .measuring import CannotMeasure, Figure, Samples, pss_mb

LIMIT_S: Final = 60.0
KIOSK: Final = Path(sys.executable).with_name("kiosk")
TERMINAL_SIDE: Final = frozenset({"run", "terminal"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """A kiosk that shows its first page."""

    process: subprocess.Popen[bytes]
    ready_s: float
    """From the start of the process to the first page that answers a touch."""

    def terminal_side(self) -> list[int]:
        """The supervisor and the terminal with what it started."""
        children = psutil.Process(self.process.pid).children()
        terminals = [each for each in children if _command(each) == "terminal"]
        family = [each.pid for terminal in terminals for each in (terminal, *terminal.children(recursive=True))]
        return [self.process.pid, *family]

    def rest(self) -> list[int]:
        """Embedded backend and simulated devices with what they started; a VNC screen is no part of a kiosk."""
        children = psutil.Process(self.process.pid).children()
        others = [each for each in children if _command(each) in {"backend", "devices"}]
        return [each.pid for other in others for each in (other, *other.children(recursive=True))]


def _command(process: psutil.Process) -> str:
    words = process.cmdline()
    return words[words.index("kiosk") + 1] if "kiosk" in words[:-1] else ""


@contextmanager
def running_kiosk(*arguments: str) -> Iterator[Running]:
    """Start ``kiosk run`` with state of its own, wait for its first page, end it.

    Raises:
        CannotMeasure: It did not come up; its last words are in the message.
    """
    with tempfile.TemporaryDirectory(prefix="bench-kiosk-") as folder:
        environ = os.environ | {"XDG_STATE_HOME": f"{folder}/state", "XDG_RUNTIME_DIR": f"{folder}/run"}
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            environ.pop(name, None)
        Path(folder, "run").mkdir(mode=0o700)
        read, write = os.pipe()
        begun_s = time.monotonic()
        argv = [str(KIOSK), "run", "--ready-fd", str(write), *arguments]
        with (
            os.fdopen(read, "rb") as ready,
            Path(folder, "said").open("w+b") as said,
            subprocess.Popen(argv, env=environ, pass_fds=(write,), stdout=said, stderr=said) as process,
        ):
            os.close(write)
            try:
                if not ready.readline():
                    said.seek(0)
                    raise CannotMeasure("the kiosk did not start: " + said.read().decode()[-600:])
                yield Running(process=process, ready_s=time.monotonic() - begun_s)
            finally:
                process.terminate()
                process.wait(LIMIT_S)


def measure(runs: int) -> list[Figure]:
    """Return start and memory of the kiosk, the latter apart for what stands at the citizen's side and for the rest."""
    samples = Samples()
    with running_kiosk():
        pass  # the first start fills the disk cache, for us as for the peer
    for _ in range(runs):
        with running_kiosk() as kiosk:
            samples.add("start to first page that answers a touch", "s", kiosk.ready_s)
            samples.add("memory of terminal and supervisor (PSS)", "MB", pss_mb(kiosk.terminal_side()))
            samples.add("memory of backend and simulated devices (PSS)", "MB", pss_mb(kiosk.rest()))
    return samples.figures(
        {
            "start to first page that answers a touch": ("no later than Chromium's first paint", None),
            "memory of terminal and supervisor (PSS)": ("at most half of Chromium's", None),
        }
    )
