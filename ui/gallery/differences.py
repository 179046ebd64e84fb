"""The page of differences: each picture as it was approved, as it is now, and where it changed."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import jinja2
import msgspec
import PIL.Image
import PIL.ImageChops
from PySide6.QtGui import QImage

from ui.gallery.approved import ROOT, Approved, encoded, kept, shown
from ui.gallery.subjects import Shot

FOLDER: Final = ROOT / "build" / "pictures"
PAGE: Final = "index.html"
NOTICED: Final = 24
"""Of 255: what few colours round by is less, what somebody changed is more."""
MARK: Final = (214, 0, 110)
"""Colour of what changed: in no palette of the kiosk."""
PALE: Final = 0.28
"""How much is left of the picture beneath the marks."""
FULL: Final = 100.0


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that is not as it was approved."""

    name: str
    """Of the picture."""
    part: str
    """What it shows: a page, a control …"""
    state: str
    mode: str
    kind: str
    """``changed``, ``new`` or ``gone``."""
    percent: float = 0.0
    """How much of the picture changed, as seen at half the size."""
    files: dict[str, str] = {}
    """Of ``approved``, ``now`` and ``marked``."""


class Differences:
    """A folder with the page; several processes may write into it.

    Args:
        folder: Made where it is missing.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @property
    def page(self) -> Path:
        """The page of all differences."""
        return self._folder / PAGE

    def clear(self) -> None:
        """Forget all differences."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def begin(self, names: list[str]) -> None:
        """Forget what was found of these pictures before."""
        with self._locked():
            for name in names:
                shutil.rmtree(self._place(name), ignore_errors=True)
            self._write()

    def add(self, shot: Shot, approved: Approved, now: QImage) -> Difference:
        """Show how ``now`` differs; return that."""
        before = approved.picture(shot.name)
        after = shown(now).reduce(2)
        pictures = {"now": after}
        percent = FULL
        if before is not None:
            marked, percent = compare(before, kept(now), after)
            pictures |= {"approved": before, "marked": marked}
        difference = Difference(
            name=shot.name,
            part=shot.subject.part,
            state=shot.subject.name,
            mode=shot.mode.name,
            kind="new" if before is None else "changed",
            percent=round(percent, 2),
            files={what: f"{shot.name}/{what}.webp" for what in pictures},
        )
        self._keep(difference, pictures)
        return difference

    def gone(self, name: str, approved: Approved) -> Difference:
        """Show a picture of what is no more; return that."""
        before = approved.picture(name)
        pictures = {} if before is None else {"approved": before}
        rest, _, mode = name.rpartition("--")
        difference = Difference(
            name=name,
            part="",
            state=rest.partition("/")[2],
            mode=mode,
            kind="gone",
            files={what: f"{name}/{what}.webp" for what in pictures},
        )
        self._keep(difference, pictures)
        return difference

    def _keep(self, difference: Difference, pictures: dict[str, PIL.Image.Image]) -> None:
        place = self._place(difference.name)
        with self._locked():
            place.mkdir(parents=True, exist_ok=True)
            for what, picture in pictures.items():
                (place / f"{what}.webp").write_bytes(encoded(picture))
            (place / "difference.json").write_bytes(msgspec.json.encode(difference))
            self._write()

    def _write(self) -> None:
        """Write the page of all that is in the folder; only while it is locked."""
        found = [
            msgspec.json.decode(file.read_bytes(), type=Difference)
            for file in sorted(self._folder.rglob("difference.json"))
        ]
        text = templates().get_template("differences.html").render(differences=found)
        self.page.write_text(text, encoding="utf-8")

    def _place(self, name: str) -> Path:
        return self._folder / name

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def templates() -> jinja2.Environment:
    """Return where pages of the gallery come from."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def compare(before: PIL.Image.Image, after: PIL.Image.Image, ground: PIL.Image.Image) -> tuple[PIL.Image.Image, float]:
    """Return ``ground`` pale, with marks where ``after`` is not as ``before``, and how much that is, in per cent.

    Where the sizes differ, all of the larger part is marked.
    """
    size = (max(before.width, after.width), max(before.height, after.height))
    here, there = (PIL.Image.new("RGB", size, MARK) for _ in range(2))
    here.paste(before, (0, 0))
    there.paste(after, (0, 0))
    apart = PIL.ImageChops.difference(here, there)
    red, green, blue = apart.split()
    most = PIL.ImageChops.lighter(PIL.ImageChops.lighter(red, green), blue)
    mask = most.point([0 if level < NOTICED else 255 for level in range(256)])
    pale = PIL.Image.new("RGB", size, (255, 255, 255))
    pale.paste(PIL.Image.blend(PIL.Image.new("RGB", ground.size, (255, 255, 255)), ground, PALE), (0, 0))
    pale.paste(PIL.Image.new("RGB", size, MARK), (0, 0), mask)
    changed = mask.histogram()[255]
    return pale, FULL * changed / (size[0] * size[1])
