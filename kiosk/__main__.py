"""The command line, and the one place that wires everything together.

Each command imports what it needs when it runs: the supervisor stays small, and ``--help`` is quick.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kiosk.settings import Settings
    from ui.dock import Dock

Command = Callable[[argparse.Namespace], int]

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
"""Wrong arguments or wrong settings: nothing was done."""

_EPILOGUE: Final = """\
settings:
  A TOML file says what differs from one kiosk to the next; assets/settings/README.md explains
  each setting. Without one a city that does not exist is served, on simulated devices.
  KIOSK_SETTINGS names a file for all commands.
"""


class _Wrong(Exception):
    """A command cannot do what it was asked; the message is one line for the person who asked, with the cure."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``kiosk``; return its exit code: 0 done, 1 failed, 2 wrong arguments or settings."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    given = _parser(words[0] if words else "").parse_args(words)
    command: Command = given.command
    try:
        return command(given)
    except _Wrong as wrong:
        _tell(str(wrong))
        return wrong.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # "kiosk … | head" has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser(wanted: str) -> argparse.ArgumentParser:
    """Return the parser of everything; commands that bring their arguments along are asked only when ``wanted``."""
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="Self-service kiosk for government services (一件事自助终端).",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_run(commands)
    _add_device(commands)
    _add_catalogue(commands, wanted)
    _add_licence(commands, wanted)
    _add_backend(commands)
    _add_devices(commands)
    _add_terminal(commands)
    _add_demo(commands)
    _add_version(commands)
    return parser


_Commands = argparse._SubParsersAction  # argparse has no public name for it


def _tell(line: str) -> None:
    """Say something to the person at the console; what a command is asked for goes to standard output instead."""
    print(f"kiosk: {line}", file=sys.stderr, flush=True)


# --- run ---------------------------------------------------------------------------------------------------------


def _add_run(commands: _Commands[argparse.ArgumentParser]) -> None:
    run = commands.add_parser(
        "run",
        help="start the kiosk and keep it running",
        description="Start the kiosk and keep it running until Ctrl+C. On a machine with a display it fills the "
        "screen; without one the screen is served over VNC on the loopback.",
    )
    _add_settings(run)
    # not imported from kiosk.settings: --help of any command would pay for it; a test holds them together
    run.add_argument("--layout", choices=("portrait", "landscape", "bank"), help="instead of terminal.layout")
    run.add_argument("--language", choices=("zh-Hans", "zh-Hant", "en"), help="instead of languages.default")
    run.add_argument(
        "--ready-fd", type=int, metavar="FD", help="write a line there once the first page answers a touch"
    )
    run.set_defaults(command=_run)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, metavar="FILE", help="the settings file (default: $KIOSK_SETTINGS)")


def _run(given: argparse.Namespace) -> int:
    from kiosk import settings as settings_of
    from kiosk import supervision
    from kiosk.settings import Layout, SettingsError
    from kiosk.supervision import logs
    from kiosk.words import Language

    logs.to_console(logging.WARNING)
    named = os.environ.get(settings_of.VARIABLE)
    file: Path | None = given.settings or (Path(named) if named else None)
    try:
        supervision.keep(
            settings_of.load(file),
            settings_file=file,
            layout=Layout(given.layout) if given.layout else None,
            language=Language(given.language) if given.language else None,
            say=_tell,
            ready_fd=given.ready_fd,
        )
    except SettingsError as error:
        raise _Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
    except (supervision.PlaceError, supervision.NoDisplay) as error:
        raise _Wrong(str(error)) from error
    except supervision.Hopeless as error:
        said = "\n".join(f"    {line}" for line in error.last_lines)
        raise _Wrong(
            f"{error.name} does not start, so everything was ended. What it said last:\n{said}\n"
            f"More stands in {supervision.state_dir() / 'logs'}."
        ) from error
    return OK


# --- device ------------------------------------------------------------------------------------------------------


def _add_device(commands: _Commands[argparse.ArgumentParser]) -> None:
    device = commands.add_parser(
        "device",
        help="put a card on a simulated reader, tear off a slip, pull a plug …",
        description="Do with a simulated device of the running kiosk what a hand does with a real one. "
        "Without arguments: list the devices, how they are, and what can be done with each.",
        epilog="example: kiosk device idreader insert document=chen",
    )
    device.add_argument("kind", nargs="?", help="which device")
    device.add_argument("action", nargs="?", help="what to do")
    device.add_argument("arguments", nargs="*", metavar="NAME=VALUE", help="with what")
    device.add_argument("--runtime", type=Path, metavar="DIR", help="folder of the run, when several kiosks run")
    device.set_defaults(command=_device)


