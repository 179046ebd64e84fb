"""``python -m ui.gallery --out DIR``: every control example as a picture, and all of them on one contact sheet."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ui.gallery.examples import LANGUAGES, control_names


def main() -> int:
    """Draw the pictures and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m ui.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures; made when missing")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="default: all three")
    parser.add_argument("--control", action="append", help="default: all")
    parser.add_argument("--elder", action="store_true", help="text one and a half times as large")
    parser.add_argument("--high-contrast", action="store_true")
    parser.add_argument("--accent", default="#0b57a4", help="the city's colour, #rrggbb")
    arguments = parser.parse_args()
    unknown = set(arguments.control or ()) - set(control_names())
    if unknown:
        parser.error(f"no such control: {', '.join(sorted(unknown))}; there are: {', '.join(control_names())}")

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    # Qt reads the two variables when it is loaded
    from ui.gallery.draw import draw_all

    count = draw_all(
        arguments.out,
        languages=arguments.language or list(LANGUAGES),
        controls=arguments.control or control_names(),
        elder=arguments.elder,
        high_contrast=arguments.high_contrast,
        accent=arguments.accent,
    )
    sys.stdout.write(f"{count} pictures in {arguments.out}; all together: {arguments.out / 'all.png'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
