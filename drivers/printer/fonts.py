"""The letters of a slip: faces of Noto Sans CJK, chosen by language, character by character."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import ImageFont

DEFAULT_FOLDER = Path("/usr/share/fonts/opentype/noto")
"""Where Debian's fonts-noto-cjk puts its collections."""

REGULAR = "NotoSansCJK-Regular.ttc"
BOLD = "NotoSansCJK-Bold.ttc"

_JP, _KR, _SC, _TC, _HK = range(5)
"""Order of the proportional faces inside the collections."""

_FACES = {
    "zh-Hans": (_SC, _TC, _HK, _JP, _KR),
    "zh-Hant": (_TC, _HK, _SC, _JP, _KR),
    "en": (_SC, _TC, _HK, _JP, _KR),
}
"""Faces by language, first choice first."""

_NOWHERE = "\uffff"
"""A noncharacter: no font draws it, so its picture is that of a missing character."""


class FontMissingError(Exception):
    """The font collection is not where it should be; the message says where that is and what to install."""


class Lettering:
    """Measures and splits text for one language at one size and weight.

    Args:
        folder: Where the two collections of Noto Sans CJK are.
        language: BCP 47; chooses whose forms come first (直, 骨 and many more differ between SC and TC).
        size: Height of the em square in dots.
        bold: Heavy strokes.

    Raises:
        FontMissingError: the collection is not in ``folder``.
    """

    def __init__(self, folder: Path, language: str, size: int, *, bold: bool = False) -> None:
        path = folder / (BOLD if bold else REGULAR)
        if not path.is_file():
            raise FontMissingError(
                f"{path} is missing. Install the Debian package fonts-noto-cjk, "
                "or name the folder that holds the collection in the setting printer.font_folder."
            )
        faces = _FACES.get(language, _FACES["zh-Hans"])
        self._fonts = tuple(_open_face(str(path), size, index) for index in faces)
        self._choice: dict[str, int] = {}
        self._widths: dict[str, float] = {}
        self.size = size
        self.ascent, self.descent = self._fonts[0].getmetrics()

    def width(self, text: str) -> float:
        """Return how many dots ``text`` takes from left to right."""
        known = self._widths.get(text)
        if known is None:
            known = sum(self._fonts[face].getlength(run) for face, run in self._split(text))
            self._widths[text] = known
        return known

    def runs(self, text: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        """Return ``text`` cut into stretches that one face can draw."""
        return [(self._fonts[face], run) for face, run in self._split(text)]

    def missing(self, text: str) -> set[str]:
        """Return the characters that no face of the collection has; they come out as boxes."""
        return {char for char in text if self._face_of(char) < 0}

    def _split(self, text: str) -> list[tuple[int, str]]:
        return [(face, "".join(run)) for face, run in groupby(text, key=lambda char: max(0, self._face_of(char)))]

    def _face_of(self, char: str) -> int:
        """Return the first face that has ``char``, or -1."""
        face = self._choice.get(char)
        if face is None:
            face = next((index for index, font in enumerate(self._fonts) if _has(font, char)), -1)
            self._choice[char] = face
        return face


@cache
def _open_face(path: str, size: int, index: int) -> ImageFont.FreeTypeFont:
    # Basic layout: the same dots whether or not this machine's Pillow was built with Raqm.
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


def _has(font: ImageFont.FreeTypeFont, char: str) -> bool:
    if char.isspace():
        return True
    return bytes(font.getmask(char)) != _missing_picture(font)


@cache
def _missing_picture(font: ImageFont.FreeTypeFont) -> bytes:
    return bytes(font.getmask(_NOWHERE))
