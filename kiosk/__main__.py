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

from kiosk.commands import bundles, device, diagnose, gallery, preview, processes, speech
from kiosk.commands.console import OK, USAGE, Commands, Wrong, add_settings, tell

if TYPE_CHECKING:
    from kiosk.supervision.begun import Begun

Command = Callable[[argparse.Namespace], int]

_EPILOGUE: Final = """\
settings:
  A TOML file says what differs from one kiosk to the next; assets/settings/README.md explains
  each setting. Without one a city that does not exist is served, on simulated devices.
  KIOSK_SETTINGS names a file for all commands.
"""


def main(arguments: Sequence[str] | None = None, *, begun: Begun | None = None) -> int:
    """Run ``kiosk``; return its exit code: 0 done, 1 failed, 2 wrong arguments or settings.

    Args:
        arguments: Instead of those of this process.
        begun: A terminal that waits for ``kiosk run`` to tell it; see ``kiosk.commands.entry``.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    given = _parser(words[0] if words else "").parse_args(words, argparse.Namespace(begun=begun))
    command: Command = given.command
    try:
        return command(given)
    except Wrong as wrong:
        tell(str(wrong))
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
    device.add_device(commands)
    diagnose.add_diagnose(commands)
    _add_catalogue(commands, wanted)
    _add_licence(commands, wanted)
    speech.add_speech(commands)
    processes.add_backend(commands)
    processes.add_devices(commands)
    processes.add_terminal(commands)
    _add_demo(commands)
    gallery.add_gallery(commands)
    _add_version(commands)
    return parser


# --- run -------------------------------------------------------------------------------------------------------------


def _add_run(commands: Commands[argparse.ArgumentParser]) -> None:
    run = commands.add_parser(
        "run",
        help="start the kiosk and keep it running",
        description="Start the kiosk and keep it running until Ctrl+C. On a machine with a display it fills the "
        "screen; without one the screen is served over VNC on the loopback.",
    )
    add_settings(run)
    # not imported from kiosk.settings: --help of any command would pay for it; a test holds them together
    run.add_argument("--layout", choices=("portrait", "landscape", "bank"), help="instead of terminal.layout")
    run.add_argument("--language", choices=("zh-Hans", "zh-Hant", "en"), help="instead of languages.default")
    run.add_argument(
        "--ready-fd", type=int, metavar="FD", help="write a line there once the first page answers a touch"
    )
    run.set_defaults(command=_run)


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
            say=tell,
            ready_fd=given.ready_fd,
            begun=given.begun,
        )
    except SettingsError as error:
        raise Wrong("the settings cannot be used:\n" + "\n".join(error.problems), USAGE) from error
    except (supervision.PlaceError, supervision.NoDisplay) as error:
        raise Wrong(str(error)) from error
    except supervision.Hopeless as error:
        said = "\n".join(f"    {line}" for line in error.last_lines)
        raise Wrong(
            f"{error.name} does not start, so everything was ended. What it said last:\n{said}\n"
            f"More stands in {supervision.state_dir() / 'logs'}."
        ) from error
    return OK


# --- catalogue, licence ----------------------------------------------------------------------------------------------


def _add_catalogue(commands: Commands[argparse.ArgumentParser], wanted: str) -> None:
    catalogue = commands.add_parser("catalogue", help="check the services that are offered")
    if wanted == "catalogue":
        from kiosk.catalogue import command

        actions = command.add_arguments(catalogue)
        bundles.add_bundles(actions)
        preview.add_preview(actions)
        catalogue.set_defaults(command=command.run)


def _add_licence(commands: Commands[argparse.ArgumentParser], wanted: str) -> None:
    licence = commands.add_parser("licence", help="verify a signed document, without a network")
    if wanted == "licence":
        from kiosk.licences import command

        command.add_arguments(licence)
        licence.set_defaults(command=command.run)


# --- demo ------------------------------------------------------------------------------------------------------------


def _add_demo(commands: Commands[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo",
        help="play a scripted citizen through the real screen",
        description="Play a scripted citizen through the real screen by touch, on simulated devices, the embedded "
        "backend and no display. Leaves a picture of every page, receipt.png, application.json and journey.json. "
        "Fails unless every item reaches the outcome its catalogue declares. With --service somebody made from an "
        "example of the catalogue files any one-thing or item.",
    )
    demo.add_argument("journey", nargs="?", metavar="JOURNEY", help="which one (default: all, each in its own folder)")
    demo.add_argument("--list", action="store_true", help="name the journeys")
    demo.add_argument("--service", metavar="ID", help="file this one-thing or item instead, as its example says")
    demo.add_argument("--example", type=int, default=0, metavar="N", help="which of its examples (default: 0)")
    demo.add_argument(
        "--find", choices=("search", "life", "department"), default="search", help="how that citizen looks for it"
    )
    demo.add_argument("--elder", action="store_true", help="that citizen asks for the elder mode (长辈版)")
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
        tell("and any other one-thing or item by its id, with --service ID")
        return OK
    if given.out is None:
        raise Wrong("name a folder for the pictures with --out", USAGE)
    if given.journey is not None and given.service is not None:
        raise Wrong("name a journey or a --service, not both", USAGE)
    if given.journey is None and given.service is None:
        failed = demo.play_all(given.out, language, layout)
        if failed:
            raise Wrong(f"{failed} journeys failed")
        return OK
    try:
        if given.service is not None:
            lines = demo.play_service(
                given.service,
                given.out,
                language,
                layout,
                example=given.example,
                way=given.find,
                elder=given.elder,
                pace=given.pace,
                catalogue_dir=given.catalogue,
            )
        else:
            lines = demo.play_one(
                given.journey, given.out, language, layout, pace=given.pace, catalogue_dir=given.catalogue
            )
        for line in lines:
            print(line)
    except demo.DemoFailed as failed_at:
        raise Wrong(str(failed_at)) from failed_at
    return OK


# --- version ---------------------------------------------------------------------------------------------------------


def _add_version(commands: Commands[argparse.ArgumentParser]) -> None:
    version = commands.add_parser("version", help="say which version this is", description="Say which version this is.")
    version.set_defaults(command=_version)


def _version(given: argparse.Namespace) -> int:
    from importlib.metadata import version

    print(f"kiosk {version('onething-kiosk')}")
    return OK


if __name__ == "__main__":
    sys.exit(main())
