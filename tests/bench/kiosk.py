"""The kiosk itself, started as a person starts it and watched from the outside."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from drivers.simulated import control

from . import chromium
from .display import pause, screen
from .measuring import CannotMeasure, Figure, Samples, pss_mb

LIMIT_S: Final = 60.0
KIOSK: Final = Path(sys.executable).with_name("kiosk")
START: Final = ("start to first page that answers a touch", "s")
MEMORY: Final = ("memory of terminal and supervisor (PSS)", "MB")
REST: Final = ("memory of backend and simulated devices (PSS)", "MB")


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """A kiosk that shows its first page."""

    process: subprocess.Popen[bytes]
    runtime: Path
    """Holds the folder of the run."""
    said: Path
    """What it told the person at the console."""
    ready_s: float
    """From the start of the process to the first page that answers a touch."""

    def until_all_is_up(self) -> None:
        """Wait until backend and devices answer: memory is that of a kiosk at rest."""
        until = time.monotonic() + LIMIT_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError, control.ControlError, StopIteration):
                control.do(next(self.runtime.rglob("control.sock")), "*", "state")
                url = next(line.split()[-1] for line in self.said.read_text().splitlines() if "backend at" in line)
                with urllib.request.urlopen(f"{url}/v1/health", timeout=LIMIT_S):
                    return
            pause(0.05)
        raise CannotMeasure("backend or devices did not come up")

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
    """Return which process of a kiosk a child of ``kiosk run`` is; the terminal is forked off and called as that is."""
    words = [Path(word).name for word in process.cmdline()]
    command = words[words.index("kiosk") + 1] if "kiosk" in words[:-1] else ""
    return "terminal" if command == "run" else command


@contextmanager
def running_kiosk(*arguments: str, display: str) -> Iterator[Running]:
    """Start ``kiosk run`` with state of its own, wait for its first page, end it.

    Args:
        arguments: Of ``kiosk run``.
        display: The X screen it shows itself on.

    Raises:
        CannotMeasure: It did not come up; its last words are in the message.
    """
    with tempfile.TemporaryDirectory(prefix="bench-kiosk-") as folder:
        environ = os.environ | {"XDG_STATE_HOME": f"{folder}/state", "XDG_RUNTIME_DIR": f"{folder}/run"}
        environ.pop("WAYLAND_DISPLAY", None)
        environ["DISPLAY"] = display
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
                ready_s = time.monotonic() - begun_s
                yield Running(process=process, runtime=Path(folder, "run"), said=Path(folder, "said"), ready_s=ready_s)
            finally:
                process.terminate()
                process.wait(LIMIT_S)


def measure(runs: int) -> list[Figure]:
    """Return start and memory of the kiosk, the latter apart for what stands at the citizen's side and for the rest.

    Chromium's turn comes beside each of ours, on the same screen: what else the machine does meets both.
    """
    samples = Samples()
    browser = chromium.installed()
    with screen() as display:
        for run in range(runs + 1):
            with running_kiosk(display=display) as kiosk:
                kiosk.until_all_is_up()
                figures = (kiosk.ready_s, pss_mb(kiosk.terminal_side()), pss_mb(kiosk.rest()))
            peer = chromium.once(browser, display) if browser else None
            if run == 0:
                continue  # the first start fills the disk cache, for us as for the peer
            for name, value in zip((START, MEMORY, REST), figures, strict=True):
                samples.add(*name, value)
            if peer:
                samples.add(*chromium.START, peer[0])
                samples.add(*chromium.MEMORY, peer[1])
                samples.add("start, ours over Chromium's", "×", figures[0] / peer[0])
                samples.add("memory, ours over Chromium's", "×", figures[1] / peer[1])
    aims: dict[str, tuple[str, float | None]] = {
        "start, ours over Chromium's": ("no later", 1.0),
        "memory, ours over Chromium's": ("at most half", 0.5),
        chromium.START[0]: ("the peer", None),
        chromium.MEMORY[0]: ("the peer", None),
    }
    return samples.figures(aims)
