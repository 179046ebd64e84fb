"""``kiosk catalogue``: check a catalogue, and write its missing Traditional Chinese."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Final, TextIO

from kiosk.catalogue.loading import load
from kiosk.catalogue.mistakes import CatalogueError
from kiosk.catalogue.traditional import write_traditional

OK: Final = 0
MISTAKES: Final = 1

_DELIVERED: Final = Path(__file__).parents[2] / "assets" / "catalogue"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``kiosk catalogue`` to its parser."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, what in (
        ("check", "read the catalogue and say every mistake with its cure"),
        ("traditional", "write the missing Traditional Chinese words into the files"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("folder", nargs="?", type=Path, default=_DELIVERED, help="default: the delivered catalogue")


def run(args: argparse.Namespace) -> int:
    """Do what ``add_arguments`` parsed; return the exit code: 0 whole, 1 mistakes."""
    if args.action == "traditional":
        return traditional(args.folder, sys.stdout)
    return check(args.folder, sys.stdout)


def traditional(root: Path, out: TextIO) -> int:
    """Fill the missing Traditional Chinese below ``root`` and write which files were changed; return the exit code."""
    written = write_traditional(root)
    out.writelines(f"{root.name}/{name}: {count} written\n" for name, count in written.items())
    out.write(f"{sum(written.values())} written\n")
    return OK


def check(root: Path, out: TextIO) -> int:
    """Write what is wrong with the catalogue below ``root``, or what it holds; return the exit code.

    Args:
        root: The catalogue's folder.
        out: Where to write: a line a mistake, in the form ``file:line: what is wrong. The cure.``
    """
    began = time.perf_counter()
    try:
        catalogue = load(root)
    except CatalogueError as error:
        out.writelines(f"{root.name}/{mistake}\n" for mistake in error.mistakes)
        count = len(error.mistakes)
        out.write(f"{count} {'mistake' if count == 1 else 'mistakes'}\n")
        return MISTAKES
    took_ms = (time.perf_counter() - began) * 1000
    out.write(
        f"{root}: version {catalogue.version}, {len(catalogue.one_things)} one-things, {len(catalogue.items)} items, "
        f"{len(catalogue.elements)} elements, {len(catalogue.tables)} tables; no mistakes ({took_ms:.0f} ms)\n"
    )
    return OK
