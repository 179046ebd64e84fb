"""``packaging/pictures``: looks for what no longer looks as it was approved, shows it, and keeps what is well."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.catalogue import Catalogue
    from ui.gallery.approved import Approved, Picture
    from ui.gallery.subjects import Shot

CHECK, REVIEW, APPROVE = "check", "review", "approve"
LISTED: Final = 20


def planned(kinds: Sequence[str] = ()) -> list[Shot]:
    """Return every picture that is compared; of some kinds, where ``kinds`` names any."""
    from ui.gallery.subjects import Kind, compared, parts

    return [
        shot for kind in Kind if not kinds or kind in kinds for part in parts(kind) for shot in compared(part, kind)
    ]


def differing(
    shots: Sequence[Shot], approved: Approved, catalogue: Catalogue | None = None
) -> Iterator[tuple[Shot, Picture]]:
    """Yield each of ``shots`` that does not look as approved, with the picture that was taken."""
    from ui.gallery.approved import take
    from ui.gallery.studio import Studio

    for mode, some in groupby(sorted(shots, key=lambda shot: shot.mode.name), key=lambda shot: shot.mode):
        studio = Studio(mode, catalogue=catalogue)
        try:
            for shot in some:
                picture = take(studio, shot.subject)
                if picture.digest != approved.digests.get(shot.name):
                    yield shot, picture
        finally:
            studio.close()


def main() -> int:
    """Do what the command line asks for; return 0 when everything looks as approved."""
    parser = argparse.ArgumentParser(
        prog="packaging/pictures",
        description="Compares how everything looks with the pictures in tests/pictures/approved. check says what "
        "differs; review writes a page that shows it; approve keeps what is there now.",
    )
    parser.add_argument("deed", choices=(CHECK, REVIEW, APPROVE), nargs="?", default=CHECK)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a page, a control, a scene, or the beginning of one; default: all"
    )
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    # Qt reads the two variables when it is loaded
    from PySide6.QtGui import QGuiApplication

    from ui.gallery.subjects import find

    subjects = set(find(*given.names))
    if not subjects:
        parser.error("no such page, control or scene; kiosk gallery --list names them")
    application = QGuiApplication.instance() or QGuiApplication([])
    every = planned()
    code = _do(given.deed, every, [shot for shot in every if shot.subject in subjects])
    del application
    return code


def _do(deed: str, every: Sequence[Shot], shots: Sequence[Shot]) -> int:
    from ui.gallery.approved import Approved
    from ui.gallery.differences import Differences

    begun = time.monotonic()
    approved, differences = Approved(), Differences()
    gone = sorted(set(approved.digests) - {shot.name for shot in every}) if len(shots) == len(every) else []
    if deed == REVIEW:
        differences.clear()
        differences.begin([])
    found = []
    for shot, picture in differing(shots, approved):
        found.append(shot.name)
        if deed == APPROVE:
            approved.approve(shot.name, picture)
        elif deed == REVIEW:
            differences.add(shot, approved, picture.image)
    took = time.monotonic() - begun
    tell(f"{len(shots)} pictures in {took:.0f} s; {len(found)} look otherwise than approved, {len(gone)} show nothing")
    tell(listed([*found, *gone]))
    if deed == APPROVE:
        approved.drop(gone)
        approved.write()
        tell("kept; git add tests/pictures and commit it with the change of look")
        return 0
    if deed == REVIEW:
        for name in gone:
            differences.gone(name, approved)
        tell(f"look at {differences.page}")
    elif found or gone:
        tell("packaging/pictures review shows them; packaging/pictures approve keeps them")
    return 1 if found or gone else 0


def listed(names: Sequence[str]) -> str:
    """Return the first of ``names``, a line each."""
    more = len(names) - LISTED
    return "\n".join([*(f"  {name}" for name in names[:LISTED]), *([f"  and {more} more"] if more > 0 else [])])


def tell(line: str) -> None:
    """Say a line to whoever runs this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
