"""What every command has: exit codes, the one way to say that something is wrong, words for the console."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
"""Wrong arguments or wrong settings: nothing was done."""

Commands = argparse._SubParsersAction  # argparse has no public name for it


class Wrong(Exception):
    """A command cannot do what it was asked; the message is one line for the person who asked, with the cure."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


def tell(line: str) -> None:
    """Say something to the person at the console; what a command is asked for goes to standard output instead."""
    print(f"kiosk: {line}", file=sys.stderr, flush=True)


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add ``--settings``."""
    parser.add_argument("--settings", type=Path, metavar="FILE", help="the settings file (default: $KIOSK_SETTINGS)")
