"""A whole kiosk: which processes it is made of, wired to each other before the first of them starts."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from msgspec import structs

from kiosk.settings import EMBEDDED, Layout, Settings
from kiosk.supervision import display as displays
from kiosk.supervision import logs, places
from kiosk.supervision.begun import Begun
from kiosk.supervision.children import Command
from kiosk.supervision.display import Display
from kiosk.supervision.supervisor import Supervisor
from kiosk.supervision.wiring import Wiring, listening, port_of, reserve
from kiosk.words import Language

_log = logging.getLogger(__name__)

TERMINAL: Final = "terminal"
BACKEND: Final = "backend"
DEVICES: Final = "devices"

_PYTHON: Final = (sys.executable, "-P", "-m", "kiosk")
"""-P: the folder the kiosk is started in is no place to import from."""

# Ended in this order: first what a citizen sees, last what it is shown on.
_SHOWN_RANK: Final = 2
_SERVING_RANK: Final = 1


def keep(
    settings: Settings,
    *,
    settings_file: Path | None,
    layout: Layout | None = None,
    language: Language | None = None,
    say: Callable[[str], None],
    ready_fd: int | None = None,
    begun: Begun | None = None,
) -> None:
    """Run a kiosk until Ctrl+C or SIGTERM; nothing of it runs when this returns or raises.

    Args:
        settings: As read from ``settings_file``.
        settings_file: Each process reads it for itself; None for the simulated profile.
        layout: Given on the command line, else the settings decide.
        language: Given on the command line, else the settings decide.
        say: Told what a person at the console should know.
        ready_fd: A pipe; a line is written there once the terminal shows its first page and answers a touch.
        begun: The terminal's process, which waits to be told; left as it is when this raises ``PlaceError`` or
            ``NoDisplay``.

    Raises:
        PlaceError: A folder cannot be used, or a kiosk runs there already.
        NoDisplay: There is nothing to show on.
        Hopeless: A process does not start.
    """
    with ExitStack() as held:
        state = places.state_dir()
        held.enter_context(places.only_one(state))
        runtime = held.enter_context(places.run_dir())
        logs.to_file("supervisor", state, level=settings.logs.level, keep_mb=settings.logs.keep_mb)
        shape = layout or settings.terminal.layout
        with _writing_to(runtime):
            display = displays.find(os.environ, runtime, shape.size_px)
        printer, camera = (held.enter_context(reserve()) for _ in range(2))
        backend = held.enter_context(listening()) if settings.backend.url == EMBEDDED else None
        wiring = Wiring(
            settings_file=str(settings_file.resolve()) if settings_file else None,
            layout=layout,
            language=language,
            runtime_dir=str(runtime),
            state_dir=str(state),
            printer_port=port_of(printer),
            camera_port=port_of(camera),
            backend_url=f"http://127.0.0.1:{port_of(backend)}" if backend else None,
        )
        with _writing_to(runtime):
            wiring_file = wiring.write()
        commands = plan(settings, wiring, wiring_file, display=display, backend=backend, environ=os.environ)
        commands = tuple(_screen_first(command) for command in commands)
        for line in _told(settings, wiring, display, shape):
            say(line)

        def on_ready(name: str, after_s: float) -> None:
            if name == TERMINAL:
                say(f"the screen is ready after {after_s:.1f} s; Ctrl+C ends everything")
                if ready_fd is not None:
                    os.write(ready_fd, b"ready\n")

        def tell(name: str, line: str) -> None:
            logging.getLogger(f"kiosk.supervision.output.{name}").info("%s", line)

        asyncio.run(Supervisor(commands, tell=tell, on_ready=on_ready, begun=begun).run())


@contextmanager
def _writing_to(runtime: Path) -> Iterator[None]:
    """Say what to do when it cannot be written."""
    try:
        yield
    except OSError as error:
        cure = "Make room there, or name another place in XDG_RUNTIME_DIR."
        raise places.PlaceError(f"{runtime}: {error.strerror}. {cure}") from error


def plan(
    settings: Settings,
    wiring: Wiring,
    wiring_file: Path,
    *,
    display: Display,
    backend: socket.socket | None,
    environ: Mapping[str, str],
) -> tuple[Command, ...]:
    """Return the processes of a kiosk with these settings.

    Args:
        settings: Decide which are needed.
        wiring: What they are told of each other.
        wiring_file: Where they read it.
        display: What the terminal shows itself on.
        backend: The socket the embedded backend serves; None where a city has its own.
        environ: The environment they start in.
    """
    told = ("--wiring", str(wiring_file))
    commands = [
        Command(
            name=TERMINAL,
            argv=(*_PYTHON, "terminal", *told),
            environ={**environ, **display.environ, **_smart_cards(settings, wiring)},
            after=display.server.name if display.server else None,
            stop_s=3.0,
            rank=_SHOWN_RANK,
        )
    ]
    if display.server:
        commands.append(display.server)
    if settings.simulated.devices:
        commands.append(Command(name=DEVICES, argv=(*_PYTHON, "devices", *told), environ=environ, rank=_SERVING_RANK))
    if backend is not None:
        commands += backends(settings.backend.workers, told, backend, environ)
    return tuple(commands)


def backends(
    count: int, told: tuple[str, ...], listening: socket.socket, environ: Mapping[str, str]
) -> tuple[Command, ...]:
    """Return the processes that serve the embedded backend on one socket.

    Args:
        count: How many.
        told: Where they find their settings.
        listening: The socket.
        environ: The environment they start in.
    """
    return tuple(
        Command(
            name=BACKEND if count == 1 else f"{BACKEND}-{worker}",
            argv=(
                *_PYTHON,
                "backend",
                *told,
                "--fd",
                str(listening.fileno()),
                *(() if count == 1 else ("--worker", str(worker))),
            ),
            environ=environ,
            pass_fds=(listening.fileno(),),
            rank=_SERVING_RANK,
        )
        for worker in range(1, count + 1)
    )


def _screen_first(command: Command) -> Command:
    """Let what serves the screen start once it is up: nobody needs it before, and the processor is the screen's."""
    return structs.replace(command, after=TERMINAL) if command.rank == _SERVING_RANK else command


def _smart_cards(settings: Settings, wiring: Wiring) -> dict[str, str]:
    """Where the terminal finds pcscd: a simulated card has one of its own where it may (drivers/simulated/pcscd.py)."""
    if settings.simulated.devices and os.geteuid() == 0:
        return {"PCSCLITE_CSOCK_NAME": str(Path(wiring.runtime_dir) / "pcscd" / "run" / "pcscd.comm")}
    return {}


def _told(settings: Settings, wiring: Wiring, display: Display, shape: Layout) -> list[str]:
    lines = [f"{settings.city.name.en} · {settings.terminal.id} · {shape} {'×'.join(map(str, shape.size_px))}"]
    if display.vnc_port is not None:
        lines += [
            "no display is attached: the screen is served over VNC, to this machine only. Look at it with",
            f"    vncviewer localhost:{display.vnc_port}",
            "or from another machine, whose port 5999 then stands for it, with",
            f"    ssh -L 5999:localhost:{display.vnc_port} {socket.gethostname()}",
            "    vncviewer localhost:5999",
        ]
    if wiring.backend_url:
        lines.append(f"embedded backend at {wiring.backend_url}")
    if settings.simulated.devices:
        lines.append("simulated devices: kiosk device lists what can be done with them")
    lines.append(f"state and logs in {wiring.state_dir}")
    return lines
