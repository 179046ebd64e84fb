"""Approved pictures: how everything looked when somebody last said that it is well.

A picture is compared by the SHA-256 of its pixels, which one text file keeps for all. What is kept beside it, to see
what changed, is the picture at half its size in few colours: a fifth of what all pixels would take.
"""

from __future__ import annotations

import hashlib
import io
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import PIL.Image
from PySide6.QtCore import QRectF, qVersion
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QRawFont

from ui.gallery.studio import Letters, Studio
from ui.gallery.subjects import Subject

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "tests" / "pictures" / "approved"
LIST: Final = "pictures.txt"
SHRUNK: Final = 2
"""How many pixels of the screen lie side by side in one that is kept."""
COLOURS: Final = 16
MARGIN_PX: Final = 8
"""How far letters may reach out of the place they have."""
FONT: Final = "Noto Sans CJK SC"

_HEAD: Final = """\
# One line a picture: the SHA-256 of its pixels, and its name. `packaging/pictures approve` writes this file.
"""


class Approved:
    """The pictures in a folder.

    Args:
        folder: Holds the list and, below, the pictures; may be empty.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self.made_with: dict[str, str] = {}
        """What pictures depend on beside this project, when they were approved."""
        self._digests: dict[str, str] = {}
        file = folder / LIST
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        for line in lines:
            if line.startswith("#"):
                continue
            first, _, rest = line.partition(" ")
            if len(first) == hashlib.sha256().digest_size * 2:
                self._digests[rest] = first
            else:
                self.made_with[first] = rest

    @property
    def digests(self) -> Mapping[str, str]:
        """Of every approved picture, by name."""
        return self._digests

    def picture(self, name: str) -> PIL.Image.Image | None:
        """Return the approved picture at half its size; None where there is none."""
        file = self._file(name)
        if name not in self._digests or not file.is_file():
            return None
        with PIL.Image.open(file) as opened:
            return opened.convert("RGB")

    def approve(self, name: str, picture: Picture) -> None:
        """Keep ``picture``; ``write`` makes it last."""
        file = self._file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded(kept(picture.image)))
        self._digests[name] = picture.digest

    def drop(self, names: Iterable[str]) -> None:
        """Forget pictures of what is no more."""
        for name in names:
            self._digests.pop(name, None)
            self._file(name).unlink(missing_ok=True)

    def write(self) -> None:
        """Write the list."""
        self.made_with = surroundings()
        about = [f"{name} {value}" for name, value in sorted(self.made_with.items())]
        lines = [f"{self._digests[name]} {name}" for name in sorted(self._digests)]
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / LIST).write_text(_HEAD + "\n".join([*about, *lines]) + "\n", encoding="utf-8")

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.webp"


def surroundings() -> dict[str, str]:
    """Return what pictures depend on beside this project: processor, Qt, font."""
    head = QRawFont.fromFont(QFont(FONT)).fontTable("head")
    return {
        "machine": platform.machine(),
        "qt": qVersion(),
        "font": hashlib.sha256(head.data()).hexdigest()[:16],
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture as it was taken.

    Attributes:
        image: All of it.
        digest: What is compared.
    """

    image: QImage
    digest: str


def take(studio: Studio, subject: Subject) -> Picture:
    """Take the picture of ``subject``; raises as ``Studio.show`` does."""
    image = studio.picture(subject).convertToFormat(QImage.Format.Format_RGB32)
    return Picture(image=image, digest=digest(image, studio.letters(subject.kind)))


def digest(image: QImage, letters: Iterable[Letters] = ()) -> str:
    """Return the SHA-256 of size and pixels; of large letters, of words, size, colour and place.

    Characters up to 64 pixels high are drawn from Qt's store and are always the same. Larger ones are drawn as shapes,
    whose edges differ, by up to 25 of 255, with the size the font was used in before (Qt 6.11.3, FreeType's hinting of
    CFF): seen by nobody, and not of the page.
    """
    told = hashlib.sha256(f"{image.width()}x{image.height()}".encode())
    for each in letters:
        image = _without(image, each)
        told.update(f" {each.x:.1f} {each.y:.1f} {each.width:.1f} {each.height:.1f} {each.words}".encode())
    told.update(image.constBits())
    return told.hexdigest()


def _without(image: QImage, letters: Letters) -> QImage:
    """Return a copy of ``image`` with nothing where ``letters`` stand."""
    copy = QImage(image)
    with QPainter(copy) as painter:
        place = QRectF(letters.x, letters.y, letters.width, letters.height)
        painter.fillRect(place.toAlignedRect().adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX), QColor("black"))
    return copy


def shown(picture: QImage) -> PIL.Image.Image:
    """Return ``picture`` as Pillow has them."""
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    size = (whole.width(), whole.height())
    return PIL.Image.frombuffer("RGB", size, bytes(whole.constBits()), "raw", "BGRX", whole.bytesPerLine(), 1)


def kept(picture: QImage) -> PIL.Image.Image:
    """Return what is kept of ``picture``."""
    small = shown(picture).reduce(SHRUNK)
    return small.quantize(COLOURS, method=PIL.Image.Quantize.FASTOCTREE, dither=PIL.Image.Dither.NONE).convert("RGB")


def encoded(picture: PIL.Image.Image) -> bytes:
    """Return the bytes of a lossless WebP."""
    file = io.BytesIO()
    picture.save(file, "WEBP", lossless=True, method=4)
    return file.getvalue()
