"""From plain data to a workbook: Chinese headings, drop-downs for closed lists, the decision table as DMN draws it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.model import Outcome
from kiosk.catalogue.tables import APPROVE, REFER, SCALARS
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
    answer_in,
    columns_of,
    item_columns,
    lines_in,
)
from kiosk.catalogue.workbooks.plain import Plain

HEAD: Final = ("键", "名称", "内容", LANGUAGES["zh-Hant"], LANGUAGES["en"])
"""Of the first sheet; words take three columns."""
TABLE_HEADS: Final = ("决定", "理由（简体）", "理由（繁體）", "理由（英文）", "依据", "提交前告知")
OUTPUT: Final = "输出："
ROWS: Final = 200
"""Rows of a list that have drop-downs, also those still empty."""

_BOLD: Final = Font(bold=True)
_SHADE: Final = PatternFill("solid", start_color="DDEBF7")
_WRAP: Final = Alignment(wrap_text=True, vertical="top")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Ids that cells may choose from, by the key they stand at."""

    ids: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


def known_in(catalogue: Catalogue, groups: Iterable[str] = ()) -> Known:
    """Return what workbooks of a catalogue choose from."""
    return Known(
        ids={
            "element": (*groups, *catalogue.elements),
            "material": tuple(catalogue.materials),
            "item": tuple(catalogue.items),
            "department": tuple(catalogue.departments),
            "stage": tuple(catalogue.stages),
            "table": tuple(catalogue.tables),
            "result.licence": tuple(catalogue.licences),
            "repeat": tuple(catalogue.repeats),
        }
    )


