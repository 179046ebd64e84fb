"""``kiosk backend``, ``devices`` and ``terminal``: the processes a kiosk is made of, each by itself.

Each imports what it needs when it runs: a process pays for nothing of the others, and ``--help`` is quick.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import logging
import os
import socket
import zoneinfo
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands import enrolment
from kiosk.commands.bundles import with_catalogue
from kiosk.commands.console import OK, USAGE, Commands, Wrong, add_settings, tell

if TYPE_CHECKING:
    from drivers.simulated.control import ControlClient
    from kiosk.settings import Settings
    from ui.dock import Dock


def _add_process_options(process: argparse.ArgumentParser) -> None:
    process.add_argument("--wiring", type=Path, metavar="FILE", help="what the supervisor decided for this run")
    process.add_argument("--ready-fd", type=int, metavar="FD", help="write a line there once ready")


def add_backend(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add ``kiosk backend``."""
    backend = commands.add_parser(
        "backend",
        help="serve the embedded backend alone",
        description='Serve the embedded backend by itself. "kiosk run" does this for its own.',
    )
    add_settings(backend)
    backend.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    backend.add_argument("--port", type=int, default=8080, help="port to listen on (default: %(default)s)")
    backend.add_argument("--fd", type=int, help="a listening socket to serve instead")
    number = backend.add_mutually_exclusive_group()
    number.add_argument("--workers", type=int, metavar="N", help="processes (default: backend.workers of the settings)")
    number.add_argument("--worker", type=int, metavar="N", help="be the Nth of several, which somebody else keeps")
    _add_process_options(backend)
    enrolment.add_to_backend(backend)
    backend.set_defaults(command=_backend)


def _backend(given: argparse.Namespace) -> int:
    from kiosk import backend
    from kiosk.catalogue import CatalogueError

    settings, state = _start_process(f"backend-{given.worker}" if given.worker else "backend", given)
    count = 1 if given.worker else given.workers or settings.backend.workers
    if count > 1:
        from kiosk.commands import workers

        return workers.serve(given, settings, count, lambda url: _ready(given.ready_fd, f"backend at {url}"))
    settings = with_catalogue(settings, state)
    try:
        backend.serve(
            backend.BackendSettings(
                data_dir=settings.backend.data_dir or state / "backend",
                catalogue_dir=settings.catalogue,
                people_path=settings.simulated.people,
                database_url=settings.backend.database,
                city=settings.city.name,
                telemetry_endpoint=settings.telemetry.endpoint,
                public_url=settings.backend.public_url or (_own_address(given) if settings.simulated.devices else ""),
                simulated=settings.simulated.devices,
                clock=functools.partial(datetime.now, zoneinfo.ZoneInfo(settings.city.timezone)),
            ),
            host=given.host,
            port=given.port,
            fd=given.fd,
            ready=lambda url: _ready(given.ready_fd, f"backend at {url}"),
        )
    except CatalogueError as error:
        raise Wrong(f"the catalogue cannot be used:\n{error}", USAGE) from error
    except (OSError, ValueError) as error:
        raise Wrong(f"the backend cannot serve: {error}") from error
    except KeyboardInterrupt:  # uvicorn passes Ctrl+C on once everything under way is finished: this is the good end
        return OK
    return OK


def _own_address(given: argparse.Namespace) -> str:
    """Return where this machine itself reaches the backend; empty when that is not known before it listens."""
    if given.fd is not None:
        with socket.socket(fileno=os.dup(given.fd)) as listening:
            host, port = listening.getsockname()[:2]
    else:
        host, port = given.host, given.port
    return f"http://{host}:{port}" if port else ""


