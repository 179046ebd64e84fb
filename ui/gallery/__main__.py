"""``python -m ui.gallery``: ``kiosk gallery`` by its former name."""

from __future__ import annotations

import subprocess
import sys

if __name__ == "__main__":
    sys.exit(subprocess.call([sys.executable, "-m", "kiosk", "gallery", "controls", *sys.argv[1:]]))  # noqa: S603  # this command
