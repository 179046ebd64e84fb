"""``python -m ui.gallery.pages``: ``kiosk gallery pages`` by its former name."""

from __future__ import annotations

import subprocess
import sys

from ui.gallery.modes import LAYOUTS

__all__ = ["LAYOUTS"]

if __name__ == "__main__":
    sys.exit(subprocess.call([sys.executable, "-m", "kiosk", "gallery", *sys.argv[1:]]))  # noqa: S603  # this command
