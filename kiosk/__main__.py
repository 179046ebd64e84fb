"""The command line, and the one place that wires everything together.

Each command imports what it needs when it runs: the supervisor stays small, and ``--help`` is quick.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.settings import Settings

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
    given = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="Self-service kiosk for government services (一件事自助终端).",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_run(commands)
    _add_backend(commands)
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
    except OSError as error:
        raise _Wrong(f"the backend cannot serve: {error}") from error
    return OK


def _start_process(name: str, given: argparse.Namespace) -> tuple[Settings, Path]:
    """Read the settings of a process and begin its log; return them and the state folder."""
    from kiosk import settings as settings_of
    from kiosk import supervision
    from kiosk.supervision import logs

    try:
        if given.wiring:
            wiring = supervision.read(given.wiring)
            settings, state = wiring.settings(), Path(wiring.state_dir)
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


# --- version -----------------------------------------------------------------------------------------------------


def _add_version(commands: _Commands[argparse.ArgumentParser]) -> None:
    version = commands.add_parser("version", help="say which version this is")
    version.set_defaults(command=_version)


def _version(given: argparse.Namespace) -> int:
    from importlib.metadata import version

    print(f"kiosk {version('onething-kiosk')}")
    return OK


if __name__ == "__main__":
    sys.exit(main())
