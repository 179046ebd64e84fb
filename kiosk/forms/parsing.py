"""From what a screen or a register gives to a value: lenient about spaces and widths, strict about meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from kiosk.forms.kinds import is_of_kind
from kiosk.forms.model import Address, Element, Kind, RuleKind, Value
from kiosk.forms.rules import malformed, sentence
from kiosk.words import Language, Text

Raw = str | bool | int | date | Sequence[str] | Mapping[str, object]
"""What a screen gives: text as typed, a switch, a number, a day, several choices, or ``{division, detail}``."""

_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):?([0-5][0-9])", re.ASCII)
_DATE_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_YUAN = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")
_WORDS = {"yes": True, "true": True, "no": False, "false": False}


class NotAnAnswer(ValueError):
    """What was given is no value of the element's kind.

    Attributes:
        element: Id of the element.
        says: The element's sentence for the citizen.
    """

    def __init__(self, element: str, says: Text) -> None:
        """Say ``says`` about what was given for ``element``. The given text is personal and not kept."""
        super().__init__(f"{element}: {says.in_(Language.EN)}")
        self.element = element
        self.says = says


def parse(element: Element, raw: Raw) -> Value:
    """Return the value that ``raw`` gives for ``element``. Rules are not judged here; see ``check``.

    Text is cut of spaces at its ends; numbers may have spaces, hyphens and full-width digits. An amount given as text
    is in yuan (``12.50``), given as a number in fen.

    Raises:
        NotAnAnswer: Nothing was given (``required`` sentence), or no value of the kind (``check``, else ``required``).
    """
    if isinstance(raw, str):
        raw = _plain(raw)
    if raw in ("", (), []) or (isinstance(raw, Mapping) and not any(_given(part) for part in raw.values())):
        raise NotAnAnswer(element.id, sentence(element, RuleKind.REQUIRED))
    value = _value(element, raw)
    if value is None or not is_of_kind(element, value):
        raise NotAnAnswer(element.id, malformed(element))
    return value


def _given(part: object) -> bool:
    return not isinstance(part, str) or part.strip() != ""


def _plain(text: str) -> str:
    """Return ``text`` with every run of white space as one space; other invisible characters make it malformed."""
    return " ".join(text.split())


def _value(element: Element, raw: Raw) -> Value | None:  # noqa: C901  # a table with a row a kind
    match element.kind:
        case Kind.YES_NO:
            return raw if isinstance(raw, bool) else _WORDS.get(raw.lower()) if isinstance(raw, str) else None
        case Kind.INTEGER:
            return _integer(raw)
        case Kind.AMOUNT:
            return _fen(raw)
        case Kind.DATE:
            return _day(raw)
        case Kind.TIME:
            return _time(raw)
        case Kind.ADDRESS:
            return _address(raw)
        case Kind.CHOICES:
            return _choices(element, raw)
        case Kind.TEXT | Kind.CHOICE:
            return raw if isinstance(raw, str) else None
        case Kind.PHONE:
            return _digits(raw).removeprefix("+86") if isinstance(raw, str) else None
        case Kind.ID_NUMBER | Kind.CREDIT_CODE | Kind.BANK_CARD:
            return _digits(raw) if isinstance(raw, str) else None


def _digits(text: str) -> str:
    """Return a number as it is stored: half-width, capitals, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def _integer(raw: Raw) -> int | None:
    if isinstance(raw, str):
        text = unicodedata.normalize("NFKC", raw).replace(",", "")
        return int(text) if _INTEGER.fullmatch(text) and text.isascii() else None
    return raw if type(raw) is int else None


def _fen(raw: Raw) -> int | None:
    if isinstance(raw, str):
        yuan = _YUAN.fullmatch(unicodedata.normalize("NFKC", raw).replace(",", "").removesuffix("元").strip())
        return None if yuan is None else int(yuan[1]) * 100 + int((yuan[2] or "0").ljust(2, "0"))
    return raw if type(raw) is int else None


def _day(raw: Raw) -> date | None:
    if not isinstance(raw, str):
        return raw if type(raw) is date else None
    text = unicodedata.normalize("NFKC", raw).replace(" ", "")
    found = _DATE.fullmatch(text) or _DATE_DIGITS.fullmatch(text)
    try:
        return None if found is None else date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _time(raw: Raw) -> str | None:
    """Return ``HH:MM`` from ``8:06``, ``08:06`` or the bare digits ``0806``."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", raw).replace(" ", "")) if isinstance(raw, str) else None
    return None if found is None else f"{int(found[1]):02d}:{found[2]}"


def _address(raw: Raw) -> Address | None:
    if not isinstance(raw, Mapping):
        return None
    division, detail = raw.get("division", ""), raw.get("detail", "")
    if not isinstance(division, str) or not isinstance(detail, str) or not division.strip() or not detail.strip():
        return None
    return Address(division=division.strip(), detail=_plain(detail))


def _choices(element: Element, raw: Raw) -> tuple[str, ...] | None:
    if isinstance(raw, str | bool | int | date | Mapping) or not all(isinstance(part, str) for part in raw):
        return None
    if not {choice.value for choice in element.choices}.issuperset(raw):
        return None
    return tuple(choice.value for choice in element.choices if choice.value in raw)
