"""qmllint with every category on (``ui/.qmllint.ini``) over every QML file; any word of it is a failure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import qml_types

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Return 0 when qmllint is silent."""
    qml_types.main()
    # absolute, because relative paths lose the module a file belongs to
    files = sorted(str(path) for path in (ROOT / "ui").rglob("*.qml")) + sorted(
        str(path) for path in (ROOT / "tests" / "ui").rglob("*.qml")
    )
    tool = str(Path(sys.executable).with_name("pyside6-qmllint"))
    settings = ROOT / "ui" / ".qmllint.ini"
    if "MaxWarnings=0" not in settings.read_text(encoding="utf-8"):
        sys.exit(f"{settings.relative_to(ROOT)}: write MaxWarnings=0, otherwise warnings pass")
    command = [tool, "-I", str(ROOT), *files]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own files
    said = (run.stdout + run.stderr).replace(f"{ROOT}/", "").strip()
    if run.returncode or "Warning:" in said:
        sys.exit(f"{said}\nqmllint: mend what stands above; the word in brackets is the category in ui/.qmllint.ini")
    sys.stdout.write(f"{len(files)} QML files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