def workbook(item: Plain | None, table: Plain | None, known: Known) -> bytes:
    """Return an item, its decision table, or both as the bytes of a workbook."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    writer = _Writer(book, known)
    if item is not None:
        writer.item(item)
    if table is not None:
        writer.table(table)
    writer.choices()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, book: Workbook, known: Known) -> None:
        self._book = book
        self._known = known
        self._listed: dict[str, str] = {}
        """Place of each list of ids on the sheet of choices."""
        for index, (key, ids) in enumerate(known.ids.items(), 1):
            letter = get_column_letter(index)
            self._listed[key] = f"{quote_sheetname(CHOICES)}!${letter}$2:${letter}${max(2, len(ids) + 1)}"

    def item(self, item: Plain) -> None:
        sheet = self._sheet(ITEM, HEAD, (26, 26, 60, 60, 60))
        for row, column in enumerate(item_columns(), 2):
            _put(sheet, row, 1, column.key)
            _put(sheet, row, 2, f"{column.title}{'（必填）' if column.required else ''}")
            self._value(sheet, row, 3, column, _at(item, column.key))
            self._choose(sheet, column, f"C{row}")
        for key, (name, record) in LISTS.items():
            columns = columns_of(record)
            own = self._sheet(name, _heads(columns), (34,))
            for place, placed in enumerate(_placed(columns), 1):
                if placed is not None:
                    letter = get_column_letter(place)
                    self._choose(own, placed, f"{letter}2:{letter}{ROWS}")
            for row, each in enumerate(item.get(key, ()), 2):
                told = each if isinstance(each, dict) else {columns[0].key: each}
                place = 1
                for column in columns:
                    self._value(own, row, place, column, told.get(column.key))
                    place += 3 if column.shape is Shape.WORDS else 1
        self._examples(item)

    def _examples(self, item: Plain) -> None:
        examples = [each if isinstance(each, dict) else {"outcome": each} for each in item.get("examples", ())]
        elements = list(dict.fromkeys(key for each in examples for key in each.get("given", {})))
        sheet = self._sheet(EXAMPLES, ("结局（必填）", *elements), (24,))
        self._validate(sheet, f'"{",".join(map(str, Outcome))}"', f"A2:A{ROWS}")
        for row, each in enumerate(examples, 2):
            _put(sheet, row, 1, each.get("outcome"))
            for place, element in enumerate(elements, 2):
                if element in each.get("given", {}):
                    _put(sheet, row, place, answer_in(each["given"][element]))

    def table(self, table: Plain) -> None:
        inputs = table.get("inputs", [])
        outputs = list(dict.fromkeys(key for rule in table.get("rules", ()) for key in rule.get("output", {})))
        heads = [str(each["name"]) for each in inputs]
        corner = next(letter for letter, hit in HITS.items() if hit == table.get("hit", "UNIQUE"))
        width = len(inputs)
        sheet = self._sheet(TABLE, (corner, *heads, *TABLE_HEADS, *(OUTPUT + key for key in outputs)), (16,))
        _put(sheet, 2, 1, "表达式")
        _put(sheet, 3, 1, "类型")
        for place, each in enumerate(inputs, 2):
            _put(sheet, 2, place, each.get("expression"))
            _put(sheet, 3, place, each.get("type"))
        _put(sheet, 1, width + len(TABLE_HEADS) + len(outputs) + 3, "决策表标识")
        _put(sheet, 2, width + len(TABLE_HEADS) + len(outputs) + 3, table["id"])
        self._validate(sheet, f'"{",".join(HITS)}"', "A1")
        if inputs:
            self._validate(sheet, f'"{",".join(SCALARS)}"', f"B3:{get_column_letter(width + 1)}3")
        decide, told = get_column_letter(width + 2), get_column_letter(width + 7)
        self._validate(sheet, f'"{APPROVE},{REFER}"', f"{decide}4:{decide}{ROWS}")
        self._validate(sheet, '"TRUE,FALSE"', f"{told}4:{told}{ROWS}")
        for number, rule in enumerate(table.get("rules", ()), 1):
            row = number + 3
            _put(sheet, row, 1, number)
            for place, cell in enumerate(rule["when"], 2):
                _put(sheet, row, place, cell)
            reason = rule.get("reason", {})
            cells = (rule.get("decide"), *(reason.get(each) for each in LANGUAGES), rule.get("basis"))
            for place, cell in enumerate((*cells, rule.get("rules_out")), width + 2):
                _put(sheet, row, place, cell)
            for place, key in enumerate(outputs, width + 2 + len(TABLE_HEADS)):
                if key in rule.get("output", {}):
                    _put(sheet, row, place, answer_in(rule["output"][key]))
        self._table_examples(table, heads)

    def _table_examples(self, table: Plain, heads: list[str]) -> None:
        examples = table.get("examples", ())
        outputs = list(dict.fromkeys(key for each in examples for key in each.get("output", {})))
        sheet = self._sheet(TABLE_EXAMPLES, (*heads, "决定", *(OUTPUT + key for key in outputs)), (20,))
        letter = get_column_letter(len(heads) + 1)
        self._validate(sheet, f'"{APPROVE},{REFER}"', f"{letter}2:{letter}{ROWS}")
        for row, each in enumerate(examples, 2):
            for place, name in enumerate(heads, 1):
                if name in each.get("given", {}):
                    _put(sheet, row, place, answer_in(each["given"][name]))
            _put(sheet, row, len(heads) + 1, each.get("decide"))
            for place, key in enumerate(outputs, len(heads) + 2):
                if key in each.get("output", {}):
                    _put(sheet, row, place, answer_in(each["output"][key]))

    def choices(self) -> None:
        sheet = self._sheet(CHOICES, tuple(self._known.ids), (30,))
        sheet.sheet_state = "hidden"
        for place, ids in enumerate(self._known.ids.values(), 1):
            for row, identity in enumerate(ids, 2):
                _put(sheet, row, place, identity)

    def _sheet(self, name: str, heads: Iterable[str], widths: tuple[int, ...]) -> Worksheet:
        sheet: Worksheet = self._book.create_sheet(name)
        for place, head in enumerate(heads, 1):
            cell = _put(sheet, 1, place, head)
            cell.font, cell.fill = _BOLD, _SHADE
            width = widths[min(place, len(widths)) - 1]
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
        return sheet

    def _value(self, sheet: Worksheet, row: int, place: int, column: Column, value: Any) -> None:
        if column.shape is Shape.WORDS:
            for offset, language in enumerate(LANGUAGES):
                _put(sheet, row, place + offset, (value or {}).get(language))
        elif column.shape is Shape.LINES:
            _put(sheet, row, place, None if value is None else lines_in(value))
        else:
            _put(sheet, row, place, value)

    def _choose(self, sheet: Worksheet, column: Column, cells: str) -> None:
        if column.shape is Shape.TRUTH:
            self._validate(sheet, '"TRUE,FALSE"', cells)
        elif column.choices:
            self._validate(sheet, f'"{",".join(column.choices)}"', cells)
        elif column.key in self._listed:
            self._validate(sheet, self._listed[column.key], cells)

    def _validate(self, sheet: Worksheet, formula: str, cells: str) -> None:
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
        rule.error, rule.errorTitle = "请从列表中选择", "不在列表中"
        rule.add(cells)
        sheet.add_data_validation(rule)


def _heads(columns: Iterable[Column]) -> list[str]:
    heads = []
    for column in columns:
        must = "（必填）" if column.required else ""
        if column.shape is Shape.WORDS:
            heads += [f"{column.title}（{language}）" for language in LANGUAGES.values()]
        else:
            heads.append(f"{column.title}{must}")
    return heads


def _placed(columns: Iterable[Column]) -> Iterable[Column | None]:
    for column in columns:
        yield column
        if column.shape is Shape.WORDS:
            yield from (None, None)


def _at(record: Plain, key: str) -> Any:
    value: Any = record
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _put(sheet: Worksheet, row: int, place: int, value: str | int | bool | None) -> Cell | MergedCell:
    """Write a value; text stays text, whatever it looks like."""
    cell = sheet.cell(row, place, value)
    if isinstance(value, str) and isinstance(cell, Cell):
        cell.data_type = "s"  # a text beginning with = is no formula
        cell.number_format = "@"
        cell.alignment = _WRAP
    return cell
