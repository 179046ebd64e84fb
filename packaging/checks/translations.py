"""The screen's own words are complete in every language: ``ui/i18n/kiosk_*.ts`` (source: Simplified Chinese).

packaging/checks/translations             checks: all found, all finished, none left over, same placeholders
packaging/checks/translations --update    writes new words of the sources into the .ts files: English is to be written,
                                          Traditional Chinese is made (packaging/checks/traditional)
packaging/checks/build-translations       compiles the .qm files the screen loads
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from traditional import settle

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ui" / "i18n"
FILES = {"zh_TW": FOLDER / "kiosk_zh_Hant.ts", "en_GB": FOLDER / "kiosk_en.ts"}
SOURCES = ("ui", "kiosk")

_PLACEHOLDER = re.compile(r"%(?:L?\d+|n)")


def tool(name: str, *arguments: str) -> None:
    """Run one of Qt's translation tools; end with its words when it fails."""
    command = [str(Path(sys.executable).with_name(f"pyside6-{name}")), *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own files
    if run.returncode:
        sys.exit(f"{name}: {run.stdout}{run.stderr}")


def extract(target: Path, language: str) -> None:
    """Bring ``target`` up to date with the sources; what is gone from them goes from it."""
    # -extensions first, or Python is passed over without a word
    tool(
        "lupdate", "-extensions", "py,qml", *SOURCES, "-locations", "none", "-no-obsolete",
        "-source-language", "zh_CN", "-target-language", language, "-ts", str(target),
    )  # fmt: skip


def messages(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield context, source, translation and kind ("" when finished) of every message."""
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own files
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            words = "" if translation is None else "".join(translation.itertext())
            kind = "unfinished" if translation is None else translation.get("type", "")
            yield name, message.findtext("source", ""), words, kind


def line_of(path: Path, source: str) -> int:
    """Return the line of ``source`` in ``path``, 1 when it is not there."""
    escaped = source.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if escaped.split("\n")[0] in line:
            return number
    return 1


def problems(path: Path, language: str) -> Iterator[str]:
    """Yield what is wrong with ``path``, each with its line and its cure."""
    name = path.relative_to(ROOT)
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(temporary) / path.name
        shutil.copy(path, fresh)
        extract(fresh, language)
        wanted = {(context, source) for context, source, _, _ in messages(fresh)}
    present = set()
    for context, source, words, kind in messages(path):
        present.add((context, source))
        where = f"{name}:{line_of(path, source)}: {context} 「{source}」"
        if kind in {"vanished", "obsolete"} or (context, source) not in wanted:
            yield f"{where} is no longer said anywhere; run packaging/checks/translations --update"
        elif kind == "unfinished" or not words.strip():
            yield f'{where} is not translated; write it and take type="unfinished" away'
        elif sorted(_PLACEHOLDER.findall(source)) != sorted(_PLACEHOLDER.findall(words)):
            yield f"{where} has other placeholders than 「{words}」; use the same %1, %2 …"
    for context, source in sorted(wanted - present):
        yield f"{name}:1: {context} 「{source}」 is missing; run packaging/checks/translations --update, then translate"


def main() -> int:
    """Check, update or build."""
    asked = sys.argv[1:]
    if asked == ["--update"]:
        for language, path in FILES.items():
            extract(path, language)
        settle(FILES["zh_TW"])
        return 0
    if asked == ["--build"]:
        for path in FILES.values():
            # a terminal that runs has the old file mapped into its memory: it is replaced, never written into
            new = path.with_suffix(".qm.new")
            tool("lrelease", "-silent", str(path), "-qm", str(new))
            new.replace(path.with_suffix(".qm"))
            sys.stdout.write(f"{path.with_suffix('.qm').relative_to(ROOT)}\n")
        return 0
    if asked:
        sys.exit(f"translations: {asked} is not known; give nothing, --update or --build")
    found = [problem for language, path in FILES.items() for problem in problems(path, language)]
    if found:
        sys.exit("\n".join(found))
    sys.stdout.write(f"{sum(1 for _ in messages(FILES['en_GB']))} messages in {len(FILES)} languages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
