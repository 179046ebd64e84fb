"""``kiosk catalogue``: check a catalogue, and write its missing Traditional Chinese."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

import msgspec

from kiosk.catalogue.auditing import audit
from kiosk.catalogue.loading import read
from kiosk.catalogue.mistakes import CatalogueError, Mistake
from kiosk.catalogue.opening import load
from kiosk.catalogue.report import report, table
from kiosk.catalogue.telling import told
from kiosk.catalogue.traditional import write_traditional
from kiosk.words import Language, Text

OK: Final = 0
MISTAKES: Final = 1

_WHOLE: Final = Text(
    zh_hans="{0}：版本 {1}，{2} 件一件事，{3} 个事项，{4} 个数据元，{5} 张决策表；没有问题（{took_ms:.0f} 毫秒）",
    zh_hant="{0}：版本 {1}，{2} 件一件事，{3} 個事項，{4} 個資料元，{5} 張決策表；沒有問題（{took_ms:.0f} 毫秒）",
    en="{0}: version {1}, {2} one-things, {3} items, {4} elements, {5} tables; no mistakes ({took_ms:.0f} ms)",
)

DELIVERED: Final = Path(__file__).parents[2] / "assets" / "catalogue"


def add_arguments(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """Add the arguments of ``kiosk catalogue`` to its parser; return its actions, to which others may be added."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, what in (
        ("check", "read the catalogue and say every mistake with its cure"),
        ("traditional", "write the missing Traditional Chinese words into the files"),
        ("report", "say what each one-thing spares its typical resident, the worst first"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("folder", nargs="?", type=Path, default=DELIVERED, help="default: the delivered catalogue")
        if name != "traditional":
            action.add_argument("--language", choices=("zh", "en"), help="default: Chinese where LANG says so")
        if name == "check":
            action.add_argument("--draft", action="store_true", help="leave out what nothing uses yet")
        if name == "report":
            action.add_argument("--json", action="store_true", help="write JSON instead of a table")
    export = actions.add_parser("export", help="write an item or a decision table as a workbook to fill in")
    export.add_argument("id", metavar="ITEM|TABLE", help="an item brings its table along")
    export.add_argument("folder", nargs="?", type=Path, default=DELIVERED, help="default: the delivered catalogue")
    export.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    back = actions.add_parser("import", help="write what a workbook says into the files, and check them")
    back.add_argument("file", type=Path, metavar="FILE.xlsx")
    back.add_argument("folder", nargs="?", type=Path, default=DELIVERED, help="default: the delivered catalogue")
    back.add_argument("--language", choices=("zh", "en"), help="default: Chinese where LANG says so")
    return actions


def run(args: argparse.Namespace) -> int:
    """Do what ``add_arguments`` parsed; return the exit code: 0 whole, 1 mistakes."""
    if args.action == "traditional":
        return traditional(args.folder, sys.stdout)
    if args.action == "export":
        from kiosk.catalogue.workbooks import command as workbooks  # openpyxl takes time that other actions do not need

        return workbooks.export(args.id, args.out, args.folder, sys.stdout)
    language = _language(args.language)
    if args.action == "import":
        from kiosk.catalogue.workbooks import command as workbooks

        done = workbooks.bring_in(args.file, args.folder, language, sys.stdout)
        return done or check(args.folder, sys.stdout, language, draft=True)
    if args.action == "report":
        return savings(args.folder, sys.stdout, language, as_json=args.json)
    return check(args.folder, sys.stdout, language, draft=args.draft)


def _language(wanted: str | None) -> Language:
    """Return the language to write in: the one asked for, else that of the locale."""
    spoken = wanted or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return Language.ZH_HANS if spoken.startswith("zh") else Language.EN


def savings(root: Path, out: TextIO, language: Language, *, as_json: bool) -> int:
    """Write what the one-things below ``root`` spare their typical residents; return the exit code."""
    try:
        catalogue = load(root)
    except CatalogueError as error:
        return _tell(root, error.mistakes, out, language)
    found = report(catalogue, datetime.now(tz=UTC).date())
    if as_json:
        out.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
    else:
        out.write(table(found, language))
    return OK


def _tell(root: Path, mistakes: Collection[Mistake], out: TextIO, language: Language) -> int:
    out.writelines(f"{root.name}/{told(mistake, language)}\n" for mistake in mistakes)
    count = len(mistakes)
    out.write(f"{count} 处问题\n" if language is Language.ZH_HANS else f"{count} mistake{'' if count == 1 else 's'}\n")
    return MISTAKES


def traditional(root: Path, out: TextIO) -> int:
    """Fill the missing Traditional Chinese below ``root`` and write which files were changed; return the exit code."""
    written = write_traditional(root)
    out.writelines(f"{root.name}/{name}: {count} written\n" for name, count in written.items())
    out.write(f"{sum(written.values())} written\n")
    return OK


def check(root: Path, out: TextIO, language: Language = Language.EN, *, draft: bool = False) -> int:
    """Write what is wrong with the catalogue below ``root``, or what it holds; return the exit code.

    Args:
        root: The catalogue's folder.
        out: Where to write: a line a mistake, in the form ``file:line: what is wrong. The cure.``
        language: Chinese or English.
        draft: Leave out what nothing uses yet.
    """
    began = time.perf_counter()
    try:
        catalogue, found = read(root)
    except CatalogueError as error:
        return _tell(root, error.mistakes, out, language)
    mistakes = audit(catalogue, found, unused=not draft, language=language)
    if mistakes:
        return _tell(root, sorted(set(mistakes)), out, language)
    took_ms = (time.perf_counter() - began) * 1000
    counts = (len(catalogue.one_things), len(catalogue.items), len(catalogue.elements), len(catalogue.tables))
    out.write(_WHOLE.in_(language).format(root, catalogue.version, *counts, took_ms=took_ms) + "\n")
    return OK
