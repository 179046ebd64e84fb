"""``kiosk catalogue preview``: a service on the real screen, opened anew whenever a file is saved."""

from __future__ import annotations

import argparse
import logging
from contextlib import ExitStack
from pathlib import Path

from kiosk.commands.console import USAGE, Commands, Wrong, tell


def add_preview(actions: Commands[argparse.ArgumentParser]) -> None:
    """Add the action to those of ``kiosk catalogue``."""
    from kiosk.catalogue.command import DELIVERED

    preview = actions.add_parser("preview", help="show a service on the real screen while its files are written")
    preview.add_argument("service", metavar="SERVICE", help="a one-thing or an item")
    preview.add_argument("folder", nargs="?", type=Path, default=DELIVERED, help="default: the delivered catalogue")
    preview.add_argument("--language", choices=("zh-Hans", "zh-Hant", "en"), default="zh-Hans")
    preview.add_argument("--layout", choices=("portrait", "landscape", "bank"), default="portrait")
    preview.add_argument(
        "--port", type=int, metavar="N", help="serve the screen over VNC on this port of the loopback instead"
    )
    preview.set_defaults(command=_preview)


def _preview(given: argparse.Namespace) -> int:
    from kiosk.commands import displays
    from kiosk.settings import Layout
    from kiosk.supervision import logs
    from kiosk.words import Language

    logs.to_console(logging.WARNING)
    if not given.folder.is_dir():
        raise Wrong(f"{given.folder}: there is no such folder", USAGE)
    layout = Layout(given.layout)
    with ExitStack() as held:
        displays.take(held, layout.size_px, given.port)
        from ui.gallery.preview import run

        tell("follows the files; Ctrl+C ends it")
        return run(given.folder, given.service, Language(given.language), layout)
