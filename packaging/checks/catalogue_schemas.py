"""The schemas beside the catalogue say what its records are; ``--update`` writes them anew."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.catalogue.schemas import written

FOLDER = Path(__file__).parents[2] / "assets" / "catalogue" / "schemas"


def main() -> int:
    """Return 0 when every schema is current and there is no other."""
    wanted = written(FOLDER)
    if "--update" in sys.argv[1:]:
        FOLDER.mkdir(exist_ok=True)
        for file, text in wanted.items():
            file.write_text(text, encoding="utf-8")
    there = {file: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.json")}
    wrong = [file.name for file in sorted(wanted.keys() | there.keys()) if wanted.get(file) != there.get(file)]
    if wrong:
        sys.stderr.write(
            f"assets/catalogue/schemas: not current: {', '.join(wrong)}. "
            "Run packaging/checks/catalogue-schemas --update; delete what no record has.\n"
        )
        return 1
    sys.stdout.write(f"{len(wanted)} schemas are current\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
