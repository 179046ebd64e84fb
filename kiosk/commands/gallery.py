"""``kiosk gallery``: every control and every page in every state, language and mode; live, or as pictures."""

from __future__ import annotations

import argparse
import logging
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.commands.console import OK, USAGE, Commands, Wrong, tell

if TYPE_CHECKING:
    from ui.gallery.modes import Mode
    from ui.gallery.subjects import Subject

# not imported from ui.gallery.modes: --help of any command would pay for it; a test holds them together
LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en")
LAYOUTS: Final = ("portrait", "landscape", "bank")
WINDOW_PX: Final = (1600, 1000)
"""Of the display that is made where the machine has none."""
TOLD_EVERY: Final = 100
"""Pictures, from one word about how far it is to the next."""


def add_gallery(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``kiosk``."""
    gallery = commands.add_parser(
        "gallery",
        help="look at every control and every page, in every state, language and mode",
        description="Look at every control and every page in every state, language and mode: in a window to browse, "
        "or with --out as a folder of pictures with an index page. What is shown is the real thing on the real "
        "session machine, with fictitious people and nothing on a wire.",
    )
    gallery.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="pages, technicians, bench or controls, a page, a control, a scene, or the beginning of one; default: all",
    )
    gallery.add_argument("--list", action="store_true", help="name everything there is to look at")
    gallery.add_argument("--out", type=Path, metavar="DIR", help="draw pictures into this folder, made when missing")
    gallery.add_argument("--language", choices=LANGUAGES, action="append", help="default: zh-Hans; may be repeated")
    gallery.add_argument("--layout", choices=LAYOUTS, action="append", help="default: portrait; may be repeated")
    gallery.add_argument("--elder", action="store_true", help="larger text, one action a page (长辈版)")
    gallery.add_argument("--high-contrast", action="store_true", help="7:1 everywhere (高对比)")
    gallery.add_argument("--low-reach", action="store_true", help="everything in the lower half (低位操作)")
    gallery.add_argument("--accent", default="#0b57a4", metavar="COLOUR", help="the city's colour on controls, #rrggbb")
    many = gallery.add_mutually_exclusive_group()
    many.add_argument("--key", action="store_true", help="with --out: the key combinations, those that are approved")
    many.add_argument("--all", action="store_true", help="with --out: every combination; says first how long it takes")
    gallery.add_argument(
        "--port", type=int, metavar="N", help="serve the window over VNC on this port of the loopback instead"
    )
    gallery.set_defaults(command=_gallery)


def _gallery(given: argparse.Namespace) -> int:
    from kiosk.supervision import logs

    logs.to_console(logging.WARNING)
    if given.out is not None or given.list:
        # Qt reads the two variables when it is loaded
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    elif given.key or given.all:
        raise Wrong("name a folder for the pictures with --out", USAGE)
    from ui.gallery.subjects import find

    subjects = find(*given.names)
    if not subjects:
        raise Wrong("no such page, control or scene; --list names them", USAGE)
    if given.list:
        for subject in subjects:
            print(f"{subject.kind:12} {subject.part:20} {subject.name}")
        return OK
    if given.out is not None:
        return _draw(given, subjects)
    return _show(given, subjects)


def _modes(given: argparse.Namespace) -> list[Mode]:
    from ui.gallery.modes import Mode

    return [
        Mode(
            language=language,
            layout=layout,
            elder=given.elder,
            high_contrast=given.high_contrast,
            low_reach=given.low_reach,
        )
        for layout in given.layout or LAYOUTS[:1]
        for language in given.language or LANGUAGES[:1]
    ]


def _draw(given: argparse.Namespace, subjects: tuple[Subject, ...]) -> int:
    from ui.gallery import album

    if given.all:
        shots = album.shots_in_all(subjects)
    elif given.key:
        shots = album.key_shots(subjects)
    else:
        shots = album.shots_in(subjects, _modes(given))
    tell(f"{len(shots)} pictures, about {len(shots) * album.SECONDS_EACH / 60:.1f} minutes")

    def told(count: int) -> None:
        if count % TOLD_EVERY == 0:
            tell(f"{count} of {len(shots)}")

    page = album.draw(given.out, shots, accent=given.accent, tell=told)
    print(f"{len(shots)} pictures in {given.out}; look at {page}")
    return OK


def _show(given: argparse.Namespace, subjects: tuple[Subject, ...]) -> int:
    from kiosk.commands import displays

    with ExitStack() as held:
        displays.take(held, WINDOW_PX, given.port)
        from ui.gallery.live import run

        return run(subjects, _modes(given)[0])
