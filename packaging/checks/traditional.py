"""Traditional Chinese is made from the Simplified beside it, by OpenCC and ``assets/i18n/regional.yaml``.

packaging/checks/traditional             says where it is not, with file and line
packaging/checks/traditional --update    writes it anew, in kiosk_zh_Hant.ts, in .yaml files and in ``Text``s of kiosk

What must be said otherwise goes into regional.yaml: a word under ``words``, a whole string under ``reviewed`` with the
reason. A reviewed string that nobody says any more is reported too.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from kiosk.catalogue.traditional import renewed
from kiosk.traditional import REGIONAL, converter, load_regional

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "ui" / "i18n" / "kiosk_zh_Hant.ts"
CODE = ROOT / "kiosk"
FOLDERS = (ROOT / "assets", ROOT / "ui" / "controls")

Renew = Callable[[str, Callable[[str], str]], tuple[str, list[tuple[int, str, str, str]]]]

_MESSAGE = re.compile(
    r"(?P<head><source>(?P<source>[^<]*)</source>(?:(?!</message>).)*?)"
    r"<translation(?P<kind>[^>]*?)(?:/>|>(?P<words>[^<]*)</translation>)",
    re.DOTALL,
)
_ENTITIES = {"'": "&apos;", '"': "&quot;"}
_CHARACTERS = {entity: character for character, entity in _ENTITIES.items()}


def renewed_messages(text: str, convert: Callable[[str], str]) -> tuple[str, list[tuple[int, str, str, str]]]:
    """Return the .ts ``text`` with the conversion where a translation is not it, as ``renewed`` does for YAML."""
    found = []

    def settled(message: re.Match[str]) -> str:
        source = unescape(message["source"], _CHARACTERS)
        there = unescape(message["words"] or "", _CHARACTERS)
        wanted = convert(source)
        if there == wanted and "unfinished" not in message["kind"]:
            return message[0]
        line = text.count("\n", 0, message.end("head")) + 1
        found.append((line, source, there, wanted))
        return f"{message['head']}<translation>{escape(wanted, _ENTITIES)}</translation>"

    return _MESSAGE.sub(settled, text), found


def renewed_code(text: str, convert: Callable[[str], str]) -> tuple[str, list[tuple[int, str, str, str]]]:
    """Return Python ``text`` with the conversion in every call that gives ``zh_hans`` and ``zh_hant`` as they stand."""
    found = []
    places = []
    lines = text.encode().splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call):
            continue
        given = {each.arg: each.value for each in call.keywords}
        hans, hant = given.get("zh_hans"), given.get("zh_hant")
        if not (isinstance(hans, ast.Constant) and isinstance(hant, ast.Constant)):
            continue
        wanted = convert(str(hans.value))
        if wanted != hant.value and hant.end_lineno is not None and hant.end_col_offset is not None:
            found.append((hant.lineno, str(hans.value), str(hant.value), wanted))
            first = starts[hant.lineno - 1] + hant.col_offset
            last = starts[hant.end_lineno - 1] + hant.end_col_offset
            places.append((first, last, json.dumps(wanted, ensure_ascii=False)))
    raw = text.encode()
    for first, last, words in sorted(places, reverse=True):
        raw = raw[:first] + words.encode() + raw[last:]
    return raw.decode(), found


def files() -> Iterator[tuple[Path, Renew]]:
    """Yield every file that has Traditional Chinese, and what renews it."""
    yield MESSAGES, renewed_messages
    for path in sorted(CODE.rglob("*.py")):
        yield path, renewed_code
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.yaml")):
            if path != REGIONAL:
                yield path, renewed


def settle(path: Path = MESSAGES) -> int:
    """Write the conversion into a .ts file; return how many translations that changed."""
    text, found = renewed_messages(path.read_text(encoding="utf-8"), converter(load_regional()))
    if found:
        path.write_text(text, encoding="utf-8", newline="")
    return len(found)


def main() -> int:
    """Check or update."""
    asked = sys.argv[1:]
    if asked not in ([], ["--update"]):
        sys.exit(f"traditional: {asked} is not known; give nothing or --update")
    regional = load_regional()
    convert = converter(regional)
    checked = wrong = 0
    everything = []
    for path, renew in files():
        before = path.read_text(encoding="utf-8")
        if path != MESSAGES and "zh-Hant" not in before and "zh_hant" not in before:
            continue
        everything.append(before)
        after, found = renew(before, convert)
        checked += 1
        wrong += len(found)
        for line, source, there, wanted in found:
            sys.stderr.write(
                f"{path.relative_to(ROOT)}:{line}: 「{source}」 is 「{there}」, its conversion 「{wanted}」. Run "
                "packaging/checks/traditional --update, or put the word into assets/i18n/regional.yaml.\n"
            )
        if asked and found:
            path.write_text(after, encoding="utf-8", newline="")
    if asked:
        sys.stdout.write(f"{wrong} written anew\n")
        return 0
    said = "\n".join(everything)
    unused = [each.zh_hans for each in regional.reviewed if each.zh_hans not in said]
    for word in unused:
        sys.stderr.write(f"{REGIONAL.relative_to(ROOT)}:1: 「{word}」 occurs nowhere. Delete it.\n")
    sys.stdout.write(f"{checked} files, {wrong} strings unlike their conversion\n")
    return 1 if wrong or unused else 0


if __name__ == "__main__":
    sys.exit(main())
