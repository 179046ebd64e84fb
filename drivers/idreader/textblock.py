"""The text block of a document's chip: 256 bytes of UTF-16LE, space padded, laid out by the kind of document.

The kind is the character at byte 248: a space, J, I or Y. Every field must be what the standard allows; what is not is
``MediaUnreadable`` with the name of the field, never with its value.

Source: GA 450 and GA 467 with the amendments of 2017 (I), 2018 (J) and 2023 (Y).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from drivers.errors import MediaUnreadable, WrongMedia
from drivers.idreader.api import Document, DocumentKind, Sex
from drivers.idreader.frames import TEXT_BYTES

_MARK_AT: Final = 248
_MARK_BYTES: Final = 2

MARKS: Final = {
    " ": DocumentKind.RESIDENT_ID,
    "J": DocumentKind.HMT_PERMIT,
    "I": DocumentKind.FOREIGN_2017,
    "Y": DocumentKind.FOREIGN_2023,
}

LAYOUTS: Final[dict[DocumentKind, tuple[tuple[str, int], ...]]] = {
    DocumentKind.RESIDENT_ID: (
        ("name", 30),
        ("sex", 2),
        ("ethnicity", 4),
        ("birth_date", 16),
        ("address", 70),
        ("number", 36),
        ("issuer", 30),
        ("valid_from", 16),
        ("valid_until", 16),
        ("reserve", 36),
    ),
    DocumentKind.HMT_PERMIT: (
        ("name", 30),
        ("sex", 2),
        ("reserve", 4),
        ("birth_date", 16),
        ("address", 70),
        ("number", 36),
        ("issuer", 30),
        ("valid_from", 16),
        ("valid_until", 16),
        ("pass_number", 18),
        ("issues", 4),
        ("reserve", 6),
        ("mark", 2),
        ("reserve", 6),
    ),
    DocumentKind.FOREIGN_2017: (
        ("english_name", 120),
        ("sex", 2),
        ("number", 30),
        ("nationality", 6),
        ("name", 30),
        ("valid_from", 16),
        ("valid_until", 16),
        ("birth_date", 16),
        ("version", 4),
        ("authority", 8),
        ("mark", 2),
        ("reserve", 6),
    ),
    DocumentKind.FOREIGN_2023: (
        ("name", 30),
        ("sex", 2),
        ("renewals", 4),
        ("birth_date", 16),
        ("english_name", 70),
        ("number", 36),
        ("reserve", 30),
        ("valid_from", 16),
        ("valid_until", 16),
        ("english_name_rest", 22),
        ("nationality", 6),
        ("mark", 2),
        ("old_card_link", 6),
    ),
}
"""Field and its bytes, in order; each sums up to 256."""

_NUMBERS: Final = {
    DocumentKind.RESIDENT_ID: re.compile(r"[0-9]{17}[0-9X]"),
    DocumentKind.HMT_PERMIT: re.compile(r"[0-9]{17}[0-9X]"),
    DocumentKind.FOREIGN_2017: re.compile(r"[A-Z]{3}[0-9]{12}"),
    DocumentKind.FOREIGN_2023: re.compile(r"[0-9]{17}[0-9X]"),
}
_ETHNICITY: Final = re.compile(r"[0-9]{2}")
_NATIONALITY: Final = re.compile(r"[A-Z]{3}")
_DATE: Final = re.compile(r"[0-9]{8}")
_WITHOUT_END: Final = "长期"
_NEVER_PRINTED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd-\uffff]")


def decode(block: bytes, photo_wlt: bytes = b"") -> Document:
    """Return the document whose chip holds ``block``.

    Args:
        block: The 256 bytes of text.
        photo_wlt: Handed through.

    Raises:
        MediaUnreadable: a field is not what the standard allows.
        WrongMedia: a kind of document this driver does not know.
    """
    if len(block) != TEXT_BYTES:
        raise MediaUnreadable(f"text block of {len(block)} bytes")
    mark = block[_MARK_AT : _MARK_AT + _MARK_BYTES]
    kind = MARKS.get(mark.decode("utf-16-le", errors="replace"))
    if kind is None:
        raise WrongMedia(f"document mark {mark.hex()}")
    fields = _Fields(kind, block)
    foreign = kind in (DocumentKind.FOREIGN_2017, DocumentKind.FOREIGN_2023)
    return Document(
        kind=kind,
        name=fields.text("name", required=not foreign),
        english_name=fields.english_name() if foreign else "",
        number=fields.matching("number", _NUMBERS[kind]),
        sex=fields.sex(),
        ethnicity=fields.matching("ethnicity", _ETHNICITY) if kind is DocumentKind.RESIDENT_ID else "",
        nationality=fields.matching("nationality", _NATIONALITY) if foreign else "",
        birth_date=fields.day("birth_date"),
        address="" if foreign else fields.text("address"),
        issuer="" if foreign else fields.text("issuer"),
        valid_from=fields.day("valid_from"),
        valid_until=fields.end("valid_until"),
        pass_number=fields.text("pass_number") if kind is DocumentKind.HMT_PERMIT else "",
        photo_wlt=photo_wlt,
    )


class _Fields:
    """The fields of one text block, each checked as it is asked for."""

    def __init__(self, kind: DocumentKind, block: bytes) -> None:
        self._raw: dict[str, bytes] = {}
        start = 0
        for name, size in LAYOUTS[kind]:
            self._raw[name] = block[start : start + size]
            start += size

    def text(self, name: str, *, required: bool = True) -> str:
        text = self._padded(name).rstrip(" ")
        if required and not text:
            raise MediaUnreadable(f"field {name} is empty")
        return text

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        text = self.text(name)
        if not pattern.fullmatch(text):
            raise MediaUnreadable(f"field {name} is not {pattern.pattern}")
        return text

    def sex(self) -> Sex:
        try:
            return Sex(self.text("sex"))
        except ValueError:
            raise MediaUnreadable("field sex is no digit of GB/T 2261.1") from None

    def day(self, name: str) -> date:
        digits = self.matching(name, _DATE)
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            raise MediaUnreadable(f"field {name} is no date") from None

    def end(self, name: str) -> date | None:
        return None if self.text(name) == _WITHOUT_END else self.day(name)

    def english_name(self) -> str:
        """Return the English name; the edition of 2023 continues it in a second field without a break."""
        rest = self._padded("english_name_rest") if "english_name_rest" in self._raw else ""
        name = (self._padded("english_name") + rest).rstrip(" ")
        if not name:
            raise MediaUnreadable("field english_name is empty")
        return name

    def _padded(self, name: str) -> str:
        try:
            text = self._raw[name].decode("utf-16-le")
        except UnicodeDecodeError:
            raise MediaUnreadable(f"field {name} is no UTF-16") from None
        if _NEVER_PRINTED.search(text):
            raise MediaUnreadable(f"field {name} holds what is never printed")
        return text
