"""``python -m ui.gallery.pages --out DIR``: pages as pictures, each showing a session the real machine came to."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from kiosk.session.preferences import Preferences
from ui.gallery.examples import LANGUAGES

LAYOUTS = ("portrait", "landscape", "bank")
MODES = ("elder", "high-contrast", "low-reach")


def draw(
    out: Path,
    names: list[str],
    *,
    language: str,
    layout: str,
    preferences: Preferences,
) -> int:
    """Draw the scenes ``names`` into ``out``; return how many."""
    from ui.gallery.stage import Stage

    out.mkdir(parents=True, exist_ok=True)
    stage = Stage(language=language, layout=layout, preferences=preferences)
    for name in names:
        stage.show(name)
        picture = stage.picture()
        suffix = "".join(f"-{mode}" for mode in MODES if getattr(preferences, mode.replace("-", "_")))
        picture.save(str(out / f"{name}-{layout}-{language}{suffix}.png"))
    stage.close()
    return len(names)


def main() -> int:
    """Draw the pictures and say where they are."""
    from ui.gallery.every import EVERY

    parser = argparse.ArgumentParser(prog="python -m ui.gallery.pages", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures; made when missing")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="default: zh-Hans")
    parser.add_argument("--layout", choices=LAYOUTS, action="append", help="default: portrait")
    parser.add_argument("--elder", action="store_true", help="larger text, one action a page (长辈版)")
    parser.add_argument("--high-contrast", action="store_true", help="7:1 everywhere (高对比)")
    parser.add_argument("--low-reach", action="store_true", help="everything in the lower half (低位操作)")
    parser.add_argument("scenes", nargs="*", metavar="PAGE", help="a scene or the beginning of its name; default: all")
    arguments = parser.parse_args()
    names = [name for name in EVERY if not arguments.scenes or name.startswith(tuple(arguments.scenes))]
    if not names:
        parser.error(f"no such page; there are: {', '.join(EVERY)}")

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    preferences = Preferences(
        elder=arguments.elder, high_contrast=arguments.high_contrast, low_reach=arguments.low_reach
    )
    count = 0
    for language in arguments.language or ["zh-Hans"]:
        for layout in arguments.layout or ["portrait"]:
            count += draw(arguments.out, names, language=language, layout=layout, preferences=preferences)
    sys.stdout.write(f"{count} pictures in {arguments.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
