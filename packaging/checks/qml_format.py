"""Every QML file is as qmlformat writes it. ``--write`` writes it so."""

from __future__ import annotations

import difflib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = Path("ui", ".qmlformat.ini")


def main() -> int:
    """Return 0 when no file differs."""
    tool = str(Path(sys.executable).with_name("pyside6-qmlformat"))
    files = sorted([*(ROOT / "ui").rglob("*.qml"), *(ROOT / "tests" / "ui").rglob("*.qml")])
    if "--write" in sys.argv[1:]:
        return subprocess.run([tool, "-i", *map(str, files)], check=False).returncode  # noqa: S603 - our own files
    different = 0
    # one process for all of them: to start one takes longer than to format a file
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / SETTINGS).parent.mkdir()
        shutil.copy(ROOT / SETTINGS, Path(folder) / SETTINGS)
        copies = [Path(folder) / path.relative_to(ROOT) for path in files]
        for path, copy in zip(files, copies, strict=True):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        run = subprocess.run([tool, "-i", *map(str, copies)], capture_output=True, text=True, check=False)  # noqa: S603 - our own files
        if run.returncode:
            sys.exit(f"qmlformat cannot read all files: {run.stderr.strip()}")
        for path, copy in zip(files, copies, strict=True):
            name = str(path.relative_to(ROOT))
            mine, theirs = (each.read_text(encoding="utf-8").splitlines(keepends=True) for each in (path, copy))
            diff = list(difflib.unified_diff(mine, theirs, name, "as qmlformat writes it"))
            different += bool(diff)
            sys.stdout.writelines(diff)
    if different:
        sys.exit(f"qmlformat: {different} files differ; packaging/checks/qmlformat --write mends them")
    sys.stdout.write(f"{len(files)} QML files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