def add_devices(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add ``kiosk devices``."""
    devices = commands.add_parser(
        "devices",
        help="run the simulated devices alone",
        description='Run the simulated devices by themselves. "kiosk run" does this for its own.',
    )
    add_settings(devices)
    devices.add_argument("--runtime", type=Path, metavar="DIR", help="where their ports and sockets go")
    _add_process_options(devices)
    devices.set_defaults(command=_devices)


def _devices(given: argparse.Namespace) -> int:
    import asyncio

    from drivers import simulated
    from kiosk import supervision

    settings, state = _start_process("devices", given)
    wiring = supervision.read(given.wiring) if given.wiring else None
    runtime = Path(wiring.runtime_dir) if wiring else given.runtime
    if runtime is None:
        raise Wrong("name a folder for their ports and sockets with --runtime", USAGE)
    try:
        hub = simulated.SimulatedHub(
            runtime,
            settings.simulated.people,
            settings.simulated.papers,
            wiring.printer_port if wiring else 0,
            wiring.camera_port if wiring else 0,
            settings.simulated.pace,
            state / "slips",
            width_dots=settings.devices.printer.width_dots,
            trigger=settings.devices.scanner.trigger,
        )
        ready = functools.partial(_ready, given.ready_fd, f"simulated devices in {runtime}")
        asyncio.run(simulated.run_hub(hub, ready=ready))
    except (OSError, ValueError) as error:
        raise Wrong(f"the simulated devices cannot start: {error}") from error
    return OK


def add_terminal(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add ``kiosk terminal``."""
    terminal = commands.add_parser(
        "terminal",
        help="show the screen alone",
        description='Show the screen by itself, on a backend that runs already. "kiosk run" does this for its own.',
    )
    _add_terminal_options(terminal)
    enrolment.add_to_terminal(terminal)
    terminal.set_defaults(command=_terminal)


def _add_terminal_options(terminal: argparse.ArgumentParser) -> None:
    add_settings(terminal)
    _add_process_options(terminal)


def begun_terminal(told: int, ready_fd: int) -> int:
    """Be the terminal that ``kiosk run`` forked off: import, wait to be told, show the screen.

    Args:
        told: Pipe on which the supervisor tells what it would have started a terminal with.
        ready_fd: Pipe on which to say that the first page is shown.

    Returns:
        The exit code; 0 when nobody told anything.
    """
    gc.disable()
    from kiosk.supervision import begun
    from ui import app  # noqa: F401  # most of the time of a start, while the supervisor decides

    heard = begun.listen("terminal", told)
    if not heard:
        return OK
    os.environ.update(heard["environ"])
    parser = argparse.ArgumentParser(prog="kiosk terminal")
    _add_terminal_options(parser)
    try:
        return _terminal(parser.parse_args([*heard["arguments"], "--ready-fd", str(ready_fd)]))
    except Wrong as wrong:
        tell(str(wrong))
        return wrong.code


def _terminal(given: argparse.Namespace) -> int:
    gc.disable()  # what is imported and loaded from here on stays to the end; collected again once it all is there

    from kiosk import supervision
    from kiosk.catalogue import CatalogueError
    from ui import app
    from ui.screen import NoScreen

    settings, state = _start_process("terminal", given)
    settings = with_catalogue(settings, state)
    with contextlib.ExitStack() as held:
        if given.wiring:
            runtime = Path(supervision.read(given.wiring).runtime_dir)
        else:
            runtime = held.enter_context(supervision.run_dir())
        try:
            terminal = app.open_terminal(
                settings,
                state_dir=state,
                runtime_dir=runtime,
                dock=_dock(settings, runtime),
                on_shown=functools.partial(_ready, given.ready_fd, "the first page is shown"),
                second_tap_ms=app.SECOND_TAP_MS,
            )
        except CatalogueError as error:
            raise Wrong(f"the catalogue cannot be used:\n{error}", USAGE) from error
        except NoScreen as error:
            raise Wrong(str(error)) from error
        ending = app.end_on_signal(terminal.application)
        try:
            return terminal.run()
        finally:
            ending.setEnabled(False)


def _dock(settings: Settings, runtime: Path) -> Dock | None:
    """Return what makes the dock of the simulated devices, where there is one."""
    if not (settings.simulated.devices and settings.simulated.dock):
        return None
    from ui.dock import Dock

    def connect() -> ControlClient:
        from drivers.simulated.control import ControlClient

        return ControlClient(runtime / "control.sock")

    return Dock(connect=connect, backend=settings.backend.url)


def _start_process(name: str, given: argparse.Namespace) -> tuple[Settings, Path]:
    """Read the settings of a process and begin its log; return them and the state folder."""
    from kiosk import settings as settings_of
    from kiosk import supervision
    from kiosk.supervision import logs

    try:
        if given.wiring:
            wiring = supervision.read(given.wiring)
            settings, state = wiring.settings(), Path(wiring.state_dir)
            logs.to_console(logging.WARNING)  # the supervisor keeps the last lines, to say why a process does not start
        else:
            settings, state = settings_of.load(given.settings), supervision.state_dir()
            logs.to_console(logging.INFO)
    except settings_of.SettingsError as error:
        raise Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
    except (OSError, ValueError, supervision.PlaceError) as error:
        raise Wrong(f"cannot start: {error}") from error
    logs.to_file(name, state, level=settings.logs.level, keep_mb=settings.logs.keep_mb)
    return settings, state


def _ready(descriptor: int | None, line: str) -> None:
    """Tell who started this process that it is ready: on the pipe it gave, else on the console."""
    if descriptor is None:
        tell(line)
        return
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)
