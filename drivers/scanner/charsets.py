"""What the bytes of a code say, where neither UTF-8 nor GB18030 is the answer.

A code may name its character set, and other countries have their own. Most codes name none, and here those are UTF-8
or GB18030 as long as that reads as Chinese; only where it does not, the reader's own guess counts.

Source: ISO/IEC 15424 (data carrier identifiers), AIM ECI; GB 2312-80; JIS X 0208, level 1; ISO/IEC 8859-1.
"""

from __future__ import annotations

import re
from typing import Final

_NAMES_ITS_SET: Final = re.compile(r"\]Q[246]|\]d[456]|\]z[3-9A-C]|\]L1|\]U[23]|\]h[1-6]")
"""QR code, Data Matrix, Aztec, PDF417, MaxiCode, Han Xin: an ECI says which character set follows."""
_CODE_128: Final = "]C"
"""Its bytes above 7F are ISO 8859-1 by its own standard (FNC4)."""
_KANA: Final = re.compile("[\u3040-\u30ff\uff61-\uff9f]")
_FEWEST_KANJI: Final = 4
"""So many common Japanese characters in a row, and not one common Chinese one, are no chance."""


def known_text(raw: bytes, guess: str, identifier: str) -> str:
    """Return what a code says, or nothing where its bytes are to be taken as UTF-8 or GB18030.

    Args:
        raw: Its bytes.
        guess: What the library that read it takes it to say.
        identifier: Its data carrier identifier: "]Q1".
    """
    if raw.isascii():
        return ""
    if _NAMES_ITS_SET.match(identifier) or identifier.startswith(_CODE_128):
        return guess
    if _is(raw, "utf-8"):
        return ""
    return "" if _reads_as_chinese(raw) or not _reads_as_foreign(guess) else guess


def _is(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_chinese(raw: bytes) -> bool:
    """Whether it is GB18030, and half of what is not ASCII is in GB 2312, which has all that is common."""
    if not _is(raw, "gb18030"):
        return False
    wide = [char for char in raw.decode("gb18030") if char > "~"]
    return 2 * sum(map(_is_common_chinese, wide)) >= len(wide)


def _is_common_chinese(char: str) -> bool:
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _reads_as_foreign(text: str) -> bool:
    wide = [char for char in text if char > "~"]
    if not wide:
        return False
    if all("À" <= char <= "ÿ" for char in wide):
        # An accented letter stands in a word; a rare character's two bytes may look like one behind a colon.
        return all(before.isalpha() for before, char in zip("-" + text, text, strict=False) if char > "~")
    kana = len(_KANA.findall(text))
    kanji = sum(map(_is_common_japanese, text))
    return kana + kanji >= 0.8 * len(wide) and (kana > 0 or kanji >= _FEWEST_KANJI)


def _is_common_japanese(char: str) -> bool:
    if char < "\u4e00":
        return False
    try:
        code = char.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0x88 <= code[0] <= 0x98
