"""Every QML file is as qmlformat writes it. ``--write`` writes it so."""

from __future__ import annotations

import difflib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Return 0 when no file differs."""
    tool = str(Path(sys.executable).with_name("pyside6-qmlformat"))
    files = sorted([*(ROOT / "ui").rglob("*.qml"), *(ROOT / "tests" / "ui").rglob("*.qml")])
    if "--write" in sys.argv[1:]:
        return subprocess.run([tool, "-i", *map(str, files)], check=False).returncode  # noqa: S603 - our own files
    different = 0
    for path in files:
        run = subprocess.run([tool, str(path)], capture_output=True, text=True, check=False)  # noqa: S603 - our own files
        name = str(path.relative_to(ROOT))
        if run.returncode:
            different += 1
            sys.stdout.write(f"{name}: qmlformat cannot read it: {run.stderr.strip()}\n")
            continue
        mine = path.read_text(encoding="utf-8").splitlines(keepends=True)
        diff = list(difflib.unified_diff(mine, run.stdout.splitlines(keepends=True), name, "as qmlformat writes it"))
        different += bool(diff)
        sys.stdout.writelines(diff)
    if different:
        sys.exit(f"qmlformat: {different} files differ; packaging/checks/qmlformat --write mends them")
    sys.stdout.write(f"{len(files)} QML files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
