"""From a workbook that a clerk filled in to plain data, or to every mistake with its sheet, its cell and its cure."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.catalogue.mistakes import CatalogueError, Mistake, did_you_mean
from kiosk.catalogue.model import DecisionTable, Item, Outcome
from kiosk.catalogue.tables import APPROVE, REFER
from kiosk.catalogue.workbooks.columns import (
    CHOICES,
    EXAMPLES,
    HITS,
    ITEM,
    LANGUAGES,
    LISTS,
    TABLE,
    TABLE_EXAMPLES,
    Column,
    Shape,
    Unfit,
    answer_of,
    choice_of,
    columns_of,
    entries_of,
    item_columns,
    test_of,
    text_of,
    truth_of,
    whole_of,
)
from kiosk.catalogue.workbooks.plain import Plain, normal, yaml_text
from kiosk.catalogue.workbooks.writing import OUTPUT, TABLE_HEADS

LIMIT_BYTES: Final = 16 * 1024 * 1024
_UNPACKED_BYTES: Final = 128 * 1024 * 1024
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_ROWS: Final = 5_000
_COLUMNS: Final = 500


def read_workbook(content: bytes, file: str) -> tuple[Plain | None, Plain | None]:
    """Return the item and the decision table of a workbook, each ``None`` where it has none.

    Args:
        content: The bytes of the file.
        file: Its name in mistakes.

    Raises:
        CatalogueError: It is no workbook, or cells are not what they should be; each mistake names sheet and cell.
    """
    reader = _Reader(_opened(content, file), file)
    item = reader.item()
    table = reader.table()
    if item is None and table is None and not reader.mistakes:
        reader.wrong(ITEM, "", "there is neither an item nor a decision table", "Begin with kiosk catalogue export.")
    if reader.mistakes:
        raise CatalogueError(reader.mistakes)
    return item, table


def write_files(item: Plain | None, table: Plain | None, root: Path) -> tuple[Path, ...]:
    """Write what a workbook said into the files below ``root``; return them.

    Raises:
        OSError: They cannot be written.
    """
    done = []
    if item is not None:
        path = root / "items" / item["department"] / f"{item['id']}.yaml"
        done.append((path, {key: value for key, value in item.items() if key != "department"}))
    if table is not None:
        done.append((root / "tables" / f"{table['id']}.yaml", table))
    for path, record in done:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml_text(record), encoding="utf-8")
    return tuple(path for path, _ in done)


def _opened(content: bytes, file: str) -> Workbook:
    try:
        if len(content) <= LIMIT_BYTES and _unpacked_bytes(content) <= _UNPACKED_BYTES:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what other programs add is not ours to read
                return load_workbook(io.BytesIO(content))
    except Exception as error:  # for what is no workbook openpyxl raises whatever comes first
        raise _no_workbook(file) from error
    raise _no_workbook(file)


def _no_workbook(file: str) -> CatalogueError:
    says, cure = "this is no workbook", "Save it as .xlsx (Excel workbook)."
    return CatalogueError([Mistake(file=file, line=0, says=says, cure=cure)])


def _unpacked_bytes(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sum(part.file_size for part in packed.infolist())


class _Reader:
    def __init__(self, book: Workbook, file: str) -> None:
        self.mistakes: list[Mistake] = []
        self._book = book
        self._file = file
        for name in book.sheetnames:
            known = (ITEM, TABLE, TABLE_EXAMPLES, EXAMPLES, CHOICES, *(sheet for sheet, _ in LISTS.values()))
            if name not in known:
                self.wrong(name, "", "there is no such sheet", did_you_mean(name, known, "Delete the sheet."))

    def wrong(self, sheet: str, cell: str, says: str, cure: str) -> None:
        place = f"{sheet}!{cell}" if cell else sheet
        self.mistakes.append(Mistake(file=f"{self._file}: {place}", line=0, says=says, cure=cure))

    def _sheet(self, name: str) -> Worksheet | None:
        found = next((sheet for sheet in self._book.worksheets if sheet.title == name), None)
        if found is None or (found.max_row <= _ROWS and found.max_column <= _COLUMNS):
            return found
        self.wrong(name, "", "this sheet cannot be read", "Export it again and copy your cells into it.")
        return None

    def _cell(self, sheet: Worksheet, row: int, place: int, read: Callable[[object], Any]) -> Any:
        """Return what stands in a cell, ``None`` when it is empty or wrong."""
        cell = sheet.cell(row, place)
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if cell.data_type in ("f", "e"):
            self.wrong(sheet.title, cell.coordinate, "here stands a formula", "Write the value itself.")
            return None
        try:
            return read(value)
        except Unfit as error:
            self.wrong(sheet.title, cell.coordinate, error.says, error.cure)
            return None

    def _value(self, sheet: Worksheet, row: int, place: int, column: Column) -> Any:
        if column.shape is Shape.WORDS:
            words = {
                language: self._cell(sheet, row, place + offset, text_of) for offset, language in enumerate(LANGUAGES)
            }
            return {language: text for language, text in words.items() if text is not None} or None
        if column.choices:
            return self._cell(sheet, row, place, lambda value: choice_of(value, column.choices))
        return self._cell(sheet, row, place, _READ[column.shape])

    def item(self) -> Plain | None:
        sheet = self._sheet(ITEM)
        if sheet is None:
            return None
        found, rows = self._item_rows(sheet)
        for column in item_columns():
            if column.required and column.key not in rows:
                says = f"the row {column.key} is missing"
                self.wrong(ITEM, "", says, "Export it again and copy your cells into it.")
        for key, (name, record) in LISTS.items():
            found[key] = self._list(name, columns_of(record))
        found["examples"] = self._examples()
        for key in ("id", "department"):
            if key in found and not _ID.fullmatch(found[key]):
                self.wrong(ITEM, f"C{rows[key]}", f"“{found[key]}” is no id", "Write lower case: food-permit.")
        return normal(found, Item)

    def _item_rows(self, sheet: Worksheet) -> tuple[Plain, dict[str, int]]:
        """Return what the first sheet says, and the row of each key."""
        columns = {column.key: column for column in item_columns()}
        found: Plain = {}
        rows: dict[str, int] = {}
        for row in range(2, sheet.max_row + 1):
            key = self._cell(sheet, row, 1, text_of)
            if key is None:
                continue
            if key not in columns or key in rows:
                cure = "Delete one of the two." if key in rows else did_you_mean(key, columns, "Delete the row.")
                self.wrong(ITEM, f"A{row}", f"“{key}” is no key, or stands twice", cure)
                continue
            rows[key] = row
            column = columns[key]
            value = self._value(sheet, row, 3, column)
            if value is None and column.required and column.shape is Shape.LINES:
                value = []
            if value is not None:
                _set(found, key, value)
            elif column.required and not self._told(ITEM, f"C{row}"):
                self.wrong(ITEM, f"C{row}", f"{column.title} is missing", "Fill in the cell.")
        return found, rows

    def _told(self, sheet: str, cell: str) -> bool:
        return any(mistake.file.endswith(f": {sheet}!{cell}") for mistake in self.mistakes)

    def _list(self, name: str, columns: tuple[Column, ...]) -> list[Any]:
        sheet = self._sheet(name)
        found = []
        for row in range(2, sheet.max_row + 1) if sheet is not None else ():
            record: Plain = {}
            place = 1
            for column in columns:
                value = self._value(sheet, row, place, column) if sheet is not None else None
                if value is not None:
                    record[column.key] = value
                place += 3 if column.shape is Shape.WORDS else 1
            if record:
                first = columns[0]
                if first.key not in record and not self._told(name, f"A{row}"):
                    self.wrong(name, f"A{row}", f"{first.title} is missing", "Fill in the cell, or empty the row.")
                found.append(record)
        return found

    def _examples(self) -> list[Plain]:
        sheet = self._sheet(EXAMPLES)
        if sheet is None:
            self.wrong(EXAMPLES, "", "the sheet is missing", "Export it again and copy your cells into it.")
            return []
        elements = {place: self._cell(sheet, 1, place, text_of) for place in range(2, sheet.max_column + 1)}
        found = []
        for row in range(2, sheet.max_row + 1):
            given = self._answers(sheet, row, elements)
            outcome = self._cell(sheet, row, 1, lambda value: choice_of(value, tuple(map(str, Outcome))))
            if outcome is None and given and not self._told(EXAMPLES, f"A{row}"):
                self.wrong(EXAMPLES, f"A{row}", "the outcome is missing", "Fill in the cell, or empty the row.")
            if outcome is not None:
                found.append(({"given": given} if given else {}) | {"outcome": outcome})
        return found

    def _answers(self, sheet: Worksheet, row: int, names: Mapping[int, str | None]) -> Plain:
        found: Plain = {}
        for place, name in names.items():
            if sheet.cell(row, place).value is None:
                continue
            if name is None:
                cell = sheet.cell(1, place).coordinate
                self.wrong(sheet.title, cell, "this column has no heading", "Write what it holds, or empty it.")
                continue
            known = len(self.mistakes)
            value = self._cell(sheet, row, place, answer_of)
            if len(self.mistakes) == known:
                found[name] = value
        return found

    def table(self) -> Plain | None:
        sheet = self._sheet(TABLE)
        if sheet is None:
            return None
        heads = [self._cell(sheet, 1, place, text_of) for place in range(1, sheet.max_column + 1)]
        if TABLE_HEADS[0] not in heads:
            self.wrong(TABLE, "A1", f"the column {TABLE_HEADS[0]} is missing", "Begin with kiosk catalogue export.")
            return None
        places = {head: place for place, head in enumerate(heads, 1) if head is not None}
        missing = [head for head in (*TABLE_HEADS, "决策表标识") if head not in places]
        for head in missing:
            self.wrong(TABLE, "A1", f"the column {head} is missing", "Export it again and copy your cells into it.")
        if missing:
            return None
        width = heads.index(TABLE_HEADS[0]) - 1
        corner = self._cell(sheet, 1, 1, lambda value: choice_of(value, tuple(HITS)))
        outputs = {place: head.removeprefix(OUTPUT) for head, place in places.items() if head.startswith(OUTPUT)}
        identity = self._cell(sheet, 2, places["决策表标识"], text_of)
        if identity is None or not _ID.fullmatch(identity):
            cell = sheet.cell(2, places["决策表标识"]).coordinate
            self.wrong(TABLE, cell, f"“{identity or ''}” is no id", "Write lower case: food-permit.")
        inputs = []
        for place in range(2, width + 2):
            name = heads[place - 1]
            expression = self._cell(sheet, 2, place, text_of)
            kind = self._cell(sheet, 3, place, text_of)
            cell = sheet.cell(1 if name is None else 2, place).coordinate
            if name is None or expression is None:
                self.wrong(TABLE, cell, "a column needs a name and an expression", "Fill in the cell.")
            else:
                inputs.append({"name": name, "expression": expression} | ({} if kind is None else {"type": kind}))
        rules = [self._rule(sheet, row, width, places, outputs) for row in range(4, sheet.max_row + 1)]
        found = {
            "id": identity,
            "hit": HITS.get(str(corner), "UNIQUE"),
            "inputs": inputs,
            "rules": [rule for rule in rules if rule is not None],
            "examples": self._table_examples([str(head) for head in heads[1 : width + 1]]),
        }
        return normal(found, DecisionTable)

    def _rule(
        self, sheet: Worksheet, row: int, width: int, places: Mapping[str, int], outputs: Mapping[int, str]
    ) -> Plain | None:
        if all(sheet.cell(row, place).value is None for place in range(2, sheet.max_column + 1)):
            return None
        tests = []
        for place in range(2, width + 2):
            test = self._cell(sheet, row, place, test_of)
            coordinate = sheet.cell(row, place).coordinate
            if test is None and not self._told(TABLE, coordinate):
                self.wrong(TABLE, coordinate, "a rule needs a test in every column", "Write - where any value will do.")
            tests.append(test)
        decide, *reasons, basis, told = (places[head] for head in TABLE_HEADS)
        decided = self._cell(sheet, row, decide, lambda value: choice_of(value, (APPROVE, REFER)))
        coordinate = sheet.cell(row, decide).coordinate
        if decided is None and not self._told(TABLE, coordinate):
            self.wrong(TABLE, coordinate, "a rule decides nothing", f"Choose {APPROVE} or {REFER}.")
        words = {
            language: self._cell(sheet, row, place, text_of) for language, place in zip(LANGUAGES, reasons, strict=True)
        }
        parts: Plain = {
            "when": tests,
            "decide": decided,
            "reason": {language: text for language, text in words.items() if text is not None},
            "basis": self._cell(sheet, row, basis, text_of),
            "output": self._answers(sheet, row, outputs),
            "rules_out": self._cell(sheet, row, told, truth_of),
        }
        return {key: value for key, value in parts.items() if value not in (None, {})}

    def _table_examples(self, names: list[str]) -> list[Plain]:
        sheet = self._sheet(TABLE_EXAMPLES)
        if sheet is None:
            self.wrong(TABLE_EXAMPLES, "", "the sheet is missing", "Export it again and copy your cells into it.")
            return []
        heads = {place: self._cell(sheet, 1, place, text_of) for place in range(1, sheet.max_column + 1)}
        decide = next((place for place, head in heads.items() if head == TABLE_HEADS[0]), None)
        if decide is None:
            self.wrong(TABLE_EXAMPLES, "A1", f"the column {TABLE_HEADS[0]} is missing", "Write the heading.")
            return []
        inputs: dict[int, str | None] = {}
        outputs: dict[int, str | None] = {}
        for place, head in heads.items():
            if head is not None and head.startswith(OUTPUT):
                outputs[place] = head.removeprefix(OUTPUT)
            elif head in names:
                inputs[place] = head
            elif place != decide and head is not None:
                cell = sheet.cell(1, place).coordinate
                cure = did_you_mean(head, names, "Write the name of a column of the table.")
                self.wrong(TABLE_EXAMPLES, cell, f"the table has no column “{head}”", cure)
        found = []
        for row in range(2, sheet.max_row + 1):
            given, output = self._answers(sheet, row, inputs), self._answers(sheet, row, outputs)
            decided = self._cell(sheet, row, decide, lambda value: choice_of(value, (APPROVE, REFER)))
            coordinate = sheet.cell(row, decide).coordinate
            if decided is None and (given or output) and not self._told(TABLE_EXAMPLES, coordinate):
                says = "what is decided is missing"
                self.wrong(TABLE_EXAMPLES, coordinate, says, f"Choose {APPROVE} or {REFER}.")
            if decided is not None:
                found.append({"given": given, "decide": decided} | ({"output": output} if output else {}))
        return found


_READ: Final[Mapping[Shape, Callable[[object], Any]]] = {
    Shape.TEXT: text_of,
    Shape.WHOLE: whole_of,
    Shape.TRUTH: truth_of,
    Shape.LINES: entries_of,
    Shape.ANY: answer_of,
}


def _set(record: Plain, key: str, value: Any) -> None:
    *outer, last = key.split(".")
    for part in outer:
        record = record.setdefault(part, {})
    record[last] = value
