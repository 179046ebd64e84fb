"""``packaging/checks/modes [--all] [MODE…]``: measures every page in its modes, a line for each fault and each mode."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")


def main() -> int:
    """Measure; return 1 when something is wrong."""
    from kiosk.catalogue import load
    from ui.gallery.crawling import Crawler
    from ui.gallery.every import EVERY
    from ui.gallery.modes import KEY, every

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="all combinations; otherwise the key ones")
    parser.add_argument("modes", metavar="MODE", nargs="*", help="as pictures are called: bank-en-elder-low-reach")
    arguments = parser.parse_args()
    known = {mode.name: mode for mode in every()}
    unknown = sorted(set(arguments.modes) - known.keys())
    if unknown:
        parser.error(f"no such mode: {', '.join(unknown)}; there are: {', '.join(known)}")
    chosen = [known[name] for name in arguments.modes] or (list(known.values()) if arguments.all else list(KEY))
    catalogue = load(ROOT / "assets" / "catalogue")
    wrong = 0
    for mode in chosen:
        began = time.monotonic()
        crawler = Crawler(mode, catalogue)
        faults = 0
        for scene, fault in crawler.crawl(sorted(EVERY)):
            faults += 1
            sys.stdout.write(f"{mode.name} {scene}: {fault}\n")
        crawler.close()
        wrong += faults
        spent_s = time.monotonic() - began
        sys.stdout.write(f"{mode.name}: {len(EVERY)} scenes, {faults or 'no'} faults, {spent_s:.0f} s\n")
        sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
