"""Traditional Chinese out of Simplified: OpenCC (s2tw) and the words of one region, ``assets/i18n/regional.yaml``.

Authors write Simplified Chinese; the conversion writes the other script beside it, where it can be read. What stands
there equals the conversion or is listed as reviewed, so that nobody's slip of the pen becomes a third kind of Chinese.
Nothing of this runs while a citizen is served.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

REGIONAL: Final = Path(__file__).parents[1] / "assets" / "i18n" / "regional.yaml"

_QUOTES: Final = str.maketrans("“”‘’", "「」『』")
_PRIVATE: Final = 0xE000  # Unicode 16, section 23.5: a character of private use stands for each word kept from OpenCC


class Reviewed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A string that is said otherwise as a whole."""

    zh_hans: str = msgspec.field(name="zh-Hans")
    zh_hant: str = msgspec.field(name="zh-Hant")
    why: str


class Regional(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the region says otherwise than a conversion of characters gives."""

    words: dict[str, str]
    characters: dict[str, str]
    reviewed: tuple[Reviewed, ...] = ()


def load_regional(path: Path = REGIONAL) -> Regional:
    """Load the words of the region.

    Raises:
        msgspec.ValidationError: a key nobody knows; names where.
    """
    return msgspec.yaml.decode(path.read_bytes(), type=Regional)


def converter(regional: Regional) -> Callable[[str], str]:
    """Return the conversion from Simplified to Traditional Chinese.

    The longest word of the region wins. OpenCC's own list of Taiwan's words (s2twp) is not used: it takes 窗口, 通过,
    项目 and 文件 for words of computing.
    """
    import opencc  # only who converts pays for its dictionaries

    characters = opencc.OpenCC("s2tw").convert
    whole = {each.zh_hans: each.zh_hant for each in regional.reviewed}
    words = sorted(regional.words, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, words)) or r"(?!)")
    variants = str.maketrans(dict(regional.characters))
    stand_ins = {word: chr(_PRIVATE + number) for number, word in enumerate(words)}
    back = {ord(stand_in): regional.words[word] for word, stand_in in stand_ins.items()}

    def convert(text: str) -> str:
        if text in whole:
            return whole[text]
        kept = pattern.sub(lambda found: stand_ins[found[0]], text)
        return str(characters(kept)).translate(variants).translate(back).translate(_QUOTES)

    return convert