def _device(given: argparse.Namespace) -> int:
    from drivers.simulated.control import ControlError, do
    from drivers.simulated.hub import CONTROL_SOCKET

    socket = _running_kiosk(given.runtime) / CONTROL_SOCKET
    try:
        if given.kind is not None and given.action is not None:
            answer = do(socket, given.kind, given.action, **_named_values(given.arguments))
            _show_state(answer["state"] | answer["told"])
            return OK
        states: dict[str, dict[str, str]] = do(socket, "*", "state")["states"]
        menu = do(socket, "*", "menu")["menu"]
    except ControlError as error:
        raise _Wrong(f"{error}") from error
    if given.kind is not None and given.kind not in states:
        raise _Wrong(f"there is no device {given.kind!r}; there are: {', '.join(states)}", USAGE)
    for kind in [given.kind] if given.kind else states:
        print(kind)
        _show_state(states[kind], "    ")
        for entry in menu[kind]:
            _show_entry(kind, entry)
    return OK


def _running_kiosk(runtime: Path | None) -> Path:
    from kiosk import supervision

    if runtime is not None:
        return runtime
    try:
        running = supervision.living_runs()
    except supervision.PlaceError as error:
        raise _Wrong(str(error)) from error
    if not running:
        raise _Wrong("no kiosk of this user is running; start one with: kiosk run")
    if len(running) > 1:
        folders = ", ".join(map(str, running))
        raise _Wrong(f"several kiosks are running; name one with --runtime: {folders}", USAGE)
    return running[0]


