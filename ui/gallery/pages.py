"""``python -m ui.gallery.pages --out DIR``: pages as pictures, each showing a session the real machine came to."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ui.gallery.examples import LANGUAGES

LAYOUTS = ("portrait", "landscape", "bank")


def draw(
    out: Path,
    names: list[str],
    *,
    language: str,
    layout: str,
    large_text: bool,
) -> int:
    """Draw the scenes ``names`` into ``out``; return how many."""
    from ui.gallery.stage import Stage

    out.mkdir(parents=True, exist_ok=True)
    stage = Stage(language=language, layout=layout, large_text=large_text)
    for name in names:
        stage.show(name)
        picture = stage.picture()
        suffix = "-large" if large_text else ""
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
    parser.add_argument("--large", action="store_true", help="larger text (长辈版)")
    parser.add_argument("scenes", nargs="*", metavar="PAGE", help="a scene or the beginning of its name; default: all")
    arguments = parser.parse_args()
    names = [name for name in EVERY if not arguments.scenes or name.startswith(tuple(arguments.scenes))]
    if not names:
        parser.error(f"no such page; there are: {', '.join(EVERY)}")

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    count = 0
    for language in arguments.language or ["zh-Hans"]:
        for layout in arguments.layout or ["portrait"]:
            count += draw(arguments.out, names, language=language, layout=layout, large_text=arguments.large)
    sys.stdout.write(f"{count} pictures in {arguments.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
