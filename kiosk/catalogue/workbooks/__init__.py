"""Workbooks: an item or a decision table as a spreadsheet that a clerk fills in, and back."""

from kiosk.catalogue.workbooks.plain import Plain, normal, plain_item, plain_table, yaml_text
from kiosk.catalogue.workbooks.reading import read_workbook, write_files
from kiosk.catalogue.workbooks.writing import Known, known_in, workbook

__all__ = [
    "Known",
    "Plain",
    "known_in",
    "normal",
    "plain_item",
    "plain_table",
    "read_workbook",
    "workbook",
    "write_files",
    "yaml_text",
]
