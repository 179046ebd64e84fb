"""What stands on a sealed sheet, before any file format is known."""

from __future__ import annotations

from datetime import date

import msgspec

from kiosk.words import Language, Text


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """A list on a sheet: the lines of a fiscal receipt. Columns after the first are set to the right."""

    head: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    """Each as long as ``head``."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A licence, a decision, a notice or a receipt."""

    issuer: str
    """Department, in whose name it is sealed."""
    issuer_name: Text
    title: Text
    number: str
    fields: tuple[tuple[Text, str], ...]
    """Label and value, in order; values in Simplified Chinese, the language of the document."""
    lines: Lines | None = None
    issued_on: date
    validity: str = ""
    """Until when it is good, in Chinese; empty where that is not a question: a notice, a receipt."""
    says: Text | None = None
    """A sentence under the fields."""
    qr: str = ""
    """The signed form, for its code."""
    seal_use: str = "电子证照专用章"
    """What the seal is for, as it stands on it."""
    stamp: str = ""
    """Across the sheet, in Chinese: 已撤销, 已过期."""
    second: Language | None = None
    """Labels stand in this language, too; never instead of Simplified Chinese."""
