"""``kiosk catalogue export`` and ``import``: an item or a table as a workbook, and back into the files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.mistakes import CatalogueError
from kiosk.catalogue.opening import load
from kiosk.catalogue.telling import told
from kiosk.catalogue.workbooks.plain import plain_item, plain_table
from kiosk.catalogue.workbooks.reading import read_workbook, write_files
from kiosk.catalogue.workbooks.writing import Known, known_in, workbook
from kiosk.words import Language


def export(identity: str, file: Path, root: Path, out: TextIO = sys.stdout) -> int:
    """Write the item or the table of that id into ``file``; an item brings its decision table along.

    Returns:
        The exit code: 1 when there is neither.
    """
    item = plain_item(root, identity)
    table = plain_table(root, identity if item is None else str(item.get("table", "")))
    if item is None and table is None:
        out.write(f"{root}: there is no item and no table {identity}\n")
        return 1
    file.write_bytes(workbook(item, table, _known(root)))
    out.write(f"{file}\n")
    return 0


def bring_in(file: Path, root: Path, language: Language, out: TextIO = sys.stdout) -> int:
    """Write what the workbook in ``file`` says into the files below ``root``, or say its mistakes.

    Returns:
        The exit code: 1 when it has mistakes; nothing is written then.
    """
    try:
        item, table = read_workbook(file.read_bytes(), file.name)
        done = write_files(item, table, root)
    except CatalogueError as error:
        out.writelines(f"{told(mistake, language)}\n" for mistake in error.mistakes)
        return 1
    except OSError as error:
        out.write(f"{error.filename}: {error.strerror}\n")
        return 1
    out.writelines(f"{path}\n" for path in done)
    return 0


def _known(root: Path) -> Known:
    """Return what there is to choose from; nothing while the catalogue has mistakes, so that one can work on."""
    try:
        catalogue: Catalogue = load(root)
    except CatalogueError:
        return Known()
    import yaml

    groups = yaml.load((root / "groups.yaml").read_bytes(), yaml.CSafeLoader) or {}
    return known_in(catalogue, groups if isinstance(groups, dict) else ())