def _named_values(pairs: Sequence[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name or name in {"device", "action", "path"}:
            raise _Wrong(f"{pair!r} is no NAME=VALUE, such as document=chen", USAGE)
        values[name] = value
    return values


def _show_state(state: dict[str, str], indent: str = "") -> None:
    for name, value in state.items():
        print(f"{indent}{name}: {value or '-'}")


def _show_entry(kind: str, entry: dict[str, Any]) -> None:
    command = f"    kiosk device {kind} {entry['action']}"
    if not entry.get("argument"):
        print(command)
    elif not entry.get("choices"):
        print(f"{command} {entry['argument']}=…")
    for choice in entry.get("choices", ()):
        said = " ".join(part for part in (choice["title"], choice["note"]) if part)
        print(f"{command} {entry['argument']}={choice['value']:<12} {said}")


# --- catalogue, licence ------------------------------------------------------------------------------------------


def _add_catalogue(commands: _Commands[argparse.ArgumentParser], wanted: str) -> None:
    catalogue = commands.add_parser("catalogue", help="check the services that are offered")
    if wanted == "catalogue":
        from kiosk.catalogue import command

        command.add_arguments(catalogue)
        catalogue.set_defaults(command=command.run)


def _add_licence(commands: _Commands[argparse.ArgumentParser], wanted: str) -> None:
    licence = commands.add_parser("licence", help="verify a signed document, without a network")
    if wanted == "licence":
        from kiosk.licences import command

        command.add_arguments(licence)
        licence.set_defaults(command=command.run)


# --- processes of a kiosk ----------------------------------------------------------------------------------------


def _add_process_options(process: argparse.ArgumentParser) -> None:
    process.add_argument("--wiring", type=Path, metavar="FILE", help="what the supervisor decided for this run")
    process.add_argument("--ready-fd", type=int, metavar="FD", help="write a line there once ready")


def _add_backend(commands: _Commands[argparse.ArgumentParser]) -> None:
    backend = commands.add_parser(
        "backend",
        help="serve the embedded backend alone",
        description='Serve the embedded backend by itself. "kiosk run" does this for its own.',
    )
    _add_settings(backend)
    backend.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    backend.add_argument("--port", type=int, default=8080, help="port to listen on (default: %(default)s)")
    backend.add_argument("--fd", type=int, help="a listening socket to serve instead")
    _add_process_options(backend)
    backend.set_defaults(command=_backend)


def _backend(given: argparse.Namespace) -> int:
    from kiosk import backend
    from kiosk.catalogue import CatalogueError

    settings, state = _start_process("backend", given)
    try:
        backend.serve(
            backend.BackendSettings(
                data_dir=settings.backend.data_dir or state / "backend",
                catalogue_dir=settings.catalogue,
                people_path=settings.simulated.people,
                city=settings.city.name,
                simulated=settings.simulated.devices,
            ),
            host=given.host,
            port=given.port,
            fd=given.fd,
            ready=lambda url: _ready(given.ready_fd, f"backend at {url}"),
        )
    except CatalogueError as error:
        raise _Wrong(f"the catalogue cannot be used:\n{error}", USAGE) from error
    except OSError as error:
        raise _Wrong(f"the backend cannot serve: {error}") from error
    except KeyboardInterrupt:  # uvicorn passes Ctrl+C on once everything under way is finished: this is the good end
        return OK
    return OK


def _add_devices(commands: _Commands[argparse.ArgumentParser]) -> None:
    devices = commands.add_parser(
        "devices",
        help="run the simulated devices alone",
        description='Run the simulated devices by themselves. "kiosk run" does this for its own.',
    )
    _add_settings(devices)
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
        raise _Wrong("name a folder for their ports and sockets with --runtime", USAGE)
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
        raise _Wrong(f"the simulated devices cannot start: {error}") from error
    return OK


def _add_terminal(commands: _Commands[argparse.ArgumentParser]) -> None:
    terminal = commands.add_parser(
        "terminal",
        help="show the screen alone",
        description='Show the screen by itself, on a backend that runs already. "kiosk run" does this for its own.',
    )
    _add_settings(terminal)
    _add_process_options(terminal)
    terminal.set_defaults(command=_terminal)


def _terminal(given: argparse.Namespace) -> int:
    from kiosk import supervision
    from kiosk.catalogue import CatalogueError
    from ui import app
    from ui.screen import NoScreen

    settings, state = _start_process("terminal", given)
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
            )
        except CatalogueError as error:
            raise _Wrong(f"the catalogue cannot be used:\n{error}", USAGE) from error
        except NoScreen as error:
            raise _Wrong(str(error)) from error
        ending = app.end_on_signal(terminal.application)
        try:
            return terminal.run()
        finally:
            ending.setEnabled(False)


def _dock(settings: Settings, runtime: Path) -> Dock | None:
    """Return what makes the dock of the simulated devices, where there is one."""
    if not (settings.simulated.devices and settings.simulated.dock):
        return None
    from drivers.simulated.control import ControlClient
    from ui.dock import Dock

    return Dock(control=ControlClient(runtime / "control.sock"), backend=settings.backend.url)


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
        raise _Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
    except (OSError, ValueError, supervision.PlaceError) as error:
        raise _Wrong(f"cannot start: {error}") from error
    logs.to_file(name, state, level=settings.logs.level, keep_mb=settings.logs.keep_mb)
    return settings, state


def _ready(descriptor: int | None, line: str) -> None:
    """Tell who started this process that it is ready: on the pipe it gave, else on the console."""
    if descriptor is None:
        _tell(line)
        return
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


# --- demo --------------------------------------------------------------------------------------------------------


def _add_demo(commands: _Commands[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo",
        help="play a scripted citizen through the real screen",
        description="Play a scripted citizen through the real screen by touch, on simulated devices, the embedded "
        "backend and no display. Leaves a picture of every page, receipt.png, application.json and journey.json. "
        "Fails unless every item reaches the outcome its catalogue declares.",
    )
    demo.add_argument("journey", nargs="?", metavar="JOURNEY", help="which one (default: all, each in its own folder)")
    demo.add_argument("--list", action="store_true", help="name the journeys")
    demo.add_argument("--out", type=Path, metavar="DIR", help="where to leave the pictures")
    demo.add_argument("--language", choices=("zh-Hans", "zh-Hant", "en"), default="zh-Hans")
    demo.add_argument("--layout", choices=("portrait", "landscape", "bank"), default="portrait")
    demo.add_argument(
        "--pace", type=float, default=0.05, help="of the simulated devices; 1 is as slow as real ones (default: 0.05)"
    )
    demo.add_argument("--catalogue", type=Path, metavar="DIR", help="services to offer instead of the settings' own")
    demo.set_defaults(command=_demo)


def _demo(given: argparse.Namespace) -> int:
    from kiosk.commands import demo
    from kiosk.settings import Layout
    from kiosk.supervision import logs
    from kiosk.words import Language

    logs.to_console(logging.WARNING)
    language, layout = Language(given.language), Layout(given.layout)
    if given.list:
        for name, title in demo.titles(language).items():
            print(f"{name:20} {title}")
        return OK
    if given.out is None:
        raise _Wrong("name a folder for the pictures with --out", USAGE)
    if given.journey is None:
        failed = demo.play_all(given.out, language, layout)
        if failed:
            raise _Wrong(f"{failed} journeys failed")
        return OK
    try:
        lines = demo.play_one(
            given.journey, given.out, language, layout, pace=given.pace, catalogue_dir=given.catalogue
        )
        for line in lines:
            print(line)
    except demo.DemoFailed as failed_at:
        raise _Wrong(str(failed_at)) from failed_at
    return OK


# --- version -----------------------------------------------------------------------------------------------------


def _add_version(commands: _Commands[argparse.ArgumentParser]) -> None:
    version = commands.add_parser("version", help="say which version this is", description="Say which version this is.")
    version.set_defaults(command=_version)


def _version(given: argparse.Namespace) -> int:
    from importlib.metadata import version

    print(f"kiosk {version('onething-kiosk')}")
    return OK


if __name__ == "__main__":
    sys.exit(main())
