"""The letters of a slip: faces of Noto Sans CJK, chosen by language, character by character.

It has the ideographs of the basic block and of extension A, and of the later extensions those that lists of common
names and places have (𠮷, 𫖯, 𬬻). A name may be written with any of some sixty thousand others: they are taken from
Hanazono Mincho where that is installed. What no font has is printed as its code point, which a clerk can look up; a box
nobody can.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import ImageFont

DEFAULT_FOLDER = Path("/usr/share/fonts/opentype/noto")
"""Where Debian's fonts-noto-cjk puts its collections."""

RARE = (
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Path("/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"),
)
"""Where Debian's fonts-hanazono and fonts-babelstone-han put the rest of the ideographs."""

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
        rare: Fonts for what the collections lack; those that are not there are passed over.

    Raises:
        FontMissingError: the collection is not in ``folder``.
    """

    def __init__(
        self, folder: Path, language: str, size: int, *, bold: bool = False, rare: tuple[Path, ...] = RARE
    ) -> None:
        path = folder / (BOLD if bold else REGULAR)
        if not path.is_file():
            raise FontMissingError(
                f"{path} is missing. Install the Debian package fonts-noto-cjk, "
                "or name the folder that holds the collection in the setting printer.font_folder."
            )
        faces = _FACES.get(language, _FACES["zh-Hans"])
        self._fonts = [_open_face(str(path), size, index) for index in faces]
        self._rare: tuple[Path, ...] | None = rare
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
        """Return the characters that no font has."""
        return {char for char in text if self._face_of(char) < 0}

    def readable(self, text: str) -> str:
        """Return ``text`` with each character that no font has as its code point: "〔U+2A6A5〕"."""
        lost = self.missing(text.replace("\n", ""))
        return "".join(f"〔U+{ord(char):04X}〕" if char in lost else char for char in text) if lost else text

    def _split(self, text: str) -> list[tuple[int, str]]:
        return [(face, "".join(run)) for face, run in groupby(text, key=lambda char: max(0, self._face_of(char)))]

    def _face_of(self, char: str) -> int:
        """Return the first font that has ``char``, or -1."""
        face = self._choice.get(char)
        if face is None:
            face = self._first_that_has(char)
            if face < 0 and self._rare is not None:
                # Opened when a name needs them, not before: they are large.
                self._fonts += [_open_face(str(path), self.size, 0) for path in self._rare if path.is_file()]
                self._rare = None
                face = self._first_that_has(char)
            self._choice[char] = face
        return face

    def _first_that_has(self, char: str) -> int:
        return next((index for index, font in enumerate(self._fonts) if _has(font, char)), -1)


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
