"""An item and its table go into a workbook and come back the same; a clerk's slips are told by sheet and cell."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiosk import __main__ as command_line
from kiosk.catalogue import CatalogueError, DecisionTable, load
from kiosk.catalogue.loading import read
from kiosk.catalogue.telling import told
from kiosk.catalogue.workbooks import (
    Known,
    known_in,
    normal,
    plain_item,
    plain_table,
    read_workbook,
    workbook,
    write_files,
    yaml_text,
)
from kiosk.catalogue.workbooks.columns import Unfit, answer_in, answer_of, entries_of, lines_in, truth_of, whole_of
from kiosk.words import Language

DATA = Path(__file__).parent / "data"
DELIVERED = Path(__file__).parents[3] / "assets" / "catalogue"


def canonical(record: Any) -> str:
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


@pytest.mark.parametrize(
    ("root", "step"),
    [(DATA, 1), (DELIVERED, 1 if os.environ.get("KIOSK_TEST_SEARCH") else 7)],
    ids=["small", "delivered"],
)
def test_an_item_and_its_table_come_back_the_same(root: Path, step: int) -> None:
    """Of the delivered ones every seventh, all of them with KIOSK_TEST_SEARCH; and each table belongs to an item."""
    tables = {path.stem for path in root.glob("tables/*.yaml")}
    lost = []
    for place, path in enumerate(sorted(root.glob("items/*/*.yaml"))):
        item = plain_item(root, path.stem)
        assert item is not None
        tables.discard(str(item.get("table", "")))
        if place % step:
            continue
        table = plain_table(root, str(item.get("table", "")))
        back = read_workbook(workbook(item, table, Known()), path.name)
        if canonical(back) != canonical((item, table)):
            lost.append(path.stem)
        assert yaml.safe_load(yaml_text(item)) == item
        assert table is None or yaml.safe_load(yaml_text(table)) == table
    assert lost == []
    assert tables == set()


def test_what_comes_back_is_the_same_catalogue(tmp_path: Path) -> None:
    root = Path(shutil.copytree(DATA, tmp_path / "catalogue"))
    before = load(root)
    for path in sorted(root.glob("items/*/*.yaml")):
        item = plain_item(root, path.stem)
        table = None if item is None else plain_table(root, str(item.get("table", "")))
        write_files(*read_workbook(workbook(item, table, known_in(before)), path.name), root)
    after, _ = read(root)
    assert after.items == dict(before.items)
    assert {name: table.table for name, table in after.tables.items()} == {
        name: table.table for name, table in before.tables.items()
    }


ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(ANSWERS)
def test_any_answer_fits_a_cell(answer: Any) -> None:
    assert canonical(answer_of(answer_in(answer))) == canonical(answer)


@given(st.lists(st.text(min_size=1)))
def test_any_list_fits_a_cell(entries: list[str]) -> None:
    cell = lines_in(entries)
    assert (entries_of(cell) if cell else []) == entries


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cs", "Cc"]), min_size=1)
SOLID = WORDS.filter(lambda text: text.strip() != "")
TESTS = st.sampled_from(["-", "true", ">= 60", "[18..60)", '"own", "rent"', "=1", "5"])


@st.composite
def tables(draw: st.DrawFn) -> Any:
    names = draw(st.lists(st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True), min_size=1, max_size=3, unique=True))
    decide = st.sampled_from(["approve", "refer"])
    values = st.integers(0, 10**9) | SOLID
    rule = st.fixed_dictionaries(
        {"when": st.lists(TESTS, min_size=len(names), max_size=len(names)), "decide": decide},
        optional={
            "reason": st.fixed_dictionaries({"zh-Hans": SOLID}, optional={"zh-Hant": SOLID, "en": SOLID}),
            "basis": SOLID,
            "output": st.dictionaries(st.sampled_from(["amount_fen", "kind"]), values, min_size=1),
            "rules_out": st.booleans(),
        },
    )
    example = st.fixed_dictionaries(
        {
            "given": st.dictionaries(st.sampled_from(names), st.none() | st.booleans() | values),
            "decide": decide,
        }
    )
    inputs = [{"name": name, "expression": draw(SOLID)} for name in names]
    drawn = {
        "id": "a-table",
        "hit": draw(st.sampled_from(["UNIQUE", "FIRST"])),
        "inputs": inputs,
        "rules": draw(st.lists(rule, min_size=1, max_size=4)),
        "examples": draw(st.lists(example, min_size=1, max_size=4)),
    }
    return normal(drawn, DecisionTable)


@given(tables())
def test_any_table_comes_back_the_same(table: Any) -> None:
    assert canonical(read_workbook(workbook(None, table, Known()), "x")[1]) == canonical(table)
    assert yaml.safe_load(yaml_text(table)) == table


ITEM, TABLE = plain_item(DATA, "old-age"), plain_table(DATA, "old-age")
CONTENT = workbook(ITEM, TABLE, known_in(load(DATA), ["applicant"]))


def row_of(sheet: Any, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def edited(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(CONTENT))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(sheet: str, cell: str, value: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


def put_key(key: str, value: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book["事项"].cell(row_of(book["事项"], key), 3).value = value

    return change


SLIPS: list[tuple[Callable[[Any], None], str, str]] = [
    (put_key("code", 100000001), "“100000001” is no text", "Format the cell as text"),
    (put_key("statutory_days", "five"), "no whole number", "digits"),
    (put_key("kind", "aply"), "“aply” is not in the list", "apply"),
    (put_key("name", "=A1"), "formula", "value itself"),
    (put_key("alone", "maybe"), "neither yes nor no", "TRUE"),
    (put_key("id", "Old Age"), "no id", "lower case"),
    (put_key("department", "../../etc"), "no id", "lower case"),
    (put_key("code", None), "事项编码 is missing", "Fill"),
    (put("事项", "A3", "cod"), "“cod” is no key", "Did you mean code?"),
    (put("填报项", "B2", True), "填报项!B2", "text"),
    (put("填报项", "C2", "perhaps"), "填报项!C2", "TRUE"),
    (put("办件示例", "A2", "aproved"), "办件示例!A2", "approved"),
    (put("办件示例", "A2", datetime(2026, 1, 1)), "办件示例!A2", "text"),  # noqa: DTZ001  # cells know no zone
    (put("决策表", "A1", "X"), "决策表!A1", "U, F"),
    (put("决策表", "B4", None), "a test in every column", "Write -"),
    (put("决策示例", "A1", "agee"), "no column “agee”", "Did you mean age?"),
    (lambda book: book.remove(book["办件示例"]), "办件示例: the sheet is missing", "Export it again"),
    (lambda book: book.remove(book["决策示例"]), "决策示例: the sheet is missing", "Export it again"),
    (lambda book: book.create_sheet("多余"), "多余: there is no such sheet", "Delete the sheet"),
    (lambda book: book["事项"].delete_rows(row_of(book["事项"], "code")), "the row code is missing", "Export it again"),
]


@pytest.mark.parametrize(("change", "says", "cure"), SLIPS)
def test_a_slip_is_told_with_its_cell_and_its_cure(change: Callable[[Any], None], says: str, cure: str) -> None:
    with pytest.raises(CatalogueError) as wrong:
        read_workbook(edited(change), "表.xlsx")
    assert any(says in str(each) and cure in each.cure for each in wrong.value.mistakes), str(wrong.value)
    assert all(each.file.startswith("表.xlsx: ") for each in wrong.value.mistakes)
    assert "表.xlsx" in told(wrong.value.mistakes[0], Language.ZH_HANS)


def test_what_spreadsheets_make_of_values_is_understood() -> None:
    assert answer_of(datetime(2026, 1, 31)) == "2026-01-31"  # noqa: DTZ001  # cells know no zone
    assert answer_of(date(2026, 1, 31)) == "2026-01-31"
    assert answer_of(5.0) == 5
    assert whole_of("12") == 12
    assert truth_of("是") is True
    assert truth_of("FALSE") is False
    with pytest.raises(Unfit):
        answer_of(5.5)
    with pytest.raises(Unfit):
        answer_of("[1,")
    with pytest.raises(Unfit):
        entries_of('["a", 1]')


def test_closed_lists_drop_down() -> None:
    book = openpyxl.load_workbook(io.BytesIO(CONTENT))
    lists = {str(rule.sqref): rule.formula1 for rule in book["事项"].data_validations.dataValidation}
    kind = f"C{row_of(book['事项'], 'kind')}"
    assert lists[kind] == '"apply,query-and-print,book,guide"'
    needs = {str(rule.sqref): rule.formula1 for rule in book["填报项"].data_validations.dataValidation}
    assert needs["A2:A200"].startswith("'选项'!$A$2") or needs["A2:A200"].startswith("选项!$A$2")
    assert "applicant" in [cell.value for cell in book["选项"]["A"]]
    assert book["选项"].sheet_state == "hidden"
    assert book["填报项"]["A1"].value == "数据元或组（必填）"


@given(st.binary(max_size=300))
def test_other_bytes_are_no_workbook(content: bytes) -> None:
    with pytest.raises(CatalogueError, match="no workbook"):
        read_workbook(content, "x")


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, 255))
def test_a_damaged_workbook_is_told_or_read(place: int, other: int) -> None:
    damaged = bytearray(CONTENT)
    damaged[place] ^= other
    with contextlib.suppress(CatalogueError):  # any other exception fails
        read_workbook(bytes(damaged), "x")


def test_a_workbook_of_something_else_is_told() -> None:
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(CatalogueError, match="no such sheet"):
        read_workbook(out.getvalue(), "x")


def kiosk(*words: str | Path) -> int:
    return command_line.main(["catalogue", *map(str, words)])


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(shutil.copytree(DATA, tmp_path / "catalogue"))
    before = load(root)
    file = tmp_path / "old-age.xlsx"
    assert kiosk("export", "old-age", root, "--out", file) == 0
    assert kiosk("import", file, root, "--language", "en") in (0, 1)
    assert "old-age.yaml" in capsys.readouterr().out
    assert read(root)[0].items == dict(before.items)
    assert kiosk("export", "nothing", root, "--out", file) == 1
    assert "no item and no table" in capsys.readouterr().out
    assert kiosk("import", tmp_path / "none.xlsx", root) == 1
    file.write_bytes(edited(put_key("kind", "aply")))
    content = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    assert kiosk("import", file, root, "--language", "zh") == 1
    assert "不在列表里" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == content


def test_a_table_alone() -> None:
    back = read_workbook(workbook(None, TABLE, Known()), "x")
    assert back[0] is None
    assert canonical(back[1]) == canonical(TABLE)
